"""Killed while it writes, the report leaves the one before it whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.move.receipts import fill, move_in, post
from wizard.move.file import Move
from wizard.move.report import csv_beside, write_report_beside

# Writes the report of the move at argv[1] and kills itself at the N-th time that it does
# what argv[2] names.
WRITER = """
import os, signal, sys
from pathlib import Path
from wizard.move import report, report_table, whole_file
from wizard.move.file import Move

path, what, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
def one_less():
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
def counting(work):
    def counted(*arguments):
        one_less()
        return work(*arguments)
    return counted
def pieces(work):
    def told(*arguments):
        for piece in work(*arguments):
            one_less()
            yield piece
    return told
if what == "piece":
    report._page = pieces(report._page)
    report_table.groups = pieces(report_table.groups)
elif what == "unsafe piece":
    report._page = pieces(report._page)
    report.whole_file = lambda path: open(path, "w", encoding="utf-8")
else:
    setattr(os, what, counting(getattr(os, what)))
with Move.open(Path(path)) as move:
    report.write_report_beside(move)
"""


def write_and_die(move: Path, what: str, number: int) -> bool:
    """Whether the writer was killed before it was done."""
    done = subprocess.run(
        [sys.executable, "-c", WRITER, move, what, str(number)], timeout=60, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """A move with a report of its first post, which holds 300 posts by now."""
    with move_in(tmp_path) as move:
        fill(move, post(0))
        write_report_beside(move)
        move.add(post(number, photos=1) for number in range(1, 300))
        return move.path


@pytest.mark.parametrize(
    ("what", "numbers"),
    [("piece", (1, 2, 150, 302, 400, 900)), ("fsync", (1, 2)), ("replace", (1, 2))],
)
def test_the_report_before_stays_whole(
    grown: Path, what: str, numbers: tuple[int, ...]
):
    report = grown.with_name("a.move-report.html")
    before = report.read_bytes(), csv_beside(report).read_bytes()
    for number in numbers:
        assert write_and_die(grown, what, number), "this point is reached"
        table = csv_beside(report).read_bytes()
        assert report.read_bytes() == before[0]
        assert table == before[1] or table.count(b"\n") == 600, "old or new, and whole"
    with Move.open(grown) as move:
        assert write_report_beside(move) == report
    assert report.read_text("utf-8").endswith("</html>\n")
    assert [path.name for path in grown.parent.glob(".*")] == []


def test_written_in_place_it_would_be_torn(grown: Path):
    report = grown.with_name("a.move-report.html")
    before = report.read_bytes()
    assert write_and_die(grown, "unsafe piece", 150)
    assert report.read_bytes() != before
    assert not report.read_text("utf-8").endswith("</html>\n")
