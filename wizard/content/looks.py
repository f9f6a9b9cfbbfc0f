"""Colours and sizes of letters, as the editor says them, where they stand out and can be read.

What looks like any text does on any page stays unsaid: the new blog has its own letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from wizard.content.markup import BLOCKS

_SAID = re.compile(
    r"(?<![\w-])(background-color|background|color|font-size)\s{0,9}:([^;]{0,99})",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]{1,40}\)|[a-z]{3,20}")
_HEX = re.compile(r"[0-9a-f]{6}")
_SIZE = re.compile(r"(\d{0,3}(?:\.\d{1,3})?)(px|pt|r?em|%)")
_SIZES = {"px": 1 / 16, "pt": 1 / 12, "em": 1.0, "rem": 1.0, "%": 1 / 100}
_CALLED = {"x-large": 1.5, "xx-large": 2.0, "xxx-large": 3.0}
_BY_NUMBER = {"5": 1.5, "6": 2.0, "7": 3.0, "+2": 1.5, "+3": 2.0, "+4": 3.0}
# What is less is hardly larger than the letters of many a new blog.
_LEAST, _MOST = 1.3, 4.0
# As the editor of WordPress has always called its own.
_PALETTE = {
    "pale-pink": "#f78da7",
    "vivid-red": "#cf2e2e",
    "luminous-vivid-orange": "#ff6900",
    "luminous-vivid-amber": "#fcb900",
    "light-green-cyan": "#7bdcb5",
    "vivid-green-cyan": "#00d084",
    "pale-cyan-blue": "#8ed1fc",
    "vivid-cyan-blue": "#0693e3",
    "vivid-purple": "#9b51e0",
    "cyan-bluish-gray": "#abb8c3",
    "white": "#ffffff",
    "black": "#000000",
}
_CLASS = re.compile(rf"(?<!\S)has-({'|'.join(_PALETTE)})-(background-)?color(?!\S)")
SAYING = frozenset(("style", "color", "size", "class"))

_Colour = tuple[int, int, int]
_BLACK: _Colour = (0, 0, 0)
_WHITE: _Colour = (255, 255, 255)


class Look(NamedTuple):
    """How letters look, in the words of CSS, "" where it is nothing of their own.
    ``pale``: they had a colour that cannot be read on a white page."""

    colour: str = ""
    ground: str = ""
    size: str = ""
    pale: bool = False

    @property
    def mark(self) -> str:
        """The attributes of the editor's ``<mark>``, "" for none."""
        if not (self.colour or self.ground):
            return ""
        ground = self.ground or "transparent"
        colour = f";color:{self.colour}" if self.colour else ""
        return f' style="background-color:{ground}{colour}" class="has-inline-color"'

    @property
    def span(self) -> str:
        return f' style="font-size:{self.size}"' if self.size else ""


PLAIN = Look()
# Of what is lost, for a note.
_HINTS = ("color", "background", "list-style", "square", "circle", "block-columns")
_TAG = re.compile(r"<([a-z][a-z0-9]{0,9})\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(style|color|bgcolor|class|type)\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
    re.IGNORECASE,
)
_BULLETS = re.compile(
    r"list-style[^;:]{0,9}:[^;]{0,40}\b(?:square|circle)", re.IGNORECASE
)


def look_of(tag: str, attributes: Mapping[str, str], *, inline: bool) -> Look:
    """What an element says of the letters in it. Only of text within a line, ``inline``,
    the ground can be told."""
    get = attributes.get
    old = tag.endswith("font")
    color, size = (get("color", ""), get("size", "")) if old else ("", "")
    return _look(get("style", ""), color, size, get("class", ""), inline)


@lru_cache(maxsize=4096)
def _look(style: str, color: str, size: str, names: str, inline: bool) -> Look:
    colour, ground = color, ""
    for name, is_ground in _CLASS.findall(names) if "has-" in names else ():
        if is_ground:
            ground = _PALETTE[name]
        else:
            colour = _PALETTE[name]
    large = _BY_NUMBER.get(size.strip(), 0.0)
    for name, value in _SAID.findall(style):
        if name.lower() == "color":
            colour = value
        elif name[0] in "bB":
            ground = value
        else:
            large = _size(value)
    ink, paper = _rgb(colour), (_rgb(ground) if inline else None)
    kept = paper if paper and _differs(paper) else None
    if kept and _contrast(ink or _BLACK, kept) < 3:
        kept = None
    pale = ink is not None and _contrast(ink, kept or _WHITE) < 1.7
    if ink and (pale or not (kept or _differs(ink))):
        ink = None
    shown = f"{round(min(large, _MOST), 2):g}em" if large >= _LEAST else ""
    look = Look(_hex(ink), _hex(kept), shown, pale)
    return look if any(look) else PLAIN


def _differs(colour: _Colour) -> bool:
    """Whether it is more than black, white or a grey of whatever kind."""
    return max(colour) - min(colour) >= 48


def _size(value: str) -> float:
    value = value.partition("!")[0].strip().lower()
    if value in _CALLED:
        return _CALLED[value]
    found = _SIZE.fullmatch(value)
    number = found[1].strip(".") if found else ""
    return float(number) * _SIZES[found[2]] if found and number else 0.0


@lru_cache(maxsize=1024)
def _rgb(value: str) -> _Colour | None:
    """Red, green and blue; None for what is no colour or can be seen through."""
    from PIL import ImageColor

    value = value.strip().lower()
    for text in [f"#{value}"] if _HEX.fullmatch(value) else _COLOUR.findall(value):
        try:
            red, green, blue, *alpha = ImageColor.getrgb(text.replace(" ", ""))
        except ValueError:
            continue
        return None if alpha and alpha[0] < 128 else (red, green, blue)
    return None


def _hex(colour: _Colour | None) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour) if colour else ""


def _contrast(one: _Colour, other: _Colour) -> float:
    """As people see it: from 1 to 21 (WCAG 2)."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: _Colour) -> float:
    red, green, blue = (
        (each / 255 / 12.92) if each <= 10 else ((each / 255 + 0.055) / 1.055) ** 2.4
        for each in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def told_of_looks(html: str) -> Iterator[str]:
    """One note on how a text looked, where the new blog has its own way with that."""
    small = html.lower()
    if not any(hint in small for hint in _HINTS):
        return
    lost = dict.fromkeys(
        words
        for tag in _TAG.finditer(html)
        for words in _lost(
            tag[1].lower(),
            {n.lower(): a or b or c for n, a, b, c in _ATTRIBUTE.findall(tag[2])},
        )
    )
    if lost:
        yield f"The new blog shows these its own way: {', '.join(lost)}."


def _lost(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    style = attributes.get("style", "")
    if look_of(tag, attributes, inline=tag not in BLOCKS).pale:
        yield "letters too pale for a white page"
    if tag in BLOCKS:
        grounds = [attributes.get("bgcolor", "")]
        grounds += [v for name, v in _SAID.findall(style) if name[0] in "bB"]
        if any((paper := _rgb(each)) and _light(paper) < 0.9 for each in grounds):
            yield "the coloured ground of whole paragraphs or tables"
    if "wp-block-columns" in attributes.get("class", "").split():
        yield "columns, one below the other"
    shape = attributes.get("type", "").lower() if tag in ("ul", "li") else ""
    if shape in ("square", "circle") or _BULLETS.search(style):
        yield "the shape of bullets"
