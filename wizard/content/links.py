"""Links of a text that is finished, and how they are made to lead elsewhere."""

from __future__ import annotations

import html as references
import re
from collections.abc import Iterator, Mapping

_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")', re.IGNORECASE)

_PICTURE = re.compile(r'<img\b[^>]*?\ssrc="([^"]*)"', re.IGNORECASE)


def nowhere(href: str) -> str:
    """Of every link that it leads where it always led."""
    return ""


def hrefs(html: str) -> Iterator[str]:
    """Where the links of a text lead that `compose` has made."""
    return (references.unescape(link[2]) for link in _LINK.finditer(html))


def shown(html: str) -> set[str]:
    """Where the pictures are that such a text shows."""
    return {references.unescape(picture[1]) for picture in _PICTURE.finditer(html)}


def relinked(html: str, new: Mapping[str, str]) -> str:
    """The same text with the links that ``new`` names leading where it says."""

    def lead(link: re.Match[str]) -> str:
        there = new.get(references.unescape(link[2]))
        return link[0] if there is None else f"{link[1]}{_quoted(there)}{link[3]}"

    return _LINK.sub(lead, html)


def _quoted(address: str) -> str:
    quoted = references.escape(address)
    return quoted.replace("[", "&#91;").replace("]", "&#93;")
