"""A Spaces page as a sequence of entries: where each begins, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from wizard.sources.html_page import text_of
from wizard.sources.spaces_ids import Identity, identify, marked

# What speaks of entries. Looking at nothing else makes reading several times as fast.
# One path, not a union of several: libxml2 joins those in time squared.
_TELLING = etree.XPath(
    "descendant::*[self::a or self::h1 or self::h2 or self::h3 or self::h4"
    " or @id[contains(., 'cns') or . = 'navTitle']"
    " or @class[contains(., 'bv') or contains(., 'footer') or contains(., 'cc')"
    "  or contains(., 'Comment') or contains(., 'cxp_ic_name')]]"
)
# More texts than these on one page are left open by malice only.
_MOST_LEAKS = 1000


@dataclass(frozen=True, slots=True)
class Block:
    """An entry on its page: ``body`` is its text, ``before`` and ``after`` the elements
    between its own text and those of its neighbours, in the order of the page."""

    body: HtmlElement
    before: list[HtmlElement]
    after: list[HtmlElement]


def outline_of(root: HtmlElement) -> list[HtmlElement]:
    """The page's telling elements in order, each entry's text as one of them: what people
    wrote must not be taken for markup. Texts that were left open are closed first."""
    outline, leaked = _outside_texts(root)
    for footer in leaked[:_MOST_LEAKS]:
        while (body := next(filter(is_body, footer.iterancestors()), None)) is not None:
            _close_before(footer, body)
    return _outside_texts(root)[0] if leaked else outline


def _outside_texts(root: HtmlElement) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """The outline, and the footers of entries that were found inside a text."""
    outline, leaked = [], []
    telling = _telling(root)
    place = 0
    while place < len(telling):
        element = telling[place]
        outline.append(element)
        place += 1
        if is_body(element):
            inside = _telling(element)
            leaked += [each for each in inside if has_class(each, "footerLinks")]
            place += len(inside)
    return outline, leaked


def _telling(element: HtmlElement) -> list[HtmlElement]:
    return cast("list[HtmlElement]", _TELLING(element))


def blocks_of(outline: list[HtmlElement]) -> list[Block]:
    """The entries of a page, from the top."""
    places = [place for place, each in enumerate(outline) if is_body(each)]
    edges = [-1, *places, len(outline)]
    return [
        Block(
            outline[place],
            outline[edges[index] + 1 : place],
            outline[place + 1 : edges[index + 2]],
        )
        for index, place in enumerate(places)
    ]


def is_body(element: HtmlElement) -> bool:
    """Whether this element is the text of an entry; a whole page is not."""
    named = element.get("id", "").startswith("msgcns") or has_class(element, "bvMsg")
    return named and element.getparent() is not None


def has_class(element: HtmlElement, name: str) -> bool:
    """Whether the element is of this class."""
    classes = element.get("class")
    return classes is not None and name in classes and name in classes.split()


def identity_of(block: Block, links: Iterable[str] = ()) -> Identity | None:
    """Which entry this is: by its own mark, that of its frame, or a link beside it.
    ``links``: addresses of the page, if it holds this entry alone."""
    frame = [block.body, *block.body.iterancestors()]
    for element in [*frame, *reversed(block.before[-20:]), *block.after[:20]]:
        for name in ("id", "bv:cns"):
            mark = marked(element.get(name, ""))
            # A comment has a mark of its own.
            if mark and not mark[0].startswith("cc"):
                return mark[1]
    beside = (each.get("href", "") for each in block.after if each.tag == "a")
    return next((found for url in (*beside, *links) if (found := identify(url))), None)


def texts_near(body: HtmlElement) -> Iterator[str]:
    """The words before an entry's text and then those after it, the nearest first, each
    way up to the text of another entry."""
    before = body.xpath("preceding::text()[normalize-space()][position() <= 30]")
    after = body.xpath("following::text()[normalize-space()][position() <= 12]")
    for texts in (reversed(before), after):
        for text in texts:
            holder = text.getparent().getparent() if text.is_tail else text.getparent()
            if any(is_body(each) for each in (holder, *holder.iterancestors())):
                break
            words = " ".join(text.split()).strip("|-–· ")
            if len(words) < 60 and holder.tag not in ("script", "style", "title"):
                yield words


def beside(body: HtmlElement, footer: HtmlElement | None) -> list[HtmlElement]:
    """The elements with pictures and no words between an entry's text and its footer.
    Words there have fallen out of the text by a stray closing tag; they are put back."""
    if footer is None:
        return list(filter(_is_picture, _own_siblings(body)))
    pictures: list[HtmlElement] = []
    ends = {footer, *footer.iterancestors()}
    node: HtmlElement | None = body
    while node is not None and node not in ends:
        _take_in(body, node)
        for element in list(node.itersiblings()):
            if element in ends:
                return pictures
            if _is_picture(element):
                pictures.append(element)
            elif element.tag not in ("script", "style") and text_of(element):
                body.append(element)
            if element.getparent() is not body:
                _take_in(body, element)
        node = node.getparent()
    return pictures


def _is_picture(element: HtmlElement) -> bool:
    return next(element.iter("img"), None) is not None and not text_of(element)


def _take_in(body: HtmlElement, element: HtmlElement) -> None:
    """Put the loose words after an element at the end of the text."""
    loose = element.tail or ""
    if not loose.strip():
        return
    element.tail = None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + loose
    else:
        body.text = (body.text or "") + loose


def _own_siblings(body: HtmlElement) -> Iterator[HtmlElement]:
    for sibling in body.itersiblings():
        if any(
            is_body(each) or marked(each.get("id", "")) for each in sibling.iter("*")
        ):
            return
        yield sibling


def _close_before(footer: HtmlElement, body: HtmlElement) -> None:
    """Move the footer, and all that follows it, out of a text that was left open."""
    first = footer
    photos = footer.getprevious()
    if photos is not None and photos.tag == "table" and not text_of(photos):
        first = photos
    moving = [first]
    node = first
    while node is not body and node is not None:
        moving.extend(node.itersiblings())
        node = node.getparent()
    for element in reversed(moving):
        body.addnext(element)
