"""What is not a photo, said in words."""

from __future__ import annotations

import re

from wizard.errors import PhotoMissing

_OTHER_THINGS = (
    (rb"%PDF", "a PDF document"),
    (rb"....(?:ftyp|moov)|RIFF....AVI |\x1aE\xdf\xa3|FLV|\x30\x26\xb2\x75", "a film"),
    (rb"ID3|RIFF....WAVE|OggS|fLaC", "a piece of music"),
)
_PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|II\*\0|MM\0\*", re.DOTALL
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[!a-z]|\?xml)", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_DRAWING = re.compile(rb"<svg\b", re.IGNORECASE)


def what_it_is(data: bytes) -> PhotoMissing:
    """Why it is none; ``data`` is not empty."""
    head = data[:5000]
    if _MARKUP.match(head):
        if _DRAWING.search(head) and not _PAGE.search(head):
            return _other("an SVG drawing")
        return PhotoMissing(
            "Instead of the photo there is only a web page.",
            "The old host had taken the photo down before it was saved.",
        )
    for pattern, name in _OTHER_THINGS:
        if re.match(pattern, head, re.DOTALL):
            return _other(name)
    if _PICTURE.match(head):
        return damaged()
    return PhotoMissing(
        "This is no picture that we know.",
        "Open it in a picture program and save it as JPEG.",
    )


def damaged(cut: bool = False) -> PhotoMissing:
    """For what a decoder gives up, and what gives up its decoder. ``cut``: too short."""
    return PhotoMissing(
        "The photo is cut off." if cut else "The photo is damaged.",
        "Its file cannot be read. Is there another copy?",
    )


def _other(name: str) -> PhotoMissing:
    return PhotoMissing(
        f"This is no photo but {name}.",
        "It stays where it is; upload it yourself if the new blog is to have it.",
    )
