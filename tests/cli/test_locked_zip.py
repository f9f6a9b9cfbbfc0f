"""An old blog in a zip with a password, without a window."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Run
from tests.sources.test_locked_zip import PASSWORD, aes
from wizard.settings import SAMPLE

STDIN = "--source-password-stdin"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    with zipfile.ZipFile(SAMPLE) as file:
        files = {name: file.read(name) for name in file.namelist()}
    return aes(tmp_path / "space.zip", files)


def test_the_password_comes_from_standard_input(
    moving_day: Callable[..., Run], locked: Path
) -> None:
    done = moving_day("list", locked, "--json", STDIN, typed=f"{PASSWORD}\n")
    assert done.status == 0, done.err
    assert json.loads(done.out)["counts"]["posts"] == 24
    assert PASSWORD not in done.out + done.err


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_space_at_its_end_is_part_of_it(
    moving_day: Callable[..., Run], tmp_path: Path, end: str
) -> None:
    with zipfile.ZipFile(SAMPLE) as file:
        files = {name: file.read(name) for name in file.namelist()}
    place = aes(tmp_path / "space.zip", files, password=b" two words ")
    done = moving_day("list", place, "--json", STDIN, typed=f" two words {end}")
    assert done.status == 0, done.err


def test_a_wrong_one_and_none_at_all_are_told_in_words(
    moving_day: Callable[..., Run], locked: Path
) -> None:
    done = moving_day("list", locked, STDIN, typed="wrong wrong\n")
    assert done.status == 2
    assert "space.zip does not open with this password" in done.err
    assert "wrong wrong" not in done.out + done.err
    done = moving_day("list", locked)
    assert done.status == 3
    assert STDIN in done.err


def test_a_move_and_going_on_with_it_ask_each_time(
    moving_day: Callable[..., Run], locked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.move"
    typed = f"{PASSWORD}\n"
    words = ("move", locked, "--to", tmp_path / "x.xml", "--move", file, STDIN)
    done = moving_day(*words, "--json", typed=typed)
    assert done.last["counts"]["post"]["sent"] == 24
    done = moving_day("resume", file, "--json", STDIN, typed=typed)
    assert done.last["counts"]["post"]["sent"] == 24
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert PASSWORD.encode() not in path.read_bytes()


def test_in_a_terminal_it_is_asked_for_and_not_shown(locked: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "wizard", "list", str(locked), "--json"],
        cwd=ROOT,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        assert process.stderr
        told = ""
        # Whatever is typed before the question is thrown away.
        while not told.endswith(": "):
            told += process.stderr.read(1)
        os.write(ours, f"{PASSWORD}\n".encode())
        out, more = process.communicate(timeout=60)
    told += more
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, told
    assert json.loads(out)["counts"]["posts"] == 24
    assert f"Password of the zip file {locked}" in told
    assert PASSWORD not in told
