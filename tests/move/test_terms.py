"""Categories of one name at different places are different ones, each made once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.move.doubles import entry
from tests.move.fates import Fate, lost, refused, twice, unanswered
from tests.move.moving import Moving, ending
from wizard.destinations import Kind, NewPost, NewTerm
from wizard.errors import Unreachable
from wizard.move.choices import Choices
from wizard.move.file import Move
from wizard.move.receipt import groups
from wizard.move.undoing import undo

BERLIN, PARIS, TOP = "Berlin → News", "Paris → News", "News"
PARENTS = ((BERLIN, "Berlin"), (PARIS, "Paris"))
# What the first versions of this program wrote of the same blog.
BEFORE = (("News", "Paris"),)


def tell_apart(moving: Moving) -> None:
    """The source says now which is which, as those of before did not."""
    names = [(BERLIN,), (PARIS, "Food"), (TOP,)]
    moving.source.all = [entry(n, categories=c) for n, c in enumerate(names)]
    moving.source.parents = PARENTS
    moving.read()


@pytest.fixture
def moving(start: Callable[..., Moving]) -> Moving:
    moving = start(entry(0))
    tell_apart(moving)
    return moving


@pytest.mark.parametrize("killed", [False, True])
def test_what_was_refused_is_tried_again_and_comes_to_its_posts(
    start: Callable[..., Moving], killed: bool
) -> None:
    moving = start(*(entry(n, categories=("News",), tags=("sea",)) for n in range(2)))
    # The second answer to it is a no as well.
    moving.blog.fates[Kind.CATEGORY] = [refused, refused]
    assert not ending(moving.go()).verdict.complete
    updates = moving.blog.count("update", Kind.POST)
    assert not ending(moving.go()).verdict.complete
    assert moving.blog.count("update", Kind.POST) == updates, "no post for nothing"
    if killed:

        def cut(verb: str, what: object) -> None:
            if verb == "update":
                raise Unreachable("No answer.")

        moving.blog.meddle = cut
        assert ending(moving.go()).paused
        moving.blog.meddle = lambda verb, what: None
    assert ending(moving.go()).verdict.complete
    (news,) = moving.blog.of(Kind.CATEGORY)
    posts = [row.thing for row in moving.blog.of(Kind.POST)]
    assert [post.categories for post in posts] == [(news.id,)] * 2  # type: ignore[union-attr]
    updates = moving.blog.count("update", Kind.POST)
    assert ending(moving.go()).verdict.complete
    assert moving.blog.count("update", Kind.POST) == updates


def where(moving: Moving) -> dict[str, list[str]]:
    """Of each post the ways to its categories, as people see them there."""
    terms = {row.id: row.thing for row in moving.blog.of(Kind.CATEGORY)}

    def way(number: int) -> str:
        term = terms[number]
        assert isinstance(term, NewTerm)
        return f"{way(term.parent)}/{term.name}" if term.parent else term.name

    return {
        thing.title: sorted(map(way, thing.categories))
        for row in moving.blog.of(Kind.POST)
        if isinstance(thing := row.thing, NewPost)
    }


APART = {
    "Entry 0": ["Berlin/News"],
    "Entry 1": ["Food", "Paris/News"],
    "Entry 2": ["News"],
}


def take_back(moving: Moving) -> str:
    events = list(
        undo(moving.move, moving.blog, threading.Event(), patience=moving.patience)
    )
    return ending(events).verdict.sentence


def test_each_stands_where_it_stood_and_undo_takes_all_of_them(moving: Moving) -> None:
    for _ in range(2):
        assert ending(moving.go()).verdict.complete
        assert where(moving) == APART
        assert len(moving.blog.of(Kind.CATEGORY)) == 6
    assert "6 categories" in take_back(moving)
    assert not moving.blog.rows


def test_by_their_names_alone_they_would_be_one(start: Callable[..., Moving]) -> None:
    """The control: what came of it when posts knew no more than the name."""
    moving = start(entry(0, categories=(TOP,)), entry(1, categories=(TOP,)))
    moving.source.parents = BEFORE
    moving.read()
    moving.go()
    assert where(moving) == {"Entry 0": ["Paris/News"], "Entry 1": ["Paris/News"]}


def test_a_category_below_one_that_is_named_by_its_path(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(0, categories=("Local",)), entry(1, categories=(PARIS,)))
    moving.source.parents = (*PARENTS, ("Local", BERLIN), ("Berlin", "Germany"))
    moving.read()
    moving.go()
    there = {"Entry 0": ["Germany/Berlin/News/Local"], "Entry 1": ["Paris/News"]}
    assert where(moving) == there


def test_the_receipt_calls_them_by_their_paths(moving: Moving) -> None:
    moving.go()
    *_, last = groups(moving.move)
    assert {item.name for item in last.items} == {BERLIN, PARIS, TOP, "Food"}
    there = {item.remote.id for item in last.items if item.remote}
    assert len(there) == 4


@pytest.mark.parametrize("fate", [lost, unanswered, twice])
@pytest.mark.parametrize("number", range(6))
def test_a_broken_line_makes_none_twice_and_takes_none_for_another(
    moving: Moving, fate: Fate, number: int
) -> None:
    moving.blog.fates[Kind.CATEGORY] = [lambda store: store()] * number + [fate]
    assert ending(moving.go(connections=1)).verdict.complete
    assert where(moving) == APART
    assert len(moving.blog.of(Kind.CATEGORY)) == 6
    take_back(moving)
    assert not moving.blog.rows


def test_a_lost_move_file_makes_none_twice(moving: Moving, tmp_path: Path) -> None:
    moving.go()
    before = where(moving)
    with Move.create(tmp_path / "second.move") as move:
        second = Moving(move, *moving.source.all)
        second.source, second.blog = moving.source, moving.blog
        second.read()
        second.go()
        assert where(second) == before
        assert len(moving.blog.of(Kind.CATEGORY)) == 6
        take_back(second)
    assert len(moving.blog.of(Kind.CATEGORY)) == 6, "the first move made them"


def test_what_stands_below_another_is_not_ours_and_what_stands_on_top_is(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(0, categories=("Beans",)), entry(1, categories=("Peas",)))
    moving.source.parents = (("Beans", "Garden"), ("Peas", "Garden"))
    moving.read()
    sea = moving.blog.create(NewTerm(Kind.CATEGORY, "Sea"), "Sea").id
    theirs = [
        moving.blog.create(NewTerm(Kind.CATEGORY, "Beans", sea), "Beans").id,
        moving.blog.create(NewTerm(Kind.CATEGORY, "Peas"), "Peas").id,
    ]
    moving.go()
    assert where(moving) == {"Entry 0": ["Garden/Beans"], "Entry 1": ["Peas"]}
    take_back(moving)
    assert set(moving.blog.rows) == {sea, *theirs}


def test_of_those_that_share_a_name_none_is_the_one_on_top(moving: Moving) -> None:
    news = moving.blog.create(NewTerm(Kind.CATEGORY, "News"), "News").id
    moving.go()
    assert where(moving) == APART
    assert len([r for r in moving.blog.of(Kind.CATEGORY) if r.marker == "News"]) == 3
    take_back(moving)
    assert set(moving.blog.rows) == {news}


def test_a_move_of_an_earlier_version_goes_on_with_what_it_has(
    start: Callable[..., Moving],
) -> None:
    moving = start(*[entry(n, categories=(TOP,)) for n in range(3)])
    moving.source.parents = BEFORE
    moving.read()
    moving.go()
    made = {row.id for row in moving.blog.of(Kind.CATEGORY)}
    # Without another look at the old blog it goes on as it began …
    moving.go()
    assert {row.id for row in moving.blog.of(Kind.CATEGORY)} == made
    # … and with one they are told apart, the one that is there among them.
    tell_apart(moving)
    assert ending(moving.go()).verdict.complete
    assert where(moving) == APART
    assert made < {row.id for row in moving.blog.of(Kind.CATEGORY)}
    assert len(moving.blog.of(Kind.CATEGORY)) == 6
    assert "6 categories" in take_back(moving)
    assert not moving.blog.rows


def test_a_tree_without_equal_names_costs_no_more_requests(
    start: Callable[..., Moving],
) -> None:
    moving = start(
        *[entry(n, categories=(f"Low {n}", "Top"), tags=(f"t{n}",)) for n in range(4)]
    )
    moving.source.parents = tuple((f"Low {n}", "Top") for n in range(4))
    moving.read()
    moving.go()
    for verb, number in (("find", 5), ("create", 5), ("ours", 1)):
        assert moving.blog.count(verb, Kind.CATEGORY) == number
    moving.source.all.append(entry(9, categories=("Low 1",)))
    moving.read()
    moving.blog.asked.clear()
    moving.go()
    for verb, number in (("find", 0), ("create", 0), ("ours", 1)):
        assert moving.blog.count(verb, Kind.CATEGORY) == number


def test_garbled_names_are_put_right_on_the_whole_way(
    start: Callable[..., Moving],
) -> None:
    moving = start(
        entry(0, categories=("CafÃ© → NeuÃŸ",)), entry(1, categories=("Rue → NeuÃŸ",))
    )
    moving.source.parents = (("CafÃ© → NeuÃŸ", "CafÃ©"), ("Rue → NeuÃŸ", "Rue"))
    moving.read()
    moving.move.choices = Choices(repair=True)
    moving.go()
    assert where(moving) == {"Entry 0": ["Café/Neuß"], "Entry 1": ["Rue/Neuß"]}


def test_a_way_may_be_longer_than_a_name(start: Callable[..., Moving]) -> None:
    high, name = "H" * 150, "n" * 150
    both = [f"{letter}{high} → {name}" for letter in "ab"]
    moving = start(*[entry(n, categories=(way,)) for n, way in enumerate(both)])
    moving.source.parents = tuple((way, way.split(" → ")[0]) for way in both)
    moving.read()
    moving.go()
    assert where(moving) == {
        "Entry 0": [f"a{high}/{name}"],
        "Entry 1": [f"b{high}/{name}"],
    }
