"""Zips, folders and single files, sound and broken, read in place."""

from __future__ import annotations

import os
import struct
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.zips import PAGE, zipped
from wizard.errors import Unreadable
from wizard.sources.archive import Archive, open_archive


class TestReading:
    @pytest.fixture(params=["zip", "folder"])
    def archive(self, request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
        files = {
            "top/Page One.html": PAGE,
            "top/img/Ein Bild.JPG": b"\xff\xd8picture",
            "top/img/图.png": b"png",
            "__MACOSX/top/._Page One.html": b"junk",
            "top/.DS_Store": b"junk",
            "top/img/Thumbs.db": b"junk",
            "other.txt": b"",
        }
        if request.param == "zip":
            return self.kept(request, open_archive(zipped(tmp_path / "a.zip", files)))
        for name, data in files.items():
            file = tmp_path / "folder" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return self.kept(request, open_archive(str(tmp_path / "folder")))

    def kept(self, request: pytest.FixtureRequest, archive: Archive) -> Archive:
        request.addfinalizer(archive.close)
        return archive

    def test_names_are_sorted_and_free_of_junk(self, archive: Archive) -> None:
        assert archive.names() == (
            "other.txt",
            "top/Page One.html",
            "top/img/Ein Bild.JPG",
            "top/img/图.png",
        )

    def test_bytes_and_sizes_are_the_files_own(self, archive: Archive) -> None:
        assert archive.read("top/Page One.html") == PAGE
        assert archive.size("top/Page One.html") == len(PAGE)
        assert archive.read("other.txt") == b""

    def test_many_threads_read_at_once(self, archive: Archive) -> None:
        names = list(archive.names()) * 50
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(archive.read, names)) == [
                archive.read(n) for n in names
            ]

    def test_an_absent_name_is_unreadable(self, archive: Archive) -> None:
        for name in (
            "nothing.html",
            "top",
            "",
            "../a.zip",
            "/etc/passwd",
            "top/../other.txt",
        ):
            with pytest.raises(Unreadable):
                archive.read(name)

    @pytest.mark.parametrize(
        "reference",
        [
            "img/Ein Bild.JPG",
            "img/Ein%20Bild.JPG",
            "IMG/ein bild.jpg",
            "img\\Ein Bild.JPG",
            "./img/Ein%20Bild.JPG?size=full#top",
            "../top/img/Ein Bild.JPG",
            "img//Ein Bild.JPG",
            "/top/img/Ein Bild.JPG",
            " img/Ein Bild.JPG\n",
            "img%5CEin Bild.JPG",
        ],
    )
    def test_a_reference_finds_its_file(self, archive: Archive, reference: str) -> None:
        found = archive.resolve("top/Page One.html", reference)
        assert found == "top/img/Ein Bild.JPG"

    def test_foreign_letters_are_found_however_they_are_escaped(
        self, archive: Archive
    ) -> None:
        for reference in ("img/图.png", "img/%E5%9B%BE.png", "img/%CD%BC.png"):
            assert archive.resolve("top/Page One.html", reference) == "top/img/图.png"

    @pytest.mark.parametrize(
        "reference",
        [
            "",
            "#comments",
            "gone.jpg",
            "http://example.org/img/a.jpg",
            "//example.org/other.txt",
            "javascript:void(0)",
            "C:\\other.txt",
            "file:///other.txt",
            "../../other.txt",
            "../../../../../../etc/passwd",
            "%2e%2e/%2e%2e/etc/passwd",
            "img/Ein Bild.JPG\x00.html",
            "?query",
            "..",
        ],
    )
    def test_a_reference_to_elsewhere_finds_nothing(
        self, archive: Archive, reference: str
    ) -> None:
        assert archive.resolve("top/Page One.html", reference) is None

    @given(reference=st.text(max_size=40))
    def test_no_reference_leads_out_or_raises(self, reference: str) -> None:
        archive = Archive("here", _Fixed(("a/b.html", "a/c.jpg")))
        assert archive.resolve("a/b.html", reference) in (None, "a/b.html", "a/c.jpg")


class _Fixed:
    """Two names and nothing behind them: references need no more."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.notes = ()

    def find(self, name: str) -> str | None:
        return None

    def size(self, name: str) -> int:
        return 0

    def modified(self, name: str) -> datetime | None:
        return None

    def read(self, name: str) -> bytes:
        return b""

    def close(self) -> None:
        pass


def test_a_zip_tells_when_its_files_were_written(tmp_path: Path) -> None:
    with open_archive(zipped(tmp_path / "a.zip", {"a.html": PAGE})) as archive:
        assert archive.modified("a.html") == datetime(2010, 9, 28, 21, 5, 8)


def test_a_folder_tells_when_its_files_were_written(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    moment = datetime(2009, 11, 6, 10, 30)
    os.utime(tmp_path / "a.html", (moment.timestamp(), moment.timestamp()))
    with open_archive(tmp_path) as archive:
        assert archive.modified("a.html") == moment


def test_a_date_that_no_calendar_has_is_none(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.html": PAGE})
    date = struct.pack("<HH", 0, (2010 - 1980) << 9 | 13 << 5 | 31)
    data = path.read_bytes()
    packed = struct.pack("<HH", 21 << 11 | 5 << 5 | 4, (2010 - 1980) << 9 | 9 << 5 | 28)
    assert data.count(packed) == 2
    path.write_bytes(data.replace(packed, date))
    with open_archive(path) as archive:
        assert archive.modified("a.html") is None
