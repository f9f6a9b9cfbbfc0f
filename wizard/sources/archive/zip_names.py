"""The names inside a zip: which of them are safe, and in which alphabet they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_JUNK_FILES = {".ds_store", "thumbs.db", "desktop.ini"}
_JUNK_FOLDERS = {"__macosx", ".git", "$recycle.bin"}


def safe_name(name: str) -> str | None:
    """The name with ``/`` between its parts, or None for one that leads elsewhere:
    absolute, on a drive, with ``..`` or a NUL in it."""
    name = name.replace("\\", "/")
    if "\x00" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return None
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return "/".join(parts) if parts and ".." not in parts else None


def tamed(name: str) -> str:
    """A name that leads nowhere for whatever a zip calls a file, so that even
    ``C:\\Users\\me\\blog\\1.html`` and ``../1.html`` can be read, beside each other."""
    name = re.sub(r"[\x00-\x1f\x7f]", "_", name.replace("\\", "/"))
    parts = [
        part for each in name.split("/") if (part := each.strip(" ")) not in ("", ".")
    ]
    plain = [
        "_" if part == ".." else re.sub(r"^([A-Za-z]):", r"\1_", part) for part in parts
    ]
    return "/".join(plain) or "_"


def is_junk(name: str) -> bool:
    """Whether an operating system left this file there for itself."""
    *folders, last = name.casefold().split("/")
    return (
        last in _JUNK_FILES
        or last.startswith("._")
        or any(folder in _JUNK_FOLDERS for folder in folders)
    )


# (code page, what a plausible letter of its language looks like). The order decides
# between equals: the languages in which most Spaces were written come first.
_WESTERN = r"(?<=[A-Za-z])[À-ÖØ-öø-ÿœŒšŠžŽß]|[À-ÖØ-öø-ÿœŒšŠžŽß](?=[A-Za-z])"
_CYRILLIC = r"(?<![A-Za-z])[А-Яа-яЁё](?![A-Za-z])"
_CODE_PAGES: tuple[tuple[str, str], ...] = (
    ("gbk", ""),
    ("shift_jis", ""),
    ("euc_kr", ""),
    ("big5", ""),
    ("cp1252", _WESTERN),
    ("cp1251", _CYRILLIC),
    ("cp850", _WESTERN),
    ("cp866", _CYRILLIC),
)
# First bytes of the everyday characters of the double-byte code pages.
_EVERYDAY = {
    "gbk": [(0xA1, 0xA3), (0xB0, 0xD7)],
    "shift_jis": [(0x82, 0x83), (0x88, 0x97)],
    "euc_kr": [(0xB0, 0xC8)],
    "big5": [(0xA1, 0xA1), (0xA4, 0xC6)],
}
_JAPANESE_MARKS = "　、。・ー々（）「」"
_ENOUGH_FOR_KOREAN = 6


def code_page(names: Iterable[bytes]) -> str:
    """The code page in which all these names are written, judged together: one name
    alone says little. ``utf-8`` for plain ASCII; ``cp437``, zip's own, when none fits."""
    raw = b"/".join(name for name in names if not name.isascii())
    if not raw:
        return "utf-8"
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    best, best_share = "cp437", 0.5
    for page, pattern in _CODE_PAGES:
        share = _plausible(raw, page, pattern)
        if share > best_share:
            best, best_share = page, share
    return best


def _plausible(raw: bytes, page: str, pattern: str) -> float:
    """Which share (0 to 1) of the foreign letters is everyday in this code page."""
    try:
        text = raw.decode(page)
    except UnicodeDecodeError:
        return 0.0
    foreign = [character for character in text if not character.isascii()]
    if pattern:
        return len(re.findall(pattern, text)) / len(foreign)
    everyday = sum(_is_everyday(character, page) for character in foreign)
    share = everyday / len(foreign)
    # Korean letters all lie where half of the Chinese ones do, so only a run of them tells.
    if page == "euc_kr" and share == 1 and len(foreign) >= _ENOUGH_FOR_KOREAN:
        return 1.1
    return share


def _is_everyday(character: str, page: str) -> bool:
    code = character.encode(page)
    if len(code) != 2 or (page == "gbk" and code[1] < 0xA1):
        return False
    if page == "shift_jis" and character in _JAPANESE_MARKS:
        return True
    return any(low <= code[0] <= high for low, high in _EVERYDAY[page])


def unique(names: Sequence[str]) -> list[str]:
    """The same names, later twins with a number: ``a.html``, ``a (2).html``."""
    taken = set(names)
    seen: set[str] = set()
    numbers: dict[str, int] = {}
    result = []
    for name in names:
        fresh = name
        while fresh in seen or (fresh is not name and fresh in taken):
            # From where the last twin left off: a zip may hold a hundred thousand.
            number = numbers[name] = numbers.get(name, 1) + 1
            stem, dot, ending = name.rpartition(".")
            fresh = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
        seen.add(fresh)
        result.append(fresh)
    return result
