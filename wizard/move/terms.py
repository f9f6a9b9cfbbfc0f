"""Categories and tags: made one at a time, once each."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace

from wizard.blog import Blog
from wizard.destinations import NEW, Destination, Kind, NewTerm, Remote
from wizard.errors import NotAllowed, Refused
from wizard.move.asking import Asker
from wizard.move.book import MAY_NOT
from wizard.move.events import State, Trouble
from wizard.move.file import Move


class Terms:
    """The destination's ids of categories and tags. WordPress makes doubles of equal
    names that come at the same time, so all threads take turns here.

    Their steps belong to no post, and their key is their name. A category that is made
    stands below the one that it stood below at the old blog.
    """

    def __init__(
        self,
        move: Move,
        destination: Destination,
        asker: Asker,
        wanted: frozenset[Kind],
    ) -> None:
        self._move = move
        self._destination = destination
        self._asker = asker
        self._wanted = wanted
        self._ids: dict[Kind, dict[str, int]] = {}
        self._turn = threading.Lock()
        self._above = tree(move.blog)

    def ids(self, kind: Kind, names: tuple[str, ...]) -> tuple[int, ...]:
        """The id of each name; one that the destination refuses is left out."""
        if kind not in self._wanted:
            return ()
        found = (self._id(kind, name.strip()) for name in names)
        return tuple(dict.fromkeys(number for number in found if number))

    def _id(self, kind: Kind, name: str) -> int:
        """0 for a name that cannot be had."""
        with self._turn:
            if name and kind not in self._ids:
                self._ids[kind] = self._from_earlier(kind)
            return self._known_or_made(kind, name) if name else 0

    def _known_or_made(self, kind: Kind, name: str, below: tuple[str, ...] = ()) -> int:
        """``below``: those that wait for this one, as it stands above them."""
        folded, parent = name.casefold(), 0
        if folded not in self._ids[kind]:
            above = self._above.get(folded, "") if kind is Kind.CATEGORY else ""
            if above and above.casefold() not in (*below, folded):
                parent = self._known_or_made(kind, above, (*below, folded))
            self._ids[kind][folded] = self._make(kind, name, parent)
        return self._ids[kind][folded]

    def _from_earlier(self, kind: Kind) -> dict[str, int]:
        """The ids that an earlier run was given, of those that are still there."""
        if kind not in self._destination.carries:
            return {}
        steps = [step for step in self._move.all_steps(kind) if step.remote]
        numbers = [step.remote.id for step in steps if step.remote]
        there = self._asker.known(kind, *numbers)
        names = {remote.id: name.casefold() for name, remote in there.items()}
        return {
            step.key.casefold(): step.remote.id
            for step in steps
            if step.remote and names.get(step.remote.id) == step.key.casefold()
        }

    def _make(self, kind: Kind, name: str, parent: int) -> int:
        step = replace(self._move.step(kind, "", name, name), remote=None)
        if kind not in self._destination.carries:
            if step.state is not State.SENT:
                self._move.record(step, state=State.LEFT_OUT, trouble=MAY_NOT)
            return 0
        begun = step.attempts > 0
        if not begun and (there := self._standing(kind, name)):
            self._move.record(step, state=State.SENT, remote=there)
            return there.id
        try:
            step = self._asker.once(step, NewTerm(kind, name, parent))
        except (Refused, NotAllowed) as refusal:
            step = self._move.step(kind, "", name, name)
            trouble = Trouble(refusal.title, refusal.hint)
            self._move.record(step, state=State.REFUSED, trouble=trouble)
            return 0
        assert step.remote
        if begun:
            # It was not there when we began, so it is ours, whoever told of it.
            step = replace(step, remote=replace(step.remote, status=NEW))
        self._move.record(step, state=State.SENT)
        return step.remote.id if step.remote else 0

    def _standing(self, kind: Kind, name: str) -> Remote | None:
        found = self._asker.repeat(lambda: self._destination.find(kind, name))
        return found[0] if found else None


def tree(blog: Blog | None) -> dict[str, str]:
    """The name of the category above each one that has one, by its folded name."""
    return {low.casefold(): high for low, high in blog.parents} if blog else {}


def height(above: Mapping[str, str], name: str) -> int:
    """How many categories stand above this one in that `tree`."""
    seen = [name.casefold()]
    while (parent := above.get(seen[-1], "").casefold()) and parent not in seen:
        seen.append(parent)
    return len(seen) - 1
