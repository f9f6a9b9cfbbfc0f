"""Composing: a post's HTML exactly as it is sent, with its photos in their new home."""

from __future__ import annotations

import html as references
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wizard.blog import Photo, Post
from wizard.content import framing, markup
from wizard.content.cleaning import AsItIs, flow_of, sanitised
from wizard.content.editor_blocks import Ours, as_blocks
from wizard.content.links import linked, nowhere
from wizard.content.smileys import smiley
from wizard.content.videos import name_of

_DEAD = re.compile(
    r"(?:^|\.)(?:storage\.msn|storage\.live|livefilestore|spaces\.live|spaces\.msn|"
    r"shared\.live|sclive)\.(?:com|net)$"
)
_DEAD_FILES = re.compile(r"(?:^|\.)(?:storage\.(?:msn|live)|livefilestore)\.com$")
_PLAYED = ("src", "data", "value", "href")
_WEB = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LAST_ENDS = re.compile(r"(?:</[a-z0-9]+>)+$")
_IMAGE = re.compile(r'(<img src="([^"]*)")([^>]*>)')
# A picture with its caption, both in one frame.
_FRAME = re.compile(
    r'<figure(?: class="([^"]*)")?>((?:<a [^>]*>)?<img [^>]*?)'
    r'(?: class="align(left|right|center)")?>'
)
_WIDTH = re.compile(r' width="(\d+)"')
_SIDE = re.compile(r'class="align(left|right)"')
_FLOATING = {
    "left": "float:left;margin:0 1em 1em 0",
    "right": "float:right;margin:0 0 1em 1em",
}
_MARKER = re.compile(r"[\w.:!-]+", re.ASCII)
_LOST = "A photo that belongs here was lost with the old blog"
_LEFT = "A photo that belongs here did not come along"
_FILE = "The file behind this link was lost with the old blog"
_FILE_LEFT = "The file behind this link did not come along"


@dataclass(frozen=True, slots=True)
class Placed:
    """A photo's new home: the address of the full file and of the one to show.

    ``width``, ``height``: pixels of the one shown, 0 when unknown. ``id``: its number
    there, 0 when it may get another.
    """

    full: str
    shown: str
    width: int = 0
    height: int = 0
    id: int = 0


def compose(
    post: Post,
    placed: Mapping[str, Placed],
    marker: str = "",
    *,
    links: Callable[[str], str] = nowhere,
    written: Callable[[str], str] = nowhere,
    blocks: bool = False,
    face: str = "",
) -> str:
    """The post's HTML as it is sent. ``placed``: new homes by `Photo.address`.

    Photos stay where they stood; those that stood beside the text come after it, but
    for ``face``, the address of one that stands for the post at the new blog; one that
    did so at the old blog, and does not, comes before it, as themes show it. Where one
    did not come along, a line says so and gives its old address.
    ``links``: where a link leads from now on, "" where it led; ``written``: the same
    of an address that is only written out, "" where it is no link.
    ``marker`` (letters, digits, ``. _ : ! -``) is left inside, as a comment or as a
    class. ``blocks``: in those of WordPress's editor, if they can hold the post.
    Raises Refused when the text is too long to be sent.
    """
    if marker and (not _MARKER.fullmatch(marker) or "--" in marker):
        raise ValueError(f"{marker!r} cannot stand in a comment")
    flow = flow_of(post.html, lambda: _Placing(post.photos, placed, links))
    shown = {*flow.keeping.shown, face}
    beside = {
        photo.address: _figure(photo, placed)
        for photo in post.photos
        if photo.address not in shown
    }
    above = beside.pop(post.featured, "") if post.featured in placed else ""
    text = flow.html if written is nowhere else linked(flow.html, written)
    html = "\n\n".join(filter(None, [above, text, *beside.values()]))
    html = sanitised(html, _schemes(placed))
    pictures = _by_shown(placed)
    if blocks:
        name = f"moving-day:{marker}" if marker else ""
        made = as_blocks(html, pictures, name)
        if made or not html:
            return _themed(made, pictures)
    return _marked(_themed(_framed(html), pictures), marker)


class _Placing(AsItIs):
    """Gives the photos of one post their new addresses; ``shown``: those seen so far,
    or hidden where they stood."""

    def __init__(
        self,
        photos: tuple[Photo, ...],
        placed: Mapping[str, Placed],
        links: Callable[[str], str],
    ) -> None:
        self._placed = placed
        self._links = links
        self._named: dict[str, Photo] = {}
        for photo in photos:
            for name in (*photo.names, photo.address):
                self._named.setdefault(name.strip(), photo)
        self.shown: set[str] = set()
        self._behind_link: Photo | None = None
        self._lost_link = ""

    def image(self, attributes: Mapping[str, str], linked: bool) -> str:
        src = attributes.get("src", "")
        photo, lives = self._named.get(src.strip()), _lives(src)
        if not photo and not lives:
            photo = self._behind_link
        home = None
        if photo:
            self.shown.add(photo.address)
            home = self._placed.get(photo.address)
        if framing.is_tracker(attributes):
            return ""
        if not home:
            if smiley(attributes) or lives or not (photo or src.strip()):
                return super().image(attributes, linked)
            self._lost_link = ""
            words = _LEFT if photo and photo.found else _LOST
            said = attributes.get("alt") or (photo.alt if photo else "")
            return _note(words, photo.address if photo else src, said, linked)
        size = _fitted(home, framing.size_of(attributes))
        side, title = framing.side_of(attributes), attributes.get("title", "")
        share = framing.share_of(attributes)
        # What one place says of a picture, even nothing, counts there and only there.
        alt = attributes.get("alt", photo.alt if photo else "")
        html = markup.image(home.shown, alt, size, side, title, share)
        if self._lost_link:
            self._lost_link = ""
            return markup.link(home.full, html)
        return html

    def link(self, href: str) -> str:
        photo = self._named.get(href.strip())
        if photo and photo.address in self._placed:
            if not photo.integrated:
                self.shown.add(photo.address)
            self._behind_link = photo
            return self._placed[photo.address].full
        if _is_at(_DEAD_FILES, href) or (photo and not _lives(href)):
            self._lost_link = href.strip()
            return ""
        return super().link(self._links(href) or href)

    def unlink(self) -> str:
        old, self._lost_link, self._behind_link = self._lost_link, "", None
        if not old:
            return ""
        photo = self._named.get(old)
        if photo:
            self.shown.add(photo.address)
        words = _FILE_LEFT if photo and photo.found else _FILE
        return _note(words, old, "", linked=False)

    def player(self, attributes: Mapping[str, str]) -> str:
        named = (attributes.get(name, "").strip() for name in _PLAYED)
        return next((name for name in named if self._is_file(name)), "")

    def hide(self, attributes: Mapping[str, str]) -> None:
        for name in _PLAYED:
            photo = self._named.get(attributes.get(name, "").strip())
            if photo and not photo.integrated:
                self.shown.add(photo.address)

    def _is_file(self, name: str) -> bool:
        return name in self._named and bool(self._named[name].mime)


def _figure(photo: Photo, placed: Mapping[str, Placed]) -> str:
    home = placed.get(photo.address)
    if photo.mime:
        words = markup.text(name_of(photo.address))
        if home:
            return f"<p>{markup.link(home.full, words)}</p>"
        note = _note(_FILE_LEFT if photo.found else _FILE, photo.address, "")
        return f"<p>{note.strip(' ')}</p>"
    if home:
        html = markup.image(home.shown, photo.alt, (home.width, home.height))
        html = markup.link(home.full, html)
    elif _lives(photo.address):
        html = markup.image(photo.address, photo.alt)
    else:
        words = _LEFT if photo.found else _LOST
        note = _note(words, photo.address, photo.alt or photo.caption)
        return f"<p>{note.strip(' ')}</p>"
    caption = " ".join(photo.caption.split())
    if caption:
        html += f"<figcaption>{markup.text(caption)}</figcaption>"
    return f'<figure class="{framing.BESIDE}">{html}</figure>'


def _note(words: str, old: str, alt: str, linked: bool = False) -> str:
    """A visible line about what is missing, with its old address."""
    if alt.strip():
        words = f"{words} ({alt.strip()})"
    if old and not old.startswith("data:"):
        text = markup.text(old if len(old) <= 200 else f"{old[:200]}…")
        web = old.startswith(("http://", "https://")) and not linked
        words = f"{markup.text(words)}: {markup.link(old, text) if web else text}"
    else:
        words = markup.text(words)
    return f' <em class="moving-day-missing">{words}</em> '


def _fitted(home: Placed, written: tuple[int, int]) -> tuple[int, int]:
    """The size to show it in: as small as the author wrote, never larger than it is."""
    if not home.width or not home.height:
        return written
    wide, high = written
    width = min(
        wide or round(home.width * high / home.height) or home.width, home.width
    )
    return width, max(1, round(home.height * width / home.width))


def _lives(address: str) -> bool:
    """A picture that browsers can still ask for where it is."""
    return bool(_host(address)) and not _is_at(_DEAD, address)


def _is_at(hosts: re.Pattern[str], address: str) -> bool:
    return bool(hosts.search(_host(address)))


def _host(address: str) -> str:
    web = _WEB.match(markup.address(address, picture=True))
    return web[1].lower() if web else ""


def _by_shown(placed: Mapping[str, Placed]) -> dict[str, Ours]:
    return {
        home.shown: Ours(home.id, home.full, home.width, home.full == home.shown)
        for home in placed.values()
    }


def _framed(html: str) -> str:
    """With captions that go where their pictures go: aside, no wider than these, or into
    the middle."""

    def framed(frame: re.Match[str]) -> str:
        names, image, own = frame.groups("")
        side = own or framing.side_of({"class": names})
        if not side:
            return frame[0]
        style = ""
        if side == "center":
            style = "text-align:center"
        elif width := _WIDTH.search(image):
            style = f"width:{width[1]}px"
        said = f' style="{style}"' if style else ""
        return f'<figure class="wp-block-image align{side}"{said}>{image}>'

    return _FRAME.sub(framed, html) if "<figure" in html else html


def _themed(html: str, pictures: Mapping[str, Ours]) -> str:
    """With what themes need to show pictures as they were. By the class with its number
    WordPress keeps a picture in the column, and gives each screen the size it needs. The
    one for a side counts in themes of blocks only outside of texts, unlike CSS."""

    def themed(image: re.Match[str]) -> str:
        start, src, rest = image.groups()
        if side := _SIDE.search(rest):
            start += f' style="{_FLOATING[side[1]]}"'
        ours = pictures.get(references.unescape(src))
        if not ours or not ours.number or 'class="wp-image-' in rest:
            return start + rest
        name = f"wp-image-{ours.number}"
        if 'class="' in rest:
            return start + rest.replace('class="', f'class="{name} ', 1)
        return f'{start} class="{name}"{rest}'

    return _IMAGE.sub(themed, html) if "<img " in html else html


def _schemes(placed: Mapping[str, Placed]) -> frozenset[str]:
    """What addresses of new homes begin with: a preview shows photos from elsewhere."""
    homes = (address for home in placed.values() for address in (home.full, home.shown))
    found = {scheme[1].lower() for home in homes if (scheme := _SCHEME.match(home))}
    return frozenset(found - {"javascript", "vbscript"})


def _marked(html: str, marker: str) -> str:
    """With the marker inside the last block: ``wpautop`` makes no paragraph of it."""
    if not marker:
        return html
    comment = f"<!-- moving-day:{marker} -->"
    last = html.rfind("</")
    ends = _LAST_ENDS.search(html[: html.index(">", last) + 1]) if last >= 0 else None
    if not ends:
        return f"{html}\n\n{comment}".strip()
    return html[: ends.start()] + comment + html[ends.start() :]
