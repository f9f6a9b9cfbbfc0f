"""Reading HTML whose tags are in order, in a fraction of the time libxml2 takes.

A listener hears the same. Wherever it is not plain what libxml2 makes of a tag, or of one
in another, it is asked about these alone, or has to read the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from operator import methodcaller

from wizard.content import markup
from wizard.content.libxml import Listener, feed

_VOID = markup.tags("br hr img")
_NAMES = (
    frozenset(name for name in markup.INLINE if not name.startswith("k-"))
    | markup.CONTAINERS
    | markup.tags("p div center address h1 h2 h3 h4 h5 h6 pre font span big")
    | _VOID
)
# A paragraph of nothing but text and formatting, which is not nested and has no spaces
# at its edges; or a tag; or a "<" that begins nothing. And the text behind it.
_FORMATTED = (
    r"<(b|strong|i|em|u|s|sub|sup|small|code|del|ins|q|cite)>"
    r"(?!\s)[^<]++(?<!\s)</\3>"
)
_TOKEN = re.compile(
    rf"<(?:(p|div)>((?:[^<]++|{_FORMATTED})*+)</\1>|([^<>]*+)>)?([^<]*+)"
)
_NAME = re.compile(r"<(?:/?([a-zA-Z][^\s/<>]*|!--)[^<>]*+>)?")
_TAGS = re.compile(r"<([^>]*)>")
_START = re.compile(r'([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-z]+="[^"&\r]*")*)')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_END = re.compile(r"/([a-zA-Z][a-zA-Z0-9]*)\s*")
_COMMENT = re.compile(r"!--(?:[^-]|-(?!-))*--")
# What is behind it does not change what it means.
_REFERENCE = re.compile(r"&([#\w]{0,40}+(?:;|(?![#\w;])))?")
# A tag that is longer hardly comes again.
_LONG = 500
_MUCH = 1 << 20


class _Disorder(Exception):
    """Only libxml2 can tell what this is."""


def read(html: str, listener: Listener) -> bool:
    """Whether ``listener`` has heard all of ``html``; if not, it is not in order, and
    what it has heard of it is worth nothing. Raises whatever the listener raises."""
    # The names alone mostly tell what is not in order, before any of it is heard.
    end = len(html) if len(html) < _MUCH else html.rfind("<", 0, _MUCH)
    names = set(_NAME.findall(html, 0, end)) - {"!--"}
    if any(name.lower() not in _NAMES for name in names):
        return False
    try:
        _read(html, listener)
    except _Disorder:
        return False
    return True


def _read(html: str, listener: Listener) -> None:
    nesting = ["html", "body", "div"]
    # Of each open paragraph whether it may be hidden.
    paragraphs: list[bool] = []
    start, end, data = listener.start, listener.end, listener.data

    def close() -> bool:
        """Whether a paragraph ends that may be hidden: it parts the texts around it."""
        name = nesting.pop()
        end(name)
        return name == "p" and paragraphs.pop()

    def make_room(name: str) -> None:
        while not _holds(nesting[-1], name):
            if len(nesting) == 3 or not _ends_before(name, nesting[-1]):
                raise _Disorder
            close()

    for name in nesting:
        start(name, {})
    first = html.partition("<")[0]
    if first:
        data(_meant(first))
    tokens = _TOKEN.finditer(html, len(first))
    for block, words, _, written, text in map(methodcaller("groups", ""), tokens):
        if block:
            if not _holds(nesting[-1], block):
                make_room(block)
            is_plain = "&" not in words and words.count("<") == words.count(">")
            if not (is_plain and listener.paragraph(words)):
                _one_by_one(block, words, listener)
        else:
            tag = _tag if len(written) < _LONG else _tag.__wrapped__
            started, ended, attributes = tag(written)
            if ended:
                while nesting[-1] != ended and ended in nesting[3:]:
                    if not _ends_with(ended, nesting[-1]):
                        raise _Disorder
                    close()
                if nesting[-1] == ended and len(nesting) > 3:
                    parts = close()
                elif _is_nothing(ended):
                    parts = ended == "p"
                else:
                    raise _Disorder
                if parts:
                    start("k-p", {})
                    end("k-p")
            elif started:
                if not _holds(nesting[-1], started):
                    make_room(started)
                start(started, attributes)
                if started in _VOID:
                    end(started)
                else:
                    nesting.append(started)
                    if started == "p":
                        paragraphs.append(bool(attributes))
            else:
                listener.comment(written[3:-2])
        if text:
            data(_meant(text) if "&" in text else text)
    while nesting:
        end(nesting.pop())
    listener.close()


def _one_by_one(block: str, words: str, listener: Listener) -> None:
    listener.start(block, {})
    for at, piece in enumerate(_TAGS.split(words)):
        if at % 2 == 0:
            if piece:
                listener.data(_meant(piece))
        elif piece.startswith("/"):
            listener.end(piece[1:])
        else:
            listener.start(piece, {})
    listener.end(block)


@lru_cache(maxsize=2048)
def _tag(written: str) -> tuple[str, str, Mapping[str, str]]:
    """What ``<written>`` starts, or what it ends, and its attributes. A comment does
    neither."""
    attributes: Mapping[str, str] = {}
    ended = _END.fullmatch(written)
    if ended:
        name = ended[1].lower()
    elif plain := _START.fullmatch(written):
        name = plain[1].lower()
        # Of two with one name the first counts.
        attributes = dict(reversed(_ATTRIBUTE.findall(plain[2])))
    elif _COMMENT.fullmatch(written):
        return "", "", {}
    else:
        heard = _heard(f"<{written}>x")
        name, attributes = heard.name, heard.attributes
        if heard.html != _element(name, "x") or written[:2].lower() == "k-":
            raise _Disorder
    if name not in _NAMES:
        raise _Disorder
    return ("", name, attributes) if ended else (name, "", attributes)


@cache
def _holds(outer: str, inner: str) -> bool:
    """Whether libxml2 leaves an element open where another begins."""
    heard = _heard(f"<{outer}><{inner}>x")
    return heard.html == _element(outer, _element(inner, "x"))


@cache
def _ends_before(other: str, name: str) -> bool:
    """Whether libxml2 ends an element where another begins."""
    heard = _heard(f"<{name}>x<{other}>y")
    return heard.html == _element(name, "x") + _element(other, "y")


@cache
def _ends_with(around: str, name: str) -> bool:
    """Whether libxml2 ends an element together with one that is around it."""
    heard = _heard(f"<{around}><{name}>x</{around}>y")
    return heard.html == _element(around, _element(name, "x")) + "y"


@cache
def _is_nothing(ended: str) -> bool:
    """Whether libxml2 passes over the end of what has not begun."""
    return _heard(f"x</{ended}>y").html == ("x<p></p>y" if ended == "p" else "xy")


def _element(name: str, html: str) -> str:
    return f"<{name}></{name}>{html}" if name in _VOID else f"<{name}>{html}</{name}>"


def _meant(text: str) -> str:
    """``text`` without references."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    if reference[1] is None:
        raise _Disorder
    return _named(reference[0]) if reference[1] else "&"


@lru_cache(maxsize=1024)
def _named(reference: str) -> str:
    return _heard(f"{reference} ").html.removesuffix(" ")


class _Heard:
    """What libxml2 makes of a few tags: `html`, with the attributes of the last."""

    def __init__(self) -> None:
        self.html = self.name = ""
        self.attributes: Mapping[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.name, self.attributes = tag.removeprefix("k-"), dict(attributes)
        self.html += f"<{self.name}>"

    def end(self, tag: str) -> None:
        self.html += f"</{tag.removeprefix('k-')}>"

    def data(self, text: str) -> None:
        self.html += text

    def paragraph(self, html: str) -> bool:
        return False

    def comment(self, text: str) -> None:
        self.html += f"<!--{text}-->"

    def close(self) -> None:
        self.html = self.html.removeprefix("<html><body><div>")
        self.html = self.html.removesuffix("</div></body></html>")


def _heard(html: str) -> _Heard:
    heard = _Heard()
    feed(html, heard)
    return heard
