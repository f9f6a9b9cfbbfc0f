"""The copies of one picture that a page offers to screens of other sizes: the largest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from lxml.html import HtmlElement

# How many pixels wide one of several copies is, or for how fine a screen.
_AS_LARGE = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)([wx])", re.ASCII)
_FORMATS = ("", "image/jpeg", "image/png", "image/gif", "image/webp")

# How large a copy is called, and where it is.
_Copy = tuple[tuple[bool, float], str]
_NO_LARGER: _Copy = (False, 1.0), ""
Offers = Mapping[HtmlElement, _Copy]


def largest(image: HtmlElement, around: Offers) -> str:
    """The address of the largest copy that a browser may choose, "" if none is called
    larger than the picture itself. ``around``: what `offered_around` gave."""
    copies = [_fullest([image.get("srcset") or ""])]
    copies += (around[up] for up in image.iterancestors("picture") if up in around)
    return max(copies, key=itemgetter(0))[1]


def offered_around(root: HtmlElement) -> Offers:
    """The largest copy that each ``<picture>`` offers for any picture in it."""
    return {
        around: _fullest(
            source.get("srcset") or ""
            for source in around.iter("source")
            # For a screen of another shape there may be another part of the picture.
            if not source.get("media") and source.get("type", "") in _FORMATS
        )
        for around in root.iter("picture")
    }


def _fullest(offers: Iterable[str]) -> _Copy:
    """The largest copy that a browser may choose from; "" if none is called larger."""
    best = _NO_LARGER
    for copy in (one for offer in offers for one in _offered(offer)):
        if copy[0] > best[0] and not copy[1].lower().startswith("data:"):
            best = copy
    return best


def _offered(srcset: str) -> Iterator[_Copy]:
    """Each copy and how large it is called; without a number it is as large as the
    picture itself, and so is that of 1x."""
    address = ""
    for word in srcset.split():
        if not address:
            address = word.lstrip(",")
        else:
            size, _, rest = word.partition(",")
            if said := _AS_LARGE.fullmatch(size):
                yield (said[2] == "w", float(said[1])), address
            address = rest
        if address.endswith(","):
            address = ""
