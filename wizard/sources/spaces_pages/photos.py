"""The pictures of one Spaces entry: those in its text and the integrated ones beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from wizard.blog import Photo
from wizard.sources.html_page import ILLEGAL
from wizard.sources.spaces_ids import identify, tidy, without_build, without_capture
from wizard.sources.spaces_pages.records import SeenPhoto

_PICTURE = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|tiff?)(?:$|[?#;])|storage\.(?:msn|live)\.com/"
    r"|livefilestore\.com/|//docs\.google\.com/File\?",
    re.IGNORECASE,
)
# What Spaces drew itself: smileys of its editor, spacers, counters, advertisements.
_FURNITURE = re.compile(
    r"^(?:data|about|javascript|blob|cid):"
    r"|//(?:[\w-]+\.)*(?:sclive\.net|shared\.live\.com|c\.live\.com|msads\.net|rad\.msn\.com"
    r"|c\.services\.spaces\.live\.com)/"
    r"|//(?:[\w-]+\.)*(?:spaces\.live|spaces\.msn|msn|live)\.com/(?:[^?#]*/)?emoticons/"
    r"|//(?:[\w-]+\.)*spaces\.(?:live|msn)\.com/(?:[^?#]*/)?(?:c|spacer)\.gif",
    re.IGNORECASE,
)
_SAVED_FURNITURE = re.compile(r"(?:^|/)(?:c|spacer|smile_\w+)(?:\(\d+\))?\.gif$", re.I)
_SAVED_PAGE = re.compile(
    r"\.(?:html?|aspx?|entry|php|mht|xml|txt|pdf|docx?|zip|css|js)$", re.I
)
_WLPP = re.compile(r"WLPP;.*?url=(.*?)(?:;\s*cnsid=(.*))?$", re.I | re.S)
_ADDRESSES = ("href", "src", "background", "data")
_ADDRESSED = etree.XPath("descendant-or-self::*[@href or @src or @background or @data]")
_CNSID = re.compile(r"cns(?:!|%21|&#0?33;)([\w.-]+?)(?:!|%21|&#0?33;)(\d+)", re.I)


@dataclass(frozen=True, slots=True)
class Links:
    """How the addresses of one page are meant: ``base`` is what relative ones stand
    against, ``resolve`` gives the archive's file that one names, or None. ``wayback``:
    the page comes from there, so its own addresses stand behind a prefix."""

    base: str
    resolve: Callable[[str], str | None]
    wayback: bool = False

    def read(self, written: str) -> tuple[str, str]:
        """An address as it will stand in the entry's HTML, and the file it names or ""."""
        address = re.sub(r"[\t\r\n]", "", written).strip()
        if self.wayback:
            address = without_capture(address)
        if not address or address.startswith("#"):
            return address, ""
        if _has_scheme(address):
            return without_build(address), ""
        absolute = _joined(self.base, address) if self.base else address
        local = self.resolve(address) or ""
        # A link to another saved page is mended by what it is about, not by its file.
        if local and not identify(absolute):
            return address, local
        return without_build(absolute), ""


def body_photos(body: HtmlElement, links: Links) -> list[SeenPhoto]:
    """Mends every address in the entry's text in place and gives its pictures."""
    local: dict[HtmlElement, str] = {}
    for element in cast("list[HtmlElement]", _ADDRESSED(body)):
        for name in _ADDRESSES:
            if (written := element.get(name)) is not None:
                address, local[element] = links.read(written)
                element.set(name, ILLEGAL.sub("", address))
    images = body.iter("img")
    photos = (_photo(image, _anchor(image, body), local) for image in images)
    files = (_file(element, local[element]) for element in local)
    return [photo for photo in (*photos, *files) if photo]


def integrated_photos(beside: Iterable[HtmlElement], links: Links) -> list[SeenPhoto]:
    """The pictures in what stands beside the text, which is mended in place."""
    photos = (photo for element in beside for photo in body_photos(element, links))
    return [
        replace(
            photo,
            integrated=True,
            names=tuple(dict.fromkeys(filter(None, (photo.remote, *photo.names)))),
        )
        for photo in photos
        if not photo.linked
    ]


def distinct(photos: Iterable[SeenPhoto]) -> tuple[SeenPhoto, ...]:
    """Each picture once: the same address, or a thumbnail and its full-size file. Those
    that are only linked to come last."""
    kept: list[SeenPhoto] = []
    place: dict[str, int] = {}
    for photo in sorted(photos, key=lambda photo: photo.linked):
        marks = [*photo.names, photo.local, photo.cnsid]
        at = next((place[mark] for mark in marks if mark and mark in place), None)
        if at is None:
            at = len(kept)
            kept.append(photo)
        elif photo.linked:
            # Where it is shown, in the text or beside it, remains as it is.
            names = dict.fromkeys((*kept[at].names, *photo.names))
            kept[at] = replace(kept[at], names=tuple(names))
        else:
            kept[at] = _both(kept[at], photo)
        place.update((mark, at) for mark in marks if mark)
    return tuple(kept)


def _both(one: SeenPhoto, other: SeenPhoto) -> SeenPhoto:
    # The one that links to a larger file knows the better address.
    better = max(one, other, key=lambda photo: len(photo.names))
    return SeenPhoto(
        names=tuple(dict.fromkeys((*one.names, *other.names))),
        remote=better.remote or one.remote or other.remote,
        local=better.local or one.local or other.local,
        cnsid=one.cnsid or other.cnsid,
        integrated=one.integrated and other.integrated,
        alt=one.alt or other.alt,
    )


def _anchor(image: HtmlElement, body: HtmlElement) -> HtmlElement | None:
    for element in image.iterancestors():
        if element.tag == "a":
            return element
        if element is body:
            break
    return None


def _photo(
    image: HtmlElement, anchor: HtmlElement | None, local: dict[HtmlElement, str]
) -> SeenPhoto | None:
    shown, shown_file = image.get("src", ""), local.get(image, "")
    if not shown or _FURNITURE.search(shown) or _SAVED_FURNITURE.search(shown_file):
        return None
    if image.get("width", "").strip() in ("0", "1") and image.get("height") in (
        "0",
        "1",
    ):
        return None
    full, full_file, named, cnsid = "", "", "", ""
    if anchor is not None:
        full, full_file = anchor.get("href", ""), local.get(anchor, "")
        if full_file and _SAVED_PAGE.search(full_file):
            full_file = ""
        if not full_file and (not _PICTURE.search(full) or _FURNITURE.search(full)):
            full = ""
        # In later years the link leads to the album, and only this names the picture.
        if found := _WLPP.match(anchor.get("rel", "").strip()):
            named = tidy(found[1])
            cnsid = _canonical_cnsid(found[2] or "")
    remotes = [each for each in (full, named, shown) if _has_scheme(each)]
    return SeenPhoto(
        names=tuple(dict.fromkeys(each for each in (full, shown) if each)),
        remote=remotes[0] if remotes else "",
        local=full_file or shown_file,
        cnsid=cnsid,
        alt=" ".join(image.get("alt", "").split()),
    )


def _file(element: HtmlElement, local: str) -> SeenPhoto | None:
    """A recording, film or document in the archive that the text speaks of, or a picture
    there that it links to."""
    linked = element.tag == "a" and bool(_PICTURE.search(local))
    if not linked and not Photo(local, found=True).mime:
        return None
    names = tuple(dict.fromkeys(filter(None, map(element.get, _ADDRESSES))))
    return SeenPhoto(names, local=local, linked=linked)


def _canonical_cnsid(text: str) -> str:
    found = _CNSID.search(text)
    return f"cns!{found[1].upper()}!{found[2]}" if found else ""


def _has_scheme(address: str) -> bool:
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address
