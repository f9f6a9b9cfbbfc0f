"""WordPress's shortcodes in a text, as the HTML that the old blog showed in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from itertools import count
from typing import Any

from wizard.errors import PhotoMissing
from wizard.sources.metaweblog.library import (
    Library,
    number_of,
    unknown,
    unknown_gallery,
)
from wizard.sources.metaweblog.web_photos import absolute, reachable
from wizard.sources.metaweblog.xmlrpc import Struct, text

# In a tag there is none. Two brackets mean that it is only spoken of.
_SHORTCODE = re.compile(
    r"<[^<>]*>|(\[?)\[(gallery|playlist|embed|audio|video|youtube|vimeo)(?![\w-])"
    r"([^\[\]<>]{0,2000})\](?:([^\[\]]{0,2000})\[/\2\])?(\]?)"
)
_SAID = re.compile(r"""(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))""")
_TAG = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"""https?://[^\s"'<>|,]+""", re.IGNORECASE)
_ALONE = re.compile(r"(?:https?:)?//\S+", re.IGNORECASE)
# How large it was shown stood in the address of a video, too.
_SIZE = re.compile(r"&(?:w|h|fmt|hd|rel)=[\w-]*")
_VIDEOS = {
    "youtube": (
        # A word of eleven letters is not one.
        re.compile(r"(?<![\w-])(?![a-z]{11})([\w-]{11})(?![\w-])", re.ASCII),
        "https://www.youtube.com/watch?v={}",
    ),
    "vimeo": (re.compile(r"(?<!\w)(\d{4,12})(?!\w)", re.ASCII), "https://vimeo.com/{}"),
}
_FILES = {
    "audio": ("src", "mp3", "m4a", "ogg", "wav", "flac", "wma"),
    "video": ("src", "mp4", "m4v", "webm", "ogv", "mov", "wmv", "flv"),
}
_AS_THEY_ARE = ("post__in", "rand", "none")
# The editor knows no more.
_MOST_COLUMNS = 8
_NUMBERS = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shortcodes:
    """Those in the text of one post. ``post``: its id; ``home``: the blog's address;
    ``library``: where its pictures are looked up."""

    post: str
    home: str
    library: Library

    def shown(self, html: str) -> str:
        """The text with what its shortcodes stand for; all others stay as they are."""
        galleries = count(1)
        return _SHORTCODE.sub(lambda found: self._one(found, galleries), html)

    def _one(self, found: re.Match[str], galleries: Iterator[int]) -> str:
        before, name, written, inside, after = found.groups()
        if name is None:
            return found[0]
        if before and after:
            return found[0][1:-1]
        said = _said(written)
        html: str | None
        if name == "gallery":
            html = self._gallery(said, next(galleries))
        elif name == "playlist":
            html = self._playlist(said)
        else:
            html = self._played(_addresses(name, said, written, inside or ""))
        if html is None:
            return found[0]
        rest = inside if inside and "://" not in inside else ""
        return f"{before}{html}{rest}{after}"

    def _gallery(self, said: Mapping[str, str], place: int) -> str:
        pictures: list[Struct] = []
        lost: list[str] = []
        # Their order counts in ``ids`` alone.
        named = said.get("ids") or said.get("include", "")
        if named:
            for number, item in self._looked_up(_numbers(named)):
                if item is None:
                    lost.append(unknown(number, self.home))
                elif text(item, "type").partition("/")[0] in ("", "image"):
                    pictures.append(item)
        else:
            try:
                pictures = self.library.attached(said.get("id") or self.post, True)
            except PhotoMissing:
                lost = [unknown_gallery(place)]
            left_out = _numbers(said.get("exclude", ""))
            pictures = [one for one in pictures if number_of(one) not in left_out]
        order = said.get("orderby") or ("post__in" if said.get("ids") else "")
        pictures = self._in_order(pictures, order, said.get("order", "ASC"))
        figures = [_figure(one, said.get("link", "")) for one in pictures]
        html = "\n".join(filter(None, figures))
        if len(figures) > 1:
            # In a figure of their own they stay together, and apart from others.
            wide = _NUMBERS.match(said.get("columns", ""))
            columns = min(int(wide[0]), _MOST_COLUMNS) if wide else 0
            how = f' class="columns-{columns}"' if columns else ""
            html = f"<figure{how}>{html}</figure>"
        notes = [f'<p><img src="{escape(name)}"></p>' for name in lost]
        return "\n\n".join(filter(None, [html, *notes]))

    def _in_order(
        self, pictures: list[Struct], said: str, direction: str
    ) -> list[Struct]:
        """As the old blog showed them: by several things in turn, in one direction."""
        by = (said or "menu_order ID").split()
        if by[0] in _AS_THEY_ARE:
            return pictures
        places = self.library.arranged() if "menu_order" in by and pictures else {}
        keys: dict[str, Callable[[Struct], Any]] = {
            "menu_order": lambda one: places.get(number_of(one), 0),
            "ID": lambda one: int(number_of(one) or 0),
            "title": lambda one: text(one, "title").casefold(),
            "date": lambda one: str(one.get("date_created_gmt", "")),
        }
        names = [name.removeprefix("post_") for name in by]
        known = [keys[name] for name in names if name in keys] or [keys["date"]]
        return sorted(
            sorted(pictures, key=keys["ID"]),
            key=lambda one: [key(one) for key in known],
            reverse=direction.upper() != "ASC",
        )

    def _playlist(self, said: Mapping[str, str]) -> str | None:
        try:
            items = [
                self.library.item(number) for number in _numbers(said.get("ids", ""))
            ]
        except PhotoMissing:
            return None
        tracks = (
            self._played([text(item, "link")], unescape(text(item, "title")))
            for item in items
        )
        return "\n\n".join(track for track in tracks if track) or None

    def _played(self, addresses: list[str], title: str = "") -> str | None:
        """Links alone in their paragraphs: what can be shown in their place will be."""
        there = [absolute(self.home, each) for each in addresses]
        links = [
            f'<a href="{escape(each)}">{escape(each)}</a>'
            for each in there
            if reachable(each)
        ]
        if title:
            caption = f"<figcaption>{escape(title)}</figcaption>"
            links = [f"<figure>{link}{caption}</figure>" for link in links]
        else:
            links = [f"<p>{link}</p>" for link in links]
        return "".join(f"\n\n{link}\n\n" for link in links) or None

    def _looked_up(self, numbers: list[str]) -> Iterator[tuple[str, Struct | None]]:
        """Most were uploaded for the post that shows them: one question for all those."""
        attached: dict[str, Struct] = {}
        if len(numbers) > 1:
            try:
                found = self.library.attached(self.post)
                attached = {number_of(each): each for each in found}
            except PhotoMissing:
                pass  # each is refused below, with its own words
        for number in numbers:
            try:
                yield number, attached.get(number) or self.library.item(number)
            except PhotoMissing:
                yield number, None


def _said(attributes: str) -> dict[str, str]:
    return {
        said[1].lower(): said[2] or said[3] or said[4] or ""
        for said in _SAID.finditer(attributes)
    }


def _addresses(
    name: str, said: Mapping[str, str], written: str, inside: str
) -> list[str]:
    """Where the things to watch or to hear are that a shortcode names."""
    if name == "embed":
        given = unescape(said.get("src") or _TAG.sub("", inside)).strip()
        return [given] if _ALONE.fullmatch(given) else []
    written = unescape(written)
    if name in _FILES:
        given = next((said[one] for one in _FILES[name] if said.get(one)), "")
        return [unescape(given)] if given else _ADDRESS.findall(written or inside)
    if found := _ADDRESS.search(written or inside):
        return [_SIZE.sub("", found[0])]
    number, page = _VIDEOS[name]
    found = number.search(said.get("id") or written)
    return [page.format(found[1])] if found else []


def _numbers(said: str) -> list[str]:
    written = (number.lstrip("0") for number in _NUMBERS.findall(said))
    return list(dict.fromkeys(filter(None, written)))


def _figure(item: Struct, link: str) -> str:
    address = escape(text(item, "link"))
    html = f'<img src="{address}" alt="{escape(text(item, "alt"))}">'
    if link != "none":
        html = f'<a href="{address}">{html}</a>'
    if caption := " ".join(text(item, "caption").split()):
        html += f"<figcaption>{caption}</figcaption>"
    return f"<figure>{html}</figure>"
