"""What a zip says that it holds, and whether that can be true."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from wizard.errors import Unreadable
from wizard.sources.archive.locks import AES_METHOD, AesLock, aes_lock
from wizard.sources.archive.rescue import rescued
from wizard.sources.archive.unpacking import METHODS, unsupported
from wizard.sources.archive.zip_names import (
    code_page,
    is_junk,
    safe_name,
    tamed,
    unique,
)

MAX_TOTAL = 20 * 2**30
MAX_ENTRIES = 200_000
# So long a list of contents takes seconds to read, whatever is in it.
_MAX_LIST = 32 * 2**20
LOCAL_HEADER = 30
AGAIN = "Download or copy it again, or choose another copy."

# The end of a zip with the longest remark, and what stands before it beyond 4 GB.
_TAIL = 22 + 65535 + 76
_WIDE_END = 76
_ENCRYPTED = 0x1
_STREAMED = 0x8
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in a zip. ``crc``: None where AES vouches for the bytes instead.
    ``check``: what the password's test byte has to be, None without a password."""

    offset: int
    packed: int
    size: int
    method: int
    crc: int | None
    date: tuple[int, int, int, int, int, int]
    check: int | None = None
    aes: AesLock | None = None


def contents(file: IO[bytes], zip_name: str) -> tuple[dict[str, Entry], list[str]]:
    """Every file of the zip by a harmless name, and notes on what was left out or lost.
    Raises Unreadable."""
    infos, end, notes = _directory(file, zip_name)
    if len(infos) > MAX_ENTRIES:
        raise _too_many(zip_name)
    files = [info for info in infos if not info.orig_filename.endswith(("/", "\\"))]
    if not files:
        raise Unreadable(f"The zip file {zip_name} is empty.", AGAIN, code="empty")
    if sum(info.file_size for info in files) > MAX_TOTAL or overlap(files, end):
        raise Unreadable(
            f"{zip_name} would swell beyond all measure when it is read.",
            "That is how harmful files are built, so it was left alone.",
            code="bomb",
        )
    entries = _entries(files, notes)
    if entries and all(each.method not in METHODS for each in entries.values()):
        raise unsupported(zip_name, next(iter(entries.values())).method)
    return entries, notes


def _directory(
    file: IO[bytes], zip_name: str
) -> tuple[Sequence[zipfile.ZipInfo], int, list[str]]:
    """All entries, where the list of them begins in the file, and notes."""
    cut = False
    try:
        size, is_last = _list_of(file)
        if size > _MAX_LIST:
            raise _too_many(zip_name)
        with zipfile.ZipFile(file) as opened:
            infos, end = opened.infolist(), opened.start_dir
        parted = any(info.volume for info in infos)
        if parted and len(rescued(file).infos) < len(infos):
            raise Unreadable(
                f"{zip_name} is one part of a zip file in several parts.",
                "Unpack it with the program that made it and choose the folder that comes "
                "out.",
                code="parts",
            )
        if not parted and _fits(file, infos, end, is_last):
            return infos, end, []
    except zipfile.BadZipFile as trouble:
        cut = "not a zip" in str(trouble)
    except OSError as trouble:
        raise Unreadable(
            f"{zip_name} cannot be read.",
            f"Check that the disk is still connected, then try again ({trouble}).",
            code="gone",
        ) from None
    except Unreadable:
        raise
    except Exception:  # what the zipfile module says of nonsense has many names
        pass
    found = rescued(file)
    if not found.infos:
        raise (
            Unreadable(
                f"{zip_name} ends too early: its download or copy was cut off.",
                "Download or copy the whole file again.",
                code="truncated",
            )
            if cut
            else Unreadable(
                f"The zip file {zip_name} is damaged: nothing in it can be read.",
                AGAIN,
                code="damaged",
            )
        )
    count = len(found.infos)
    notes = [
        f"{zip_name} {'ends too early' if cut else 'is damaged'}, and its list of contents "
        f"cannot be used. {'One file was' if count == 1 else f'{count:,} files were'} found "
        "in it all the same; "
        + (
            "what came after is lost. "
            if cut
            else "whether any are missing is not known. "
        )
        + "If you can, download or copy it again."
    ]
    if found.lost:
        notes.append("Only a part is left of " + _some(found.lost))
    return found.infos, found.end, notes


def _list_of(file: IO[bytes]) -> tuple[int, bool]:
    """How many bytes the list of contents takes, as the end of the zip says, and whether
    that is the end of the file; 0 and True if there is no such end."""
    start = max(0, file.seek(0, 2) - _TAIL)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0, True
    size, remark = struct.unpack_from("<L4xH", tail, at + 12)
    if size == 0xFFFFFFFF and at >= _WIDE_END:
        (size,) = struct.unpack_from("<Q", tail, at - _WIDE_END + 40)
    return size, at + 22 + remark == len(tail)


def _too_many(zip_name: str) -> Unreadable:
    return Unreadable(
        f"{zip_name} holds more than {MAX_ENTRIES:,} files.",
        "Choose the zip file that holds only the blog.",
        code="too-many",
    )


def _fits(
    file: IO[bytes], infos: Sequence[zipfile.ZipInfo], end: int, is_last: bool
) -> bool:
    """Whether this is the list of the whole zip: not that of a zip inside of one that was
    cut off, and not one that a changed bit made useless."""
    if not all(_is_head(file, info) for info in (*infos[:1], *infos[-1:])):
        return False
    if not infos:
        return not rescued(file).infos
    first = min(info.header_offset for info in infos)
    shared = overlap(infos, end)
    if first == 0 and is_last and not shared:
        return True
    found = rescued(file).infos
    if any(info.header_offset < first for info in found):
        return False
    # Of files that share their bytes on purpose, fewer are there than are listed.
    return len(found) < len(infos) if shared else len(found) <= len(infos)


def _is_head(file: IO[bytes], info: zipfile.ZipInfo) -> bool:
    """Whether a file begins where the list says; it does not if bytes before it are
    missing or too many."""
    if info.header_offset < 0:
        return False
    file.seek(info.header_offset)
    return file.read(4) == b"PK\x03\x04"


def overlap(files: Sequence[zipfile.ZipInfo], directory: int) -> bool:
    """Whether two entries share bytes, the trick by which 1 MB becomes 1,000 TB."""
    ordered = sorted(files, key=lambda info: info.header_offset)
    ends = [info.header_offset for info in ordered[1:]] + [directory]
    return any(
        info.header_offset + LOCAL_HEADER + info.compress_size > end
        for info, end in zip(ordered, ends, strict=True)
    )


def _entries(files: Sequence[zipfile.ZipInfo], notes: list[str]) -> dict[str, Entry]:
    raw = {
        id(info): info.orig_filename.encode("cp437", "replace")
        for info in files
        if not info.flag_bits & _UTF8
    }
    page = code_page(raw.values())
    kept, odd, links = [], [], []
    seen: set[tuple[str, int, int]] = set()
    for info in files:
        text = (
            raw[id(info)].decode(page, "replace")
            if id(info) in raw
            else info.orig_filename
        )
        name = tamed(text)
        if is_junk(name):
            continue
        # A link in a zip is its target's name stored as text: no page, no picture.
        if stat.S_ISLNK(info.external_attr >> 16):
            links.append(name)
            continue
        # Two zips in one file, or one added to twice: the same file again, not another.
        same = (text, info.file_size, info.CRC)
        if info.CRC and same in seen:
            continue
        seen.add(same)
        if safe_name(text) is None:
            odd.append(name)
        kept.append((name, info))
    if odd:
        notes.append(
            "Names of files in the zip lead out of its folder or to a device. They were "
            "read under plain names: " + _some(odd)
        )
    if links:
        notes.append(
            "Links to other files are not followed, so these were left out: "
            + _some(links)
        )
    names = unique([name for name, _ in kept])
    return {name: _entry(info) for name, (_, info) in zip(names, kept, strict=True)}


def _entry(info: zipfile.ZipInfo) -> Entry:
    method, crc, check = info.compress_type, info.CRC, None
    aes = aes_lock(info.extra) if method == AES_METHOD else None
    if aes:
        method = aes.method
    if info.flag_bits & _ENCRYPTED:
        # What is written before its sum is known is tested by its time instead.
        raw_time = getattr(info, "_raw_time", 0)
        check = raw_time >> 8 if info.flag_bits & _STREAMED else info.CRC >> 24
    return Entry(
        info.header_offset,
        info.compress_size,
        info.file_size,
        method,
        None if aes and not crc else crc,
        info.date_time,
        check,
        aes,
    )


def _some(names: Sequence[str]) -> str:
    more = len(names) - 5
    listed = ", ".join(f"“{name}”" for name in names[:5])
    return listed + (f" and {more:,} more." if more > 0 else ".")
