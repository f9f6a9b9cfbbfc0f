"""What a post is called at an old blog: its title in words, and its short name."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from urllib.parse import unquote, urlsplit

from wizard.sources.metaweblog.engines import is_movable_type, is_wordpress
from wizard.sources.metaweblog.xmlrpc import Struct, text

# What people set a title with; anything else between such signs is meant to be read.
_FORMATTING = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|nobr|q|"
    r"s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)"
    r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+))*\s*/?>""",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s{0,9}<br(?:\s[^<>]*)?/?>\s{0,9}", re.IGNORECASE)
_INDEX = re.compile(r"/index\.\w{1,6}$")
_ENDING = re.compile(r"\.\w{1,6}$")


def title_of(struct: Struct) -> str:
    """The words of its title, as readers saw them."""
    said = text(struct, "post_title", "title")
    if is_wordpress(struct) or is_movable_type(struct):
        # Both show it as the HTML that it is.
        said = _FORMATTING.sub("", _BREAK.sub(" ", said))
    return unescape(said).strip()


def slug_of(struct: Struct, address: str) -> str:
    """The short name that its address has there, "" if none is told."""
    said = text(struct, "post_name", "wp_slug", "slug", "mt_basename")
    if not said and is_movable_type(struct):
        said = _last_part(address)
    return unquote(said)


def _last_part(address: str) -> str:
    """The name of a page of its own; "" for a mere number, or a place in a page."""
    with suppress(ValueError):
        parts = urlsplit(address)
        path = _INDEX.sub("", parts.path.rstrip("/"))
        name = _ENDING.sub("", path.rpartition("/")[2])
        if not parts.query and not parts.fragment and not name.isdecimal():
            return name
    return ""
