"""Reading old HTML of any size, depth and shape, as a stream of tags.

As a tree, libxml2 silently drops the text below 256 levels. As a stream it drops none,
but each stray end tag costs as much as the nesting is deep, so the depth has a limit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from lxml import etree

from wizard.content.markup import tags

DEEPEST = 500
_FLAT = 120
_PIECE = 1 << 16

_VOID = tags(
    "area base basefont bgsound br col embed frame hr img input link meta param "
    "source track wbr"
)
# Their end tags are optional: an unclosed one is followed by a sibling, not a child.
_SIBLINGS = tags(
    "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup a"
)
# Inside themselves they change nothing.
_FORMATTING = tags("b strong i em u s strike del ins tt code small big font span nobr")
# libxml2 ends these where a paragraph or a centre begins, browsers do not.
_ENDED_EARLY = re.compile(
    r"<(/?)([bisu]|big|small|strike|tt|font)(?=[\s>])", re.IGNORECASE
)
_LITERAL = re.compile(r"<(?:xmp|plaintext|textarea)", re.IGNORECASE)
# Neither pattern looks past the next "<", which keeps them linear on any text.
_TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z!?][^<>]*>?", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


class TooDeep(Exception):
    """Raised by a listener whose elements are nested deeper than DEEPEST."""


class Listener(Protocol):
    """Hears a document as it is read; every start is followed by its end."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...
    def comment(self, text: str) -> None: ...
    def close(self) -> None: ...


AnyListener = TypeVar("AnyListener", bound=Listener)


def hear(html: str, listener: Callable[[], AnyListener]) -> AnyListener:
    """A listener that has heard all of ``html``; what nests too deeply it hears flat.

    Raises whatever the listener raises, except TooDeep.
    """
    for prepare in (str, flatten, _without_tags):
        hearing = listener()
        try:
            _feed(_respelled(prepare(html)), hearing)
        except TooDeep:
            continue
        return hearing
    raise AssertionError("a text without tags has no depth")


def flatten(html: str) -> str:
    """``html`` without the tags that are nested deeper than 120; every text stays."""
    nesting: list[str] = []
    inside: Counter[str] = Counter()

    def kept(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in _VOID or name in _SIBLINGS:
            return tag[0]
        if not tag[1]:
            if inside[name] and name in _FORMATTING:
                return " "
            nesting.append(name)
            inside[name] += 1
            return tag[0] if len(nesting) <= _FLAT else " "
        if not inside[name]:
            return " "
        while True:
            ended = nesting.pop()
            inside[ended] -= 1
            if ended == name:
                return tag[0] if len(nesting) < _FLAT else " "

    return _TAG.sub(kept, html)


def _without_tags(html: str) -> str:
    return _ANY_TAG.sub(" ", html).replace("<", "&lt;")


def _respelled(html: str) -> str:
    """With other names for what libxml2 would lose: ``<k-b>`` is ``<b>``, and ``<k-p>``
    stands where a paragraph has ended, even one that libxml2 had ended before."""
    if _LITERAL.search(html):
        return html
    html = _ENDED_EARLY.sub(r"<\1k-\2", html)
    return html.replace("</p>", "</p><k-p></k-p>").replace("</P>", "</p><k-p></k-p>")


def _feed(html: str, listener: Listener) -> None:
    if "\0" in html:
        html = html.replace("\0", "")
    try:
        data = html.encode()
    except UnicodeEncodeError:
        data = _SURROGATE.sub("\ufffd", html).encode()
    parser = etree.HTMLParser(
        target=cast("Any", listener), huge_tree=True, encoding="utf-8"
    )
    # Piece by piece, because a listener's exception only ends the piece being read.
    parser.feed(b"<div>")
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
    parser.close()
