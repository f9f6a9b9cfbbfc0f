"""One slow job beside the window: a thread that reports what the job yields and ends with."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QObject, QThread, Signal

from wizard.errors import MoveError

Job = Callable[[threading.Event], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: what it gave back, or why it could not."""

    value: object = None
    trouble: MoveError | None = None


class Worker(QThread):
    """Runs ``job(stop)``; if that is an iterator, ``happened`` carries each thing it
    yields. ``ended`` carries one Outcome, always last. Listeners are methods of
    QObjects, so that they run in the thread of the window."""

    happened = Signal(object)
    ended = Signal(object)
    _away: ClassVar[set[Worker]] = set()

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stop = threading.Event()
        self._job = job

    def run(self) -> None:
        try:
            value = self._job(self.stop)
            if isinstance(value, Iterator):
                for event in value:
                    self.happened.emit(event)
                value = None
            outcome = Outcome(value)
        except MoveError as trouble:
            outcome = Outcome(trouble=trouble)
        except Exception as trouble:
            if self in self._away:  # what it worked with was closed in the meantime
                return
            logging.getLogger(__name__).exception("A job of the window failed")
            outcome = Outcome(trouble=_unexpected(trouble))
        self.ended.emit(outcome)

    def close(self) -> None:
        """Ask the job to stop and wait until its thread is gone."""
        self.stop.set()
        self.wait()

    def send_away(self) -> None:
        """Ask the job to stop, and do not wait: a server may take minutes to answer.
        Nothing is heard of it any more."""
        self.stop.set()
        self.blockSignals(True)
        self.setParent(None)
        # Qt ends the program if the last one who knows of a running thread forgets it.
        self._away.add(self)

    @classmethod
    def all_ended(cls, seconds: float) -> bool:
        """Whether all that were sent away have come to their end, by then at the latest."""
        until = time.monotonic() + seconds
        for worker in list(cls._away):
            left = max(0, round(1000 * (until - time.monotonic())))
            if not worker.isRunning() or worker.wait(left):
                cls._away.discard(worker)
                worker.deleteLater()
        return not cls._away


def _unexpected(trouble: Exception) -> MoveError:
    return MoveError(
        "Something went wrong inside Moving Day.",
        "What was already moved is safe. Try again; if it happens again, please report "
        f"it with these words: {type(trouble).__name__}: {trouble}",
    )
