"""The engine when some of it goes wrong: the rest arrives, and each failure has a reason."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.move.doubles import HASTY, NewBlog, entry
from tests.move.fates import lost, refused, twice, unanswered, well
from tests.move.moving import Moving, blog_of, check_totals, ending, of
from wizard.destinations import Kind, NewComment, NewPhoto, NewPost, Remote
from wizard.errors import MoveFileError, NotAllowed, Refused, SignInFailed, Unreachable
from wizard.move.book import NO_POST, NO_POST_NOW, NOT_DONE
from wizard.move.choices import Choices
from wizard.move.events import (
    ItemSettled,
    State,
    Trouble,
    Waiting,
)
from wizard.move.patience import Patience


def test_one_refused_post_does_not_stop_the_others(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(6))
    moving.blog.fates[Kind.POST] = [well, well, refused]
    events = moving.go(connections=1)
    check_totals(events)
    ended = ending(events)
    assert not ended.verdict.complete
    assert not ended.paused
    assert ended.verdict.counts["post"] == {
        "sent": 5,
        "refused": 1,
        "left out": 0,
        "waiting": 0,
    }
    (row,) = (row for row in moving.move.rows() if row.trouble)
    assert (row.key, row.state) == ("cns!2", State.REFUSED)
    assert row.trouble
    assert (row.trouble.title, row.trouble.hint) == (
        "The new blog refused this.",
        "Because.",
    )
    states = {step.state for step in moving.move.steps("cns!2")}
    assert states == {State.REFUSED}, "its photos and comments have no home"


def test_the_retry_sends_only_what_failed(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(6))
    moving.blog.fates[Kind.POST] = [well, refused]
    moving.blog.fates[Kind.COMMENT] = [refused]
    moving.blog.fates[Kind.PHOTO] = [well, well, refused]
    first = moving.go(connections=1)
    check_totals(first)
    there = moving.blog.picture_of()
    before = {kind: moving.blog.count("create", kind) for kind in Kind}
    events = moving.go(connections=1)
    check_totals(events)
    assert ending(events).verdict.complete
    again = {kind: moving.blog.count("create", kind) - before[kind] for kind in Kind}
    # Post 1 with its photo and comment, and one more of each.
    assert (again[Kind.POST], again[Kind.PHOTO], again[Kind.COMMENT]) == (1, 2, 2)
    assert len(moving.blog.picture_of()) == len(there) + 5
    undisturbed = start(*blog_of(6))
    undisturbed.go(connections=1)
    assert moving.blog.picture_of() == undisturbed.blog.picture_of()


def test_only_takes_some_posts(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(6))
    moving.move.choose(["cns!4"], False)
    events = moving.go(only={"cns!3", "cns!4", "cns!5"})
    check_totals(events)
    titles = {row.thing.title for row in moving.blog.of(Kind.POST)}  # type: ignore[union-attr]
    assert titles == {"Entry 3", "Entry 5"}
    assert not ending(events).verdict.complete
    check_totals(moving.go(only={"cns!3"}))
    events = moving.go()
    check_totals(events)
    assert ending(events).verdict.complete
    assert len(moving.blog.of(Kind.POST)) == 5


def test_something_unexpected_with_one_post_does_not_stop_the_others(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(5))

    def meddle(verb: str, what: object) -> None:
        if verb == "create" and isinstance(what, NewComment):
            raise ZeroDivisionError("https://secret.example.test")

    moving.blog.meddle = meddle
    events = moving.go()
    check_totals(events)
    rows = {row.key: row for row in moving.move.rows()}
    trouble = rows["cns!1"].trouble
    assert trouble
    assert "unexpected" in trouble.title
    assert "ZeroDivisionError" in trouble.hint
    assert "secret" not in trouble.hint
    assert [r.state for r in rows.values()].count(State.SENT) == 2
    assert [row.status for row in moving.blog.of(Kind.POST)].count("publish") == 2


@pytest.mark.parametrize(("broken", "why"), [("create", NO_POST), ("update", NOT_DONE)])
def test_what_could_not_go_along_says_how_it_is_with_its_post(
    start: Callable[..., Moving], broken: str, why: Trouble
) -> None:
    moving = start(entry(1, comments=1))

    def refuse(verb: str, what: object) -> None:
        if verb == broken and isinstance(what, NewPost):
            raise Refused("No.")

    moving.blog.meddle = refuse
    moving.go()
    (said,) = moving.move.all_steps(Kind.COMMENT)
    assert (said.state, said.trouble) == (State.REFUSED, why)
    (post,) = moving.move.all_steps(Kind.POST)
    assert (post.remote is None) == (why == NO_POST)


def test_what_came_later_to_a_post_that_is_gone_says_so(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1))
    moving.go()
    moving.blog.delete(moving.blog._remote(moving.blog.of(Kind.POST)[0]))
    moving.source.all = [entry(1, comments=1)]
    moving.read()
    moving.go()
    (said,) = moving.move.all_steps(Kind.COMMENT)
    assert (said.state, said.trouble) == (State.REFUSED, NO_POST_NOW)


def test_what_may_not_be_sent_is_left_out_with_a_reason(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(9, categories=("Sea",)), *blog_of(6))
    moving.blog.carries -= {Kind.COMMENT, Kind.CATEGORY}
    events = moving.go()
    check_totals(events)
    counts = ending(events).verdict.counts
    assert counts["category"]["left out"] == 1
    assert sum(counts["category"].values()) == 1
    left = [item for item in of(ItemSettled, events) if item.state is State.LEFT_OUT]
    assert {item.kind for item in left} == {Kind.COMMENT}
    assert all(item.trouble for item in left)
    assert not moving.blog.of(Kind.COMMENT)
    check_totals(moving.go())


def test_what_the_person_leaves_behind_is_no_failure(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(6))
    moving.move.choices = Choices(comments=False, photos=False, tags=False)
    events = moving.go()
    check_totals(events)
    assert ending(events).verdict.complete
    assert not moving.blog.of(Kind.COMMENT) + moving.blog.of(Kind.PHOTO)
    # Another mind later brings them over without a second copy of anything.
    moving.move.choices = Choices()
    events = moving.go()
    check_totals(events)
    assert ending(events).verdict.complete
    assert len(moving.blog.of(Kind.COMMENT)) == 7
    assert len(moving.blog.of(Kind.POST)) == 6


@pytest.mark.parametrize("when", [NewPost, NewPhoto, NewComment, Remote])
def test_a_lost_sign_in_ends_the_run_and_the_next_goes_on(
    start: Callable[..., Moving], when: type
) -> None:
    moving = start(*blog_of(10))
    creations = 0

    def meddle(verb: str, what: object) -> None:
        nonlocal creations
        creations += verb == "create"
        if creations > 4 and isinstance(what, when):
            raise SignInFailed("The password is no longer accepted.", "Make another.")

    moving.blog.meddle = meddle
    events = moving.go()
    ended = ending(events)
    assert ended.paused
    assert ended.signed_out
    assert ended.trouble
    assert ended.trouble.title == "The password is no longer accepted."
    assert len(moving.blog.of(Kind.POST)) < 10, "nobody goes on knocking"
    states = {row.state for row in moving.move.rows()}
    assert State.REFUSED not in states, "it is nobody's fault"
    moving.blog.meddle = lambda verb, what: None
    events = moving.go()
    check_totals(events)
    assert ending(events).verdict.complete
    undisturbed = start(*blog_of(10))
    undisturbed.go()
    assert moving.blog.picture_of() == undisturbed.blog.picture_of()


def test_a_line_that_stays_dead_ends_in_a_pause(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(4))
    moving.patience = replace(HASTY, give_up=0.3)

    def meddle(verb: str, what: object) -> None:
        raise Unreachable("Nobody answers.", "Check your connection.")

    moving.blog.meddle = meddle
    events = moving.go()
    ended = ending(events)
    assert ended.paused
    assert not ended.signed_out
    assert ended.trouble
    assert ended.trouble.title == "Nobody answers."
    assert of(Waiting, events)


def test_an_account_that_may_not_post_gets_every_post_a_reason(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(3))

    def meddle(verb: str, what: object) -> None:
        if verb == "create" and isinstance(what, NewPost):
            raise NotAllowed("Your account may not do this.")

    moving.blog.meddle = meddle
    events = moving.go()
    check_totals(events)
    assert all(row.trouble for row in moving.move.rows())
    check_totals(moving.go())


def test_a_move_goes_to_one_blog_only(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(2))
    moving.go()
    moving.blog = NewBlog("memory://elsewhere")
    with pytest.raises(MoveFileError, match="towards memory://new"):
        moving.go()
    assert not moving.blog.asked


def test_a_move_that_sent_nothing_yet_may_change_its_mind(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(2))
    moving.stop.set()
    moving.go()
    moving.stop.clear()
    moving.blog = NewBlog("memory://elsewhere")
    assert ending(moving.go()).verdict.complete


def test_a_full_disk_ends_the_run_at_once_in_words(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(8))
    real = moving.move.record
    left = 20

    def full(*arguments: object, **changes: object):  # type: ignore[no-untyped-def]
        nonlocal left
        left -= 1
        if left < 0:
            raise MoveFileError("The move file cannot be written to.", "Full?")
        return real(*arguments, **changes)  # type: ignore[arg-type]

    moving.move.record = full  # type: ignore[method-assign]
    events = moving.go()
    ended = ending(events)
    assert ended.paused
    assert ended.trouble
    assert ended.trouble.title == "The move file cannot be written to."
    moving.move.record = real  # type: ignore[method-assign]
    assert ending(moving.go()).verdict.complete
    undisturbed = start(*blog_of(8))
    undisturbed.go()
    assert moving.blog.picture_of() == undisturbed.blog.picture_of()


def test_a_late_copy_is_taken_away_before_its_post_becomes_public(
    start: Callable[..., Moving],
) -> None:
    """The request that was given up long ago takes effect after all."""
    moving = start(entry(1, photos=1))
    most_public = 0

    def meddle(verb: str, what: object) -> None:
        nonlocal most_public
        if verb == "create" and isinstance(what, NewPhoto):
            (post,) = moving.blog.of(Kind.POST)
            moving.blog._store(post.thing, post.marker)
        rows = moving.blog.of(Kind.POST)
        most_public = max(most_public, sum(row.status == "publish" for row in rows))

    moving.blog.meddle = meddle
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.POST)) == most_public == 1


@pytest.mark.parametrize("verb", ["ours", "finish"])
def test_something_unexpected_around_the_posts_ends_the_run_in_words(
    start: Callable[..., Moving], verb: str
) -> None:
    moving = start(*blog_of(2))

    def meddle(asked: str, what: object) -> None:
        if asked == verb:
            raise ZeroDivisionError

    moving.blog.meddle = meddle
    ended = ending(moving.go())
    assert ended.paused
    assert ended.trouble
    assert "ZeroDivisionError" in ended.trouble.hint


@pytest.mark.parametrize("seed", range(6))
def test_trouble_everywhere_still_ends_with_one_of_each(
    start: Callable[..., Moving], seed: int
) -> None:
    dice = random.Random(seed)
    moving = start(*blog_of(8))
    moving.patience = Patience(0, 0, 0.001, 0.01, 30, 5)
    for kind in (Kind.POST, Kind.PHOTO, Kind.COMMENT):
        moving.blog.fates[kind] = dice.choices(
            [well, lost, unanswered, twice, refused], [6, 1, 1, 1, 1], k=30
        )
    for _ in range(10):
        events = moving.go()
        check_totals(events)
        if ending(events).verdict.complete:
            break
    undisturbed = start(*blog_of(8))
    undisturbed.go()

    assert moving.blog.picture_of() == undisturbed.blog.picture_of()
    assert all(row.status == "publish" for row in moving.blog.of(Kind.POST))


def test_a_photo_that_comes_after_the_comments_still_finds_its_posts_day(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, photos=1, comments=1))
    moving.blog.fates[Kind.PHOTO] = [refused]

    def lose_the_line(verb: str, what: object) -> None:
        if verb == "find" and moving.blog.of(Kind.COMMENT):
            raise Unreachable("No answer.")

    moving.blog.meddle = lose_the_line
    assert ending(moving.go()).paused
    days = []

    def look(verb: str, what: object) -> None:
        if verb == "create" and isinstance(what, NewPhoto):
            days.append(moving.thing(Kind.POST).date)

    assert moving.thing(Kind.POST).date.year > 2020
    moving.blog.meddle = look
    assert ending(moving.go()).verdict.complete
    assert [day.replace(tzinfo=None) for day in days] == [moving.source.all[0].date]


def test_a_refusal_in_looking_around_ends_the_run_in_words(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(2))

    def meddle(verb: str, what: object) -> None:
        if verb == "ours":
            raise Refused("The new blog does not let us look.")

    moving.blog.meddle = meddle
    ended = ending(moving.go())
    assert ended.paused
    assert ended.trouble
    assert not moving.blog.rows
