"""What an earlier life of a move left at the new blog: people have gone on from there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest

from tests.move.doubles import HASTY, OldBlog, Row, entry
from tests.move.fates import lost, refused, twice
from tests.move.moving import Moving, ending
from wizard.destinations import Kind, NewPhoto, NewPost, Remote
from wizard.errors import Refused, Unreachable
from wizard.move import carrying
from wizard.move.book import EARLIER, EDITED, GONE, TWICE
from wizard.move.checking import verify
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.markers import marker
from wizard.move.standing import Standing
from wizard.move.undoing import undo

POST = marker("space!1", Kind.POST, "cns!1")


def edit(row: Row) -> Row:
    """A person edits it; gives it as it must stay."""
    if isinstance(row.thing, NewPhoto):
        row.thing = replace(row.thing, caption="Mine")
    else:
        row.thing = replace(row.thing, html="<p>Mine</p>")  # type: ignore[type-var]
    return replace(row)


def lose_file(moving: Moving, path: Path) -> None:
    moving.move = Move.create(path)
    moving.read()


def write_on(moving: Moving) -> None:
    """The old blog's post is written on."""
    posts = [replace(p, html=f"{p.html}<p>More.</p>") for p in moving.source.all]
    moving.source = OldBlog(posts, moving.source.pictures)
    moving.read()


def test_an_edit_survives_a_lost_file_and_a_refusal(
    start: Callable[..., Moving], tmp_path: Path
) -> None:
    moving = start(entry(1))
    moving.go()
    kept = edit(moving.blog.of(Kind.POST)[0])
    lose_file(moving, tmp_path / "new.move")
    asked = []

    def refuse_once(verb: str, what: object) -> None:
        if verb == "read" and not asked:
            asked.append(what)
            raise Refused("Not now.")

    moving.blog.meddle = refuse_once
    moving.go()
    assert asked
    moving.go()
    moving.go()
    assert moving.blog.of(Kind.POST) == [kept]


@pytest.mark.parametrize("touched", [False, True])
@pytest.mark.parametrize("remembers", [True, False])
def test_a_post_that_was_finished_without_its_category_gets_it_unless_touched(
    start: Callable[..., Moving],
    monkeypatch: pytest.MonkeyPatch,
    remembers: bool,
    touched: bool,
) -> None:
    if not remembers:
        monkeypatch.setattr(carrying, "text_print", lambda post: token_hex())
    moving = start(entry(1, categories=("News",)))
    moving.blog.fates[Kind.CATEGORY] = [refused]

    def lose_the_line(verb: str, what: object) -> None:
        posts = moving.blog.of(Kind.POST)
        if verb == "read" and posts and posts[0].status == "publish":
            raise Unreachable("No answer.")

    moving.blog.meddle = lose_the_line
    assert ending(moving.go()).paused
    moving.blog.meddle = lambda verb, what: None
    (row,) = moving.blog.of(Kind.POST)
    if touched:
        edit(row)
    complete = ending(moving.go()).verdict.complete
    assert isinstance(row.thing, NewPost)
    if touched:
        assert (row.thing.html, row.thing.categories) == ("<p>Mine</p>", ())
    elif remembers:
        assert len(row.thing.categories) == 1
    assert complete is (remembers and not touched)


def test_what_an_earlier_move_brought_another_way_is_never_written_over(
    start: Callable[..., Moving], tmp_path: Path
) -> None:
    moving = start(entry(1))
    moving.go()
    kept = edit(moving.blog.of(Kind.POST)[0])
    lose_file(moving, tmp_path / "new.move")
    moving.go()
    write_on(moving)
    moving.go()
    assert moving.blog.of(Kind.POST) == [kept]
    step = moving.move.step(Kind.POST, "cns!1", "cns!1")
    assert (step.state, step.trouble) == (State.SENT, EARLIER)
    moving.move.record(step, trouble=EDITED)
    list(verify(moving.move, moving.blog, threading.Event(), patience=HASTY))
    assert moving.move.step(Kind.POST, "cns!1", "cns!1").trouble == EDITED


def test_a_moderated_answer_stays_when_what_it_answers_comes_at_last(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, comments=2))
    moving.blog.fates[Kind.COMMENT] = [lambda store: _no()]
    moving.go()
    (answer,) = moving.blog.of(Kind.COMMENT)
    kept = edit(answer)
    moving.go()
    assert len(moving.blog.of(Kind.COMMENT)) == 2
    assert kept in moving.blog.of(Kind.COMMENT)


def _no():  # type: ignore[no-untyped-def]
    raise Refused("Not now.")


def test_a_photo_of_an_earlier_life_is_not_taken_for_a_late_copy(
    start: Callable[..., Moving], tmp_path: Path
) -> None:
    moving = start(entry(1, photos=1))
    moving.go()
    kept = edit(moving.blog.of(Kind.PHOTO)[0])
    moving.blog.rows = {kept.id: moving.blog.rows[kept.id]}
    lose_file(moving, tmp_path / "new.move")
    moving.go()
    assert kept in moving.blog.of(Kind.PHOTO)
    (step,) = moving.move.all_steps(Kind.PHOTO)
    assert step.trouble == TWICE


@pytest.mark.parametrize("fate", [lost, twice])
def test_a_note_whose_answer_was_lost_is_our_own_and_goes_away(
    start: Callable[..., Moving], fate: object
) -> None:
    moving = start(entry(1))
    moving.blog.shared = True
    moving.blog.fates[Kind.POST] = [fate]  # type: ignore[list-item]
    assert not ending(moving.go()).paused
    assert [row.marker for row in moving.blog.of(Kind.POST)] == [POST]


def test_nothing_is_for_ever_still_to_go_once_its_post_is_gone(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, photos=1, tags=("sea",)))
    moving.go()
    moving.blog.rows.clear()
    moving.go()
    list(undo(moving.move, moving.blog, threading.Event(), patience=HASTY))
    post = moving.move.step(Kind.POST, "cns!1", "cns!1")
    there = Remote(Kind.POST, 99)
    moving.move.record(post, state=State.LEFT_OUT, remote=there, trouble=GONE)
    counts = ending(moving.go()).verdict.counts
    assert [states["waiting"] for states in counts.values()] == [0] * 5


def test_undo_takes_nothing_by_a_number_that_is_somebody_elses_by_now(
    start: Callable[..., Moving],
) -> None:
    """The blog was set back, and people went on from there."""
    moving = start(entry(1, photos=1))
    moving.go()
    ours = moving.blog.of(Kind.PHOTO)[0]
    theirs = replace(ours, marker="holiday")
    moving.blog.rows = {ours.id: theirs}
    list(undo(moving.move, moving.blog, threading.Event(), patience=HASTY))
    assert moving.blog.rows == {ours.id: theirs}


@pytest.mark.parametrize("protected", [True, False])
def test_a_list_of_yesterday_moves_no_post_to_a_copy_without_its_comments(
    start: Callable[..., Moving], monkeypatch: pytest.MonkeyPatch, protected: bool
) -> None:
    moving = start(entry(1, comments=2))
    blog = moving.blog

    def lose_the_line(verb: str, what: object) -> None:
        if verb == "update" and isinstance(what, NewPost) and what.slug != POST:
            raise Unreachable("No answer.")

    blog.meddle = lose_the_line
    moving.go()
    (ours,) = blog.of(Kind.POST)
    assert len(blog.of(Kind.COMMENT)) == 2
    # A copy that came late, as a cache still tells of it, and of it alone.
    copy = blog._remote(Row(99, ours.thing, POST, status="draft", slug=POST))
    blog.rows[99] = Row(99, ours.thing, POST, status="draft", slug=POST)
    listed = blog.ours
    monkeypatch.setattr(
        blog,
        "ours",
        lambda kind, among=(): (
            iter([(POST, copy)])
            if kind is Kind.POST and not among
            else listed(kind, among)
        ),
    )
    if not protected:
        monkeypatch.setattr(Standing, "bears_marker", lambda self, step: False)
    blog.meddle = lambda verb, what: None
    moving.go()
    public = [row.id for row in blog.of(Kind.POST) if row.status == "publish"]
    said = [row.thing.post for row in blog.of(Kind.COMMENT)]
    assert (public == [ours.id] and said == [ours.id] * 2) is protected
