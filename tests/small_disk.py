"""A real disk that is soon full: a small one in memory, which only root may mount."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="only root may mount a small disk",
)


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """An empty disk, gone afterwards. ``size``: such as "600k"."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
        subprocess.run(words, check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def give_room(disk: Path, size: str) -> None:
    """The disk is so big now."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def fill_up(disk: Path) -> Path:
    """Take all the room that is left; gives the file that takes it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return ballast
    raise AssertionError("a disk without end")
