"""The folder of parts beside an import file: opened for this program alone, and made one file."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from wizard.destinations.wxr.parts import Parts
from wizard.destinations.wxr.reading import is_ours, take_apart
from wizard.errors import MoveError


class Workplace:
    """Where the import file at ``path`` is written. Its methods may be called from
    several threads; what goes wrong with the disk is raised as OSError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = path.with_name(f"{path.name}.parts")
        self._old = path.with_name(f".{self._folder.name}.old")
        self._lock_path = path.with_name(f"{path.name}.lock")
        self._lock: FileLock | None = None
        self._parts: Parts | None = None
        self._opening = threading.RLock()

    def open(self) -> Parts:
        """The parts: as they were left, out of the finished file, or none yet."""
        with self._opening:
            if self._parts is None:
                self.refuse_strangers()
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._lock_out_others()
                self._clear_away()
                if not self._folder.is_dir() and self._path.is_file():
                    self._take_apart()
                self._parts = Parts(self._folder)
            return self._parts

    def refuse_strangers(self) -> None:
        """Raises MoveError where a file of this name is somebody else's."""
        if self._path.is_file() and not is_ours(self._path):
            raise MoveError(
                f"There is already a file named {self._path.name}, and it was not "
                "written by Moving Day.",
                "It was left as it is. Choose another name.",
            )

    def close(self, write: Callable[[Parts], None]) -> None:
        """Let ``write`` make the file out of the parts, which are then taken away; where
        there are none nothing is to be written."""
        with self._opening:
            if self._folder.is_dir():
                write(self.open())
                self._clear_away()
                os.replace(self._folder, self._old)
                self._clear_away()
            self._let_go()

    def _take_apart(self) -> None:
        new = self._folder.with_name(f".{self._folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        try:
            take_apart(self._path, Parts(new))
        except ValueError:
            raise MoveError(
                f"The import file {self._path.name} is damaged.",
                "Nothing was changed. Choose another name for a new file.",
            ) from None
        except OSError:
            shutil.rmtree(new, ignore_errors=True)
            raise
        os.replace(new, self._folder)

    def _clear_away(self) -> None:
        """Parts of which a file was made already are of no use to anybody."""
        shutil.rmtree(self._old, ignore_errors=True)

    def _lock_out_others(self) -> None:
        if self._lock is None:
            self._lock = FileLock(self._lock_path, timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise MoveError(
                f"Another window is writing {self._path.name} at this moment.",
                "Go on there, or close that window first.",
            ) from None

    def _let_go(self) -> None:
        self._parts = None
        if self._lock:
            if os.name == "posix":  # Windows cannot remove what is open
                self._lock_path.unlink(missing_ok=True)
            self._lock.release(force=True)
