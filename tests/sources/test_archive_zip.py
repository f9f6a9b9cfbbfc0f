"""Zips that lie, swell, overlap or lead elsewhere; and damage at every place."""

from __future__ import annotations

import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sources.zips import PAGE, read_all, refusal, zipped
from wizard.errors import Unreadable
from wizard.sources.archive import open_archive, zip_contents


class TestHostileZip:
    def test_names_that_lead_elsewhere_are_read_under_plain_ones(
        self, tmp_path: Path
    ) -> None:
        names = [
            "../evil.html", "a/../../evil.html", "/etc/evil.html", "C:/evil.html",
            "c:evil.html", "\\\\server\\share\\evil.html", "a\\..\\..\\evil.html", "good.html",
        ]  # fmt: skip
        path = zipped(tmp_path / "a.zip", {name: name.encode() for name in names})
        with open_archive(path) as archive:
            assert archive.names() == (
                "C_/evil.html", "_/evil.html", "a/_/_/evil (2).html", "a/_/_/evil.html",
                "c_evil.html", "etc/evil.html", "good.html", "server/share/evil.html",
            )  # fmt: skip
            assert {archive.read(name).decode() for name in archive.names()} == set(
                names
            )
            assert "lead out of its folder" in archive.notes[0]
        assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]

    def test_backslashes_are_folders(self, tmp_path: Path) -> None:
        with open_archive(zipped(tmp_path / "a.zip", {"img\\a.jpg": b"x"})) as archive:
            assert archive.names() == ("img/a.jpg",)
            assert archive.resolve("index.html", "img/a.jpg") == "img/a.jpg"

    def test_a_nul_in_a_name_hides_nothing(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"aXb.html": PAGE, "good.html": PAGE})
        path.write_bytes(path.read_bytes().replace(b"aXb.html", b"a\0b.html"))
        with open_archive(path) as archive:
            assert archive.names() == ("a_b.html", "good.html")

    def test_a_link_in_a_zip_is_left_out(self, tmp_path: Path) -> None:
        info = zipfile.ZipInfo("link.html")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
            file.writestr(info, "/etc/passwd")
            file.writestr("good.html", PAGE)
        with open_archive(tmp_path / "a.zip") as archive:
            assert archive.names() == ("good.html",)
            assert "link.html" in archive.notes[0]

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_files_of_one_name_are_all_kept(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
            file.writestr("a.html", b"one")
            file.writestr("a.html", b"two")
            file.writestr("a (2).html", b"three")
        with open_archive(tmp_path / "a.zip") as archive:
            assert sorted(map(archive.read, archive.names())) == [
                b"one",
                b"three",
                b"two",
            ]

    def test_a_bomb_is_left_alone(self, tmp_path: Path) -> None:
        path = zipped(
            tmp_path / "a.zip", {"bomb.html": bytes(30 * 2**20), "a.html": PAGE}
        )
        assert path.stat().st_size < 40_000
        with open_archive(path) as archive:
            assert archive.read("a.html") == PAGE
            with pytest.raises(Unreadable, match="swell") as caught:
                archive.read("bomb.html")
            assert caught.value.code == "bomb"

    def test_a_dense_page_is_no_bomb(self, tmp_path: Path) -> None:
        data = bytes(2 * 2**20)
        with open_archive(zipped(tmp_path / "a.zip", {"a.bmp": data})) as archive:
            assert archive.read("a.bmp") == data

    def test_a_size_that_lies_is_seen_and_costs_nothing(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": bytes(50 * 2**20)})
        data = bytearray(path.read_bytes())
        at = data.rindex(b"PK\x01\x02")
        data[at + 24 : at + 28] = struct.pack("<I", 100)
        path.write_bytes(data)
        assert refusal(path).code == "damaged"

    def test_entries_that_share_bytes_are_refused(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE})
        data = path.read_bytes()
        at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
        twice = data[at:end] + data[at:end].replace(b"a.html", b"b.html")
        counts = struct.pack("<HHL", 2, 2, len(twice))
        path.write_bytes(data[:at] + twice + data[end : end + 8] + counts + data[-6:])
        assert refusal(path).code == "bomb"

    def test_a_list_that_is_wrong_about_one_place_is_made_anew(
        self, tmp_path: Path
    ) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE, "b.html": PAGE + b"b"})
        data = bytearray(path.read_bytes())
        second = data.rindex(b"PK\x01\x02")
        data[second + 42 : second + 46] = struct.pack("<I", 0)
        path.write_bytes(data)
        assert read_all(path) == [PAGE, PAGE + b"b"]

    def test_more_files_than_any_blog_has_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zip_contents, "MAX_ENTRIES", 3)
        path = zipped(tmp_path / "a.zip", {f"{n}.html": PAGE for n in range(4)})
        assert refusal(path).code == "too-many"

    def test_a_flipped_bit_is_seen(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"a.html": PAGE}, zipfile.ZIP_STORED)
        path.write_bytes(path.read_bytes().replace(b"a post", b"a pest", 1))
        assert "damaged" in refusal(path).title

    @pytest.mark.parametrize("seed", range(40))
    def test_damage_anywhere_gives_words_or_whole_files(
        self, tmp_path: Path, seed: int
    ) -> None:
        files = {"a.html": PAGE, "img/b.jpg": bytes(range(256)) * 8}
        path = zipped(tmp_path / "a.zip", files)
        data = bytearray(path.read_bytes())
        for step in range(4):
            data[(seed * 7919 + step * 104729) % len(data)] ^= 1 << (seed + step) % 8
        path.write_bytes(data)
        with suppress(Unreadable):
            assert set(read_all(path)) <= set(files.values())
