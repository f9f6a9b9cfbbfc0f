"""The files of a folder, or one file with the pictures beside it, read in place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from wizard.errors import Unreadable
from wizard.sources.archive.zip_contents import MAX_ENTRIES
from wizard.sources.archive.zip_names import (
    code_page,
    is_junk,
    safe_name,
    tamed,
    unique,
)
from wizard.sources.archive.zips import MAX_ENTRY


class FolderFiles:
    """The files below the folder ``root``, for `Archive`; raises Unreadable.

    ``only``: list just this file; others below the folder are found when asked for.
    """

    def __init__(self, root: Path, only: str = "") -> None:
        self._root = Path(os.path.realpath(root))
        self._only = only
        self._listed: dict[str, dict[str, str]] = {}
        # Names in letters that everybody can write, and what the disk calls them.
        self._real: dict[str, str] = {}
        self.hidden: list[str] = []
        self.names = (only,) if only else tuple(sorted(self._plain(self._walk())))
        self.notes = tuple(
            f"The folder “{name}” may not be read, so what is in it is missing here."
            for name in self.hidden
        )

    def find(self, name: str) -> str | None:
        """The file that this name means below the folder, whatever its letters' case."""
        if not self._only:
            return None
        found = ""
        for part in name.split("/"):
            entries = self._listing(found)
            real = part if part in entries.values() else entries.get(part.casefold())
            if real is None:
                return None
            found = f"{found}/{real}" if found else real
        return found if self._inside(found) and self._path(found).is_file() else None

    def size(self, name: str) -> int:
        return self._status(name).st_size

    def modified(self, name: str) -> datetime | None:
        try:
            return datetime.fromtimestamp(int(self._status(name).st_mtime))
        except (OverflowError, ValueError, OSError):
            return None

    def read(self, name: str) -> bytes:
        if self.size(name) > MAX_ENTRY:
            raise Unreadable(
                f"“{name}” is too big ({self.size(name) // 2**20} MB).",
                f"Files of up to {MAX_ENTRY // 2**20} MB can be read.",
                code="too-big",
            )
        try:
            with self._path(name).open("rb") as file:
                return file.read(MAX_ENTRY + 1)[:MAX_ENTRY]
        except OSError as trouble:
            raise _refused(name, trouble) from None

    def close(self) -> None:
        """Nothing is held open."""

    def _path(self, name: str) -> Path:
        return self._root.joinpath(*self._real.get(name, name).split("/"))

    def _plain(self, names: list[str]) -> Iterable[str]:
        """The same names, readable: some are in the letters of another computer, or
        hold backslashes where it had folders."""
        odd = [name for name in names if safe_name(name) != name or not _is_text(name)]
        if not odd:
            return names
        raw = [os.fsencode(name) for name in odd]
        page = code_page(raw)
        shown = [tamed(name.decode(page, "replace")) for name in raw]
        taken = set(odd)
        plain = [name for name in names if name not in taken]
        fresh = unique([*plain, *shown])
        self._real = dict(zip(fresh[len(plain) :], odd, strict=True))
        return fresh

    def _status(self, name: str) -> os.stat_result:
        if safe_name(name) != name or not self._inside(name):
            raise Unreadable(
                f"“{name}” leads out of the folder.",
                "Copy the file it leads to into the folder, if it belongs to the blog.",
                code="outside",
            )
        try:
            status = self._path(name).stat()
        except (OSError, ValueError) as trouble:
            raise _refused(name, trouble) from None
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(
                f"“{name}” is no file.", "It was left alone.", code="special"
            )
        return status

    def _inside(self, name: str) -> bool:
        real = os.path.realpath(self._path(name))
        return real.startswith(os.path.join(self._root, ""))

    def _walk(self) -> list[str]:
        names: list[str] = []
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(
                    self._path(folder) if folder else self._root
                ) as entries:
                    for entry in entries:
                        name = f"{folder}/{entry.name}" if folder else entry.name
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(name)
                        elif self._is_ours(entry, name):
                            names.append(name)
            except OSError as trouble:
                if not folder:
                    raise _refused(
                        self._root.name or str(self._root), trouble
                    ) from None
                self.hidden.append(folder)
            if len(names) + len(waiting) > MAX_ENTRIES:
                raise Unreadable(
                    f"The folder {self._root.name or self._root} holds more than {MAX_ENTRIES:,} files.",
                    "Choose the folder that holds only the blog.",
                    code="too-many",
                )
        return names

    def _is_ours(self, entry: os.DirEntry[str], name: str) -> bool:
        if is_junk(name):
            return False
        # A link to a file is followed only within the folder, a link to a folder never.
        try:
            return entry.is_file() and (not entry.is_symlink() or self._inside(name))
        except OSError:
            return False

    def _listing(self, folder: str) -> dict[str, str]:
        """Names in this one folder by their case-folded form."""
        if folder not in self._listed:
            try:
                names = os.listdir(self._path(folder) if folder else self._root)
            except OSError:
                names = []
            self._listed[folder] = {name.casefold(): name for name in sorted(names)}
        return self._listed[folder]


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refused(name: str, trouble: Exception) -> Unreadable:
    if isinstance(trouble, PermissionError):
        return Unreadable(
            f"This computer does not let you read “{name}”.",
            "Copy it to a folder of your own, or ask its owner for the right to read it.",
            code="rights",
        )
    return Unreadable(
        f"“{name}” cannot be read.",
        f"Check that the disk is still connected, then try again ({trouble}).",
        code="gone",
    )
