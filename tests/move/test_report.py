"""The sum of a move, in one sentence and on one page."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wizard.blog import Blog, Comment, Photo, Post
from wizard.destinations import Kind, Remote
from wizard.errors import MoveError
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Step
from wizard.move.report import write_report
from wizard.move.verdict import verdict

SITE = "https://new.example"
DEAD = "http://tkfiles.storage.msn.com/x1p<b>old</b>"
MISSING = Trouble(f"The picture {DEAD} is not in the backup.", "Add it by hand.")
MAY_NOT = Trouble("Your account may not add this.", "An editor may.")


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with Move.create(tmp_path / "a.move") as move:
        move.blog = Blog("k", "Low <Tide>", "spaces-backup", "http://old.example/")
        move.note("destination", SITE)
        move.note("site", "New & Better")
        move.note("user", "the-user")
        yield move


def post(number: int, photos: int = 0, comments: int = 0, **changes: object) -> Post:
    made = Post(
        key=f"p{number}",
        title=f"Entry {number}",
        html="<p>words</p>",
        date=datetime(2007, 1, 1, tzinfo=UTC) + timedelta(days=number),
        photos=tuple(Photo(f"img/{number}-{n}.jpg", True) for n in range(photos)),
        comments=tuple(
            Comment(f"c{n}", f"Tom {n}", "hi", None, email=f"tom{n}@mail.example")
            for n in range(comments)
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def settle(
    move: Move, found: Post, state: State = State.SENT, trouble: Trouble | None = None
) -> None:
    """Write down that the post and all that belongs to it came to this end."""
    number = int(found.key[1:])
    there = Remote(Kind.POST, number, f"{SITE}/?p={number}", "publish")
    step = Step(Kind.POST, found.key, found.key, f"md-{number}", state)
    move.record(step, remote=there if state is State.SENT else None, trouble=trouble)
    for kind, keys in (
        (Kind.PHOTO, [photo.address for photo in found.photos]),
        (Kind.COMMENT, [comment.key for comment in found.comments]),
    ):
        for key in keys:
            item = Step(kind, found.key, key, "md-x", state)
            move.record(item, trouble=trouble)


def fill(move: Move, *posts: Post) -> None:
    move.add(posts)
    for found in posts:
        settle(move, found)


def page(move: Move) -> str:
    path = move.path.with_suffix(".html")
    write_report(move, path)
    return path.read_text("utf-8")


def words(html: str) -> str:
    """The page as a reader sees it, without its style."""
    bare = re.sub(r"<style>.*?</style>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", bare).split())


def test_a_whole_move_is_one_proud_sentence(move: Move):
    fill(move, *(post(n, photos=2, comments=1) for n in range(24)))
    told = verdict(move)
    assert told.complete
    assert told.sentence == (
        f"All 24 posts, 48 photos and 24 comments are at {SITE} and were checked."
    )
    assert told.counts["photo"] == {
        "sent": 48,
        "refused": 0,
        "left out": 0,
        "waiting": 0,
    }


def test_one_is_one_and_thousands_are_told_apart(move: Move):
    fill(move, post(1))
    assert verdict(move).sentence == f"1 post is at {SITE} and was checked."
    fill(move, post(2, photos=1204))
    assert verdict(move).sentence == (
        f"All 2 posts and 1,204 photos are at {SITE} and were checked."
    )


def test_what_did_not_arrive_is_counted_by_its_kind(move: Move):
    fill(move, post(1, photos=2, comments=3), post(2))
    move.record(
        move.step(Kind.PHOTO, "p1", "img/1-0.jpg"), state=State.REFUSED, trouble=MISSING
    )
    told = verdict(move)
    assert not told.complete
    assert told.sentence == (
        f"All 2 posts, 1 of 2 photos and all 3 comments are at {SITE}. "
        "1 photo could not be moved; the report says why."
    )


def test_what_was_not_begun_is_still_to_go(move: Move):
    fill(move, post(1, comments=1))
    move.add([post(2, comments=2), post(3)])
    told = verdict(move)
    assert not told.complete
    assert told.counts["post"]["waiting"] == 2
    assert told.sentence == (
        f"1 of 3 posts and 1 of 3 comments are at {SITE}. "
        "2 posts and 2 comments are still to go."
    )


def test_before_anything_is_sent_nothing_is_claimed(move: Move):
    move.add([post(1)])
    assert verdict(move).sentence == f"Nothing is at {SITE} yet. 1 post is still to go."


def test_what_the_person_left_behind_does_not_spoil_the_sum(move: Move):
    found = post(1, photos=1, comments=2)
    fill(move, found, post(2))
    for comment in found.comments:
        step = move.step(Kind.COMMENT, "p1", comment.key)
        move.record(step, state=State.LEFT_OUT)
    told = verdict(move)
    assert told.complete
    assert told.sentence == (
        f"All 2 posts and 1 photo are at {SITE} and were checked. "
        "2 comments were left behind."
    )


def test_posts_that_were_not_chosen_are_not_counted(move: Move):
    fill(move, post(1, photos=1), post(2, photos=5))
    move.choose(["p2"], False)
    assert verdict(move).sentence == (
        f"1 post and 1 photo are at {SITE} and were checked."
    )
    assert "Entry 2" not in page(move)


def test_nothing_chosen_is_said(move: Move):
    assert verdict(move).sentence == "Nothing was chosen, so nothing was moved."
    assert "Nothing was chosen" in words(page(move))


def test_a_post_that_was_altered_deserves_a_look(move: Move):
    fill(move, post(1), post(2))
    move.record(
        move.step(Kind.POST, "p1", "p1"), trouble=Trouble("It was changed.", "Look.")
    )
    told = verdict(move)
    assert not told.complete
    assert told.sentence.endswith("The report says which ones deserve a look.")
    assert "It was changed. Look." in words(page(move))


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
