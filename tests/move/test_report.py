"""The sum of a move, on one page that can be kept."""

from __future__ import annotations

import os
import re
import tracemalloc
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.move.receipts import MAY_NOT, MISSING, SITE, fill, move_in, post, settle
from wizard.blog import Blog, Comment, Photo, Post, Status
from wizard.destinations import Kind, Remote
from wizard.errors import MoveError
from wizard.move import report
from wizard.move.book import EDITED, GONE
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.report import csv_beside, write_report, write_report_beside
from wizard.move.report_parts import Thumbnails
from wizard.move.report_table import write_table
from wizard.move.verdict import verdict

SMALL = b"\xff\xd8 a small picture"


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
    bare = re.sub(r"</?bdi>", "", bare)
    return " ".join(re.sub(r"<[^>]*>", " ", bare).split())


def test_the_page_tells_every_post_with_its_new_place(move: Move):
    fill(move, post(1, photos=3, comments=1), post(400))
    html = page(move)
    said = words(html)
    assert f'<a href="{SITE}/?p=1" rel="noopener noreferrer">open</a>' in html
    assert "2007-01-02 Entry 1 3 photos · 1 comment sent" in said
    assert "2008-02-05 Entry 400 sent" in said
    assert said.index("2007") < said.index("Entry 1") < said.index(" 2008 ")
    assert verdict(move).sentence in said
    assert "What needs a look" not in said


def test_a_year_has_one_section_whatever_stands_in_between(move: Move):
    fill(move, post(1), post(400), post(2), post(3, date=None), post(401), post(4))
    said = words(page(move))
    assert [said.count(f" {head} ") for head in ("2007", "2008", "No date")] == [
        1,
        1,
        1,
    ]
    places = [said.index(f"Entry {n} sent") for n in (1, 2, 4, 400, 401, 3)]
    assert places == sorted(places)


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
    assert "img/1-1.jpg refused: It is no picture." in said
    assert "2 comments: 1 sent, 1 refused." in said
    assert "Comment by Tom 1: Your account may not add this. An editor may." in said
    assert "The new blog said no. Shorten it." in said
    assert "0 of 2 photos · 1 of 2 comments sent, not all of it" in said
    assert "Entry 2 refused" in said
    assert "Entry 3 1 comment still to go" in said
    assert '<a href="#p0"><bdi>Entry 1</bdi></a>' in html
    assert '<div class=post id="p0"><details open>' in html
    assert '<div class=post id="p2"><details>' in html


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
    move.keep_thumbnails({"md-x": SMALL})
    html = page(move)
    assert re.findall("<img[^>]*>", html) == [
        f'<img src="data:image/jpeg;base64,{b64encode(SMALL).decode()}" alt="">'
    ]
    assert not re.search(r"<(link|script|iframe)\b|@import|url\(", html)
    assert "default-src 'none'" in html


def test_photos_are_shown_until_the_page_is_too_big_to_be_mailed(
    move: Move, monkeypatch: pytest.MonkeyPatch
):
    fill(move, post(1, photos=3, comments=1))
    move.keep_thumbnails({"md-x": SMALL})
    html = page(move)
    assert html.count("<img ") == 3
    assert "Not every photo is shown" not in html
    most = partial(Thumbnails, most=2 * len(SMALL))
    monkeypatch.setattr(report, "Thumbnails", most)
    html = page(move)
    assert html.count("<img ") == 2
    assert "Not every photo is shown, so that the page stays small." in html


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
    assert "1 post is in blog.xml" in words(page(move))
    assert "/home/me" not in page(move)


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
    path = tmp_path / "r.html"

    def peak() -> int:
        tracemalloc.start()
        try:
            write_report(move, path)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    sizes = []
    for many in (range(500), range(500, 2000)):
        move.add(post(n) for n in many)
        for n in many:
            settle(move, post(n), State.REFUSED, reason)
        sizes.append((peak(), path.stat().st_size))
    (small, short), (large, long) = sizes
    assert long > 2_500_000
    assert long > 3 * short
    # What grows is a key for each post, not what is said of it.
    assert large - small < (long - short) / 3


def test_posts_without_a_tick_are_named_and_counted(move: Move):
    fill(move, post(1, photos=2, comments=1))
    move.add([post(2, photos=3, comments=4)])
    move.choose(["p2"], False)
    said = words(page(move))
    assert "2 posts = 1 + 1 5 photos = 2 + 3 5 comments = 1 + 4" in said
    assert "Left out by you: 1 post, 3 photos and 4 comments." in said
    assert "1 post without a tick 2007-01-03 Entry 2" in said


def test_what_needs_a_look_is_a_summary(move: Move):
    several = post(0, comments=9)
    fill(move, several)
    for comment in several.comments:
        step = move.step(Kind.COMMENT, "p0", comment.key)
        move.record(step, state=State.REFUSED, trouble=MAY_NOT)
    move.add(post(n) for n in range(1, 250))
    for n in range(1, 250):
        settle(move, post(n), State.REFUSED, Trouble("No."))
    html = page(move)
    looks, everything = html.split("<h2>Every post</h2>")
    assert looks.count("Comment by") == 5
    assert "and 4 more, see below" in looks
    assert everything.count("Comment by") == 9
    assert looks.count("<li><a ") == 200
    assert "and 50 more posts, marked with the same words below." in looks
    assert everything.count("<details open>") == 200


def test_what_was_changed_or_deleted_there_is_told(move: Move):
    fill(move, post(1), post(2, comments=1))
    move.record(move.step(Kind.POST, "p1", "p1"), trouble=EDITED)
    settle(move, post(2, comments=1), State.LEFT_OUT, GONE)
    said = words(page(move))
    assert "Entry 1 sent, have a look" in said
    assert f"sent: {EDITED.title}" in said
    assert "Not at the new blog any more: 1 post and 1 comment." in said
    assert f"left out by somebody at the new blog: {GONE.title}" in said


def test_what_was_not_public_stays_so(move: Move):
    secret = Post(
        key="p7",
        title="Why I leave",
        html="<p>because</p>",
        date=datetime(2007, 5, 1, tzinfo=UTC),
        status=Status.PRIVATE,
        address="http://old.example/why-i-leave",
        categories=("Leaving",),
        photos=(Photo("img/suitcase.jpg", True, caption="A suitcase"),),
        comments=(Comment("c0", "Best Friend", "oh", None),),
        notes=("It says why.",),
    )
    fill(move, post(1, categories=("Sea",)), secret)
    move.keep_thumbnails({"md-x": SMALL})
    step = move.step(Kind.POST, "p7", "p7")
    there = Remote(Kind.POST, 7, f"{SITE}/2007/05/why-i-leave/", "private")
    move.record(step, remote=there, trouble=Trouble("“Why I leave” was changed."))
    step = move.step(Kind.PHOTO, "p7", "img/suitcase.jpg")
    trouble = Trouble("The picture img/suitcase.jpg is broken.")
    move.record(step, state=State.REFUSED, trouble=trouble)
    write_table(move, move.path.with_suffix(".csv"))
    for text in (page(move), move.path.with_suffix(".csv").read_text("utf-8")):
        assert not re.search(
            "why.i|leav|suitcase|friend|because", text.split("</style>")[-1], re.I
        )
        assert "(a post that was not public)" in text
        assert f"{SITE}/?p=7" in text
        assert "is broken." in text
        assert "<img" not in text
        assert "Sea" in text


def test_an_address_with_a_password_in_it_is_told_without(move: Move):
    fill(move, post(1))
    move.note("destination", "https://me:hunter2@new.example")
    html = page(move)
    assert "hunter2" not in html
    assert "is at https://new.example and" in words(html)


def test_reports_of_a_move_file_and_of_an_import_file_have_two_names(
    move: Move, tmp_path: Path
):
    fill(move, post(1))
    one = write_report_beside(move)
    move.note("destination", str(tmp_path / "a.xml"))
    other = write_report_beside(move)
    assert one.parent == other.parent == tmp_path
    files = {one, csv_beside(one), other, csv_beside(other)}
    assert len(files) == 4
    assert all(file.is_file() for file in files)


def test_links_that_still_lead_to_the_old_blog_are_listed_with_their_post(move: Move):
    fill(move, post(1), post(2, status=Status.PRIVATE), post(3))
    links = [f"http://old.example/{n}?a=1&b=<i>.html" for n in range(7)]
    move.keep_links("p1", [Left(link) for link in links])
    move.keep_links("p2", [Left("http://old.example/secret.html")])
    html = page(move)
    said = words(html)
    assert "8 links still lead to the old blog, to what was not moved;" in said
    assert said.count("Links to the old blog") == 2
    assert "http://old.example/4?a=1&amp;b=&lt;i&gt;.html , 2 more" in said
    assert "<i>.html" not in html
    assert "secret" not in html
    assert "Links to the old blog 1 link" in said
    move.keep_links("p1", [Left("http://old.example/a", kept=True), Left("#c1")])
    move.keep_links("p2", [Left("http://new.example/1#c", "http://old.example/1#c")])
    said = words(page(move))
    assert "old blog, to what" not in said
    assert "1 link still leads to the old blog, from texts that do not stand" in said
    assert "Links to mend by hand http://old.example/a" in said
    assert "Links to the old blog" not in said
    move.keep_links("p1", [])
    assert "still lead" not in words(page(move))
