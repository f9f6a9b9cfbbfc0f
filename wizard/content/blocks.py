"""The containers of a page being written: which are open, what may stand in which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from wizard.content import markup

_DEEPEST = 60
_BARE = markup.tags("li dt dd td th caption figure figcaption summary")
_BARE_BESIDE = {("li", "ul"), ("li", "ol"), ("figure", "figcaption")}
_KEPT_EMPTY = markup.tags("td th")
_KEPT_WITH_PARTS = markup.tags("thead tbody tfoot tr")


class Style(NamedTuple):
    """How the next text is to be set. ``tag``: of its block, "" for a paragraph.
    ``indent``: in pixels; ``kind``: the class of a ``<pre>`` that is more than that."""

    tag: str = ""
    align: str = ""
    right_to_left: bool = False
    indent: int = 0
    kind: str = ""

    def attributes(self) -> str:
        """What of it is written into the block's tag."""
        text = ' dir="rtl"' if self.right_to_left else ""
        if self.kind:
            text = f' class="{self.kind}"{text}'
        if not (self.align or self.indent):
            return text
        said = [f"text-align:{self.align}"] if self.align else []
        said += [f"margin-left:{self.indent}px"] if self.indent else []
        return f'{text} style="{";".join(said)}"'

    def looks_like(self, other: Style) -> bool:
        """Whether text flows the same way in both, whatever the tag."""
        return self is other or self[1:] == other[1:]


PLAIN = Style()


@dataclass(slots=True)
class Block:
    """A container that is open. ``start``: where its tag stands in the output.

    ``seen``: how much was visible before it. ``bare``: where a text without a paragraph
    of its own begins and ends in it. ``filled``: it holds other blocks.
    """

    tag: str
    start: int
    seen: int
    style: Style
    implied: bool
    bare: tuple[int, int] | None = None
    filled: bool = False


class Blocks:
    """The output ``out`` and the containers open in it, outermost first.

    ``seen`` counts what a reader can see, so that what stayed empty can be taken back.
    """

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[Block] = []
        self.seen = 0

    def fit(self, tag: str) -> bool:
        """Open and close what is implied so that ``tag`` may come next ("" for text)."""
        if len(self.open) >= _DEEPEST and tag:
            return False
        parents = markup.PARENTS.get(tag)
        return self._find(tag, parents) if parents else self._make_room(tag)

    def _find(self, tag: str, parents: frozenset[str]) -> bool:
        """Get to where an item, a row or a cell belongs."""
        while self.open and self.open[-1].implied and self.open[-1].tag not in parents:
            self.end()
        if self.open and self.open[-1].tag in parents:
            return True
        implied = markup.IMPLIED_PARENT.get(tag)
        if not implied or not (implied != "tr" or self._find("tr", markup.ROWS)):
            return False
        if implied != "tr":
            self._make_room(implied)
        self.start(implied)
        return True

    def _make_room(self, tag: str) -> bool:
        """Get to where any text or block may stand."""
        if self.open and self.open[-1].implied and self.open[-1].tag in ("ul", "dl"):
            self.end()
        if self.open and self.open[-1].tag == "dt" and tag:
            self.end()
        while self.open and self.open[-1].tag in markup.IMPLIED:
            if tag in ("ul", "ol") and self.open[-1].tag in ("ul", "ol"):
                break
            self.start(markup.IMPLIED[self.open[-1].tag])
        return True

    def start(self, tag: str, numbers: str = "", style: Style | None = None) -> None:
        """Open a container; without a ``style`` of its own it is an implied one."""
        around = self.open[-1].style if self.open else PLAIN
        said = "" if not style or style.looks_like(around) else style.attributes()
        implied, style = style is None, style or around
        if style.indent:
            # What is inside is set in together with it.
            style = style._replace(indent=0)
        self.open.append(Block(tag, len(self.out), self.seen, style, implied))
        opening = f"<{tag}{numbers}{said}>"
        self.out.append(opening if len(self.open) > 1 else f"\n\n{opening}")

    def end(self) -> None:
        """Close the innermost container; it leaves no trace if there is nothing in it."""
        block = self.open.pop()
        parts = block.tag in _KEPT_WITH_PARTS and len(self.out) > block.start + 1
        # An item with nothing in it has a number all the same.
        counted = block.tag == "li" and self.open and self.open[-1].tag == "ol"
        kept = parts or counted or block.tag in _KEPT_EMPTY
        if self.seen == block.seen and not kept:
            del self.out[block.start :]
            return
        self.out.append(f"</{block.tag}>")
        self.fill(block.tag)

    def fill(self, tag: str) -> None:
        """A block now stands in the innermost container: its bare text needs a ``<p>``."""
        if not self.open:
            return
        block = self.open[-1]
        block.filled = True
        if block.bare and (block.tag, tag) not in _BARE_BESIDE:
            self.out[block.bare[0]], self.out[block.bare[1]] = "<p>", "</p>"

    def takes_bare(self, style: Style) -> bool:
        """Whether a text so set may stand in the innermost container without a ``<p>``."""
        if not self.open or style.tag:
            return False
        block = self.open[-1]
        return (
            block.tag in _BARE
            and not (block.filled or block.bare)
            and block.style.looks_like(style)
        )
