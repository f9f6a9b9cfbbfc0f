"""Undoing: what the move made goes, what people touched stays, killed and repeated at will."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.move.doubles import Row, entry
from tests.move.moving import Moving, ending, of
from wizard.blog import Status
from wizard.destinations import Kind, NewComment, NewPost, NewTerm, Remote, Thing
from wizard.move import undoing
from wizard.move.events import Event, ItemSettled, State
from wizard.move.undoing import ANSWERED, KEPT, USED, undo


class Killed(BaseException):
    """The program ends here."""


@pytest.fixture
def moving(start: Callable[..., Moving]) -> Moving:
    moving = start(
        entry(1, photos=2, comments=2, categories=("Garden",), tags=("beans",)),
        entry(2, photos=1, comments=1, categories=("Garden", "Sea")),
        entry(3),
    )
    moving.blog.shared = True
    return moving


@pytest.fixture
def moved(moving: Moving) -> Moving:
    assert ending(moving.go()).verdict.complete
    return moving


def take_back(moving: Moving) -> list[Event]:
    return list(
        undo(moving.move, moving.blog, threading.Event(), patience=moving.patience)
    )


def post(moving: Moving, number: int) -> Row:
    (row,) = [
        row
        for row in moving.blog.of(Kind.POST)
        if getattr(row.thing, "title", "") == f"Entry {number}"
    ]
    return row


def stays(events: list[Event]) -> dict[Kind, int]:
    kept = [event for event in of(ItemSettled, events) if event.state is State.SENT]
    return {kind: n for kind in Kind if (n := sum(e.kind is kind for e in kept))}


def test_a_photo_of_several_posts_goes_once_and_comes_again(
    start: Callable[..., Moving],
) -> None:
    moving = start(*[entry(number, photos=1) for number in range(3)])
    same = next(iter(moving.source.pictures.values()))
    moving.source.pictures = dict.fromkeys(moving.source.pictures, same)
    assert ending(moving.go()).verdict.complete, [r.trouble for r in moving.move.rows()]
    picture = moving.blog.picture_of()
    assert len(moving.blog.of(Kind.PHOTO)) == 1
    ended = ending(take_back(moving))
    assert not moving.blog.rows
    assert "3 posts and 3 photos were" in ended.verdict.sentence
    assert ending(moving.go()).verdict.complete
    assert moving.blog.picture_of() == picture


def test_all_that_was_made_goes_and_posts_go_to_the_trash(moved: Moving) -> None:
    ended = ending(take_back(moved))
    assert not moved.blog.rows
    assert len([r for r in moved.blog.trash.values() if r.thing.kind is Kind.POST]) == 3
    assert ended.verdict.complete
    assert "3 posts, 3 comments, 3 photos, 2 categories and 1 tag were" in (
        ended.verdict.sentence
    )


def test_the_total_never_changes(moved: Moving) -> None:
    settled = of(ItemSettled, take_back(moved))
    assert [event.done for event in settled] == list(range(1, 13))
    assert {event.total for event in settled} == {12}


def test_what_was_there_before_stays(moving: Moving) -> None:
    garden = moving.blog.create(NewTerm(Kind.CATEGORY, "Garden"), "Garden")
    theirs = NewPost("Theirs", "<p>x</p>", None, Status.PUBLISH)
    before = {garden.id, moving.blog.create(theirs, "theirs").id}
    moving.go()
    take_back(moving)
    assert set(moving.blog.rows) == before


def test_of_a_tree_of_categories_nothing_stays(start: Callable[..., Moving]) -> None:
    moving = start(entry(1, categories=("A", "B", "C")), entry(2, categories=("D",)))
    moving.source.parents = (("A", "B"), ("B", "Z"), ("D", "A"))
    moving.read()
    moving.go()
    assert len(moving.blog.of(Kind.CATEGORY)) == 5
    take_back(moving)
    assert not moving.blog.rows


def test_a_category_whose_making_was_cut_off_is_known_as_ours(moving: Moving) -> None:
    create = moving.blog.create

    def killed(thing: Thing, mark: str) -> Remote:
        made = create(thing, mark)
        if isinstance(thing, NewTerm):
            raise Killed
        return made

    moving.blog.create = killed  # type: ignore[method-assign]
    with pytest.raises(Killed):
        moving.go(connections=1)
    moving.blog.create = create  # type: ignore[method-assign]
    moving.go()
    take_back(moving)
    assert not moving.blog.rows


def test_after_it_the_blog_can_be_moved_again(moved: Moving) -> None:
    picture = moved.blog.picture_of()
    take_back(moved)
    assert ending(moved.go()).verdict.complete
    assert moved.blog.picture_of() == picture


def test_a_post_that_was_edited_stays_with_all_that_is_in_it(moved: Moving) -> None:
    row = post(moved, 1)
    row.thing = replace(row.thing, html="<p>Mine</p>")  # type: ignore[type-var]
    events = take_back(moved)
    assert stays(events) == {
        Kind.POST: 1,
        Kind.COMMENT: 2,
        Kind.PHOTO: 2,
        Kind.CATEGORY: 1,
        Kind.TAG: 1,
    }
    assert KEPT in {event.trouble for event in of(ItemSettled, events)}
    assert USED in {event.trouble for event in of(ItemSettled, events)}
    assert not ending(events).verdict.complete
    assert "1 post, 2 comments, 2 photos" in ending(events).verdict.sentence
    assert "stay there" in ending(events).verdict.sentence


def test_a_post_with_a_new_comment_or_an_edited_one_stays(moved: Moving) -> None:
    home = post(moved, 3).id
    said = NewComment(home, 0, "Reader", "", "", "I was here", None)
    moved.blog.create(said, "Mozilla/5.0")
    comment = next(
        row
        for row in moved.blog.of(Kind.COMMENT)
        if getattr(row.thing, "post", 0) == post(moved, 2).id
    )
    comment.thing = replace(comment.thing, html="moderated")  # type: ignore[type-var]
    events = take_back(moved)
    assert stays(events)[Kind.POST] == 2
    assert {ANSWERED, KEPT} <= {event.trouble for event in of(ItemSettled, events)}
    assert {row.id for row in moved.blog.of(Kind.POST)} == {
        row.id for row in (post(moved, 2), post(moved, 3))
    }


def test_what_the_person_put_into_the_trash_stays_in_it(moved: Moving) -> None:
    for step in list(moved.move.all_steps(Kind.POST)):
        moved.move.record(step, attempts=0)  # found there: they stay
    said = moved.blog.of(Kind.COMMENT)[0]
    said.status = "trash"
    take_back(moved)
    assert len(moved.blog.of(Kind.POST)) == 3
    assert moved.blog.rows[said.id].status == "trash"


def test_spam_that_came_meanwhile_keeps_nothing(moved: Moving) -> None:
    said = NewComment(post(moved, 3).id, 0, "Pills", "", "", "Buy", None)
    spam = moved.blog.create(said, "Mozilla/5.0")
    moved.blog.rows[spam.id].status = "spam"
    assert stays(take_back(moved)) == {}


def test_a_photo_with_a_new_caption_stays(moved: Moving) -> None:
    photo = moved.blog.of(Kind.PHOTO)[0]
    photo.thing = replace(photo.thing, caption="Mine")  # type: ignore[type-var]
    assert stays(take_back(moved)) == {Kind.PHOTO: 1}


def test_a_photo_that_a_staying_post_shows_stays(start: Callable[..., Moving]) -> None:
    moving = start(entry(1, photos=1), entry(2, photos=1))
    same = b"".join(moving.source.pictures.values())[:0]
    first = next(iter(moving.source.pictures.values()))
    moving.source.pictures = dict.fromkeys(moving.source.pictures, first)
    assert not same
    moving.go()
    assert len(moving.blog.of(Kind.PHOTO)) == 1
    row = post(moving, 2)
    row.thing = replace(row.thing, html="<p>Mine</p>")  # type: ignore[type-var]
    take_back(moving)
    assert len(moving.blog.of(Kind.PHOTO)) == 1
    assert len(moving.blog.of(Kind.POST)) == 1


def test_a_photo_that_the_person_shows_in_a_post_of_their_own_stays(
    moved: Moving,
) -> None:
    photo = moved.blog.of(Kind.PHOTO)[0]
    html = f'<img src="{moved.blog.address}/{photo.id}.png">'
    theirs = NewPost("Theirs", html, None, Status.PUBLISH)
    moved.blog.create(theirs, "theirs")
    events = take_back(moved)
    assert stays(events) == {Kind.PHOTO: 1}
    assert "1 photo stays there" in ending(events).verdict.sentence
    assert photo.id in moved.blog.rows


def test_a_category_that_somebody_uses_stays(moved: Moving) -> None:
    sea = next(r for r in moved.blog.of(Kind.CATEGORY) if r.marker == "Sea")
    theirs = NewPost("Theirs", "<p>x</p>", None, Status.DRAFT, categories=(sea.id,))
    moved.blog.create(theirs, "theirs")
    events = take_back(moved)
    assert stays(events) == {Kind.CATEGORY: 1}
    assert sea.id in moved.blog.rows


def test_why_an_undo_left_it_there_is_over_when_all_is_moved_again(
    moved: Moving,
) -> None:
    sea = next(r for r in moved.blog.of(Kind.CATEGORY) if r.marker == "Sea")
    photo = moved.blog.of(Kind.PHOTO)[0]
    html = f'<img src="{moved.blog.address}/{photo.id}.png">'
    theirs = NewPost("Theirs", html, None, Status.DRAFT, categories=(sea.id,))
    moved.blog.create(theirs, "theirs")
    assert stays(take_back(moved)) == {Kind.PHOTO: 1, Kind.CATEGORY: 1}
    ended = ending(moved.go())
    assert ended.verdict.complete, ended.verdict.sentence
    for kind in Kind:
        assert [s.trouble for s in moved.move.all_steps(kind) if s.trouble] == []


def test_what_is_gone_already_is_no_trouble(moved: Moving) -> None:
    moved.blog.delete(Remote(Kind.POST, post(moved, 1).id))
    moved.blog.delete(Remote(Kind.PHOTO, moved.blog.of(Kind.PHOTO)[0].id))
    done = ending(take_back(moved)).verdict
    assert done.complete
    assert "2 posts, 1 comment, 2 photos, 2 categories and 1 tag" in done.sentence
    assert not moved.blog.rows


@pytest.mark.parametrize("known", [True, False])
def test_what_people_deleted_comes_back_only_if_they_ask_for_it(
    moved: Moving, known: bool
) -> None:
    before = moved.blog.picture_of()
    lost = post(moved, 1).id
    moved.blog.delete(Remote(Kind.POST, lost))
    if known:
        moved.go()
    take_back(moved)
    moved.go()
    assert {row.thing.title for row in moved.blog.of(Kind.POST)} == {
        "Entry 2",
        "Entry 3",
    }
    moved.move.bring_back()
    assert ending(moved.go()).verdict.complete
    assert len(moved.blog.picture_of()) == len(before)


def test_what_was_left_unfinished_goes_too(moving: Moving) -> None:
    events = moving.begin()
    for event in events:
        if isinstance(event, ItemSettled):
            break
    events.close()
    take_back(moving)
    assert not moving.blog.rows


@pytest.mark.parametrize("touched", [False, True])
def test_what_was_stopped_just_before_it_became_public_goes_unless_it_is_edited(
    moving: Moving, touched: bool
) -> None:
    def stop(verb: str, what: object) -> None:
        if verb == "update" and "unfinished" in getattr(what, "html", ""):
            moving.stop.set()

    moving.blog.meddle = stop
    assert ending(moving.go(only={"cns!3"}, connections=1)).paused
    moving.blog.meddle = lambda verb, what: None
    row = post(moving, 3)
    assert (row.status, row.slug) == ("private", "entry-3")
    if touched:
        row.thing = replace(row.thing, title="Mine")
    take_back(moving)
    assert [row.thing.title for row in moving.blog.of(Kind.POST)] == ["Mine"] * touched


@pytest.mark.parametrize("number", range(1, 16))
def test_it_may_be_killed_at_any_request_and_repeated(
    moved: Moving, number: int
) -> None:
    left = [number]

    def kill(verb: str, what: object) -> None:
        if verb == "delete":
            left[0] -= 1
            if left[0] == 0:
                raise Killed

    moved.blog.meddle = kill
    events = undo(moved.move, moved.blog, moved.stop, patience=moved.patience)
    try:
        for _ in events:
            pass
    except Killed:
        pass
    moved.blog.meddle = lambda verb, what: None
    assert ending(take_back(moved)).verdict.complete
    assert not moved.blog.rows


def test_who_moves_on_after_half_of_it_has_all_comments_again(moved: Moving) -> None:
    before, stop = moved.blog.picture_of(), threading.Event()

    def pause(verb: str, what: object) -> None:
        if verb == "delete":
            stop.set()

    moved.blog.meddle = pause
    list(undo(moved.move, moved.blog, stop, patience=moved.patience))
    moved.blog.meddle = lambda verb, what: None
    assert moved.blog.picture_of() != before
    ended = ending(moved.go())
    assert ended.verdict.complete, ended.verdict.sentence
    assert moved.blog.picture_of() == before


def test_pausing_it_takes_back_the_rest_later(moved: Moving) -> None:
    stop = threading.Event()

    def pause(verb: str, what: object) -> None:
        if verb == "delete":
            stop.set()

    moved.blog.meddle = pause
    events = list(undo(moved.move, moved.blog, stop, patience=moved.patience))
    assert ending(events).paused
    assert len(of(ItemSettled, events)) == 1
    assert moved.blog.rows
    moved.blog.meddle = lambda verb, what: None
    events = take_back(moved)
    assert not moved.blog.rows
    assert "3 posts, 3 comments, 3 photos, 2 categories and 1 tag were taken back" in (
        ending(events).verdict.sentence
    ), "those of before count, too"


def test_what_an_undo_of_another_day_took_is_not_counted_again(moved: Moving) -> None:
    take_back(moved)
    moved.move.choose(["cns!1", "cns!2"], False)
    moved.go()
    assert "1 post was taken back" in ending(take_back(moved)).verdict.sentence


def test_without_looking_what_people_wrote_would_go(
    moved: Moving, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = post(moved, 1)
    row.thing = replace(row.thing, html="<p>Mine</p>")  # type: ignore[type-var]
    monkeypatch.setattr(undoing._Undoing, "_untouched", lambda *args: True)
    take_back(moved)
    assert row.id not in moved.blog.rows
