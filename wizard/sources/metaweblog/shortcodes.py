"""WordPress's shortcodes in a text, as the HTML that the old blog showed in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import count

from wizard.errors import PhotoMissing
from wizard.sources.metaweblog.library import (
    Library,
    number_of,
    unknown,
    unknown_gallery,
)
from wizard.sources.metaweblog.xmlrpc import Struct, text

# In a tag there is none. Two brackets mean that it is only spoken of.
_SHORTCODE = re.compile(
    r"<[^<>]*>|(\[?)\[gallery(?![\w-])([^\[\]<>]{0,2000})\](?:\s{0,9}\[/gallery\])?(\]?)"
)
_SAID = re.compile(r"""(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))""")
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
        before, said, after = found[1], found[2], found[3]
        if said is None:
            return found[0]
        if before and after:
            return found[0][1:-1]
        return f"{before}{self._gallery(_said(said), next(galleries))}{after}"

    def _gallery(self, said: Mapping[str, str], place: int) -> str:
        numbers = _numbers(said.get("ids") or said.get("include", ""))
        pictures: list[Struct] = []
        lost: list[str] = []
        if numbers:
            for number, item in self._looked_up(numbers):
                if item is None:
                    lost.append(unknown(number, self.home))
                elif text(item, "type").partition("/")[0] in ("", "image"):
                    pictures.append(item)
        else:
            try:
                pictures = self.library.attached(said.get("id") or self.post)
            except PhotoMissing:
                lost = [unknown_gallery(place)]
            left_out = _numbers(said.get("exclude", ""))
            pictures = [one for one in pictures if number_of(one) not in left_out]
            if said.get("order", "").upper() == "DESC":
                pictures.reverse()
        figures = [_figure(one, said.get("link", "")) for one in pictures]
        html = "\n".join(filter(None, figures))
        if len(figures) > 1:
            # In a figure of their own they stay together, and apart from others.
            html = f"<figure>{html}</figure>"
        notes = [f'<p><img src="{escape(name)}"></p>' for name in lost]
        return "\n\n".join(filter(None, [html, *notes]))

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


def _numbers(said: str) -> list[str]:
    return list(dict.fromkeys(number.lstrip("0") for number in _NUMBERS.findall(said)))


def _figure(item: Struct, link: str) -> str:
    address = escape(text(item, "link"))
    html = f'<img src="{address}" alt="{escape(text(item, "alt"))}">'
    if link != "none":
        html = f'<a href="{address}">{html}</a>'
    if caption := " ".join(text(item, "caption").split()):
        html += f"<figcaption>{caption}</figcaption>"
    return f"<figure>{html}</figure>"
