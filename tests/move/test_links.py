"""Links between posts: they follow the posts, and nothing else of a post changes."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape
from urllib.parse import unquote

import pytest

from tests.move.doubles import entry
from tests.move.linking import (
    NEW,
    OLD,
    Begin,
    Linked,
    comment_at,
    links,
    number,
    old,
    only,
    place,
    post,
    said_under_1,
    text,
)
from tests.move.moving import Moving, ending, of
from wizard.blog import Post, Status
from wizard.destinations import Kind, Remote
from wizard.errors import Refused
from wizard.move.choices import As, Choices
from wizard.move.events import PostSettled
from wizard.sources.addresses import Directory


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


@pytest.mark.parametrize("first", [0, 1])
def test_a_place_of_any_name_is_led_to_from_other_posts(
    begin: Begin, first: int
) -> None:
    parts = {
        "mid%20sec": "mid sec",
        "mid-sec": "mid-sec",
        "mid  sec": "mid  sec",
        "C++": "C++",
        "C%2B%2B/x": "C++/x",
        "50%": "50%",
        "a&b,(c)=d!": "a&b,(c)=d!",
        "it's": "it's",
        "%C3%A9t%C3%A9": "été",
    }
    names = "".join(f'<h2 id="{escape(name)}">A</h2>' for name in parts.values())
    hrefs = [escape(f"{old(1)}#{part}") for part in parts]
    moving = begin(post(0, *hrefs), replace(post(1), html=names))
    for numbers in ((first,), (0, 1)):
        only(moving, *numbers)
        moving.go()
    written = [part.replace(" ", "%20") for part in parts]
    found = [unescape(link) for link in links(moving, 0)]
    assert found == [f"{place(moving, 1)}#{part}" for part in written]
    there = set(map(unescape, re.findall(r'<a id="([^"]*)"', text(moving, 1))))
    assert all({part, unquote(part)} & there for part in written)
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


def test_an_address_that_is_only_written_out_follows_and_is_listed_until_then(
    begin: Begin,
) -> None:
    never = f"[{old(77)}] <b>{OLD}2009/</b>x *{old(77)}*"
    html = f"<p>{old(1)}</p><p>{never}</p><p>in words: [{old(1)}]</p>"
    moving = begin(post(0, html=html), post(1))
    only(moving, 0)
    moving.go()
    assert links(moving, 0) == [old(1)] * 2
    assert moving.move.links("cns!0") == [old(1)]
    only(moving, 1)
    moving.go()
    assert links(moving, 0) == [place(moving, 1)] * 2
    link = f'<a href="{place(moving, 1)}">{old(1)}</a>'
    assert f">{link}</p>" in text(moving, 0)
    assert f"in words: [{link}]" in text(moving, 0)
    assert never in text(moving, 0), "it was no link, and is none"
    assert moving.move.links("cns!0") == []


def test_what_the_old_blog_played_is_linked_where_it_is(begin: Begin) -> None:
    moving = begin(post(0, html='<audio src="/files/y.mp3"></audio>'))
    moving.go()
    assert links(moving, 0) == [f"{OLD}files/y.mp3"] == moving.move.links("cns!0")


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
