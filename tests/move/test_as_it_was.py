"""What a post was at the old blog it is at the new one: whose, when, where, open to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.move.doubles import entry
from tests.move.moving import Moving, ending
from wizard.blog import Comment, Status
from wizard.destinations import Kind, NewComment, NewPost, NewTerm
from wizard.errors import NotAllowed
from wizard.move.book import LAPSED
from wizard.move.choices import As, Choices

NOW = datetime.now(UTC).replace(microsecond=0)
TOMORROW, YESTERDAY = NOW + timedelta(days=1), NOW - timedelta(days=1)


def post_of(moving: Moving, number: int = 0) -> NewPost:
    thing = moving.blog.of(Kind.POST)[number].thing
    assert isinstance(thing, NewPost)
    return thing


# When


def test_what_is_scheduled_stays_scheduled(start: Callable[..., Moving]) -> None:
    moving = start(entry(1, status=Status.FUTURE, date=TOMORROW))
    moving.go()
    assert moving.blog.of(Kind.POST)[0].status == "future"
    assert moving.move.rows()[0].trouble is None


@pytest.mark.parametrize("date", [YESTERDAY, YESTERDAY.replace(tzinfo=None), None])
def test_what_waited_for_a_day_that_is_past_is_not_published_by_accident(
    start: Callable[..., Moving], date: datetime | None
) -> None:
    """WordPress makes a scheduled post of yesterday public at once."""
    moving = start(entry(1, status=Status.FUTURE, date=date, comments=1))
    events = moving.go()
    assert moving.blog.of(Kind.POST)[0].status == "draft"
    assert moving.blog.public == []
    assert moving.move.rows()[0].trouble == LAPSED
    assert ending(events).verdict.counts["post"]["sent"] == 1


def test_a_scheduled_post_that_came_out_there_stays_out(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, status=Status.FUTURE, date=TOMORROW))
    moving.go()
    row = moving.blog.of(Kind.POST)[0]
    row.status = "publish"  # its hour has come, and the old blog has news of it
    past = entry(1, status=Status.FUTURE, date=YESTERDAY, title="New words")
    moving.source.all = [past]
    moving.read()
    moving.go()
    assert post_of(moving).title == "New words"
    assert row.status == "future", "sent with a day that is past, it is public"


def test_whoever_asks_for_it_gets_it_published(start: Callable[..., Moving]) -> None:
    moving = start(entry(1, status=Status.DRAFT, date=YESTERDAY))
    moving.move.choices = Choices(status=As.PUBLISH)
    moving.go()
    assert moving.blog.of(Kind.POST)[0].status == "publish"


# Who


def test_posts_go_to_those_who_wrote_them_and_the_others_to_oneself(
    start: Callable[..., Moving],
) -> None:
    moving = start(*[entry(n, author=who) for n, who in enumerate(["mei", "tom", ""])])
    moving.move.choices = Choices(authors=(("mei", "7"),))
    named: list[str] = []

    def watch(verb: str, what: object) -> None:
        if isinstance(what, NewPost) and what.status is not Status.PUBLISH:
            named.append(what.author)

    moving.blog.meddle = watch
    moving.go()
    found = {
        thing.title: thing.author for thing in map(post_of, [moving] * 3, range(3))
    }
    assert found == {"Entry 0": "7", "Entry 1": "", "Entry 2": ""}
    assert set(named) == {""}, "until it is finished it is ours"


# Where


def test_categories_stand_below_those_that_they_stood_below(
    start: Callable[..., Moving],
) -> None:
    moving = start(
        entry(1, categories=("Beijing",)), entry(2, categories=("travel", "Food"))
    )
    moving.source.parents = (("beijing", "China"), ("China", "Travel"))
    moving.read()
    moving.go(connections=1)
    terms = {
        row.thing.name: row for row in moving.blog.of(Kind.CATEGORY)
        if isinstance(row.thing, NewTerm)
    }  # fmt: skip
    above = {name: row.thing.parent for name, row in terms.items()}  # type: ignore[union-attr]
    assert above == {
        "Travel": 0,
        "China": terms["Travel"].id,
        "Beijing": terms["China"].id,
        "Food": 0,
    }
    assert post_of(moving).categories == (terms["Beijing"].id,)
    assert post_of(moving, 1).categories == (terms["Travel"].id, terms["Food"].id)


def test_a_tree_that_bites_its_tail_is_no_trap(start: Callable[..., Moving]) -> None:
    moving = start(entry(1, categories=("A", "B", "C")))
    moving.source.parents = (("A", "B"), ("B", "A"), ("C", "C"))
    moving.read()
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.CATEGORY)) == 3


# Open to whom


@pytest.mark.parametrize("sticky", [False, True])
@pytest.mark.parametrize("pings", [False, True])
def test_sticky_and_open_to_pings_as_it_was(
    start: Callable[..., Moving], sticky: bool, pings: bool
) -> None:
    moving = start(entry(1, sticky=sticky, pings=pings))
    moving.go()
    assert (post_of(moving).sticky, post_of(moving).pings) == (sticky, pings)
    assert not post_of(moving).closed, "what nobody says is as everywhere"


def test_a_post_that_takes_no_more_comments_still_gets_its_old_ones(
    start: Callable[..., Moving],
) -> None:
    post = entry(1, comments=2, closed=True)
    moving = start(post)

    def refuse(verb: str, what: object) -> None:
        """As WordPress does, with code rest_comment_closed."""
        if verb == "create" and isinstance(what, NewComment) and post_of(moving).closed:
            raise NotAllowed("Sorry, comments are closed for this item.")

    moving.blog.meddle = refuse
    moving.go()
    assert post_of(moving).closed
    assert len(moving.blog.of(Kind.COMMENT)) == 2
    late = Comment("late", "Reader", "<p>One that was found later</p>", post.date)
    moving.source.all = [replace(post, comments=(*post.comments, late))]
    moving.read()
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.COMMENT)) == 3
    assert post_of(moving).closed


def test_pingbacks_stay_pingbacks(start: Callable[..., Moving]) -> None:
    ping = Comment("p", "Another blog", "<p>[…] said […]</p>", None, ping="pingback")
    moving = start(entry(1, comments=1), entry(2, comments=0))
    moving.source.all[1] = replace(moving.source.all[1], comments=(ping,))
    moving.read()
    moving.go(connections=1)
    said = [row.thing for row in moving.blog.of(Kind.COMMENT)]
    assert [c.ping for c in said if isinstance(c, NewComment)] == ["", "pingback"]


# Its picture


def test_the_first_photo_that_arrived_stands_for_the_post(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, photos=3), entry(2))
    del moving.source.pictures["photos/1-0.png"]
    moving.go(connections=1)
    photos = {row.thing.data: row.id for row in moving.blog.of(Kind.PHOTO)}  # type: ignore[union-attr]
    assert post_of(moving).featured == photos[moving.source.pictures["photos/1-1.png"]]
    assert post_of(moving, 1).featured == 0


def test_no_photo_that_the_old_page_hid_stands_for_the_post(
    start: Callable[..., Moving],
) -> None:
    photos = entry(1, photos=2)
    hidden = f'<p hidden><img src="{photos.photos[0].address}"></p>'
    moving = start(replace(photos, html=hidden))
    moving.go(connections=1)
    of = {row.thing.data: row.id for row in moving.blog.of(Kind.PHOTO)}  # type: ignore[union-attr]
    assert post_of(moving).featured == of[moving.source.pictures["photos/1-1.png"]]


def test_the_photo_that_stood_for_it_stands_for_it_again(
    start: Callable[..., Moving],
) -> None:
    face = entry(1, photos=3, featured="photos/1-2.png")
    lost = entry(2, photos=2, featured="photos/lost.png")
    moving = start(face, lost)
    moving.go(connections=1)
    photos = {row.thing.data: row.id for row in moving.blog.of(Kind.PHOTO)}  # type: ignore[union-attr]
    of = {name: photos[data] for name, data in moving.source.pictures.items()}
    assert post_of(moving).featured == of["photos/1-2.png"]
    assert post_of(moving, 1).featured == of["photos/2-0.png"]


def test_the_photo_that_stood_only_for_it_is_not_in_the_text_as_well(
    start: Callable[..., Moving],
) -> None:
    beside = entry(1, photos=1, featured="photos/1-0.png", html="<p>Only words</p>")
    lost = entry(2, photos=1, featured="photos/2-0.png", html="<p>More words</p>")
    moving = start(beside, lost)
    del moving.source.pictures["photos/2-0.png"]
    moving.go(connections=1)
    assert post_of(moving).featured
    assert "<img" not in post_of(moving).html
    # What could not come is told of in the text, as nothing stands for it there.
    assert not post_of(moving, 1).featured
    assert "did not come along" in post_of(moving, 1).html
    moving.move.choices = Choices(featured=False)
    moving.go()
    assert not post_of(moving).featured
    assert "<img" in post_of(moving).html


def test_no_photo_stands_for_it_when_that_was_not_wanted(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, photos=1))
    moving.go()
    assert post_of(moving).featured
    moving.move.choices = Choices(featured=False)
    moving.go()
    assert not post_of(moving).featured
