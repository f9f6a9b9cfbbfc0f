"""The numbers of the Ready page: what will be sent, what cannot be, what stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.move.doubles import entry
from wizard.blog import Photo
from wizard.destinations import Kind, Remote
from wizard.move.choices import Choices
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.plan import Plan, many, plan
from wizard.move.records import Step

ALL = frozenset(Kind)


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    lost = entry(2, comments=2, comments_elsewhere=7, categories=("A", "B"))
    with Move.create(tmp_path / "a.move") as move:
        move.add(
            [
                entry(1, photos=2, comments=1, categories=("A",)),
                replace(lost, photos=(Photo("x", False), Photo("y", True))),
                entry(3, date=None),
            ]
        )
        yield move


def test_it_counts_what_is_chosen(move: Move) -> None:
    assert plan(move, ALL) == Plan(
        posts=3,
        photos=3,
        photos_missing=1,
        comments=3,
        comments_elsewhere=7,
        categories=2,
        undated=1,
    )
    move.choose(["cns!2", "cns!3"], False)
    assert plan(move, ALL) == Plan(1, 2, 0, 1, 0, 1, 0)
    move.choose(["cns!1"], False)
    assert plan(move, ALL) == Plan(0, 0, 0, 0, 0, 0, 0)


def test_what_is_not_wanted_or_not_carried_does_not_count(move: Move) -> None:
    nothing = (0, 0, 0)
    found = plan(move, frozenset({Kind.POST}))
    assert (found.photos, found.comments, found.categories) == nothing
    move.choices = Choices(comments=False, photos=False, categories=False)
    found = plan(move, ALL)
    assert (found.photos, found.comments, found.categories) == nothing
    assert found.posts == 3


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((24, 40, 0, 31, 0, 0, 0), "24 posts with 40 photos and 31 comments"),
        ((1, 1, 0, 0, 0, 0, 0), "1 post with 1 photo"),
        ((1204, 0, 9, 1, 9, 9, 9), "1,204 posts with 1 comment"),
        ((0, 0, 0, 0, 0, 0, 0, 0, 9), "Nothing new"),
        ((0, 1, 0, 3, 0, 0, 0, 0, 9), "1 photo and 3 comments"),
    ],
)
def test_the_sentence(counts: tuple[int, ...], sentence: str) -> None:
    assert Plan(*counts).sentence == f"{sentence} will be moved."


def test_where_nothing_is_chosen_nothing_will_be_moved() -> None:
    found = Plan(0, 0, 0, 0, 0, 0, 0)
    assert found.sentence == "Nothing is chosen, so nothing will be moved."
    assert found.before == ""


def test_what_was_moved_before_is_not_counted_again(move: Move) -> None:
    def settled(kind: Kind, key: str, state: State, remote: Remote | None) -> None:
        step = Step(kind, "cns!1", key, f"md-{key}")
        move.record(step, state=state, remote=remote)

    there = Remote(Kind.POST, 7, "memory://new/7")
    settled(Kind.POST, "cns!1", State.SENT, there)
    settled(Kind.PHOTO, "photos/1-0.png", State.SENT, there)
    found = plan(move, ALL)
    assert (found.posts, found.photos, found.comments) == (2, 2, 3)
    assert (found.posts_before, found.categories) == (1, 2)
    assert found.before.startswith("1 post was moved before")
    # What somebody took away there is not put back, and a refused one is tried again.
    settled(Kind.PHOTO, "photos/1-0.png", State.LEFT_OUT, there)
    settled(Kind.PHOTO, "photos/1-1.png", State.REFUSED, None)
    assert plan(move, ALL).photos == 2
    settled(Kind.POST, "cns!1", State.LEFT_OUT, there)
    found = plan(move, ALL)
    assert (found.posts, found.photos, found.comments) == (2, 1, 2)


def test_many_knows_one_from_many() -> None:
    assert (many(1, "photo"), many(0, "photo")) == ("1 photo", "0 photos")
    assert many(12345, "photo") == "12,345 photos"
