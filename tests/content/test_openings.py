"""What a click on the old page brings into view arrives; what nothing opens is told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.block_editor import Tab
from tests.content.test_hiding import kept, seen
from tests.faults.browser import open_browser
from wizard.blog import Post
from wizard.content.cleaning import plain_text
from wizard.content.composing import compose
from wizard.content.fitting import fit

SHOW = "document.getElementById('{}').style.display=''"
# Each with one thing to click, and a text that is out of sight until then.
OPENED = [
    f"<a href='#' onclick=\"{SHOW.format('s1')};return false\">more</a>"
    "<div id='s1' style='display:none'><p>w1</p></div>",
    f'<a href="javascript:void({SHOW.format("s.2")})">more</a>'
    "<span id='s.2' style='display:none'>w1</span>",
    "<input type='button' value='more' onclick=\"this.parentNode."
    "getElementsByTagName('div')[0].style.display='block'\">"
    "<div style='display:none'>w1</div>",
    '<button onclick="this.nextElementSibling.hidden=false">more</button>'
    "<div hidden>w1</div>",
    "<button onclick=\"document.querySelector('.fold').style.visibility='visible'\">"
    "more</button><div class='a fold' style='visibility:hidden'>w1</div>",
    "<button onclick=\"acc.style.maxHeight='9em'\">more</button>"
    "<div id=acc style='max-height:0;overflow:hidden'>w1</div>",
    "<button popovertarget=pop>more</button><div id=pop popover>w1</div>",
    "<button onclick='box.show()'>more</button><dialog id=box>w1</dialog>",
]
# What scripts elsewhere open names it in the same places.
NAMED = [
    "<a data-toggle='collapse' data-target='#s'>more</a>",
    "<a data-bs-target='#s'>more</a>",
    "<button aria-controls=s>more</button>",
    "<a href='#s'>more</a>",
]
NAMED_TEXT = "<div id=s style='display:none'>w1</div>"
CLICK = "document.querySelector('[onclick],[popovertarget],a').click(); 0"


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        tab = Tab(browser)
        tab.run("document.body.innerHTML = ''")
        yield tab


@pytest.mark.parametrize("html", OPENED)
def test_what_a_click_opens_arrives_as_it_is_seen_then(tab: Tab, html: str) -> None:
    assert not seen(tab, html), "the control: it is out of sight at first"
    tab.run(CLICK)
    assert tab.run("document.body.innerText").endswith("w1")
    assert kept(html) == ["w1"]
    assert plain_text(html).endswith("w1")
    assert not fit(Post("k", "t", html, None)).notes


@pytest.mark.parametrize("opener", NAMED)
def test_what_is_named_as_what_scripts_open_arrives(opener: str) -> None:
    assert kept(opener + NAMED_TEXT) == ["w1"]
    assert (
        kept(opener.replace("s'", "other'").replace("=s", "=other") + NAMED_TEXT) == []
    )


def test_scripts_that_only_lead_elsewhere_open_nothing() -> None:
    for script in ("window.parent.location='/next/'", "this.style.color='red'"):
        assert kept(f'<a onclick="{script}">x</a><p style="display:none">w1</p>') == []


def test_a_click_that_opens_one_text_opens_no_other(tab: Tab) -> None:
    html = f"{OPENED[0]}<div id=spam style='display:none'>w2</div>"
    seen(tab, html)
    tab.run(CLICK)
    assert "w2" not in tab.run("document.body.innerText")
    assert kept(html) == ["w1"]


def test_what_nothing_opens_is_told_once_and_stays_out() -> None:
    html = "<p>seen</p><div style='display:none'>cheap <b>pills</b></div><p>seen"
    (note,) = fit(Post("k", "t", html, None)).notes
    assert "“cheap pills”" in note
    assert "copy it from the old blog" in note
    post = fit(Post("k", "t", f"{html}<p hidden>more pills</p>", None))
    (note,) = post.notes
    assert "“cheap pills” and 1 more" in note
    assert fit(post) == post, "said once, however often it is fitted"
    assert "pills" not in compose(post, {}, blocks=True)


@pytest.mark.parametrize(
    "html",
    [
        "<p>all is seen</p>",
        "<p hidden> \n&nbsp;</p>",
        "<p style='display:none'><img src='http://x.example/count.gif'></p>",
        "<span class='screen-reader-text'>for ears</span>",
        "<div hidden><script>count()</script></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>seen</p></div>",
        "<p style='position:relative;overflow:visible;opacity:1'>seen</p>",
    ],
)
def test_where_no_text_was_hidden_from_readers_nothing_is_said(html: str) -> None:
    assert not fit(Post("k", "t", html, None)).notes


@pytest.mark.parametrize(
    "hiding",
    [
        "style='visibility:hidden'",
        "style='font-size:0'",
        "style='FONT:0/0 a'",
        "style='position:absolute;left:-9999px'",
        "style='opacity:0'",
    ],
)
def test_text_is_told_of_in_whatever_way_it_was_hidden(hiding: str) -> None:
    (note,) = fit(Post("k", "t", f"<div {hiding}>words</div>", None)).notes
    assert "“words”" in note


def test_a_long_hidden_text_is_named_by_its_beginning() -> None:
    html = f"<p hidden>{json.dumps('word ' * 100)}</p>"
    (note,) = fit(Post("k", "t", html, None)).notes
    assert len(note) < 250


def test_words_of_drawings_and_of_fields_are_told_of() -> None:
    html = (
        '<p>a <svg viewBox="0 0 9 9"><title>T</title><text x=1>Sales <tspan>&amp; more'
        "</tspan></text></svg> <text>b</text> <input name=n value='TYPED &lt;in&gt;'>"
        '<input type=hidden value=h><INPUT type="checkbox" value="on">'
        "<input type=submit value=Go>"
        '<input style="display:none" value="d"><input hidden value="i">'
        '<input type="password" value="p"><input data-value="v"></p>'
    )
    (note,) = fit(Post("k", "t", html, None)).notes
    assert note == (
        "Words that the old page showed in a drawing or in a field of a form stay "
        "behind: “Sales” and 2 more. If you need them, copy them from the old blog."
    )
    (note,) = fit(Post("k", "t", '<input value="TYPED &lt;in&gt;">', None)).notes
    assert "“TYPED <in>”." in note
    silent = '<svg><path d="M0 0"/></svg><text>b</text><input type=image value=x>'
    assert not fit(Post("k", "t", silent, None)).notes
