"""Cleaning posts that are deep, long or malicious: in time, and without losing text."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.content.cleaning import clean, clean_comment, plain_text
from wizard.content.parsing import DEEPEST, Listener, TooDeep, flatten, hear

DEEP = 100_000


def seconds(work: Callable[[], object]) -> float:
    """Processor time, which other programs on this computer hardly change."""
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * DEEP + "deep" + "</div>" * DEEP + "after",
        "<b>" * DEEP + "deep" + "</b>" * DEEP + "after",
        "<ul><li>" * (DEEP // 2) + "deep" + "</li></ul>" * (DEEP // 2) + "after",
        "<table><tr><td>" * (DEEP // 4) + "deep" + "</table>" * (DEEP // 4) + "after",
        "<blockquote><font><p>" * (DEEP // 4) + "deep after",
        "<div>" * (DEEP // 2) + "deep" + "</b>" * (DEEP // 2) + "after",
        '<div title="<">' * (DEEP // 2) + "deep" + "</b>" * (DEEP // 2) + "after",
        "<svg>" * DEEP + "</b>" * DEEP + "</svg>" * DEEP + "deep after",
    ],
    ids=["div", "b", "lists", "tables", "quotes", "stray", "sneaky", "hidden"],
)
def test_a_hundred_thousand_nested_tags_take_less_than_two_seconds(html: str) -> None:
    texts: list[str] = []
    assert seconds(lambda: texts.append(clean(html))) < 2
    assert seconds(lambda: texts.append(plain_text(html))) < 2
    for text in texts:
        assert "deep" in text
        assert "after" in text


MEGABYTES = 5_000_000


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Some words, <b>bold</b> and a <a href='http://o.example/'>link</a>.</p>\n",
        "<DIV><FONT size=2>Words&nbsp;and words&amp;words</FONT></DIV>\r\n<DIV>&nbsp;</DIV>",
        "plain words ",
        "&nbsp;",
        "&amp;x",
        "<br>",
        "<",
        "</i>",
        '<a "',
        "<!-- x ",
        "[",
    ],
)
def test_five_megabytes_take_less_than_five_seconds(piece: str) -> None:
    html = "<i>" * 400 + piece * (MEGABYTES // len(piece)) + "after"
    assert seconds(lambda: clean(html)) < 5


def test_a_picture_of_megabytes_written_into_the_text_is_left_out() -> None:
    html = f'a<img src="data:image/png;base64,{"A" * MEGABYTES}" alt="drawn">b'
    assert clean(html) == "<p>adrawnb</p>"


def test_formatting_that_is_never_closed_keeps_its_paragraphs() -> None:
    html = clean("<p><b>x" * 2000 + '<p><a href="http://o.example">y</a>')
    assert html.count("<p>") == 2001
    assert '<a href="http://o.example">' in html


def test_comments_and_notes_of_any_depth_are_read() -> None:
    assert clean_comment("<div>" * DEEP + "deep") == "deep"


NESTING = ("div", "b", "p", "ul", "li", "table", "td")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 400), st.randoms(use_true_random=False))
def test_flattening_keeps_each_text_where_it_was(
    depth: int, chance: random.Random
) -> None:
    pieces = [f"<{chance.choice(NESTING)}>w{n}x" for n in range(depth)]
    html = "".join(pieces) + "</div>" * depth + "end"
    assert plain_text(flatten(html)).replace(" ", "") == plain_text(html).replace(
        " ", ""
    )


class Depth:
    """Hears how deeply a document is nested."""

    def __init__(self) -> None:
        self.now = self.most = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now > DEEPEST:
            raise TooDeep

    def end(self, tag: str) -> None:
        self.now -= 1

    def data(self, text: str) -> None: ...

    def comment(self, text: str) -> None: ...

    def close(self) -> None: ...


def test_a_flat_document_fits_into_the_depth_that_is_allowed() -> None:
    listener: Listener = Depth()
    assert isinstance(listener, Depth)
    assert hear("<table><tr><td><p>" * DEEP, Depth).most <= DEEPEST
    assert hear("<div>" * (DEEPEST - 10), Depth).most > DEEPEST - 10, "not flattened"


def test_documents_of_ordinary_depth_are_not_flattened() -> None:
    html = "<blockquote>" * 30 + "x" + "</blockquote>" * 30
    assert clean(html).count("<blockquote>") == 30
