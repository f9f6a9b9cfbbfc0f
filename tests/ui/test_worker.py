"""A slow job beside the window: what it reports, how it ends, how it is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from wizard.errors import Unreadable
from wizard.ui.worker import Outcome, Worker


class Ear(QObject):
    """Hears a worker, and notes in which thread."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.events: list[object] = []
        self.outcomes: list[Outcome] = []
        self.threads: set[int] = set()
        worker.happened.connect(self.hear)
        worker.ended.connect(self.end)

    def hear(self, event: object) -> None:
        self.events.append(event)
        self.threads.add(threading.get_ident())

    def end(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.threads.add(threading.get_ident())


def run(qtbot: QtBot, worker: Worker) -> Ear:
    ear = Ear(worker)
    worker.start()
    qtbot.waitUntil(lambda: bool(ear.outcomes), timeout=10_000)
    worker.close()
    return ear


def test_each_event_is_heard_in_order_and_in_the_windows_thread(qtbot: QtBot) -> None:
    job_threads = set()

    def job(stop: threading.Event) -> Iterator[int]:
        job_threads.add(threading.get_ident())
        yield from range(2000)

    ear = run(qtbot, Worker(job))
    assert ear.events == list(range(2000))
    assert ear.outcomes == [Outcome()]
    assert ear.threads == {threading.get_ident()}
    assert job_threads.isdisjoint(ear.threads)


def test_a_function_gives_back_one_value(qtbot: QtBot) -> None:
    ear = run(qtbot, Worker(lambda stop: 7 * 10**12))
    assert ear.outcomes == [Outcome(7 * 10**12)]
    assert ear.events == []


def test_an_error_in_words_arrives_as_it_is(qtbot: QtBot) -> None:
    def job(stop: threading.Event) -> Iterator[int]:
        yield 1
        raise Unreadable("It is torn.", "Take another.")

    ear = run(qtbot, Worker(job))
    trouble = ear.outcomes[0].trouble
    assert ear.events == [1]
    assert trouble is not None
    assert (trouble.title, trouble.hint) == ("It is torn.", "Take another.")


def test_an_error_nobody_thought_of_is_put_into_words(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    ear = run(qtbot, Worker(lambda stop: 1 // 0))
    trouble = ear.outcomes[0].trouble
    assert trouble is not None
    assert "ZeroDivisionError" in trouble.hint
    assert "Traceback" not in str(trouble)
    assert "ZeroDivisionError" in caplog.text


def test_closing_stops_the_job_and_waits_for_its_thread(qtbot: QtBot) -> None:
    left = threading.Event()

    def job(stop: threading.Event) -> Iterator[int]:
        number = 0
        while not stop.wait(0.001):
            yield (number := number + 1)
        time.sleep(0.05)
        left.set()

    worker = Worker(job)
    ear = Ear(worker)
    worker.start()
    qtbot.waitUntil(lambda: len(ear.events) > 3, timeout=10_000)
    worker.close()
    assert left.is_set()
    assert worker.isFinished()


def test_a_worker_that_never_started_can_be_closed(qtbot: QtBot) -> None:
    Worker(lambda stop: None).close()


def test_the_job_has_a_thread_of_its_own_and_the_worker_stays_in_the_windows(
    qtbot: QtBot,
) -> None:
    worker = Worker(lambda stop: None)
    run(qtbot, worker)
    assert worker.thread() is QThread.currentThread()
