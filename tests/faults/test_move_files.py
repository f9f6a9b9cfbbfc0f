"""Some of the move files that are not as they were; `make scorecard` has hundreds."""

from __future__ import annotations

import time

from tests.faults.move_files import figures

HOLD = {
    "not a move file, or a newer one",
    "move file lost, and nobody looks",
    "disk full or write-protected",
}


def test_whatever_became_of_the_move_file_nothing_is_there_twice() -> None:
    seed = time.time_ns()
    found = [figure for figure in figures(0.05, seed) if figure.name in HOLD]
    assert [figure for figure in found if not figure.fine] == [], seed
    assert len(found) == len(HOLD)
