"""The move as a generator of events: a small pool of threads, one writer, exactly once.

Stopping it is pausing; running it again goes on where it was and is also the retry.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from wizard.destinations import Destination
from wizard.errors import MoveError, MoveFileError, SignInFailed
from wizard.move.asking import Asker, GivenUp, Patience, Stopped
from wizard.move.book import Book
from wizard.move.carrying import Carrier
from wizard.move.events import (
    Began,
    Ended,
    Event,
    ItemSettled,
    PostBegan,
    PostSettled,
    State,
    Trouble,
)
from wizard.move.file import Move
from wizard.move.records import Step
from wizard.move.verdict import verdict
from wizard.sources import Source

CONNECTIONS = 4


def run(
    move: Move,
    source: Source,
    destination: Destination,
    stop: threading.Event,
    *,
    only: Collection[str] | None = None,
    connections: int = CONNECTIONS,
    patience: Patience | None = None,
) -> Generator[Event, None, None]:
    """Carry every chosen post over, or those with the keys in ``only``.

    ``destination`` has been checked. Set ``stop`` to pause: what is under way is
    brought to a safe point and ``Ended(paused=True)`` comes last. Raises MoveFileError
    at once if this move has begun towards another destination.
    """
    bind(move, destination)
    events: queue.Queue[Event] = queue.Queue(maxsize=1000)
    # Closing the generator stops the threads as well, without touching the person's
    # own event.
    halt = _Either(stop)
    counter = _Counter(move, only)
    yield counter.began()

    def settle(step: Step, was: State) -> None:
        events.put(counter.settled(step, was))

    asker = Asker(move, destination, halt, events.put, patience or Patience())
    carrier = Carrier(move, source, destination, asker, Book(move, settle))
    keys = iter([key for key in move.chosen_keys() if only is None or key in only])
    taking = threading.Lock()
    ends: list[Exception] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except (Stopped, GivenUp, MoveError) as end:
            ends.append(end)
            halt.set()
        except Exception as surprise:
            kind = type(surprise).__name__
            ends.append(MoveError("Something unexpected happened.", f"({kind})"))
            halt.set()

    def carry_posts() -> None:
        while not halt.is_set():
            with taking:
                key = next(keys, None)
            if key is None:
                return
            events.put(PostBegan(key))
            step = carrier.carry(key)
            address = step.remote.address if step.remote else ""
            events.put(PostSettled(key, step.state, address, step.trouble))
        raise Stopped

    with ThreadPoolExecutor(connections, thread_name_prefix="move") as pool:
        try:
            first = [pool.submit(guarded, carrier.look_around)]
            yield from _until_done(first, events)
            if not halt.is_set():
                work = [pool.submit(guarded, carry_posts) for _ in range(connections)]
                yield from _until_done(work, events)
            last = [pool.submit(guarded, lambda: asker.repeat(destination.finish))]
            yield from _until_done(last, events)
        finally:
            halt.set()
            _drain_until_idle(pool, events)
    yield _ended(move, ends)


def bind(move: Move, destination: Destination) -> None:
    """Note where this move goes; raises MoveFileError if it goes elsewhere already."""
    bound = move.noted("bound")
    if bound and bound != destination.address and move.counts():
        raise MoveFileError(
            f"This move has begun towards {bound}.",
            "Choose that blog again, or start a new move for the other one.",
        )
    move.note("bound", destination.address)


def _ended(move: Move, ends: list[Exception]) -> Ended:
    """The sum; of several reasons to stop the one that says most."""
    trouble, signed_out = None, False
    for end in ends:
        if isinstance(end, GivenUp):
            trouble = trouble or end.trouble
        elif isinstance(end, MoveError):
            signed_out = signed_out or isinstance(end, SignInFailed)
            trouble = Trouble(end.title, end.hint)
    return Ended(verdict(move), bool(ends), trouble, signed_out)


class _Either(threading.Event):
    """Set when it is set itself or when the person's own event is."""

    def __init__(self, other: threading.Event) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        return super().is_set() or self._other.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        left = float("inf") if timeout is None else timeout
        while left > 0 and not self.is_set():
            super().wait(min(left, 0.1))
            left -= 0.1
        return self.is_set()


class _Counter:
    """How many items are settled, of a total that never changes during a run."""

    def __init__(self, move: Move, only: Collection[str] | None) -> None:
        self._lock = threading.Lock()
        rows = [r for r in move.rows() if r.chosen and (only is None or r.key in only)]
        self._total = sum(1 + row.photos + row.comments for row in rows)
        if only is None:
            self._done = sum(
                states.get(State.SENT, 0) for states in move.counts().values()
            )
        else:
            self._done = sum(
                step.state is State.SENT for row in rows for step in move.steps(row.key)
            )

    def began(self) -> Began:
        return Began(self._total, self._done)

    def settled(self, step: Step, was: State) -> ItemSettled:
        with self._lock:
            if was is not State.SENT:
                self._done += 1
            return ItemSettled(
                step.kind,
                step.key,
                step.post,
                step.state,
                step.trouble,
                min(self._done, self._total),
                self._total,
            )


def _until_done(
    futures: list[Future[None]], events: queue.Queue[Event]
) -> Iterator[Event]:
    while not all(future.done() for future in futures) or not events.empty():
        try:
            yield events.get(timeout=0.05)
        except queue.Empty:
            continue
    for future in futures:
        future.result()


def _drain_until_idle(pool: ThreadPoolExecutor, events: queue.Queue[Event]) -> None:
    """Threads that wait to say something must not wait for a reader that has left."""
    done = threading.Thread(target=pool.shutdown, kwargs={"cancel_futures": True})
    done.start()
    while done.is_alive():
        try:
            events.get(timeout=0.05)
        except queue.Empty:
            continue
