"""A finished import file taken apart again, so that a second round can add to it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, datetime, timezone
from pathlib import Path

from lxml import etree

from wizard.blog import Status
from wizard.destinations import Kind, NewComment, NewPost, NewTerm
from wizard.destinations.wxr.parts import PHOTO_PATH, Part, Parts, PhotoFile
from wizard.destinations.wxr.writing import AUTHOR, MARKER, NAMESPACES, OURS

_WP = f"{{{NAMESPACES['wp']}}}"
_MD = f"{{{NAMESPACES['md']}}}"
_HEAD = 500
_PARTS = ("item", f"{_WP}category", f"{_WP}tag", f"{_MD}photo", f"{_MD}last")


def is_ours(path: Path) -> bool:
    """Whether this program has written the file."""
    with open(path, "rb") as file:
        return OURS.encode() in file.read(_HEAD)


def take_apart(path: Path, parts: Parts) -> None:
    """Put everything in the file into ``parts``, which is empty.

    Raises OSError, and ValueError when the file is damaged.
    """
    last = 0
    terms: dict[tuple[str, str], int] = {}
    with open(path, "rb") as file:
        # The entities of a DOCTYPE stay what they are: nobody's file is opened for them.
        events = etree.iterparse(
            file, tag=_PARTS, resolve_entities=False, no_network=True, huge_tree=True
        )
        try:
            for _, element in events:
                if element.tag == f"{_MD}last":
                    last = int(element.text or 0)
                else:
                    for part in _parts_of(element, terms):
                        parts.adopt(part)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, LookupError) as trouble:
            raise ValueError(str(trouble)) from None
    parts.keep_last(last)


def _parts_of(
    element: etree._Element, terms: dict[tuple[str, str], int]
) -> Iterator[Part]:
    if element.tag == "item":
        yield from _post(element, terms)
    elif element.tag == f"{_MD}photo":
        yield _photo(element)
    else:
        short, slug, name = ("category", "category_nicename", "cat_name")
        if element.tag == f"{_WP}tag":
            short, slug, name = ("tag", "tag_slug", "tag_name")
        kind = Kind(short)
        number = int(_text(element, "term_id"))
        domain = "category" if kind is Kind.CATEGORY else "post_tag"
        terms[domain, _text(element, slug)] = number
        marker = element.findtext(f"{_MD}marker") or ""
        above = terms.get((domain, _text(element, "category_parent")), 0)
        written = _text(element, name)
        # Earlier versions wrote names down as they are.
        said = written if written == marker else html.unescape(written)
        yield Part(number, marker, NewTerm(kind, said, above))


def _post(item: etree._Element, terms: dict[tuple[str, str], int]) -> Iterator[Part]:
    meta = _meta(item, "postmeta")
    number = int(_text(item, "post_id"))
    told: dict[str, list[int]] = {"category": [], "post_tag": []}
    for category in item.findall("category"):
        domain = category.get("domain") or ""
        term = terms.get((domain, category.get("nicename") or ""))
        if term:
            told[domain].append(term)
    author = item.findtext(f"{{{NAMESPACES['dc']}}}creator") or ""
    post = NewPost(
        title=html.unescape(item.findtext("title") or ""),
        html=item.findtext(f"{{{NAMESPACES['content']}}}encoded") or "",
        date=datetime.fromisoformat(item.findtext(f"{_MD}date") or ""),
        status=Status(_text(item, "status")),
        slug=_text(item, "post_name"),
        excerpt=item.findtext(f"{{{NAMESPACES['excerpt']}}}encoded") or "",
        categories=tuple(told["category"]),
        tags=tuple(told["post_tag"]),
        author="" if author == AUTHOR else author,
        sticky=_text(item, "is_sticky") == "1",
        closed=_text(item, "comment_status") == "closed",
        pings=_text(item, "ping_status") == "open",
    )
    yield Part(number, meta[MARKER], post)
    for comment in item.findall(f"{_WP}comment"):
        yield _comment(comment, number)


def _comment(element: etree._Element, post: int) -> Part:
    local = _moment(_text(element, "comment_date"))
    offset = local - _moment(_text(element, "comment_date_gmt"))
    zone = timezone(offset) if offset else UTC
    said = _text(element, "comment_type")
    comment = NewComment(
        post=post,
        parent=int(_text(element, "comment_parent")),
        author=_text(element, "comment_author"),
        email=_text(element, "comment_author_email"),
        url=_text(element, "comment_author_url"),
        html=_text(element, "comment_content"),
        date=local.replace(tzinfo=zone),
        ping="" if said == "comment" else said,
        held=_text(element, "comment_approved") == "0",
    )
    marker = _meta(element, "commentmeta")[MARKER]
    return Part(int(_text(element, "comment_id")), marker, comment)


def _photo(element: etree._Element) -> Part:
    path = element.findtext(f"{_MD}path") or ""
    if not PHOTO_PATH.fullmatch(path):
        raise ValueError(f"{path} is no photo of ours")
    photo = PhotoFile(
        path=path,
        post=int(element.get("post") or 0),
        width=int(element.get("width") or 0),
        height=int(element.get("height") or 0),
        alt=element.findtext(f"{_MD}alt") or "",
        caption=element.findtext(f"{_MD}caption") or "",
    )
    return Part(int(element.get("id") or 0), element.get("marker") or "", photo)


def _meta(element: etree._Element, name: str) -> dict[str, str]:
    return {
        _text(meta, "meta_key"): _text(meta, "meta_value")
        for meta in element.findall(f"{_WP}{name}")
    }


def _text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{_WP}{name}") or ""


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
