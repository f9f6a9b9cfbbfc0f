"""Where a page says that spaces and line breaks count, they count in what arrives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.block_editor import Tab
from tests.faults.browser import open_browser
from wizard.content.cleaning import clean, clean_comment


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        yield Tab(browser)


def lines(tab: Tab, html: str) -> list[str]:
    """The lines of a page as a browser shows them; a tab is as wide as some spaces."""
    page = f"document.body.innerHTML = {json.dumps(html)}; document.body.innerText"
    text = tab.run(page).replace("\xa0", " ").replace("\t", " " * 4)
    return [line.rstrip() for line in text.split("\n") if line.strip()]


OLD = [
    "<p style='white-space:pre-wrap'>a  b\n c\n\nd\te</p>f  g",
    "x<span class=Apple-tab-span style='white-space:pre'>\t</span>y  z",
    "<span style='white-space:pre-wrap'>  a \n</span><b>b</b>",
    "<p>a <span style='white-space-collapse:preserve'>b   c<br>   d</span>   e</p>",
    "<p style='WHITE-SPACE: pre-line'>  a   b\n  c</p>",
    "<div style='font-family:Menlo;white-space:pre;'><div><span>if x:</span></div>"
    "<div>    y\tz</div><br><div>w</div></div>after  it",
    "<p style='white-space:pre'>a\n   b</p><p>c\n   d</p>",
    "<ul style='white-space:break-spaces'><li>a\n b</li><li>c</li></ul>",
    "<table><tr><td style='white-space:pre-wrap'>a  b\nc<td>d  e</table>",
    "<h2 style='white-space:pre-wrap'>a  b</h2><blockquote>c  d</blockquote>",
    "<div style='white-space:pre-wrap'>a  b<p style='white-space:normal'>c  d</p></div>",
    "<p style='white-space:nowrap'>a  b</p><p style='white-space:nonsense'>a  b</p>",
    "<p style='white-space:pre-wrap;white-space:normal'>a  b\nc</p>",
    "<p style='white-space:pre-wrap'>a <b> b</b>\t<i> c</i></p>",
    "<pre style='white-space:pre-wrap'>\na\n  b</pre>",
]


@pytest.mark.parametrize("old", OLD)
def test_a_browser_shows_the_same_lines_before_and_after(tab: Tab, old: str) -> None:
    new = clean(old)
    assert lines(tab, old) == lines(tab, new)
    assert clean(new) == new


texts = st.text(st.sampled_from("ab  \n\t"), max_size=12)
pieces = st.builds(
    "<{0} style='white-space:{1}'>{2}<i>{3}</i></{0}>".format,
    st.sampled_from(["p", "div", "blockquote"]),
    st.sampled_from(["pre-wrap", "pre-line", "normal", "break-spaces"]),
    texts,
    texts,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=4).map("".join))
def test_whatever_the_spaces_the_lines_are_the_same(tab: Tab, old: str) -> None:
    def words(html: str) -> list[list[str]]:
        return [re.findall(r"\S+", line) for line in lines(tab, html)]

    assert words(clean(old)) == words(old)


@pytest.mark.parametrize("spaces", ["pre", "pre-wrap"])
def test_code_whose_spaces_count_is_preformatted_and_a_poem_is_not(spaces: str) -> None:
    old = f'<div style="{{}}white-space:{spaces}">a  b\n c</div>'
    for font in ("font-family:Consolas,Arial;", "font: 12px/1 'Courier New';"):
        assert clean(old.format(font)) == "<pre>a  b\n c</pre>"
    assert clean(old.format("font:12px Arial;")) == "<p>a&nbsp; b<br />&nbsp;c</p>"


def test_new_lines_of_a_comment_count_too() -> None:
    assert clean_comment("<p style='white-space:pre-wrap'>a\nb</p>") == "a\nb"
