"""Pictures as blocks of their own: lifted out of the text, alone or as a gallery."""

from __future__ import annotations

import html as references
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from wizard.content.editor_blocks.nodes import Node
from wizard.content.editor_blocks.writing import attribute, block, classes, rich

# A picture no higher than a line or two may be part of a sentence.
_SMALL = 48
# Several up to this size are a row of icons: a gallery would blow them up.
_LITTLE = 120
_EMPTY = re.compile(r"<([a-z]+)\b(?![^>]* id=)[^>]*></\1>")
_FIRST_BREAKS = re.compile(r"^((?:<(?!br |img )[a-z][^>]*>)*)(?:[ \n]|<br />)+")
_LAST_BREAKS = re.compile(r"(?:[ \n]|<br />)+((?:</[a-z]+>)*)$")
_TAGS = re.compile(r"<[^>]*>")
_ANCHOR = re.compile(r'<a id="([^"]*)"></a>')


@dataclass(frozen=True, slots=True)
class Ours:
    """A picture at the new blog. ``number``: its attachment's, 0 for unknown; ``full``:
    its whole file; ``width``: in pixels of the file that is shown."""

    number: int
    full: str
    width: int
    whole: bool


class Picture(NamedTuple):
    """A picture on its way into a block. ``width``, ``height``: as large as the author
    made it, in the words of CSS, "" if as large as it is; ``caption``: HTML; ``line``:
    those with one number stood side by side; ``inline``: how it may stand in a text."""

    src: str
    alt: str
    title: str = ""
    width: str = ""
    height: str = ""
    align: str = ""
    link: str = ""
    caption: str = ""
    line: int = 0
    anchor: str = ""
    inline: str = ""


Pictures = Mapping[str, Ours]


def picture(node: Node, link: str, align: str, pictures: Pictures) -> Picture:
    """The picture of an ``<img>`` that led to ``link``, in a text set like ``align``."""
    said = node.attributes
    side = said.get("class", "").removeprefix("align")
    ours = pictures.get(said.get("src", ""))
    width, height = said.get("width", ""), said.get("height", "")
    if ours and width.isdecimal() and int(width) >= ours.width:
        width = height = ""
    return Picture(
        src=said.get("src", ""),
        alt=said.get("alt", ""),
        title=said.get("title", ""),
        width=f"{width}px" if width.isdecimal() else width,
        height=f"{height}px" if height and not width else "",
        align=side or (align if align == "center" else ""),
        link=link,
        inline=_in_a_row(node, said, link),
    )


def _in_a_row(image: Node, said: Mapping[str, str], link: str) -> str:
    """A little picture as part of a line with others; "" for one that is not little."""
    sides = [said[side] for side in ("width", "height") if side in said]
    little = all(side.isdecimal() and int(side) <= _LITTLE for side in sides)
    if not (sides and little) or "class" in said:
        return ""
    return f'<a href="{attribute(link)}">{image.html}</a>' if link else image.html


class Lifting:
    """Takes the pictures out of a paragraph. ``parts``: they and the texts between them;
    those that the text flows around come first, and part nothing."""

    def __init__(
        self, paragraph: Node, pictures: Pictures, line: Callable[[], int]
    ) -> None:
        self._align = paragraph.align
        self._has_words = bool(_TAGS.sub("", paragraph.text).strip())
        self._pictures = pictures
        self._line = line
        self._text: list[str] = []
        self._found: list[Picture | str] = []
        self._floating: list[Picture] = []
        self._now = line()
        self._walk(paragraph.inside, [], "")
        self._end_text()

    @property
    def parts(self) -> Iterator[Picture | str]:
        yield from self._floating
        for _, some in groupby(_with_anchors(self._found), line_of):
            together = list(some)
            pictures = [one for one in together if isinstance(one, Picture)]
            if len(pictures) > 1 and all(one.inline for one in pictures):
                yield " ".join(map(_as_text, pictures))
            else:
                yield from together

    def _walk(self, nodes: list[Node | str], around: list[Node], link: str) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._text.append(node)
            elif node.name == "img" and not (self._has_words and _is_small(node)):
                self._put(picture(node, link, self._align, self._pictures), around)
            elif node.name in ("br", "img"):
                self._text.append(node.html)
                self._now = self._line() if node.name == "br" else self._now
            else:
                href = node.attributes.get("href", "") if node.name == "a" else ""
                self._text.append(node.start)
                self._walk(node.inside, [*around, node], href or link)
                self._text.append(f"</{node.name}>")

    def _put(self, found: Picture, around: list[Node]) -> None:
        if found.align in ("left", "right"):
            self._floating.append(found)
            return
        self._text.extend(f"</{node.name}>" for node in reversed(around))
        self._end_text()
        self._found.append(found._replace(line=self._now))
        self._text = [node.start for node in around]

    def _end_text(self) -> None:
        text = _tidy("".join(self._text))
        self._text = []
        if text:
            self._found.append(text)
            self._now = self._line()


def line_of(part: Picture | str) -> int:
    """Pictures of one line stood side by side; 0 for what is no picture."""
    return part.line if isinstance(part, Picture) else 0


def _as_text(found: Picture) -> str:
    anchor = f'<a id="{attribute(found.anchor)}"></a>' if found.anchor else ""
    return f"{anchor}{found.inline}"


def _is_small(image: Node) -> bool:
    """Whether it can stand in the middle of a sentence, like a letter."""
    height = int(image.attributes.get("height", 0))
    return 0 < height <= _SMALL and "class=" not in image.start


def _tidy(html: str) -> str:
    """Without formatting of nothing, without line breaks at the edges, with single
    spaces where a picture has been."""
    before, html = "", html.replace("  ", " ")
    while before != html:
        before, html = html, _EMPTY.sub("", html)
        html = _LAST_BREAKS.sub(r"\1", _FIRST_BREAKS.sub(r"\1", html))
    return html


def _with_anchors(parts: list[Picture | str]) -> Iterator[Picture | str]:
    """A place that links lead to, with nothing but a picture behind it, is its own."""
    anchor = ""
    for part in parts:
        if isinstance(part, str):
            place = _ANCHOR.fullmatch(part)
            if not place:
                yield part
            anchor = references.unescape(place[1]) if place else ""
        else:
            yield part._replace(anchor=anchor) if anchor else part
            anchor = ""


def written(
    found: Picture, pictures: Pictures, in_gallery: bool = False, mark: str = ""
) -> str:
    """The block of one picture."""
    ours = pictures.get(found.src)
    shape = (
        ()
        if in_gallery or not (found.width or found.height)
        else (found.width or "auto", found.height or "auto")
    )
    size = ("full" if ours.whole else "large") if ours else ""
    leads = "media" if ours and found.link == ours.full else "custom"
    said: dict[str, object] = {}
    if ours and ours.number:
        said["id"] = ours.number
    if shape:
        said |= {"width": shape[0], "height": shape[1]}
    if size:
        said |= {"sizeSlug": size}
    if found.link or size:
        said["linkDestination"] = leads if found.link else "none"
    if found.align and not in_gallery:
        said["align"] = found.align
    if found.anchor:
        said["anchor"] = found.anchor
    number = f"wp-image-{ours.number}" if ours and ours.number else ""
    style = f' style="width:{shape[0]};height:{shape[1]}"' if shape else ""
    title = f' title="{attribute(found.title)}"' if found.title else ""
    src, alt = attribute(found.src), attribute(found.alt)
    html = f'<img src="{src}" alt="{alt}"{classes(number)}{style}{title}/>'
    if found.link:
        html = f'<a href="{attribute(found.link)}">{html}</a>'
    if found.caption:
        kind = classes("wp-element-caption")
        html += f"<figcaption{kind}>{rich(found.caption)}</figcaption>"
    kind = classes(
        "wp-block-image",
        f"align{found.align}" if found.align and not in_gallery else "",
        f"size-{size}" if size else "",
        "is-resized" if shape else "",
    )
    anchor = f' id="{attribute(found.anchor)}"' if found.anchor else ""
    return block("image", said, f"<figure{kind}{anchor}>{html}</figure>")


def gallery(
    found: list[Picture], pictures: Pictures, caption: str = "", columns: int = 0
) -> str:
    """Several pictures side by side, none of them cut. ``columns``: 0 for the usual."""
    inside = "\n\n".join(written(one, pictures, in_gallery=True) for one in found)
    ours = [pictures.get(one.src) for one in found]
    leads = all(o and one.link == o.full for o, one in zip(ours, found, strict=True))
    said: dict[str, object] = {"columns": columns} if columns else {}
    said |= {"imageCrop": False, "linkTo": "media" if leads else "none"}
    wide = f"columns-{columns or 'default'}"
    kind = classes("wp-block-gallery", "has-nested-images", wide)
    if caption:
        words = classes("blocks-gallery-caption", "wp-element-caption")
        inside += f"<figcaption{words}>{rich(caption)}</figcaption>"
    return block("gallery", said, f"<figure{kind}>{inside}</figure>")
