"""Places inside a post that links lead to: they stay where they are, and nobody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.block_editor import Tab
from tests.faults.browser import open_browser
from wizard.blog import Post
from wizard.content.cleaning import clean, clean_comment, places
from wizard.content.composing import compose


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
        ("<p id='\"><b>'>b<p id>c<p id=scid:77>d", set()),
        ("<p id='mid sec'>a<p id=' b  c\t'>b", {"mid%20sec", "%20b%20%20c%09"}),
        ("<p id='a b'>a<p id='a-b'>b<p id='a  b'>c", {"a%20b", "a-b", "a%20%20b"}),
        *(
            (f'<p id="{name}">a', {name})
            for name in ("C++", "a/b", "50%", "b,c", "f(x)=!", "a[1]", "#a#b")
        ),
        (f"<p id={'x' * 101}>a", set()),
        ("<p id=empty></p>", set()),
        ("<p style='display:none' id=hidden>a</p>", set()),
    ],
)
def test_what_an_author_has_named_keeps_its_name(html: str, named: set[str]) -> None:
    assert places(html) == named
    found = re.findall(r' id="([^"]*)"', clean(html))
    assert set(map(unescape, found)) == named


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        yield Tab(browser)


def leads_to(tab: Tab, html: str) -> str:
    """The words that a click on the link of a page leads to."""
    tab.run(f"document.body.innerHTML = {json.dumps(html)}; 0")
    tab.run("location.hash = ''; document.querySelector('a[href]').click(); 0")
    return tab.run(
        "(() => { const at = document.querySelector(':target');"
        "if (!at) return '';"
        "const words = at.innerText.replace('\u200b', ''), next = at.nextSibling;"
        "return words || next.data || next.innerText })()"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<a href='#mid%20sec'>go</a><p>b</p><h2 id='mid sec'>found</h2>",
        "<a href='#mid sec'>go</a><p>b</p><h2><a name='mid sec'></a>found</h2>",
        "<a href=#top%20sec>go</a><p>b</p><h2 id='top sec'>found</h2>",
        "<a href='#%C3%A9t%C3%A9%20sec'>go</a><p>b</p><h2 id='été sec'>found</h2>",
        "<a href='#sec:1'>go</a><p>b</p><h2 id='sec:1'>found</h2>",
        "<a href='#gap'>go</a><p id='gap'>\u200b</p><p>found</p>",
        "<a href='#plain'>go</a><p>b</p><h2 id='plain'>found</h2>",
        "<a href='#a  b'>go</a><p id='a b'>no</p><h2 id='a  b'>found</h2>",
        "<a href='#a%20b'>go</a><p id='a-b'>no</p><h2 id='a b'>found</h2>",
        "<a href='#a-b'>go</a><p id='a b'>no</p><h2 id='a-b'>found</h2>",
        "<a href='#C++'>go</a><p>b</p><h2 id='C++'>found</h2>",
        "<a href='#C%2B%2B'>go</a><p>b</p><h2 id='C++'>found</h2>",
        "<a href='#50%'>go</a><p>b</p><h2 id='50%'>found</h2>",
        "<a href='#50%25'>go</a><p>b</p><h2 id='50%'>found</h2>",
        "<a href='#x%20y'>go</a><p>b</p><h2 id='x%20y'>found</h2>",
        """<a href="#a/b,(c)=d!&amp;'">go</a><p>b</p><h2 id="a/b,(c)=d!&amp;'">found</h2>""",
        "<a href='#a:/b c'>go</a><p>b</p><h2 id='a:/b c'>found</h2>",
        "<a href='#a[1]'>go</a><p>b</p><h2 id='a[1]'>found</h2>",
        "<a href=#a[x]>go</a><p>b</p><h2 id='a[x]'>found</h2>",
        "<a href='#a%5B1%5D'>go</a><p>b</p><a name='a[1]'></a><p>found</p>",
        "<a href='#a#b'>go</a><p>b</p><h2 id='a#b'>found</h2>",
        "<a href='##b'>go</a><p>b</p><h2 id='#b'>found</h2>",
    ],
)
def test_a_link_leads_to_its_place_whatever_that_is_called(tab: Tab, html: str) -> None:
    assert leads_to(tab, html) == "found"
    assert leads_to(tab, clean(html)) == "found"
    post = Post("k", "t", html, None)
    assert leads_to(tab, compose(post, {}, blocks=True)) == "found"
    assert leads_to(tab, html.replace("#", "#x", 1)) == "", "the control"
    assert not any(" " in name for name in places(html))


@pytest.mark.parametrize("end", ["<a name='end'></a>", "<p id='end'>&nbsp;</p>"])
def test_a_link_to_the_very_end_leads_there(end: str) -> None:
    html = f"<a href='#end'>down</a><p>last</p>{end}"
    new = '<p><a href="#end">down</a></p>\n\n<p>last<a id="end"></a></p>'
    assert clean(html) == clean(new) == new
    assert '<p>last<a id="end"></a></p>' in compose(
        Post("k", "t", html, None), {}, blocks=True
    )
    assert places(html.replace("#end", "#")) == set(), (
        "the control: nothing leads there"
    )


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
