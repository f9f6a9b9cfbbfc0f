"""Cutting out of a picture file where the photo was taken, without touching a pixel.

Only a file that tells it is changed, by the same rules everywhere: what a photo is at the
new blog is known by its bytes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from wizard.content.pictures.exif import Garbled, without_place

# exiftool allows for some garbage before the word.
_EXIF = re.compile(rb".{0,4}?Exif\0.", re.DOTALL | re.IGNORECASE)
_XMP = b"http://ns.adobe.com/x"
_PLACE = re.compile(
    rb"gps|geo|l(?:at|ong)itude|location|\bcity|country|\bstate\b|province",
    re.IGNORECASE,
)
# Of Photoshop: its copies of EXIF and XMP, and the names of places in IPTC.
_PHOTOSHOP = re.compile(rb"8BIM\x04[\x22\x23\x24]|\x1c\x02[\x1a\x1b\x5a-\x5f\x64\x65]")
# What phones put behind a photo: more photos, or the film of the moment.
_BEHIND = re.compile(rb"Exif\0|GPS|ftyp|http://ns\.adobe\.com/x", re.IGNORECASE)
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7\x01]", re.DOTALL)
_MOST_TEXT = 2**20


def without_location(data: bytes, mime: str) -> bytes | None:
    """None if the file does not tell where it was taken. ``data`` decodes."""
    cut: Callable[[bytes], bytes | None] = {
        "image/jpeg": _jpeg,
        "image/png": _png,
        "image/webp": _webp,
        "image/gif": _gif,
    }[mime]
    return cut(data)


def _jpeg(data: bytes) -> bytes | None:
    kept: list[bytes] = []
    tells = False
    for marker, part in _jpeg_parts(data):
        new: bytes | None = part
        if marker == 0xE1:
            new = _application(part)
        elif (marker == 0xED and _PHOTOSHOP.search(part)) or (
            marker is None and _BEHIND.search(part)
        ):
            new = None
        tells = tells or new != part
        if new:
            kept.append(new)
    if not tells:
        return None
    # With the other pictures gone, so is the list of them.
    return b"".join(part for part in kept if part[4:8] != b"MPF\0" or part[1] != 0xE2)


def _jpeg_parts(data: bytes) -> Iterator[tuple[int | None, bytes]]:
    """Marker and bytes of every segment, each with the pixels behind it; None for what
    is behind the picture."""
    start, place = 0, 2
    while found := _MARKER.search(data, place):
        # A marker may have fill before it, which must not stay when its marker goes.
        if data[start : found.start()].strip(b"\xff"):
            yield -1, data[start : found.start()]
        start, marker = found.start(), data[found.start() + 1]
        place = found.end()
        if marker == 0xD9:
            yield marker, data[start:place]
            if place < len(data):
                yield None, data[place:]
            return
        if marker == 0xD8 or place + 2 > len(data):
            continue
        (length,) = struct.unpack_from(">H", data, place)
        place += max(2, length)
        yield marker, data[start:place]
        start = place
    yield -1, data[start:]


def _application(part: bytes) -> bytes | None:
    """A segment of EXIF or XMP as it may stay; None: not at all."""
    body = part[4:]
    if found := _EXIF.match(body):
        try:
            new = without_place(body[found.end() :])
        except Garbled:
            return None
        if new is None:
            return part
        body = b"Exif\0\0" + new
        return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    if body.startswith(_XMP) and (_tells(body) or b"/xmp/extension" in body[:40]):
        return None
    return part


def _png(data: bytes) -> bytes | None:
    kept = [data[:8]]
    place, tells, ended = 8, False, False
    while not ended and place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        name = data[place + 4 : place + 8]
        chunk = data[place : place + 12 + length]
        body, new = chunk[8 : 8 + length], chunk
        if name == b"eXIf":
            new = _exif_chunk(body, chunk)
        elif name in (b"tEXt", b"zTXt", b"iTXt"):
            new = _text_chunk(name, body, chunk)
        tells = tells or new != chunk
        kept.append(new)
        place += len(chunk)
        ended = name == b"IEND"
    behind = data[place:]
    if _BEHIND.search(behind):
        tells, behind = True, b""
    return b"".join((*kept, behind)) if tells else None


def _exif_chunk(body: bytes, chunk: bytes) -> bytes:
    try:
        new = without_place(_bare(body))
    except Garbled:
        return b""
    return chunk if new is None else _png_chunk(b"eXIf", new)


def _text_chunk(name: bytes, body: bytes, chunk: bytes) -> bytes:
    key, _, rest = body.partition(b"\0")
    text = rest
    with suppress(zlib.error):
        if name == b"zTXt":
            text = zlib.decompressobj().decompress(rest[1:], _MOST_TEXT)
        elif name == b"iTXt" and rest[:1] == b"\1":
            packed = rest[2:].split(b"\0", 2)[-1]
            text = zlib.decompressobj().decompress(packed, _MOST_TEXT)
    if key.lower().startswith(b"raw profile type"):
        # ImageMagick's way: a name, a length, and the bytes in hexadecimal.
        with suppress(ValueError):
            block = bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))
            with suppress(Garbled):
                new = without_place(_bare(block))
                return chunk if new is None else _png_chunk(b"eXIf", new)
            text = block
        return b"" if _tells(text) or _PHOTOSHOP.search(text) else chunk
    structured = key.startswith((b"XML:", b"exif:", b"xmp"))
    return b"" if _tells(key) or (structured and _tells(text)) else chunk


def _png_chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def _webp(data: bytes) -> bytes | None:
    (size,) = struct.unpack_from("<I", data, 4)
    place, end = 12, min(len(data), 8 + size)
    kept: list[bytes] = []
    tells, gone = False, 0
    while place + 8 <= end:
        name = data[place : place + 4]
        (length,) = struct.unpack_from("<I", data, place + 4)
        chunk = data[place : place + 8 + length + length % 2]
        body, new = chunk[8 : 8 + length], chunk
        if name == b"EXIF":
            new = _webp_exif(body, chunk)
            gone |= 0 if new else 0x08
        elif name == b"XMP " and _tells(body):
            new, gone = b"", gone | 0x04
        tells = tells or new != chunk
        kept.append(new)
        place += len(chunk)
    behind = data[place:]
    if _BEHIND.search(behind):
        tells, behind = True, b""
    if not tells:
        return None
    if kept and kept[0].startswith(b"VP8X") and len(kept[0]) > 8:
        head = bytearray(kept[0])
        head[8] &= ~gone
        kept[0] = bytes(head)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body + behind


def _webp_exif(body: bytes, chunk: bytes) -> bytes:
    try:
        new = without_place(_bare(body))
    except Garbled:
        return b""
    if new is None:
        return chunk
    return b"EXIF" + struct.pack("<I", len(new)) + new + bytes(len(new) % 2)


def _gif(data: bytes) -> bytes | None:
    """Its only place for such things is an extension of Adobe's."""
    kept: list[bytes] = []
    start = place = 13 + _colours(data[10])
    kept.append(data[:start])
    tells = False
    while place < len(data):
        kind = data[place]
        if kind == 0x2C and place + 10 < len(data):
            place = _behind_blocks(data, place + 11 + _colours(data[place + 9]))
        elif kind == 0x21:
            place = _behind_blocks(data, place + 2)
        else:
            place = len(data)
        part = data[start:place]
        if part[:14] == b"\x21\xff\x0bXMP DataXMP" and _tells(part):
            tells = True
        else:
            kept.append(part)
        start = place
    return b"".join(kept) if tells else None


def _colours(flags: int) -> int:
    return 3 * 2 ** (flags % 8 + 1) if flags & 0x80 else 0


def _behind_blocks(data: bytes, place: int) -> int:
    while place < len(data) and data[place]:
        place += data[place] + 1
    return place + 1


def _bare(body: bytes) -> bytes:
    found = _EXIF.match(body)
    return body[found.end() :] if found else body


def _tells(text: bytes) -> bool:
    return bool(_PLACE.search(text.replace(b"\0", b"")))
