"""What can be saved of a zip whose list of contents is lost: each file has a head too.

A head stands before every file's bytes. Where it does not say how long they are (the zip
was written as a stream), a foot after them does.
"""

from __future__ import annotations

import struct
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

_HEAD, _FOOT, _LISTED = b"PK\x03\x04", b"PK\x07\x08", b"PK\x01\x02"
_HEAD_SIZE = 30
_FIELDS = struct.Struct("<4s5H3L2H")
_CHUNK = 2**20
_STREAMED = 0x8
_UTF8 = 0x800
_FULL = 0xFFFFFFFF
# More marks than a zip has that can be read at all.
_MOST = 1_000_000


@dataclass(slots=True)
class Rescued:
    """``infos``: the files that are there from head to end. ``lost``: names of those of
    which only a part is. ``end``: where the zip ends."""

    infos: list[zipfile.ZipInfo] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    end: int = 0


def rescued(file: IO[bytes]) -> Rescued:
    """All files whose heads are found, none inside another; raises OSError."""
    heads, feet, marks = _marks(file)
    found = Rescued(end=file.seek(0, 2))
    places = [info.header_offset for info, _ in heads]
    past = 0
    for number, (info, start) in enumerate(heads):
        if info.header_offset < past:
            continue
        if _is_open(info) and start in feet:
            info.CRC, info.compress_size, info.file_size = feet[start]
        stop = start + info.compress_size
        whole = stop <= found.end and (not _is_open(info) or start in feet)
        # If bytes are missing in a file, what follows it seems to lie in it.
        if whole and stop not in marks:
            whole = bisect_left(places, stop, number + 1) == number + 1
        if not whole:
            found.lost.append(info.orig_filename)
            continue
        past = stop
        found.infos.append(info)
    return found


def _marks(
    file: IO[bytes],
) -> tuple[
    list[tuple[zipfile.ZipInfo, int]], dict[int, tuple[int, int, int]], set[int]
]:
    """The heads, each with where its file's bytes begin; by that place what the foot
    says: sum, length as packed, length; and where anything begins."""
    heads: list[tuple[zipfile.ZipInfo, int]] = []
    waiting: set[int] = set()
    feet: dict[int, tuple[int, int, int]] = {}
    marks: set[int] = set()
    for at, mark in islice(_signatures(file), _MOST):
        marks.add(at)
        # The mark before a foot is optional, so one may end where anything begins.
        ends = [at] if mark == _FOOT else [at - 12, at - 20]
        for end in ends if waiting else ():
            file.seek(max(end, 0))
            body = file.read(24).removeprefix(_FOOT)
            for form in ("<LLL", "<LQQ"):
                if len(body) >= struct.calcsize(form):
                    crc, packed, size = struct.unpack_from(form, body)
                    if end - packed in waiting:
                        feet.setdefault(end - packed, (crc, packed, size))
                        marks.add(end)
        if mark == _HEAD and (head := _head(file, at)):
            heads.append(head)
            if _is_open(head[0]):
                waiting.add(head[1])
    return heads, feet, marks


def _is_open(info: zipfile.ZipInfo) -> bool:
    return bool(info.flag_bits & _STREAMED) and not info.compress_size


def _signatures(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    base, kept = 0, b""
    while True:
        file.seek(base + len(kept))
        data = kept + file.read(_CHUNK)
        if len(data) == len(kept):
            return
        at = data.find(b"PK")
        while at >= 0:
            if (mark := data[at : at + 4]) in (_HEAD, _FOOT, _LISTED):
                yield base + at, mark
            at = data.find(b"PK", at + 1)
        # A mark may lie across two chunks.
        kept = data[-3:]
        base += len(data) - len(kept)


def _head(file: IO[bytes], at: int) -> tuple[zipfile.ZipInfo, int] | None:
    """What a head says, and where its file's bytes begin; None if it is cut off."""
    file.seek(at)
    data = file.read(_HEAD_SIZE)
    if len(data) < _HEAD_SIZE:
        return None
    _, version, flags, method, time, date, crc, packed, size, name_length, more = (
        _FIELDS.unpack(data)
    )
    name, extra = file.read(name_length), file.read(more)
    if len(extra) < more or not name:
        return None
    text = name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    info = zipfile.ZipInfo(text)
    # A NUL in it would be cut off, and what comes after it says what the name is up to.
    info.orig_filename = text
    info.date_time = (
        (date >> 9) + 1980, date >> 5 & 15, date & 31,
        time >> 11, time >> 5 & 63, (time & 31) * 2,
    )  # fmt: skip
    info._raw_time = time  # type: ignore[attr-defined]
    info.flag_bits, info.compress_type, info.CRC = flags, method, crc
    info.create_version, info.header_offset, info.volume = version, at, 0
    info.extra = extra
    info.compress_size, info.file_size = packed, size
    if _FULL in (packed, size) and (wide := _wide(extra)):
        info.file_size, info.compress_size = wide
    return info, at + _HEAD_SIZE + name_length + more


def _wide(extra: bytes) -> tuple[int, int] | None:
    """Both sizes as zips beyond 4 GB write them, or None."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1 and length >= 16 and at + 20 <= len(extra):
            size, packed = struct.unpack_from("<QQ", extra, at + 4)
            return size, packed
        at += 4 + length
    return None
