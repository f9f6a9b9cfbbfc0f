"""Cleaned HTML as a tree. It has one spelling, so that every ``<…>`` in it is a tag."""

from __future__ import annotations

import html as references
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wizard.content import markup

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|<!--(more|nextpage)(?: [^<>]*)?-->")
BREAKS = ("more", "nextpage")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_VOID = markup.tags("br hr img")
_ALIGN = re.compile(r"text-align:\s*(\w+)")
_INDENT = re.compile(r"margin-left:\s*(\d+px)")


@dataclass(slots=True)
class Node:
    """An element. ``start``: its tag as it is written; ``inside``: elements and texts,
    as they are written. What has one of the names of `BREAKS` is such a comment."""

    name: str
    start: str = ""
    inside: list[Node | str] = field(default_factory=list)

    @property
    def attributes(self) -> dict[str, str]:
        """What the tag says, as text."""
        if "=" not in self.start:
            return {}
        said = dict(_ATTRIBUTE.findall(self.start))
        if "&" in self.start:
            return {name: references.unescape(value) for name, value in said.items()}
        return said

    @property
    def align(self) -> str:
        """center, right, justify, or "" for the usual."""
        said = _ALIGN.search(self.start) if " style=" in self.start else None
        return said[1] if said and said[1] != "left" else ""

    @property
    def indent(self) -> str:
        """How far in it is set, in the words of CSS; "" for not at all."""
        said = _INDENT.search(self.start) if " style=" in self.start else None
        return said[1] if said else ""

    @property
    def right_to_left(self) -> bool:
        return ' dir="rtl"' in self.start

    @property
    def html(self) -> str:
        """The element as it was written."""
        if self.name in _VOID or self.name in BREAKS:
            return self.start
        return f"{self.start}{self.text}</{self.name}>"

    @property
    def text(self) -> str:
        """What is inside, as it was written."""
        return "".join(n if isinstance(n, str) else n.html for n in self.inside)

    def walk(self) -> Iterator[Node]:
        """Every element inside, outer ones first."""
        ahead = self.inside[::-1]
        while ahead:
            node = ahead.pop()
            if isinstance(node, Node):
                yield node
                ahead += reversed(node.inside)


def element(html: str, start: int) -> tuple[Node, int]:
    """The element whose tag begins at ``start``, and where it ends."""
    root = Node("")
    open_nodes = [root]
    inside, at = root.inside, start
    for tag in TAG.finditer(html, start):
        begin, end = tag.span()
        if begin > at:
            inside.append(html[at:begin])
        at = end
        ends, name, _, comment = tag.groups()
        if ends:
            if open_nodes[-1].name == name and len(open_nodes) > 1:
                open_nodes.pop()
                inside = open_nodes[-1].inside
        else:
            node = Node(name or comment, tag[0])
            inside.append(node)
            if name and name not in _VOID:
                open_nodes.append(node)
                inside = node.inside
        if len(open_nodes) == 1:
            break
    first = root.inside[0]
    assert isinstance(first, Node)
    return first, at
