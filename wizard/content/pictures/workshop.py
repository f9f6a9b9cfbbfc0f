"""The processes that decode pictures: one that crashes, hangs or eats all memory costs
that picture only.

Each has a pipe of its own, so that no picture can garble another one's answer, and what
comes back is JSON and bytes: nothing a subverted decoder says is ever run here.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from queue import LifoQueue
from typing import Any

from wizard.content.pictures.child import serve
from wizard.content.pictures.strangers import damaged
from wizard.errors import PhotoMissing

# So that with all that is around it no picture takes ten.
SECONDS = 9.0
START_SECONDS = 60.0
PLACES = max(2, min(4, os.cpu_count() or 2))
TRIES = 2
_LARGEST_ANSWER = 256 * 2**20


class Workshop:
    """Asked from any thread. ``seconds``: how long one picture may take. ``child``: what
    the processes run; it gets its end of a pipe."""

    def __init__(
        self,
        places: int = PLACES,
        seconds: float = SECONDS,
        child: Callable[[Any], None] = serve,
    ) -> None:
        self._seconds, self._child = seconds, child
        # The one that was used last is warm; a new one starts only if all are busy.
        self._places: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(places):
            self._places.put(None)
        self._crashes: Counter[bytes] = Counter()
        self._too_slow: set[bytes] = set()
        self._ended = False
        atexit.register(self.close)

    def ask(
        self, wish: Mapping[str, Any], data: bytes
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The answer and its parts; raises PhotoMissing if there is none."""
        while not self._given_up(data):
            worker = self._places.get()
            try:
                if worker is None or not worker.alive:
                    worker = _Worker(self._child)
                answer, parts = worker.ask(wish, data, self._seconds)
                break
            except _NoStart:
                worker = None
                raise PhotoMissing(
                    "The photo could not be looked at.",
                    "This computer would not start another program. Close some and "
                    "try again.",
                ) from None
            except (EOFError, OSError, ValueError, KeyError, TypeError):
                if self._ended:
                    # The program is leaving, and so does this thread.
                    raise SystemExit from None
                assert worker
                worker.end()
                # It may have been ended by somebody else, so it gets a second try; what
                # took all its time would only take it again.
                if worker.late:
                    self._too_slow.add(_print(data))
                else:
                    self._crashes[_print(data)] += 1
                worker = None
            finally:
                self._places.put(worker)
        else:
            raise self._in_words(data)
        if "missing" in answer:
            raise PhotoMissing(*answer["missing"])
        return answer, parts

    def close(self) -> None:
        """End the processes that are idle; those at work are ended with the program."""
        self._ended = True
        atexit.unregister(self.close)
        for _ in range(self._places.qsize()):
            worker = self._places.get()
            if worker:
                worker.end()
            self._places.put(None)

    def _given_up(self, data: bytes) -> bool:
        if not self._crashes and not self._too_slow:
            return False
        return self._crashes[_print(data)] >= TRIES or _print(data) in self._too_slow

    def _in_words(self, data: bytes) -> PhotoMissing:
        if _print(data) not in self._too_slow:
            return damaged()
        return PhotoMissing(
            "The photo takes too long to read.",
            "Open it in a picture program, and save it as JPEG.",
        )


class _NoStart(Exception):
    """A process did not begin."""


class _Worker:
    """A process and our end of its pipe."""

    def __init__(self, child: Callable[[Any], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self.late = False
        self._process = context.Process(
            target=child, args=(theirs,), name="pictures", daemon=True
        )
        try:
            with _starting, _without_interrupts():
                self._process.start()
            theirs.close()
            if not self._pipe.poll(START_SECONDS):
                self.end()
                raise _NoStart
            self._pipe.recv_bytes()
        except (EOFError, OSError):
            raise _NoStart from None

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def ask(
        self, wish: Mapping[str, Any], data: bytes, seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Raises EOFError or OSError if it died or took too long."""
        # Reading and writing may both block; only its death is sure to end them.
        watch = threading.Timer(seconds, self._too_late)
        watch.daemon = True
        watch.start()
        try:
            self._pipe.send_bytes(json.dumps(wish).encode())
            self._pipe.send_bytes(data)
            answer = json.loads(self._pipe.recv_bytes(_LARGEST_ANSWER))
            parts = [
                self._pipe.recv_bytes(_LARGEST_ANSWER) for _ in range(answer["parts"])
            ]
            return answer, parts
        finally:
            watch.cancel()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _too_late(self) -> None:
        self.late = True
        self._process.kill()


_starting = threading.Lock()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C in the terminal is for us; a process started meanwhile never hears it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _print(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
