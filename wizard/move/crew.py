"""A crew: the threads that work for one run, and the events that they tell.

Whoever reads the events is the run's own thread; when it stops reading, the work stops.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

from wizard.errors import MoveError, SignInFailed
from wizard.move.events import Ended, Event, Trouble, Verdict
from wizard.move.patience import GivenUp, Stopped

Thing = TypeVar("Thing")
Result = TypeVar("Result")


class Crew:
    """So many threads. ``halt``: set when the person's own ``stop`` is, or when the
    run must end for another reason; ``ends``: those reasons."""

    def __init__(self, stop: threading.Event, size: int) -> None:
        # Closing the run stops the threads without touching the person's own event.
        self.halt: threading.Event = _Either(stop)
        self.ends: list[Exception] = []
        self._events: queue.Queue[Event | None] = queue.Queue(maxsize=1000)
        self._size = size
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="move")

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.halt.set()
        self._drain_until_idle()

    def tell(self, event: Event) -> None:
        """Say something, from any thread."""
        self._events.put(event)

    def give_up(self, why: Exception) -> None:
        """End the run for this reason."""
        self.ends.append(why)
        self.halt.set()

    def work(self, *works: Callable[[], None]) -> Iterator[Event]:
        """Do these at the same time; gives their events until all are done."""
        futures = [self._pool.submit(self._guarded, work) for work in works]
        for future in futures:
            future.add_done_callback(self._wake)
        while not all(map(Future.done, futures)) or not self._events.empty():
            with suppress(queue.Empty):
                if event := self._events.get(timeout=0.05):
                    yield event
        for future in futures:
            future.result()

    def each(
        self, call: Callable[[Thing], Result], things: Iterable[Thing]
    ) -> Iterator[Result]:
        """From within a work that is alone: the same for many things, by the threads
        that have nothing to do."""
        return (self._pool.map if self._size > 1 else map)(call, things)

    def ended(self, verdict: Verdict) -> Ended:
        """The last event; of several reasons to stop the one that says most."""
        trouble, signed_out = None, False
        for end in self.ends:
            if isinstance(end, GivenUp):
                trouble = trouble or end.trouble
            elif isinstance(end, MoveError):
                signed_out = signed_out or isinstance(end, SignInFailed)
                trouble = Trouble(end.title, end.hint)
        return Ended(verdict, bool(self.ends), trouble, signed_out)

    def _wake(self, future: Future[None]) -> None:
        """Whoever waits for an event need not wait on when there will be none."""
        with suppress(queue.Full):
            self._events.put_nowait(None)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (Stopped, GivenUp, MoveError) as end:
            self.give_up(end)
        except Exception as surprise:
            kind = type(surprise).__name__
            self.give_up(MoveError("Something unexpected happened.", f"({kind})"))

    def _drain_until_idle(self) -> None:
        """Threads that wait to say something must not wait for a reader that has left."""
        end = {"cancel_futures": True}
        done = threading.Thread(target=self._pool.shutdown, kwargs=end)
        done.start()
        done.join(0.01)  # almost always it is there at once
        while done.is_alive():
            try:
                self._events.get(timeout=0.05)
            except queue.Empty:
                continue


class _Either(threading.Event):
    """Set when it is set itself or when the other is."""

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
