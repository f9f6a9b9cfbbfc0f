"""Turning a stream of old tags into plain paragraphs, lists, tables and headings.

What comes out has exactly one spelling: text stands in blocks, line breaks and spaces are
single, nothing is empty. WordPress' ``wpautop`` finds nothing to add or to take away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic

from wizard.content import framing, markup
from wizard.content.blocks import PLAIN, Blocks, Style
from wizard.content.hiding import CLEAR, HIDING, Sight
from wizard.content.keeping import AnyKeeping
from wizard.content.libxml import DEEPEST, TooDeep
from wizard.content.looks import PLAIN as PLAIN_LOOK
from wizard.content.looks import SAYING, look_of
from wizard.content.openings import Openings
from wizard.content.places import followed, is_free, place_name
from wizard.content.runs import Runs
from wizard.content.videos import name_of, watch_page

# Where a post goes on elsewhere: after its beginning, with words of its own to say so, or
# on a page of its own.
BREAKS = re.compile(r"(<!--(?:more(?: [^<>]*)?|nextpage)-->)")
_BREAK = re.compile(r"\s*(nextpage|more)(?:\s+((?:(?!--)[^<>\[\]&\\\ufdd0-\ufdd3])*))?")
_LEAVES = markup.tags("br img hr")
_SETTING = markup.tags("align class dir style")
_UNNAMED = _LEAVES | markup.VIDEOS


class Flow(Generic[AnyKeeping]):
    """Listens to a document; `html` is what it says, in blocks parted by empty lines.

    ``anchors``: names inside the document that its links (``#name``) lead to; they stay
    whatever they are, and others so that links from elsewhere find them. ``openings``:
    what of it can be seen.
    """

    def __init__(
        self, keeping: AnyKeeping, anchors: frozenset[str], openings: Openings
    ) -> None:
        self.keeping = keeping
        self._anchors = anchors
        self._openings = openings
        self._places: set[str] = set()
        self._blocks = Blocks()
        self._runs = Runs(self._blocks)
        # Of each open element: how much formatting, how many containers were around it.
        self._scopes: list[tuple[int, int, Style, Sight]] = []
        self._hidden = 0
        # Hidden by its style, not because of what it is; and what is seen of the rest.
        self._unshown = False
        self._sight = CLEAR
        self._link = -1
        # A player names its video several times over, for browsers of every kind.
        self._watched = ""
        self._players = 0
        self._more = False

    @property
    def html(self) -> str:
        """All blocks, not yet sanitised."""
        out, end = self._blocks.out, len(self._blocks.out)
        while end and BREAKS.fullmatch(out[end - 1].strip()):
            end -= 1
        return "".join(out[:end]).strip()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        may_hide = tag == "dialog" or (attributes and not HIDING.isdisjoint(attributes))
        if (
            self._hidden
            or tag in markup.HIDDEN
            or (may_hide and self._openings.hides(tag, attributes))
        ):
            self._hide(tag, attributes)
            return
        sight = self._sight
        may_look = may_hide or sight is not CLEAR
        if "id" in attributes:
            self._mark(attributes["id"], tag)
        if tag == "br":
            self._runs.break_line()
        elif tag in _LEAVES:
            self._runs.opened = False
            if may_look:
                sight = self._openings.shows(tag, attributes, sight)
            if not sight.seen:
                self.keeping.hide(attributes)
            elif tag == "hr":
                self._rule()
            else:
                self._picture(attributes)
        else:
            runs, scopes = self._runs, self._scopes
            scopes.append(
                (len(runs.inlines), len(self._blocks.open), runs.style, sight)
            )
            if len(scopes) > DEEPEST:
                raise TooDeep
            if may_look:
                self._sight = self._openings.shows(tag, attributes, sight)
            self._start(tag, attributes)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        runs = self._runs
        runs.opened = False
        if "class" in attributes and tag in markup.BLOCKS:
            tag = framing.part_of_figure(attributes) or tag
        if tag in markup.PARTING:
            runs.part()
            self._restyle(tag, attributes)
            if self._sight.spaces == "pre" and not runs.style.tag:
                runs.style = runs.style._replace(tag="pre")
        elif tag in markup.INLINE:
            self._start_inline(markup.INLINE[tag], attributes)
        elif tag in markup.CONTAINERS:
            self._start_container("ul" if tag == "menu" else tag, attributes)
        elif tag in markup.TEXT_BLOCKS:
            runs.end()
            self._restyle(tag, attributes)
            tag = markup.TEXT_BLOCKS[tag]
            kind = framing.kind_of_text(attributes) if tag == "pre" else ""
            runs.style = runs.style._replace(tag=tag, kind=kind)
            runs.opened = runs.style.tag == "pre"
        elif tag in markup.VIDEOS:
            self._players += tag in markup.PLAYERS
            self._video(attributes)
        elif attributes:
            for emphasis in markup.emphasis_of(attributes):
                runs.start_inline(emphasis)
            if tag == "span" and (titled := markup.titled(attributes)):
                runs.start_within(tag, titled)
        if attributes and not SAYING.isdisjoint(attributes):
            self._look(tag, attributes)

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            self._unshown = self._unshown and self._hidden > 0
            return
        if tag in _LEAVES:
            return
        if tag in markup.PLAYERS:
            self._players -= 1
            self._watched = self._watched if self._players else ""
        runs = self._runs
        inlines, blocks, style, self._sight = self._scopes.pop()
        if len(runs.inlines) > inlines:
            runs.end_inlines(inlines)
        if len(self._scopes) == self._link:
            self._link = -1
            self._place(self.keeping.unlink())
        if tag in markup.BLOCKS:
            inside, runs.style = runs.style, style
            if inside.tag != style.tag or len(self._blocks.open) > blocks:
                runs.end()
            else:
                runs.part()
            while len(self._blocks.open) > blocks:
                self._blocks.end()

    def data(self, text: str) -> None:
        sight = self._sight
        if not self._hidden and (sight is CLEAR or sight.of_letters):
            self._runs.add(text, sight.spaces)

    def paragraph(self, html: str) -> bool:
        too_deep = len(self._scopes) + 2 > DEEPEST
        if too_deep or self._hidden or self._sight is not CLEAR:
            return False
        return self._runs.paragraph(html)

    def comment(self, text: str) -> None:
        if self._hidden or self._blocks.open:
            return
        found = _BREAK.match(text)
        if not found or (found[1] == "more" and self._more):
            return
        self._runs.end()
        if self._blocks.out:
            self._more = self._more or found[1] == "more"
            whole = found[1] == "more" and found.end() == len(text)
            words = " ".join((found[2] or "").split()).strip("- ") if whole else ""
            self._blocks.out.append(
                f"\n\n<!--{found[1]}{' ' if words else ''}{words}-->"
            )

    def close(self) -> None:
        self._runs.end()
        while self._blocks.open:
            self._blocks.end()
        self._runs.last_anchors(self._anchors)

    def _mark(self, name: str, tag: str) -> None:
        """Of several places of one name links lead to the first."""
        # In code every line may have one, and pictures and players have numbers.
        own = self._runs.style.tag != "pre" and tag not in _UNNAMED
        name = place_name(name)
        if name not in self._places and (
            name in self._anchors or (own and is_free(name))
        ):
            self._places.add(name)
            self._runs.anchor(name)

    def _picture(self, attributes: Mapping[str, str]) -> None:
        """What stands alone in the middle has a paragraph of its own: not every theme
        heeds the class for it in the midst of text."""
        runs = self._runs
        html = self.keeping.image(attributes, runs.inside("a"))
        if self._blocks.open or ' class="aligncenter"' not in html:
            self._place(html)
            return
        runs.part()
        around, runs.style = runs.style, runs.style._replace(align="center")
        self._place(html)
        runs.part()
        runs.style = around

    def _place(self, html: str) -> None:
        """What begins and ends with a space keeps apart from the text around it."""
        if html.startswith(" "):
            self._runs.add(" ")
            self._runs.put(html.strip(" "))
            self._runs.add(" ")
        else:
            self._runs.put(html)

    def _hide(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not self._hidden:
            self._unshown = self._openings.hides(tag, attributes)
            if tag == "iframe" and not self._unshown:
                self._video(attributes, framed=True)
        if self._unshown and attributes:
            self.keeping.hide(attributes)
        self._hidden += 1
        if self._hidden > DEEPEST:
            raise TooDeep

    def _look(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Letters of a colour or a size of their own; links have the new blog's."""
        look = look_of(tag, attributes, inline=tag not in markup.BLOCKS)
        runs = self._runs
        if look is PLAIN_LOOK or runs.inside("a"):
            return
        if mark := look.mark:
            runs.start_within("mark", mark)
        # A heading is large by itself.
        if (span := look.span) and runs.style.tag[:1] != "h":
            runs.start_sized(span)

    def _start_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "a":
            if "name" in attributes:
                self._mark(attributes["name"], tag)
            if self._link >= 0 or not attributes.get("href"):
                return
            self._link = len(self._scopes) - 1
            href = followed(self.keeping.link(attributes["href"]))
            if href:
                said = f' href="{markup.quoted(href)}"'
                self._runs.start_inline(tag, said + markup.titled(attributes))
        elif tag == "abbr" and "title" in attributes:
            self._runs.start_inline(tag, markup.titled(attributes))
        elif tag == "bdo":
            if (way := attributes.get("dir", "").strip().lower()) in ("ltr", "rtl"):
                self._runs.start_within(tag, f' dir="{way}"')
        elif tag != "mark" or "style" not in attributes:
            self._runs.start_inline(tag)

    def _video(self, attributes: Mapping[str, str], *, framed: bool = False) -> None:
        if not self._sight.seen:
            self.keeping.hide(attributes)
            return
        file, runs = self.keeping.player(attributes), self._runs
        page = file or watch_page(attributes, framed=framed)
        if not page or page == self._watched or framing.is_tracker(attributes):
            return
        self._watched = page if self._players else ""
        runs.part()
        if self._link >= 0:
            runs.put(markup.text(name_of(page) if file else page))
        else:
            href = self.keeping.link(page)
            text = markup.text(name_of(page) if file else page)
            runs.put(markup.link(href, text) if href else text)
            self._place(self.keeping.unlink())
        runs.part()

    def _restyle(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag != "center" and _SETTING.isdisjoint(attributes):
            return
        runs = self._runs
        align = "center" if tag == "center" else markup.align_of(attributes)
        if align is not None and align != runs.style.align:
            runs.style = runs.style._replace(align=align)
        right_to_left = markup.is_right_to_left(attributes)
        if right_to_left is not None and right_to_left != runs.style.right_to_left:
            runs.style = runs.style._replace(right_to_left=right_to_left)
        if "style" in attributes and (more := markup.indent_of(tag, attributes)):
            indent = min(runs.style.indent + more, markup.MOST_INDENT)
            runs.style = runs.style._replace(indent=indent)

    def _start_container(self, tag: str, attributes: Mapping[str, str]) -> None:
        runs = self._runs
        runs.end()
        before, fits = runs.style, self._blocks.fit(tag)
        if attributes:
            self._restyle(tag, attributes)
        if not fits:
            return
        if tag == "table":
            runs.style = PLAIN
        elif runs.style.tag:
            runs.style = runs.style._replace(tag="", kind="")
        # What was implied around it goes on behind it.
        around = self._scopes[-1]
        self._scopes[-1] = (around[0], len(self._blocks.open), before, around[3])
        if tag == "figure":
            said = framing.class_of_figure(attributes)
        else:
            said = markup.numbers_of(tag, attributes)
        self._blocks.start(tag, said, runs.style)
        if runs.style.indent:
            runs.style = runs.style._replace(indent=0)

    def _rule(self) -> None:
        self._runs.end()
        self._blocks.fit("")
        self._blocks.out.append("<hr>" if self._blocks.open else "\n\n<hr>")
        self._blocks.seen += 1
        self._blocks.fill("hr")
