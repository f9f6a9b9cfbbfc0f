"""Pictures that were written into a post's text (``data:image/png;base64,…``), as photos.

The text keeps a short address in their place; their bytes wait in a temporary file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import html as references
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from wizard.blog import Blog, Photo, Post
from wizard.credentials import Field
from wizard.errors import PhotoMissing
from wizard.sources import Source
from wizard.sources.spool import Spool

LONGEST = 90 * 2**20
# Shorter ones are a dot that keeps a place free until a script fills it.
_SHORTEST_SIDE = 3
_ADDRESS = re.compile(r"data:sha256-([0-9a-f]{32})/picture", re.ASCII)
_WRITTEN = re.compile(
    r"""((?<![\w-])(src|href)\s*=\s*)(?:"\s*(data:[^"]*)"|'\s*(data:[^']*)'|(data:[^\s>]+))""",
    re.IGNORECASE,
)
_DATA = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!--|!doctype|html|svg)", re.IGNORECASE)
_HINT = "It was written into the text of the post, and cannot be shown as it is there."


class InlinePictures:
    """A source whose posts' pictures are all photos; `read` gives theirs from any
    thread, whether or not the posts have been read before."""

    def __init__(self, source: Source) -> None:
        self.name, self.title = source.name, source.title
        self.fields: tuple[Field, ...] = source.fields
        self._source = source
        self._spool: Spool | None = None
        # Where each picture lies in the spool, or why it is none.
        self._known: dict[str, int | str] = {}
        self._adding = threading.Lock()
        self._searching = threading.Lock()
        self._all_known = False

    def blog(self) -> Blog:
        return self._source.blog()

    def posts(self) -> Iterator[Post]:
        for post in self._source.posts():
            yield self._lifted(post)
        self._all_known = True

    def read(self, photo: Photo) -> bytes:
        ours = _ADDRESS.fullmatch(photo.address)
        if not ours:
            return self._source.read(photo)
        if ours[1] not in self._known:
            self._search(ours[1])
        place = self._known.get(ours[1], "It is not in the post's text any more.")
        if isinstance(place, str):
            raise PhotoMissing(place, _HINT)
        assert self._spool
        return base64.b64decode(self._spool.get(place))

    def _search(self, name: str) -> None:
        """Read the posts for their pictures' sake: a move goes on without reading them."""
        with self._searching:
            if self._all_known or name in self._known:
                return
            for _ in self.posts():
                if name in self._known:
                    return

    def _lifted(self, post: Post) -> Post:
        if not re.search("data:", post.html, re.IGNORECASE):
            return post
        found: dict[str, Photo] = {}

        def short(written: re.Match[str]) -> str:
            text = references.unescape(written[3] or written[4] or written[5])
            is_link = written[2].lower() == "href"
            if is_link and not text.lower().startswith("data:image/"):
                return written[0]
            kept = self._keep(text)
            if not kept:
                return f'{written[1]}""'
            address, is_picture = kept
            found[address] = Photo(address, is_picture, (address,))
            return f'{written[1]}"{address}"'

        html = _WRITTEN.sub(short, post.html)
        photos = [photo for photo in post.photos if not _is_data(photo)]
        known = {photo.address for photo in photos}
        new = [photo for photo in found.values() if photo.address not in known]
        return replace(post, html=html, photos=(*photos, *new))

    def _keep(self, text: str) -> tuple[str, bool] | None:
        """The short address of what a ``data:`` address holds, and whether that is a
        picture; None for what holds nothing to see."""
        data, trouble = _decoded(text)
        if not trouble and _is_dot(data):
            return None
        name = hashlib.sha256(data or text.encode("utf-8", "replace")).hexdigest()[:32]
        with self._adding:
            if trouble:
                self._known.setdefault(name, trouble)
            elif name not in self._known:
                self._spool = self._spool or Spool()
                self._known[name] = self._spool.add(base64.b64encode(data))
        return f"data:sha256-{name}/picture", not trouble


def _decoded(text: str) -> tuple[bytes, str]:
    """The bytes of a ``data:`` address, and why they are no picture or ""."""
    if len(text) > LONGEST:
        return b"", "The picture is too large to be one."
    parts = _DATA.fullmatch(text)
    if not parts:
        return b"", "The picture was never written to its end."
    kind, words, body = parts[1].strip().lower(), parts[2].lower(), parts[3]
    try:
        data = unquote_to_bytes(body)
        if "base64" in words:
            packed = data.translate(None, b" \t\r\n\f\0")
            packed = packed.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
            data = base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b"", "The picture is damaged: it is not written as pictures are."
    if not data:
        return b"", "The picture is empty."
    if kind == "image/svg+xml" or b"<svg" in data[:1000].lower():
        return data, "The picture is a drawing (SVG) that may hold a program."
    if not kind.startswith("image/") or _PAGE.match(data):
        return data, "Instead of the picture there is something else."
    return data, ""


def _is_dot(data: bytes) -> bool:
    """A GIF or PNG of so few pixels that there is nothing to see."""
    if data[:4] == b"GIF8":
        sides = (data[6:8], data[8:10])
        return all(int.from_bytes(side, "little") < _SHORTEST_SIDE for side in sides)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        sides = (data[16:20], data[20:24])
        return all(int.from_bytes(side, "big") < _SHORTEST_SIDE for side in sides)
    return False


def _is_data(photo: Photo) -> bool:
    """One that a source has listed as missing, because it has no file."""
    return photo.address.lower().startswith("data:") and not photo.found
