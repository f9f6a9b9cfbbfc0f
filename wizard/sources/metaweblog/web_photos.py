"""The pictures in the text of a post that stands on the web."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from wizard.blog import Photo
from wizard.errors import Unreadable
from wizard.sources.html_page import tree
from wizard.sources.srcset import Offers, largest, offered_around

_KINDS = r"\.(?:jpe?g|jpe|png|gif|bmp|webp|tiff?|avif)"
_PICTURE = re.compile(rf"{_KINDS}$", re.IGNORECASE)
_ANY = re.compile(rf"<img|{_KINDS}", re.IGNORECASE)
# What WordPress puts behind the name of a smaller copy.
_SMALLER = re.compile(r"-\d{1,5}x\d{1,5}(?=\.(?:jpe?g|png|gif|webp)$)", re.IGNORECASE)
# Drawn by the blog's own software, not by the person.
_FURNITURE = re.compile(
    r"//s\.w\.org/images/core/emoji/|/wp-includes/images/|/emoticons?/|/smil(?:ey|ies)/",
    re.IGNORECASE,
)
_DEAD = re.compile(
    r"(?:^|\.)(?:spaces\.live|spaces\.msn|storage\.live|storage\.msn|livefilestore|"
    r"groups\.msn|shared\.live)\.com$"
)


def photos_in(html: str, base: str) -> tuple[Photo, ...]:
    """Each picture of a post's HTML once, at its largest; ``base``: the post's address.
    Those of the blog's own that words lead to come last.

    ``found`` means that its host may still answer; only reading it can tell.
    """
    if not _ANY.search(html):
        return ()
    try:
        root = tree(html, base)
    except Unreadable:
        return ()
    photos: list[Photo] = []
    place: dict[str, int] = {}
    around = offered_around(root)
    for image in root.iter("img"):
        if not (names := _names(image, around)):
            continue
        addresses = [absolute(base, name) for name in names]
        # A smaller copy may be asked for without the page that it stands on.
        names = tuple(dict.fromkeys((*names, *addresses[1:])))
        at = next((place[each] for each in addresses if each in place), len(photos))
        alt = " ".join((image.get("alt") or "").split())
        if at == len(photos):
            photos.append(Photo(addresses[0], reachable(addresses[0]), names, alt=alt))
        else:
            photos[at] = _both(photos[at], names, addresses[0], alt)
        place.update(dict.fromkeys(addresses, at))
    linked: dict[str, dict[str, None]] = {}  # the names of each
    for link in root.iter("a"):
        href = link.get("href") or ""
        address = absolute(base, href)
        if address not in place and _leads_to_picture(href) and _is_own(address, base):
            linked.setdefault(address, {})[href] = None
    photos += [Photo(each, reachable(each), tuple(linked[each])) for each in linked]
    return tuple(photos)


def reachable(address: str) -> bool:
    """Whether an address is on the web and not at a host that is gone for good."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not _DEAD.search(host)


def whole_of(address: str) -> str:
    """Where WordPress keeps the whole picture of which this address may be a smaller
    copy; the address itself where it is none."""
    with suppress(ValueError):
        parts = urlsplit(address)
        if (parts.hostname or "").endswith(".files.wordpress.com"):
            return urlunsplit(parts._replace(query=""))
        if "/uploads/" in parts.path:
            return urlunsplit(parts._replace(path=_SMALLER.sub("", parts.path)))
    return address


def absolute(base: str, name: str) -> str:
    """The address that ``name`` means on the page at ``base``."""
    try:
        return urljoin(base, name.strip())
    except ValueError:
        return name.strip()


def _leads_to_picture(href: str) -> bool:
    return bool(_PICTURE.search(re.split(r"[?#]", href.strip(), maxsplit=1)[0]))


def _is_own(address: str, base: str) -> bool:
    """Whether a file lies where the blog keeps its own."""
    with suppress(ValueError):
        host, home = (
            (urlsplit(one).hostname or "").removeprefix("www.")
            for one in (address, base)
        )
        # WordPress.com keeps those of x.wordpress.com at x.files.wordpress.com.
        return host == home or host == home.replace(".", ".files.", 1)
    return False


def _names(image: HtmlElement, around: Offers) -> tuple[str, ...]:
    """The full-size file behind the picture, if it links to one or offers one to large
    screens, and the picture. ``around``: what the ``<picture>`` elements offer."""
    src = image.get("src") or ""
    if (
        not src.strip()
        or src.strip().lower().startswith("data:")
        or _FURNITURE.search(src)
    ):
        return ()
    if {image.get("width"), image.get("height")} <= {"0", "1"}:
        return ()
    link = next((up for up in image.iterancestors("a")), None)
    href = (link.get("href") or "") if link is not None else ""
    if _leads_to_picture(href):
        return (href, src) if href != src else (src,)
    return tuple(dict.fromkeys((largest(image, around) or src, src)))


def _both(photo: Photo, names: tuple[str, ...], address: str, alt: str) -> Photo:
    """One picture that stands there twice; the one that links to a larger file knows the
    better address."""
    larger = len(names) > 1 and len(photo.names) == 1
    kept = address if larger else photo.address
    together = tuple(dict.fromkeys((*photo.names, *names)))
    return Photo(kept, reachable(kept), together, alt=photo.alt or alt)
