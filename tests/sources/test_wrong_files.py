"""Files that are no archive of a blog: what a person is told about each."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.sources.zips import PAGE, read_all, refusal, zipped
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

    def test_a_locked_zip_says_so(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE})
        data = bytearray(path.read_bytes())
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(data)
        trouble = refusal(path)
        assert "password" in trouble.title
        assert trouble.code == "encrypted"

    @pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
    def test_other_packings_are_read_and_their_damage_seen(
        self, tmp_path: Path, method: int
    ) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE}, method)
        assert read_all(path) == [PAGE]
        data = bytearray(path.read_bytes())
        for at in range(36, 60):
            data[at] ^= 0x55
        path.write_bytes(data)
        assert refusal(path).code == "damaged"

    def test_a_packing_that_wants_too_much_memory_is_not_unpacked(
        self, tmp_path: Path
    ) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE}, zipfile.ZIP_LZMA)
        data = bytearray(path.read_bytes())
        at = data.index(b"\x05\x00\x5d")
        data[at + 3 : at + 7] = b"\xff\xff\xff\xff"
        path.write_bytes(data)
        assert refusal(path).code == "damaged"

    @pytest.mark.parametrize(("method", "words"), [(9, "Deflate64"), (93, "Zstandard")])
    def test_an_unusual_packing_is_named(
        self, tmp_path: Path, method: int, words: str
    ) -> None:
        trouble = refusal(_packed_as(tmp_path / "a.zip", {"a.html": PAGE}, method))
        assert words in trouble.title
        assert "Unpack" in trouble.hint

    def test_one_file_packed_unusually_does_not_hide_the_others(
        self, tmp_path: Path
    ) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE, "b.html": PAGE})
        data = bytearray(path.read_bytes())
        data[data.rindex(b"PK\x01\x02") + 10] = 93
        path.write_bytes(data)
        with open_archive(path) as archive:
            assert archive.read("a.html") == PAGE
            with pytest.raises(Unreadable, match="Zstandard"):
                archive.read("b.html")

    def test_a_device_is_no_blog(self) -> None:
        assert refusal("/dev/null").code == "special"

    def test_a_closed_archive_says_so(self, tmp_path: Path) -> None:
        archive = open_archive(zipped(tmp_path / "a.zip", {"a.html": PAGE}))
        archive.close()
        with pytest.raises(Unreadable):
            archive.read("a.html")


def _packed_as(path: Path, files: dict[str, bytes], method: int) -> Path:
    """A zip that says its files are packed in this way."""
    data = bytearray(zipped(path, files).read_bytes())
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + place] = method
    path.write_bytes(data)
    return path
