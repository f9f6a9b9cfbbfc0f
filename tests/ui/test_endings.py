"""The system ends the program in the middle of a move: soon, quietly, at a safe point."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.sitting_alone import POSTS
from wizard.destinations import Kind
from wizard.move.events import State
from wizard.move.file import Move

Alone = Callable[..., "tuple[subprocess.Popen[str], Path]"]
SOON = 5.0
BROUGHT_TO_AN_END = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
PROGRAM = "{before}\nfrom tests.ui.sitting_alone import main\nmain({seconds})"
# Without this protection the program forgets that a thread is still waiting.
FORGETFUL = """
from wizard.ui.worker import Worker
Worker.all_ended = classmethod(lambda cls, seconds: True)
"""
SESSION_ENDS = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from wizard.ui import endings
class Endings(endings.Endings):
    def __init__(self, app, leave):
        super().__init__(app, leave)
        assert app.receivers("2commitDataRequest(QSessionManager&)") == 1
        QTimer.singleShot(3000, self, lambda: self._session_ends(None))
endings.Endings = Endings
"""


@pytest.fixture
def alone() -> Iterator[Alone]:
    """A program in the middle of a move, of which each answer takes so many seconds."""
    running: list[subprocess.Popen[str]] = []

    def started(seconds: float, before: str = "") -> tuple[subprocess.Popen[str], Path]:
        words = PROGRAM.format(seconds=seconds, before=before)
        program = subprocess.Popen(
            [sys.executable, "-c", words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(program)
        assert program.stdout is not None
        path, moving = program.stdout.readline().strip(), program.stdout.readline()
        if moving != "moving\n":
            program.kill()
            pytest.fail(f"{moving!r} instead of moving; {program.communicate()[1]}")
        return program, Path(path)

    yield started
    for program in running:
        program.kill()
        program.communicate()


def ended_by(program: subprocess.Popen[str], number: signal.Signals) -> float:
    """Seconds from the signal to the end."""
    began = time.monotonic()
    program.send_signal(number)
    _, said = program.communicate(timeout=30)
    assert program.returncode == 0, said
    assert "Traceback" not in said
    assert "QThread" not in said
    return time.monotonic() - began


def _states(move: Move) -> set[State]:
    return {step.state for row in move.rows() for step in move.steps(row.key)}


@pytest.mark.parametrize("number", BROUGHT_TO_AN_END)
def test_a_signal_pauses_at_a_safe_point_and_ends(
    alone: Alone, number: signal.Signals
) -> None:
    program, path = alone(0.3)
    assert ended_by(program, number) < SOON
    with Move.open(path) as move:
        assert State.SENDING not in _states(move)
        assert 0 < move.counts()[Kind.POST][State.SENT] < POSTS


def test_a_server_that_does_not_answer_keeps_nobody_from_ending(alone: Alone) -> None:
    program, path = alone(60)
    time.sleep(2)  # for the first request to be under way
    assert ended_by(program, signal.SIGTERM) < SOON
    with Move.open(path) as move:
        # What was under way is known to be unclear, as after a power cut.
        assert _states(move) & {State.SENDING, State.MADE}


def test_without_that_care_the_end_would_be_a_crash_or_a_long_wait(
    alone: Alone,
) -> None:
    program, _ = alone(10, FORGETFUL)
    began = time.monotonic()
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=60)
    assert program.returncode != 0 or time.monotonic() - began > SOON


def test_the_end_of_the_persons_session_asks_nothing_and_pauses(alone: Alone) -> None:
    program, path = alone(0.3, SESSION_ENDS)
    _, said = program.communicate(timeout=30)
    assert program.returncode == 0, said
    with Move.open(path) as move:
        assert State.SENDING not in _states(move)
        assert 0 < move.counts()[Kind.POST][State.SENT] < POSTS


def test_a_program_that_was_stopped_for_a_while_goes_on(alone: Alone) -> None:
    program, path = alone(0.02)
    program.send_signal(signal.SIGSTOP)
    time.sleep(1.5)
    program.send_signal(signal.SIGCONT)
    assert program.stdout is not None
    while program.stdout.readline() == "moving\n":
        continue
    ended_by(program, signal.SIGTERM)
    with Move.open(path) as move:
        assert move.counts()[Kind.POST] == {State.SENT: POSTS}
