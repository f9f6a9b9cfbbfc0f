"""The sum of a move, on one page that can be kept."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.move.receipts import MAY_NOT, MISSING, SITE, fill, move_in, post, settle
from wizard.blog import Blog, Comment
from wizard.destinations import Kind, Remote
from wizard.errors import MoveError
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.report import write_report
from wizard.move.verdict import verdict


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with move_in(tmp_path) as move:
        yield move


def page(move: Move) -> str:
    path = move.path.with_suffix(".html")
    write_report(move, path)
    return path.read_text("utf-8")


def words(html: str) -> str:
    """The page as a reader sees it, without its style."""
    bare = re.sub(r"<style>.*?</style>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", bare).split())


def test_the_page_tells_every_post_with_its_new_place(move: Move):
    fill(move, post(1, photos=3, comments=1), post(400))
    html = page(move)
    said = words(html)
    assert f'<a href="{SITE}/?p=1" rel="noopener noreferrer">Entry 1</a>' in html
    assert "2007-01-02 Entry 1 3 photos 1 comment arrived" in said
    assert "2008-02-05 Entry 400 arrived" in said
    assert said.index("2007") < said.index("Entry 1") < said.index(" 2008 ")
    assert verdict(move).sentence in said
    assert "What needs a look" not in said


def test_every_loss_is_told_with_its_reason(move: Move):
    lossy, lost, late = post(1, photos=2, comments=2), post(2), post(3, comments=1)
    fill(move, lossy)
    move.add([lost, late])
    settle(move, lost, State.REFUSED, Trouble("The new blog said no.", "Shorten it."))
    for kind, key, trouble in (
        (Kind.PHOTO, "img/1-0.jpg", MISSING),
        (Kind.PHOTO, "img/1-1.jpg", Trouble("It is no picture.")),
        (Kind.COMMENT, "c1", MAY_NOT),
    ):
        move.record(move.step(kind, "p1", key), state=State.REFUSED, trouble=trouble)
    html = page(move)
    said = words(html)
    assert "The picture http://tkfiles.storage.msn.com/x1p&lt;b&gt;old" in said
    assert "Photo img/1-1.jpg : It is no picture." in said
    assert "Comment by Tom 1: Your account may not add this. An editor may." in said
    assert "The new blog said no. Shorten it." in said
    assert "0 of 2 photos 1 of 2 comments arrived, see above" in said
    assert re.search(r"Entry 2 not moved", said)
    assert re.search(r"Entry 3 1 comment still to go", said)
    assert '<a href="#p0">Entry 1</a>' in html
    assert '<tr id="p0">' in html


def test_comments_that_exist_elsewhere_are_not_passed_over(move: Move):
    fill(move, post(1, comments_elsewhere=4), post(2, comments_elsewhere=1200))
    said = words(page(move))
    assert "1,204 more comments" in said
    assert "4 more comments at the old blog" in said


def test_nothing_a_stranger_wrote_becomes_markup(move: Move):
    evil = "<script>alert(1)</script>\" onload='x'"
    comment = Comment("c0", evil, evil, None)
    fill(move, replace(post(1), title=evil, comments=(comment,)))
    trouble = Trouble(evil, evil)
    step = move.step(Kind.COMMENT, "p1", "c0")
    move.record(step, state=State.REFUSED, trouble=trouble)
    move.note("site", evil)
    move.blog = Blog("k", evil, "kind", evil)
    step = move.step(Kind.POST, "p1", "p1")
    remote = Remote(Kind.POST, 1, "https://x/\"onmouseover='y'><script>")
    move.record(step, remote=remote)
    html = page(move)

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]):
            assert tag != "script"
            assert not [name for name, _ in attributes if name.startswith("on")]

    Reader().feed(html)
    assert "<script" not in html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "/?p=1", "data:text/html,x", "file:///etc/passwd"],
)
def test_only_addresses_of_the_web_become_links(move: Move, address: str):
    fill(move, post(1))
    move.record(move.step(Kind.POST, "p1", "p1"), remote=Remote(Kind.POST, 1, address))
    assert address not in page(move)


def test_no_secret_and_no_readers_address_is_in_it(move: Move):
    found = post(1, comments=2)
    fill(move, found)
    step = move.step(Kind.COMMENT, "p1", "c1")
    move.record(step, state=State.REFUSED, trouble=MAY_NOT)
    html = page(move)
    assert "Tom 1" in html
    assert "@" not in html.split("</style>")[1]
    assert "the-user" not in html


def test_it_asks_nothing_of_the_network(move: Move):
    fill(move, post(1, photos=1))
    html = page(move)
    assert not re.search(r"<(img|link|script|iframe)\b|@import|url\(", html)


def test_what_could_not_be_read_of_the_old_blog_is_told(move: Move):
    fill(move, post(1))
    assert "could not be read" not in page(move)
    assert move.blog
    move.blog = replace(move.blog, notes=("The page <7> could not be read.",))
    assert "The page &lt;7&gt; could not be read." in page(move)


def test_for_an_import_file_the_last_step_is_named(move: Move):
    fill(move, post(1))
    assert "READ ME FIRST" not in page(move)
    move.note("destination", "/home/me/blog.xml")
    assert "READ ME FIRST" in page(move)
    assert "1 post is in /home/me/blog.xml" in words(page(move))


def test_a_report_that_cannot_be_written_leaves_the_old_one(move: Move, tmp_path: Path):
    fill(move, post(1))
    path = tmp_path / "old.html"
    write_report(move, path)
    before = path.read_bytes()
    assert (path.stat().st_mode & 0o077) == 0 or os.name == "nt"
    (tmp_path / ".old.html.new").unlink(missing_ok=True)
    (tmp_path / ".old.html.new").mkdir()
    with pytest.raises(MoveError, match="could not be written"):
        write_report(move, path)
    assert path.read_bytes() == before
    with pytest.raises(MoveError):
        write_report(move, tmp_path / "a.move" / "r.html")


def test_the_page_is_not_built_in_memory(move: Move, tmp_path: Path):
    reason = Trouble("It was refused for reasons that need words. " * 40)
    move.add(post(n) for n in range(2000))
    for n in range(2000):
        settle(move, post(n), State.REFUSED, reason)

    def peak_of(work: Callable[[], object]) -> int:
        tracemalloc.start()
        try:
            work()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    path = tmp_path / "r.html"
    rows = peak_of(move.rows)
    whole = peak_of(lambda: write_report(move, path))
    assert path.stat().st_size > 3_500_000
    assert whole < rows + 500_000
