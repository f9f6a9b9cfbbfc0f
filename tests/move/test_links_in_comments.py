"""Links in comments: they follow the posts, and what readers say stays."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.move.doubles import HASTY, entry
from tests.move.linking import (
    NEW,
    OLD,
    Begin,
    comment_at,
    killed_at,
    linking,
    number,
    old,
    only,
    place,
    post,
    said,
    said_under_1,
)
from tests.move.moving import ending
from wizard.blog import Post
from wizard.destinations import Kind, NewComment
from wizard.destinations.wxr import ImportFile
from wizard.move import mending
from wizard.move.checking import verify
from wizard.move.choices import Choices
from wizard.move.left_links import Left
from wizard.move.undoing import undo


def test_links_in_comments_lead_to_what_has_arrived(begin: Begin) -> None:
    said = entry(1, comments=1).comments[0]
    words = f'<a href="{old(0)}">Look</a> and <a href="{old(77)}">there</a>'
    moving = begin(post(0), replace(post(1), comments=(replace(said, html=words),)))
    moving.go(connections=1)
    (row,) = moving.blog.of(Kind.COMMENT)
    assert isinstance(row.thing, NewComment)
    assert f'href="{place(moving, 0)}"' in row.thing.html
    assert f'href="{old(77)}"' in row.thing.html
    asked = moving.blog.count("update", Kind.COMMENT)
    moving.go()
    assert moving.blog.count("update", Kind.COMMENT) == asked


def test_links_in_comments_follow_in_a_later_round_and_until_then_are_listed(
    begin: Begin,
) -> None:
    moving = begin(linking(0, old(1), old(77), f"{old(1)}#x"), post(1))
    only(moving, 0)
    moving.go()
    assert moving.move.links("cns!0") == [old(1), f"{old(1)}#x", old(77)]
    before = replace(said(moving))
    only(moving, 1)
    end = ending(moving.go())
    now = said(moving)
    assert isinstance(now.thing, NewComment)
    html = before.thing.html.replace(old(1), place(moving, 1))  # type: ignore[union-attr]
    assert now.thing.html == html.replace("#x", "")
    assert replace(now, thing=replace(now.thing, html="")) == replace(
        before,
        thing=replace(before.thing, html=""),  # type: ignore[call-arg]
    ), "nothing else of it has changed"
    assert moving.move.links("cns!0") == [old(77)]
    assert end.verdict.complete
    asked = len(moving.blog.asked)
    moving.go()
    quiet = len(moving.blog.asked) - asked
    plain = begin(linking(0), post(1))
    plain.go()
    asked = len(plain.blog.asked)
    only(plain, 1)
    plain.go()
    assert quiet == len(plain.blog.asked) - asked, "and then nothing more is asked"
    *_, checked = verify(moving.move, moving.blog, threading.Event(), patience=HASTY)
    assert checked.verdict.complete  # type: ignore[union-attr]
    *_, undone = undo(moving.move, moving.blog, threading.Event(), patience=HASTY)
    assert undone.verdict.complete, "it is still known for our own"  # type: ignore[union-attr]


def written_out(where: int, words: str) -> Post:
    """A post with a comment in which addresses are written out."""
    said = entry(where, comments=1).comments[0]
    return replace(post(where), comments=(replace(said, html=words),))


def test_addresses_that_readers_have_written_out_lead_on_too(begin: Begin) -> None:
    words = f"Compare {old(1)}, {old(2)}; not {old(77)} (or {old(1)}#sec)."
    moving = begin(written_out(0, words), post(1, html='<h2 id="sec">A</h2>'), post(2))
    only(moving, 0, 1)
    moving.go()
    now = words.replace(old(1), place(moving, 1))
    assert said(moving).thing.html == now  # type: ignore[union-attr]
    assert moving.move.links("cns!0") == [old(2), old(77)]
    only(moving, 2)
    assert ending(moving.go()).verdict.complete
    now = now.replace(old(2), place(moving, 2))
    assert said(moving).thing.html == now  # type: ignore[union-attr]
    assert moving.move.links("cns!0") == [old(77)]
    asked = moving.blog.count("rewrite")
    moving.go()
    assert moving.blog.count("rewrite") == asked
    *_, checked = verify(moving.move, moving.blog, threading.Event(), patience=HASTY)
    assert checked.verdict.complete  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        (OLD, f"{NEW}/"),
        (old(1), "post 1"),
        (old(77), old(77)),
        ("https://reader.example/?u=1", "https://reader.example/?u=1"),
        ("reader.example", "http://reader.example"),
        ("", ""),
    ],
)
def test_whoever_gave_the_old_blog_as_their_own_address_is_found_at_the_new_one(
    begin: Begin, url: str, leads: str
) -> None:
    one = entry(0, comments=1).comments[0]
    moving = begin(
        post(1), replace(post(0), comments=(replace(one, url=url),)), post(2)
    )
    moving.go(connections=1)
    leads = place(moving, 1) if leads == "post 1" else leads
    assert said(moving).thing.url == leads  # type: ignore[union-attr]
    assert moving.move.linking() == []


def test_an_address_in_words_that_people_have_changed_since_stays(begin: Begin) -> None:
    moving = begin(written_out(0, f"See {old(1)}"), post(1))
    only(moving, 0)
    moving.go()
    said(moving).thing = replace(said(moving).thing, html=f"Mine: {old(1)}")  # type: ignore[call-arg]
    only(moving, 1)
    moving.go()
    assert said(moving).thing.html == f"Mine: {old(1)}"  # type: ignore[union-attr]
    assert moving.move.left("cns!0") == [Left(old(1), comment="cns!0!0", kept=True)]


def test_in_a_file_for_a_blog_without_a_name_yet_such_addresses_are_made_links(
    begin: Begin, tmp_path: Path
) -> None:
    moving = begin(written_out(0, f"See {old(1)}, {old(77)}"), post(1))
    moving.blog = ImportFile(tmp_path / "a.xml")  # type: ignore[assignment]
    for numbers in ((0,), (1,)):
        only(moving, *numbers)
        assert ending(moving.go()).verdict.complete
    new = f'<a href="/?p={number(moving, 1)}">{old(1)}</a>'
    assert f"See {new}, {old(77)}" in (tmp_path / "a.xml").read_text("utf-8")
    assert moving.move.links("cns!0") == [old(77)]


def test_a_comment_that_links_to_a_later_one_leads_there_in_the_end(
    begin: Begin,
) -> None:
    one, two = said_under_1()
    one = replace(one, html='See <a href="#bp102comment2">below</a>')
    moving = begin(replace(post(1), comments=(one, two)))
    moving.go()
    first = moving.blog.of(Kind.COMMENT)[0].thing
    assert f'href="{comment_at(moving, 1)}"' in first.html  # type: ignore[union-attr]
    assert moving.move.linking() == []


def test_links_in_repaired_comments_follow_whatever_is_chosen_by_now(
    begin: Begin,
) -> None:
    garbled = linking(0, old(1))
    words = replace(garbled.comments[0], html=f"CafÃ© {garbled.comments[0].html}")
    moving = begin(replace(garbled, comments=(words,)), post(1))
    moving.move.choices = Choices(repair=True)
    only(moving, 0)
    moving.go()
    assert "Café" in said(moving).thing.html  # type: ignore[union-attr]
    moving.move.choices = Choices(repair=False)
    only(moving, 1)
    moving.go()
    assert f'href="{place(moving, 1)}"' in said(moving).thing.html  # type: ignore[union-attr]
    assert "Café" in said(moving).thing.html  # type: ignore[union-attr]


@pytest.mark.parametrize("status", ["approved", "hold"])
def test_a_comment_that_people_changed_or_hold_back_keeps_its_links(
    begin: Begin, status: str
) -> None:
    moving = begin(linking(0, old(1)), post(1))
    only(moving, 0)
    moving.go()
    row = said(moving)
    row.status = status
    if status == "approved":
        row.thing = replace(row.thing, html=f'Mine: <a href="{old(1)}">1</a>')  # type: ignore[call-arg]
    before = replace(row)
    only(moving, 1)
    moving.go()
    assert said(moving) == before
    left = Left(old(1), comment="cns!0!0", kept=True)
    assert moving.move.left("cns!0") == [left]


def test_without_looking_first_what_people_say_would_be_said_otherwise(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving = begin(linking(0, old(1)), post(1))
    only(moving, 0)
    moving.go()
    said(moving).thing = replace(said(moving).thing, html="Mine.")  # type: ignore[call-arg]
    monkeypatch.setattr(mending, "print_of", lambda thing: thing and _Any())
    only(moving, 1)
    moving.go()
    assert "Mine." not in said(moving).thing.html  # type: ignore[union-attr]


class _Any(str):
    """The print of anything."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True


@pytest.mark.parametrize("times", [1, 2])
def test_killed_while_comments_are_mended_it_is_finished_next_time(
    begin: Begin, times: int
) -> None:
    moving = begin(linking(0, old(2)), linking(1, old(2)), post(2))
    only(moving, 0, 1)
    moving.go()
    only(moving, 2)
    killed_at(moving, "rewrite", times)
    assert ending(moving.go(connections=1)).paused
    moving.blog.meddle = lambda verb, what: None
    # The answer to the one that was under way is lost, too.
    for row in moving.blog.of(Kind.COMMENT)[:1]:
        html = row.thing.html.replace(old(2), place(moving, 2))  # type: ignore[union-attr]
        row.thing = replace(row.thing, html=html)  # type: ignore[call-arg]
    assert ending(moving.go()).verdict.complete
    for row in moving.blog.of(Kind.COMMENT):
        assert f'href="{place(moving, 2)}"' in row.thing.html  # type: ignore[union-attr]
    assert moving.move.linking() == []


def test_the_comments_of_an_earlier_life_get_their_links(begin: Begin) -> None:
    first = begin(linking(0, old(1)), post(1))
    only(first, 0)
    first.go()
    second = begin(linking(0, old(1)), post(1))
    second.blog = first.blog
    second.go()
    assert f'href="{place(second, 1)}"' in said(second).thing.html  # type: ignore[union-attr]
    assert second.move.linking() == []
