"""Lists and answers of a moment ago, or to somebody else: no item is called gone, changed
or held back for their sake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from tests.move.doubles import entry
from tests.move.moving import Moving, ending, of
from wizard.blog import Status
from wizard.destinations import Kind, NewPost, Remote
from wizard.errors import Refused
from wizard.move.book import CHANGED, GONE, HELD
from wizard.move.events import ItemSettled
from wizard.move.markers import marker

Told = Iterator[tuple[str, Remote]]
NOTE = marker("space!1", Kind.POST, "at work")


@pytest.fixture
def moving(start: Callable[..., Moving]) -> Moving:
    return start(entry(1, photos=1, comments=2), entry(2, comments=1))


def list_wrongly(
    moving: Moving, kind: Kind, change: Callable[[Remote], Remote | None], times: int
) -> None:
    """So many lists of this kind tell something else of each thing, or nothing."""
    real, lists = moving.blog.ours, [*range(times)]

    def ours(asked: Kind, among: Sequence[str | int] = ()) -> Told:
        wrong = asked is kind and bool(lists)
        if wrong:
            lists.pop()
        for mark, remote in real(asked, among):
            if told := change(remote) if wrong else remote:
                yield mark, told

    moving.blog.ours = ours  # type: ignore[assignment, method-assign]


def troubles(moving: Moving) -> set[object]:
    steps = [*moving.move.all_steps(Kind.POST), *moving.move.all_steps(Kind.COMMENT)]
    return {step.trouble for step in steps}


WRONG = [
    (Kind.POST, lambda remote: None, CHANGED),
    (Kind.POST, lambda remote: replace(remote, print="older"), CHANGED),
    (Kind.COMMENT, lambda remote: None, GONE),
    (Kind.COMMENT, lambda remote: replace(remote, status="trash"), GONE),
    (Kind.COMMENT, lambda remote: replace(remote, status="hold"), HELD),
    (Kind.COMMENT, lambda remote: replace(remote, print="older"), CHANGED),
]


@pytest.mark.parametrize(("kind", "change", "said"), WRONG)
def test_what_one_list_says_is_looked_at_again(
    moving: Moving,
    kind: Kind,
    change: Callable[[Remote], Remote | None],
    said: object,
) -> None:
    moving.go()
    list_wrongly(moving, kind, change, times=1)
    events = moving.go()
    assert ending(events).verdict.complete
    assert not [it for it in of(ItemSettled, events) if it.trouble]
    assert troubles(moving) == {None}


@pytest.mark.parametrize(("kind", "change", "said"), WRONG[2:])
def test_what_all_lists_say_is_told(
    moving: Moving,
    kind: Kind,
    change: Callable[[Remote], Remote | None],
    said: object,
) -> None:
    """Or else the test above could not fail."""
    moving.go()
    list_wrongly(moving, kind, change, times=9)
    moving.go()
    assert said in troubles(moving)


def older(moving: Moving, times: int, **changes: object) -> None:
    """So many answers tell how a post was a moment ago."""
    real, answers = moving.blog.read, [*range(times)]

    def read(remote: Remote) -> NewPost | None:
        now = real(remote)
        if now and answers:
            answers.pop()
            now = replace(now, **changes)  # type: ignore[arg-type]
        return now

    moving.blog.read = read  # type: ignore[method-assign]


AGO = {"status": Status.PRIVATE, "slug": "before", "html": "<p>Before</p>"}


def test_a_post_that_is_read_back_as_it_was_is_read_again(moving: Moving) -> None:
    older(moving, 1, **AGO)
    assert ending(moving.go()).verdict.complete
    assert ending(moving.go()).verdict.complete
    assert troubles(moving) == {None}


def test_one_that_stays_so_is_told(moving: Moving) -> None:
    older(moving, 9, **AGO)
    assert not ending(moving.go()).verdict.complete


def test_a_finished_post_is_not_called_edited_for_one_answer(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1))
    moving.go()
    moving.source.all[0] = replace(moving.source.all[0], title="Better")
    moving.read()
    older(moving, 1, **AGO)
    assert ending(moving.go()).verdict.complete
    assert moving.thing(Kind.POST).title == "Better"


def test_a_note_that_is_listed_and_gone_holds_nobody_up(moving: Moving) -> None:
    moving.blog.shared = True
    moving.go()
    real, blog = moving.blog.find, moving.blog
    template = NewPost("Moving Day is at work here", "", None, Status.DRAFT, slug=NOTE)
    gone = blog.create(template, NOTE)
    blog.delete(gone, for_good=True)
    lists = [gone]

    def find(kind: Kind, mark: str, post: int = 0) -> list[Remote]:
        told = [lists.pop()] if mark == NOTE and lists else []
        return told or real(kind, mark, post)

    def meddle(verb: str, what: object) -> None:
        if verb == "update" and not blog.of(Kind.POST)[2:]:
            raise Refused("The new blog refused this.", "Invalid post ID.")

    blog.find = find  # type: ignore[assignment, method-assign]
    blog.meddle = meddle
    ended = ending(moving.go())
    assert not lists
    assert ended.verdict.complete
    assert not ended.trouble
