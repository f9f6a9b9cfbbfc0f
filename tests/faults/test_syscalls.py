"""Some of the system calls at which the program is killed or refused; `make scorecard` has hundreds."""

from __future__ import annotations

import time

from tests.faults.syscalls import figures


def test_killed_or_refused_by_the_system_it_ends_as_if_nothing_had_happened() -> None:
    seed = time.time_ns()
    found = list(figures(0.02, seed))
    assert [figure for figure in found if not figure.fine] == [], seed
