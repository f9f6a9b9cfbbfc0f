"""Zips, folders and single files, sound and broken, read in place."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.zips import PAGE, refusal, zipped
from wizard.errors import Unreadable
from wizard.sources import archive_zip
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


class TestSingleFile:
    def test_it_lists_itself_and_finds_what_lies_beside_it(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "My page_files" / "sub").mkdir(parents=True)
        (tmp_path / "My page_files" / "Photo.JPG").write_bytes(b"jpg")
        (tmp_path / "My page.html").write_bytes(PAGE)
        (tmp_path / "other.html").write_bytes(b"another")
        with open_archive(tmp_path / "My page.html") as archive:
            assert archive.names() == ("My page.html",)
            found = archive.resolve("My page.html", "my%20page_files/photo.jpg")
            assert found == "My page_files/Photo.JPG"
            assert archive.read(found) == b"jpg"
            assert archive.size(found) == 3
            assert archive.resolve("My page.html", "My page_files") is None
            assert archive.resolve("My page.html", "My page_files/sub") is None
            assert archive.resolve("My page.html", "../secret.txt") is None
            assert archive.resolve("My page.html", "My page_files/../../x") is None

    def test_a_link_beside_it_that_leads_away_is_not_followed(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "secret.jpg").write_bytes(b"secret")
        (tmp_path / "saved").mkdir()
        (tmp_path / "saved" / "page.html").write_bytes(PAGE)
        (tmp_path / "saved" / "photo.jpg").symlink_to(tmp_path / "secret.jpg")
        with open_archive(tmp_path / "saved" / "page.html") as archive:
            assert archive.resolve("page.html", "photo.jpg") is None
            with pytest.raises(Unreadable):
                archive.read("photo.jpg")


class TestFolder:
    def test_links_out_and_loops_are_not_followed(self, tmp_path: Path) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "secret.html").write_bytes(b"secret")
        inside = tmp_path / "inside"
        inside.mkdir()
        (inside / "a.html").write_bytes(PAGE)
        (inside / "b.html").symlink_to(inside / "a.html")
        (inside / "c.html").symlink_to(outside / "secret.html")
        (inside / "d").symlink_to(outside)
        (inside / "e").symlink_to(inside)
        (inside / "f.html").symlink_to(inside / "f.html")
        os.mkfifo(inside / "g.html")
        with open_archive(inside) as archive:
            assert archive.names() == ("a.html", "b.html")
            assert archive.read("b.html") == PAGE
            for name in ("c.html", "d/secret.html", "f.html", "g.html"):
                with pytest.raises(Unreadable):
                    archive.read(name)

    def test_a_file_swapped_for_a_link_later_is_not_followed(
        self, tmp_path: Path
    ) -> None:
        secret = tmp_path / "secret"
        secret.write_bytes(b"secret")
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "a.html").write_bytes(PAGE)
        with open_archive(folder) as archive:
            (folder / "a.html").unlink()
            (folder / "a.html").symlink_to(secret)
            with pytest.raises(Unreadable):
                archive.read("a.html")

    def test_a_file_that_vanished_says_what_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_bytes(PAGE)
        (tmp_path / "b.html").write_bytes(PAGE)
        with open_archive(tmp_path) as archive:
            (tmp_path / "a.html").unlink()
            with pytest.raises(Unreadable, match=r"a\.html"):
                archive.read("a.html")
            assert archive.read("b.html") == PAGE

    def test_an_empty_folder_is_refused(self, tmp_path: Path) -> None:
        assert "empty" in refusal(tmp_path).title

    def test_a_huge_file_is_refused_and_the_others_are_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (tmp_path / "huge.html").open("wb") as file:
            file.truncate(archive_zip.MAX_ENTRY + 1)
        (tmp_path / "small.html").write_bytes(PAGE)
        with open_archive(tmp_path) as archive:
            assert archive.read("small.html") == PAGE
            with pytest.raises(Unreadable, match="too big"):
                archive.read("huge.html")


class TestRights:
    """As somebody who may not: a real one, in a process of his own."""

    def seen_by_nobody(self, path: Path, expression: str) -> str:
        if os.geteuid() != 0:
            pytest.skip("only root can become somebody else")
        code = (
            "import os, sys; from wizard.sources.archive import open_archive;"
            "from wizard.errors import Unreadable; os.seteuid(65534)\n"
            f"try: archive = open_archive(sys.argv[1]); print({expression})\n"
            "except Unreadable as trouble: print(trouble)"
        )
        for folder in (path, *path.parents):
            if folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) == 0o700:
                folder.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        return done.stdout

    def test_a_folder_without_rights_is_named(self, tmp_path: Path) -> None:
        folder = tmp_path / "theirs"
        folder.mkdir()
        (folder / "a.html").write_bytes(PAGE)
        folder.chmod(0o000)
        said = self.seen_by_nobody(folder, "archive.names()")
        assert "does not let you read" in said
        assert "Copy it to a folder of your own" in said

    def test_a_zip_without_rights_is_named(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "theirs.zip", {"a.html": PAGE})
        path.chmod(0o000)
        assert "does not let you read" in self.seen_by_nobody(path, "archive.names()")

    def test_one_page_without_rights_does_not_hide_the_others(
        self, tmp_path: Path
    ) -> None:
        folder = tmp_path / "mixed"
        (folder / "locked").mkdir(parents=True)
        (folder / "a.html").write_bytes(PAGE)
        (folder / "b.html").write_bytes(PAGE)
        (folder / "b.html").chmod(0o000)
        (folder / "locked" / "c.html").write_bytes(PAGE)
        (folder / "locked").chmod(0o000)
        said = self.seen_by_nobody(
            folder, "(archive.names(), len(archive.read('a.html')), archive.notes)"
        )
        assert said.startswith(f"(('a.html', 'b.html'), {len(PAGE)}, ")
        assert "locked" in said
        assert "does not let you" in self.seen_by_nobody(
            folder, "archive.read('b.html')"
        )
