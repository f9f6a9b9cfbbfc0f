"""Links between posts: they follow the posts, and nothing else of a post changes."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest

from tests.move.doubles import HASTY, OldBlog, Row, entry
from tests.move.moving import Moving, ending, of
from wizard.blog import Blog, Comment, Post, Status
from wizard.destinations import Kind, NewComment, NewPost, Remote
from wizard.destinations.wxr import ImportFile
from wizard.errors import Refused
from wizard.move import carrying, mending
from wizard.move.checking import verify
from wizard.move.choices import As, Choices
from wizard.move.events import PostSettled, State
from wizard.move.left_links import Left
from wizard.move.undoing import undo
from wizard.sources.addresses import Directory

OLD = "http://old.example/"
NEW = "https://new.example"


class Linked(OldBlog):
    """An old blog with an address."""

    def blog(self) -> Blog:
        return replace(super().blog(), address=OLD)


def old(number: int) -> str:
    return f"{OLD}{number}.html"


def post(number: int, *hrefs: str, **fields: object) -> Post:
    """Post ``number`` with links that lead there."""
    words = "".join(
        f'<p>See <a href="{href}">{n}</a>.</p>' for n, href in enumerate(hrefs)
    )
    fields.setdefault("html", f"<p>Words of {number}.</p>{words}")
    return entry(number, **{"address": old(number), **fields})  # type: ignore[arg-type]


Begin = Callable[..., Moving]


@pytest.fixture
def begin(start: Begin) -> Begin:
    def begin(*posts: Post) -> Moving:
        moving = start(*posts)
        moving.source = Linked(posts)
        moving.blog.address = NEW
        moving.read()
        return moving

    return begin


def text(moving: Moving, number: int) -> str:
    """What post ``number`` says at the new blog."""
    there = {row.thing.title: row for row in moving.blog.of(Kind.POST)}
    thing = there[f"Entry {number}"].thing
    assert isinstance(thing, NewPost)
    return thing.html


def links(moving: Moving, number: int) -> list[str]:
    return re.findall(r'<a href="([^"]*)"', text(moving, number))


def place(moving: Moving, number: int) -> str:
    step = moving.move.step(Kind.POST, f"cns!{number}", f"cns!{number}")
    assert step.remote
    return step.remote.address


def only(moving: Moving, *numbers: int) -> None:
    keys = {f"cns!{number}" for number in numbers}
    for row in moving.move.rows():
        moving.move.choose([row.key], row.key in keys)


def test_links_forward_backward_in_circles_and_to_itself_lead_to_the_new_places(
    begin: Begin,
) -> None:
    moving = begin(
        post(0, old(1), old(2)), post(1, old(0), old(1)), post(2, old(2), old(0))
    )
    end = ending(moving.go())
    places = [place(moving, n) for n in range(3)]
    assert links(moving, 0) == [places[1], places[2]]
    assert links(moving, 1) == [places[0], places[1]]
    assert links(moving, 2) == [places[2], places[0]]
    assert end.verdict.complete
    assert moving.move.linking() == []
    assert len(moving.blog.of(Kind.POST)) == 3


def test_a_second_run_asks_for_nothing_but_what_it_always_asks(begin: Begin) -> None:
    moving = begin(*(post(n, old((n + 1) % 4)) for n in range(4)))
    plain = begin(*(post(n) for n in range(4)))
    for each in (moving, plain):
        each.go()
        each.blog.asked.clear()
        each.go()
    assert sorted(moving.blog.asked) == sorted(plain.blog.asked)  # type: ignore[type-var]


def test_posts_without_such_links_cost_no_request_more(begin: Begin) -> None:
    elsewhere = begin(*(post(n, "https://other.example/", "#top") for n in range(4)))
    plain = begin(*(post(n) for n in range(4)))
    for each in (elsewhere, plain):
        each.go()
    assert sorted(elsewhere.blog.asked) == sorted(plain.blog.asked)  # type: ignore[type-var]
    assert elsewhere.move.linking() == []


def test_a_later_round_mends_what_an_earlier_one_has_brought(begin: Begin) -> None:
    moving = begin(post(0, old(1)), post(1, old(0)), post(2, old(1)))
    only(moving, 0, 2)
    moving.go()
    assert links(moving, 0) == links(moving, 2) == [old(1)]
    assert moving.move.links("cns!0") == [old(1)]
    only(moving, 1)
    end = ending(moving.go())
    assert links(moving, 0) == links(moving, 2) == [place(moving, 1)]
    assert links(moving, 1) == [place(moving, 0)]
    assert end.verdict.complete


def called_otherwise(moving: Moving, *changed: Post) -> None:
    """At the old blog these posts have other addresses when it is read again."""
    new = {each.key: each for each in changed}
    moving.source = Linked([new.get(each.key, each) for each in moving.source.all])
    moving.read()


def test_what_a_post_was_called_when_the_blog_was_read_before_still_leads_to_it(
    begin: Begin,
) -> None:
    moving = begin(post(0, old(1)), post(1), post(2, old(1), f"{OLD}renamed.html"))
    only(moving, 0)
    moving.go()
    called_otherwise(moving, replace(post(1), address=f"{OLD}renamed.html"))
    only(moving, 1, 2)
    assert ending(moving.go()).verdict.complete
    assert links(moving, 0) == [place(moving, 1)], "from before it got another name"
    assert links(moving, 2) == [place(moving, 1)] * 2
    called_otherwise(moving, replace(post(1), address=f"{OLD}again.html"))
    called_otherwise(moving, replace(post(0, old(1)), address=old(1)))
    moving.go()
    assert moving.move.former() == {
        "cns!0": (old(0),),
        "cns!1": (old(1), f"{OLD}renamed.html"),
    }
    named = {each.key: each for each in moving.move.names()}
    there = Directory(Linked([]).blog(), named.values()).target
    found = [there(f"{OLD}{name}.html") for name in ("0", "1", "renamed", "again")]
    keys = [target.key if target else "" for target in found]
    assert keys == ["cns!0", "cns!0", "cns!1", "cns!1"], "by now 1 is another post's"


def test_mending_changes_links_only_whatever_is_chosen_by_now(begin: Begin) -> None:
    moving = begin(post(0, old(1), categories=("Sea",), comments=1), post(1))
    only(moving, 0)
    moving.go()
    before = moving.blog.picture_of()
    only(moving, 1)
    moving.move.choices = Choices(
        status=As.DRAFT, categories=False, comments=False, photos=False
    )
    moving.go()
    kept = [seen for seen in moving.blog.picture_of() if seen in before]
    assert kept == before, "nothing but the text of the earlier post has changed"
    assert links(moving, 0) == [f"{NEW}/?p={number(moving, 1)}"]


def number(moving: Moving, post: int) -> int:
    step = moving.move.step(Kind.POST, f"cns!{post}", f"cns!{post}")
    assert step.remote
    return step.remote.id


def test_links_to_what_is_not_moved_stay_and_are_listed(begin: Begin) -> None:
    gone, file = f"{OLD}77.html", f"{OLD}files/a.pdf"
    moving = begin(post(0, gone, file, "https://other.example/", old(1)), post(1))
    end = ending(moving.go())
    assert links(moving, 0) == [gone, file, "https://other.example/", place(moving, 1)]
    assert moving.move.links("cns!0") == [gone, file]
    assert end.verdict.complete, "they are as they were"


def test_a_relative_link_that_stays_leads_to_the_old_blog(begin: Begin) -> None:
    moving = begin(post(0, "77.html", "/1.html", "#top"), post(1))
    moving.go()
    assert links(moving, 0) == [f"{OLD}77.html", place(moving, 1), "#top"]


def test_the_front_page_becomes_the_new_one(begin: Begin) -> None:
    moving = begin(post(0, OLD, "/"))
    moving.go()
    assert links(moving, 0) == [f"{NEW}/"] * 2


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PRIVATE, Status.PENDING])
def test_a_link_to_what_not_everybody_may_read_tells_nothing_of_it(
    begin: Begin, status: Status
) -> None:
    moving = begin(post(0, old(1)), post(1, title="A secret", status=status))
    moving.go()
    assert links(moving, 0) == [f"{NEW}/?p={number(moving, 1)}"]


def test_links_to_comments_lead_to_the_new_comments(begin: Begin) -> None:
    said = entry(1, comments=2).comments
    comments = (replace(said[0], key="41"), replace(said[1], key="x", parent="41"))
    second = post(1, f"{old(1)}#comment-41", "#comment-41", "#elsewhere")
    moving = begin(
        post(
            0,
            f"{old(1)}#comment-41",
            f"{old(1)}#x",
            f"{old(1)}#comments",
            f"{old(1)}#comment-99",
            f"{old(1)}#more",
        ),
        replace(second, comments=comments),
    )
    end = ending(moving.go())
    there = {row.marker: row.id for row in moving.blog.of(Kind.COMMENT)}
    one, two = (
        there[moving.move.step(Kind.COMMENT, "cns!1", key).marker]
        for key in ("41", "x")
    )
    home = place(moving, 1)
    assert links(moving, 0) == [
        f"{home}#comment-{one}",
        f"{home}#comment-{two}",
        f"{home}#comments",
        f"{home}#comments",
        home,
    ]
    own = f"#comment-{one}"
    assert links(moving, 1) == [f"{home}{own}", own, "#elsewhere"]
    assert end.verdict.complete


def said_under_1() -> tuple[Comment, ...]:
    """Two comments as a saved page names them."""
    one, two = entry(1, comments=2).comments
    return replace(one, names=("bp102comment1",)), replace(
        two, names=("bp102comment2",)
    )


def comment_at(moving: Moving, which: int) -> str:
    step = moving.move.step(Kind.COMMENT, "cns!1", f"cns!1!{which}")
    assert step.remote
    return f"#comment-{step.remote.id}"


def test_a_link_to_a_comment_by_its_place_on_the_old_page_leads_to_it(
    begin: Begin,
) -> None:
    hrefs = [f"{old(1)}#bp102comment{n}" for n in (1, 2, 3)]
    second = post(1, "#bp102comment2", "#bp103comment1")
    moving = begin(post(0, *hrefs), replace(second, comments=said_under_1()))
    moving.go()
    home = place(moving, 1)
    assert links(moving, 0) == [
        f"{home}{comment_at(moving, 0)}",
        f"{home}{comment_at(moving, 1)}",
        f"{home}#comments",
    ]
    assert links(moving, 1) == [comment_at(moving, 1), "#bp103comment1"]
    assert moving.move.linking() == []


def test_a_comment_that_arrives_later_is_linked_then(begin: Begin) -> None:
    hrefs = [f"{old(1)}#bp102comment{n}" for n in (1, 2)]
    moving = begin(
        post(0, old(1), *hrefs), replace(post(1), comments=said_under_1()), post(2)
    )
    moving.move.choices = Choices(comments=False)
    only(moving, 1)
    moving.go()
    only(moving, 0)
    moving.go()
    home = place(moving, 1)
    parts = [f"{home}#bp102comment1", f"{home}#bp102comment2"]
    assert links(moving, 0) == [home, *parts], "until then to its post"
    assert moving.move.links("cns!0") == [], "which is not the old blog"
    asked = len(moving.blog.asked)
    moving.go()
    quiet = len(moving.blog.asked) - asked
    only(moving, 2)
    moving.blog.asked.clear()
    moving.go()
    assert moving.blog.count("rewrite") == 0
    moving.blog.asked.clear()
    moving.go()
    assert len(moving.blog.asked) == quiet, "what waits for a comment is asked nothing"
    moving.move.choices = Choices(comments=True)
    moving.blog.fates[Kind.COMMENT] = [lambda store: store(), _no]
    only(moving, 1)
    moving.go(connections=1)
    assert links(moving, 0) == [home, f"{home}{comment_at(moving, 0)}", parts[1]]
    only(moving, 1, 2)
    moving.go()
    assert links(moving, 0)[2] == f"{home}{comment_at(moving, 1)}"
    assert moving.move.linking() == []


def _no(store: object) -> Remote:
    raise Refused("Not now.")


PARTS = '<h2 id="sec">A</h2><p>b</p><p><a name="第二节">c</a></p><p id="comments">d</p>'


def test_links_to_a_place_in_a_post_lead_to_it_in_whatever_order_they_arrive(
    begin: Begin,
) -> None:
    hrefs = [
        f"{old(1)}#sec",
        "/1.html#%E7%AC%AC%E4%BA%8C%E8%8A%82",
        f"{old(1)}#第二节",
        f"{old(1)}#nowhere",
        f"{old(1)}#comments",
    ]
    moving = begin(post(0, *hrefs), post(1, html=PARTS), post(2, *hrefs))
    for numbers in ((0,), (1,), (2,)):
        only(moving, *numbers)
        assert ending(moving.go()).verdict.complete
    home, odd = place(moving, 1), "%E7%AC%AC%E4%BA%8C%E8%8A%82"
    there = [f"{home}#sec", f"{home}#{odd}", f"{home}#{odd}", home, home]
    assert links(moving, 0) == links(moving, 2) == there
    assert re.findall(r'<a id="([^"]*)"', text(moving, 1)) == ["sec", "第二节"]
    assert moving.move.linking() == []


def test_a_post_may_lead_to_its_own_places_by_its_whole_address(begin: Begin) -> None:
    html = f'{PARTS}<a href="{old(1)}#sec">up</a> <a href="#sec">up</a>'
    moving = begin(post(1, html=html))
    moving.go()
    assert links(moving, 1) == [f"{place(moving, 1)}#sec", "#sec"]


def test_a_link_to_comments_leads_to_the_post_where_there_are_none(
    begin: Begin,
) -> None:
    moving = begin(post(0, f"{old(1)}#comments", f"{old(1)}#comment"), post(1))
    moving.go()
    assert links(moving, 0) == [place(moving, 1)] * 2


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


def linking(moving_from: int, *hrefs: str) -> Post:
    """A post with a comment that links there."""
    said = entry(moving_from, comments=1).comments[0]
    words = " ".join(f'<a href="{href}">{n}</a>' for n, href in enumerate(hrefs))
    return replace(
        post(moving_from), comments=(replace(said, html=f"Look: {words} &amp;c"),)
    )


def said(moving: Moving) -> Row:
    (row,) = moving.blog.of(Kind.COMMENT)
    return row


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


def test_an_address_alone_in_a_paragraph_follows_and_is_listed_until_then(
    begin: Begin,
) -> None:
    html = f"<p>{old(1)}</p><p>{old(77)}</p><p>in words: {old(1)}</p>"
    moving = begin(post(0, html=html), post(1))
    only(moving, 0)
    moving.go()
    assert moving.move.links("cns!0") == [old(1), old(77)]
    only(moving, 1)
    moving.go()
    assert links(moving, 0) == [place(moving, 1), old(77)]
    assert f'<a href="{place(moving, 1)}">{old(1)}</a>' in text(moving, 0)
    assert f"in words: {old(1)}" in text(moving, 0)
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


def as_edited(moving: Moving, **fields: object) -> None:
    """Somebody sets these fields of post 0 at the new blog."""
    row = moving.blog.rows[number(moving, 0)]
    row.thing = replace(row.thing, **fields)  # type: ignore[arg-type]
    row.status = str(fields.get("status", row.status))
    row.slug = str(fields.get("slug", row.slug))


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


class Killed(Exception):
    """The program is gone at this moment."""


def killed_at(moving: Moving, request: str, times: int) -> None:
    """Die when this is asked for the n-th time after all posts have been carried."""
    left = times

    def meddle(verb: str, what: object) -> None:
        nonlocal left
        in_time = threading.current_thread().name.startswith("move")
        if in_time and verb == request and is_mending(moving):
            left -= 1
            if left == 0:
                raise Killed

    moving.blog.meddle = meddle


def is_mending(moving: Moving) -> bool:
    return all(row.state is State.SENT for row in moving.move.rows() if row.chosen)


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


def test_links_know_what_an_earlier_move_has_brought(begin: Begin) -> None:
    first = begin(post(0), post(1, old(0)))
    first.go()
    second = begin(post(0), post(1), post(2, old(0), old(1)))
    second.blog = first.blog
    only(second, 2)
    second.go()
    assert links(second, 2) == [place(first, 0), place(first, 1)]


def test_a_blog_that_keeps_its_address_has_no_links_left(begin: Begin) -> None:
    moving = begin(post(0, old(1)), post(1, old(0), f"{OLD}77.html"))
    moving.blog.address = OLD.rstrip("/")
    made = moving.blog._remote

    def same_place(row):  # type: ignore[no-untyped-def]
        title = getattr(row.thing, "title", "")
        here: Remote = replace(made(row), address=old(int(title.split()[1])))
        return here

    moving.blog._remote = same_place  # type: ignore[method-assign]
    moving.go()
    assert links(moving, 0) == [old(1)]
    assert moving.move.links("cns!0") == []
    assert moving.move.links("cns!1") == [f"{OLD}77.html"]
    assert moving.blog.count("rewrite") == 0


def test_the_list_hears_of_mending(begin: Begin) -> None:
    moving = begin(post(0, old(1)), post(1))
    told = [event.key for event in of(PostSettled, moving.go(connections=1))]
    assert told.count("cns!0") == 2
    assert told.count("cns!1") == 1


def test_names_of_any_letters_are_read(start: Begin) -> None:
    odd = 'half \ud83d, none \0, two \\u0041 and "quotes"'
    moving = start(post(0, title=odd, address=odd, slug=odd, names=(odd, "page.html")))
    (named,) = moving.move.names()
    assert named.key == "cns!0"
    assert named.names[1] == "page.html"
