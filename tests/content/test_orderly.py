"""HTML whose tags are in order is read without libxml2, and all the same as by it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wizard.content import markup, orderly
from wizard.content.cleaning import AsItIs
from wizard.content.flow import Flow
from wizard.content.libxml import feed
from wizard.content.openings import Openings

TEXTS = (
    *("word", "two words", " ", "\n", " leading", "trailing ", "a  b", "\t\n", "\r\n"),
    *(
        "\xa0",
        "\u3000今天",
        "\u200b",
        "\x01",
        "\x85 x",
        "\ufffe",
        "\ufdd0",
        "a > b",
        "😀",
    ),
    *("&nbsp;", "&amp;lt;", "&lt;b&gt;", "&#150;", "&#x1F600;", "&hellip;", "&bogus;"),
    *("AT&T", "this & that", "&copy2", "&#0;", "&notit;", "&", "a < b", "[gallery]"),
    *("<!-- more -->", "<!--nextpage-->", "<!-- a - b -->", "<!-- a -- b -->", "<!-->"),
)
ATTRIBUTES = (
    *(
        "",
        " ",
        ' align="center"',
        " align=right",
        ' style="font-weight:bold"',
        " hidden",
    ),
    *(' style="display:none"', ' dir="rtl"', ' id="a" id="b"', ' class="wp-caption"'),
    *(' href="#a"', ' href="http://a.example/?a=1&amp;b=2"', " title='it \"is\"'", "/"),
    *(' href="http://a.example/?a=1&copy=2"', ' src="p.gif" alt="a\rb"', " /", ' a="'),
)
ALONE = ("br", "hr", "img", "BR", "input", "wbr")
AROUND = (
    *("p", "div", "b", "i", "em", "font", "span", "a", "code", "h3", "pre", "center"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "tbody", "tr", "td"),
    *("P", "B", "figure", "caption", "big", "nobr", "k-p", "k-b", "o:p", "textarea"),
    *("script", "option", "form", "object"),
)
some_text = st.lists(st.sampled_from(TEXTS) | st.text(max_size=5), max_size=3)
some_alone = st.builds("<{}{}>".format, *map(st.sampled_from, (ALONE, ATTRIBUTES)))


def elements(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        "<{0}{1}>{2}</{0}>{3}".format,
        st.sampled_from(AROUND),
        st.just("") | st.sampled_from(ATTRIBUTES),
        inside,
        st.sampled_from(("", "\n", " ", "after")),
    )


some_html = st.recursive(
    some_text.map("".join) | some_alone,
    lambda inside: elements(st.lists(inside, max_size=4).map("".join)) | inside,
    max_leaves=12,
)


class Events:
    """Writes down what it hears; ``<k-b>`` is another spelling of ``<b>``."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "k-p":
            said = {name: _lines(value) for name, value in attributes.items()}
            self.heard.append((tag.removeprefix("k-"), said))

    def end(self, tag: str) -> None:
        if tag != "k-p":
            self.heard.append(f"/{tag.removeprefix('k-')}")

    def data(self, text: str) -> None:
        # Some versions of libxml2 leave these out, and cleaning does in any case.
        text = markup.UNWRITABLE.sub("", _lines(text))
        last = self.heard[-1] if self.heard else None
        if isinstance(last, tuple) and last[0] == "":
            # Where an end tag of nothing parts a text, libxml2 may tell it at once.
            self.heard[-1] = ("", last[1] + text)
        elif text:
            self.heard.append(("", text))

    def paragraph(self, html: str) -> bool:
        return False

    def comment(self, text: str) -> None:
        self.heard.append(("!", _lines(text)))

    def close(self) -> None:
        self.heard.append("end")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=400, deadline=None)
@given(st.lists(some_html, max_size=4).map("".join))
@example("<pre><ul></ul>\n</pre>\n")
def test_whatever_is_read_in_order_libxml2_reads_the_same_way(html: str) -> None:
    html = html.replace("\0", "")
    quickly, slowly = Events(), Events()
    if orderly.read(html, quickly):
        feed(html, slowly)
        assert quickly.heard == slowly.heard


@settings(max_examples=400, deadline=None)
@given(st.lists(some_html, max_size=4).map("".join))
def test_what_is_read_in_order_is_written_the_same_to_the_letter(html: str) -> None:
    html = html.replace("\0", "")
    quickly, slowly = (Flow(AsItIs(), frozenset(), Openings(html)) for _ in range(2))
    if orderly.read(html, quickly):
        feed(html, slowly)
        assert quickly.html == slowly.html


@pytest.mark.parametrize(
    "html",
    [
        "words",
        "<p>one</p>\n<p>two <b>and</b> three&hellip;</p>",
        '<DIV><FONT face=Verdana size="2">old</FONT></DIV>',
        '<ul><li>a</li><li>b<br/><img src="p.gif?a=1&amp;b=2" /></li></ul>',
        "<table><tbody><tr><td><p>a</p></td></tr></tbody></table><!-- a -->",
        "<b><p>formatting around a paragraph</p></b>",
        "<div>never closed",
        "AT&T, this & that, &copy 2006",
        "<p>one<p>two</p><ul><li>a<li>b</ul>",
        "<p><ul><li>a list in a paragraph</li></ul></p>",
        "<b><i>crossed</b></i>",
        "<div><b>closed with what is around it</div> nothing begun</i>",
    ],
)
def test_what_is_in_order_needs_no_libxml2(html: str) -> None:
    assert orderly.read(html, Events())


@pytest.mark.parametrize(
    "html",
    [
        "a < b",
        "<p/>empty",
        '<p title="a > b">x</p>',
        "<textarea>&lt;</textarea>",
        "<!--[if mso]>x<![endif]-->",
        "<k-p>our own</k-p>",
    ],
)
def test_what_is_not_in_order_is_left_to_libxml2(html: str) -> None:
    assert not orderly.read(html, Events())
