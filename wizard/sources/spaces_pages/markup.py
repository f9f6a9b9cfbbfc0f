"""One Spaces page, of any year, read into what it says of each of its entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree
from lxml.html import HtmlElement

from wizard.errors import Unreadable
from wizard.sources.dates.written import pieces
from wizard.sources.html_page import inner_html, text_of
from wizard.sources.spaces_ids import Identity, identify, marked, space_of
from wizard.sources.spaces_pages.comments import comments_among
from wizard.sources.spaces_pages.outline import (
    Block,
    beside,
    blocks_of,
    has_class,
    identity_of,
    texts_near,
)
from wizard.sources.spaces_pages.photos import (
    Links,
    body_photos,
    distinct,
    integrated_photos,
)
from wizard.sources.spaces_pages.records import SeenComment, SeenEntry
from wizard.sources.spaces_pages.saved_page import SavedPage

_EDGES = " \t\r\n\xa0|-–·"
_TIME = re.compile(r"\D{0,8}\d{1,2}\s?[:.時时点點시]\s?\d{2}\D{0,3}(?:\d{2})?\D{0,6}")
_COUNT = re.compile(r"[(（]\s*(\d{1,6})\s*[)）]|(\d{1,6})")
_PLAIN_NAME = re.compile(r"[A-Za-z_][\w:.-]*", re.ASCII)
_UNESCAPED = re.compile(r"[\w\-.!~*'()\"#$%&+,/:;<=>?@\[\\\]^`{|}]*", re.ASCII)
# A list page has twenty. Beyond the second number nobody's date is searched for.
_MOST_ENTRIES = 1000
_MOST_SEARCHED = 60
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FRONT_MATTER = re.compile(rb"\s*---\r?\n(.{0,20000}?)\n---\r?\n", re.DOTALL)


def entries_on(
    page: SavedPage,
    outline: list[HtmlElement],
    resolve: Callable[[str], str | None],
) -> Iterator[SeenEntry]:
    """Every entry on the page, from the top. ``resolve`` gives the archive's file that a
    relative address in this page names, or None. Raises Unreadable."""
    links = Links(page.base, resolve, page.wayback)
    blocks = blocks_of(outline)
    if len(blocks) > _MOST_ENTRIES:
        raise Unreadable(
            f"{page.name} has more entries than any page of a blog.", code="size"
        )
    alone = len(blocks) == 1
    known = [
        (block, identity)
        for block in blocks
        if (identity := identity_of(block, [page.address, page.name] if alone else []))
    ]
    comments = _comments(outline, [each.key for _, each in known], links)
    marks = _marks(outline)
    header = ""
    for block, identity in known:
        held = comments.get(identity.key, ())
        title = marks.get(("subj", identity.key))
        if (date := marks.get(("LastMDate", identity.key))) is not None:
            # Entries of one day may stand under one date.
            header = text_of(date).strip(_EDGES)
        below = _said_below(block)
        dates = _ways(header, below)
        if not dates and len(blocks) <= _MOST_SEARCHED:
            # The first years marked neither date nor time.
            near = [*below, *texts_near(block.body)]
            header = next(filter(pieces, near), header)
            dates = _ways(header, [each for each in near if _TIME.fullmatch(each)])
        yield _entry(page, block, identity, title, dates, held, links, alone)


def _entry(
    page: SavedPage,
    block: Block,
    identity: Identity,
    title_element: HtmlElement | None,
    dates: tuple[str, ...],
    held: tuple[SeenComment, ...],
    links: Links,
    alone: bool,
) -> SeenEntry:
    pictures = beside(block.body, _footer(block))
    photos = (*body_photos(block.body, links), *integrated_photos(pictures, links))
    title, linked = _title(block, identity, title_element)
    if not title and not dates:
        title, dates = _front_matter(page.source)
    return SeenEntry(
        space=identity.space or space_of(page.base),
        cid=identity.cid,
        number=identity.number,
        title=title,
        html=_html(block.body),
        dates=dates,
        category=_category(block),
        photos=distinct(photos),
        comments=held,
        comments_said=_comments_said(block),
        more_comments=bool(held) and _has_older_comments(block),
        entry_page=alone and (bool(held) or _has_pane(block) or not linked),
        # Behind an entry there is always more, unless somebody kept the entry alone.
        whole=bool(block.after) or next(page.root.iter("title"), None) is None,
        captured=page.captured,
    )


def _html(body: HtmlElement) -> str:
    """What stands inside the text. lxml's own writer is much faster, but escapes letters
    in addresses, which must stay as they are in the names of the photos."""
    addresses = body.xpath(".//@href | .//@src | .//@action | .//@name")
    # What lxml reads, but does not take when it is given back.
    odd = not all(_PLAIN_NAME.fullmatch(str(name)) for name in body.attrib)
    if odd or not all(map(_UNESCAPED.fullmatch, addresses)):
        return inner_html(body)
    etree.strip_elements(body, "script", "style", with_tail=False)
    marks = dict(body.items())
    body.attrib.clear()
    written = etree.tostring(body, method="html", encoding="unicode", with_tail=False)
    body.attrib.update(marks)
    return written[len(f"<{body.tag}>") : -len(f"</{body.tag}>")].strip()


def _comments(
    outline: list[HtmlElement], keys: list[str], links: Links
) -> dict[str, tuple[SeenComment, ...]]:
    """The comments by the entry they belong to, oldest first. On a page of several
    entries only those in a pane that names its entry: a guest book looks the same."""
    found: dict[str, list[SeenComment]] = {}
    alone = keys[0] if len(set(keys)) == 1 else ""
    for box, comment in comments_among(outline, links):
        if owner := alone or _owner(box, keys):
            found.setdefault(owner, []).append(comment)
    return {key: tuple(reversed(each)) for key, each in found.items()}


def _owner(box: HtmlElement, keys: list[str]) -> str:
    for element in box.iterancestors():
        mark = marked(element.get("bv:cns") or element.get("id") or "")
        if mark and mark[1].key in keys:
            return mark[1].key
    return ""


def _marks(outline: list[HtmlElement]) -> dict[tuple[str, str], HtmlElement]:
    """The page's elements that name an entry, by what they are of it."""
    found: dict[tuple[str, str], HtmlElement] = {}
    for element in outline:
        if mark := marked(element.get("id", "")):
            found.setdefault((mark[0], mark[1].key), element)
    return found


def _title(
    block: Block, identity: Identity, element: HtmlElement | None
) -> tuple[str, bool]:
    """The entry's title, and whether it is a link to the entry as on list pages."""
    if element is None:
        near = reversed(block.before[-6:])
        element = next((each for each in near if each.tag in _HEADINGS), None)
    if element is None:
        return "", False
    targets = (identify(each.get("href", "")) for each in element.iter("a"))
    linked = any(each and each.key == identity.key for each in targets)
    return text_of(element), linked


def _ways(header: str, said: list[str]) -> tuple[str, ...]:
    """The ways to read an entry's date. Its owner chose whether it stands above the title
    with only the time below, or below as a whole."""
    times = [f"{header} {each}" for each in said if header and _TIME.fullmatch(each)]
    ways = [*said, *times[:1], header]
    return tuple(dict.fromkeys(way for way in ways if way and pieces(way)))


def _said_below(block: Block) -> list[str]:
    """What stands where the footer has the date or time."""
    footer = _footer(block)
    below = footer.itertext() if footer is not None else ()
    said = [next((said for text in below if (said := text.strip(_EDGES))), "")]
    for element in block.after:
        if has_class(element, "footer"):
            said += [text_of(each).strip(_EDGES) for each in element.iter("span")]
            break
    return [each for each in said if 0 < len(each) < 100]


def _footer(block: Block) -> HtmlElement | None:
    return next((each for each in block.after if has_class(each, "footerLinks")), None)


def _category(block: Block) -> str:
    for element in block.body.iterancestors():
        if category := " ".join(element.get("bv:cat", "").split()):
            return category
    anchors = (each for each in block.after if _has_name(each, "blogCategory"))
    return next((text_of(each) for each in anchors), "")


def _comments_said(block: Block) -> int:
    """How many comments the entry has, by its footer or its comment pane."""
    said = [text_of(each) for each in block.after if _has_name(each, "blogComments")]
    said += [each.get("bv:commentcount", "") for each in block.after]
    counts = (_COUNT.search(each) for each in said)
    return max((int(each[1] or each[2]) for each in counts if each), default=0)


def _has_older_comments(block: Block) -> bool:
    """Whether a link leads to the comments before the twenty of this page."""
    return any(
        each.get("id") == "sn_ccpgNextCommentControl"
        and "none" not in each.get("style", "")
        for each in block.after
    )


def _has_pane(block: Block) -> bool:
    return any(
        has_class(each, "bvEntryComments") or has_class(each, "bvCommentsPane")
        for each in block.after
    )


def _front_matter(source: bytes) -> tuple[str, tuple[str, ...]]:
    """Title and date from the head of an entry that a site generator keeps as a file:
    entries moved in 2010 and exported again still hold the markup of Spaces."""
    if not (found := _FRONT_MATTER.match(source)):
        return "", ()
    head = found[1].decode("utf-8", "replace")
    said = dict(re.findall(r"^(title|date): *[\"']?(.*?)[\"']? *$", head, re.MULTILINE))
    day = re.match(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", said.get("date", ""))
    return said.get("title", ""), (day[0].replace("T", " "),) if day else ()


def _has_name(element: HtmlElement, start: str) -> bool:
    name = element.get("id", "")
    return name.startswith(start) and not name[len(start) :].strip("0123456789")
