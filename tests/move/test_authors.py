"""Who of the old blog is who at the new one: by name, by choice, never by accident."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.move.doubles import entry
from tests.move.moving import Moving
from wizard.destinations import Person, Site
from wizard.errors import MoveError
from wizard.move.authors import authors, in_a_sentence, matched, told
from wizard.move.reading import read

ANN = Person("1", "Ann Miller", ("ann", "ann@new.example"))
MEI = Person("2", "Mei Chen", ("mei.chen", "mei"))
TOM = Person("7", "Tom", ("tom",))
SITE = Site("New", "https://new.example", user="Ann Miller", people=(ANN, MEI, TOM))


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("Mei Chen", "2"),
        ("mei", "2"),
        ("MEI  CHEN", "2"),
        ("ANN@new.example", "1"),
        ("ｔｏｍ", "7"),
        ("Tommy", ""),
        ("", ""),
    ],
)
def test_an_author_is_known_by_any_name_of_theirs(name: str, there: str) -> None:
    assert dict(matched([name, "somebody else"], SITE)).get(name, "") == there


def test_one_author_is_whoever_signed_in_whatever_their_name() -> None:
    assert matched(["Tom"], SITE) == ()
    assert matched([], SITE) == ()


def test_a_name_that_two_people_have_is_nobodys() -> None:
    twin = Person("9", "Tom", ("tom2",))
    site = Site("New", "https://new.example", people=(TOM, twin))
    assert matched(["Tom", "Ann"], site) == ()


def test_where_nobody_can_be_named_all_is_ours_and_a_file_names_all() -> None:
    assert matched(["Tom", "Ann"], Site("New", "x")) == ()
    file = Site("a.xml", "/a.xml", anybody=True)
    assert matched(["Tom", "Ann"], file) == (("Tom", "Tom"), ("Ann", "Ann"))


def test_what_the_person_says_goes_before_names() -> None:
    pairs = told(["Mei", "Tom", "Oma"], SITE, [("tom", ""), ("OMA", "mei.chen")])
    assert pairs == (("Mei", "2"), ("Oma", "2"))
    assert in_a_sentence(["Mei", "Tom", "Oma"], SITE, pairs) == (
        "Authors: Mei is Mei Chen there; Oma is Mei Chen there; the posts of Tom will "
        "be yours."
    )
    assert in_a_sentence(["Tom"], SITE, ()) == ""


@pytest.mark.parametrize("wish", [("Nobody", "tom"), ("Mei", "nobody")])
def test_names_that_nobody_has_are_told(wish: tuple[str, str]) -> None:
    with pytest.raises(MoveError) as caught:
        told(["Mei", "Tom"], SITE, [wish])
    assert "obody" in caught.value.title
    assert "Tom" in caught.value.hint


def test_reading_tells_who_wrote_and_which_post_looks_garbled(
    start: Callable[..., Moving],
) -> None:
    moving = start(entry(1, author="Tom"), entry(2, author="Mei"), entry(3))
    assert authors(moving.move) == ["Tom", "Mei"]
    assert moving.move.noted("garbled") == ""
    moving.source.all += [
        entry(4, author="Mei", html="<p>CafÃ© dÃ©jÃ\xa0 vu</p>"),
        entry(5, html="<p>CafÃ© dÃ©jÃ\xa0 vu</p>"),
    ]
    list(read(moving.move, moving.source, threading.Event()))
    assert authors(moving.move) == ["Mei", "Tom"], "the busiest first"
    assert moving.move.noted("garbled") == "cns!4"
