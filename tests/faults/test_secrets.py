"""Passwords that must be nowhere, in small; and the e-mail addresses of those who commented."""

from __future__ import annotations

import threading
from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.hiding_places import below, every_form, forms, inside
from tests.faults.secrets import figures
from tests.move.doubles import HASTY, NewBlog, OldBlog, entry
from wizard.blog import Comment
from wizard.move.engine import run
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.report import write_report_beside

SECRET = "AbCd efGh 12&4 ÿj"
MAIL = "kanarie-leserin@example.org"


@pytest.mark.timeout(600)
def test_no_password_is_found_after_faulty_runs_and_one_that_is_told_is() -> None:
    clean, control = figures(0.04, 3)
    assert clean.fine, clean
    assert control.fine, control


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "some user:"])
@pytest.mark.parametrize("after", ["", "x", "xy", "\n"])
def test_base64_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    data = b64encode(f"{before}{SECRET}{after}".encode())
    assert inside(b"{" + data + b"}", forms(SECRET))


def test_every_other_form_is_found_in_files_names_and_links(tmp_path: Path) -> None:
    searched = every_form({"new": SECRET}, "ann")
    for number, form in enumerate(forms(SECRET.replace(" ", ""), "ann").values()):
        (tmp_path / f"{number}.bin").write_bytes(b"\0" * 5000 + form + b"\xff" * 5000)
    count = len(list(tmp_path.iterdir()))
    assert (
        len({found.partition(" ")[0] for found in below(tmp_path, searched)}) == count
    )
    (tmp_path / "link").symlink_to(SECRET)
    (tmp_path / SECRET).touch()
    found = "\n".join(below(tmp_path, searched))
    assert "link (" in found
    assert f"{SECRET} (" in found


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(range(256)) * 100 + SECRET[:9].encode())
    assert list(below(tmp_path, every_form({"new": SECRET}, "ann"))) == []


def test_no_address_of_a_reader_is_in_what_is_shown_around(tmp_path: Path) -> None:
    said = Comment("c", "A reader", "<p>hi</p>", None, email=MAIL)
    blog = OldBlog([entry(1, photos=1)])
    blog.all = [replace(post, comments=(said,)) for post in blog.all]
    with Move.create(tmp_path / "a.move") as move:
        list(read(move, blog, threading.Event()))
        with closing(
            run(move, blog, NewBlog(), threading.Event(), patience=HASTY)
        ) as events:
            told = repr(list(events))
        write_report_beside(move)
    shared = [path for path in tmp_path.iterdir() if path.suffix != ".move"]
    assert {path.suffix for path in shared} == {".html", ".csv"}
    for path in shared:
        assert MAIL.encode() not in path.read_bytes(), path
    assert MAIL not in told
    assert MAIL.encode() in (tmp_path / "a.move").read_bytes(), "the move needs it"
