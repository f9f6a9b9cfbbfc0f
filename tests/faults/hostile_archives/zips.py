"""Zips that swell, lie about themselves, or are broken in one place."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.faults.hostile_archives.case import (
    ANY,
    ERROR,
    FINE,
    KEPT,
    NOTE,
    Case,
    as_file,
    blog,
    page,
)
from tests.faults.hostile_archives.zip_bytes import Item, items, zip_bytes

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
        as_file("a.zip", lambda: _with_method(12, big)),
        note,
        3,
        3,
    )
    yield Case(
        "a page of LZMA that swells",
        as_file("a.zip", lambda: _with_method(14, big)),
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


def structures() -> Iterator[Case]:
    good, note = items(blog()), frozenset({NOTE})
    extra = Item(b"x.html", page(9, "img/1.jpg").encode())

    def case(
        name: str, entry: Item, ends: frozenset[str] = note, posts: int = 3
    ) -> Case:
        return Case(
            name, as_file("a.zip", lambda: zip_bytes([*good, entry])), ends, posts, 3
        )

    for size in (0, 1, 10, len(extra.data) - 1, len(extra.data) + 1, 100_000):
        yield case(f"a size of {size} that lies", replace(extra, listed_size=size))
    for crc in (0, 1, 0xFFFFFFFF):
        yield case(f"a sum of {crc:#x} that lies", replace(extra, crc=crc))
    for packed in (0, 1, 50):
        yield case(
            f"{packed} packed bytes that lie",
            replace(extra, listed_packed=packed),
            KEPT,
        )
    yield case(
        "a head that lies", replace(extra, local_packed=9_999), frozenset({FINE}), 4
    )
    yield case(
        "a head with another name",
        replace(extra, local_name=b"other.html"),
        frozenset({FINE}),
        4,
    )
    for method in (1, 6, 9, 10, 18, 19, 20, 93, 94, 95, 96, 97, 98, 99, 65535):
        yield case(f"method {method}", replace(extra, method=method))
    for method in (0, 8, 12, 14):
        yield Case(
            f"method {method}, which is read",
            as_file("a.zip", lambda m=method: _with_method(m, extra.data)),
            frozenset({FINE}),
            4,
            3,
        )
    for date in (0, 0xFFFF, 0x0021, 0x3A5F):
        yield case(
            f"the date {date:#x}", replace(extra, date=date), frozenset({FINE}), 4
        )
    for number, more in enumerate(
        (
            b"\x01",
            b"\xff" * 9,
            b"\x01\x00\xff\xff",
            b"\x01\x00\x08\x00" + b"\xff" * 8,
            b"\x75\x70\x05\x00\x01\x00\x00\x00\x00",
        )
    ):
        yield case(f"a strange extra field {number}", replace(extra, extra=more), KEPT)
    yield case(
        "a name that is no UTF-8",
        replace(extra, name=b"\xff\xfe\xc0.html", flags=0x800),
        KEPT,
        0,
    )
    yield case("a file without a name", replace(extra, name=b""), KEPT)
    yield case("a file called slash", replace(extra, name=b"./"), KEPT)
    yield case(
        "written as a stream", replace(extra, streamed=True), frozenset({FINE}), 4
    )
    yield from _ends(good)


def _ends(good: list[Item]) -> Iterator[Case]:
    def case(name: str, data: bytes, ends: frozenset[str], posts: int = 3) -> Case:
        return Case(name, as_file("a.zip", data), ends, posts, posts)

    fine, note, error = frozenset({FINE}), frozenset({NOTE}), frozenset({ERROR})
    whole = zip_bytes(good)
    for length in (1, 100, 70_000, 3 * _MB):
        yield case(
            f"{length} zeros behind it", zip_bytes(good, after=bytes(length)), KEPT
        )
        yield case(
            f"a program of {length} bytes before it",
            zip_bytes(good, before=(b"MZ\x00" * length)[: length + 2]),
            KEPT,
        )
    yield case("a remark of 65,535 bytes", zip_bytes(good, remark=b"r" * 65_535), fine)
    yield case(
        "a remark that looks like an end",
        zip_bytes(good, remark=b"PK\x05\x06" + bytes(18)),
        ANY,
        0,
    )
    yield case("no list", zip_bytes(good, with_list=False, with_end=False), note)
    yield case("no list but an end", zip_bytes(good, with_list=False), note)
    yield case("a list but no end", zip_bytes(good, with_end=False), note)
    yield case(
        "two zips in a row",
        whole + zip_bytes(items({"z.html": page(9, "img/1.jpg")})),
        KEPT,
    )
    yield replace(case("the same zip twice in a row", whole + whole, KEPT), most=3)
    for count in (0, 1, 99, 65_535):
        yield case(f"a count of {count} that lies", zip_bytes(good, count=count), KEPT)
    for size in (0, 10, 9_999, 0x7FFFFFFF, 0xFFFFFFFF):
        yield case(
            f"a list of {size} bytes that lies",
            zip_bytes(good, list_size=size),
            ANY if size > 10 * _MB else note,
            0 if size > 10 * _MB else 3,
        )
    for place in (0, 5, 9_999_999, 0xFFFFFFFF):
        yield case(f"a list at {place} that lies", zip_bytes(good, list_at=place), KEPT)
    yield case("the last of several parts", zip_bytes(good, disk=3), ANY, 0)
    yield case(
        "the first of several parts",
        b"PK\x07\x08" + zip_bytes(good, with_end=False)[: len(whole) // 2],
        KEPT,
        1,
    )
    yield case("its first 100 bytes are missing", b"PK\x03\x04" + whole[100:], note, 2)
    middle = len(whole) // 3
    yield case(
        "100 bytes in the middle are missing",
        whole[:middle] + whole[middle + 100 :],
        note,
        2,
    )
    yield case(
        "zeros in the middle",
        whole[:middle] + bytes(300) + whole[middle + 300 :],
        note,
        1,
    )
    yield case("only the end of a zip", whole[-22:], error, 0)
    yield case("only a head", whole[:30], error, 0)
    yield case("line ends changed", whole.replace(b"\n", b"\r\n"), ANY, 0)
    yield case(
        "a thousand heads and nothing behind them", b"PK\x03\x04" * 1000, error, 0
    )
    yield case(
        "a million heads",
        (b"PK\x03\x04" + bytes(22) + b"\x01\x00\x00\x00a") * 100_000,
        error,
        0,
    )
    yield case("marks without end", b"PK\x03\x04" + b"PK\x07\x08" * 2_000_000, error, 0)
    streamed = zip_bytes([replace(each, streamed=True) for each in good])
    for part in (0.3, 0.5, 0.8, 0.97):
        yield case(
            f"a stream cut at {part:.0%}",
            streamed[: int(len(streamed) * part)],
            note,
            int(part * 3.3),
        )


def _with_method(method: int, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, each in blog().items():
            file.writestr(name, each)
        file.writestr("x.html", data, method)
    return out.getvalue()


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
