"""Categories and tags: made one at a time, once each."""

from __future__ import annotations

import threading
from functools import partial

from wizard.destinations import Destination, Kind, NewTerm
from wizard.errors import NotAllowed, Refused
from wizard.move.asking import Asker


class Terms:
    """The destination's ids of categories and tags. WordPress makes doubles of equal
    names that come at the same time, so all threads take turns here."""

    def __init__(
        self, destination: Destination, asker: Asker, wanted: frozenset[Kind]
    ) -> None:
        self._destination = destination
        self._asker = asker
        self._wanted = wanted & destination.carries
        self._ids: dict[tuple[Kind, str], int] = {}
        self._turn = threading.Lock()

    def ids(self, kind: Kind, names: tuple[str, ...]) -> tuple[int, ...]:
        """The id of each name; one that the destination refuses is left out."""
        if kind not in self._wanted:
            return ()
        found = (self._id(kind, name.strip()) for name in names)
        return tuple(dict.fromkeys(number for number in found if number))

    def _id(self, kind: Kind, name: str) -> int:
        """0 for a name that cannot be had."""
        folded = (kind, name.casefold())
        with self._turn:
            if name and folded not in self._ids:
                create = partial(self._destination.create, NewTerm(kind, name), name)
                try:
                    self._ids[folded] = self._asker.repeat(create).id
                except (Refused, NotAllowed):
                    self._ids[folded] = 0
            return self._ids.get(folded, 0)
