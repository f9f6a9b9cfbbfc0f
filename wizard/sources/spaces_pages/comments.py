"""The comments on a Spaces page, in the markup of every year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from wizard.sources.dates.written import pieces
from wizard.sources.html_page import inner_html, text_of
from wizard.sources.spaces_ids import marked, tidy
from wizard.sources.spaces_pages.photos import Links, body_photos
from wizard.sources.spaces_pages.records import SeenComment

# Which class is a comment or a part of one. The boxes are, in this order, those of
# 2007, of 2008, of 2008-12 and of 2010.
_KINDS = {
    **dict.fromkeys(
        ("bvCommentText", "ccViewComment", "ccCommentBox", "cc2_cmt"), "box"
    ),
    **dict.fromkeys(("cxp_ic_name", "ccName", "cc2_dnmmain"), "name"),
    **dict.fromkeys(("Comment", "cc2_txt"), "text"),
    "cc2_tsmain": "date",
    "ccViewAuthorUrl": "url",
}
_KINDS_BY_ID = {"ccName": "name", "ccDate": "date"}
_EDGES = " \t\r\n\xa0-–—|·•"
# A page shows twenty comments, and up to some hundreds when all were asked for.
_MOST_PARTS = 6000
# The parts of a comment are this many levels apart at most.
_NEAR = 30
_BLOCKS = frozenset(("div", "p", "blockquote", "table", "ul", "ol", "pre"))

Parts = dict[str, HtmlElement]


def comments_among(
    outline: Iterable[HtmlElement], links: Links
) -> Iterator[tuple[HtmlElement, SeenComment]]:
    """The comments in a page's elements (those inside the entries' texts left out), in
    the order of the page, newest first, each with the element it stands in."""
    for parts in _grouped(outline):
        box = parts["box"]
        comment = (
            _of_2007(box, links)
            if "bvCommentText" in box.get("class", "")
            else _of_parts(parts, links)
        )
        if comment.text or "<img" in comment.html:
            yield box, replace(comment, names=_names(parts))


def _names(parts: Parts) -> tuple[str, ...]:
    """What a link to this comment may say behind its "#"."""
    ids = dict.fromkeys(part.get("id") or "" for part in parts.values())
    marks = (mark[1].key for name in ids if (mark := marked(name)))
    return tuple(dict.fromkeys(name for name in (*ids, *marks) if name))


def _kind(element: HtmlElement) -> str:
    name = element.get("id", "")
    if name.startswith("cc") and "cns" in name:
        return _KINDS_BY_ID.get(name[:6], "")
    for each in element.get("class", "").split():
        if each in _KINDS:
            return _KINDS[each]
        if each.startswith("ccDateBox"):
            return "date"
    return ""


def _grouped(outline: Iterable[HtmlElement]) -> Iterator[Parts]:
    """The parts of each comment. A part that the comment already has, or that stands in
    another row, begins the next, so it does not matter whether name and date are
    inside the box or around it."""
    parts: Parts = {}
    telling = ((each, kind) for each in outline if (kind := _kind(each)))
    for element, kind in islice(telling, _MOST_PARTS):
        if kind in parts and _within(element, parts[kind]):
            continue
        elsewhere = "box" in parts and not _within(element, _row(parts["box"]))
        if kind in parts or elsewhere:
            yield from _complete(parts)
            parts = {}
        # "Comment" is a word that other parts of a page use, too.
        if kind != "text" or "box" in parts:
            parts[kind] = element
    yield from _complete(parts)


def _complete(parts: Parts) -> Iterator[Parts]:
    if "box" in parts:
        yield {
            kind: each
            for kind, each in parts.items()
            if _within(each, _reach(kind, each, parts["box"]))
        }


def _reach(kind: str, part: HtmlElement, box: HtmlElement) -> HtmlElement:
    """How far from the box this part may stand. A name that is marked by a class alone
    must be close by: the owner's profile beside the comments shows one in the same way."""
    parent = box.getparent()
    close = kind == "name" and not part.get("id") and parent is not None
    return parent if close else _row(box)


def _row(box: HtmlElement) -> HtmlElement:
    """What may hold the name and date of a comment besides its box."""
    row = box
    for step, above in enumerate(box.iterancestors()):
        if step > 1 and row.tag not in ("td", "th", "tr", "tbody"):
            break
        row = above
    return row


def _within(element: HtmlElement, container: HtmlElement) -> bool:
    above = islice(element.iterancestors(), _NEAR)
    return element is container or container in above


def _of_parts(parts: Parts, links: Links) -> SeenComment:
    """A comment of 2008 or later, whose parts are marked."""
    box, text = parts["box"], parts.get("text")
    author, email, url = "", "", ""
    for kind in ("name", "url"):
        if (part := parts.get(kind)) is not None:
            author = author or text_of(part)
            for anchor in part.iter("a"):
                email = email or _email(anchor)
                url = url or _web(anchor)
    written = text_of(parts["date"]).strip(_EDGES) if "date" in parts else ""
    if text is None:
        # What is left of the box when its other parts are taken away.
        for kind, part in parts.items():
            if kind != "box" and _within(part, box):
                part.drop_tree()
        text = box
    return _comment(author, text, written, email, url, links)


def _of_2007(box: HtmlElement, links: Links) -> SeenComment:
    """A comment of the first years: its parts are told by their order alone, which is
    author, text, date, address of the author's own site."""
    while len(box) == 1 and box[0].tag == "span" and not (box.text or "").strip():
        box = box[0]
    children = list(box)
    text = next((each for each in children if each.tag in _BLOCKS), None)
    if text is None:
        named = bool((box.text or "").strip())
        text = next(iter(children[0 if named else 1 :]), None)
    if text is None:
        return _comment("", box, "", "", "", links)
    at = children.index(text)
    author = " ".join(
        (box.text or "", *(part for each in children[:at] for part in _said(each)))
    )
    after = [
        text.tail or "",
        *(part for each in children[at + 1 :] for part in _said(each)),
    ]
    said = [part for each in after if (part := each.strip(_EDGES))]
    written = next((each for each in said if pieces(each)), said[0] if said else "")
    anchors = [a for each in children if each is not text for a in each.iter("a")]
    email = next((found for a in anchors if (found := _email(a))), "")
    url = next((found for a in anchors if (found := _web(a))), "")
    return _comment(" ".join(author.split()), text, written, email, url, links)


def _comment(
    author: str, text: HtmlElement, written: str, email: str, url: str, links: Links
) -> SeenComment:
    body_photos(text, links)
    return SeenComment(
        author=author,
        html=inner_html(text),
        text=text_of(text),
        written=written,
        email=email,
        url=url,
    )


def _said(element: HtmlElement) -> tuple[str, str]:
    return text_of(element), element.tail or ""


def _email(anchor: HtmlElement) -> str:
    href = anchor.get("href", "").strip()
    if href[:7].lower() != "mailto:":
        return ""
    return unquote(re.split(r"[?,;]", href[7:])[0]).strip()


def _web(anchor: HtmlElement) -> str:
    href = tidy(anchor.get("href", ""))
    return href if re.match(r"https?://[^/]", href, re.IGNORECASE) else ""
