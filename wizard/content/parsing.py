"""Reading old HTML of any size, depth and shape, as a stream of tags.

As a tree, libxml2 silently drops the text below 256 levels. As a stream it drops none,
but each stray end tag costs as much as the nesting is deep, so the depth has a limit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from wizard.content import orderly
from wizard.content.libxml import Listener, TooDeep, feed
from wizard.content.markup import tags

_FLAT = 120

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
# Neither pattern looks past the next "<", which keeps them linear on any text.
_TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z!?][^<>]*>?", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")

AnyListener = TypeVar("AnyListener", bound=Listener)


def hear(html: str, listener: Callable[[], AnyListener]) -> AnyListener:
    """A listener that has heard all of ``html``; what nests too deeply it hears flat.

    Raises whatever the listener raises, except TooDeep.
    """
    html = _encodable(html.replace("\0", ""))
    hearing = listener()
    try:
        if orderly.read(html, hearing):
            return hearing
    except TooDeep:
        pass
    for prepare in (str, flatten, _without_tags):
        hearing = listener()
        try:
            feed(prepare(html), hearing)
        except TooDeep:
            continue
        return hearing
    raise AssertionError("a text without tags has no depth")


def _encodable(html: str) -> str:
    try:
        html.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", html)
    return html


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
