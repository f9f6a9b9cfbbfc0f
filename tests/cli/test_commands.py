"""Every command that the help names is one that the program knows."""

from __future__ import annotations

import re
import subprocess
import sys


def said(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "wizard", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_every_command_in_the_help_works_without_a_window() -> None:
    commands = re.findall(r"^    (\w+) ", said("--help"), re.M)
    assert {"list", "move", "resume", "verify", "undo", "report"} <= set(commands)
    for command in commands:
        assert f"moving-day {command}" in said(command, "--help")
