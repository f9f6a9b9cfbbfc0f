"""Zips without their end or their beginning: what is whole in them is read."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.sources.zips import refusal, zipped
from wizard.sources.archive import open_archive, zip_contents
from wizard.sources.archive.rescue import Rescued

FILES = {f"{number}.html": os.urandom(300) for number in range(5)}


class _Stream(io.RawIOBase):
    """A pipe, to which nobody goes back: lengths are written after the bytes."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def streamed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return bytes(stream.data)


def whole_before(files: dict[str, bytes], data: bytes, length: int) -> set[str]:
    """Which files are there from head to end in the first bytes of the zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        infos = file.infolist()
    ends = [info.header_offset for info in infos[1:]] + [data.index(b"PK\x01\x02")]
    return {i.filename for i, end in zip(infos, ends, strict=True) if end <= length}


@pytest.mark.parametrize("form", ["plain", "streamed", "stored stream"])
def test_a_zip_cut_anywhere_gives_every_file_before_the_cut(
    tmp_path: Path, form: str
) -> None:
    path = tmp_path / "a.zip"
    if form == "plain":
        data = zipped(path, FILES).read_bytes()
    else:
        stored = form.startswith("stored")
        data = streamed(FILES, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    for length in [*range(4, len(data), 97), len(data) - 1]:
        path.write_bytes(data[:length])
        wanted = whole_before(FILES, data, length)
        if not wanted:
            trouble = refusal(path)
            assert trouble.code == "truncated", length
            assert "again" in trouble.hint
            continue
        with open_archive(path) as archive:
            assert set(archive.names()) == wanted, length
            assert all(archive.read(name) == FILES[name] for name in wanted)
            assert "ends too early" in archive.notes[0]
            assert "download or copy it again" in archive.notes[0]


def test_the_file_that_the_cut_went_through_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", FILES)
    path.write_bytes(path.read_bytes()[:800])
    with open_archive(path) as archive:
        assert archive.notes[1] == "Only a part is left of “2.html”."


def test_a_zip_without_its_beginning_gives_the_rest(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", FILES)
    path.write_bytes(b"PK\x03\x04" + path.read_bytes()[500:])
    with open_archive(path) as archive:
        assert archive.names() == ("2.html", "3.html", "4.html")
        assert archive.read("3.html") == FILES["3.html"]
        assert archive.notes


def test_a_zip_behind_a_program_that_unpacks_it_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", FILES)
    (tmp_path / "a.exe").write_bytes(b"MZ\x90\x00" * 999 + path.read_bytes())
    with open_archive(tmp_path / "a.exe") as archive:
        assert archive.names() == tuple(FILES)
        assert archive.read("4.html") == FILES["4.html"]
        assert not archive.notes


def test_a_zip_inside_the_zip_is_one_file_of_it(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", FILES).read_bytes()
    outer = zipped(
        tmp_path / "a.zip", {"inner.zip": inner, "x.html": b"x"}, zipfile.ZIP_STORED
    )
    outer.write_bytes(outer.read_bytes()[:-30])
    with open_archive(outer) as archive:
        assert archive.names() == ("inner.zip", "x.html")
        assert archive.read("inner.zip") == inner


def test_heads_that_promise_the_same_bytes_give_them_once(tmp_path: Path) -> None:
    """The trick with overlapping files does not work in what is rescued either."""
    path = zipped(tmp_path / "a.zip", {"a.html": b"x" * 999, "b.html": b"y" * 999})
    data = path.read_bytes()
    second = data.rindex(b"PK\x03\x04")
    size = len(data[:second]).to_bytes(4, "little")
    # The first file now reaches over the second one, and its length is a lie.
    path.write_bytes(data[:18] + size + data[22 : data.index(b"PK\x01\x02")])
    with open_archive(path) as archive:
        assert archive.names() == ("b.html",)
        assert archive.notes[1] == "Only a part is left of “a.html”."


def test_without_the_rescue_a_cut_zip_gives_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "a.zip", FILES)
    path.write_bytes(path.read_bytes()[:-30])
    monkeypatch.setattr(zip_contents, "rescued", lambda file: Rescued())
    assert refusal(path).code == "truncated"
