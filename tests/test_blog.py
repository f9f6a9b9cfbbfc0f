"""What a blog is: it survives being written down, and its naive dates find their zone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.blog import (
    Blog,
    Comment,
    Photo,
    Post,
    Status,
    blog_from_json,
    in_zone,
    post_from_json,
    to_json,
)

# All that Python calls text: old blogs hold halves of emoji and NULs as well.
_text = st.text(st.characters(codec=None))
_texts = st.lists(_text, max_size=3).map(tuple)
_zones = st.none() | st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda shift: timezone(timedelta(minutes=shift // timedelta(minutes=1)))
)
# The second of an hour that happens twice is told by its offset, or not at all.
_dates = st.none() | st.datetimes(timezones=_zones).map(
    lambda date: date.replace(fold=0)
)
_photos = st.builds(
    Photo,
    address=_text,
    found=st.booleans(),
    names=_texts,
    integrated=st.booleans(),
    alt=_text,
    caption=_text,
)
_comments = st.builds(
    Comment,
    key=_text,
    author=_text,
    html=_text,
    date=_dates,
    email=_text,
    url=_text,
    parent=st.none() | _text,
    estimated=st.booleans(),
    ping=_text,
)
_posts = st.builds(
    Post,
    key=_text,
    title=_text,
    html=_text,
    date=_dates,
    status=st.sampled_from(Status),
    address=_text,
    slug=_text,
    excerpt=_text,
    categories=_texts,
    tags=_texts,
    comments=st.lists(_comments, max_size=2).map(tuple),
    comments_elsewhere=st.integers(0, 99),
    photos=st.lists(_photos, max_size=2).map(tuple),
    notes=_texts,
    author=_text,
    sticky=st.booleans(),
    closed=st.booleans(),
    pings=st.booleans(),
    featured=_text,
    names=_texts,
    held=_texts,
    unsure=_texts,
)
_parents = st.lists(st.tuples(_text, _text), max_size=3).map(tuple)


@settings(max_examples=60, deadline=None)
@given(_posts)
def test_a_post_comes_back_as_it_was_written(post: Post) -> None:
    text = to_json(post)
    assert text.isascii()
    assert "\n" not in text
    again = post_from_json(text)
    assert again == post
    # Equal instants in different zones are equal to Python, but not to a reader.
    assert repr(again) == repr(post)


@given(
    st.builds(Blog, key=_text, title=_text, kind=_text, notes=_texts, parents=_parents)
)
def test_a_blog_comes_back_as_it_was_written(blog: Blog) -> None:
    assert blog_from_json(to_json(blog)) == blog


def test_no_field_can_be_forgotten_by_the_round_trip() -> None:
    """What is added to Post, Photo or Comment must be read back, or this fails."""
    full = Post(
        "k",
        "t",
        "h",
        datetime(2007, 1, 1),
        photos=(Photo("a", True),),
        comments=(Comment("c", "who", "what", None, ping="pingback", names=("c1",)),),
        author="me",
        sticky=True,
        closed=True,
        pings=True,
        featured="a",
        names=("page.html",),
        estimated=True,
        held=("c2",),
        unsure=("status",),
    )
    written = json.loads(to_json(full))
    assert set(written) == set(Post.__dataclass_fields__)
    assert set(written["photos"][0]) == set(Photo.__dataclass_fields__)
    assert set(written["comments"][0]) == set(Comment.__dataclass_fields__)


def test_what_an_earlier_version_wrote_is_read_and_written_alike() -> None:
    """Otherwise all that it has sent would count as changed, and be sent again."""
    post = (
        '{"key": "k", "title": "t", "html": "h", "date": "2007-04-20T01:29:58",'
        ' "status": "publish", "address": "", "slug": "", "excerpt": "",'
        ' "categories": [], "tags": [], "comments": [{"key": "c", "author": "",'
        ' "html": "w", "date": null, "email": "", "url": "", "parent": null,'
        ' "estimated": false}], "comments_elsewhere": 0, "photos": [], "notes": []}'
    )
    assert to_json(post_from_json(post)) == post
    blog = (
        '{"key": "k", "title": "t", "kind": "x", "address": "", "time_zone": null,'
        ' "notes": []}'
    )
    assert to_json(blog_from_json(blog)) == blog


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Asia/Shanghai", "2007-04-20T01:29:58", "2007-04-19T17:29:58"),
        # Six hours before and after the clocks of New York went forward.
        ("America/New_York", "2007-03-10T23:00:00", "2007-03-11T04:00:00"),
        ("America/New_York", "2007-03-11T05:00:00", "2007-03-11T09:00:00"),
        # An hour that happened twice is its first, one that never was is still a time.
        ("Europe/Berlin", "2007-10-28T02:30:00", "2007-10-28T00:30:00"),
        ("Europe/Berlin", "2007-03-25T02:30:00", "2007-03-25T01:30:00"),
        # Rules change: Venezuela by half an hour in the night of that day, the US by
        # weeks in that year, Moscow for good, Samoa by a whole day.
        ("America/Caracas", "2007-12-09T02:59:59", "2007-12-09T06:59:59"),
        ("America/Caracas", "2007-12-09T03:00:00", "2007-12-09T07:30:00"),
        ("America/New_York", "2006-03-15T12:00:00", "2006-03-15T17:00:00"),
        ("America/New_York", "2007-03-15T12:00:00", "2007-03-15T16:00:00"),
        ("Europe/Moscow", "2010-12-01T12:00:00", "2010-12-01T09:00:00"),
        ("Europe/Moscow", "2011-12-01T12:00:00", "2011-12-01T08:00:00"),
        ("Pacific/Apia", "2011-12-29T12:00:00", "2011-12-29T22:00:00"),
        ("Pacific/Apia", "2011-12-31T12:00:00", "2011-12-30T22:00:00"),
        ("Asia/Kathmandu", "2007-04-20T01:29:58", "2007-04-19T19:44:58"),
        ("UTC", "1969-12-31T23:59:59", "1969-12-31T23:59:59"),
    ],
)
def test_naive_dates_are_read_on_the_clock_of_the_zone(
    zone: str, local: str, utc: str
) -> None:
    naive = datetime.fromisoformat(local)
    post = Post("k", "", "", naive, comments=(Comment("c", "", "", naive),))
    moved = in_zone(post, ZoneInfo(zone))
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    for date in (moved.date, moved.comments[0].date):
        assert date
        assert date.astimezone(UTC) == expected


def test_dates_that_know_their_zone_and_dates_that_are_missing_stay() -> None:
    aware = datetime(2007, 4, 20, tzinfo=timezone(timedelta(hours=8)))
    post = Post("k", "", "", aware, comments=(Comment("c", "", "", None),))
    assert in_zone(post, ZoneInfo("America/New_York")) == post
    assert in_zone(post, UTC).comments[0].date is None
