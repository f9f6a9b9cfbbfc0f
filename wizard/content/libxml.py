"""What libxml2 hears in old HTML, tag by tag, however wrong it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol, cast

from lxml import etree

DEEPEST = 500
_PIECE = 1 << 16

# libxml2 ends these where a paragraph or a centre begins, browsers do not.
_ENDED_EARLY = re.compile(
    r"<(/?)([bisu]|big|small|strike|tt|font)(?=[\s>])", re.IGNORECASE
)
_LITERAL = re.compile(r"<(?:xmp|plaintext|textarea)", re.IGNORECASE)


class TooDeep(Exception):
    """Raised by a listener whose elements are nested deeper than DEEPEST."""


class Listener(Protocol):
    """Hears a document as it is read; every start is followed by its end."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None:
        """All text between two tags."""
        ...

    def paragraph(self, html: str) -> bool:
        """What is in a ``<p>`` or ``<div>`` of plain formatting alone, with no reference;
        False to hear its tags and its texts instead."""
        ...

    def comment(self, text: str) -> None: ...
    def close(self) -> None: ...


def feed(html: str, listener: Listener) -> None:
    """Let ``listener`` hear ``html``. What it raises ends the reading."""
    # Piece by piece, because a listener's exception only ends the piece being read.
    parser = etree.HTMLParser(
        target=cast("Any", _Joining(listener)), huge_tree=True, encoding="utf-8"
    )
    data = _respelled(html).encode()
    parser.feed(b"<div>")
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
    parser.close()


def _respelled(html: str) -> str:
    """With other names for what libxml2 would lose: ``<k-b>`` is ``<b>``, and ``<k-p>``
    stands where a paragraph has ended, even one that libxml2 had ended before."""
    if _LITERAL.search(html):
        return html
    html = _ENDED_EARLY.sub(r"<\1k-\2", html)
    return html.replace("</p>", "</p><k-p></k-p>").replace("</P>", "</p><k-p></k-p>")


class _Joining:
    """Passes on what it hears, with each text in one piece."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._pieces: list[str] = []
        self.data = self._pieces.append

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._pieces:
            self._say()
        self._listener.start(tag, attributes)

    def end(self, tag: str) -> None:
        if self._pieces:
            self._say()
        self._listener.end(tag)

    def comment(self, text: str) -> None:
        if self._pieces:
            self._say()
        self._listener.comment(text)

    def close(self) -> None:
        if self._pieces:
            self._say()
        self._listener.close()

    def _say(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        self._listener.data(text)
