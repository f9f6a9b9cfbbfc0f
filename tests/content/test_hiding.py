"""What no browser shows of an old page: it stays out, and nothing else goes with it."""

from __future__ import annotations

import html as references
import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.block_editor import Tab
from tests.faults.browser import open_browser
from wizard.blog import Photo, Post
from wizard.content.cleaning import clean, clean_comment, plain_text
from wizard.content.composing import Placed, compose

HOME = Placed("http://new.example/f.jpg", "http://new.example/s.jpg", 240, 180)
HIDING = [
    "hidden",
    'style="display:none"',
    'style="DISPLAY : NONE ; color:red"',
    'style="color:red;display: none !important"',
    'style="display:none!important;display:block"',
    'style="display:block;display:none"',
    'style="display:none;display:nonsense"',
    'style="display:/* ; */none"',
    'hidden style="display:nonsense"',
    'style="visibility:hidden"',
    'style="visibility:collapse"',
]
# They look as if they hid something.
SHOWING = [
    "",
    'style="display:none;display:block"',
    'style="display:none;display:inline !important"',
    'style="display:none important"',
    'style="display:nonexistent"',
    'style="x-display:none"',
    "style=\"font-family:'a;display:none;b'\"",
    'style="background:url(a;display:none)"',
    'style="/* display:none */"',
    'style="visibility:hidden;visibility:visible"',
    'style="visibility:unheard-of"',
    'hidden style="display:block"',
    'aria-hidden="true"',
    'class="hidden"',
    'style="overflow:hidden"',
    'title="display:none"',
]
TAGS = ["div", "span", "p", "b", "font", "blockquote", "a", "center", "h3"]


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        tab = Tab(browser)
        tab.run("document.body.innerHTML = ''")
        yield tab


def seen(tab: Tab, html: str) -> list[str]:
    """The words of a page that a browser shows."""
    words = tab.run(
        f"document.body.innerHTML = {json.dumps(html)}; document.body.innerText"
    )
    return re.findall(r"w\d+", words)


def kept(html: str) -> list[str]:
    return re.findall(r"w\d+", references.unescape(re.sub(r"<[^>]*>", "", clean(html))))


@pytest.mark.parametrize("tag", TAGS)
def test_a_browser_and_we_agree_about_what_is_hidden(tab: Tab, tag: str) -> None:
    for said in HIDING:
        html = f"w1<{tag} {said}>w2 <i>w3</i></{tag}>w4"
        assert seen(tab, html) == kept(html) == ["w1", "w4"], said
        assert re.findall(r"w\d", plain_text(html)) == ["w1", "w4"], said
    for said in SHOWING:
        html = f"w1<{tag} {said}>w2 <i>w3</i></{tag}>w4"
        assert seen(tab, html) == kept(html) == ["w1", "w2", "w3", "w4"], said


parts = st.recursive(
    st.just("word "),
    lambda inner: st.builds(
        "<{0} {1}>{2}</{0}>".format,
        st.sampled_from(["div", "span", "em", "blockquote", "center", "font"]),
        st.sampled_from([*HIDING, *SHOWING, 'style="visibility:visible"']),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(parts, max_size=6).map("".join))
def test_every_word_that_a_browser_shows_arrives_and_no_other(
    tab: Tab, html: str
) -> None:
    numbers = iter(range(1000))
    html = re.sub("word", lambda _: f"w{next(numbers)}", html)
    assert kept(html) == seen(tab, html)
    assert re.findall(r"w\d+", plain_text(html)) == seen(tab, html)


def test_the_control_a_browser_shows_what_nothing_hides(tab: Tab) -> None:
    assert seen(tab, "<div>w1<span>w2</span></div><style>w3</style>") == ["w1", "w2"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a<br style='display:none'>b", "<p>ab</p>"),
        ("a<hr hidden>b<hr style='visibility:hidden'>", "<p>ab</p>"),
        ("<ul><li hidden>a<li>b</ul>", "<ul><li>b</li></ul>"),
        ("<table><tr hidden><td>a<tr><td>b</table>c", None),
        ("<p hidden>a<p>b", "<p>b</p>"),
        ("<p style='display:none'>a<div>b</div>", "<p>b</p>"),
        ("a<div hidden><!--more--></div>b", "<p>ab</p>"),
        ("<iframe hidden src='http://x.example/'></iframe>a", "<p>a</p>"),
        (
            "<object style='visibility:hidden' data='http://x.example/'></object>a",
            "<p>a</p>",
        ),
        ("<img hidden src='http://x.example/i.gif'>a", "<p>a</p>"),
        ("<datalist><option>a</datalist>b", "<p>b</p>"),
    ],
)
def test_what_is_hidden_leaves_no_trace(old: str, new: str | None) -> None:
    new = new or "<table><tbody><tr><td>b</td></tr></tbody></table>\n\n<p>c</p>"
    assert clean(old) == new


def test_what_a_search_in_the_page_may_open_stays() -> None:
    assert clean('<div hidden="until-found">a</div>') == "<p>a</p>"


def test_what_is_hidden_in_a_comment_stays_out_too() -> None:
    assert clean_comment("a<u style='display:none'>casino</u>") == "a"


def test_a_list_to_choose_from_keeps_all_that_one_could_choose(tab: Tab) -> None:
    """One line for each, as a browser gives its text: whoever opened it could read them."""
    html = "<select><option>w1<option selected>w2<option hidden>w3</select>"
    assert kept(html) == ["w1", "w2"]
    assert clean(html) == "<p>w1</p>\n\n<p>w2</p>"


@pytest.mark.parametrize(
    "old",
    [
        '<img src="1.jpg" hidden>',
        '<div style="display:none"><p><img src="1.jpg"></div>',
        '<span style="visibility:hidden"><img src="1.jpg"></span>',
        '<div hidden><a href="1.jpg">photo</a></div>',
    ],
)
@pytest.mark.parametrize("blocks", [False, True])
def test_a_hidden_picture_is_not_shown_beside_the_text_either(
    old: str, blocks: bool
) -> None:
    def composed(html: str) -> str:
        post = Post("k", "t", f"words {html}", None, photos=(Photo("1.jpg", True),))
        return compose(post, {"1.jpg": HOME}, blocks=blocks)

    assert HOME.shown not in composed(old)
    assert HOME.full not in composed(old)
    assert composed(f'{old}<img src="1.jpg">').count("<img") == 1
    assert composed("").count("<img") == 1, "the control: nothing hides it"


def test_a_photo_that_also_stood_beside_the_text_is_shown_there() -> None:
    photo = Photo("1.jpg", True, integrated=True)
    post = Post("k", "t", '<img src="1.jpg" hidden>', None, photos=(photo,))
    assert "<img" in compose(post, {"1.jpg": HOME})
