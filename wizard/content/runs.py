"""The text of one block: its formatting, its spaces, its line breaks."""

from __future__ import annotations

import re

from wizard.content import markup
from wizard.content.blocks import PLAIN, Blocks
from wizard.content.places import named_in

_DEEPEST = 4
_SEVERAL = re.compile("  +")
_TAB = " " * 4
_LINE_SPACES = "\n\r\t\f"
_SPACES = f" {_LINE_SPACES}"
_BLANK = "\u200b\u200c\u200d\u2060\ufeff\xad"
_ODD = re.compile(f"[{_BLANK}]|{markup.UNWRITABLE.pattern}")


class Runs:
    """Writes runs: the text of one block each, inside what is open in ``blocks``.

    A run begins with the first text put into it, so that nothing empty is written.
    ``style``: how the next run is to be set. ``inlines``: names and start tags of the
    formatting in force; it is opened and closed as runs need it. ``opened``: a ``<pre>``
    has just begun, and browsers drop one line break there.
    """

    def __init__(self, blocks: Blocks) -> None:
        self.style = PLAIN
        self.inlines: list[tuple[str, str]] = []
        self.opened = False
        self._blocks = blocks
        self._out = blocks.out
        self._start = -1
        self._closing = ""
        self._seen = 0
        self._open = 0
        self._space = False
        self._breaks = 0
        self._anchors: set[str] = set()

    def add(self, text: str, spaces: str = "") -> None:
        """Text as it was heard, with whatever spaces are in it. ``spaces``: which of
        them count, see `hiding.Sight`."""
        if self.style.tag == "pre":
            self._add_as_it_is(text)
            return
        if spaces:
            self._add_spaced(text, spaces)
            return
        if not text.strip(_SPACES):
            self._space = self._space or (text != "" and self._start >= 0)
            return
        if not text.isprintable():
            text = _on_one_line(text)
            if not text.isprintable():
                text = markup.UNWRITABLE.sub("", text)
        while "  " in text:
            text = text.replace("  ", " ")
        core = text.strip(" ")
        if text[:1] == " " and self._start >= 0:
            self._space = True
        if core:
            self.put(markup.text(core), core)
            self._space = text[-1] == " "

    def paragraph(self, html: str) -> bool:
        """A paragraph of nothing but text and formatting that needs no other spelling,
        but for its spaces; False if it may need one."""
        if self._blocks.open or self.inlines or self._anchors or self.style != PLAIN:
            return False
        if not html.isprintable():
            html = _on_one_line(html)
            if not html.isprintable():
                if _ODD.search(html) or html.isspace():
                    return False
                html = html.replace("\xa0", "\ufdd3")
        while "  " in html:
            html = html.replace("  ", " ")
        html = html.strip(" ")
        self.end()
        self.opened = False
        if html:
            self._out.append(f"\n\n<p>{html}</p>")
            self._blocks.seen += 1
        return True

    def _add_as_it_is(self, text: str) -> None:
        text = markup.UNWRITABLE.sub("", text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self.opened:
            self.opened = False
            text = text.removeprefix("\n")
        html = markup.text(text)
        if text[:1] == "\n" and self._start < 0 and not (self.inlines or self._anchors):
            # The first is none in a browser's eyes.
            html = markup.NEW_LINE + html
        self.put(html, text)

    def _add_spaced(self, text: str, spaces: str) -> None:
        """Line by line, with spaces that no browser takes for one."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        for number, line in enumerate(text.split("\n")):
            if number:
                self.break_line()
            if spaces != "lines":
                line = _SEVERAL.sub(_apart, line.replace("\t", _TAB))
                apart = self._start < 0 or self._breaks or self._space
                if line[:1] == " " and apart:
                    line = f"\xa0{line[1:]}"
            self.add(line)

    def put(self, html: str, text: str = "x") -> None:
        """Add ``html``; ``text`` tells whether there is anything to see in it."""
        if not html:
            return
        if self._start < 0:
            self._begin()
        elif self._breaks:
            self._out.append("<br>")
        elif self._space:
            self._out.append(" ")
        self._breaks, self._space = 0, False
        if self._anchors and not self._is_open("a"):
            self._out.extend(map(_place, sorted(self._anchors)))
            self._anchors.clear()
        while self._open < len(self.inlines):
            self._out.append(self.inlines[self._open][1])
            self._open += 1
        self._out.append(html)
        if not text.isspace() and text.strip(_BLANK):
            self._blocks.seen += 1

    def anchor(self, name: str) -> None:
        """Links lead to what comes next."""
        self._anchors.add(name)

    def last_anchors(self, names: frozenset[str]) -> None:
        """Those of these names with nothing behind them stand where the text ends."""
        left = sorted(self._anchors & names)
        if left and self._out and self._out[-1].endswith("</p>"):
            places = "".join(map(_place, left))
            self._out[-1] = f"{self._out[-1].removesuffix('</p>')}{places}</p>"

    def break_line(self) -> None:
        """One ``<br>``; the second in a row parts two runs."""
        if self.style.tag == "pre":
            self.opened = False
            self._add_as_it_is("\n")
            return
        if self._start < 0:
            return
        self._breaks += 1
        if self._breaks > 1:
            self.end()

    def part(self) -> None:
        """What follows is another paragraph, or another line of a ``<pre>``."""
        if self.style.tag != "pre":
            self.end()
        elif self._start >= 0 and not self._out[-1].endswith("\n"):
            self._out.append("\n")

    def end(self) -> None:
        """The block ends; it leaves no trace if there is nothing to see in it."""
        if self._start < 0:
            return
        for name, _ in reversed(self.inlines[: self._open]):
            self._out.append(f"</{name}>")
        if self._blocks.seen == self._seen:
            # What led here leads to what comes next.
            self._anchors |= named_in("".join(self._out[self._start :]))
            del self._out[self._start :]
        else:
            if self._closing:
                self._blocks.fill(self._closing)
            else:
                self._blocks.open[-1].bare = (self._start, len(self._out))
            self._out.append(self._closing)
        self._start, self._open, self._breaks, self._space = -1, 0, 0, False

    def start_inline(self, tag: str, attributes: str = "") -> None:
        """Formatting begins; inside itself it would change nothing."""
        if not self.inside(tag):
            self.inlines.append((tag, f"<{tag}{attributes}>"))

    def start_within(self, tag: str, attributes: str) -> None:
        """Formatting of its own kind inside another of this name, to a sane depth."""
        opened = f"<{tag}{attributes}>"
        around = [start for name, start in self.inlines if name == tag]
        if len(around) < _DEEPEST and around[-1:] != [opened]:
            self.inlines.append((tag, opened))

    def start_sized(self, attributes: str) -> None:
        """Letters of another size, which are no larger for being within such letters."""
        if not any(start.startswith("<span style") for _, start in self.inlines):
            self.inlines.append(("span", f"<span{attributes}>"))

    def end_inlines(self, kept: int) -> None:
        """All formatting but the outermost ``kept`` ends."""
        while len(self.inlines) > kept:
            name, _ = self.inlines.pop()
            if self._open > len(self.inlines):
                self._out.append(f"</{name}>")
                self._open -= 1

    def inside(self, tag: str) -> bool:
        return bool(self.inlines) and any(name == tag for name, _ in self.inlines)

    def _is_open(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.inlines[: self._open])

    def _begin(self) -> None:
        self._blocks.fit("")
        opening = self._closing = ""
        if not self._blocks.takes_bare(self.style):
            tag = self.style.tag or "p"
            opening = f"<{tag}{self.style.attributes()}>"
            self._closing = f"</{tag}>"
        self._start, self._seen, self._open = len(self._out), self._blocks.seen, 0
        self._out.append(opening if self._blocks.open else f"\n\n{opening}")


def _apart(spaces: re.Match[str]) -> str:
    return "\xa0" * (len(spaces[0]) - 1) + " "


def _on_one_line(text: str) -> str:
    for space in _LINE_SPACES:
        text = text.replace(space, " ")
    return text


def _place(name: str) -> str:
    return f'<a id="{markup.quoted(name)}"></a>'
