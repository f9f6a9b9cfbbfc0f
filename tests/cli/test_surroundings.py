"""Whatever the computer says of itself, the program works or says why it does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import ROOT
from wizard.settings import SAMPLE


def moved(
    folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """The sample, moved into a file, with nothing else in the environment than this."""
    words = [sys.executable, "-m", "wizard", "move", str(SAMPLE), "--json"]
    return subprocess.run(
        [*words, "--to", str(folder / "new.xml")],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(folder), **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "zz_ZZ.nonsense", "LANGUAGE": "klingon"},
        {"TZ": "Mars/Olympus_Mons"},
        {"TZ": ":"},
        {"HOME": "/nowhere/at/all"},
        {"HOME": ""},
        {"HOME": "/tmp/Grüße 你好", "USER": "Jörg", "LOGNAME": "Jörg"},
        {"TERM": "nonsense", "COLUMNS": "many", "DISPLAY": ":77"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
    ids=lambda environment: " ".join(environment) or "nothing at all",
)
def test_a_move_works_in_strange_surroundings(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    done = moved(tmp_path, environment)
    assert done.returncode == 1, done.stderr  # the sample has one lost photo
    assert b"Traceback" not in done.stderr
    told = json.loads(done.stdout.decode("utf-8").splitlines()[-1])
    assert "24 posts" in told["verdict"]


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    done = moved(tmp_path, {"XDG_DATA_HOME": "/proc/nowhere"})
    assert done.returncode == 2
    assert b"/proc/nowhere" in done.stderr
    assert b"Traceback" not in done.stderr
