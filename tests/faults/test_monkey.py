"""Senseless clicks and keys on the window: a representative part, and that it can fail."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json
from dataclasses import asdict
from tests.faults.monkey import figures
if __name__ == "__main__":
    for figure in figures({scale}, {seed}):
        print(json.dumps(asdict(figure) | {{"fine": figure.fine}}))
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_monkey_breaks_nothing_and_loses_nothing(seed: int) -> None:
    """In a process of its own: it may not take the other tests with it."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(scale=0.05, seed=seed)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    played, control = map(json.loads, ran.stdout.splitlines())
    assert played["fine"], played["wrong"]
    assert control["fine"]
