"""The files behind pictures and links: what lies at an address, and when two are one picture."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests
from PIL import Image, UnidentifiedImageError

_PLACE = 0x8825
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|tiff?)$", re.IGNORECASE)
_PAGE = re.compile(r"\.html?$", re.IGNORECASE)


def picture_at(address: str) -> bytes | None:
    """The picture at this address on this computer; None if there is none."""
    data = file_at(address)
    return data if data is not None and _opened(data) else None


@lru_cache(maxsize=8)
def file_at(address: str) -> bytes | None:
    """The file at this address on this computer that is no page; None if there is none.
    Of a blog that still answers only pictures are asked for: nothing else comes along."""
    parts = urlsplit(address)
    if parts.scheme == "file" and not _PAGE.search(parts.path):
        path = _on_windows(Path(unquote(parts.path)))
        data = path.read_bytes() if path.is_file() else b""
    elif parts.hostname == "127.0.0.1" and _PICTURE.search(parts.path):
        answer = requests.get(address, timeout=60)
        data = answer.content if answer.ok else b""
    else:
        return None
    return data or None


def _on_windows(path: Path) -> Path:
    """Where old blogs were written, capitals made no difference."""
    if path.is_file() or not path.parent.is_dir():
        return path
    name = path.name.lower()
    return next(
        (each for each in path.parent.iterdir() if each.name.lower() == name), path
    )


def same_picture(one: bytes, other: bytes) -> bool:
    """Byte for byte; where one told where it was taken, all but that."""
    if one == other:
        return True
    before, after = _opened(one), _opened(other)
    if not before or not after or not before.getexif().get_ifd(_PLACE):
        return False
    turned = [picture.getexif().get(0x0112, 1) for picture in (before, after)]
    return (
        not after.getexif().get_ifd(_PLACE)
        and turned[0] == turned[1]
        and before.tobytes() == after.tobytes()
    )


def _opened(data: bytes) -> Image.Image | None:
    try:
        return Image.open(io.BytesIO(data))
    except UnidentifiedImageError:
        return None
