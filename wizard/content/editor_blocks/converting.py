"""One post's elements, made into blocks one after the other."""

from __future__ import annotations

import html as references
import re
from collections.abc import Iterable, Iterator
from itertools import count, groupby

from wizard.content import markup
from wizard.content.editor_blocks import embeds, parts, writing
from wizard.content.editor_blocks.nodes import BREAKS, Node, element
from wizard.content.editor_blocks.pictures import (
    Lifting,
    Picture,
    Pictures,
    gallery,
    line_of,
    picture,
    written,
)
from wizard.content.framing import BESIDE, COLUMNS, PULLED, side_of

_TAGS = re.compile(r"<[^>]*>")
_ALONE = re.compile(
    r'<p>(?:<a href="([^" ]*)"(?: title="[^"]*")?>)?(<img [^>]*>)(?(1)</a>)</p>'
)
_SPACE = re.compile(r"\s")
_HEADINGS = markup.tags("h1 h2 h3 h4 h5 h6")
_MAY_BE_MORE = ("http", "<a id=")
_PICTURE_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|heic|heif|bmp|tiff?)$", re.IGNORECASE
)


class Converting:
    """``as_it_is``: how much text went into blocks of HTML."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._files = {ours.full: ours.number for ours in pictures.values()}
        self._lines = count(1)
        self.as_it_is = 0

    def post(self, html: str) -> list[str]:
        """The blocks of a whole post."""
        return self._grouped(self._post(html))

    def _post(self, html: str) -> Iterator[Picture | str]:
        at = 0
        while at < len(html):
            if html.startswith("<p>", at):
                # Nearly all of most posts is nothing but text.
                end = html.index("</p>", at)
                text = html[at + 3 : end]
                plain = not (text.endswith("</a>") or text.startswith(_MAY_BE_MORE))
                if plain and "<img " not in text:
                    yield writing.paragraph(text)
                    at = end + 4
                    continue
                alone = _ALONE.match(html, at)
                if alone:
                    yield self._alone(Node("img", alone[2]), alone[1] or "")
                    at = alone.end()
                    continue
            if html[at] == "<":
                node, at = element(html, at)
                yield from self._block(node)
            else:
                end = html.find("<", at)
                end = len(html) if end < 0 else end
                if html[at:end].strip():
                    yield writing.paragraph(html[at:end])
                at = end

    def _alone(self, image: Node, href: str) -> Picture:
        """The picture that is all of a paragraph."""
        found = picture(image, references.unescape(href), "", self._pictures)
        floating = found.align in ("left", "right")
        return found if floating else found._replace(line=next(self._lines))

    def _inner(self, nodes: Iterable[Node | str]) -> list[str]:
        """The blocks inside another."""
        return self._grouped(self._parts(nodes))

    def _parts(self, nodes: Iterable[Node | str]) -> Iterator[Picture | str]:
        for is_block, some in groupby(nodes, _is_block):
            if not is_block:
                yield from self._paragraph(Node("p", "<p>", list(some)))
                continue
            for node in some:
                if isinstance(node, Node):
                    yield from self._block(node)

    def _grouped(self, found: Iterable[Picture | str]) -> list[str]:
        """With pictures that stood side by side in galleries."""
        blocks = []
        for line, some in groupby(found, _line):
            together = list(some)
            if line and len(together) > 1:
                pictures = [one for one in together if isinstance(one, Picture)]
                blocks.append(gallery(pictures, self._pictures))
            else:
                blocks += [
                    one if isinstance(one, str) else written(one, self._pictures)
                    for one in together
                ]
        return blocks

    def _block(self, node: Node) -> Iterator[Picture | str]:
        name = node.name
        if name == "p":
            yield from self._paragraph(node)
        elif name in _HEADINGS and not node.right_to_left:
            yield from self._heading(node)
        elif name == "figure":
            yield from self._figure(node)
        elif name == "blockquote" and not node.right_to_left:
            yield self._quote(node)
        elif name == "hr":
            yield writing.separator()
        elif name == "more":
            yield writing.more(node)
        elif name == "nextpage":
            yield writing.next_page()
        elif name == "pre" and not (node.right_to_left or "<img" in node.text):
            yield writing.preformatted(node)
        elif name in ("ul", "ol"):
            whole = parts.list_of(node)
            pictures = [] if whole else self._pictures_in(node)
            yield from pictures
            if not pictures:
                yield whole or self._as_it_is(node)
        elif name == "details":
            yield self._details(node)
        elif name == "table":
            yield parts.table_of(node) or self._as_it_is(node)
        else:
            yield self._as_it_is(node)

    def _pictures_in(self, node: Node) -> list[Picture]:
        """Those in a list of nothing but pictures: galleries were lists once."""
        found: list[Picture] = []
        for item in node.inside:
            inside = list(self._parts(item.inside)) if isinstance(item, Node) else []
            only = inside[0] if len(inside) == 1 else None
            if not isinstance(only, Picture):
                return []
            found.append(only._replace(line=-1))
        return found

    def _as_it_is(self, node: Node) -> str:
        self.as_it_is += len(_TAGS.sub("", node.html))
        return writing.as_html(node.html)

    def _paragraph(self, node: Node) -> Iterator[Picture | str]:
        places, rest = writing.split_places(node.inside)
        if whole := self._whole(rest):
            if places:
                yield writing.as_html("".join(place.html for place in places))
            yield whole
            return
        if "<img " not in node.text:
            if node.text.strip():
                yield writing.paragraph(node.text, node)
            return
        for part in Lifting(node, self._pictures, lambda: next(self._lines)).parts:
            if isinstance(part, str):
                part = writing.paragraph(part, node)
            yield part

    def _whole(self, inside: list[Node | str]) -> str:
        """The block of a paragraph that leads to something to watch, to hear or to load."""
        link = inside[0] if len(inside) == 1 else ""
        if isinstance(link, str):
            # WordPress makes what it shows of a bare address, too.
            address = references.unescape(link).strip()
            return "" if _SPACE.search(address) else embeds.embed(address)
        if link.name != "a":
            return ""
        href = link.attributes.get("href", "")
        if references.unescape(link.text) == href:
            found = embeds.embed(href) or embeds.player(href, self._files.get(href, 0))
            if found:
                return found
        if href not in self._files or _PICTURE_FILE.search(href) or "<" in link.text:
            return ""
        number = self._files[href]
        return embeds.player(href, number) or embeds.file(href, link.text, number)

    def _heading(self, node: Node) -> Iterator[Picture | str]:
        if "<img " not in node.text:
            yield writing.heading(node)
            return
        for part in Lifting(node, self._pictures, lambda: next(self._lines)).parts:
            if isinstance(part, str):
                part = writing.heading(Node(node.name, node.start, [part]))
            yield part

    def _quote(self, node: Node) -> str:
        align = node.align if node.align in ("center", "right") else ""
        said = {"textAlign": align} if align else {}
        kind = writing.classes("wp-block-quote", writing.align_class(align))
        parts_of_it, source = parts.split_source(node)
        inside = "\n\n".join(self._inner(parts_of_it))
        inside += f"<cite>{writing.rich(source)}</cite>" if source else ""
        return writing.block("quote", said, f"<blockquote{kind}>{inside}</blockquote>")

    def _details(self, node: Node) -> str:
        """What a click opens."""
        named = [n for n in node.inside if isinstance(n, Node) and n.name == "summary"]
        words = parts.words_of(named[0]) if len(named) == 1 else ""
        if not words or node.align or node.right_to_left or named[0].right_to_left:
            return self._as_it_is(node)
        is_open = " open=" in node.start
        said = {"showContent": True} if is_open else {}
        kind = writing.classes("wp-block-details") + (" open" if is_open else "")
        html = f"<summary>{writing.rich(words)}</summary>"
        html += "\n\n".join(self._inner(n for n in node.inside if n is not named[0]))
        return writing.block("details", said, f"<details{kind}>{html}</details>")

    def _figure(self, node: Node) -> Iterator[Picture | str]:
        """A picture with a caption, or a box around something else."""
        if PULLED in node.start and (pulled := parts.pullquote_of(node)):
            yield pulled
            return
        captions = [
            one
            for one in node.inside
            if isinstance(one, Node) and one.name == "figcaption"
        ]
        words = [parts.words_of(one) for one in captions]
        caption = "<br />".join(filter(None, words))
        others = [one for one in node.inside if one not in captions]
        inside = list(self._parts(others))
        pictures = [one for one in inside if isinstance(one, Picture)]
        if len(inside) == len(pictures) and None not in words:
            if len(pictures) == 1:
                side = pictures[0].align or side_of(node.attributes)
                # Several that stood beside a text are a row; others one below the other.
                line = -1 if node.attributes.get("class") == BESIDE else 0
                yield pictures[0]._replace(caption=caption, line=line, align=side)
                return
            if pictures:
                wide = COLUMNS.search(node.attributes.get("class", ""))
                columns = int(wide[1]) if wide else 0
                yield gallery(pictures, self._pictures, caption, columns)
                return
        only = inside[0] if len(inside) == 1 and caption and None not in words else ""
        if isinstance(only, str) and (played := embeds.captioned(only, caption)):
            yield played
            return
        yield from inside
        yield from self._parts(one for part in captions for one in part.inside)


def _is_block(node: Node | str) -> bool:
    return isinstance(node, Node) and (
        node.name in markup.BLOCKS or node.name in ("hr", *BREAKS)
    )


def _line(part: Picture | str) -> int:
    """Pictures of one line stood side by side; 0 for what stands alone."""
    return 0 if isinstance(part, Picture) and part.align else line_of(part)
