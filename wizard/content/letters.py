"""Letters that no blog can show: taken out and counted; garbled ones are only told."""

from __future__ import annotations

import re
import unicodedata

_SURROGATE = re.compile("[\ud800-\udfff]")
# What is said to be Latin-1 is Windows-1252, as in every browser; these are its quotes.
_WINDOWS = {
    code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)
}
_ODD = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# They turn the writing of all that comes after them, in lists and addresses too.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# UTF-8 read as Windows-1252: a lead byte and what has to follow it.
_AFTER = "".join(
    bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xC0)
)
_GARBLED = re.compile(
    f"(?:[\xc3-\xdf][{_AFTER}]|[\xe0-\xef][{_AFTER}]{{2}}|[\xf0-\xf4][{_AFTER}]{{3}})+"
)
_ODD_ALONE = re.compile(f"({_GARBLED.pattern})|{_ODD.pattern}")
_ENOUGH = 2
_LOOKED_AT = 200_000


class Letters:
    """Cleans the texts of one post. ``removed``: characters taken out, ``damaged``:
    halves of characters that became �, ``garbled``: as written and as perhaps meant."""

    def __init__(self) -> None:
        self.removed = 0
        self.damaged = 0
        self.garbled: tuple[str, str] | None = None

    def text(self, text: str) -> str:
        """For text and HTML: nothing that shows is changed."""
        if _ODD.search(text):
            if _SURROGATE.search(text):
                before = text.count("\ufffd")
                # Two halves that stand together are one character.
                halves = text.encode("utf-16-le", "surrogatepass")
                text = halves.decode("utf-16-le", "replace")
                self.damaged += text.count("\ufffd") - before
            text = text.translate(_WINDOWS_ONLY)
            whole = len(text)
            # What is part of a garbled letter is needed to put that right.
            text = _ODD_ALONE.sub(lambda found: found[1] or "", text)
            self.removed += whole - len(text)
        if self.garbled is None:
            self.garbled = _meant(text[:_LOOKED_AT])
        return text

    def name(self, text: str) -> str:
        """For a title or another name: one line, composed letters, written one way."""
        text, turning = _TURNING.subn("", self.text(text))
        self.removed += turning
        return unicodedata.normalize("NFC", " ".join(text.split()))


def _meant(text: str) -> tuple[str, str] | None:
    """A garbled word of ``text`` and what it may have been, if there are any for sure."""
    found: tuple[str, str] | None = None
    sure = 0
    for match in _GARBLED.finditer(text):
        try:
            meant = _bytes(match[0]).decode()
        except UnicodeError:
            continue
        sure += len(match[0]) // 2 if len(match[0]) < 3 else _ENOUGH
        if found is None:
            start, end = match.span()
            before = re.search(r"\w{0,20}\Z", text[max(0, start - 20) : start])
            after = re.match(r"\w{0,20}", text[end : end + 20])
            around = (before[0] if before else "", after[0] if after else "")
            found = (match[0].join(around), meant.join(around))
        if sure >= _ENOUGH:
            return found
    return None


def _bytes(text: str) -> bytes:
    return b"".join(
        character.encode("latin-1" if character < "\xa0" else "cp1252")
        for character in text
    )


_WINDOWS_ONLY = {code: letter for code, letter in _WINDOWS.items() if letter}
