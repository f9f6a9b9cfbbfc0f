"""One page of a Spaces backup: the posts that stand on it, as they are written there.

The page is read by its structure: a ``div.blogpost`` is a text; the last ``h2`` before it
its title, the last ``h5`` its date, the next ``div.comments`` what readers said. Pictures
in a table after the text belong to it. Source: the only public reader of such pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from wizard.blog import Photo
from wizard.sources.html_page import inner_html, text_of
from wizard.sources.spaces_ids import Identity, canonical_cid, identify
from wizard.sources.srcset import Offers, largest, offered_around

_SPEAKING = ("a", "embed", "object", "param", "audio", "video", "source", "bgsound")


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """One ``img``: its ``src``, the ``href`` around it ("" if none), whether it stood
    beside the text; ``larger``: a copy that it offers to finer screens. Or a file that the text speaks of: its address as ``shown``.
    ``linked``: only a link leads there, perhaps to a picture."""

    shown: str
    full: str
    alt: str
    beside: bool
    linked: bool = False
    larger: str = ""


@dataclass(frozen=True, slots=True)
class WrittenComment:
    """``heading``: author and date in one line. ``link``: around the author's name."""

    heading: str
    link: str
    html: str
    mark: str


@dataclass(slots=True)
class WrittenPost:
    """A post as it stands on the page; every text letter for letter.

    ``entry``: who it is, if its id or permalink tells. ``count``: how many comments the
    page says it has. ``anchor``: the id of its block.
    """

    title: str = ""
    date: str = ""
    html: str = ""
    entry: Identity | None = None
    category: str = ""
    count: int = 0
    anchor: str = ""
    pictures: list[WrittenPicture] = field(default_factory=list)
    comments: list[WrittenComment] = field(default_factory=list)


ENTRY_MARK = re.compile(r"cns(?:!|%21)([\w.-]{1,64}?)(?:!|%21)(\d{1,20})(?!\d)")
_PERMALINK = re.compile(
    r"permalink|permalien|固定链接|固定連結|永久链接|永久連結|固定リンク", re.I
)
_CATEGORY = re.compile(
    r"^(?:categor(?:y|ies|ía|ia|ie)s?|catégories?|kategori(?:e|en|a|er)?|分类|分類|类别|類別"
    r"|カテゴリー?|카테고리|категори[яи])\s*[:：]\s*(.{1,400})$",
    re.I,
)
# What is longer is a text.
_LONGEST_CATEGORY = 400
_COUNT = re.compile(
    r"^\W*(?:(?:view |read |阅读|閱讀|查看)?(?:comments?|评论|評論|意见|コメント|댓글|kommentare"
    r"|commentaires|comentarios|commenti|reacties)\W{1,4}(\d{1,5})\b|(\d{1,5}) comments?\b)",
    re.I,
)


def has_post(root: HtmlElement) -> bool:
    """Whether a text, a title and a date stand on this page."""
    return (
        bool(root.xpath("//h2"))
        and bool(root.xpath("//h5"))
        and any(_is_body(div) for div in root.iter("div"))
    )


def read_page(root: HtmlElement) -> list[WrittenPost]:
    """Every post on the page, in its order."""
    bodies = [div for div in root.iter("div") if _is_body(div)]
    around = {ancestor for body in bodies for ancestor in body.iterancestors()}
    posts: list[WrittenPost] = []
    coming, last_h2 = WrittenPost(), None
    for element in _outline(root):
        current = posts[-1] if posts and last_h2 is None else coming
        if element.tag == "h2":
            if last_h2 is None or "title" not in (last_h2.get("id") or "").lower():
                last_h2 = element
        elif element.tag == "h5":
            target = coming if current.date else current
            target.date = _better_date(target.date, element)
        elif _is_body(element):
            tables = _photo_tables(element)
            coming.html = inner_html(element, without=tables)
            coming.title = text_of(last_h2) if last_h2 is not None else ""
            coming.anchor, coming.entry = _identity(element, last_h2)
            beside = {image for table in tables for image in table.iter("img")}
            offered = offered_around(element)
            coming.pictures += [
                _picture(image, offered, beside=image in beside)
                for image in element.iter("img")
            ]
            coming.pictures += filter(None, map(_file, element.iter(*_SPEAKING)))
            posts.append(coming)
            coming, last_h2 = WrittenPost(), None
        elif _is_comment_box(element):
            if posts:
                posts[-1].comments += _comments(element)
                posts[-1].count = posts[-1].count or _count(text_of(element)[:60])
        elif element not in around:
            _note(element, current, posts[-1] if posts else None)
    return posts


def _outline(root: HtmlElement) -> Iterator[HtmlElement]:
    """Every element outside of texts and comments, in the page's order."""
    stack = [root]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        yield element
        if not (_is_body(element) or _is_comment_box(element)):
            stack.extend(reversed(element))


def _is_body(element: HtmlElement) -> bool:
    return (
        element.tag == "div"
        and "blogpost" in (element.get("class") or "").lower().split()
    )


def _photo_tables(body: HtmlElement) -> list[HtmlElement]:
    """The tables at the end of a text that hold pictures and nothing else: integrated
    photos, which a backup may keep inside the text."""
    tables: list[HtmlElement] = []
    for child in reversed(body):
        if (child.tail or "").strip() or text_of(child):
            break
        has_picture = next(child.iter("img"), None) is not None
        if child.tag == "table" and has_picture:
            tables.append(child)
        elif has_picture:
            break
    return tables


def _is_comment_box(element: HtmlElement) -> bool:
    if element.tag not in ("div", "ul", "ol", "section"):
        return False
    return "comments" in (element.get("class") or "").lower().split()


def _better_date(known: str, heading: HtmlElement) -> str:
    text = text_of(heading)
    if "publish" in (heading.get("id") or "").lower() or not known:
        return text
    return text if re.search(r"\d", text) and not re.search(r"\d", known) else known


def _note(element: HtmlElement, current: WrittenPost, last: WrittenPost | None) -> None:
    """What an element beside title, date and text tells about the post."""
    if element.tag == "img":
        # Before the first text an image decorates the page.
        if last is not None and current is last and _in_table(element):
            last.pictures.append(_picture(element, {}, beside=True))
        return
    if element.tag == "a" and last is not None and current is last and not last.entry:
        said = (
            f"{element.get('id') or ''} {element.get('class') or ''} {text_of(element)}"
        )
        if _PERMALINK.search(said) or element.get("rel") == "bookmark":
            last.entry = identify(element.get("href") or "")
    if len(element) > 3:
        return
    text = text_of(element)[: _LONGEST_CATEGORY + 60]
    name = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
    if found := _CATEGORY.match(text):
        current.category = current.category or found[1].strip()
    elif (
        "categor" in name
        and 0 < len(text) <= _LONGEST_CATEGORY
        and not text.endswith((":", "："))
    ):
        current.category = current.category or text
    if last is not None and current is last:
        last.count = last.count or _count(text)


def _in_table(element: HtmlElement) -> bool:
    return any(ancestor.tag == "table" for ancestor in element.iterancestors())


def _count(text: str) -> int:
    found = _COUNT.match(text)
    return int(found[1] or found[2]) if found else 0


def _identity(
    body: HtmlElement, heading: HtmlElement | None
) -> tuple[str, Identity | None]:
    """The id of the block around this one text, and the entry that its ids or its
    title's link name."""
    ids = [body.get("id") or ""]
    for ancestor in body.iterancestors("div"):
        if len(list(islice(filter(_is_body, ancestor.iter("div")), 2))) > 1:
            break
        ids.append(ancestor.get("id") or "")
    anchor = next((name for name in ids[1:] if "bp" in name.lower()), ids[0])
    links: list[str] = []
    if heading is not None:
        ids.append(heading.get("id") or "")
        links = [link.get("href") or "" for link in heading.iter("a")]
    for name in ids:
        if found := ENTRY_MARK.search(name):
            return anchor, Identity("", canonical_cid(found[1]), int(found[2]))
    return anchor, next((entry for link in links if (entry := identify(link))), None)


def _picture(image: HtmlElement, offered: Offers, *, beside: bool) -> WrittenPicture:
    full = ""
    for ancestor in image.iterancestors():
        # A link around the whole text is no link of this picture.
        if _is_body(ancestor):
            break
        if ancestor.tag == "a":
            full = ancestor.get("href") or ""
            break
    alt = " ".join((image.get("alt") or "").split())
    src, larger = image.get("src") or "", largest(image, offered)
    return WrittenPicture(src, full, alt, beside, larger=larger)


def _file(element: HtmlElement) -> WrittenPicture | None:
    """The recording, film or document that an element links to or plays, if any, or
    whatever it links to."""
    for name in ("href", "src", "data", "value"):
        address = element.get(name) or ""
        if Photo(address, found=False).mime:
            return WrittenPicture(address, "", "", beside=False)
    href = element.get("href") or ""
    return WrittenPicture(href, "", "", beside=False, linked=True) if href else None


def _comments(box: HtmlElement) -> list[WrittenComment]:
    comments = (_comment(row) for row in _rows(box))
    return [each for each in comments if each.heading or each.html]


def _rows(box: HtmlElement) -> list[HtmlElement]:
    """The element of each comment: by its id, else by the heading in it."""
    named = [
        row
        for row in box.iter("div", "li")
        if row is not box and "comment" in (row.get("id") or "").lower()
    ]
    rows = named or [
        parent
        for heading in box.iter("h5")
        if (parent := heading.getparent()) is not None and parent is not box
    ]
    if rows:
        inside = set(rows)
        return [row for row in rows if not inside.intersection(row.iterancestors())]
    wrapped: list[HtmlElement] = []
    for child in list(box):
        if child.tag == "h5":
            wrapped.append(etree.SubElement(box, "div"))
        if wrapped:
            wrapped[-1].append(child)
    return wrapped


def _comment(row: HtmlElement) -> WrittenComment:
    heading = next(row.iter("h5"), None)
    if heading is None:
        return WrittenComment("", "", inner_html(row), row.get("id") or "")
    link = next(heading.iter("a"), None)
    return WrittenComment(
        heading=text_of(heading),
        link=(link.get("href") or "") if link is not None else "",
        html=inner_html(row, without=[heading]),
        mark=row.get("id") or "",
    )
