"""What people show a program that wants an old blog, and that is none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from wizard.settings import SAMPLE


def _empty_zip(path: Path) -> None:
    zipfile.ZipFile(path, "w").close()


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("song.mp3", b"ID3")


WRONG: dict[str, Callable[[Path], object]] = {
    "gone.zip": lambda path: None,
    "empty.zip": lambda path: path.touch(),
    "nothing.zip": _empty_zip,
    "music.zip": _other_zip,
    "picture.jpg": lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 99),
    "cut.zip": lambda path: path.write_bytes(SAMPLE.read_bytes()[:200]),
    "folder": lambda path: path.mkdir(),
    "notes.txt": lambda path: path.write_text("Dear diary"),
    "no-name": lambda path: path.write_bytes(bytes(range(256)) * 9),
}
