"""The engine: everything is carried and counted, and pausing is no end."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.move.doubles import (
    NewBlog,
    entry,
    picture,
)
from tests.move.moving import Moving, blog_of, check_totals, ending, of, threads
from wizard.blog import Status
from wizard.destinations import Kind, NewPhoto, NewPost
from wizard.move.book import Book
from wizard.move.choices import As, Choices
from wizard.move.engine import CONNECTIONS
from wizard.move.events import (
    Began,
    PostBegan,
    PostSettled,
    State,
    Trouble,
)
from wizard.move.records import Step


def test_everything_arrives_and_is_counted(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(12))
    events = moving.go()
    check_totals(events)
    ended = ending(events)
    assert ended.verdict.complete, ended.verdict.sentence
    assert not ended.paused
    assert ended.trouble is None
    assert ended.verdict.counts["post"]["sent"] == 12
    assert ended.verdict.counts["photo"]["sent"] == 12
    assert ended.verdict.counts["comment"]["sent"] == 18
    assert len(of(PostBegan, events)) == len(of(PostSettled, events)) == 12
    assert {row.status for row in moving.blog.of(Kind.POST)} == {"publish"}
    assert moving.blog.finished == 1


def test_a_post_arrives_as_it_was(start: Callable[..., Moving]) -> None:
    post = entry(
        3, photos=1, comments=1, categories=("Südsee", "südsee"), tags=("海", " ")
    )
    moving = start(replace(post, excerpt="Short", slug="old-name"))
    moving.move.choices = Choices(time_zone="Asia/Shanghai")
    moving.go()
    (row,) = moving.blog.of(Kind.POST)
    assert isinstance(row.thing, NewPost)
    assert (row.thing.title, row.thing.excerpt) == ("Entry 3", "Short")
    assert (row.slug, row.status) == ("old-name", "publish")
    assert row.thing.date == datetime(2007, 1, 4, 4, tzinfo=UTC)
    categories, tags = moving.blog.of(Kind.CATEGORY), moving.blog.of(Kind.TAG)
    assert [c.id for c in categories] == list(row.thing.categories)
    assert [t.id for t in tags] == list(row.thing.tags)
    assert (categories[0].marker, tags[0].marker) == ("Südsee", "海")
    (photo,) = moving.blog.of(Kind.PHOTO)
    assert f"memory://new/{photo.id}" in row.thing.html
    assert "photos/3-0.png" not in row.thing.html
    comment = moving.thing(Kind.COMMENT)
    assert comment.date.astimezone(UTC) == datetime(2007, 1, 4, 5, tzinfo=UTC)


def test_nothing_unfinished_is_ever_public(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(8))
    shown: list[str] = []

    def watch(verb: str, what: object) -> None:
        rows = moving.blog.of(Kind.POST)
        if verb in ("create", "update") and not isinstance(what, NewPost):
            home = getattr(what, "post", 0)
            shown.extend(r.slug for r in rows if r.id == home and r.status == "publish")

    moving.blog.meddle = watch
    moving.go()
    assert shown == [], "no photo and no comment goes to a public post"
    assert len(moving.blog.public) == 8, "each became public in one step"
    assert all("Words of" in html for _, html in moving.blog.public)


@pytest.mark.parametrize("was", Status)
@pytest.mark.parametrize("choice", As)
def test_drafts_and_private_posts_are_never_shown(
    start: Callable[..., Moving], was: Status, choice: As
) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    moving = start(entry(1, photos=1, comments=2, status=was, date=later))
    moving.move.choices = Choices(status=choice)
    moving.go()
    hidden = was in (Status.DRAFT, Status.PENDING) and choice is not As.PUBLISH
    if hidden or was is Status.PRIVATE or choice in (As.DRAFT, As.PRIVATE):
        assert moving.blog.public == []
    else:
        assert len(moving.blog.public) == 1


def test_again_changes_nothing(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(6))
    moving.go()
    before, asked = moving.blog.picture_of(), moving.blog.count("create")
    reads = sum(moving.source.reads.values())
    events = moving.go()
    check_totals(events)
    assert events[0] == Began(19, 19)
    assert ending(events).verdict.complete
    assert moving.blog.picture_of() == before
    assert moving.blog.count("create") == asked
    assert moving.blog.count("update") == 6 + 6 + 4, "none in the second run"
    assert sum(moving.source.reads.values()) == reads


def test_a_lost_move_file_costs_no_second_copy(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(6))
    moving.go()
    before, made = moving.blog.picture_of(), len(moving.blog.rows)
    found = start(*blog_of(6))
    found.blog = moving.blog
    events = found.go()
    check_totals(events)
    assert ending(events).verdict.complete
    assert moving.blog.picture_of() == before
    assert len(moving.blog.rows) == made


def test_what_an_earlier_move_brought_in_another_way_is_left_and_told(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(3))
    moving.go()
    before = moving.blog.picture_of()
    other = start(*blog_of(3))
    other.blog = moving.blog
    other.move.choices = Choices(status=As.DRAFT)
    events = other.go()
    assert moving.blog.picture_of() == before
    assert not ending(events).verdict.complete
    for settled in of(PostSettled, events):
        assert settled.trouble
        assert "at the new blog already" in settled.trouble.title


def test_pausing_and_going_on_ends_like_an_undisturbed_move(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(20))
    pauses = 0
    creations = 0

    def meddle(verb: str, what: object) -> None:
        nonlocal creations
        creations += verb == "create"
        if verb == "create" and creations % 10 == 9:
            moving.stop.set()

    moving.blog.meddle = meddle
    for _ in range(100):
        moving.stop.clear()
        events = moving.go()
        check_totals(events)
        if not ending(events).paused:
            break
        pauses += 1
        assert ending(events).trouble is None
    assert pauses > 3
    undisturbed = start(*blog_of(20))
    undisturbed.go()
    assert moving.blog.picture_of() == undisturbed.blog.picture_of()


def test_a_pause_before_the_start_sends_nothing(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(3))
    moving.stop.set()
    events = moving.go()
    assert ending(events).paused
    assert not moving.blog.asked


def test_closing_the_generator_stops_the_threads(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(30))
    moving.blog.meddle = lambda verb, what: time.sleep(0.005)
    events = moving.begin()
    for event in events:
        if isinstance(event, PostSettled):
            break
    assert threads()
    events.close()
    assert threads() == []
    assert len(moving.blog.of(Kind.POST)) < 30, "they did not just finish"
    assert not moving.stop.is_set(), "the person's own event is not ours to set"
    asked = len(moving.blog.asked)
    time.sleep(0.05)
    assert len(moving.blog.asked) == asked
    check_totals(moving.go())


def test_a_listener_who_is_slow_or_leaves_does_not_hang_the_threads(
    start: Callable[..., Moving],
) -> None:
    """More happens than the queue holds before anybody listens."""
    moving = start(entry(1, comments=1200))
    events = moving.begin()
    next(events)
    next(events)
    deadline = time.monotonic() + 20
    while moving.blog.count("create", Kind.COMMENT) < 900:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    began = time.monotonic()
    events.close()
    assert time.monotonic() - began < 5


def test_no_more_threads_than_connections(start: Callable[..., Moving]) -> None:
    moving = start(*blog_of(15))
    busy: set[str] = set()
    at_once, most, lock = 0, 0, threading.Lock()

    def meddle(verb: str, what: object) -> None:
        nonlocal at_once, most
        with lock:
            busy.add(threading.current_thread().name)
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.002)
        with lock:
            at_once -= 1

    moving.blog.meddle = meddle
    moving.go()
    assert len(busy) <= CONNECTIONS
    assert 1 < most <= CONNECTIONS
    most = 0
    again = start(*blog_of(6))
    again.blog.meddle = meddle
    again.go(connections=1)
    assert most == 1


def test_memory_stays_flat_as_blogs_grow(start: Callable[..., Moving]) -> None:
    def peak(number: int) -> int:
        posts = [entry(n, photos=1) for n in range(number)]
        moving = start(*posts)
        moving.source.pictures = {}
        moving.source.read = lambda photo: picture(  # type: ignore[method-assign]
            sum(photo.address.encode()), "BMP", (300, 300)
        )

        class Forgetful(NewBlog):
            def create(self, thing, marker):  # type: ignore[no-untyped-def]
                if isinstance(thing, NewPhoto):
                    thing = replace(thing, data=b"")
                return super().create(thing, marker)

        moving.blog = Forgetful()
        tracemalloc.start()
        try:
            for _ in moving.begin():
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(15), peak(90)
    assert many < few * 1.6 + 500_000, (few, many)


def test_posts_that_show_one_photo_at_the_same_time_bring_it_once(
    start: Callable[..., Moving], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is next may ask for it only when it is written down where it went."""
    end = Book.end

    def slowly(
        book: Book, step: Step, state: State, trouble: Trouble | None = None
    ) -> Step:
        time.sleep(0.02)
        return end(book, step, state, trouble)

    monkeypatch.setattr(Book, "end", slowly)
    moving = start(*[entry(number, photos=1) for number in range(8)])
    same = next(iter(moving.source.pictures.values()))
    moving.source.pictures = dict.fromkeys(moving.source.pictures, same)
    assert ending(moving.go()).verdict.complete
    assert len(moving.blog.of(Kind.PHOTO)) == 1
