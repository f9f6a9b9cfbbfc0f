"""How an old page showed a picture: how large, on which side, with which words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wizard.content import markup

# What WordPress puts behind the name of a smaller copy.
_SMALLER = re.compile(
    r"-(\d{1,5})x(\d{1,5})(?=\.(?:jpe?g|png|gif|webp)$)", re.IGNORECASE
)
_FLOAT = re.compile(r"(?:float\s*:\s*|align)(left|right)", re.IGNORECASE)
_MARGIN = re.compile(
    r"(?<![\w-])margin(-left|-right)?\s*:\s*([^;!]{0,60})", re.IGNORECASE
)
_AS_BLOCK = re.compile(r"(?<![\w-])display\s*:\s*block", re.IGNORECASE)
# A picture with its words as WordPress wrote it before there were blocks.
_CAPTIONED = re.compile(
    r"(?<!\S)(?:(wp-caption|gallery-item|gallery-columns-\d)|(wp-caption-text|wp-caption-dd)"
    r"|wp-caption-dt|gallery-icon)(?!\S)"
)
VERSE = "wp-block-verse"
PULLED = "wp-block-pullquote"
# Of one that stood beside the text of its post, or beside others.
BESIDE = "wp-block-image"
# What galleries say of their columns; the editor knows no more than eight.
COLUMNS = re.compile(r"(?<!\S)(?:gallery-)?columns-([1-8])(?!\S)")
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", re.IGNORECASE)
_STYLE_PIXELS = {
    side: re.compile(rf"(?<![\w-]){side}\s*:\s*(\d{{1,5}})(?:\.\d+)?px", re.IGNORECASE)
    for side in ("width", "height")
}
_SHARE = re.compile(r"\s*(\d{1,2})(?:\.\d+)?\s*%\s*$")
_STYLE_SHARE = re.compile(r"(?<![\w-])width\s*:\s*(\d{1,2})(?:\.\d+)?%", re.IGNORECASE)


def size_of(attributes: Mapping[str, str]) -> tuple[int, int]:
    """Width and height that the author wrote at a picture, in pixels; 0 for none. A
    smaller copy that WordPress made is as large as its name says."""
    width, height = (_pixels(attributes, side) or 0 for side in ("width", "height"))
    src = attributes.get("src", "")
    copy = _SMALLER.search(src.partition("?")[0]) if "/uploads/" in src else None
    if copy and not (width or height or share_of(attributes)):
        return int(copy[1]), int(copy[2])
    return width, height


def share_of(attributes: Mapping[str, str]) -> int:
    """How much of the column the author gave to a picture, in per cent; 0 for unknown,
    and for all of it: no picture is made larger than it is."""
    style = attributes.get("style", "")
    said = _STYLE_SHARE.search(style)
    if not said and not _STYLE_PIXELS["width"].search(style):
        said = _SHARE.match(attributes.get("width", ""))
    return int(said[1]) if said else 0


def is_tracker(attributes: Mapping[str, str]) -> bool:
    """A picture of one pixel, there to count readers."""
    width = _pixels(attributes, "width")
    if width is None or width > 1:
        return False
    height = _pixels(attributes, "height")
    return height is not None and height <= 1


def _pixels(attributes: Mapping[str, str], side: str) -> int | None:
    written = _PIXELS.match(attributes.get(side, ""))
    if not written and "style" in attributes:
        written = _STYLE_PIXELS[side].search(attributes["style"])
    return int(written[1]) if written else None


def side_of(attributes: Mapping[str, str]) -> str:
    """ "left" or "right" for a picture that the text flows around, "center" for one that
    stands alone in the middle, else "". (``align=middle`` says where its line goes by.)"""
    side = attributes.get("align", "").strip().lower()
    if side in ("left", "right"):
        return side
    style, names = attributes.get("style", ""), attributes.get("class", "")
    if said := _FLOAT.search(style + names):
        return said[1].lower()
    in_the_middle = "aligncenter" in names.split() or _has_equal_margins(style)
    return "center" if in_the_middle else ""


def _has_equal_margins(style: str) -> bool:
    if not _AS_BLOCK.search(style):
        return False
    left = right = ""
    for side, value in _MARGIN.findall(style.lower()):
        values = _all_sides(value.split())
        right = values[1] if side != "-left" else right
        left = values[3] if side != "-right" else left
    return left == right == "auto"


def _all_sides(values: list[str]) -> list[str]:
    """What a ``margin`` says of top, right, bottom and left."""
    top, right, bottom, left = [*values, *[""] * 4][:4]
    right = right or top
    return [top, right, bottom or top, left or right]


def part_of_figure(attributes: Mapping[str, str]) -> str:
    """What an element of this class is to a picture with words: "figure", "figcaption",
    "div" around the picture alone, or ""."""
    said = _CAPTIONED.search(attributes["class"])
    if not said:
        return ""
    return "figure" if said[1] else "figcaption" if said[2] else "div"


def kind_of_text(attributes: Mapping[str, str]) -> str:
    """The class of a verse among the texts whose spaces count, "" for all others."""
    return VERSE if VERSE in attributes.get("class", "").split() else ""


def class_of_figure(attributes: Mapping[str, str]) -> str:
    """Where a figure stands, and how many pictures side by side in it, as an attribute
    again."""
    said = attributes.get("class", "")
    columns = COLUMNS.search(said)
    names = [PULLED] if PULLED in said.split() else []
    names += [BESIDE] if "gallery-item" in said.split() else []
    side = side_of(attributes) or ("" if names else markup.align_of(attributes))
    aside = side in ("left", "right", "center")
    names += [f"wp-block-image align{side}"] if aside else []
    names += [f"columns-{columns[1]}"] if columns else []
    return f' class="{" ".join(names)}"' if names else ""
