"""Where spaces count at an old WordPress, a browser shows the same of what arrives."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator

import pytest
import requests

from tests.block_editor import Tab
from tests.content.test_wordpress_display import as_shown
from tests.faults.browser import open_browser
from tests.wordpress import WordPress
from wizard.blog import Post
from wizard.content.composing import compose
from wizard.sources.metaweblog.line_breaks import paragraphs

POEMS = [
    "<p style='white-space:pre-wrap'>  two\n    four  in  it\n\tand a tab</p>",
    "<p style='white-space: pre'>\n  after a break\nlast\n</p>",
    "before\n  it\n\n<p style='white-space:pre-wrap'>  a\n\n  b</p>\n\nafter\n it",
    "<div style='white-space:pre-wrap'>  a\n  b\n\n  c\n\td</div>",
    "<blockquote style='white-space:pre-line'>  a\n  b<br />\n  c</blockquote>",
    "a <span style='white-space:pre'>  b  <b>  c</b>\n d</span>",
    "<table><tr><td style='white-space:pre-wrap'>  a\n  b</td></tr></table>",
    "<!-- wp:paragraph -->\n<p style='white-space:pre-wrap'>  a\n  b</p>\n<!-- /wp:paragraph -->",
    "<!-- wp:verse -->\n<pre class='wp-block-verse'>  a\n  b</pre>\n<!-- /wp:verse -->",
]


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        yield Tab(browser)


@pytest.fixture(scope="module")
def writer(wordpress: WordPress) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.auth = (wordpress.user, wordpress.password)
    session.headers["Accept"] = "application/json"
    return session


def lines(tab: Tab, html: str) -> list[str]:
    """What a browser shows, a tab as wide as in the text that arrives; no empty lines,
    because a paragraph ends with one."""
    page = json.dumps(f"<style>* {{ tab-size: 4 }}</style>{html}")
    text = tab.run(f"document.body.innerHTML = {page}; document.body.innerText")
    text = text.replace("\xa0", " ").replace("\t", " " * 4)
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def arriving(old: str) -> str:
    return compose(Post("k", "t", paragraphs(old), None), {}, blocks=True)


@pytest.mark.parametrize("old", POEMS)
def test_a_poem_keeps_its_lines_and_what_they_begin_with(
    tab: Tab, writer: requests.Session, wordpress: WordPress, old: str
) -> None:
    before = lines(tab, as_shown(writer, wordpress, old))
    assert lines(tab, arriving(old)) == before
    assert any(line.startswith(" ") for line in before) == ("pre-line" not in old)


def test_the_control_where_no_style_says_so_lines_begin_without_spaces(
    tab: Tab, writer: requests.Session, wordpress: WordPress
) -> None:
    old = POEMS[0].replace("white-space", "x-space")
    shown = lines(tab, as_shown(writer, wordpress, old))
    assert shown == lines(tab, arriving(old)) == ["two", "four in it", "and a tab"]


def test_whatever_the_spaces_the_lines_are_those_of_the_old_blog(
    tab: Tab, writer: requests.Session, wordpress: WordPress
) -> None:
    chance = random.Random(2007)
    for _ in range(60):
        texts = [
            "".join(chance.choices(["a", "b", " ", "  ", "\t", "\n", "<br />\n"], k=6))
            for _ in range(3)
        ]
        kind = chance.choice(["pre", "pre-wrap", "pre-line", "break-spaces"])
        tag = chance.choice(["p", "div", "blockquote", "h3"])
        words = f"{'<i>'.join(texts[:2])}</i>{texts[2]}z"
        if re.search(r"\n\s*\n", words):
            continue  # a paragraph would end in the middle of the formatting
        old = f"x\n y\n\n<{tag} style='white-space:{kind}'>{words}</{tag}>\n\nlast"
        before = lines(tab, as_shown(writer, wordpress, old))
        assert lines(tab, arriving(old)) == before, old
