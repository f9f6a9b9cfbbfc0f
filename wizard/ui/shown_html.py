"""A post's HTML as Qt's text browser can show it: its blocks as they will look, in small."""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import unquote

from lxml import etree, html
from lxml.html import HtmlElement

_COLUMNS = 3
_GAP = 8
_ALIGNED = re.compile(r"has-text-align-(\w+)")
_WIDTH = re.compile(r"(?<![\w-])width:\s*(\d+)px")
_WIDE = re.compile(r"(?<!\S)columns-(\d)(?!\S)")


def for_browser(text: str, width: int) -> str:
    """``text`` out of `content.composing.compose`, for a browser ``width`` points wide."""
    page = cast(
        HtmlElement,
        html.fragment_fromstring(
            text,
            create_parent="div",
            parser=html.HTMLParser(remove_comments=True, huge_tree=True),
        ),
    )
    for element in list(page.iter()):
        kind = element.get("class", "")
        if aligned := _ALIGNED.search(kind):
            element.set("align", aligned[1])
        if element.tag == "img":
            _size(element, width)
        elif "wp-block-file__button" in kind:
            element.drop_tree()
        elif element.tag == "summary":
            element.tag = "p"
    for figure in reversed(list(page.iter("figure", "div"))):
        if figure.getparent() is not None:
            _show(figure, width)
    return "".join(
        etree.tostring(one, encoding="unicode", method="html") for one in page
    )


def _size(image: HtmlElement, width: int) -> None:
    side = image.get("class", "").removeprefix("align")
    if side in ("left", "right"):
        image.set("style", f"float:{side}")
    if said := _WIDTH.search(image.get("style", "")):
        image.set("width", str(min(int(said[1]), width)))
        del image.attrib["style"]


def _show(figure: HtmlElement, width: int) -> None:
    """A figure as paragraphs: of those the browser knows how to show."""
    kind = figure.get("class", "").split()
    for caption in figure.findall("figcaption"):
        caption.tag = "small"
        # Below the picture; below a table it is a paragraph of its own.
        caption.addprevious(html.Element("br"))
    if "wp-block-gallery" in kind:
        _show_gallery(figure, width)
    elif "wp-block-table" in kind:
        figure.tag = "div"
    elif {"wp-block-audio", "wp-block-video"} & {*kind}:
        played = next(iter(figure.iter("audio", "video")))
        name = unquote(played.get("src", "").rpartition("/")[2])
        _say(figure, f"▶ {name}")
    elif "wp-block-embed" in kind:
        address = figure.find("div")
        shown = figure if address is None else address
        _say(figure, f"▶ {(shown.text_content() or '').strip()}")
    elif figure.tag == "figure" or "wp-block-file" in kind:
        figure.tag = "p"
        for side in ("left", "right", "center"):
            if f"align{side}" in kind:
                _put_aside(figure, side)


def _say(figure: HtmlElement, words: str) -> None:
    tail, captions = figure.tail, figure.findall("small")
    figure.clear()
    figure.tag, figure.text, figure.tail = "p", words, tail
    figure.set("class", "quiet")
    for caption in captions:
        figure.append(html.Element("br"))
        figure.append(caption)


def _put_aside(figure: HtmlElement, side: str) -> None:
    if side == "center":
        figure.set("align", side)
    for image in figure.iter("img") if side != "center" else ():
        image.set("style", f"float:{side}")


def _show_gallery(figure: HtmlElement, width: int) -> None:
    """As many side by side as WordPress shows, in a table."""
    parts = [one for one in figure if one.tag == "p"]
    others = [one for one in figure if one.tag != "p"]
    wide = _WIDE.search(figure.get("class", ""))
    columns = min(int(wide[1]) if wide else _COLUMNS, len(parts)) or 1
    room = (width - (columns - 1) * _GAP) // columns
    table = html.Element("table", {"cellspacing": str(_GAP // 2)})
    for number, part in enumerate(parts):
        if number % columns == 0:
            row = etree.SubElement(table, "tr")
        for image in part.iter("img"):
            image.set("width", str(room))
            image.attrib.pop("height", None)
        cell = etree.SubElement(row, "td", {"valign": "top"})
        cell.append(part)
        part.tag = "div"
    figure.insert(0, table)
    figure.tag = "div"
    if others:
        figure.append(others[-1])
