"""Zips for tests, and what is said about broken ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from wizard.errors import Unreadable
from wizard.sources.archive import open_archive

PAGE = b"<html><p>a post</p></html>" * 20


def zipped(
    path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name, (2010, 9, 28, 21, 5, 8)), data, method)
    return path


def read_all(path: Path | str) -> list[bytes]:
    with open_archive(path) as archive:
        return [archive.read(name) for name in archive.names()]


def refusal(path: Path | str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_all(path)
    assert caught.value.title.endswith(".")
    return caught.value
