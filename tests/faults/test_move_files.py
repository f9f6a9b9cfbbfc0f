"""Some of the move files that are not as they were; `make scorecard` has hundreds."""

from __future__ import annotations

import time

from tests.faults.move_files import figures


def test_whatever_became_of_the_move_file_nothing_is_there_twice() -> None:
    seed = time.time_ns()
    found = list(figures(0.05, seed))
    assert [figure for figure in found if not figure.fine] == [], seed
