"""Categories and tags: made one at a time, once each."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from wizard.blog import Post, own_name
from wizard.content.repairing import repaired_name
from wizard.destinations import NEW, Destination, Kind, NewTerm, Remote
from wizard.errors import NotAllowed, Refused
from wizard.move.asking import Asker
from wizard.move.book import MAY_NOT
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Step


class Terms:
    """The destination's ids of categories and tags. WordPress makes doubles of equal
    names that come at the same time, so all threads take turns here.

    Their steps belong to no post; their key is what posts call them, their marker the
    name that they have there. A category that is made stands below the one that it
    stood below at the old blog.

    Names that differ in no more than capital letters become one, and the receipt tells
    of it: "php" typed into WordPress is the "PHP" that is there, and who reads all posts
    of a name expects those of both. WordPress itself keeps "Straße" and "STRASSE" apart,
    as it knows the small letters of English only; nobody would do so on purpose.
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
        self._above = tree(move)
        named = ((low, own_name(low, hi.casefold())) for low, hi in self._above.items())
        self._shared = frozenset(own for low, own in named if own != low)
        self._made: dict[int, Step] = {}

    def ids(self, kind: Kind, names: tuple[str, ...]) -> tuple[int, ...]:
        """The id of each name; one that the destination refuses is left out."""
        if kind not in self._wanted:
            return ()
        found = (self._id(kind, name.strip()) for name in names)
        return tuple(dict.fromkeys(number for number in found if number))

    def missing(self, post: Post) -> tuple[str, ...]:
        """Of those that this post has what the destination refused, and still does."""
        kinds = {Kind.CATEGORY: post.categories, Kind.TAG: post.tags}
        return tuple(
            name
            for kind, names in kinds.items()
            if kind in self._wanted
            for name in map(str.strip, names)
            if self._was_refused(kind, name) and not self._id(kind, name)
        )

    def _was_refused(self, kind: Kind, name: str) -> bool:
        # Not while another thread is trying it.
        with self._turn:
            return self._move.step(kind, "", name).state is State.REFUSED

    def sharing(self, categories: tuple[str, ...]) -> tuple[str, ...]:
        """Those that are called by their names although others have the same."""
        return tuple(name for name in categories if name.casefold() in self._shared)

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
            term = NewTerm(kind, own_name(name, above), parent)
            self._ids[kind][folded] = self._make(name, term)
        return self._ids[kind][folded]

    def _from_earlier(self, kind: Kind) -> dict[str, int]:
        """The ids that an earlier run was given, of those that are still there."""
        if kind not in self._destination.carries:
            return {}
        steps = [step for step in self._move.all_steps(kind) if step.remote]
        places = {step.remote.id: step for step in steps if step.remote}
        self._made |= {n: s for n, s in places.items() if _is_new(s)}
        there = {
            remote.id: (name.casefold(), remote)
            for name, copies in self._asker.copies(kind, *places).items()
            for remote in copies
        }
        ids = {}
        for step in steps:
            at = step.remote
            if at and self._is_still(step, *there.get(at.id, ("", None))):
                ids[step.key.casefold()] = at.id
                if step.state is State.SENT and step.trouble:
                    # Why an undo left it there is over, now that it is wanted again.
                    self._move.record(step, trouble=_change(step.marker, at))
        return ids

    def _is_still(self, step: Step, name: str, there: Remote | None) -> bool:
        """Earlier versions made one category of all those that share a name."""
        folded = step.key.casefold()
        taken = bool(there and there.parent and folded in self._shared)
        told = step.remote.shown if step.remote else ""
        return name in (step.marker.casefold(), told.casefold()) and not taken

    def _make(self, name: str, term: NewTerm) -> int:
        kind = term.kind
        step = replace(self._move.step(kind, "", name, term.name), remote=None)
        if kind not in self._destination.carries:
            if step.state is not State.SENT:
                self._move.record(step, state=State.LEFT_OUT, trouble=MAY_NOT)
            return 0
        begun = step.attempts > 0
        if not begun and (there := self._standing(term)):
            self._adopt(step, there)
            return there.id
        try:
            step = self._asker.once(step, term)
        except (Refused, NotAllowed) as refusal:
            step = self._move.step(kind, "", name, term.name)
            trouble = Trouble(refusal.title, refusal.hint)
            self._move.record(step, state=State.REFUSED, trouble=trouble)
            return 0
        assert step.remote
        if begun or step.attempts > 1:
            # It was not there when we began, so it is ours, whoever told of it.
            step = replace(step, remote=replace(step.remote, status=NEW))
        assert step.remote
        self._move.record(
            step, state=State.SENT, trouble=_change(term.name, step.remote)
        )
        return step.remote.id

    def _standing(self, term: NewTerm) -> Remote | None:
        """The same one, if it is there. One that shares its name with none may stand on
        top as well, as where nobody knew of what it stood below."""
        find = partial(self._destination.find, term.kind, term.name)
        found = self._asker.repeat(find)
        shared = term.name.casefold() in self._shared
        for parent in (term.parent,) if shared else (term.parent, 0):
            for there in found:
                if there.parent == parent:
                    return there
        return None

    def _adopt(self, step: Step, there: Remote) -> None:
        """One that this move made under another name is still this move's to undo."""
        old = self._made.get(there.id)
        there = replace(there, status=NEW) if old else there
        self._move.record(step, state=State.SENT, remote=there, trouble=None)
        if old and (now := self._move.step(old.kind, "", old.key)).remote == old.remote:
            self._move.record(now, state=State.WAITING, remote=None, attempts=0)


def _change(name: str, there: Remote) -> Trouble | None:
    """What the destination made of a name, if not what it was."""
    if there.status != NEW or there.shown in ("", name):
        return None
    return Trouble(
        f"The new blog changed this name on arrival: there it is “{there.shown}”.",
        "A plugin there may do that. Rename it there if you miss what is gone.",
    )


def _is_new(step: Step) -> bool:
    return bool(step.remote and step.remote.status == NEW)


def tree(move: Move) -> dict[str, str]:
    """What posts call the category above each one that has one, by its own folded name."""
    pairs = move.blog.parents if move.blog else ()
    if move.choices.repair:
        pairs = tuple((repaired_name(low), repaired_name(high)) for low, high in pairs)
    return {low.casefold(): high for low, high in pairs}


def height(above: Mapping[str, str], name: str) -> int:
    """How many categories stand above this one in that `tree`."""
    seen = [name.casefold()]
    while (parent := above.get(seen[-1], "").casefold()) and parent not in seen:
        seen.append(parent)
    return len(seen) - 1
