"""Files that are no archive of a blog: what a person is told about each."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.sources.zips import PAGE, refusal, zipped
from wizard.errors import Unreadable
from wizard.sources.archive import open_archive


class TestWrongFiles:
    def test_a_path_that_is_not_there(self, tmp_path: Path) -> None:
        for path in (tmp_path / "no.zip", "\x00", "x" * 5000):
            assert "There is no file or folder" in refusal(path).title

    def test_a_file_without_bytes(self, tmp_path: Path) -> None:
        (tmp_path / "a.zip").write_bytes(b"")
        assert "no bytes" in refusal(tmp_path / "a.zip").title

    def test_a_zip_without_files(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {})
        assert refusal(path).title == "The zip file a.zip is empty."
        assert refusal(zipped(path, {"folder/": b""})).code == "empty"

    @pytest.mark.parametrize(
        ("head", "words"),
        [
            (b"Rar!\x1a\x07\x00xx", "RAR"),
            (b"7z\xbc\xaf\x27\x1cxx", "7-Zip"),
            (b"\x1f\x8b\x08xx", "gzip"),
            (b"%PDF-1.4", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
            (b"\xff\xd8\xff\xe0", "picture"),
            (b"ID3\x03\x00", "music"),
            (b"MZ\x90\x00", "program"),
            (b"SQLite format 3\x00", "move file"),
            (bytes(257) + b"ustar\x00", "tar"),
            (b"\x00\x01\x02", "a kind unknown"),
            (b"<html><p>hello", "a web page"),
            (b"hello", "a text file"),
        ],
    )
    def test_something_else_by_the_name_of_a_zip(
        self, tmp_path: Path, head: bytes, words: str
    ) -> None:
        (tmp_path / "blog.zip").write_bytes(head)
        trouble = refusal(tmp_path / "blog.zip")
        assert words in trouble.title
        assert "blog.zip" in trouble.title
        assert trouble.hint

    def test_a_download_that_was_cut_says_so_at_every_length(
        self, tmp_path: Path
    ) -> None:
        files = {f"{number}.html": os.urandom(300) for number in range(5)}
        whole = zipped(tmp_path / "a.zip", files).read_bytes()
        for length in [*range(4, len(whole), 97), len(whole) - 1]:
            (tmp_path / "a.zip").write_bytes(whole[:length])
            trouble = refusal(tmp_path / "a.zip")
            assert trouble.code == "truncated", length
            assert "again" in trouble.hint

    def test_a_locked_zip_says_so(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE})
        data = bytearray(path.read_bytes())
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(data)
        trouble = refusal(path)
        assert "password" in trouble.title
        assert trouble.code == "encrypted"

    @pytest.mark.parametrize(
        ("method", "words"), [(zipfile.ZIP_LZMA, "LZMA"), (zipfile.ZIP_BZIP2, "BZIP2")]
    )
    def test_an_unusual_packing_is_named(
        self, tmp_path: Path, method: int, words: str
    ) -> None:
        trouble = refusal(zipped(tmp_path / "a.zip", {"a.html": PAGE}, method))
        assert words in trouble.title
        assert "Unpack" in trouble.hint

    def test_one_file_packed_unusually_does_not_hide_the_others(
        self, tmp_path: Path
    ) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE})
        with zipfile.ZipFile(path, "a") as file:
            file.writestr("b.html", PAGE, zipfile.ZIP_LZMA)
        with open_archive(path) as archive:
            assert archive.read("a.html") == PAGE
            with pytest.raises(Unreadable, match="LZMA"):
                archive.read("b.html")

    def test_a_device_is_no_blog(self) -> None:
        assert refusal("/dev/null").code == "special"

    def test_a_closed_archive_says_so(self, tmp_path: Path) -> None:
        archive = open_archive(zipped(tmp_path / "a.zip", {"a.html": PAGE}))
        archive.close()
        with pytest.raises(Unreadable):
            archive.read("a.html")
