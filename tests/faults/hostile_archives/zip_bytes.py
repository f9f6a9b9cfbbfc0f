"""A zip written byte by byte, so that every field of it can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from tests.faults.hostile_archives.case import Files


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. What is None is told truly; ``listed`` is for the list of contents,
    ``local`` for the head before the bytes. ``same_as``: it shares the bytes of that
    entry."""

    name: bytes
    data: bytes
    method: int = 8
    flags: int = 0
    crc: int | None = None
    listed_size: int | None = None
    listed_packed: int | None = None
    local_packed: int | None = None
    local_name: bytes | None = None
    extra: bytes = b""
    attributes: int = 0
    date: int = 0x3A21
    streamed: bool = False
    same_as: int | None = None


def items(files: Files) -> list[Item]:
    """True entries for these files."""
    return [
        Item(
            name.encode(), data.encode() if isinstance(data, str) else data, flags=0x800
        )
        for name, data in files.items()
    ]


def zip_bytes(
    entries: Sequence[Item],
    *,
    before: bytes = b"",
    after: bytes = b"",
    remark: bytes = b"",
    disk: int = 0,
    count: int | None = None,
    list_size: int | None = None,
    list_at: int | None = None,
    with_list: bool = True,
    with_end: bool = True,
) -> bytes:
    out, listed = bytearray(before), bytearray()
    places: list[int] = []
    made: list[bytes] = []
    for entry in entries:
        packed = _packed(entry) if entry.same_as is None else made[entry.same_as]
        made.append(packed)
        same = entry.same_as is not None and entry.data is entries[entry.same_as].data
        if entry.crc is not None or not same:
            crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        size = len(packed) if entry.local_packed is None else entry.local_packed
        flags = entry.flags | (8 if entry.streamed else 0)
        name = entry.name if entry.local_name is None else entry.local_name
        if entry.same_as is None:
            places.append(len(out) - len(before))
            facts = (0, 0, 0) if entry.streamed else (crc, size, len(entry.data))
            out += struct.pack(
                "<4s5H3L2H", b"PK\x03\x04", 20, flags, entry.method, 0x5000, entry.date,
                *facts, len(name), len(entry.extra),
            )  # fmt: skip
            out += name + entry.extra + packed
            if entry.streamed:
                out += struct.pack("<4sLLL", b"PK\x07\x08", crc, size, len(entry.data))
        else:
            places.append(places[entry.same_as])
        listed += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x0314, 20, flags, entry.method, 0x5000,
            entry.date, crc,
            len(packed) if entry.listed_packed is None else entry.listed_packed,
            len(entry.data) if entry.listed_size is None else entry.listed_size,
            len(entry.name), len(entry.extra), 0, 0, 0, entry.attributes << 16, places[-1],
        )  # fmt: skip
        listed += entry.name + entry.extra
    start = len(out) - len(before)
    if with_list:
        out += listed
    if with_end:
        number = min(len(entries) if count is None else count, 0xFFFF)
        out += struct.pack(
            "<4s4H2LH", b"PK\x05\x06", disk, disk, number, number,
            len(listed) if list_size is None else list_size,
            start if list_at is None else list_at, len(remark),
        )  # fmt: skip
        out += remark
    return bytes(out + after)


def _packed(entry: Item) -> bytes:
    if entry.method != 8:
        return entry.data
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(entry.data) + packer.flush()
