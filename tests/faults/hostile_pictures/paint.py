"""What the hostile pictures are made of: a photo of noise, a sheet with four colours,
and the chunks that files consist of."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()
WIDE, HIGH = 120, 80
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "HEIF")
_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@cache
def noise(width: int = WIDE, height: int = HIGH) -> Image.Image:
    chance = random.Random(width * 7919 + height)
    return Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))


def sheet(orientation: int = 1) -> Image.Image:
    """120 × 80 to whoever heeds ``orientation``: red top left, blue bottom right."""
    upright = Image.new("RGB", (WIDE, HIGH), "white")
    upright.paste((220, 0, 0), (0, 0, WIDE // 2, HIGH // 2))
    upright.paste((0, 0, 220), (WIDE // 2, HIGH // 2, WIDE, HIGH))
    # Enough colours for a photo, where nobody looks for the two.
    upright.paste(noise(WIDE // 2, HIGH // 2).resize((60, 40)), (WIDE // 2, 0))
    upright.paste(noise(60, 39).resize((60, 40)), (0, HIGH // 2))
    turn = _BACK.get(orientation)
    return upright if turn is None else upright.transpose(turn)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def photo(form: str, mode: str = "RGB", **options: Any) -> bytes:
    return saved(noise().convert(mode), form, **options)


def turned(form: str, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0132] = "2007:04:20 01:29:58"
    return saved(sheet(orientation), form, exif=exif.tobytes(), quality=95)


def animated(form: str, frames: int = 3, size: tuple[int, int] = (20, 10), **more: Any):
    pictures = [
        Image.new("RGB", size, (n * 97 % 256, n * 57 % 256, n % 256))
        for n in range(frames)
    ]
    more = {"lossless": True, **more} if form == "WEBP" else more
    return saved(
        pictures[0],
        form,
        save_all=True,
        append_images=pictures[1:],
        duration=20,
        **more,
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(*segments: bytes, behind: bytes = b"", image: bytes = b"") -> bytes:
    plain = image or photo("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:] + behind


def chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def png_saying(width: int, height: int, bits: int = 1, colour: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def png_with(*chunks: bytes, image: bytes = b"", behind: bytes = b"") -> bytes:
    plain = image or photo("PNG")
    head = 8 + 25
    return plain[:head] + b"".join(chunks) + plain[head:] + behind


def flat_png(width: int, height: int, *, colours: int) -> bytes:
    """A real one, of zeros; ``colours``: bytes a pixel, 0 for a bit."""
    kind, bits = {0: (0, 1), 1: (0, 8), 3: (2, 8), 4: (6, 8), 8: (6, 16)}[colours]
    row = bytes(1 + (width * colours or (width + 7) // 8))
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(part)) + part + bytes(len(part) % 2)
        for name, part in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    place, found = 12, []
    while place + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, place + 4)
        found.append((data[place : place + 4], data[place + 8 : place + 8 + length]))
        place += 8 + length + length % 2
    return found
