"""Comments that the old blog hides, deletes or words otherwise after they have moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.move.doubles import entry
from tests.move.moving import Moving, check_totals, ending
from tests.move.test_withdrawn import again, check
from wizard.blog import Post, Status
from wizard.destinations import Kind, NewComment
from wizard.move.book import CHANGED, GONE, HELD, UNSAID
from wizard.move.comments import Comments
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.receipt import groups
from wizard.move.report import write_report
from wizard.move.undoing import undo
from wizard.move.withdrawn import of_withdrawn

FIRST, SECOND = "cns!1!0", "cns!1!1"


def post(number: int = 1, *, held: str = "", without: str = "", **words: str) -> Post:
    """One with two comments, of which one is hidden, missing or says something else
    (``cns_1_1="…"``)."""
    whole = entry(number, comments=2)
    comments = tuple(
        replace(
            each,
            parent=None,
            html=words.get(each.key.replace("!", "_"), each.html),
        )
        for each in whole.comments
        if each.key not in (held, without)
    )
    return replace(whole, comments=comments, held=(held,) if held else ())


def status(moving: Moving, number: int = 0) -> str:
    return moving.blog.of(Kind.COMMENT)[number].status or "approved"


def said(moving: Moving, number: int = 0) -> str:
    thing = moving.blog.of(Kind.COMMENT)[number].thing
    assert isinstance(thing, NewComment)
    return thing.html


def trouble(moving: Moving, key: str = FIRST) -> Trouble | None:
    return moving.move.step(Kind.COMMENT, "cns!1", key).trouble


def report(moving: Moving) -> str:
    path = moving.move.path.with_suffix(".html")
    write_report(moving.move, path)
    return path.read_text("utf-8")


@pytest.fixture
def moved(start: Callable[..., Moving]) -> Moving:
    moving = start(post(), entry(2))
    assert ending(moving.go(connections=1)).verdict.complete
    return moving


def test_one_whose_post_was_not_chosen_is_told_of_and_stays(moved: Moving) -> None:
    again(moved, post(held=FIRST), entry(2))
    (words,) = of_withdrawn(moved.move)
    assert words == (
        "1 comment that was made public at the new blog is not public at the old one any "
        "more, and its post is not chosen now (by Reader 0 under “Entry 1”). It stays "
        "public there unless you choose its post, too, or unapprove it there."
    )
    events = moved.go()
    check_totals(events)
    assert not ending(events).verdict.complete
    assert (status(moved), trouble(moved)) == ("approved", UNSAID)
    page = report(moved)
    looks = page[page.index("needs a look") :]
    assert "Reader 0" in looks
    assert UNSAID.hint in looks
    # Looked at later, without the old blog, it is told as well.
    assert not check(moved).verdict.complete
    assert trouble(moved) == UNSAID


def test_one_whose_post_is_chosen_is_held_back_there_too(moved: Moving) -> None:
    again(moved, post(held=FIRST), entry(2), only="cns!1")
    (words,) = of_withdrawn(moved.move)
    assert "This move holds it back there, too, unless somebody has changed it" in words
    events = moved.go()
    check_totals(events)
    assert ending(events).verdict.complete
    assert [status(moved, n) for n in (0, 1)] == ["hold", "approved"]
    assert trouble(moved) is None
    assert list(of_withdrawn(moved.move)) == []
    assert check(moved).verdict.complete
    # It is ours as it was, and undone like everything.
    list(undo(moved.move, moved.blog, moved.stop))
    assert moved.blog.of(Kind.COMMENT) == []


def test_without_holding_back_it_would_be_public(
    moved: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Comments, "hold_back", lambda *_: None)
    again(moved, post(held=FIRST), entry(2), only="cns!1")
    assert not ending(moved.go()).verdict.complete
    assert status(moved) == "approved"


def test_one_that_somebody_changed_there_is_only_told_of(moved: Moving) -> None:
    row = moved.blog.of(Kind.COMMENT)[0]
    assert isinstance(row.thing, NewComment)
    row.thing = mine = replace(row.thing, html="<p>Mine</p>")
    again(moved, post(held=FIRST), entry(2), only="cns!1")
    moved.go()
    assert moved.blog.of(Kind.COMMENT)[0].thing == mine
    assert (status(moved), trouble(moved)) == ("approved", UNSAID)


def test_who_approves_it_there_afterwards_knows_why(moved: Moving) -> None:
    again(moved, post(held=FIRST), entry(2), only="cns!1")
    moved.go()
    moved.blog.of(Kind.COMMENT)[0].status = "approved"
    for _ in range(2):
        assert ending(moved.go()).verdict.complete
        assert check(moved).verdict.complete
        assert (status(moved), trouble(moved)) == ("approved", None)
        assert list(of_withdrawn(moved.move)) == []


def test_shown_again_at_the_old_blog_it_is_told_as_held(moved: Moving) -> None:
    again(moved, post(held=FIRST), entry(2), only="cns!1")
    moved.go()
    again(moved, post(), entry(2), only="cns!1")
    assert not ending(moved.go()).verdict.complete
    assert (status(moved), trouble(moved)) == ("hold", HELD)
    moved.blog.of(Kind.COMMENT)[0].status = "approved"
    assert ending(moved.go()).verdict.complete
    again(moved, post(held=FIRST), entry(2), only="cns!1")
    assert len(list(of_withdrawn(moved.move))) == 1, "and it is ours to hide again"


def test_one_that_came_in_parts_is_held_back_in_all_of_them(
    start: Callable[..., Moving],
) -> None:
    long = entry(1, comments=1)
    words = f"<p>{'word ' * 20_000}</p>"
    long = replace(long, comments=(replace(long.comments[0], html=words),))
    moving = start(long)
    moving.go()
    assert len(moving.blog.of(Kind.COMMENT)) > 1
    again(moving, replace(long, comments=(), held=(FIRST,)), only="cns!1")
    assert ending(moving.go()).verdict.complete
    assert {row.status for row in moving.blog.of(Kind.COMMENT)} == {"hold"}


def test_killed_after_it_was_held_back_it_is_known_for_what_it_is(
    moved: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(moved, post(held=FIRST), entry(2), only="cns!1")

    with monkeypatch.context() as patched:
        hold = moved.blog.hold

        def held(*what: object) -> object:
            hold(*what)  # type: ignore[arg-type]
            moved.stop.set()
            raise KeyboardInterrupt

        patched.setattr(moved.blog, "hold", held)
        with pytest.raises(KeyboardInterrupt):
            moved.go(connections=1)
    moved.stop.clear()
    assert ending(moved.go()).verdict.complete
    assert status(moved) == "hold"
    assert list(of_withdrawn(moved.move)) == []


def test_one_that_came_with_a_lost_move_file_is_told_of(moved: Moving) -> None:
    with Move.create(moved.move.path.with_name("new.move")) as move:
        moved.move = move
        moved.source.all[0] = post(held=FIRST)
        moved.read()
        assert not ending(moved.go()).verdict.complete
        assert status(moved) == "approved", "nobody knows who made it so"
        assert trouble(moved) == UNSAID


def test_one_that_was_hidden_before_anybody_kept_that_is_told_of(
    moved: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(Move, "_keep_before", lambda *_: None)
        again(moved, post(held=FIRST), entry(2))
    again(moved, post(held=FIRST), entry(2))
    (words,) = of_withdrawn(moved.move)
    assert "(by somebody under “Entry 1”)" in words
    moved.go()
    assert trouble(moved) == UNSAID
    again(moved, post(), entry(2))
    assert list(of_withdrawn(moved.move)) == []


def test_what_was_never_approved_is_nobodys_business(
    start: Callable[..., Moving],
) -> None:
    moving = start(post(held=FIRST))
    assert ending(moving.go()).verdict.complete
    assert list(of_withdrawn(moving.move)) == []
    assert moving.blog.count("hold") == 0


def test_one_that_is_missing_now_is_told_without_alarm(moved: Moving) -> None:
    again(moved, post(without=FIRST), entry(2), only="cns!1")
    (words,) = of_withdrawn(moved.move)
    assert words == (
        "1 comment that was made public at the new blog is not in what was read last of "
        "the old one (by Reader 0 under “Entry 1”). Delete it there if nobody shall read "
        "it any more."
    )
    # It may have been another backup, in which it never was.
    assert ending(moved.go()).verdict.complete
    assert status(moved) == "approved"
    assert "by Reader 0 under" in report(moved)
    (row,) = moved.blog.of(Kind.POST)[:1]
    there = {item.key: item.remote for g in groups(moved.move) for item in g.items}
    addresses = [there[key].address for key in (FIRST, SECOND)]  # type: ignore[union-attr]
    assert all(
        a.startswith(f"{moved.blog.address}/{row.id}#comment-") for a in addresses
    )
    again(moved, post(), entry(2))
    assert list(of_withdrawn(moved.move)) == []
    again(moved, post(without=FIRST), entry(2))
    moved.blog.delete(moved.blog._remote(moved.blog.of(Kind.COMMENT)[0]))
    assert check(moved).verdict.complete, "gone here and there"
    assert trouble(moved) == GONE
    assert list(of_withdrawn(moved.move)) == []


def test_one_that_says_something_else_now_is_told_of_and_kept(moved: Moving) -> None:
    again(moved, post(cns_1_1="Other words"), entry(2), only="cns!1")
    (words,) = of_withdrawn(moved.move)
    assert words == (
        "1 comment that has moved says something else at the old blog by now (by Reader "
        "1 under “Entry 1”). At the new one it stays as before; edit it there if you "
        "want the new words."
    )
    assert ending(moved.go()).verdict.complete
    assert said(moved, 1) == "Remark 1"
    assert "says something else" in report(moved)
    # However often it changes, it is what it was when it moved that counts.
    again(moved, post(cns_1_1="Third words"), entry(2))
    assert len(list(of_withdrawn(moved.move))) == 1
    again(moved, post(cns_1_1="<div>Remark 1</div>"), entry(2))
    assert list(of_withdrawn(moved.move)) == [], "another tag is no other word"


def test_whoever_words_it_anew_at_both_blogs_hears_no_more(moved: Moving) -> None:
    again(moved, post(cns_1_1="Other words"), entry(2))
    row = moved.blog.of(Kind.COMMENT)[1]
    row.thing = replace(row.thing, html="<p>Other words</p>")  # type: ignore[call-arg]
    check(moved)
    assert trouble(moved, SECOND) == CHANGED
    assert list(of_withdrawn(moved.move)) == []


def test_moved_anew_it_is_as_it_is_then(moved: Moving) -> None:
    again(moved, post(cns_1_1="Other words", held=FIRST), entry(2))
    list(undo(moved.move, moved.blog, moved.stop))
    assert list(of_withdrawn(moved.move)) == []
    moved.move.choose(["cns!1"], True)
    assert ending(moved.go()).verdict.complete
    assert [said(moved, n) for n in range(len(moved.blog.of(Kind.COMMENT)))] == [
        "Other words"
    ]
    assert list(of_withdrawn(moved.move)) == []


def test_under_a_post_that_nobody_sees_nothing_is_public(
    start: Callable[..., Moving],
) -> None:
    private = replace(post(), status=Status.PRIVATE)
    moving = start(private)
    moving.go()
    again(moving, replace(post(held=FIRST), status=Status.PRIVATE), only="cns!1")
    assert list(of_withdrawn(moving.move)) == []
    assert ending(moving.go()).verdict.complete
    assert status(moving) == "hold", "it may be published one day"


def test_a_report_says_nothing_of_comments_under_posts_that_are_private_now(
    moved: Moving,
) -> None:
    hidden = replace(post(without=FIRST), status=Status.PRIVATE)
    again(moved, hidden, entry(2))
    assert any("Reader 0" in words for words in of_withdrawn(moved.move))
    page = report(moved)
    assert "Reader 0" not in page
    assert moved.move.step(Kind.COMMENT, "cns!1", FIRST).state is State.SENT
