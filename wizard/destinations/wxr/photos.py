"""The photo folder beside an import file, laid out like WordPress's own uploads."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from wizard.destinations import NewPhoto
from wizard.destinations.wxr.disk import PUBLIC, write_durably
from wizard.destinations.wxr.parts import PhotoFile

_SIDEWAYS = range(5, 9)  # EXIF orientations in which width and height change places


class PhotoFolder:
    """Pictures by year and month. Methods may be called from several threads; what goes
    wrong with the disk is raised as OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._naming = threading.Lock()

    def store(self, photo: NewPhoto) -> PhotoFile:
        """Put the picture into its month's folder, under a name of its own. The same
        picture stored again gets the same name again."""
        date = photo.date or datetime.now(UTC)
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", photo.name)[-120:].strip(".-")
        stem, dot, extension = (name or "photo").rpartition(".")
        month = f"{date:%Y/%m}"
        with self._naming:
            path, number = f"{month}/{stem}{dot}{extension}", 1
            while self._is_other(self.folder / path, photo.data):
                number += 1
                path = f"{month}/{stem or extension}-{number}{dot}{extension}"
            write_durably(self.folder / path, photo.data, PUBLIC)
        # Nothing but what has been decoded before, in a process of its own.
        is_picture = photo.mime.startswith("image/")
        width, height = _measure(photo.data) if is_picture else (0, 0)
        return PhotoFile(path, photo.post, width, height, photo.alt, photo.caption)

    def has(self, photo: PhotoFile) -> bool:
        return (self.folder / photo.path).is_file()

    def remove(self, photo: PhotoFile) -> None:
        (self.folder / photo.path).unlink(missing_ok=True)

    @staticmethod
    def _is_other(path: Path, data: bytes) -> bool:
        """Whether a picture other than this one has that name already."""
        return path.exists() and path.read_bytes() != data


def _measure(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as the picture is shown."""
    try:
        with Image.open(BytesIO(data)) as picture:
            width, height = picture.size
            sideways = picture.getexif().get(0x0112) in _SIDEWAYS
    except Exception:  # only its size stays unknown, whatever is wrong with it
        return 0, 0
    return (height, width) if sideways else (width, height)
