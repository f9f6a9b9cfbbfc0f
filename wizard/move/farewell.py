"""Farewell pages: "this is where it used to live", for whoever comes to the old address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import accumulate
from pathlib import Path

from wizard.move.discretion import plain
from wizard.move.ways import Way

WORDS = "This is where it used to live. It has a new home now."
_LONGEST_NAME = 120
# What every system lets be the name of a file, which also web servers look for.
_NAME = re.compile(r"(?!\.)[^\x00-\x1f<>:\"/\\|?*\x7f]{1,120}(?<![. ])")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FILE = re.compile(r"\.html?$", re.IGNORECASE)
_SECONDS = 5
_STYLE = (
    ":root{color-scheme:light dark}body{max-width:34rem;margin:15vh auto;padding:0 1.25rem;"
    'font:1.1rem/1.6 system-ui,"Noto Sans","PingFang SC","Microsoft YaHei",sans-serif;'
    "overflow-wrap:anywhere}h1{font-size:1.4rem}ul{padding-left:1.2rem}"
    "time{opacity:.7}a{color:inherit}"
)


def write_pages(
    folder: Path, ways: Iterable[Way], home: Way | None, words: str
) -> None:
    """A page for each way, at the path where a web server looks for it, and the front
    page, which names them all. Raises OSError."""
    taken, told = _Taken(), dict[str, Way]()
    front = _place(home, 0) if home and not home.query else "index.html"
    taken.take(front)
    for number, way in enumerate(ways, 1):
        place = "" if way.query else _place(way, number)
        if not place or not taken.take(place):
            place = f"more/{number}.html"
        _write(folder / place, _page(way, words, refresh=True))
        told.setdefault(way.new, way)
    to = home or Way("", b"/", "", next(iter(told), ""))
    _write(folder / front, _page(to, words, refresh=False, ways=told.values()))


def _place(way: Way, number: int) -> str:
    """Where the page of an old path lies, below the folder of pages."""
    path = way.path.decode("utf-8", "surrogateescape").strip("/")
    names = path.split("/") if path else []
    for name in names:
        if (
            not _NAME.fullmatch(name)
            or _RESERVED.fullmatch(name)
            or len(name.encode("utf-8", "replace")) > _LONGEST_NAME
            or not name.isprintable()
        ):
            return f"more/{number}.html"
    if names and _FILE.search(names[-1]) and not way.path.endswith(b"/"):
        return "/".join(names)
    return "/".join((*names, "index.html"))


class _Taken:
    """What lies in the folder of pages already, where names differ in more than case."""

    def __init__(self) -> None:
        self._files = set[str]()
        self._folders = set[str]()

    def take(self, place: str) -> bool:
        """Whether there can be a file at this place, which is then taken."""
        place = place.casefold()
        *above, _ = accumulate(place.split("/"), "{}/{}".format)
        if place in self._files or place in self._folders:
            return False
        if not self._files.isdisjoint(above):
            return False
        self._files.add(place)
        self._folders.update(above)
        return True


def _page(way: Way, words: str, *, refresh: bool, ways: Iterable[Way] = ()) -> str:
    new, title = escape(way.new), escape(way.title) or "It has moved"
    heads = [
        '<!doctype html>\n<html><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="canonical" href="{new}">' if new else "",
        f'<meta http-equiv="refresh" content="{_SECONDS}; url={new}">'
        if refresh
        else "",
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>",
        f"<h1><bdi>{title}</bdi></h1>\n<p>{_lines(words)}</p>\n",
        f'<p><a href="{new}">{new}</a></p>\n' if new else "",
        *_list(ways),
        "</body></html>\n",
    ]
    return "".join(heads)


def _list(ways: Iterable[Way]) -> Iterator[str]:
    lines = [
        f'<li><a href="{escape(way.new)}"><bdi>{escape(way.title) or escape(way.new)}</bdi>'
        f"</a> <time>{way.date}</time></li>\n"
        for way in ways
    ]
    if lines:
        yield from ("<ul>\n", *lines, "</ul>\n")


def _lines(words: str) -> str:
    lines = (escape(plain(line)) for line in (words.strip() or WORDS).splitlines())
    return "<br>\n".join(lines)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
