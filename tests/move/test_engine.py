"""The engine: every item is settled and counted, whatever happens to some of them."""

from __future__ import annotations

import random
import threading
import time
import tracemalloc
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.move.doubles import (
    HASTY,
    NewBlog,
    OldBlog,
    entry,
    lost,
    picture,
    refused,
    twice,
    unanswered,
    well,
)
from wizard.blog import Photo, Post, Status
from wizard.destinations import Kind, NewComment, NewPhoto, NewPost, Remote
from wizard.errors import MoveFileError, NotAllowed, Refused, SignInFailed, Unreachable
from wizard.move.asking import Patience
from wizard.move.choices import As, Choices
from wizard.move.engine import CONNECTIONS, run
from wizard.move.events import (
    Began,
    Ended,
    Event,
    ItemSettled,
    PostBegan,
    PostSettled,
    State,
    Waiting,
)
from wizard.move.file import Move
from wizard.move.reading import read


class Moving:
    """One old blog on its way to one new blog."""

    def __init__(self, move: Move, *posts: Post) -> None:
        self.move = move
        self.source = OldBlog(posts)
        self.blog = NewBlog()
        self.stop = threading.Event()
        self.patience = HASTY
        self.read()

    def read(self) -> None:
        list(read(self.move, self.source, threading.Event()))

    def begin(self, **options: object) -> Generator[Event, None, None]:
        return run(
            self.move,
            self.source,
            self.blog,
            self.stop,
            patience=self.patience,
            **options,  # type: ignore[arg-type]
        )

    def go(self, **options: object) -> list[Event]:
        return list(self.begin(**options))

    def thing(self, kind: Kind, number: int = 0):  # type: ignore[no-untyped-def]
        return self.blog.of(kind)[number].thing


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Moving]]:
    opened: list[Move] = []

    def start(*posts: Post) -> Moving:
        opened.append(Move.create(tmp_path / f"{len(opened)}.move"))
        return Moving(opened[-1], *posts)

    yield start
    for move in opened:
        move.close()
    assert threads() == [], "no thread outlives its run"


def threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("move")]


def of(kind: type, events: list[Event]) -> list:  # type: ignore[type-arg]
    return [event for event in events if isinstance(event, kind)]


def ending(events: list[Event]) -> Ended:
    assert isinstance(events[-1], Ended)
    assert len(of(Ended, events)) == 1
    return events[-1]


def check_totals(events: list[Event]) -> None:
    """The total never changes, the number only grows, and an undisturbed run ends full."""
    began = events[0]
    assert isinstance(began, Began)
    settled = of(ItemSettled, events)
    numbers = [began.done, *(item.done for item in settled)]
    assert {item.total for item in settled} <= {began.total}
    assert numbers == sorted(numbers)
    if not ending(events).paused:
        assert numbers[-1] == began.total


def blog_of(number: int) -> list[Post]:
    return [entry(n, photos=n % 3, comments=n % 4) for n in range(number)]


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
    moving = start(entry(1, photos=1, comments=2, status=was))
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


# Trouble with some


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


def test_what_may_not_be_sent_is_left_out_with_a_reason(
    start: Callable[..., Moving],
) -> None:
    moving = start(*blog_of(6))
    moving.blog.carries -= {Kind.COMMENT, Kind.CATEGORY}
    events = moving.go()
    check_totals(events)
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


# Photos


def test_a_picture_in_many_posts_is_uploaded_once(start: Callable[..., Moving]) -> None:
    moving = start(*(entry(n, photos=1) for n in range(8)))
    same = picture(1)
    moving.source.pictures = dict.fromkeys(moving.source.pictures, same)
    moving.blog.meddle = lambda verb, what: time.sleep(0.01)
    events = moving.go()
    check_totals(events)
    assert ending(events).verdict.complete
    (row,) = moving.blog.of(Kind.PHOTO)
    assert all(
        f"memory://new/{row.id}.png" in moving.thing(Kind.POST, n).html
        for n in range(8)
    )


def test_a_photo_that_is_missing_or_no_picture_is_told_and_the_post_moves(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, photos=3))
    moving.source.pictures["photos/1-0.png"] = b"<html>Sign in</html>"
    del moving.source.pictures["photos/1-1.png"]
    events = moving.go()
    check_totals(events)
    assert not ending(events).verdict.complete
    steps = {s.key: s for s in moving.move.steps("cns!1")}
    assert steps["photos/1-0.png"].state is State.REFUSED
    assert steps["photos/1-1.png"].state is State.REFUSED
    assert steps["photos/1-2.png"].state is State.SENT
    assert steps["cns!1"].state is State.SENT
    # When the photo turns up, the retry adds it to the post that is there.
    moving.source.pictures["photos/1-1.png"] = picture(99)
    events = moving.go()
    check_totals(events)
    assert len(moving.blog.of(Kind.PHOTO)) == 2
    html = moving.thing(Kind.POST).html
    assert html.count("<img") == 2


def test_a_picture_is_named_after_what_it_is(start: Callable[..., Moving]) -> None:
    post = entry(1, photos=0)
    photo = Photo("x/é ü.bmp.exe", True, alt="A", caption="B")
    moving = start(replace(post, photos=(photo,)))
    moving.source.pictures = {photo.address: picture(1, "BMP")}
    moving.go()
    sent = moving.thing(Kind.PHOTO)
    assert isinstance(sent, NewPhoto)
    assert sent.name.isascii()
    assert sent.name.endswith((".png", ".jpg"))
    assert (sent.alt, sent.caption) == ("A", "B")


# Pausing


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


# The sign-in, the line, the file


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


# What others do at the new blog


def test_what_the_person_edited_there_is_left_alone(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, comments=1), entry(2))
    moving.go()
    row = moving.blog.of(Kind.POST)[0]
    assert isinstance(row.thing, NewPost)
    row.thing = mine = replace(row.thing, html="<p>My better words</p>")
    moving.move.choices = Choices(tags=False)  # everything would be updated
    events = moving.go()
    check_totals(events)
    edited = [r for r in moving.blog.of(Kind.POST) if r.id == row.id]
    assert edited[0].thing == mine
    troubles = [r.trouble for r in moving.move.rows() if r.trouble]
    assert len(troubles) == 1
    assert "changed this post" in troubles[0].title


def test_what_the_person_deleted_there_is_not_put_back(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, comments=1), entry(2))
    moving.go()
    gone = moving.blog.of(Kind.POST)[0]
    moving.blog.delete(Remote(Kind.POST, gone.id))
    moving.move.choices = Choices(tags=False)
    events = moving.go()
    check_totals(events)
    assert len(moving.blog.of(Kind.POST)) == 1
    troubles = [r.trouble for r in moving.move.rows() if r.trouble]
    assert len(troubles) == 1
    assert "deleted" in troubles[0].title


def test_new_words_in_the_source_reach_the_post_that_is_there(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, comments=1), entry(2))
    moving.go()
    moving.source.all[0] = entry(1, comments=2, html="<p>Other words.</p>")
    moving.read()
    events = moving.go()
    check_totals(events)
    assert ending(events).verdict.complete
    assert len(moving.blog.of(Kind.POST)) == 2
    assert len(moving.blog.of(Kind.COMMENT)) == 2
    htmls = [row.thing.html for row in moving.blog.of(Kind.POST)]  # type: ignore[union-attr]
    assert sum("Other words" in html for html in htmls) == 1


def test_a_post_that_was_altered_on_arrival_deserves_a_look(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1))
    real = moving.blog.read

    def filtered(remote: Remote) -> NewPost | None:
        now = real(remote)
        return now and replace(now, html="<p>Words</p>")

    moving.blog.read = filtered  # type: ignore[method-assign]
    ended = ending(moving.go())
    assert not ended.verdict.complete
    (row,) = moving.move.rows()
    assert row.state is State.SENT
    assert row.trouble
    assert "changed this post on arrival" in row.trouble.title


# All at once


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

    def without_parents(blog: NewBlog) -> list[object]:
        return sorted(row[0] for row in blog.picture_of())  # type: ignore[type-var]

    assert without_parents(moving.blog) == without_parents(undisturbed.blog)
    assert all(row.status == "publish" for row in moving.blog.of(Kind.POST))


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
