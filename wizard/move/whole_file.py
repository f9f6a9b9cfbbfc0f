"""A file or a folder that is there whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import shutil
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
        raise _unwritten(path, trouble) from None
    finally:
        with suppress(OSError):
            new.unlink()


@contextmanager
def whole_folder(path: Path, ours: str) -> Iterator[Path]:
    """A new folder that takes the place of the one at ``path``, if that holds a file
    named ``ours``. Raises MoveError; what was there before stays."""
    new, old = (path.with_name(f".{path.name}.{end}") for end in ("new", "old"))
    if path.exists() and not (path / ours).is_file():
        raise MoveError(
            f"There is already something named {path.name} in {path.parent}.",
            "It was left as it is. Give it another name, then try again.",
        )
    try:
        for left_over in (new, old):  # of a program that was killed
            shutil.rmtree(left_over, ignore_errors=True)
        new.mkdir(parents=True)
        yield new
        if path.exists():
            os.replace(path, old)
        os.replace(new, path)
    except OSError as trouble:
        raise _unwritten(path, trouble) from None
    finally:
        for left_over in (new, old):
            shutil.rmtree(left_over, ignore_errors=True)


def _unwritten(path: Path, trouble: OSError) -> MoveError:
    return MoveError(
        f"{path.name} could not be written to {path.parent}.",
        "Is there room on the disk, may you write there, and is the file open in "
        f"no other program? ({trouble.strerror})",
    )
