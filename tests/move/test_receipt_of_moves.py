"""The receipt of moves that really went, were stopped, undone and went again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from tests.move.doubles import HASTY, entry
from tests.move.fates import refused
from tests.move.moving import Moving, ending
from wizard.blog import Post
from wizard.destinations import Kind
from wizard.move.receipt import NOT_TICKED, groups
from wizard.move.undoing import undo
from wizard.move.verdict import verdict


def blog() -> list[Post]:
    return [
        entry(n, photos=n % 3, comments=n % 4, categories=("Sea",), tags=(f"t{n}",))
        for n in range(6)
    ]


def adds_up(moving: Moving) -> None:
    """The ends of all items are as many as the old blog has items."""
    posts = blog()
    found = {
        Kind.POST: len(posts),
        Kind.PHOTO: sum(len(post.photos) for post in posts),
        Kind.COMMENT: sum(len(post.comments) for post in posts),
        Kind.CATEGORY: 1,
        Kind.TAG: len(posts),
    }
    counts = verdict(moving.move).counts
    assert {kind: sum(counts[kind].values()) for kind in Kind} == found


def test_it_adds_up_before_during_and_after(start: Callable[..., Moving]) -> None:
    moving = start(*blog())
    moving.move.choose(["cns!1"], False)
    adds_up(moving)
    moving.blog.fates[Kind.POST] = [refused]
    moving.blog.fates[Kind.COMMENT] = [refused, refused]
    for number, _ in enumerate(moving.begin()):
        if number % 5 == 0:
            adds_up(moving)
    adds_up(moving)
    told = verdict(moving.move)
    assert told.counts["post"]["refused"] == 1
    assert told.counts["post"]["left out"] == 1
    assert all(ends["waiting"] == 0 for ends in told.counts.values())
    assert ending(moving.go()).verdict.complete
    adds_up(moving)


def test_days_are_those_of_the_old_blogs_clock(start: Callable[..., Moving]) -> None:
    eve = datetime(2006, 12, 31, 23, 30)
    moving = start(entry(1, date=eve.replace(tzinfo=UTC)), entry(2, date=eve))
    moving.move.choices = replace(moving.move.choices, time_zone="Europe/Berlin")
    days = [group.items[0].date for group in groups(moving.move) if group.post]
    assert days == ["2007-01-01T00:30:00+01:00", "2006-12-31T23:30:00"]


def test_what_nobody_could_tick_was_not_left_out_by_the_person(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog()[:3])
    moving.go()
    # Gone at the old blog, and taken back from the new one; one more came meanwhile.
    moving.source.all = [*blog()[1:4]]
    moving.read()
    list(undo(moving.move, moving.blog, threading.Event(), patience=HASTY))
    moving.move.choose(["cns!2", "cns!3"], False)
    moving.move.leave_unasked(["cns!3"])
    ends = {
        group.post.key: (group.items[0].by, group.items[0].why)
        for group in groups(moving.move)
        if group.post
    }
    assert ends["cns!0"][0] == ends["cns!3"][0] == "Moving Day"
    assert "Neither blog has it any more" in ends["cns!0"][1]
    assert "when you had chosen already" in ends["cns!3"][1]
    assert ends["cns!2"] == ("you", NOT_TICKED)
    adds_up_to = sum(verdict(moving.move).counts["post"].values())
    assert adds_up_to == len(ends) == 4
    moving.move.leave_unasked([])
    assert moving.move.unasked() == []


def test_after_an_undo_all_is_taken_back_and_can_go_again(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog())
    assert ending(moving.go()).verdict.complete
    list(undo(moving.move, moving.blog, threading.Event(), patience=HASTY))
    adds_up(moving)
    items = [item for group in groups(moving.move) for item in group.items]
    assert all(item.taken_back for item in items)
    told = verdict(moving.move)
    assert "any more. 6 posts, 6 photos, 7 comments" in told.sentence
    assert told.sentence.endswith(" were taken back.")
    assert ending(moving.go()).verdict.complete
    adds_up(moving)
