"""A zip, a folder or a single file, opened read-only and read in place."""

from __future__ import annotations

import os
import posixpath
import re
import stat
import unicodedata
import zipfile
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote_to_bytes

from wizard.credentials import Secret
from wizard.errors import PhotoMissing, Unreadable
from wizard.sources.archive import magic
from wizard.sources.archive.folders import FolderFiles
from wizard.sources.archive.zip_names import safe_name
from wizard.sources.archive.zips import ZipFiles

NO_PASSWORD = Secret("")


class _Files(Protocol):
    names: tuple[str, ...]
    notes: tuple[str, ...]

    def find(self, name: str) -> str | None: ...
    def size(self, name: str) -> int: ...
    def modified(self, name: str) -> datetime | None: ...
    def read(self, name: str) -> bytes: ...
    def close(self) -> None: ...


class Archive:
    """Files by their relative names, wherever they are kept. Made by `open_archive`.

    ``notes``: plain sentences about what could not be listed.
    """

    def __init__(self, location: str, files: _Files) -> None:
        self.location = location
        self.notes = files.notes
        self._files = files

    def names(self) -> tuple[str, ...]:
        """Every file, sorted, with ``/`` between folders; no name leads elsewhere."""
        return self._files.names

    def read(self, name: str) -> bytes:
        """The file's bytes, from any thread; raises Unreadable."""
        return self._files.read(self._known(name))

    def size(self, name: str) -> int:
        """How many bytes `read` would give; raises Unreadable."""
        return self._files.size(self._known(name))

    def modified(self, name: str) -> datetime | None:
        """When the file was last written, on the local clock (naive)."""
        return self._files.modified(self._known(name))

    def resolve(self, page_name: str, reference: str) -> str | None:
        """Which file an ``href`` or ``src`` in that page means, or None if it is not
        here. Percent signs, either slash, any case; never outside the archive."""
        reference = reference.strip().replace("\\", "/")
        if not reference or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", reference):
            return None
        folder = "" if reference.startswith("/") else posixpath.dirname(page_name)
        plain = re.split(r"[?#]", reference, maxsplit=1)[0]
        # Some tools save "page.html?id=3" under that very name, so try the whole, too.
        for text in dict.fromkeys([plain, *_unquoted(plain), *_unquoted(reference)]):
            name = _joined(folder, text)
            if name and (found := self._find(name)):
                return found
        return None

    def close(self) -> None:
        """Let go of the file; `read` raises Unreadable from now on."""
        self._files.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _known(self, name: str) -> str:
        if name in self._exact or self._files.find(name) == name:
            return name
        raise Unreadable(
            f"There is no “{name}” in {self.location}.",
            "Choose the whole folder or zip file, as it was when it was made.",
            code="absent",
        )

    def _find(self, name: str) -> str | None:
        if name in self._exact:
            return name
        return self._folded.get(_fold(name)) or self._files.find(name)

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(self._files.names)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_fold(name): name for name in reversed(self._files.names)}


def open_archive(path: str | Path, password: Secret = NO_PASSWORD) -> Archive:
    """The zip, folder or single text file at ``path``; raises Unreadable in words, with
    the code ``encrypted`` if it wants a password and ``password`` if it wants another."""
    path = Path(path)
    status = _status(path)
    if stat.S_ISDIR(status.st_mode):
        return _folder(path)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(f"{path} is neither a file nor a folder.", code="special")
    head = _head(path)
    if magic.is_zip(head) or (not magic.is_text(head) and _ends_as_zip(path)):
        return Archive(str(path), ZipFiles(path, password))
    kind = magic.binary_kind(head)
    if not kind and not magic.is_text(head):
        kind = "a file of a kind unknown here"
    if not kind and path.suffix.casefold() == ".zip":
        kind = magic.text_kind(head) or "a text file"
    if kind:
        raise Unreadable(
            f"{path.name} is {kind}, not a zip file.",
            "Choose the zip file of the blog as it was downloaded, or its unpacked folder.",
            code="not-zip",
        )
    return Archive(str(path), FolderFiles(path.parent, path.name))


def photo_in(archive: Archive, address: str, absent: str) -> bytes:
    """The bytes of a photo that is a file of the archive; raises PhotoMissing, with
    ``absent`` as what happened if there is no such file."""
    try:
        data = archive.read(address)
    except Unreadable as trouble:
        if trouble.code != "absent":
            raise PhotoMissing(trouble.title, trouble.hint, code=trouble.code) from None
        raise PhotoMissing(
            absent,
            "If you still have it, add it to the new post by hand.",
            code="absent",
        ) from None
    if not data:
        raise PhotoMissing(f"The picture file {address} is empty.", code="empty")
    return data


def _folder(path: Path) -> Archive:
    files = FolderFiles(path)
    if not files.names and not files.hidden:
        raise Unreadable(
            f"The folder {path.name or path} is empty.",
            "Choose the folder in which the blog's files are.",
            code="empty",
        )
    return Archive(str(path), files)


def _ends_as_zip(path: Path) -> bool:
    """Whether a zip stands behind something else: a program that unpacks itself."""
    with suppress(OSError):
        return zipfile.is_zipfile(path)
    return False


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except PermissionError:
        raise _no_rights(path) from None
    except (OSError, ValueError):
        raise Unreadable(
            f"There is no file or folder at {path}.",
            "Check the name, and that the disk it is on is connected.",
            code="absent",
        ) from None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(magic.HEAD)
    except PermissionError:
        raise _no_rights(path) from None
    except OSError as trouble:
        raise Unreadable(
            f"{path.name} cannot be read.",
            f"Check that the disk is still connected, then try again ({trouble}).",
            code="gone",
        ) from None
    if not head:
        raise Unreadable(
            f"{path.name} is empty: it holds no bytes at all.",
            "Download or copy it again.",
            code="empty",
        )
    return head


def _no_rights(path: Path) -> Unreadable:
    return Unreadable(
        f"This computer does not let you read {path.name}.",
        "Copy it to a folder of your own, or ask its owner for the right to read it.",
        code="rights",
    )


def _unquoted(text: str) -> list[str]:
    """What the percent signs may mean, in UTF-8 or an older alphabet: short names are
    often valid in several."""
    raw = unquote_to_bytes(text)
    meant = []
    for alphabet in ("utf-8", "gbk", "shift_jis", "cp1252"):
        with suppress(UnicodeDecodeError):
            meant.append(raw.decode(alphabet))
    return meant


def _joined(folder: str, text: str) -> str | None:
    """``text`` as seen from ``folder``, or None if it climbs out of the archive."""
    joined = posixpath.normpath(
        posixpath.join(folder, text.replace("\\", "/").lstrip("/"))
    )
    return safe_name(joined) if joined != "." else None


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
