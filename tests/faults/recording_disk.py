"""A disk in memory that writes down what was done to it and what was made durable, in order.

``python -m tests.faults.recording_disk PLACE LOG`` mounts it until it is unmounted.
"""

from __future__ import annotations

import errno
import itertools
import json
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import mfusepy

# What is written into a file of this name is noted among the rest and kept nowhere.
NOTES = "notes"


class Disk(mfusepy.Operations):  # type: ignore[misc]
    """One flat folder. Files are numbers, as their names may change."""

    use_ns = True

    def __init__(self, log: Path) -> None:
        self._log = log.open("w")
        self._names: dict[str, int] = {NOTES: 0}
        self._files: dict[int, bytearray] = {0: bytearray()}
        self._numbers = itertools.count(1)

    def _note(self, what: str, *details: object) -> None:
        print(json.dumps([what, *details]), file=self._log, flush=True)

    def _number(self, path: str) -> int:
        try:
            return self._names[path[1:]]
        except KeyError:
            raise mfusepy.FuseOSError(errno.ENOENT) from None

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        file = self._files[fh or self._number(path)]
        mode = stat.S_IFREG | 0o600
        return {"st_mode": mode, "st_nlink": 1, "st_size": len(file)}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *self._names]

    def create(self, path: str, mode: int, fi: object = None) -> int:
        number = self._names[path[1:]] = next(self._numbers)
        self._files[number] = bytearray()
        self._note("create", path[1:], number)
        return number

    def open(self, path: str, flags: int) -> int:
        return self._number(path)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._files[fh][offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        if fh:
            put(self._files[fh], offset, data)
            self._note("write", fh, offset, data.hex())
        else:
            self._note("noted", data.decode())
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        number = fh or self._number(path)
        if number:
            cut(self._files[number], length)
            self._note("truncate", number, length)

    def unlink(self, path: str) -> None:
        del self._names[path[1:]]
        self._note("unlink", path[1:])

    def rename(self, old: str, new: str) -> None:
        self._names[new[1:]] = self._names.pop(old[1:])
        self._note("rename", old[1:], new[1:])

    def fsync(self, path: str, datasync: int, fh: int) -> None:
        self._note("sync", fh)

    def fsyncdir(self, path: str, datasync: int, fh: int) -> None:
        self._note("sync names")

    def chmod(self, path: str, mode: int) -> None:
        """Who may read it is no matter here."""

    def utimens(self, path: str, times: object = None) -> None:
        """Nor when it was written."""

    def destroy(self, path: str) -> None:
        self._log.close()


def put(file: bytearray, offset: int, data: bytes) -> None:
    """Write as a disk does: what is skipped is zero."""
    file.extend(bytes(max(0, offset - len(file))))
    file[offset : offset + len(data)] = data


def cut(file: bytearray, length: int) -> None:
    """As ``truncate``, which may also lengthen."""
    del file[length:]
    file.extend(bytes(length - len(file)))


@contextmanager
def recording(place: Path, log: Path) -> Iterator[Path]:
    """That disk at ``place``; gives the file for notes. Raises OSError where the system
    mounts no FUSE."""
    place.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.recording_disk", str(place), str(log)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + 20
        while not place.is_mount():
            if server.poll() is not None or time.monotonic() > deadline:
                assert server.stderr
                raise OSError(f"No FUSE here: {server.stderr.read()[-300:]}")
            time.sleep(0.02)
        yield place / NOTES
    finally:
        if place.is_mount():
            subprocess.run(["fusermount3", "-u", str(place)], check=True)
        server.communicate(timeout=20)


if __name__ == "__main__":
    mfusepy.FUSE(Disk(Path(sys.argv[2])), sys.argv[1], foreground=True, nothreads=True)
