"""Two computers at once, once or twice; `make scorecard` has twenty."""

from __future__ import annotations

import time

from tests.faults.running import alone


def test_two_computers_at_once_make_one_blog() -> None:
    seed = time.time_ns()
    outcome = alone("two_writers", 0.05, seed)
    assert outcome.fine, (seed, outcome)
