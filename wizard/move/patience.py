"""How long the new blog is waited for, and when there is no use in waiting any longer."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from wizard.errors import (
    Ambiguous,
    NetworkError,
    Refused,
    Throttled,
    Unreachable,
    Unsafe,
    WrongParty,
)
from wizard.move.events import Event, Trouble, Waiting

# No waiting makes a bad certificate good, or a full disk empty.
_HOPELESS = (
    "certificate-expired",
    "certificate-issuer",
    "certificate-wrong-name",
    "disk-full",
    "write-protected",
)
Tries = Counter[type[NetworkError]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and how often to try.

    ``settle``: before the first look after an unclear answer. ``resend``: from then on
    until it may be sent again; longer than the 60 seconds for which gateways usually
    keep a request alive. ``beat``: between two signs of life at a destination that
    others may write to as well. ``give_up``: without any answer at all.
    """

    settle: float = 10
    resend: float = 90
    beat: float = 15
    first: float = 2
    longest: float = 60
    give_up: float = 600
    tries: int = 5


class Stopped(Exception):
    """The person asked to pause."""


class GivenUp(Exception):
    """There is no use in going on now; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.title)
        self.trouble = trouble


class Waits:
    """The waits of all threads of one run, for one destination."""

    def __init__(
        self, stop: threading.Event, emit: Callable[[Event], None], patience: Patience
    ) -> None:
        self._stop = stop
        self._emit = emit
        self._patience = patience
        self._silent_since: float | None = None

    def go_on(self) -> None:
        """Raises Stopped when asked to pause."""
        if self._stop.is_set():
            raise Stopped

    def answered(self) -> None:
        """Whatever is a clear answer ends the silence."""
        self._silent_since = None

    def pause(self, why: Trouble, seconds: float) -> None:
        """Wait, and say so if it takes long; raises Stopped."""
        if seconds > 1:
            self._emit(Waiting(why, seconds))
        if seconds > 0 and self._stop.wait(seconds):
            raise Stopped

    def again(self, trouble: NetworkError, tries: Tries) -> None:
        """Wait before the next try, longer each time.

        Raises Refused after many unclear answers to one thing, GivenUp when there was
        no answer to anything for long, Stopped when asked to pause, and an Unsafe again.
        """
        if isinstance(trouble, Unsafe):
            raise trouble
        tries[type(trouble)] += 1
        now = time.monotonic()
        since = self._silent_since = self._silent_since or now
        said = Trouble(trouble.title, trouble.hint)
        if now - since > self._patience.give_up or trouble.code in _HOPELESS:
            raise GivenUp(said) from None
        most = self._patience.tries
        if tries[Ambiguous] >= most or tries[Throttled] > 2 * most:
            raise Refused(
                trouble.title,
                "It was tried again and again. Press Retry later; what has arrived by "
                "then is found and not sent twice.",
                code="unclear",
            ) from None
        asked = trouble.seconds if isinstance(trouble, Throttled) else 0
        patience = self._patience
        seconds = max(
            asked, min(patience.first * 2 ** (tries.total() - 1), patience.longest)
        )
        self._emit(Waiting(said, seconds, hurry=_may_end_sooner(trouble)))
        if self._stop.wait(seconds):
            raise Stopped


def _may_end_sooner(trouble: NetworkError) -> bool:
    """The person may mend this meanwhile: plug in the cable, sign in at the hotel."""
    return isinstance(trouble, Unreachable | WrongParty)
