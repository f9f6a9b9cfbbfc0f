"""Asking the destination: patiently, and what must happen once exactly once.

WordPress has no idempotency keys. So: the intent is durable before the request leaves;
an unclear answer is left to settle, then the thing is looked up by its marker and
adopted, and only what is certainly not there is sent again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from wizard.destinations import Destination, Kind, NewPost, Remote, Thing
from wizard.errors import (
    Ambiguous,
    NetworkError,
    Refused,
    Throttled,
    Unsafe,
    WrongParty,
)
from wizard.move.events import Event, State, Trouble, Waiting
from wizard.move.file import Move
from wizard.move.records import Step

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and how often to try.

    ``settle``: before the first look after an unclear answer. ``resend``: after the
    request left and before it may be sent again; longer than the 60 seconds for which
    gateways usually keep a request alive. ``give_up``: without any answer at all.
    """

    settle: float = 10
    resend: float = 90
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

    def repeat(self, call: Callable[[], Result]) -> Result:
        """The result of a call that may be repeated, however long it takes.

        Raises Stopped, GivenUp, and every clear refusal of the call itself.
        """
        tries = 0
        while True:
            self._go_on()
            try:
                result = call()
            except Unsafe:
                raise
            except NetworkError as trouble:
                tries += 1
                self._wait(trouble, tries)
            else:
                self._silent_since = None
                return result

    def once(
        self, step: Step, thing: Thing, *, post: int = 0, look: bool = False
    ) -> Step:
        """Make ``thing`` at the destination unless it stands there already.

        ``look``: something tells that it may stand there although this move file does
        not know it. Gives the step with its ``remote``, state *made*. Raises Refused
        and NotAllowed (the step is left to the caller), Stopped and GivenUp.
        """
        if step.remote:
            return step
        unclear, tries = step.attempts > 0, 0
        while True:
            if unclear or look:
                found = self._look(step, post) if unclear else self._find(step, post)
                if found:
                    return self._adopt(step, found, thing)
            self._go_on()
            step = self._move.record(
                step,
                state=State.SENDING,
                attempts=step.attempts + 1,
                asked_at=time.time(),
                trouble=None,
            )
            try:
                remote = self._destination.create(thing, step.marker)
            except Unsafe:
                raise
            except NetworkError as trouble:
                tries += 1
                unclear = isinstance(trouble, Ambiguous | WrongParty)
                self._wait(trouble, tries)
            else:
                self._silent_since = None
                return self._move.record(step, state=State.MADE, remote=remote)

    def only_one(self, step: Step) -> Remote | None:
        """Take away all copies of a post but ours, before it becomes public. Gives
        ours as it is now, None if it is not there any more."""
        assert step.remote
        found = {remote.id: remote for remote in self._find(step, 0)}
        ours = found.pop(step.remote.id, None)
        self._take_away(list(found.values()))
        return ours

    def _look(self, step: Step, post: int) -> list[Remote]:
        """Look twice: soon, and again when the request can no longer be under way."""
        self._let_settle(step, self._patience.settle)
        found = self._find(step, post)
        if not found:
            self._let_settle(step, self._patience.resend)
            found = self._find(step, post)
        return found

    def _find(self, step: Step, post: int) -> list[Remote]:
        return self.repeat(lambda: self._destination.find(step.kind, step.marker, post))

    def _adopt(self, step: Step, found: list[Remote], thing: Thing) -> Step:
        """Of several copies the oldest is ours. A post is not touched: it may have
        been finished already; all else is made equal to what it should be."""
        ours, *copies = found
        self._take_away(copies)
        if not isinstance(thing, NewPost):
            ours = self.repeat(
                lambda: self._destination.update(found[0], thing, step.marker)
            )
        return self._move.record(step, state=State.MADE, remote=ours)

    def _take_away(self, copies: list[Remote]) -> None:
        for copy in copies:
            if copy.kind is not Kind.POST or copy.status in ("draft", "private"):
                self.repeat(partial(self._destination.delete, copy))

    def _let_settle(self, step: Step, seconds: float) -> None:
        """Wait until ``seconds`` have passed since the request left, at most that."""
        left = step.asked_at + seconds - time.time()
        if left > 0 and self._stop.wait(min(left, seconds)):
            raise Stopped

    def _wait(self, trouble: NetworkError, tries: int) -> None:
        """Wait before the next try, longer each time.

        Raises Refused after many unclear answers to one thing, GivenUp when there was
        no answer to anything for long, Stopped when asked to pause.
        """
        now = time.monotonic()
        self._silent_since = self._silent_since or now
        said = Trouble(trouble.title, trouble.hint)
        if now - self._silent_since > self._patience.give_up:
            raise GivenUp(said) from None
        lasting = isinstance(trouble, Ambiguous) or (
            isinstance(trouble, Throttled) and tries > 2 * self._patience.tries
        )
        if lasting and tries >= self._patience.tries:
            raise Refused(
                trouble.title,
                "It was tried again and again. Press Retry later; what has arrived by "
                "then is found and not sent twice.",
                code="unclear",
            ) from None
        asked = trouble.seconds if isinstance(trouble, Throttled) else 0
        patience = self._patience
        seconds = max(asked, min(patience.first * 2 ** (tries - 1), patience.longest))
        self._emit(Waiting(said, seconds))
        if self._stop.wait(seconds):
            raise Stopped

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise Stopped
