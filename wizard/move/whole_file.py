"""A file that is there whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from wizard.errors import MoveError


@contextmanager
def whole_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A new text file that takes the place of ``path`` when the block is left well.

    Only this person may read it. Raises MoveError; what was there before stays.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)  # of a program that was killed
        descriptor = os.open(new, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with open(
            descriptor, "w", encoding=encoding, errors="replace", newline=""
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except OSError as trouble:
        raise MoveError(
            f"{path.name} could not be written to {path.parent}.",
            "Is there room on the disk, may you write there, and is the file open in "
            f"no other program? ({trouble.strerror})",
        ) from None
    finally:
        with suppress(OSError):
            new.unlink()
