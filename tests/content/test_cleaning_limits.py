"""Cleaning posts that are deep, long or malicious: in time, and without losing text."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.blog import Post
from wizard.content.cleaning import clean, clean_comment, plain_text
from wizard.content.composing import compose
from wizard.content.editor_blocks import as_blocks
from wizard.content.fitting import fit
from wizard.content.libxml import DEEPEST, Listener, TooDeep
from wizard.content.parsing import flatten, hear
from wizard.errors import Refused

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


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Some words, <b>bold</b> and a <a href='http://o.example/'>link</a>.</p>\n",
        "<b><i><u><s><code><a href='http://o.example/'><img src='http://o.example/i'></b>",
        "<img src='http://o.example/i' height=9>x",
        "<img src='http://o.example/i' align=left> ",
        "<ul><li>x<ul><li>y",
        "<blockquote>x</blockquote><table><td><p>y<td><p>z</table>",
        "<pre>x [y] \n\n</pre>",
        "[x] ",
        "<br>x<br><br>",
        "<a href='http://o.example/'></a>",
    ],
)
def test_megabytes_become_blocks_in_a_time_that_grows_no_faster(piece: str) -> None:
    took = []
    for size in (MEGABYTES // 32, MEGABYTES // 8):
        html = clean(piece * (size // len(piece)))
        took.append(min(seconds(partial(as_blocks, html, {}, "md-1")) for _ in "123"))
    assert took[1] < 2
    # Four times as much; were it to grow with the square, this would be sixteen times.
    assert took[1] < 12 * took[0] + 0.2


LONG = 40_000


@pytest.mark.parametrize(
    "html",
    [
        f"<pre>x{' ' * LONG}y</pre>",
        "<pre>x" + " \n" * LONG + "y</pre>",
        "<blockquote> " * (LONG // 12) + "x",
        f"<span style='{'text-decoration:' * (LONG // 16)}'>x</span>",
        f"<span style='font-weight{' ' * LONG}'>x</span>",
        f"<p style='{'text-align:' * (LONG // 11)}'>x</p>",
        f"<p style='display{':display' * (LONG // 8)}'>x</p>",
        f"<p style='display:{'/*' * (LONG // 2)}'>x</p>",
        f"<p style='display:{'(' * LONG}'>x</p>",
        f"<p style='{'display:none;' * (LONG // 13)}display:block'>x</p>",
        f"<p style='display:block;width:{'1' * LONG}q'>x</p>",
        f"<p style='position:relative;left:{'0' * LONG}q'>x</p>",
        f"<p style='opacity:{'0' * LONG}q'>x</p>",
        f"<p style='height:0;overflow:hidden;{'padding' * (LONG // 7)}'>x</p>",
        f"<img src='{'/emoticon/rte/emoticons/a.b' * (LONG // 27)}'>",
        f"<img src='http://a.example/x' style='{'float: ' * (LONG // 7)}'>",
        f"<embed src='http://vimeo.com/moogaloop.swf?{'&' * LONG}'>",
        f"<embed src='http://youku.com/player.php/{'/' * LONG}sid'>",
        f"<embed src='http://{'a-.' * LONG}youtube.com'>",
        f"<a href='#a'>{'href=   ' * (LONG // 8)}href{' ' * LONG}",
        "\u00c3\u0083" * LONG,
        "&#" * LONG,
        "<![CDATA[" * (LONG // 9),
    ],
    ids=lambda html: html[:30].strip(),
)
def test_no_pattern_loses_itself_in_a_text_made_for_it(html: str) -> None:
    post = Post("k", html, html, None, excerpt=html)
    for work in (clean, clean_comment, plain_text):
        assert seconds(lambda work=work: work(html)) < 1  # type: ignore[misc]
    for blocks in (False, True):
        assert seconds(lambda b=blocks: compose(fit(post), {}, blocks=b)) < 2  # type: ignore[misc]


def test_what_is_too_long_to_be_a_post_is_refused_in_words() -> None:
    html = "words " * 9_000_000
    post = Post("k", "", html, None)
    with pytest.raises(Refused, match="too long to be a post"):
        compose(fit(post), {})
    assert seconds(lambda: fit(post)) < 5


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

    def paragraph(self, html: str) -> bool:
        return False

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
