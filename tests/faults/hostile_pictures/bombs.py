"""Small files that want all the memory or all the time there is."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.faults.hostile_pictures import ERROR, FINE, NOTE, Case
from tests.faults.hostile_pictures.paint import (
    animated,
    chunk,
    flat_png,
    jpeg_with,
    photo,
    png_saying,
    png_with,
    saved,
    segment,
)

BIG = "too many pixels"
HUGE = bytes(200 * 2**20)


def cases() -> Iterator[Case]:
    for width, height in ((50_000, 50_000), (10_001, 10_001), (2**31 - 1, 2**31 - 1)):
        name = f"PNG that says {width} × {height}"
        yield Case(
            name, lambda w=width, h=height: png_saying(w, h), (ERROR,), words=BIG
        )
    for colours in (0, 1, 3, 4, 8):
        yield Case(
            f"PNG of 14,000 × 14,000, {colours} bytes a pixel, real",
            lambda c=colours: flat_png(14_000, 14_000, colours=c),
            (ERROR,),
            words=BIG,
        )
        # As large as is allowed: it is a picture, or does not fit; both are clear.
        yield Case(
            f"PNG of 9,990 × 9,990, {colours} bytes a pixel, real",
            lambda c=colours: flat_png(9990, 9990, colours=c),
            (FINE, ERROR),
        )
    yield Case("PNG a pixel high", lambda: flat_png(1_000_000, 1, colours=3))
    yield Case("PNG a pixel wide", lambda: flat_png(1, 1_000_000, colours=3))
    yield Case("JPEG that says 65,500 × 65,500", _jpeg_saying, (ERROR,), words=BIG)
    yield Case("GIF that says 65,535 × 65,535", _gif_saying, (ERROR,), words=BIG)
    yield Case(
        "GIF with a frame beyond its screen", _gif_frame, (FINE, NOTE, ERROR), words="."
    )
    yield Case("GIF whose second frame is beyond its screen", _gif_late_frame, (NOTE,))
    yield Case("GIF of two frames of 49 million", _two_large_frames, (FINE, ERROR))
    yield Case("WebP that says 16,383 × 16,383", _webp_saying, (ERROR,))
    for height in (30_000, -30_000):
        yield Case(
            f"BMP that says 30,000 × {height}",
            lambda h=height: _bmp(30_000, h),
            (ERROR,),
            words=BIG,
        )
    yield Case("BMP of run lengths, ten bytes", lambda: _bmp(9999, 9999, 1), (ERROR,))
    yield Case("TIFF that says 40,000 × 40,000", _tiff_saying, (ERROR,), words=BIG)
    yield Case("TIFF with a strip of 4 GB", _tiff_strip, (ERROR, NOTE))
    yield Case("TIFF whose list goes in a ring", _tiff_ring, (FINE, ERROR, NOTE))
    for form in ("AVIF", "HEIF"):
        yield Case(
            f"{form} that says 60,000 × 60,000",
            lambda f=form: _size_said(photo(f)),
            (ERROR,),
        )
    yield Case("PNG with a text of 200 MB", lambda: png_with(_text()))
    yield Case("PNG with a hundred texts of 10 MB", _many_texts)
    yield Case("PNG with a profile of 200 MB", lambda: png_with(_profile()))
    yield Case(
        "PNG with pixels for a thousand of it",
        lambda: _too_much_data(),
        (FINE, NOTE, ERROR),
    )
    yield Case("JPEG that is progressive, 81 million", _progressive, (FINE, ERROR))
    yield Case("JPEG of a thousand scans", _scans, (FINE, NOTE, ERROR))
    yield Case(
        "JPEG with 10 MB of segments",
        lambda: jpeg_with(*[segment(0xEA, bytes(60_000))] * 170),
        same_file=True,
    )
    yield Case(
        "JPEG with 300,000 tiny segments",
        lambda: jpeg_with(*[segment(0xFE, b"x")] * 300_000),
    )
    yield Case("GIF of 2,000 frames", lambda: animated("GIF", 2000), frames=2000)
    yield Case("PNG that says 2,147,483,647 frames", _frames_said, (FINE, NOTE, ERROR))
    yield Case("nothing but zeros, 60 MB", lambda: bytes(60 * 2**20), (ERROR,))
    yield Case(
        "larger than a photo can be", lambda: bytes(65 * 2**20), (ERROR,), "too large"
    )
    yield Case("JPEG with 30 MB behind it", lambda: photo("JPEG") + bytes(30 * 2**20))


def _jpeg_saying() -> bytes:
    plain = bytearray(photo("JPEG"))
    place = plain.index(b"\xff\xc0")
    plain[place + 5 : place + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(plain)


def _gif_saying() -> bytes:
    return b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0" + _gif_rest(9, 9)


def _gif_frame() -> bytes:
    return (
        b"GIF89a" + struct.pack("<HH", 10, 10) + b"\0\0\0" + _gif_rest(60_000, 60_000)
    )


def _gif_late_frame() -> bytes:
    """As large as the limit lets it be, and held several times in full colour."""
    screen = b"GIF89a" + struct.pack("<HH", 3, 2) + b"\x81\0\0" + bytes(range(12))
    pixels = b"\0\x08\x06\0\x01\x08\x1c\x98\x10\0"
    frames = (
        b"," + struct.pack("<HHHH", 0, 0, width, height) + pixels
        for width, height in ((3, 2), (10_000, 9_900))
    )
    return screen + b"".join(frames) + b";"


def _two_large_frames() -> bytes:
    frames = [Image.new("P", (7000, 7000), number) for number in range(2)]
    for number, frame in enumerate(frames, 5):
        frame.putpalette(bytes(range(256)) * 3)
        frame.putpixel((number, number), number)
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


def _gif_rest(width: int, height: int) -> bytes:
    colours = bytes(range(6))
    head = b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\x80"
    return head + colours + b"\x02\x02\x4c\x01\0;"


def _webp_saying() -> bytes:
    bits = (16_382) | (16_382 << 14)
    body = b"\x2f" + struct.pack("<I", bits) + bytes(20)
    parts = b"WEBPVP8L" + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(parts)) + parts


def _bmp(width: int, height: int, compression: int = 0) -> bytes:
    bits = 8 if compression else 24
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, 0, 0, 0, 256, 0)  # fmt: skip
    palette = bytes(1024)
    place = 14 + len(head) + len(palette)
    body = b"\xff\x00\xff\x00\0\1"
    size = place + len(body)
    return b"BM" + struct.pack("<IHHI", size, 0, 0, place) + head + palette + body


def _tiff_list(*entries: tuple[int, int, int, int], following: int = 0) -> bytes:
    rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<IH", 8, len(entries))
    return head + rows + struct.pack("<I", following) + bytes(400)


def _tiff_saying() -> bytes:
    return _tiff_list(
        (256, 4, 1, 40_000), (257, 4, 1, 40_000), (258, 3, 1, 8), (259, 3, 1, 1),
        (262, 3, 1, 1), (273, 4, 1, 200), (278, 4, 1, 40_000), (279, 4, 1, 400),
    )  # fmt: skip


def _tiff_strip() -> bytes:
    return _tiff_list(
        (256, 4, 1, 90), (257, 4, 1, 90), (258, 3, 1, 8), (259, 3, 1, 8),
        (262, 3, 1, 1), (273, 4, 1, 200), (278, 4, 1, 90), (279, 4, 1, 2**32 - 1),
    )  # fmt: skip


def _tiff_ring() -> bytes:
    return _tiff_list(
        (256, 4, 1, 10), (257, 4, 1, 10), (258, 3, 1, 8), (259, 3, 1, 1),
        (262, 3, 1, 1), (273, 4, 1, 200), (278, 4, 1, 10), (279, 4, 1, 100),
        following=8,
    )  # fmt: skip


def _size_said(data: bytes) -> bytes:
    """Its box of the picture's size (ispe) says something else."""
    place = data.index(b"ispe") + 8
    return data[:place] + struct.pack(">II", 60_000, 60_000) + data[place + 8 :]


def _text() -> bytes:
    return chunk(b"zTXt", b"Comment\0\0" + zlib.compress(HUGE))


def _many_texts() -> bytes:
    one = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(10 * 2**20)))
    return png_with(*[one] * 100)


def _profile() -> bytes:
    return chunk(b"iCCP", b"icc\0\0" + zlib.compress(HUGE))


def _too_much_data() -> bytes:
    header = struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(HUGE))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def _progressive() -> bytes:
    return saved(Image.new("RGB", (9000, 9000)), "JPEG", progressive=True, quality=50)


def _scans() -> bytes:
    plain = saved(Image.new("L", (3000, 3000)), "JPEG", progressive=True)
    place = plain.index(b"\xff\xda")
    scan = plain[place:-2]
    return plain[:place] + scan * 200 + plain[-2:]


def _frames_said() -> bytes:
    return png_with(chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)))
