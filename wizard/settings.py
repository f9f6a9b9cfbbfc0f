"""Where this program's own files live."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_data_path

_HERE = Path(__file__).resolve().parent
# Beside the package in the source tree and in a frozen program, inside it in a wheel.
RESOURCES = next(
    (
        folder
        for folder in (_HERE.parent / "resources", _HERE / "resources")
        if folder.is_dir()
    ),
    _HERE / "resources",
)
SAMPLE = RESOURCES / "sample" / "sample-space.zip"


def moves_folder() -> Path:
    """The folder where moves are kept unless the person says otherwise."""
    return Path(user_data_path("moving-day", appauthor=False)) / "moves"


def spelt(name: str) -> str:
    """The name without the letters that this computer's files cannot have in theirs."""
    return name.encode(sys.getfilesystemencoding(), "ignore").decode(
        sys.getfilesystemencoding()
    )


def earlier_moves() -> list[Path]:
    """The move files in that folder, the newest first."""
    files = [path for path in moves_folder().glob("*.move") if path.is_file()]
    return sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)
