"""Some of the kills; `make scorecard` has them all."""

from __future__ import annotations

import time

from tests.faults.kills import figures


def test_killed_wherever_it_is_and_again_it_ends_as_if_nothing_had_happened() -> None:
    # Where it dies differs each time; how it ends must not.
    seed = time.time_ns()
    found = list(figures(0.01, seed))
    assert [figure for figure in found if not figure.fine] == [], seed
    assert {figure.control for figure in found} == {True, False}
