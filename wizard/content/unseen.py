"""What of a text stays behind: what no page showed, and what was drawn or in a field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from wizard.content.hiding import CLEAR, Sight, hides, is_for_ears
from wizard.content.libxml import DEEPEST, TooDeep
from wizard.content.markup import HIDDEN, tags
from wizard.content.openings import Openings
from wizard.content.parsing import hear

# Without one of these nothing is hidden.
_HINTS = (
    *("display", "hidden", "visibility", "popover", "<dialog", "opacity"),
    *("overflow", "position", "clip", "font-size", "font:"),
)
_LETTER = re.compile(r"\w")
_SHOWN = 80
_DRAWN = re.compile(
    r"<(/?)svg\b|<(?:text|tspan)\b[^<>]*>([^<>]*)|<input\s([^<>]*)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s\"'])(value|type|style|class|hidden)(?![^\s=/])"
    r"(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?",
    re.IGNORECASE,
)
# The others show no words, none that could be read, or what a click did there.
_FIELDS = tags("text search email url tel number date")


def told_of_unseen(html: str) -> Iterator[str]:
    """A note on the text in ``html`` that no reader of the old page saw without a script
    of its own; none if there is no such text."""
    small = html.lower()
    if not any(hint in small for hint in _HINTS):
        return
    found = hear(html, lambda: _Unseen(Openings(html))).found
    if not found:
        return
    yield (
        f"Text that the old page kept out of sight stays behind: {_named(found)}. If "
        "readers could open it there, copy it from the old blog."
    )


def told_of_drawn(html: str) -> Iterator[str]:
    """A note on the words in ``html`` that are part of a drawing or of a form's field."""
    small = html.lower()
    if "<svg" not in small and "<input" not in small:
        return
    if found := list(_drawn(html)):
        yield (
            "Words that the old page showed in a drawing or in a field of a form stay "
            f"behind: {_named(found)}. If you need them, copy them from the old blog."
        )


def _drawn(html: str) -> Iterator[str]:
    inside = False
    for found in _DRAWN.finditer(html):
        words = ""
        if found[2] is not None:
            words = found[2] if inside else ""
        elif found[3] is not None:
            said = _ATTRIBUTE.findall(found[3])
            field = {name.lower(): a or b or c for name, a, b, c in reversed(said)}
            shown = field.get("type", "text").strip().lower() in _FIELDS
            if shown and not hides("input", field):
                words = field.get("value", "")
        else:
            inside = not found[1]
        if _LETTER.search(words):
            yield " ".join(unescape(words).split())


def _named(found: list[str]) -> str:
    first = found[0] if len(found[0]) <= _SHOWN else f"{found[0][:_SHOWN].rstrip()}…"
    return f"“{first}”" + (f" and {len(found) - 1} more" if len(found) > 1 else "")


class _Unseen:
    """Listens for text that is out of sight; ``found``: what of it stands together."""

    def __init__(self, openings: Openings) -> None:
        self.found: list[str] = []
        self._openings = openings
        self._words: list[str] = []
        # Of what is around: what is seen of it, whether all of it is hidden, and
        # whether it is not for eyes at all.
        self._around: list[tuple[Sight, bool, bool]] = []
        self._now = (CLEAR, False, False)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._around.append(self._now)
        if len(self._around) > DEEPEST:
            raise TooDeep
        sight, hidden, apart = self._now
        if apart or tag in HIDDEN or is_for_ears(attributes):
            self._now = (sight, hidden, True)
        elif hidden or self._openings.hides(tag, attributes):
            self._now = (sight, True, False)
            self._words.append(" ")
        else:
            self._now = (self._openings.shows(tag, attributes, sight), False, False)

    def end(self, tag: str) -> None:
        self._now = self._around.pop()

    def data(self, text: str) -> None:
        sight, hidden, apart = self._now
        if apart or not _LETTER.search(text):
            return
        if hidden or not sight.of_letters:
            self._words.append(text)
        else:
            self.close()

    def paragraph(self, html: str) -> bool:
        if self._now != (CLEAR, False, False):
            return False
        self.close()
        return True

    def comment(self, text: str) -> None:
        pass

    def close(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words.clear()
        if words:
            self.found.append(words)
