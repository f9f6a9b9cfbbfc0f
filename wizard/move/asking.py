"""Asking the destination: patiently, and what must happen once exactly once.

WordPress has no idempotency keys. So: the intent is durable before the request leaves;
an unclear answer is left to settle, then the thing is looked up by its marker and
adopted, and only what is certainly not there is sent again.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from wizard.destinations import NEW, Destination, Kind, NewPost, NewTerm, Remote, Thing
from wizard.errors import (
    Ambiguous,
    MoveError,
    NetworkError,
    WrongParty,
)
from wizard.move.events import Event, State, Trouble
from wizard.move.file import Move
from wizard.move.patience import GivenUp, Patience, Tries, Waits
from wizard.move.records import Step

Result = TypeVar("Result")
_UNCLEAR = Trouble(
    "It is not known yet whether something that was sent has arrived.",
    "It is looked for before it is sent again.",
)
_FINISHED = Trouble(
    "Another computer has brought a post over that was just being brought over here.",
    "This one was not made public. Go on in a minute, when nobody else is at it: what "
    "is there is then recognised.",
)


class Asker:
    """Asks one destination on behalf of all threads of one run."""

    def __init__(
        self,
        move: Move,
        destination: Destination,
        stop: threading.Event,
        emit: Callable[[Event], None],
        patience: Patience,
    ) -> None:
        self._move = move
        self._destination = destination
        self._waits = Waits(stop, emit, patience)
        self._patience = patience
        self._unclear_at = float("-inf")

    def repeat(self, call: Callable[[], Result]) -> Result:
        """The result of a call that may be repeated, however long it takes.

        Raises Stopped, GivenUp, and every clear refusal of the call itself.
        """
        tries: Tries = Counter()
        while True:
            self._waits.go_on()
            try:
                return self._ask(call)
            except NetworkError as trouble:
                self._waits.again(trouble, tries)

    def once(
        self,
        step: Step,
        thing: Thing,
        *,
        post: int = 0,
        look: bool = False,
        mend: bool = False,
    ) -> Step:
        """Make ``thing`` at the destination unless it stands there already.

        ``look``: something tells that it may stand there although this move file does
        not know it. ``mend``: if so it may be half done. Gives the step with its
        ``remote``, state *made*, for the caller to write down. Raises Refused and
        NotAllowed (the step is left to the caller), Stopped and GivenUp.
        """
        if step.remote:
            return step
        unclear = step.attempts > 0
        tries: Tries = Counter()
        while True:
            if unclear or look:
                search = self._look if unclear else self._find
                found = search(step, post, thing)
                if found:
                    half = unclear or mend
                    return self._adopt(step, found, thing if half else None)
            self._waits.go_on()
            step = self._move.record(
                step,
                state=State.SENDING,
                attempts=step.attempts + 1,
                asked_at=time.time(),
                trouble=None,
            )
            create = partial(self._destination.create, thing, step.marker)
            try:
                remote = self._ask(create)
            except MoveError as trouble:
                if _may_have_happened(trouble):
                    unclear = True
                    self.doubt()
                    # It had this long and may go on: the waiting begins now.
                    step = self._move.record(step, asked_at=time.time())
                if not unclear:
                    step = self._move.record(step, state=State.WAITING, attempts=0)
                if not isinstance(trouble, NetworkError):
                    raise
                self._waits.again(trouble, tries)
            else:
                return replace(step, state=State.MADE, remote=remote)

    def known(self, kind: Kind, *among: str | int) -> dict[str, Remote]:
        """Where each of our things stands, whatever the move file says (``among``: see
        `Destination.ours`). Of copies a finished one, else the oldest."""
        return {mark: copies[0] for mark, copies in self.copies(kind, *among).items()}

    def copies(self, kind: Kind, *among: str | int) -> dict[str, list[Remote]]:
        """The same with all their copies, the one that counts first."""
        ours = self._destination.ours
        copies: dict[str, list[Remote]] = {}
        for mark, remote in self.repeat(lambda: list(ours(kind, among))):
            some = copies.setdefault(mark, [])
            if remote.id not in [other.id for other in some]:
                some.append(remote)
        if kind is Kind.POST:
            for mark, some in copies.items():
                some.sort(key=lambda remote: (remote.slug.startswith(mark), remote.id))
        return copies

    def finish(self) -> None:
        """Let the destination bring all to its end; an import file is made only now."""
        self.repeat(self._destination.finish)
        self._move.note("in parts", "")

    def doubt(self) -> None:
        """Something was sent just now of which nobody knows what becomes of it."""
        self._unclear_at = time.monotonic()

    def settle_all(self) -> None:
        """Wait until no request that had no clear answer can be under way any more."""
        left = self._unclear_at + self._patience.resend - time.monotonic()
        if left > 0:
            self.pause(_UNCLEAR, left)

    def only_one(self, step: Step) -> Remote | None:
        """Take away all copies of a post but ours, before it becomes public. Gives
        ours as it is now, None if it is not there any more; GivenUp where another
        computer has finished one while ours was a draft (this one slept, perhaps)."""
        assert step.remote
        ours = None
        for _ in range(2):  # copies that bear the marker as slug hide one that does not
            found = {remote.id: remote for remote in self._find(step)}
            ours = found.pop(step.remote.id, None)
            if not self.take_away(step.marker, list(found.values())) or ours:
                break
        if ours and ours.slug.startswith(step.marker) and self._destination.shared:
            # A draft that bears the marker as slug hides what bears it in its text.
            for copy in self.copies(Kind.POST, step.marker).get(step.marker, []):
                if copy.id != ours.id and copy.status in ("publish", "future"):
                    raise GivenUp(_FINISHED)
        return ours

    def _look(self, step: Step, post: int, thing: Thing) -> list[Remote]:
        """Look soon, and again when the request can no longer be under way; once where
        that is so by now, as after a kill."""
        found: list[Remote] = []
        for seconds in (self._patience.settle, self._patience.resend):
            self._let_settle(step, seconds)
            late = time.time() >= step.asked_at + self._patience.resend
            found = self._find(step, post, thing)
            if found or late:
                break
        return found

    def _find(
        self, step: Step, post: int = 0, thing: Thing | None = None
    ) -> list[Remote]:
        find = partial(self._destination.find, step.kind, step.marker, post)
        found = self.repeat(find)
        if isinstance(thing, NewTerm):
            # One of this name in another place is another one.
            return [there for there in found if there.parent == thing.parent]
        return found

    def _adopt(self, step: Step, found: list[Remote], thing: Thing | None) -> Step:
        """Of several copies the oldest is ours. Where it may be half done (``thing``)
        the others go, and it is made equal to ``thing``; but a post is not touched, it
        may have been finished already."""
        ours = found[0]
        if thing:
            # A list may name a thing twice.
            copies = [copy for copy in found if copy.id != ours.id]
            self.take_away(step.marker, copies)
        if thing and not isinstance(thing, NewPost):
            update = self._destination.update
            ours = self.repeat(partial(update, ours, thing, step.marker))
        if isinstance(thing, NewTerm):
            # It was not there before it was asked for.
            ours = replace(ours, status=NEW)
        return replace(step, state=State.MADE, remote=ours)

    def take_away(self, mark: str, copies: list[Remote]) -> int:
        """Delete copies that nobody but us can have made; gives their number."""
        gone = [
            copy
            for copy in copies
            if copy.kind in (Kind.PHOTO, Kind.COMMENT)
            or (copy.slug.startswith(mark) and copy.status in ("draft", "private"))
        ]
        for copy in gone:
            # A copy of a comment would be one more in a trash that is looked at.
            for_good = copy.kind is not Kind.POST
            delete = partial(self._destination.delete, copy, for_good=for_good)
            self.repeat(delete)
        return len(gone)

    def _let_settle(self, step: Step, seconds: float) -> None:
        """Wait until ``seconds`` have passed since the request left, at most that."""
        self.pause(_UNCLEAR, min(step.asked_at + seconds - time.time(), seconds))

    def pause(self, why: Trouble, seconds: float) -> None:
        """Wait, and say so if it takes long; raises Stopped."""
        self._waits.pause(why, seconds)

    def _ask(self, call: Callable[[], Result]) -> Result:
        """One request; whatever is a clear answer ends the silence."""
        try:
            result = call()
        except NetworkError:
            raise
        except MoveError:
            self._waits.answered()
            raise
        self._waits.answered()
        return result


def _may_have_happened(trouble: MoveError) -> bool:
    """Is it possible that the thing was made in spite of this answer?"""
    # Caches in front of a blog say 503 and when to come back, too, when its server was
    # too slow for them; and some firewalls block answers to what was done already.
    doubtful = trouble.code in ("503", "blocked")
    return doubtful or isinstance(trouble, Ambiguous | WrongParty)
