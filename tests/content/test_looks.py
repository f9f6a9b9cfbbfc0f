"""Words that stood out by their colour or size stand out where they arrive."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
import requests

from tests.block_editor import Tab
from tests.content.test_wordpress_display import as_shown
from tests.faults.browser import open_browser
from tests.wordpress import WordPress
from wizard.blog import Post
from wizard.content.cleaning import clean, clean_comment
from wizard.content.composing import compose
from wizard.content.fitting import fit

# The word "here" looks as it is said beside it: its colour, what is behind it, and how
# many times as large it is as the words around it.
NO, RED, BLUE = "rgb(0, 0, 0)", "rgb(255, 0, 0)", "rgb(0, 0, 255)"
NONE = "rgba(0, 0, 0, 0)"
LOOKS = [
    ("<p>a <font color=red>here</font></p>", (RED, NONE, 1)),
    ("<p>a <FONT COLOR='#FF0000' size=6>here</FONT></p>", (RED, NONE, 2)),
    ("<p style='color:red'>a <b>here</b></p>", (RED, NONE, 1)),
    ("<p style='color:red'>a <i style='color:#00f'>here</i></p>", (BLUE, NONE, 1)),
    ("<div style='COLOR: rgb(255,0,0)'><p>here</p></div>", (RED, NONE, 1)),
    ("<p><span style='background:yellow'>here</span></p>", (NO, "rgb(255, 255, 0)", 1)),
    ("<p><u style='background-color:blue;color:#fff'>here</u></p>", ("rgb(255, 255, 255)", BLUE, 1)),
    ("<ul style='color:red'><li>here</ul>", (RED, NONE, 1)),
    ("<table><tr><td style='color:red'>here</table>", (RED, NONE, 1)),
    ("<h2 style='color:red'>here</h2>", (RED, NONE, 1.5)),
    ("<p>a <span style='font-size:24pt'>here</span></p>", (NO, NONE, 2)),
    ("<p>a <span style='font-size:150%'>here</span></p>", (NO, NONE, 1.5)),
    ("<p style='font-size:x-large'>here</p>", (NO, NONE, 1.5)),
    ("<p>here</p>", (NO, NONE, 1)),
]  # fmt: skip
# On a white page all of these look like any text, or could not be read.
UNSAID = [
    "<font color=black>here</font>",
    "<font color='#333333' size=2>here</font>",
    "<span style='color:windowtext;font-size:10pt'>here</span>",
    "<span style='color:#fff'>here</span>",
    "<span style='color:yellow'>here</span>",
    "<span style='background:#f4f4f4'>here</span>",
    "<span style='background:transparent'>here</span>",
    "<span style='background:#000'>here</span>",
    "<span style='background:maroon'>here</span>",
    "<span style='color:nonsense;background:url(a.png);font-size:nonsense'>here</span>",
    "<span style='color:var(--x);font-size:calc(9px * 9)'>here</span>",
    "<span style='border-color:red;mso-color:red'>here</span>",
    "<a href='http://x.example/'><font color=red>here</font></a>",
]


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        yield Tab(browser)


def look(tab: Tab, html: str) -> tuple[str, str, float]:
    page = json.dumps(f"<section>{html}</section>")
    tab.run(f"document.body.innerHTML = {page}; 0")
    return tuple(
        tab.run(
            "(() => { const walk = document.createTreeWalker(document.body, 4); let at;"
            "while ((at = walk.nextNode()) && !at.data.includes('here'));"
            "const up = [...document.querySelectorAll('*')].filter(one => "
            "one.contains(at)).reverse(), style = getComputedStyle(up[0]);"
            "const ground = up.map(one => getComputedStyle(one).backgroundColor);"
            f"return [style.color, ground.find(one => one != '{NONE}') || '{NONE}',"
            "parseFloat(style.fontSize) / 16] })()"
        )
    )


@pytest.mark.parametrize(("html", "looks"), LOOKS)
def test_a_browser_shows_the_same_before_and_after(
    tab: Tab, html: str, looks: tuple[str, str, float]
) -> None:
    assert look(tab, html) == looks
    assert look(tab, clean(html)) == looks
    assert look(tab, compose(Post("k", "t", html, None), {}, blocks=True)) == looks
    assert clean(clean(html)) == clean(html)


def test_wordpress_keeps_what_we_say_of_them_whoever_sends_it(
    tab: Tab, wordpress: WordPress
) -> None:
    """Of those who may not write any HTML it takes what it does not know."""
    known = wordpress.plug_in(
        "add_action('rest_api_init', fn() => register_rest_route('t/v1', 'filtered', ["
        "'methods' => 'POST', 'permission_callback' => '__return_true', 'callback' => "
        "fn($asked) => wp_unslash(wp_filter_post_kses(wp_slash($asked['text'])))]));"
    )

    def filtered(html: str) -> str:
        path = f"{wordpress.url}/index.php?rest_route=/t/v1/filtered"
        return str(requests.post(path, data={"text": html}, timeout=60).json())

    writer = requests.Session()
    writer.trust_env = False
    writer.auth = (wordpress.user, wordpress.password)
    try:
        for html, looks in LOOKS:
            sent = compose(Post("k", "t", html, None), {}, blocks=True)
            assert filtered(sent) == sent
            assert look(tab, as_shown(writer, wordpress, sent)) == looks
        assert filtered("<p onclick='x()'>a</p>") == "<p>a</p>", "the control"
    finally:
        known.unlink()


@pytest.mark.parametrize("html", UNSAID)
def test_what_looks_like_any_text_or_would_not_be_read_is_not_said(html: str) -> None:
    assert "style" not in clean(f"<p>a {html}</p>")


def test_words_that_the_editor_of_wordpress_coloured_keep_their_colour() -> None:
    old = (
        '<mark style="background-color:rgba(0, 0, 0, 0)" '
        'class="has-inline-color has-vivid-red-color">here</mark>'
    )
    assert "color:#cf2e2e" in clean(old)
    assert clean("<mark>here</mark>") == "<p><mark>here</mark></p>"
    plain = (
        '<mark style="background-color:transparent" class="has-inline-color">x</mark>'
    )
    assert clean(plain) == "<p>x</p>"


def test_colours_nest_no_deeper_than_anybody_needs() -> None:
    old = "".join(f"<font color='#ff00{n:02x}'>" for n in range(90)) + "here"
    assert clean(old).count("<mark") == 4
    assert clean("<font color=red>" * 90 + "here").count("<mark") == 1


def test_what_readers_say_has_no_colours() -> None:
    assert clean_comment("<font color=red size=7>here</font>") == "here"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<font color=yellow>here</font>", "pale"),
        ("<p style='color:#fff'>here</p>", "pale"),
        ("<td bgcolor=navy>here", "ground"),
        ('<div style="background:#ffee99">here</div>', "ground"),
        ("<ul type=square><li>here</ul>", "bullets"),
        ("<ul style='list-style-type: square'><li>here</ul>", "bullets"),
        ("<ul><li style='list-style:circle outside'>here</ul>", "bullets"),
    ],
)
def test_what_the_new_blog_shows_its_own_way_is_told_once(
    html: str, words: str
) -> None:
    post = fit(Post("k", "t", html * 3, None))
    (note,) = post.notes
    assert words in note
    assert fit(post) == post


def test_several_such_things_are_one_note() -> None:
    html = "<ul type=square><li><font color=lime>here</font></ul><hr bgcolor=red>"
    (note,) = fit(Post("k", "t", html, None)).notes
    assert "bullets" in note
    assert "pale" in note


@pytest.mark.parametrize(
    "html",
    [
        *[html for html, _ in LOOKS],
        "<p style='background:#fff;color:#333'>here</p>",
        "<ul><li>square circle color background</ul>",
        "<ul style='list-style:disc'><li>here</ul>",
        "<a href='http://x.example/?color=lime'>here</a>",
    ],
)
def test_of_what_arrives_as_it_was_nothing_is_told(html: str) -> None:
    assert not fit(Post("k", "t", html, None)).notes


def test_looking_for_what_is_lost_takes_no_time() -> None:
    for piece in ("<p style='color:", "<p color=", "<ul type=square>", "< color"):
        start = time.process_time()
        fit(Post("k", "t", piece * 20_000, None))
        assert time.process_time() - start < 5
