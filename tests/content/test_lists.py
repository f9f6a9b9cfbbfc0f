"""Every item of a list that arrives has the number or letter that it had."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.block_editor import Tab
from tests.faults.browser import open_browser
from wizard.blog import Post
from wizard.content.cleaning import clean
from wizard.content.composing import compose


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with open_browser() as browser:
        yield Tab(browser)


def marks(tab: Tab, html: str) -> list[str]:
    """What a browser writes before each item."""
    tab.run(f"document.body.innerHTML = {json.dumps(html)}; 0")
    return [name.strip() for name in tab.names("ListMarker")]


items = st.builds(
    "<li{}>{}</li>".format,
    st.sampled_from(["", "", "", " value=7", " value=-2", " hidden", " value=' 4x'"]),
    st.sampled_from(["a", "a", "", "<br>", " ", "<b></b>", "<p>a</p>"]),
)
lists = st.builds(
    "<ol{}{}>{}<li>last</ol>".format,
    st.sampled_from(
        ["", " start=5", " start=-3", " start=0", " start='+2.'", " start=x"]
    ),
    st.sampled_from(
        ["", " reversed", " type=a", " type=I", " style='list-style:upper-roman'"]
    ),
    st.lists(items, max_size=5).map("".join),
)


@settings(max_examples=100, deadline=None)
@given(lists, lists)
def test_a_browser_counts_a_list_as_before(tab: Tab, old: str, inner: str) -> None:
    old = old.replace("<p>a</p>", f"a{inner}", 1)
    expected = marks(tab, old)
    assert len(expected) > 0
    assert marks(tab, clean(old)) == expected
    assert marks(tab, compose(Post("k", "t", old, None), {}, blocks=True)) == expected


def test_the_control_without_its_empty_items_a_list_counts_otherwise(tab: Tab) -> None:
    assert marks(tab, "<ol><li>a<li><li>c</ol>") == ["1.", "2.", "3."]
    assert marks(tab, "<ol><li>a<li>c</ol>") == ["1.", "2."]
