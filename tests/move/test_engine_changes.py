"""The engine and what changes: photos that turn up, posts that somebody edits or deletes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.move.doubles import (
    entry,
    picture,
)
from tests.move.moving import Moving, check_totals, ending
from wizard.blog import Photo
from wizard.destinations import Kind, NewPhoto, NewPost, Remote, Thing
from wizard.move.book import EDITED, LEFT_ALONE
from wizard.move.choices import Choices
from wizard.move.events import Began, State


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


def test_what_the_old_blog_has_taken_away_since_counts_in_no_total(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, photos=2, comments=3), entry(2))
    moving.go()
    shorter = entry(1, photos=1, comments=1)
    moving.source.all = [shorter, entry(2), entry(3, comments=1)]
    moving.read()
    events = moving.go()
    check_totals(events)
    assert events[0] == Began(total=6, done=4)


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


def test_what_was_left_behind_and_is_wanted_now_comes_under_an_edited_post_not_into_it(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, comments=1, photos=1))
    moving.move.choices = Choices(comments=False, photos=False)
    moving.go()
    row = moving.blog.of(Kind.POST)[0]
    assert isinstance(row.thing, NewPost)
    mark = f"<!-- moving-day:{row.marker} -->"
    row.thing = mine = replace(row.thing, html=f"<p>My better words</p>{mark}")
    moving.move.choices = Choices()
    check_totals(moving.go())
    assert moving.thing(Kind.POST) == mine
    assert moving.thing(Kind.COMMENT).html == "Remark 0"
    ends = {s.kind: (s.state, s.trouble) for s in moving.move.steps("cns!1")}
    assert ends == {
        Kind.POST: (State.SENT, EDITED),
        Kind.COMMENT: (State.SENT, None),
        Kind.PHOTO: (State.REFUSED, LEFT_ALONE),
    }


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
    assert "not there any more" in troubles[0].title


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


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("moment", ["photo", "text", "read"])
def test_a_photo_that_comes_later_is_in_its_posts_text_wherever_it_was_killed(
    start: Callable[..., Moving], moment: str
) -> None:
    moving = start(entry(1, photos=1))
    pictures, moving.source.pictures = moving.source.pictures, {"other": b""}
    assert not ending(moving.go()).verdict.complete
    moving.source.pictures = pictures
    real = moving.blog.update

    def killed(remote: Remote, thing: Thing, marker: str) -> Remote:
        if moment == "photo":
            raise Killed
        real(remote, thing, marker)
        raise Killed

    def meddle(verb: str, what: object) -> None:
        if verb == "read" and moving.blog.count("update") > updates:
            raise Killed

    updates = moving.blog.count("update")
    if moment == "read":
        moving.blog.meddle = meddle
    else:
        moving.blog.update = killed  # type: ignore[method-assign]
    with pytest.raises(Killed):
        moving.go()
    moving.blog.update = real  # type: ignore[method-assign]
    moving.blog.meddle = lambda verb, what: None
    assert ending(moving.go()).verdict.complete
    (row,) = moving.blog.of(Kind.POST)
    assert isinstance(row.thing, NewPost)
    assert "<img" in row.thing.html
    assert len(moving.blog.of(Kind.PHOTO)) == 1
