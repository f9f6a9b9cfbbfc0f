"""The notes of a camera (EXIF, which is laid out like a TIFF), written anew without
where the photo was taken."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)  # of a value, by its type
_MORE, _GPS = 0x8769, 0x8825
# Where the place hides as well: XMP, IPTC, Photoshop's own, the maker's secret notes.
_TELLING = frozenset((_GPS, 0x02BC, 0x83BB, 0x8649, 0x927C, 0xA005, 0xEA1C, 0x014A))
# They point at a second, small picture, which has such notes itself.
_SMALL_PICTURE = frozenset((0x0111, 0x0117, 0x0201, 0x0202))
# What a camera notes is short; a list that says otherwise is none of a camera's.
_LONGEST, _MOST = 4000, 30_000


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    type: int
    count: int
    value: bytes


class Garbled(ValueError):
    """No EXIF, or not as anybody writes it."""


def without_place(block: bytes) -> bytes | None:
    """None if nothing in it says where; then it needs no change. Raises Garbled.

    Everything else is copied value by value but for the maker's notes and the small
    picture, so nothing can be left behind in between.
    """
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        raise Garbled
    version, first = struct.unpack_from(f"{order}HI", block, 2)
    if version != 42:
        raise Garbled
    main = {entry.tag: entry for entry in _entries(block, order, first)}
    more: dict[int, _Entry] = {}
    pointer = main.pop(_MORE, None)
    if pointer and len(pointer.value) >= 4:
        (offset,) = struct.unpack_from(f"{order}I", pointer.value)
        more = {entry.tag: entry for entry in _entries(block, order, offset)}
    if _GPS not in main and _GPS not in more and not _place_elsewhere(block, order):
        return None
    dropped = _TELLING | _SMALL_PICTURE
    return _written(
        order,
        [entry for tag, entry in sorted(main.items()) if tag not in dropped],
        [entry for tag, entry in sorted(more.items()) if tag not in dropped],
    )


def _place_elsewhere(block: bytes, order: str) -> bool:
    """In a second list, or in XMP that is wrapped in it: seen by its bytes, since hardly
    two programs agree where to look."""
    tag = struct.pack(f"{order}HHI", _GPS, 4, 1)
    return tag in block or b"GPSL" in block


def _entries(block: bytes, order: str, offset: int) -> Iterator[_Entry]:
    if not 8 <= offset <= len(block) - 2:
        return
    (count,) = struct.unpack_from(f"{order}H", block, offset)
    room = _MOST
    for number in range(count):
        start = offset + 2 + 12 * number
        if start + 12 > len(block):
            return
        tag, kind, amount = struct.unpack_from(f"{order}HHI", block, start)
        if not 0 < kind < len(_SIZES):
            continue
        size = _SIZES[kind] * amount
        place = start + 8
        if size > 4:
            (place,) = struct.unpack_from(f"{order}I", block, place)
        if size <= min(_LONGEST, room) and place + size <= len(block):
            room -= 12 + size
            yield _Entry(tag, kind, amount, block[place : place + max(size, 4)])


def _written(order: str, main: list[_Entry], more: list[_Entry]) -> bytes:
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    if not more:
        return head + _list(order, main, 8)
    place = 8 + len(_list(order, [*main, _Entry(_MORE, 4, 1, bytes(4))], 8))
    pointer = _Entry(_MORE, 4, 1, struct.pack(f"{order}I", place))
    whole = sorted([*main, pointer], key=lambda entry: entry.tag)
    return head + _list(order, whole, 8) + _list(order, more, place)


def _list(order: str, entries: list[_Entry], place: int) -> bytes:
    """The entries, and behind them the values that do not fit into four bytes."""
    rows = [struct.pack(f"{order}H", len(entries))]
    values = b""
    behind = place + 2 + 12 * len(entries) + 4
    for entry in entries:
        value = entry.value
        size = _SIZES[entry.type] * entry.count
        if size > 4:
            value = struct.pack(f"{order}I", behind + len(values))
            values += entry.value[:size] + bytes(size % 2)
        rows.append(struct.pack(f"{order}HHI", entry.tag, entry.type, entry.count))
        rows.append(value[:4].ljust(4, b"\0"))
    return b"".join((*rows, bytes(4), values))
