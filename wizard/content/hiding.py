"""What a page says must not be seen: ``hidden``, ``display:none``, ``visibility:hidden``.

Only what is surely hidden counts, as browsers decide it: of several declarations the
last good one, and before all others an important one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wizard.content.markup import tags

_SAID = re.compile(r"(?:display|visibility)\b", re.IGNORECASE)
# Neither in quotes nor in brackets does a semicolon end anything.
_OPAQUE = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"]*\"|'[^']*'|\([^()]*\)", re.DOTALL)
_DISPLAYS = tags(
    "none block inline inline-block flex inline-flex grid inline-grid table inline-table "
    "list-item contents flow-root run-in table-row table-cell table-caption table-column "
    "table-row-group table-header-group table-footer-group table-column-group "
    "inherit initial unset revert revert-layer -webkit-box -webkit-inline-box"
)
_VISIBILITIES = tags(
    "visible hidden collapse initial inherit unset revert revert-layer"
)
_UNSEEN = {"hidden": False, "collapse": False, "visible": True, "initial": True}


def hides(attributes: Mapping[str, str]) -> bool:
    """Whether neither the element nor anything in it has a place on the page."""
    style = attributes.get("style")
    said = _said(style, "display", _DISPLAYS) if style and _SAID.search(style) else ""
    if said or "hidden" not in attributes:
        return said == "none"
    # That a search may find: readers can come to see it.
    return attributes["hidden"].strip().lower() != "until-found"


def shows(attributes: Mapping[str, str], around: bool) -> bool:
    """Whether the element can be seen; ``around``: whether what is around it can. Its
    place stays, and what is in it may say otherwise."""
    style = attributes.get("style")
    if not style or not _SAID.search(style):
        return around
    return _UNSEEN.get(_said(style, "visibility", _VISIBILITIES), around)


def _said(style: str, name: str, known: frozenset[str]) -> str:
    """What a ``style`` says of ``name``; browsers pass over words that they do not know."""
    found, important = "", False
    for declaration in _OPAQUE.sub(" ", style).lower().split(";"):
        before, _, value = declaration.partition(":")
        if before.strip() != name:
            continue
        value, mark, rest = value.partition("!")
        value, strong = value.strip(), rest.strip() == "important"
        if value in known and bool(mark) == strong and strong >= important:
            found, important = value, strong
    return found
