"""The files of a zip, read in place: nothing of it is ever written to disk."""

from __future__ import annotations

import stat
import struct
import threading
import weakref
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard.errors import Unreadable
from wizard.sources.archive.zip_names import code_page, is_junk, safe_name, unique

MAX_ENTRY = 200 * 2**20
MAX_TOTAL = 20 * 2**30
MAX_ENTRIES = 1_000_000
MAX_RATIO = 200
# Below this an entry may be as dense as it likes: a page of equal rows is no bomb.
SMALL = 4 * 2**20

_ENCRYPTED = 0x1
_UTF8 = 0x800
_LOCAL_HEADER = 30
_UNPACK = (
    "Unpack it with the program that made it and choose the folder that comes out."
)
_AGAIN = "Download or copy it again, or choose another copy."


@dataclass(frozen=True, slots=True)
class _Entry:
    offset: int
    packed: int
    size: int
    method: int
    crc: int
    date: tuple[int, int, int, int, int, int]


class ZipFiles:
    """The files of the zip at ``path``, for `Archive`; raises Unreadable."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        # Sources are forgotten rather than closed; the file closes with them.
        self._finalizer = weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()
        try:
            self._entries = self._list(path.name)
        except BaseException:
            self.close()
            raise
        self.names = tuple(sorted(self._entries))

    def find(self, name: str) -> str | None:
        """None: a zip has no files beyond its names."""
        return None

    def size(self, name: str) -> int:
        return self._entries[name].size

    def modified(self, name: str) -> datetime | None:
        try:
            return datetime(*self._entries[name].date)
        except ValueError:
            return None

    def read(self, name: str) -> bytes:
        """The file's bytes, from any thread: only the reading itself waits in turn."""
        entry = self._entries[name]
        if entry.size > MAX_ENTRY or entry.packed > MAX_ENTRY:
            raise Unreadable(
                f"“{name}” is too big ({entry.size // 2**20} MB).",
                f"Files of up to {MAX_ENTRY // 2**20} MB can be read.",
                code="too-big",
            )
        if entry.size > SMALL and entry.size > MAX_RATIO * entry.packed:
            raise Unreadable(
                f"“{name}” would swell to {entry.size // 2**20} MB from almost nothing.",
                "That is how harmful files are built, so it was left alone.",
                code="bomb",
            )
        if entry.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _unsupported(name, entry.method)
        data = _inflate(self._packed(name, entry), entry)
        if data is None or len(data) != entry.size or zlib.crc32(data) != entry.crc:
            raise Unreadable(
                f"“{name}” is damaged inside the zip file.", _AGAIN, code="damaged"
            )
        return data

    def close(self) -> None:
        self._finalizer()

    def _packed(self, name: str, entry: _Entry) -> bytes:
        try:
            with self._lock:
                self._file.seek(entry.offset)
                header = self._file.read(_LOCAL_HEADER)
                if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
                    return b""
                name_length, extra_length = struct.unpack("<HH", header[26:30])
                self._file.seek(name_length + extra_length, 1)
                return self._file.read(entry.packed)
        except (OSError, ValueError) as trouble:
            raise Unreadable(
                f"“{name}” cannot be read from the zip file any more.",
                f"Check that the disk is still connected, then try again ({trouble}).",
                code="gone",
            ) from None

    def _list(self, zip_name: str) -> dict[str, _Entry]:
        infos, directory = self._directory(zip_name)
        if len(infos) > MAX_ENTRIES:
            raise Unreadable(
                f"{zip_name} holds {len(infos):,} files, more than can be read.",
                "Choose the zip file that holds only the blog.",
                code="too-many",
            )
        if any(info.volume for info in infos):
            raise Unreadable(
                f"{zip_name} is one part of a zip file in several parts.",
                _UNPACK,
                code="parts",
            )
        files = [info for info in infos if not info.orig_filename.endswith(("/", "\\"))]
        if not files:
            raise Unreadable(f"The zip file {zip_name} is empty.", _AGAIN, code="empty")
        if any(info.flag_bits & _ENCRYPTED for info in files):
            raise Unreadable(
                f"{zip_name} is locked with a password.",
                "Unpack it with the password and choose the folder that comes out.",
                code="encrypted",
            )
        if sum(info.file_size for info in files) > MAX_TOTAL or _overlap(
            files, directory
        ):
            raise Unreadable(
                f"{zip_name} would swell beyond all measure when it is read.",
                "That is how harmful files are built, so it was left alone.",
                code="bomb",
            )
        readable = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if all(info.compress_type not in readable for info in files):
            raise _unsupported(zip_name, files[0].compress_type)
        return _entries(files)

    def _directory(self, zip_name: str) -> tuple[list[zipfile.ZipInfo], int]:
        """All entries, and where the list of them begins in the file."""
        try:
            with zipfile.ZipFile(self._file) as opened:
                return opened.infolist(), opened.start_dir
        except zipfile.BadZipFile as trouble:
            if "not a zip" in str(trouble):
                raise Unreadable(
                    f"{zip_name} ends too early: its download or copy was cut off.",
                    "Download or copy the whole file again.",
                    code="truncated",
                ) from None
        except (ValueError, struct.error, NotImplementedError, EOFError):
            pass
        raise Unreadable(
            f"The zip file {zip_name} is damaged: its list of contents cannot be read.",
            _AGAIN,
            code="damaged",
        )


def _overlap(files: list[zipfile.ZipInfo], directory: int) -> bool:
    """Whether two entries share bytes, the trick by which 1 MB becomes 1,000 TB."""
    ordered = sorted(files, key=lambda info: info.header_offset)
    ends = [info.header_offset for info in ordered[1:]] + [directory]
    return any(
        info.header_offset + _LOCAL_HEADER + info.compress_size > end
        for info, end in zip(ordered, ends, strict=True)
    )


def _entries(files: list[zipfile.ZipInfo]) -> dict[str, _Entry]:
    raw = {
        id(info): info.orig_filename.encode("cp437")
        for info in files
        if not info.flag_bits & _UTF8
    }
    page = code_page(raw.values())
    kept = []
    for info in files:
        text = (
            raw[id(info)].decode(page, "replace")
            if id(info) in raw
            else info.orig_filename
        )
        name = safe_name(text)
        # A link in a zip is its target's name stored as text: no page, no picture.
        if name and not is_junk(name) and not stat.S_ISLNK(info.external_attr >> 16):
            kept.append((name, info))
    names = unique([name for name, _ in kept])
    return {
        name: _Entry(
            info.header_offset,
            info.compress_size,
            info.file_size,
            info.compress_type,
            info.CRC,
            info.date_time,
        )
        for name, (_, info) in zip(names, kept, strict=True)
    }


def _inflate(packed: bytes, entry: _Entry) -> bytes | None:
    """At most one byte more than was declared, so that a lie is seen and costs nothing."""
    if entry.method == zipfile.ZIP_STORED:
        return packed
    try:
        return zlib.decompressobj(-15).decompress(packed, entry.size + 1)
    except zlib.error:
        return None


def _unsupported(name: str, method: int) -> Unreadable:
    how = {9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "Zstandard", 95: "XZ"}
    return Unreadable(
        f"“{name}” is packed in an unusual way ({how.get(method, f'method {method}')}).",
        _UNPACK,
        code="method",
    )
