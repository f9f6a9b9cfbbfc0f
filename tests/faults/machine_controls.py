"""What a move would do without one of its protections: the machine must find the harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.faults.machine_world import FATES
from tests.move.fates import twice
from wizard.blog import Status
from wizard.move import wanted
from wizard.move.asking import Asker
from wizard.move.carrying import Carrier
from wizard.move.standing import Standing


def _without(*names: tuple[object, str, object]) -> Callable[..., object]:
    @contextmanager
    def spoil() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for where, name, instead in names:
                if isinstance(where, dict):
                    patch.setitem(where, name, instead)
                else:
                    patch.setattr(where, name, instead)
            yield

    return spoil


CONTROLS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "unclear answers are not looked up": _without(  # type: ignore[dict-item]
        (Asker, "_look", lambda self, *about: []),
        (Asker, "take_away", lambda self, mark, copies: 0),
    ),
    "no copies are taken away, and all comes twice": _without(  # type: ignore[dict-item]
        (Asker, "take_away", lambda self, mark, copies: 0),
        *((FATES, name, twice) for name in FATES),
    ),
    "nobody looks around first": _without(  # type: ignore[dict-item]
        (Standing, "look_around", lambda self: {})
    ),
    "everything arrives in public": _without(  # type: ignore[dict-item]
        (wanted, "arriving", lambda status, choice: Status.PUBLISH)
    ),
    "edits are not seen": _without(  # type: ignore[dict-item]
        (Carrier, "_left_alone", lambda self, post, step: None)
    ),
}
# What the machine must say then.
HARM = {
    "unclear answers are not looked up": "there twice",
    "no copies are taken away, and all comes twice": "there twice",
    "nobody looks around first": "still to go",
    "everything arrives in public": "more visible",
    "edits are not seen": "was changed",
}
