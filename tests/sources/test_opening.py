"""What a person brings, recognised or turned away with words; several as one blog."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources.backups import FILES, write_folder, write_zip
from wizard import sources
from wizard.credentials import Secret
from wizard.errors import (
    HostClosed,
    NothingFound,
    SourceError,
    Unreadable,
)
from wizard.sources import kind_of, open_source


def turned_away(location: str | Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        kind_of(str(location))
    with pytest.raises(type(caught.value)):
        open_source([str(location)])
    assert caught.value.title.endswith(".")
    assert caught.value.hint.endswith(".")
    return caught.value


class TestRecognising:
    @pytest.fixture
    def backup_zip(self, tmp_path: Path) -> Path:
        return write_zip(tmp_path / "space.zip", FILES)

    def test_a_backup_is_known_by_its_content(
        self, backup_zip: Path, tmp_path: Path
    ) -> None:
        folder = write_folder(tmp_path / "unpacked", FILES)
        renamed = backup_zip.rename(tmp_path / "holiday.bin")
        for location in (renamed, folder, folder / "001.html"):
            assert kind_of(str(location)).name == "spaces-backup"

    @pytest.mark.parametrize("form", ['"{}"', " {}\n", "file://{}", "{}/", "{}/."])
    def test_a_path_may_be_written_in_many_ways(
        self, tmp_path: Path, form: str
    ) -> None:
        folder = write_folder(tmp_path / "my space", FILES)
        assert kind_of(form.format(folder)).name == "spaces-backup"

    def test_a_path_in_the_home_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        write_folder(tmp_path / "space", FILES)
        assert kind_of("~/space").name == "spaces-backup"

    def test_a_backup_opens_and_reads(self, backup_zip: Path) -> None:
        source = open_source([str(backup_zip)])
        assert [post.title for post in source.posts()] == ["Second", "First post"]

    def test_the_zip_in_a_folder_is_found(self, tmp_path: Path) -> None:
        folder = tmp_path / "Downloads"
        folder.mkdir()
        write_zip(folder / "space.zip", FILES)
        write_zip(folder / "music.zip", {"a.mp3": b"ID3"})
        (folder / "broken.zip").write_bytes(b"PK\x03\x04")
        source = open_source([str(folder)])
        assert len(list(source.posts())) == 2

    def test_two_zips_in_a_folder_ask_for_a_choice(self, tmp_path: Path) -> None:
        for name in ("a.zip", "b.zip"):
            write_zip(tmp_path / name, FILES)
        assert "2 blogs" in turned_away(tmp_path).title

    @pytest.mark.parametrize(
        "address",
        [
            "https://rpc.cnblogs.com/metaweblog/joe", "http://localhost:8080/blog", "example.org",
            "blog.example.org/xmlrpc.php", "127.0.0.1:8000", "müller.example", "HTTP://EXAMPLE.ORG",
        ],
    )  # fmt: skip
    def test_an_address_is_a_blog_that_answers(self, address: str) -> None:
        kind = kind_of(address)
        assert any(field.secret for field in kind.fields)
        assert (
            open_source([address], {"user": "joe", "password": Secret("x")}).name
            == kind.name
        )

    def test_a_file_wins_over_a_host_of_its_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_folder(tmp_path / "example.org", FILES)
        monkeypatch.chdir(tmp_path)
        assert kind_of("example.org").name == "spaces-backup"

    def test_every_kind_is_in_the_list(self) -> None:
        names = [kind.name for kind in sources.SOURCES]
        assert "spaces-backup" in names
        assert len(set(names)) == len(names) == 3

    def test_knowing_the_sources_loads_none_of_them(self) -> None:
        code = "import sys, wizard.sources; print({'lxml', 'requests', 'PIL'} & set(sys.modules))"
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert done.stdout.strip() == "set()"


class TestTurnedAway:
    @pytest.mark.parametrize(
        "address",
        [
            "http://joe.spaces.live.com/", "joe.spaces.live.com", "https://spaces.msn.com/members/x",
            "http://cid-2b070a76fd6627ce.spaces.live.com/blog/cns!2B070A76FD6627CE!975.entry",
            "http://joe.spaces.msn.com:80/blog/", "JOE.Spaces.Live.Com",
        ],
    )  # fmt: skip
    def test_a_space_closed_in_2011_and_one_sentence_says_so(
        self, address: str
    ) -> None:
        trouble = turned_away(address)
        assert isinstance(trouble, HostClosed)
        assert "2011" in trouble.title
        assert "zip" in trouble.title
        assert "pages you saved" in trouble.title

    def test_another_host_with_such_a_name_is_no_space(self) -> None:
        assert kind_of("http://notspaces.live.community/").fields

    def test_the_wayback_machine_is_explained(self) -> None:
        trouble = turned_away(
            "https://web.archive.org/web/2007/http://joe.spaces.live.com/"
        )
        assert "save" in trouble.hint

    @pytest.mark.parametrize(
        "address", ["ftp://example.org/", "http://", "http://[bad/"]
    )
    def test_an_address_that_is_none(self, address: str) -> None:
        assert isinstance(turned_away(address), Unreadable)

    @pytest.mark.parametrize(
        "path", ["no/such/folder", "space.zip", "page.html", "C:\\x.zip", ""]
    )
    def test_a_path_that_is_not_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert isinstance(turned_away(path), SourceError)

    def test_nothing_chosen_is_said(self) -> None:
        with pytest.raises(Unreadable, match="Nothing was chosen"):
            open_source([])

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ({"a.mp3": b"ID3", "b.mp3": b"ID3", "cover.jpg": b"x"}, "music (2 of 3 files)"),
            ({"a.jpg": b"\xff\xd8\xff"}, "picture"),
            ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "a Word document"),
            ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "an Excel sheet"),
            ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "OpenDocument"),
            ({"META-INF/container.xml": b"<x/>", "a.html": b"<p>"}, "an e-book"),
            (
                {"blog.xml": b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/">'},
                "a WordPress export file (not read yet)",
            ),
            ({"drafts/a.wpost": b"\xd0\xcf", "drafts/b.wpost": b"\xd0\xcf"}, "Live Writer"),
            ({"page.mht": b"From: <Saved by Windows>\r\nMIME-Version: 1.0"}, ".mht"),
            ({"a.html": b"<html><p>hello", "b.html": b"<p>"}, "none of Windows Live Spaces"),
            ({"inner.zip": b"PK\x03\x04"}, "zip"),
            ({"friends.ctt": b"<messenger><service>"}, "contact list"),
            ({"a.bin": b"\x01", "b.dat": b"\x02"}, "There is no blog to be read"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("form", ["zip", "folder"])
    def test_something_else_is_named(
        self, tmp_path: Path, files: dict[str, str | bytes], words: str, form: str
    ) -> None:
        if form == "zip":
            trouble = turned_away(write_zip(tmp_path / "brought.zip", files))
        else:
            trouble = turned_away(write_folder(tmp_path / "brought", files))
        assert isinstance(trouble, NothingFound)
        assert words in trouble.title
        assert "brought" in trouble.title
        assert "looked for" in trouble.hint

    def test_a_single_file_of_something_else_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_text("<html><p>hello")
        assert "not of Windows Live Spaces" in turned_away(tmp_path / "a.html").title
        (tmp_path / "a.xml").write_text(
            '<rss xmlns:wp="http://wordpress.org/export/1.2/">'
        )
        assert "WordPress export" in turned_away(tmp_path / "a.xml").title

    def test_no_file_is_left_open_by_a_refusal(self, tmp_path: Path) -> None:
        path = write_zip(tmp_path / "music.zip", {"a.mp3": b"ID3"})
        turned_away(path)
        if os.path.isdir("/proc/self/fd"):
            links = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
            held = [os.readlink(link) for link in links if os.path.lexists(link)]
            assert str(path) not in held


def test_several_of_which_one_is_wrong_open_none(tmp_path: Path) -> None:
    good = write_zip(tmp_path / "space.zip", FILES)
    with pytest.raises(Unreadable, match="no file"):
        open_source([str(good), str(tmp_path / "gone.zip")])
