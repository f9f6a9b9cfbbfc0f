"""Places inside a text that links lead to: which names of them a post may bring along."""

from __future__ import annotations

import html as references
import re
from urllib.parse import quote, unquote

_NAME = re.compile(r"[\w.+/%&',()=!*$@~;?#\[\]-]{1,300}")
_LONGEST = 100
# What the pages of WordPress and its themes call their own parts: a second of that name
# would lead their own links astray. And what scripts would take for their own.
_TAKEN = re.compile(
    r"(?:wp|jquery|body|page|site|top|container|wrapper|masthead|header|branding|access|"
    r"nav\w*|menu|search\w*|content|main|primary|secondary|sidebar|footer|colophon|"
    r"author|email|url|submit|respond|trackbacks?|pings?|comments?|commentform|"
    r"commentlist|reply-title)|"
    r"(?:wp|site|primary|secondary|cancel|search|skip)-.*|"
    r"(?:post|page|more|attachment|gallery|menu-item|widget|(?:\w+-)?comment)[-_]?\d+",
    re.IGNORECASE,
)
_PLACE = re.compile(r'<a id="([^"]*)"></a>')


def place_name(name: str) -> str:
    """What a place of this name is called in a post: no name may have a space in it. A
    link says the same in its place, and browsers look for that first."""
    return re.sub(r"[ \t\n\f\r]", lambda space: quote(space[0]), name)


def named_by(fragment: str) -> tuple[str, str]:
    """What a place may be called that a link with this behind its "#" leads to; the
    first is meant if there are both."""
    return place_name(fragment), place_name(unquote(fragment))


def followed(href: str) -> str:
    """A link within a text, to the name that its place has now."""
    if not href.startswith("#"):
        return href
    name = unquote(href[1:])
    called = place_name(name)
    return href if called in (name, href[1:]) else f"#{quote(called)}"


def is_free(name: str) -> bool:
    """May a place inside a post be called this, wherever the post is shown?"""
    is_name = len(unquote(name)) <= _LONGEST and _NAME.fullmatch(name)
    return bool(is_name) and not _TAKEN.fullmatch(name)


def named_in(html: str) -> frozenset[str]:
    """The places in a cleaned text."""
    return frozenset(map(references.unescape, _PLACE.findall(html)))
