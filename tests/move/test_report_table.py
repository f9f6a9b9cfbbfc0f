"""The receipt as a table that spreadsheets read."""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.move.receipts import MISSING, SITE, fill, move_in, post, settle
from wizard.blog import Comment, Status
from wizard.destinations import Kind, Remote
from wizard.errors import MoveError
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.report_table import COLUMNS, write_table


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with move_in(tmp_path) as move:
        yield move


def table(move: Move) -> list[list[str]]:
    path = move.path.with_suffix(".csv")
    write_table(move, path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file, strict=True)
    assert tuple(head) == COLUMNS
    return lines


def test_every_item_has_its_line_with_its_end(move: Move):
    asked = Comment("c0", "王小明", "?", datetime(2007, 1, 3, 8, tzinfo=UTC))
    found = replace(
        post(1, photos=1), address="http://old.example/1", comments=(asked,)
    )
    fill(move, found)
    step = move.step(Kind.PHOTO, "p1", "img/1-0.jpg")
    move.record(step, state=State.REFUSED, trouble=MISSING)
    step = move.step(Kind.COMMENT, "p1", "c0")
    move.record(step, remote=Remote(Kind.COMMENT, 5, f"{SITE}/?p=1#comment-5"))
    move.add([post(2), post(3, categories=("Sea",))])
    move.choose(["p3"], False)
    old, new, when = "http://old.example/1", f"{SITE}/?p=1", "2007-01-02T00:00:00+00:00"
    why = f"{MISSING.title} {MISSING.hint}"
    photo, later = "img/1-0.jpg", "2007-01-03T00:00:00+00:00"
    assert [line[:10] for line in table(move)] == [
        ["post", "Entry 1", when, "p1", "p1", old, new, "sent", "", ""],
        ["photo", "", "", "p1", photo, photo, "", "refused", why, ""],
        [
            *("comment", "王小明", "2007-01-03T08:00:00+00:00", "p1", "c0", ""),
            *(f"{new}#comment-5", "sent", "", ""),
        ],
        ["post", "Entry 2", later, "p2", "p2", "", "", "still to go", "", ""],
        [
            *("post", "Entry 3", "2007-01-04T00:00:00+00:00", "p3", "p3", "", ""),
            *("left out", "Not ticked.", "you"),
        ],
        ["category", "Sea", "", "", "Sea", "", "", "left out", "Not ticked.", "you"],
    ]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('=HYPERLINK("http://evil.example","x")', None),
        ("+1", None),
        ("-2+3", None),
        ("@SUM(A1)", None),
        ("＝1+1", None),
        ("\t=1+1", "'=1+1"),
        ("\r=1+1", "'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ('a; "=1+1', "a; \"'=1+1"),
        ("two\nlines", "two lines"),
        ('He said "no", twice', 'He said "no", twice'),
        ("1 + 1 = 2; really", "1 + 1 = 2; really"),
    ],
)
def test_what_a_spreadsheet_would_calculate_is_quoted(
    move: Move, title: str, cell: str | None
):
    fill(move, post(1, title=title))
    assert table(move)[0][1] == (cell or f"'{title}")


def test_excel_sees_by_a_mark_in_which_alphabet_it_is(move: Move):
    fill(move, post(1, title="海边的日子"))
    table(move)
    path = move.path.with_suffix(".csv")
    assert path.read_bytes().startswith(codecs.BOM_UTF8)
    assert (path.stat().st_mode & 0o077) == 0 or os.name == "nt"


def test_a_table_that_cannot_be_written_is_told_with_what_may_help(move: Move):
    settle(move, post(1))
    with pytest.raises(MoveError, match="could not be written") as told:
        write_table(move, move.path / "a.csv")
    assert "open in no other program" in told.value.hint


def test_links_to_the_old_blog_stand_in_the_line_of_their_post(move: Move):
    fill(move, post(1, photos=1), post(2, status=Status.PRIVATE))
    move.keep_links("p1", [Left("http://old.example/a"), Left("http://old.example/b")])
    move.keep_links("p2", [Left("http://old.example/secret")])
    at = COLUMNS.index("links to the old blog")
    assert [line[at] for line in table(move)] == [
        "http://old.example/a http://old.example/b",
        "",
        "",
    ]
