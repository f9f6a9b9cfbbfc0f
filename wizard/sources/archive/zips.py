"""The files of a zip, read in place: nothing of it is ever written to disk."""

from __future__ import annotations

import struct
import threading
import weakref
import zlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from wizard.credentials import Secret
from wizard.errors import Unreadable
from wizard.sources.archive.locks import keys_of, unlocked
from wizard.sources.archive.unpacking import METHODS, unpacked, unsupported
from wizard.sources.archive.zip_contents import AGAIN, LOCAL_HEADER, Entry, contents

MAX_ENTRY = 200 * 2**20
MAX_RATIO = 200
# Below this an entry may be as dense as it likes: a page of equal rows is no bomb.
SMALL = 4 * 2**20
# So many locked files are tried with a password, in case some are damaged.
_TRIED = 3


class ZipFiles:
    """The files of the zip at ``path``, for `Archive`; raises Unreadable."""

    def __init__(self, path: Path, password: Secret) -> None:
        self._file = path.open("rb")
        # Sources are forgotten rather than closed; the file closes with them.
        self._finalizer = weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()
        self._key = b""
        try:
            self._entries, notes = contents(self._file, path.name)
            self.notes = tuple(notes)
            if any(entry.check is not None for entry in self._entries.values()):
                self._unlock(path.name, password)
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
        if entry.method not in METHODS:
            raise unsupported(name, entry.method)
        packed: bytes | None = self._packed(name, entry)
        if entry.check is not None and packed:
            packed = unlocked(packed, self._key, entry.check, entry.aes)
        data = None if packed is None else unpacked(packed, entry.method, entry.size)
        right = data is not None and len(data) == entry.size
        if data is None or not right or entry.crc not in (None, zlib.crc32(data)):
            raise Unreadable(
                f"“{name}” is damaged inside the zip file.", AGAIN, code="damaged"
            )
        return data

    def close(self) -> None:
        self._finalizer()

    def _unlock(self, zip_name: str, password: Secret) -> None:
        """Finds out under which key the locked files open; raises Unreadable if this is
        not their password."""
        if not password:
            raise Unreadable(
                f"{zip_name} is locked with a password.",
                "Type the password it was locked with. Or unpack it with the program that "
                "made it, and choose the folder that comes out.",
                code="encrypted",
            )
        locked = [
            (entry.packed, name)
            for name, entry in self._entries.items()
            if entry.check is not None and entry.method in METHODS and entry.size
        ]
        for self._key in keys_of(password):
            for _, name in sorted(locked)[:_TRIED]:
                with suppress(Unreadable):
                    self.read(name)
                    return
        if locked:
            raise Unreadable(
                f"{zip_name} does not open with this password.",
                "Capital and small letters count. Or unpack it with the program that made "
                "it, and choose the folder that comes out.",
                code="password",
            )

    def _packed(self, name: str, entry: Entry) -> bytes:
        try:
            with self._lock:
                self._file.seek(entry.offset)
                header = self._file.read(LOCAL_HEADER)
                if len(header) < LOCAL_HEADER or header[:4] != b"PK\x03\x04":
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
