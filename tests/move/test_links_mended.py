"""Links mended in a later round: only where nobody has changed the text, whatever ends it."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from secrets import token_hex

import pytest

from tests.move.doubles import HASTY
from tests.move.linking import (
    Begin,
    as_edited,
    killed_at,
    links,
    number,
    old,
    only,
    place,
    post,
    text,
)
from tests.move.moving import Moving, ending
from wizard.blog import Status
from wizard.destinations import Kind
from wizard.errors import Refused
from wizard.move import carrying, mending
from wizard.move.checking import verify
from wizard.move.left_links import Left
from wizard.move.undoing import undo


def test_a_post_that_somebody_edited_is_left_as_it_is(begin: Begin) -> None:
    moving = edited_between_rounds(begin)
    assert text(moving, 0) == f'<p>My own words, and <a href="{old(1)}">one</a>.</p>'
    assert moving.blog.count("rewrite") == 0
    assert moving.move.links("cns!0") == [old(1)], "it is still told"


def test_without_looking_first_the_words_of_people_would_change(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "is_as_sent", lambda step, now: True)
    moving = edited_between_rounds(begin)
    assert "My own words" in text(moving, 0)
    assert links(moving, 0) == [place(moving, 1)], (
        "a text of somebody else's was changed"
    )


def edited_between_rounds(begin: Begin) -> Moving:
    """Somebody gives a post other words before what it leads to arrives."""
    moving = begin(post(0, old(1)), post(1))
    only(moving, 0)
    moving.go()
    row = moving.blog.of(Kind.POST)[0]
    words = f'<p>My own words, and <a href="{old(1)}">one</a>.</p>'
    row.thing = replace(row.thing, html=words)  # type: ignore[call-arg]
    only(moving, 1)
    moving.go()
    return moving


def test_checking_and_undoing_know_a_mended_post_for_their_own(begin: Begin) -> None:
    moving = begin(post(0, old(1)), post(1, old(0)))
    moving.go()
    stop = threading.Event()
    *_, checked = verify(moving.move, moving.blog, stop, patience=HASTY)
    assert checked.verdict.complete  # type: ignore[union-attr]
    *_, undone = undo(moving.move, moving.blog, stop, patience=HASTY)
    assert undone.verdict.complete  # type: ignore[union-attr]
    assert moving.blog.of(Kind.POST) == []


EDITS = (
    {"title": "Entry 0"},  # as it was
    {"title": "Entry 0 (a better title)"},
    {"categories": (901, 902)},
    {"slug": "a-better-name"},
    {"status": Status.PRIVATE},
    {"excerpt": "Shorter.", "extra": "a picture of its own"},
)


@pytest.mark.parametrize("fields", EDITS)
def test_links_follow_in_a_post_of_which_only_the_text_stands_as_it_was_sent(
    begin: Begin, fields: dict[str, object]
) -> None:
    moving = begin(post(0, old(1)), post(1))
    only(moving, 0)
    moving.go()
    as_edited(moving, **fields)
    row = moving.blog.rows[number(moving, 0)]
    before = replace(row)
    only(moving, 1)
    moving.go()
    assert re.findall(r'<a href="([^"]*)"', row.thing.html) == [place(moving, 1)]  # type: ignore[union-attr]
    kept = replace(row, thing=replace(row.thing, html=before.thing.html))  # type: ignore[call-arg, union-attr]
    assert kept == before, "nothing else of it has changed"
    assert moving.move.linking() == []
    edited = fields != EDITS[0]
    *_, checked = verify(moving.move, moving.blog, threading.Event(), patience=HASTY)
    assert checked.verdict.complete is not edited, "the edit is told"  # type: ignore[union-attr]
    list(undo(moving.move, moving.blog, threading.Event(), patience=HASTY))
    stays = [row.thing for row in moving.blog.of(Kind.POST)]
    assert bool(stays) is edited, "and is not taken away with what is ours"


def test_a_text_that_somebody_edited_is_never_mended_whatever_its_links(
    begin: Begin,
) -> None:
    moving = begin(post(0, old(1), old(2)), post(1), post(2))
    only(moving, 0)
    moving.go()
    html = f'<p>Mine: <a href="{old(1)}">1</a></p>'
    as_edited(moving, html=html, title="Entry 0 of mine")
    only(moving, 1, 2)
    moving.go()
    assert moving.blog.of(Kind.POST)[0].thing.html == html  # type: ignore[union-attr]
    assert moving.move.left("cns!0") == [Left(old(1), kept=True)], "2 is not there"
    as_edited(moving, html="<p>Mine, without any.</p>")
    moving.go()
    assert moving.move.linking() == []


def test_without_the_print_of_the_text_it_would_be_taken_for_ours(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "digest", lambda text: "same")
    monkeypatch.setattr(carrying, "digest", lambda text: "same")
    moving = edited_between_rounds(begin)
    assert links(moving, 0) == [place(moving, 1)], "a text of somebody else's"


def test_of_a_file_that_does_not_know_the_text_an_edited_post_is_left_alone(
    begin: Begin,
) -> None:
    moving = begin(post(0, old(2)), post(1, old(2)), post(2))
    only(moving, 0, 1)
    moving.go()
    for key in ("cns!0", "cns!1"):
        moving.move.keep_links(key, moving.move.left(key), "")
    as_edited(moving, title="Entry 0 of mine")
    only(moving, 2)
    moving.go()
    assert moving.move.left("cns!0") == [Left(old(2), kept=True)]
    assert links(moving, 1) == [place(moving, 2)], "as it was sent"


def test_what_an_earlier_move_brought_otherwise_keeps_its_links_and_that_is_told(
    begin: Begin,
) -> None:
    first = begin(post(0, old(1)), post(1))
    only(first, 0)
    first.go()
    as_edited(first, html=f'<p>My <a href="{old(1)}">own</a></p>')
    second = begin(post(0, old(1)), post(1))
    second.blog = first.blog
    second.go()
    assert text(second, 0) == f'<p>My <a href="{old(1)}">own</a></p>'
    assert second.move.left("cns!0") == [Left(old(1), kept=True)]
    assert second.blog.count("rewrite") == 0


@pytest.mark.parametrize(
    ("request_", "times"), [("read", 1), ("rewrite", 1), ("read", 2), ("read", 3)]
)
@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize("edited", [True, False])
def test_killed_while_mending_it_is_finished_next_time(
    begin: Begin, request_: str, times: int, ticked: bool, edited: bool
) -> None:
    moving = begin(post(0, old(2)), post(1, old(2)), post(2))
    if not ticked or edited:
        only(moving, 0, 1)
        moving.go()
        only(moving, *((0, 1, 2) if ticked else (2,)))
    if edited:
        as_edited(moving, excerpt="Mine")
    killed_at(moving, request_, times)
    assert ending(moving.go(connections=1)).paused
    moving.blog.meddle = lambda verb, what: None
    assert ending(moving.go()).verdict.complete is not edited
    assert links(moving, 0) == links(moving, 1) == [place(moving, 2)]
    assert len(moving.blog.of(Kind.POST)) == 3
    *_, checked = verify(moving.move, moving.blog, threading.Event(), patience=HASTY)
    told = [step.key for step in moving.move.all_steps(Kind.POST) if step.trouble]
    assert told == (["cns!0"] if edited else [])
    if edited:
        assert moving.blog.rows[number(moving, 0)].thing.excerpt == "Mine"  # type: ignore[union-attr]
    assert checked.verdict.counts["post"]["sent"] == 3  # type: ignore[union-attr]


def test_without_a_note_of_it_a_killed_mending_would_be_taken_for_an_edit(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "text_print", lambda post: token_hex(4))
    moving = begin(post(0, old(1)), post(1))
    only(moving, 0)
    moving.go()
    only(moving, 1)
    killed_at(moving, "read", 2)
    moving.go(connections=1)
    moving.blog.meddle = lambda verb, what: None
    moving.go()
    step = moving.move.step(Kind.POST, "cns!0", "cns!0")
    assert step.trouble, "our own change is told as somebody else's"


def test_a_refused_mending_ends_nothing(begin: Begin) -> None:
    moving = begin(post(0, old(2)), post(1, old(2)), post(2))

    def meddle(verb: str, what: object) -> None:
        if verb == "rewrite" and "Words of 0" in str(what):
            raise Refused("No.", code="no")

    moving.blog.meddle = meddle
    end = ending(moving.go(connections=1))
    assert not end.paused
    assert end.verdict.complete
    assert links(moving, 0) == [old(2)]
    assert moving.move.left("cns!0") == [Left(old(2), kept=True)]
    assert links(moving, 1) == [place(moving, 2)]
    moving.blog.meddle = lambda verb, what: None
    moving.go()
    assert links(moving, 0) == [place(moving, 2)]
