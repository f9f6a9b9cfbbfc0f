"""Checking what was sent: what people changed or deleted, and copies that came late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.move.doubles import Row, entry
from tests.move.fates import twice
from tests.move.moving import Moving, ending, of
from wizard.destinations import Kind, NewComment, NewPhoto, NewPost, Remote, Thing
from wizard.errors import Unreachable
from wizard.move import engine
from wizard.move.book import AGAIN, CHANGED, GONE, HELD, HIDDEN, TWICE
from wizard.move.checking import verify
from wizard.move.events import Event, ItemSettled, State
from wizard.move.file import Move
from wizard.move.records import Step


@pytest.fixture
def moved(start: Callable[..., Moving]) -> Moving:
    moving = start(entry(1, photos=1, comments=2), entry(2, photos=1, comments=1))
    assert ending(moving.go()).verdict.complete
    return moving


def check(moving: Moving) -> list[Event]:
    return list(
        verify(moving.move, moving.blog, threading.Event(), patience=moving.patience)
    )


def row(moving: Moving, kind: Kind, number: int = 0) -> Row:
    return moving.blog.of(kind)[number]


def steps(moving: Moving) -> list[Step]:
    kinds = (Kind.POST, Kind.PHOTO, Kind.COMMENT)
    return [step for kind in kinds for step in moving.move.all_steps(kind)]


def test_all_that_is_there_as_it_was_sent_is_fine(moved: Moving) -> None:
    events = check(moved)
    assert ending(events).verdict.complete
    assert len(of(ItemSettled, events)) == 7
    assert not any(step.trouble for step in steps(moved))


def test_checking_changes_nothing_there(moved: Moving) -> None:
    moved.blog.asked.clear()
    check(moved)
    verbs = {verb for verb, _ in moved.blog.asked}
    assert verbs <= {"ours", "read", "shows"}


@pytest.mark.parametrize("kind", [Kind.POST, Kind.PHOTO, Kind.COMMENT])
def test_what_somebody_deleted_is_found_and_stays_away(
    moved: Moving, kind: Kind
) -> None:
    number = row(moved, kind).id
    moved.blog.delete(Remote(kind, number))
    ended = ending(check(moved))
    assert not ended.verdict.complete
    (step,) = [step for step in steps(moved) if step.kind is kind and step.gone]
    assert step.trouble == GONE
    before = len(moved.blog.of(kind))
    moved.go()
    assert len(moved.blog.of(kind)) == before, "it is not put back"


@pytest.mark.parametrize("kind", [Kind.POST, Kind.PHOTO, Kind.COMMENT])
def test_what_is_gone_is_brought_back_when_asked_for_and_nothing_else(
    moved: Moving, kind: Kind
) -> None:
    picture = moved.blog.picture_of()
    moved.blog.delete(Remote(kind, row(moved, kind).id))
    check(moved)
    assert moved.move.bring_back() >= 1
    assert moved.blog.count("create", kind) == len(moved.blog.of(kind)) + 1
    assert ending(moved.go()).verdict.complete
    assert moved.blog.picture_of() == picture


def test_a_comment_in_the_trash_comes_back_out_of_it_when_asked_for(
    moved: Moving,
) -> None:
    there = row(moved, Kind.COMMENT)
    there.status = "trash"
    check(moved)
    moved.go()
    assert there.status == "trash"
    check(moved)
    assert moved.move.bring_back() == 1
    real = moved.blog.update

    def shown(remote: Remote, thing: Thing, marker: str) -> Remote:
        moved.blog.rows[remote.id].status = "approved"
        return real(remote, thing, marker)

    moved.blog.update = shown  # type: ignore[method-assign]
    assert ending(moved.go()).verdict.complete
    assert there.status == "approved"
    assert len(moved.blog.of(Kind.COMMENT)) == 3


def test_what_somebody_edited_is_told_and_kept(moved: Moving) -> None:
    for kind, changes in (
        (Kind.POST, {"html": "<p>Better</p>"}),
        (Kind.PHOTO, {"caption": "Better"}),
        (Kind.COMMENT, {"html": "Better"}),
    ):
        there = row(moved, kind)
        there.thing = replace(there.thing, **changes)  # type: ignore[type-var]
    ended = ending(check(moved))
    assert not ended.verdict.complete
    assert [step.trouble for step in steps(moved)].count(CHANGED) == 3
    assert all(step.state is State.SENT for step in steps(moved))
    moved.go()
    post, photo, comment = (
        row(moved, kind).thing for kind in (Kind.POST, Kind.PHOTO, Kind.COMMENT)
    )
    assert isinstance(post, NewPost)
    assert isinstance(photo, NewPhoto)
    assert isinstance(comment, NewComment)
    assert (post.html, photo.caption, comment.html) == (
        "<p>Better</p>",
        "Better",
        "Better",
    )


def test_a_post_whose_marker_was_edited_away_is_not_gone(moved: Moving) -> None:
    post = row(moved, Kind.POST)
    assert isinstance(post.thing, NewPost)
    post.thing, post.marker = replace(post.thing, html="<p>Words</p>"), "other words"
    check(moved)
    assert [step.trouble for step in steps(moved)].count(CHANGED) == 1
    assert not any(step.gone for step in steps(moved))


@pytest.mark.parametrize("kind", [Kind.POST, Kind.COMMENT])
def test_a_number_that_another_of_ours_has_by_now_is_gone(
    moved: Moving, kind: Kind
) -> None:
    """A blog that was set back gives its numbers anew."""
    there = row(moved, kind)
    moved.blog.rows[there.id] = replace(there, marker="md-another-of-ours")
    check(moved)
    (step,) = [s for s in steps(moved) if s.marker == there.marker]
    assert (step.state, step.trouble) == (State.LEFT_OUT, GONE)


def test_a_photo_whose_number_another_one_has_by_now_is_gone(moved: Moving) -> None:
    first, second = moved.move.all_steps(Kind.PHOTO)
    assert first.remote
    assert second.remote
    del moved.blog.rows[first.remote.id]
    lost = replace(first.remote, id=second.remote.id, address="memory://new/lost.png")
    moved.move.record(first, remote=lost)
    moved.blog.shows = lambda remote: "lost" not in remote.address  # type: ignore[method-assign]
    check(moved)
    assert [(s.state, s.trouble) for s in moved.move.all_steps(Kind.PHOTO)] == [
        (State.LEFT_OUT, GONE),
        (State.SENT, None),
    ]


def test_what_was_put_right_there_is_fine_again(moved: Moving) -> None:
    there = row(moved, Kind.POST)
    before = there.thing
    assert isinstance(before, NewPost)
    there.thing = replace(before, title="Other")
    check(moved)
    there.thing = before
    assert ending(check(moved)).verdict.complete


def test_a_comment_that_the_new_blog_holds_back_is_told(moved: Moving) -> None:
    row(moved, Kind.COMMENT).status = "spam"
    check(moved)
    assert [step.trouble for step in steps(moved)].count(HELD) == 1


def test_a_comment_that_another_program_edited_is_changed_and_not_gone(
    moved: Moving,
) -> None:
    """WordPress puts the name of the program there that edits a comment over REST."""
    there = row(moved, Kind.COMMENT)
    there.marker, there.thing = "Other/1.0", replace(there.thing, html="Mine")  # type: ignore[type-var]
    check(moved)
    assert [step.trouble for step in steps(moved)].count(CHANGED) == 1
    assert not any(step.gone for step in steps(moved))


@pytest.mark.parametrize("change", [{"categories": (9,)}, {"extra": "a password"}])
def test_what_was_set_besides_is_told_too(
    moved: Moving, change: dict[str, object]
) -> None:
    there = row(moved, Kind.POST)
    there.thing = replace(there.thing, **change)  # type: ignore[type-var]
    other = row(moved, Kind.POST, 1)
    other.slug = "my-own-words"
    check(moved)
    assert [step.trouble for step in steps(moved)].count(CHANGED) == 2


def test_a_photo_whose_file_nobody_gets_is_told_and_may_be_tried_again(
    moved: Moving,
) -> None:
    shows, hidden = moved.blog.shows, row(moved, Kind.PHOTO).id
    moved.blog.shows = lambda remote: remote.id != hidden  # type: ignore[method-assign]
    check(moved)
    (step,) = [step for step in steps(moved) if step.trouble == HIDDEN]
    assert step.state is State.REFUSED
    moved.blog.shows = shows  # type: ignore[method-assign]
    assert ending(moved.go()).verdict.complete
    assert len(moved.blog.of(Kind.PHOTO)) == 2


def copies(moving: Moving) -> int:
    """Things that stand there more than once, public or not."""
    kinds = (Kind.POST, Kind.PHOTO, Kind.COMMENT)
    markers = [r.marker for kind in kinds for r in moving.blog.of(kind)]
    return len(markers) - len(set(markers))


@pytest.mark.parametrize("kind", [Kind.POST, Kind.PHOTO, Kind.COMMENT])
def test_what_comes_late_after_all_is_taken_away_at_the_end(
    start: Callable[..., Moving], kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moving_with_a_late_copy() -> Moving:
        moving = start(entry(1, photos=1, comments=1), entry(2))
        things = {}

        def meddle(verb: str, what: object) -> None:
            if verb == "create" and getattr(what, "kind", None) is kind:
                things.setdefault("one", what)
            if verb == "update" and getattr(what, "status", "") == "publish":
                made = [r for r in moving.blog.of(kind) if r.thing.kind is kind]
                if made and copies(moving) == 0 and kind is not Kind.POST:
                    moving.blog._store(made[0].thing, made[0].marker)

        moving.blog.meddle = meddle
        if kind is Kind.POST:
            moving.blog.fates[kind].append(twice)
        return moving

    moving = moving_with_a_late_copy()
    assert ending(moving.go()).verdict.complete
    assert copies(moving) == 0
    # And without the look at the end they stay.
    monkeypatch.setattr(engine, "findings", lambda *args, **options: iter(()))
    monkeypatch.setattr("wizard.move.asking.Asker.take_away", lambda *args: 0)
    other = moving_with_a_late_copy()
    other.go()
    assert copies(other) == 1


def test_a_public_copy_is_told_and_left_to_the_person(moved: Moving) -> None:
    there = row(moved, Kind.POST)
    copy = moved.blog._store(there.thing, there.marker)
    moved.blog.rows[copy.id].status = "publish"
    moved.blog.rows[copy.id].slug = "copy"
    moved.go()
    assert len(moved.blog.of(Kind.POST)) == 3
    assert [step.trouble for step in steps(moved)].count(TWICE) == 1


def test_a_list_that_names_a_thing_twice_costs_nothing(moved: Moving) -> None:
    real = moved.blog.ours

    def twice_told(kind: Kind, among: tuple[int, ...] = ()):  # type: ignore[no-untyped-def]
        for told in real(kind, among):
            yield told
            yield told

    moved.blog.ours = twice_told  # type: ignore[method-assign]
    before = len(moved.blog.rows)
    assert ending(moved.go()).verdict.complete
    assert len(moved.blog.rows) == before


def test_a_blog_that_was_set_back_is_told_and_then_filled_again(
    start: Callable[..., Moving],
) -> None:
    moving = start(*[entry(n, photos=1, comments=1) for n in range(4)])
    moving.go(only=["cns!0", "cns!1"])
    older = dict(moving.blog.rows)
    moving.go()
    picture = moving.blog.picture_of()
    moving.blog.rows.clear()
    moving.blog.rows.update(older)
    ended = ending(moving.go())
    assert not ended.verdict.complete
    assert len(moving.blog.of(Kind.POST)) == 2, "nothing is put back unasked"
    moving.move.bring_back()
    assert ending(moving.go()).verdict.complete
    assert moving.blog.picture_of() == picture


def test_a_number_that_belongs_to_somebody_elses_post_now_is_never_written_to(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, comments=1))
    moving.go()
    (step,) = moving.move.all_steps(Kind.POST)
    moving.move.record(step, state=State.MADE)
    there = row(moving, Kind.POST)
    mine = NewPost("Mine", "<p>Not yours</p>", None, there.thing.status)  # type: ignore[union-attr]
    there.thing, there.marker, there.slug = mine, "theirs", "mine"
    moving.go()
    assert there.thing == mine
    (step,) = moving.move.all_steps(Kind.POST)
    assert step.gone


def test_a_photo_that_is_there_again_comes_back_into_its_post(moved: Moving) -> None:
    photo = row(moved, Kind.PHOTO)
    del moved.blog.rows[photo.id]
    check(moved)
    (gone,) = [step for step in moved.move.all_steps(Kind.PHOTO) if step.gone]
    mark = moved.move.step(Kind.POST, gone.post, gone.post).marker
    (post,) = [row for row in moved.blog.of(Kind.POST) if row.marker == mark]
    before = post.thing
    # Its post is written anew, as one of its comments was still to come.
    comments = [s for s in moved.move.all_steps(Kind.COMMENT) if s.post == gone.post]
    moved.move.record(comments[-1], state=State.REFUSED)
    moved.go()
    assert post.thing != before
    moved.blog.rows[photo.id] = photo
    assert not ending(moved.go()).verdict.complete
    assert AGAIN in [s.trouble for s in moved.move.all_steps(Kind.PHOTO)]
    assert ending(moved.go()).verdict.complete
    assert post.thing == before


@pytest.mark.parametrize("changes", [False, True])
def test_a_run_asks_again_where_all_posts_stand_if_it_has_changed_any(
    moved: Moving, changes: bool
) -> None:
    if changes:
        step, _ = moved.move.all_steps(Kind.POST)
        moved.move.record(step, state=State.MADE)
    moved.blog.asked.clear()
    assert ending(moved.go()).verdict.complete
    assert moved.blog.count("ours", Kind.POST) == (2 if changes else 1)


@pytest.mark.parametrize("remembers", [True, False])
def test_an_audit_that_was_broken_off_goes_on_where_it_was(
    start: Callable[..., Moving], monkeypatch: pytest.MonkeyPatch, remembers: bool
) -> None:
    moving = start(*[entry(number, photos=1) for number in range(12)])
    if not remembers:
        monkeypatch.setattr(Move, "all_steps", forgetful(Move.all_steps))

    def lose_the_line(verb: str, what: object) -> None:
        if verb == "shows" and moving.blog.count("shows") > 8:
            raise Unreachable("No answer.")

    moving.blog.meddle = lose_the_line
    assert ending(moving.go(connections=1)).paused
    moving.blog.meddle = lambda verb, what: None
    moving.blog.asked.clear()
    assert ending(moving.go(connections=1)).verdict.complete
    assert moving.blog.count("shows", Kind.PHOTO) == (4 if remembers else 12)
    # The next audit begins anew.
    moving.blog.asked.clear()
    moving.go()
    assert moving.blog.count("shows", Kind.PHOTO) == 12


def forgetful(
    all_steps: Callable[[Move, Kind], Iterator[Step]],
) -> Callable[[Move, Kind], Iterator[Step]]:
    return lambda move, kind: (
        replace(step, fingerprint="") for step in all_steps(move, kind)
    )
