"""Folders and single files: links, rights, and what lies beside a page."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources.zips import PAGE, refusal, zipped
from wizard.errors import Unreadable
from wizard.sources.archive import open_archive
from wizard.sources.archive import zips as archive_zip


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


def test_names_of_another_computer_are_readable_and_open_their_files(
    tmp_path: Path,
) -> None:
    """As some programs unpack a zip: its letters as they were, backslashes in names."""
    folder = os.fsencode(tmp_path)
    for raw, data in (
        ("照片旅行日记.html".encode("gbk"), PAGE),
        ("海边的风景.jpg".encode("gbk"), b"jpg"),
        (b"img\\b.jpg", b"b"),
        (b"c:d.html", b"d"),
    ):
        with open(os.path.join(folder, raw), "wb") as file:
            file.write(data)
    with open_archive(tmp_path) as archive:
        assert archive.names() == (
            "c_d.html", "img/b.jpg", "海边的风景.jpg", "照片旅行日记.html",
        )  # fmt: skip
        assert archive.read("照片旅行日记.html") == PAGE
        assert archive.read("img/b.jpg") == b"b"
        assert archive.read("c_d.html") == b"d"
        found = archive.resolve("照片旅行日记.html", "海边的风景.jpg")
        assert found == "海边的风景.jpg"
