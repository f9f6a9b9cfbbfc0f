"""A private temporary file that holds what was read, so that memory stays flat."""

from __future__ import annotations

import tempfile
import threading
import weakref
from typing import IO

from wizard.errors import Unreadable


class Spool:
    """Lines of bytes by their number. Only this program can open the file, and it is
    gone when the spool is closed, forgotten, or the program ends. For any thread."""

    def __init__(self) -> None:
        try:
            # It lives as long as the spool does.
            file = tempfile.TemporaryFile(prefix="moving-day-")  # noqa: SIM115
        except OSError as trouble:
            raise _full(trouble) from None
        self._file: IO[bytes] = file
        self._lock = threading.Lock()
        self._size = 0
        # A file left to the garbage collector would warn.
        self.close = weakref.finalize(self, self._file.close)

    def add(self, line: bytes) -> int:
        """Keep ``line``, which has no line break in it; gives its number.
        Raises Unreadable when the disk is full."""
        with self._lock:
            place = self._size
            try:
                self._file.seek(place)
                self._file.write(line + b"\n")
            except OSError as trouble:
                raise _full(trouble) from None
            self._size += len(line) + 1
            return place

    def get(self, number: int) -> bytes:
        """The line that `add` gave this number for."""
        with self._lock:
            try:
                self._file.seek(number)
                return self._file.readline().removesuffix(b"\n")
            except OSError as trouble:
                raise _full(trouble) from None


def _full(trouble: OSError) -> Unreadable:
    return Unreadable(
        "There is no room on this computer's disk to read the pages.",
        f"Free some space in {tempfile.gettempdir()}, then try again ({trouble.strerror}).",
        code="disk",
    )
