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
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from wizard.destinations import NEW, Destination, Kind, NewPost, NewTerm, Remote, Thing
from wizard.errors import (
    Ambiguous,
    MoveError,
    NetworkError,
    Refused,
    Throttled,
    Unreachable,
    Unsafe,
    WrongParty,
)
from wizard.move.events import Event, State, Trouble, Waiting
from wizard.move.file import Move
from wizard.move.records import Step

Result = TypeVar("Result")
# No waiting makes a bad certificate good, or a full disk empty.
_HOPELESS = (
    "certificate-expired",
    "certificate-issuer",
    "certificate-wrong-name",
    "disk-full",
    "write-protected",
)
Tries = Counter[type[NetworkError]]
_UNCLEAR = Trouble(
    "It is not known yet whether something that was sent has arrived.",
    "It is looked for before it is sent again.",
)
_FINISHED = Trouble(
    "Another computer has brought a post over that was just being brought over here.",
    "This one was not made public. Go on in a minute, when nobody else is at it: what "
    "is there is then recognised.",
)


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
        self._stop = stop
        self._emit = emit
        self._patience = patience
        self._silent_since: float | None = None
        self._unclear_at = float("-inf")

    def repeat(self, call: Callable[[], Result]) -> Result:
        """The result of a call that may be repeated, however long it takes.

        Raises Stopped, GivenUp, and every clear refusal of the call itself.
        """
        tries: Tries = Counter()
        while True:
            self._go_on()
            try:
                return self._ask(call)
            except NetworkError as trouble:
                self._wait(trouble, tries)

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
            self._go_on()
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
                self._wait(trouble, tries)
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
        if seconds > 1:
            self._emit(Waiting(why, seconds))
        if seconds > 0 and self._stop.wait(seconds):
            raise Stopped

    def _ask(self, call: Callable[[], Result]) -> Result:
        """One request; whatever is a clear answer ends the silence."""
        try:
            result = call()
        except NetworkError:
            raise
        except MoveError:
            self._silent_since = None
            raise
        self._silent_since = None
        return result

    def _wait(self, trouble: NetworkError, tries: Tries) -> None:
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

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise Stopped


def _may_have_happened(trouble: MoveError) -> bool:
    """Is it possible that the thing was made in spite of this answer?"""
    # Caches in front of a blog say 503 and when to come back, too, when its server was
    # too slow for them; and some firewalls block answers to what was done already.
    doubtful = trouble.code in ("503", "blocked")
    return doubtful or isinstance(trouble, Ambiguous | WrongParty)


def _may_end_sooner(trouble: NetworkError) -> bool:
    """The person may mend this meanwhile: plug in the cable, sign in at the hotel."""
    return isinstance(trouble, Unreachable | WrongParty)
