"""Two computers at once, once or twice; `make scorecard` has twenty."""

from __future__ import annotations

import time

from tests.faults.two_writers import figures


def test_two_computers_at_once_make_one_blog() -> None:
    seed = time.time_ns()
    found = list(figures(0.05, seed))
    assert [figure for figure in found if not figure.fine] == [], seed
