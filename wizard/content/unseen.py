"""What stays behind because no page showed it, so that it can be told and is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wizard.content.hiding import CLEAR, Sight, is_for_ears
from wizard.content.libxml import DEEPEST, TooDeep
from wizard.content.markup import HIDDEN
from wizard.content.openings import Openings
from wizard.content.parsing import hear

# Without one of these nothing is hidden.
_HINTS = (
    *("display", "hidden", "visibility", "popover", "<dialog", "opacity"),
    *("overflow", "position", "clip", "font-size", "font:"),
)
_LETTER = re.compile(r"\w")
_SHOWN = 80


def told_of_unseen(html: str) -> Iterator[str]:
    """A note on the text in ``html`` that no reader of the old page saw without a script
    of its own; none if there is no such text."""
    small = html.lower()
    if not any(hint in small for hint in _HINTS):
        return
    found = hear(html, lambda: _Unseen(Openings(html))).found
    if not found:
        return
    first = found[0] if len(found[0]) <= _SHOWN else f"{found[0][:_SHOWN].rstrip()}…"
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    yield (
        f"Text that the old page kept out of sight stays behind: “{first}”{more}. If "
        "readers could open it there, copy it from the old blog."
    )


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
