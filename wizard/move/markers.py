"""Markers: names that the move gives to what it makes, so that it can find it again.

They follow from the source alone, never from a run, a computer or a file's path; a lost
move file therefore never leads to a second copy. 80 bits of SHA-256.
"""

from __future__ import annotations

import hashlib

from wizard.destinations import Kind

_BEGINNING = "md-"


def marker(blog: str, kind: Kind, *names: str) -> str:
    """The marker of the thing with these keys in the blog with key ``blog``."""
    return _short("\0".join((blog, kind, *names)).encode("utf-8", "surrogatepass"))


def photo_marker(data: bytes) -> str:
    """The marker of a picture: equal bytes are one picture, whatever they are called."""
    return _short(data)


def is_marker(name: str) -> bool:
    """Whether a name begins as those of all our things do."""
    return name.startswith(_BEGINNING)


def _short(data: bytes) -> str:
    return _BEGINNING + hashlib.sha256(data).hexdigest()[:20]
