"""Zips that swell beyond all measure when they are read."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.faults.hostile_archives.case import (
    ANY,
    ERROR,
    KEPT,
    NOTE,
    Case,
    as_file,
    blog,
    page,
)
from tests.faults.hostile_archives.zip_bytes import Item, items, zip_bytes
from tests.faults.hostile_archives.zips import with_method

_MB = 2**20


def bombs() -> Iterator[Case]:
    good = items(blog())
    big = page(9).encode() + b" " * (60 * _MB)
    note, error = frozenset({NOTE}), frozenset({ERROR})

    def beside(*extra: Item) -> Callable[[], bytes]:
        return lambda: zip_bytes([*good, *extra])

    yield Case(
        "a page that swells", as_file("a.zip", beside(Item(b"x.html", big))), note, 3, 3
    )
    swollen = {**blog(), "img/1.jpg": bytes(150 * _MB)}
    yield Case(
        "a picture that swells",
        as_file("a.zip", lambda: zip_bytes(items(swollen))),
        note,
        3,
        2,
    )
    many = [Item(b"%d.bin" % n, bytes(30 * _MB)) for n in range(2)]
    yield Case("pictures that swell", as_file("a.zip", beside(*many)), KEPT, 3, 3)
    yield Case(
        "a page of BZIP2 that swells",
        as_file("a.zip", lambda: with_method(12, big)),
        note,
        3,
        3,
    )
    yield Case(
        "a page of LZMA that swells",
        as_file("a.zip", lambda: with_method(14, big)),
        note,
        3,
        3,
    )
    shared = [Item(b"x0.html", big)] + [
        Item(b"x%d.html" % n, big, same_as=len(good)) for n in range(1, 40)
    ]
    yield Case(
        "forty pages that share their bytes",
        as_file("a.zip", lambda: zip_bytes([*good, *shared])),
        error,
    )
    nothing = bytes(99_999)
    small = [Item(b"x0.html", nothing)]
    small += [Item(b"x%d.html" % n, nothing, same_as=len(good)) for n in range(1, 9000)]
    yield Case(
        "nine thousand that share small bytes",
        as_file("a.zip", lambda: zip_bytes([*good, *small])),
        error,
    )
    yield Case(
        "a list whose files reach into each other",
        as_file("a.zip", _reaching),
        note,
        12,
        12,
    )
    yield Case(
        "three hundred files, each inside the one before",
        as_file("a.zip", _quoted),
        error,
    )
    total = [Item(b"%d.bin" % n, b"x", listed_size=0xF0000000) for n in range(20)]
    yield Case("sizes beyond all measure", as_file("a.zip", beside(*total)), error)
    yield Case("250,000 empty files", as_file("a.zip", lambda: _crowd(250_000)), error)
    yield Case(
        "20,000 empty pages", as_file("a.zip", lambda: _crowd(20_000)), KEPT, 3, 3
    )
    for depth in (1, 2, 30):
        yield Case(
            f"zips in zips, {depth} deep",
            as_file("a.zip", lambda d=depth: _nested(d)),
            error,
        )
        within = beside(Item(b"in.zip", _nested(depth), method=0))
        yield Case(
            f"a blog beside zips, {depth} deep", as_file("a.zip", within), KEPT, 3, 3
        )
    for size in (0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFF, 300 * _MB, 190 * _MB):
        lie = Item(b"x.html", page(9).encode(), listed_size=size)
        yield Case(
            f"a page that claims {size:,} bytes",
            as_file("a.zip", beside(lie)),
            ANY if size == 0xFFFFFFFF else note,
            0 if size == 0xFFFFFFFF else 3,
        )


def _reaching() -> bytes:
    """Each file's bytes hold the heads and bytes of all that follow."""
    good = items(blog(12))
    data = bytearray(zip_bytes([replace(each, method=0) for each in good]))
    at = data.index(b"PK\x01\x02")
    for _ in good:
        (place,) = struct.unpack_from("<L", data, at + 42)
        reach = max(10, data.index(b"PK\x01\x02") - place - 60)
        data[at + 20 : at + 28] = struct.pack("<LL", reach, reach)
        at += 46 + struct.unpack_from("<H", data, at + 28)[0]
    return bytes(data)


def _quoted() -> bytes:
    """Each file's bytes are, as they stand, the head of the next one and its bytes."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = bytes(_MB)
    packed = kernel.compress(data) + kernel.flush()
    body, listed = b"", []
    for number in range(300):
        name = b"%03d.html" % number
        facts = struct.pack("<3L", zlib.crc32(data), len(packed), len(data))
        head = struct.pack("<4s5H", b"PK\x03\x04", 20, 0, 8, 0, 0x3A21) + facts
        head += struct.pack("<2H", len(name), 0) + name
        body = head + packed
        listed.append((name, facts, len(body)))
        quote = struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF)
        data, packed = head + data, quote + body
    contents = b"".join(
        struct.pack("<4s6H", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x3A21)
        + facts
        + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, len(body) - length)
        + name
        for name, facts, length in listed
    )
    end = (0, 0, 300, 300, len(contents), len(body), 0)
    return body + contents + struct.pack("<4s4H2LH", b"PK\x05\x06", *end)


def _crowd(count: int) -> bytes:
    empty = [Item(b"e/%06d.html" % number, b"", method=0) for number in range(count)]
    data = zip_bytes([*items(blog()), *empty])
    if count <= 65_000:
        return data
    # So many need the longer end.
    listed = data.index(b"PK\x01\x02")
    size = len(data) - 22 - listed
    wide = struct.pack(
        "<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, listed
    )
    where = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(data) - 22, 1)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF, 0
    )
    return data[:-22] + wide + where + end


def _nested(depth: int) -> bytes:
    data = zip_bytes([Item(b"bomb.bin", bytes(3 * _MB))])
    for _ in range(depth):
        data = zip_bytes([Item(b"in%d.zip" % n, data) for n in range(3)])
    return data
