"""Recordings, films and documents of a post: sent as they are, if they are what they say."""

from __future__ import annotations

import re

from wizard.blog import Photo
from wizard.content.pictures import Picture, Prepared
from wizard.errors import PhotoMissing

MOST_BYTES = 200 * 2**20
_PAGE = re.compile(
    rb"\s*(?:<!doctype\s+html|<html|<head|<script|<\?php)", re.IGNORECASE
)
# Where phones write down where they were, as in "+48.1374+011.5755+519.0/".
_PLACE = re.compile(
    rb"[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}(?:[+-]\d{1,5}(?:\.\d{1,8})?)?/"
)
_DIGIT = re.compile(rb"\d")


def prepare_file(photo: Photo, data: bytes, *, location: bool = False) -> Prepared:
    """What is to be uploaded: the very same bytes, but for the place where a film was
    taken, which reads as zeros unless ``location`` leaves it in. Raises PhotoMissing."""
    if not data:
        raise PhotoMissing("The file is empty.", "It holds not a single byte.")
    if len(data) > MOST_BYTES:
        raise PhotoMissing(
            "The file is too large to be sent.",
            f"It has {len(data) / 2**20:,.0f} MB. Bring it to the new blog by hand.",
        )
    if _PAGE.match(data[:512].removeprefix(b"\xef\xbb\xbf")):
        raise PhotoMissing(
            "A web page was saved in place of this file.",
            "The file itself was gone when it was saved.",
        )
    mime = photo.mime
    if not location and mime.startswith("video/"):
        data = _PLACE.sub(lambda place: _DIGIT.sub(b"0", place[0]), data)
    extension = photo.address.rpartition(".")[2].lower()
    return Prepared(data, Picture(mime, extension, 0, 0), b"", cut=False)
