"""Posts that the old blog hides after they have moved: nothing stays public unsaid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.move.doubles import entry
from tests.move.moving import Moving, check_totals, ending
from wizard.blog import Post, Status
from wizard.destinations import Kind, NewPost
from wizard.move.book import CHANGED, EDITED, EXPOSED, WITHDRAWN
from wizard.move.checking import verify
from wizard.move.choices import As, Choices
from wizard.move.events import Ended, ItemSettled, State, Trouble
from wizard.move.file import Move
from wizard.move.report import write_report
from wizard.move.undoing import undo
from wizard.move.withdrawn import of_withdrawn

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


def again(moving: Moving, *posts: Post, only: str = "cns!2") -> None:
    """The old blog is read once more, and one post is chosen of it."""
    moving.source.all = list(posts)
    moving.read()
    keys = [row.key for row in moving.move.rows()]
    moving.move.choose(keys, False)
    moving.move.choose([only], True)


def status(moving: Moving, number: int = 0) -> str:
    return moving.blog.of(Kind.POST)[number].status


def trouble(moving: Moving, number: int = 0) -> Trouble | None:
    return moving.move.rows()[number].trouble


def check(moving: Moving) -> Ended:
    events = list(verify(moving.move, moving.blog, moving.stop))
    return ending(events)


@pytest.fixture
def moved(start: Callable[..., Moving]) -> Moving:
    moving = start(entry(1), entry(2))
    moving.go(connections=1)
    assert [status(moving, n) for n in (0, 1)] == ["publish", "publish"]
    return moving


@pytest.mark.parametrize("now", [Status.PRIVATE, Status.DRAFT, Status.PENDING])
def test_one_that_was_not_chosen_is_told_of_and_stays_as_it_is(
    moved: Moving, now: Status
) -> None:
    again(moved, entry(1, status=now), entry(2))
    (said,) = of_withdrawn(moved.move)
    assert said == (
        "1 post that was made public at the new blog is not public at the old one any "
        "more, and not chosen now (“Entry 1” of 2007-01-02). It stays public there unless "
        "you choose it, too, or make it private there."
    )
    events = moved.go()
    check_totals(events)
    assert not ending(events).verdict.complete
    assert trouble(moved) == WITHDRAWN
    assert status(moved) == "publish"
    told = [e for e in events if isinstance(e, ItemSettled) and e.post == "cns!1"]
    assert [(e.state, e.trouble) for e in told] == [(State.SENT, WITHDRAWN)]
    write_report(moved.move, moved.move.path.with_suffix(".html"))
    page = moved.move.path.with_suffix(".html").read_text("utf-8")
    looks = page[page.index("needs a look") :]
    assert WITHDRAWN.title in looks
    assert WITHDRAWN.hint in looks
    # Looked at later, without the old blog, it is told as well.
    assert not check(moved).verdict.complete
    assert trouble(moved) == WITHDRAWN


def test_one_that_is_chosen_is_hidden_there_too(moved: Moving) -> None:
    again(moved, entry(1, status=Status.PRIVATE), entry(2), only="cns!1")
    (said,) = of_withdrawn(moved.move)
    assert "This move hides it there, too, unless somebody has changed it" in said
    events = moved.go()
    assert status(moved) == "private"
    assert trouble(moved) is None
    assert ending(events).verdict.complete
    assert list(of_withdrawn(moved.move)) == []


def test_one_that_somebody_edited_there_is_told_of_although_it_is_chosen(
    moved: Moving,
) -> None:
    row = moved.blog.of(Kind.POST)[0]
    assert isinstance(row.thing, NewPost)
    row.thing = mine = replace(row.thing, html="<p>My better words</p>")
    again(moved, entry(1, status=Status.PRIVATE), entry(2), only="cns!1")
    moved.go()
    assert moved.blog.of(Kind.POST)[0].thing == mine
    assert status(moved) == "publish"
    assert trouble(moved) == WITHDRAWN
    row.status = "private"
    moved.go()
    assert trouble(moved) == EDITED


def test_one_that_came_with_a_lost_move_file_is_told_of(moved: Moving) -> None:
    with Move.create(moved.move.path.with_name("new.move")) as move:
        moved.move = move
        moved.source.all[0] = entry(1, status=Status.PRIVATE)
        moved.read()
        moved.go()
        assert status(moved) == "publish", "nobody knows who made it so"
        assert trouble(moved) == WITHDRAWN


def test_it_is_over_once_it_is_hidden_there_or_public_again_at_the_old_blog(
    moved: Moving,
) -> None:
    again(moved, entry(1, status=Status.PRIVATE), entry(2))
    moved.go()
    assert trouble(moved) == WITHDRAWN
    moved.blog.of(Kind.POST)[0].status = "private"
    check(moved)
    assert trouble(moved) == CHANGED
    assert list(of_withdrawn(moved.move)) == []
    # Whoever makes it public there by hand afterwards knows why.
    moved.blog.of(Kind.POST)[0].status = "publish"
    check(moved)
    assert trouble(moved) is None
    assert list(of_withdrawn(moved.move)) == []


def test_public_again_at_the_old_blog_it_is_as_before(moved: Moving) -> None:
    again(moved, entry(1, status=Status.PRIVATE), entry(2))
    moved.go()
    again(moved, entry(1), entry(2))
    assert ending(moved.go()).verdict.complete
    assert trouble(moved) is None


def test_who_published_a_draft_there_hears_nothing(
    start: Callable[..., Moving],
) -> None:
    by_hand = start(entry(1, status=Status.DRAFT), entry(2))
    by_hand.go(connections=1)
    by_hand.blog.of(Kind.POST)[0].status = "publish"
    again(by_hand, entry(1, status=Status.DRAFT), entry(2))
    by_hand.go()
    assert trouble(by_hand) == CHANGED
    # Nor who asked for it, in this round or in an earlier one.
    asked = start(entry(1, status=Status.DRAFT), entry(2))
    asked.move.choices = Choices(As.PUBLISH)
    asked.go(connections=1)
    for choices in (Choices(As.PUBLISH), Choices()):
        asked.move.choices = choices
        again(asked, entry(1, status=Status.DRAFT), entry(2))
        assert list(of_withdrawn(asked.move)) == []
        asked.go()
        assert trouble(asked) is None
    again(asked, entry(1, status=Status.PRIVATE), entry(2))
    asked.go()
    assert trouble(asked) == WITHDRAWN


def test_who_stopped_before_any_draft_was_published_is_told_of_one_later(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1), entry(2))
    moving.go(connections=1)
    again(moving, entry(1), entry(2), entry(3, status=Status.DRAFT), only="cns!3")
    moving.move.choices = Choices(As.PUBLISH)
    moving.stop.set()
    moving.go()
    moving.stop.clear()
    moving.move.choices = Choices()
    again(moving, entry(1, status=Status.DRAFT), entry(2))
    (said,) = of_withdrawn(moving.move)
    assert "(“Entry 1” of 2007-01-02)" in said
    moving.go()
    assert trouble(moving) == WITHDRAWN


def test_what_a_plugin_makes_public_is_another_matter(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, status=Status.PRIVATE))

    def publish(verb: str, what: object) -> None:
        for row in moving.blog.of(Kind.POST):
            if verb in ("read", "ours") and not row.slug.startswith("md-"):
                row.status = "publish"

    moving.blog.meddle = publish
    moving.go()
    assert trouble(moving) == EXPOSED


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ((Status.PUBLISH, NOW - DAY), (Status.FUTURE, NOW + DAY), True),
        ((Status.FUTURE, NOW + DAY), (Status.DRAFT, NOW + DAY), True),
        ((Status.FUTURE, NOW + DAY), (Status.FUTURE, NOW + 2 * DAY), False),
        ((Status.FUTURE, NOW + DAY), (Status.PUBLISH, NOW - DAY), False),
    ],
)
def test_a_day_to_come_hides_too(
    start: Callable[..., Moving],
    before: tuple[Status, datetime],
    now: tuple[Status, datetime],
    told: bool,
) -> None:
    moving = start(entry(1, status=before[0], date=before[1]), entry(2))
    moving.go(connections=1)
    again(moving, entry(1, status=now[0], date=now[1]), entry(2))
    assert bool(list(of_withdrawn(moving.move))) is told
    moving.go()
    assert (trouble(moving) == WITHDRAWN) is told


def test_one_that_is_not_at_the_old_blog_any_more_is_told_without_alarm(
    moved: Moving,
) -> None:
    again(moved, entry(2))
    (said,) = of_withdrawn(moved.move)
    assert said == (
        "1 post that was made public at the new blog is not in what was read last of the "
        "old one (“Entry 1” of 2007-01-02). Delete it there if nobody shall read it any more."
    )
    # It may have been another backup, in which it never was.
    assert ending(moved.go()).verdict.complete
    write_report(moved.move, moved.move.path.with_suffix(".html"))
    assert "(“Entry 1” of 2007-01-02)" in moved.move.path.with_suffix(
        ".html"
    ).read_text("utf-8")
    again(moved, entry(1), entry(2))
    assert list(of_withdrawn(moved.move)) == []


def public(moving: Moving) -> list[str]:
    things = [(row.thing, row.status) for row in moving.blog.of(Kind.POST)]
    return [
        thing.title
        for thing, status in things
        if isinstance(thing, NewPost) and status == "publish"
    ]


def test_one_that_neither_blog_has_any_more_is_not_made_public_unasked(
    moved: Moving,
) -> None:
    moved.source.all = [entry(2)]
    moved.read()
    list(undo(moved.move, moved.blog, moved.stop))
    for reading in (False, True):
        if reading:
            moved.read()
        (said,) = of_withdrawn(moved.move)
        assert said == (
            "1 post of an earlier reading is not in what was read last of the old blog, "
            "and not at the new one (“Entry 1” of 2007-01-02). Nothing of it is moved, unless you tick "
            "it; in the terminal --only does that."
        )
        moved.go()
        assert public(moved) == ["Entry 2"]
    # Whoever asks for it is told, and gets it.
    moved.move.choose(["cns!1"], True)
    (said,) = of_withdrawn(moved.move)
    assert said.endswith("This move makes it public, unless you take the tick away.")
    moved.go()
    assert sorted(public(moved)) == ["Entry 1", "Entry 2"]


def test_with_its_tick_kept_it_would_be_public_again(moved: Moving) -> None:
    moved.source.all = [entry(2)]
    moved.read()
    list(undo(moved.move, moved.blog, moved.stop))
    moved.move.choose(["cns!1", "cns!2"], True)  # as they were
    moved.go()
    assert sorted(public(moved)) == ["Entry 1", "Entry 2"]


def test_back_at_the_old_blog_it_moves_like_any_other(moved: Moving) -> None:
    moved.source.all = [entry(2)]
    moved.read()
    list(undo(moved.move, moved.blog, moved.stop))
    moved.source.all = [entry(1), entry(2)]
    moved.read()
    assert list(of_withdrawn(moved.move)) == []
    moved.go()
    assert sorted(public(moved)) == ["Entry 1", "Entry 2"]


def test_one_that_was_on_its_way_when_it_was_deleted_does_not_become_public(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1), entry(2))

    def stop(verb: str, what: object) -> None:
        if verb == "create" and isinstance(what, NewPost):
            moving.stop.set()

    moving.blog.meddle = stop
    moving.go(connections=1)
    moving.stop.clear()
    assert public(moving) == []
    moving.blog.meddle = lambda verb, what: None
    moving.source.all = [entry(2)]
    moving.read()
    assert "not at the new one (“Entry 1” of 2007-01-02)" in " ".join(
        of_withdrawn(moving.move)
    )
    moving.go()
    assert public(moving) == ["Entry 2"]


def test_many_are_counted_and_a_few_are_named(start: Callable[..., Moving]) -> None:
    moving = start(*(entry(n) for n in range(8)))
    moving.go(connections=1)
    hidden = [entry(n, status=Status.PRIVATE) for n in range(7)]
    again(moving, *hidden, entry(7), only="cns!7")
    (said,) = of_withdrawn(moving.move)
    assert said.startswith(
        "7 posts that were made public at the new blog are not public at the old one any "
        "more, and not chosen now (“Entry 0” of 2007-01-01, “Entry 1” of 2007-01-02, “Entry "
        "2” of 2007-01-03, “Entry 3” of 2007-01-04, “Entry 4” of 2007-01-05 and 2 more"
    )
