"""What a page says must not be seen: ``hidden``, ``display:none``, ``font-size:0`` …

Only what is surely hidden counts, as browsers decide it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from wizard.content.markup import tags
from wizard.content.styles import ZERO, said

# Most styles speak of nothing that hides.
_MAY_HIDE = re.compile(
    r"display|opacity\s*:\s*[-+.0]|overflow|clip|position",
    re.IGNORECASE,
)
_MAY_UNSEE = re.compile(
    r"visibility|font(?:-size)?\s*:\D{0,99}0|white-space", re.IGNORECASE
)
_NOTHING = re.compile(rf"{ZERO}(?:[a-z]+|%)?|-[\d.]+%?")
_FAR = re.compile(r"-(?:[2-9]|\d\d)\d{3,6}(?:\.\d*)?px|-\d{3,6}(?:\.\d*)?r?em")
_CUT = re.compile(
    r"rect\(\s*([\d.]+(?:px|em)?)(?:[\s,]+\1){3}\s*\)"
    r"|inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%\s*\)|circle\(\s*0(?:px|%)?\s*\)"
)
# It comes into view, or there is room for a film in it.
_MAY_COME = re.compile(r"transition|animation", re.IGNORECASE)
_HAS_ROOM = re.compile(
    r"(?:padding|min-height)[\w-]{0,20}\s*:(?!\s*0(?:px)?\s*(?:[;!]|\Z))", re.IGNORECASE
)
# All but a dialog need one of these attributes to hide anything.
HIDING = tags("style class hidden popover")
# Classes whose names say that only programs which read aloud are to find it.
_FOR_EARS = tags("screen-reader-text sr-only visually-hidden")
_BOXES = tags(
    "p div center address article aside section header footer main nav form blockquote "
    "h1 h2 h3 h4 h5 h6 ul ol li dl dt dd figure figcaption pre"
)
_AS_BOXES = tags("block inline-block flex inline-flex grid inline-grid flow-root")
_GROWING = tags("table caption thead tbody tfoot tr td th")
_SIDES = ("width", "height", "max-width", "max-height")
_UNSEEN = {"hidden": False, "collapse": False, "visible": True, "initial": True}
_SPACES = {
    **dict.fromkeys(("normal", "nowrap", "initial", "collapse"), ""),
    **dict.fromkeys(("pre-line", "preserve-breaks"), "lines"),
    **dict.fromkeys(("pre", "pre-wrap", "break-spaces", "preserve"), "all"),
}
_ONE_WIDTH = re.compile(
    r"font[^:;]{0,9}:[^;]{0,99}?(?:mono|courier|consolas|menlo)", re.IGNORECASE
)
# Whatever is around these, their letters have a size, at least on the oldest pages.
_WITH_SIZE = tags("table select option button textarea")
_SHARES = re.compile(r".*(?:[^r]em|ex|ch|%)|inherit|unset|smaller|larger")


class Sight(NamedTuple):
    """``seen``: whether its place on the page is not left empty; ``sized``: whether
    letters have any size there; ``spaces``: which of a text's spaces can be seen: ""
    for one of several, "lines" for line breaks, too, "all", or "pre" for all of what is
    set in letters of one width."""

    seen: bool = True
    sized: bool = True
    spaces: str = ""

    @property
    def of_letters(self) -> bool:
        """Whether a text can be read."""
        return self.seen and self.sized


CLEAR = Sight()


def hides(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether neither the element nor anything in it can be seen."""
    style = attributes.get("style", "")
    found = said(style) if style and _MAY_HIDE.search(style) else {}
    if "display" in found:
        if found["display"] == "none":
            return True
    elif "hidden" in attributes:
        # That a search may find: readers can come to see it.
        return attributes["hidden"].strip().lower() != "until-found"
    elif "popover" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    if is_for_ears(attributes):
        return True
    return bool(found) and not _MAY_COME.search(style) and _is_away(tag, found, style)


def is_for_ears(attributes: Mapping[str, str]) -> bool:
    """Whether only programs that read aloud are to find it."""
    return "class" in attributes and not _FOR_EARS.isdisjoint(
        attributes["class"].split()
    )


def _is_away(tag: str, found: Mapping[str, str], style: str) -> bool:
    """Whether it is somewhere, but nowhere to be seen."""
    says = found.get
    display, position = says("display", ""), says("position")
    lifted = position in ("absolute", "fixed")
    if says("opacity") and _NOTHING.fullmatch(found["opacity"]):
        return display != "contents"
    if _CUT.fullmatch(says("clip-path", "")) or (
        lifted and _CUT.fullmatch(says("clip", ""))
    ):
        return True
    moved = (lifted or position == "relative") and says("right", "auto") == "auto"
    if moved and any(_FAR.fullmatch(says(side, "")) for side in ("left", "top")):
        return True
    apart = lifted or says("float") in ("left", "right")
    if apart and display in ("", "inline"):
        is_box = tag not in _GROWING
    else:
        is_box = display in _AS_BOXES if display else tag in _BOXES
    shut = says("overflow") in ("hidden", "clip") and not _HAS_ROOM.search(style)
    return (
        is_box and shut and any(_NOTHING.fullmatch(says(side, "")) for side in _SIDES)
    )


def shows(tag: str, attributes: Mapping[str, str], around: Sight) -> Sight:
    """What can be seen of the element; ``around``: of what is around it. Its place
    stays, and what is in it may say otherwise."""
    style = attributes.get("style", "")
    if around is CLEAR and not (style and _MAY_UNSEE.search(style)):
        return around
    found = said(style) if style else {}
    sized = (
        around.sized
        or tag in _WITH_SIZE
        or (tag.endswith("font") and "size" in attributes)
    )
    if size := found.get("font-size"):
        if _NOTHING.fullmatch(size):
            sized = False
        elif not _SHARES.fullmatch(size):
            sized = True
    seen = _UNSEEN.get(found.get("visibility", ""), around.seen)
    said_of_spaces = found.get("white-space") or found.get("white-space-collapse", "")
    spaces = _SPACES.get(said_of_spaces, around.spaces)
    if spaces == "all" and _ONE_WIDTH.search(style):
        spaces = "pre"
    return Sight(seen, sized, spaces) if spaces or not (seen and sized) else CLEAR
