"""Zips that lie about themselves, or are broken in one place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
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
            as_file("a.zip", lambda m=method: with_method(m, extra.data)),
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


def with_method(method: int, data: bytes) -> bytes:
    """A small backup, and one page more that is packed in this way."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, each in blog().items():
            file.writestr(name, each)
        file.writestr("x.html", data, method)
    return out.getvalue()
