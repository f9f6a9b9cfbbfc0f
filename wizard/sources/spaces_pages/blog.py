"""What a Spaces page says of the blog as a whole: its name, its months, its other entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from wizard.sources.html_page import text_of
from wizard.sources.spaces_ids import identify, space_of
from wizard.sources.spaces_pages.saved_page import SavedPage

_MONTH_NAME = re.compile(r"LN_((?:19|20)\d\d)(1[0-2]|[1-9])")
_MONTH_LINK = re.compile(
    r"amonth(?:=|%3d)(1[0-2]|[1-9])(?:&|%26)ayear(?:=|%3d)(\d{4})", re.I
)
_SCRIPT_TITLE = re.compile(rb"gblSpaceTitle\s*=\s*(['\"])(.{1,2000}?)(?<!\\)\1")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")
_NOT_AVAILABLE = (b"Space Not Available", b"Space not available")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """``title``: the blog's, or "". ``page_title``: the window's, which may hold it.
    ``spaces``: names under which each owner's entries are linked. ``months``: (year,
    month) pairs in which the blog says it has entries. ``linked``: keys of entries."""

    title: str
    page_title: str
    available: bool
    spaces: frozenset[tuple[str, str]] = field(default=frozenset())
    months: frozenset[tuple[int, int]] = field(default=frozenset())
    linked: frozenset[str] = field(default=frozenset())


def facts_of(page: SavedPage, outline: list[HtmlElement]) -> PageFacts:
    """Read them from the page's elements, those in people's texts left out."""
    titles: dict[str, str] = {}
    months, spaces, linked = set(), set(), set()
    for element in outline:
        name = element.get("id", "")
        if name in ("navTitle", "spacetitle"):
            titles[name] = text_of(element)
        if element.tag != "a":
            continue
        if name.startswith("LN_") and (found := _MONTH_NAME.fullmatch(name)):
            months.add((int(found[1]), int(found[2])))
        href = element.get("href", "")
        if "amonth" in href and (found := _MONTH_LINK.search(href)):
            months.add((int(found[2]), int(found[1])))
        if entry := identify(href):
            linked.add(entry.key)
            spaces.add((entry.cid, entry.space or space_of(page.base)))
    return PageFacts(
        title=_script_title(page.source)
        or titles.get("navTitle", "")
        or titles.get("spacetitle", ""),
        page_title=next((text_of(each) for each in page.root.iter("title")), ""),
        available=not any(words in page.source for words in _NOT_AVAILABLE),
        spaces=frozenset(pair for pair in spaces if pair[1]),
        months=frozenset(months),
        linked=frozenset(linked),
    )


def blog_title(facts: PageFacts, entry_title: str) -> str:
    """The blog's title; the window's title of an entry page is both, with a colon."""
    if facts.title:
        return facts.title
    title = facts.page_title
    if entry_title and title.endswith(entry_title):
        title = title.removesuffix(entry_title).rstrip().rstrip(":：-–|").rstrip()
    return title


def _script_title(source: bytes) -> str:
    if not (found := _SCRIPT_TITLE.search(source)):
        return ""

    def letter(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2]
        return chr(int(code, 16)) if code else str(escape[3])

    text = _ESCAPE.sub(letter, found[2].decode("utf-8", "replace"))
    # Letters beyond the first plane are written as two halves.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.split())
