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
    "popover",
    'style="opacity:0"',
    'style="opacity: .0 !important; opacity: 1"',
    'style="opacity:0%"',
    'style="opacity:-1"',
    'style="font-size:0"',
    'style="font-size:0px"',
    'style="font-size:12px;FONT:bold 0/0 a"',
    'style="font-size:0;font-size:nonsense"',
    'style="position:absolute;left:-9999px"',
    'style="position:fixed;top:-5000px"',
    'style="position:relative;left:-999em"',
    'style="display:block;height:0;overflow:hidden"',
    'style="display:block;max-height:0px;overflow:hidden;padding:0"',
    'style="display:inline-block;width:0;overflow:hidden"',
    'style="position:absolute;width:0;overflow:hidden"',
    'style="position:absolute;clip:rect(0,0,0,0)"',
    'style="position:absolute;clip:rect(1px 1px 1px 1px)"',
    'style="clip-path:inset(50%)"',
    'style="clip-path:inset(100%)"',
    'style="display:block;clip-path:circle(0)"',
]
# Hidden on all pages whose own style is not at hand.
FOR_EARS = ["screen-reader-text", "a sr-only", "visually-hidden b"]
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
    'style="opacity:0;opacity:1"',
    'style="opacity:0;opacity:1.0 !important"',
    'style="display:contents;opacity:0"',
    'style="font-size:0.8em"',
    'style="font-size:0;font-size:10px"',
    'style="left:-9999px"',
    'style="position:static;left:-9999px"',
    'style="display:inline;height:0;overflow:hidden"',
    'style="clip:rect(0,0,0,0)"',
    'style="position:relative;clip:rect(0,0,0,0)"',
    'style="clip-path:inset(1%)"',
    'class="reader-text"',
]
# Around a block an inline element has no room of its own, so any cut takes all.
NESTING = [said for said in SHOWING if "clip-path" not in said]
# For a word or two.
ROOMY = [
    'style="position:relative;left:-1px"',
    'style="font:10px/1 serif"',
    'style="text-indent:-9px;padding-left:9px"',
    'style="height:9em;overflow:hidden"',
    'style="display:block;height:0;overflow:hidden;padding-bottom:3em"',
    'style="display:block;height:0;min-height:3em;overflow:hidden"',
]
# What a browser does not show, and what a script or a click brings into view.
COMING = [
    'style="opacity:0.01"',
    'style="opacity:0;transition:opacity 1s"',
    'style="opacity:0;-webkit-animation:x 1s"',
    'class="not-sr-only"',
]
TAGS = ["div", "span", "p", "b", "font", "blockquote", "a", "center", "h3"]


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        tab = Tab(browser)
        tab.run("document.body.innerHTML = ''")
        yield tab


def seen(tab: Tab, html: str) -> list[str]:
    """The words of a page that a browser paints: each has a colour of its own behind it."""
    page = re.sub(r"w(\d+)", _coloured, html)
    tab.run(f"document.body.innerHTML = {json.dumps(page)}; 0")
    found = {colour for _, colour in tab.picture().getcolors(1 << 20)}
    words = re.findall(r"w\d+", html)
    return [word for word in words if _colour(word) in found]


def _coloured(word: re.Match[str]) -> str:
    red, green, blue = _colour(word[0])
    return f"<s style='background:rgb({red},{green},{blue})'>{word[0]}</s>"


def _colour(word: str) -> tuple[int, int, int]:
    number = int(word[1:])
    return 255 - number // 100, number % 100, 99


def kept(html: str) -> list[str]:
    return re.findall(r"w\d+", references.unescape(re.sub(r"<[^>]*>", "", clean(html))))


@pytest.mark.parametrize("tag", TAGS)
def test_a_browser_and_we_agree_about_what_is_hidden(tab: Tab, tag: str) -> None:
    for said in HIDING:
        html = f"w1<{tag} {said}>w2 <i>w3</i></{tag}>w4"
        assert seen(tab, html) == kept(html) == ["w1", "w4"], said
        assert re.findall(r"w\d", plain_text(html)) == ["w1", "w4"], said
    for said in SHOWING + ROOMY:
        html = f"w1<{tag} {said}>w2 <i>w3</i></{tag}>w4"
        assert seen(tab, html) == kept(html) == ["w1", "w2", "w3", "w4"], said


def test_what_may_still_come_into_view_stays() -> None:
    for said in COMING:
        assert kept(f"w1<div {said}>w2</div>w3") == ["w1", "w2", "w3"], said


def test_the_words_of_a_heading_that_showed_a_picture_instead_stay(tab: Tab) -> None:
    """Only the first line of such a text is away, and nothing but it has its words."""
    style = "text-indent:-9999px;background:url(logo.png) no-repeat"
    html = f"<h2 style='{style}'>w1<br>w2</h2><div style='text-indent:-9999px'>w3</div>"
    assert seen(tab, html) == ["w2"]
    assert kept(html) == ["w1", "w2", "w3"]


def test_what_only_programs_that_read_aloud_are_to_find_stays_out() -> None:
    for name in FOR_EARS:
        assert kept(f'w1<span class="{name}">w2 <b>w3</b></span>w4') == ["w1", "w4"]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<div style='font-size:0'>w1<b>w2</b> <i style='font-size:9px'>w3</i>w4</div>",
            "w3",
        ),
        ("<div style='font-size:0'>w1<i style='font-size:2em'>w2</i></div>w3", "w3"),
        ("<div style='font-size:0'><h2>w1</h2><font size=2>w2</font></div>", "w2"),
        ("<div style='font-size:0'><i style='font:1rem serif'>w1</i>w2</div>", "w1"),
        ("<dialog>w1</dialog><dialog open style='position:static'>w2</dialog>", "w2"),
        (
            "<div style='opacity:0'>w1<b style='opacity:1;visibility:visible'>w2</b></div>w3",
            "w3",
        ),
        ("<table style='height:0;overflow:hidden'><tr><td>w1</table>", "w1"),
        ("<table><tr><td style='height:0;overflow:hidden'>w1</table>", "w1"),
    ],
)
def test_what_stands_in_something_hidden_is_seen_if_a_browser_shows_it(
    tab: Tab, html: str, words: str
) -> None:
    assert seen(tab, html) == kept(html) == [words]
    assert re.findall(r"w\d+", plain_text(html)) == [words]


def test_pictures_are_seen_where_letters_have_no_size() -> None:
    html = '<div style="font-size:0"><img src="http://x.example/a.jpg"> <b>a</b></div>'
    assert clean(html) == '<p><img src="http://x.example/a.jpg" alt=""></p>'


def test_what_a_reader_can_open_stays() -> None:
    html = "<details><summary>w1</summary>w2</details>"
    assert clean(html) == "<details><summary>w1</summary><p>w2</p></details>"


parts = st.recursive(
    st.just("word "),
    lambda inner: st.builds(
        "<{0} {1}>{2}</{0}>".format,
        st.sampled_from(["div", "span", "em", "blockquote", "center", "font"]),
        st.sampled_from([*HIDING, *NESTING, 'style="visibility:visible"']),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
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
        '<p style="opacity:0"><img src="1.jpg"></p>',
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
