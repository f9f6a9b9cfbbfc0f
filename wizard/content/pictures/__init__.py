"""Pictures: checked by really decoding them, and made fit for a WordPress that shows them.

Nothing here decodes: whatever came from the old blog is opened in a process of its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

from wizard.content.pictures.strangers import damaged
from wizard.content.pictures.workshop import Workshop
from wizard.errors import PhotoMissing

MOST_BYTES = 64 * 2**20
# What is uploaded is one of these, whatever it was before.
_EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the bytes of a picture really are; ``width`` and ``height`` in pixels."""

    mime: str
    extension: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be uploaded. ``thumbnail``: a JPEG of at most 96 pixels and 4 kB.

    ``cut``: its end is missing, and what there is can be shown.
    """

    data: bytes
    picture: Picture
    thumbnail: bytes
    cut: bool


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as it is drawn: four bytes a pixel, red, green, blue, opacity."""

    width: int
    height: int
    rgba: bytes


def prepare(data: bytes, *, location: bool = False) -> Prepared:
    """What is to be uploaded: the very same bytes, unless WordPress could not show them
    (BMP, TIFF, HEIC, AVIF become JPEG or PNG) or they tell where the photo was taken,
    which is cut out of them without touching a pixel; ``location`` leaves it in.

    The same bytes give the same result on every computer. Raises PhotoMissing, in words.
    """
    about, (new, thumbnail) = _asked(data, job="prepare", location=location)
    mime = about["mime"]
    if mime not in _EXTENSIONS:
        raise damaged()
    picture = Picture(mime, _EXTENSIONS[mime], about["width"], about["height"])
    # What did not change does not travel back.
    new = data if about["same"] else new
    return Prepared(new, picture, thumbnail, about["cut"])


def scaled(data: bytes, width: int, height: int, *, cover: bool = False) -> Pixels:
    """The picture scaled to fit into this many pixels and never enlarged, or with
    ``cover`` cut to fill them; turned as its camera was held. Raises PhotoMissing."""
    about, (rgba,) = _asked(data, job="scale", width=width, height=height, cover=cover)
    if len(rgba) != 4 * about["width"] * about["height"]:
        raise damaged()
    return Pixels(about["width"], about["height"], rgba)


def file_name(wanted: str, picture: Picture, distinct: str) -> str:
    """An ASCII name for the upload, from its old address, with the extension its bytes
    deserve; ``distinct`` keeps two uploads from ever sharing a name."""
    last = re.split(r"[/\\]", unquote(wanted.split("?")[0].split("#")[0]))[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{2,4}$", "", last)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()
    # The old host's picture names are a hundred random letters: no name at all.
    short = words[:40].strip("-") if len(words) <= 80 else ""
    return f"{short or 'photo'}-{distinct}.{picture.extension}"


@cache
def shared_workshop() -> Workshop:
    """The one that the whole program shares; it starts when it is first asked."""
    return Workshop()


def _asked(data: bytes, **wish: Any) -> tuple[dict[str, Any], list[bytes]]:
    if not data:
        raise PhotoMissing("The photo's file is empty.", "It holds not a single byte.")
    if len(data) > MOST_BYTES:
        raise PhotoMissing(
            "The photo's file is too large to be a photo.",
            f"It has {len(data) / 2**20:.0f} MB. Save a smaller copy of it.",
        )
    return shared_workshop().ask(wish, data)
