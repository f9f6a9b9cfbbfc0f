"""Writing to a disk: a file is there whole or not at all; and in words what it refuses."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wizard.errors import NotAllowed, Unreachable

# Private posts, and the e-mail addresses of those who commented; or what a web server
# will have to read.
PRIVATE, PUBLIC = 0o600, 0o644
# Of these no waiting helps, only a person.
_NEEDS_A_HAND = {
    errno.ENOSPC: ("disk-full", "is full", "Free some space on it"),
    errno.EDQUOT: ("disk-full", "is full", "Free some space on it"),
    errno.EROFS: ("write-protected", "is write-protected", "Let it be written to"),
}


@contextmanager
def at_the_disk(folder: Path) -> Iterator[None]:
    """What the disk with this folder refuses meanwhile is raised as NotAllowed (for good)
    or Unreachable (nothing was done, try again)."""
    try:
        yield
    except PermissionError as trouble:
        raise NotAllowed(
            f"Nothing may be written into the folder {folder}.",
            f"Choose another folder, such as your documents. ({trouble.strerror})",
        ) from None
    except OSError as trouble:
        if trouble.errno in _NEEDS_A_HAND:
            code, how, remedy = _NEEDS_A_HAND[trouble.errno]
            raise Unreachable(
                f"The disk with the folder {folder} {how}.",
                f"What the import file holds so far is kept. {remedy}, then go on: "
                "nothing is lost, and nothing is written twice.",
                code=code,
            ) from None
        raise Unreachable(
            f"Nothing can be written into the folder {folder}.",
            "Was its disk taken out, or is it not connected any more? What has been "
            f"written is safe. ({trouble.strerror})",
        ) from None


def opened(path: Path, mode: int) -> BinaryIO:
    """A file to be written, which only those can open whom ``mode`` names."""
    return open(path, "wb", opener=lambda name, flags: os.open(name, flags, mode))


@contextmanager
def durably(
    path: Path, mode: int = PRIVATE, *, writer: str = "new"
) -> Iterator[BinaryIO]:
    """A file that after a power cut is there whole, or not at all, and of which nothing
    stays when the disk takes no more. ``writer``: a name for one of several at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{writer}")
    try:
        with opened(new, mode) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
    settle(path.parent)


def write_durably(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """The same with all that it holds, from any thread."""
    with durably(path, mode, writer=str(threading.get_ident())) as file:
        file.write(data)


def settle(folder: Path) -> None:
    """Make the names in a folder durable; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
