"""Places inside a post that links lead to: they stay where they are, and nobody else's."""

from __future__ import annotations

import re

import pytest

from wizard.content.cleaning import clean, clean_comment, places


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ('<h2 id="sec">a</h2>', {"sec"}),
        ('<p id="part-2">a', {"part-2"}),
        (
            "<a name=x.1>a</a> <a name='_ftn1' href='#_ftnref1'>[1]</a>",
            {"x.1", "_ftn1"},
        ),
        (
            "<div id=d><span id=s>a</span></div><table><td id=t>b</table>",
            {"d", "s", "t"},
        ),
        ("<ul id=u><li id=1>a</ul>", {"u", "1"}),
        ('<h3 id="第一节">a</h3><p id="été">b', {"第一节", "été"}),
        ('<a id="one" name="two">a</a>', {"one", "two"}),
        ('<img id="BLOGGER_PHOTO_ID_51" src="http://x.example/1.jpg">', set()),
        ("<pre><span id=lnum1>a</span></pre>", set()),
        ("<p id='a b'>a<p id='\"><b>'>b<p id>c<p id=scid:77>d", set()),
        (f"<p id={'x' * 101}>a", set()),
        ("<p id=empty></p>", set()),
        ("<p style='display:none' id=hidden>a</p>", set()),
    ],
)
def test_what_an_author_has_named_keeps_its_name(html: str, named: set[str]) -> None:
    assert places(html) == named
    assert set(re.findall(r' id="([^"]*)"', clean(html))) == named


def test_links_lead_to_the_first_of_several_places_of_one_name() -> None:
    assert clean("<p id=n>a<h2 id=n>b</h2>").count('id="n"') == 1
    assert clean("<p id=n>a<h2 id=n>b</h2>").startswith('<p><a id="n"></a>a</p>')


@pytest.mark.parametrize(
    "name",
    [
        "comments",
        "Respond",
        "comment-12",
        "content",
        "main",
        "post-7",
        "more-12",
        "wp",
        "wp--skip-link--target",
        "top",
        "search-form",
        "author",
        "attachment_3",
    ],
)
def test_what_the_pages_of_wordpress_call_their_own_parts_is_no_name_for_a_place(
    name: str,
) -> None:
    assert places(f"<h2 id={name}>a</h2><h2 id=part-{name}>b</h2>") <= {f"part-{name}"}
    own = clean(f"<a href='#{name}'>up</a><h2 id={name}>a</h2>")
    assert f'<a id="{name}"></a>a' in own, "unless the post itself leads there"


def test_words_that_are_only_like_such_a_name_stay() -> None:
    names = ["commentary", "contents", "mainly", "post-mortem", "page-turner", "topics"]
    assert places("".join(f"<p id={name}>a" for name in names)) == set(names)


def test_what_readers_say_has_no_places() -> None:
    assert clean_comment("<p id=n>a <a name=m>b</a>") == "a b"
