"""The .move file when the disk is full or the program is killed in the middle of writing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wizard.destinations import Kind
from wizard.move.file import Move

ROOT = Path(__file__).resolve().parents[2]


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs this code, from the root of the repository."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


FULL_DISK = """
import pathlib, resource, signal, sys
from tests.move.doubles import entry
from wizard.errors import MoveFileError
from wizard.move.file import Move
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Move.create(pathlib.Path(sys.argv[1])) as move:
    move.add([entry(1)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        for number in range(2, 3000):
            move.add([entry(number)])
    except MoveFileError as trouble:
        print(trouble.title)
    assert len(move.rows()) > 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    move.add([entry(0)])
"""


def test_a_full_disk_gets_words_and_costs_nothing_that_was_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.move"
    with python(FULL_DISK, path) as process:
        out, err = process.communicate(timeout=60)
    assert not process.returncode, err
    assert out == "The move file a.move cannot be written to.\n"
    with Move.open(path) as move:
        assert {"cns!0", "cns!1", "cns!2"} <= {row.key for row in move.rows()}


WRITES = """
import pathlib, sys
from tests.move.doubles import entry
from wizard.destinations import Kind
from wizard.move.file import Move
from wizard.move.records import Step
path = pathlib.Path(sys.argv[1])
with Move.open(path) if path.exists() else Move.create(path) as move:
    print(flush=True)
    for number in range(100_000):
        move.add([entry(number)])
        move.record(Step(Kind.POST, f"cns!{number}", f"cns!{number}", "md"), attempts=1)
        print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_in_the_middle_of_writing_costs_nothing_that_was_said(
    tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "a.move"
    pause = random.Random(seed).uniform(0, 0.1)
    with python(WRITES, path) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        said = [line for line in process.stdout.read().split("\n")[:-1] if line]
    with Move.open(path) as move:
        for number in said:
            assert move.step(Kind.POST, f"cns!{number}", f"cns!{number}").attempts == 1
        assert len(move.rows()) - len(said) in (0, 1)


def test_a_kill_while_it_is_made_leaves_a_file_that_opens(tmp_path: Path) -> None:
    """Stopped after each of the steps in which the file comes into being."""
    program = """
import os, pathlib, sqlite3, sys
from wizard.move.file import Move
left = int(sys.argv[2])
def die(*_):
    global left
    left -= 1
    if left < 0: os.kill(os.getpid(), 9)
def audit(event, arguments):
    if event.startswith(("sqlite3.", "open", "os.")): die()
sys.addaudithook(audit)
connect = sqlite3.connect
def traced(*a, **k):
    connection = connect(*a, **k)
    connection.set_trace_callback(die)
    return connection
sqlite3.connect = traced
Move.create(pathlib.Path(sys.argv[1])).close()
"""
    for stop in range(0, 60, 2):
        path = tmp_path / f"{stop}.move"
        with python(program, path, stop) as process:
            process.communicate(timeout=60)
        if process.returncode == 0:
            break
        if path.exists():
            Move.open(path).close()
    else:
        pytest.fail("it was never finished")
