"""Names in zips, in every alphabet that Spaces was written in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.zips import PAGE, zipped
from wizard.sources.archive import open_archive
from wizard.sources.archive.zip_names import code_page, safe_name, tamed, unique


class TestAlphabets:
    @pytest.mark.parametrize(
        ("page", "names"),
        [
            ("gbk", ["我的日志/今天天气.html", "照片/漂亮的老婆.jpg"]),
            ("shift_jis", ["日記/今日の天気.html", "写真/きれいな花.jpg"]),
            ("euc_kr", ["블로그/오늘의 날씨.html", "사진/예쁜 꽃.jpg"]),
            ("big5", ["我的網誌/今天天氣.html", "照片/漂亮的花.jpg"]),
            ("cp1252", ["Büro/Ein schöner Tag.html", "Fotos/Grüße.jpg"]),
            ("cp850", ["Büro/Ein schöner Tag.html", "Fotos/Grüße.jpg"]),
            ("cp1251", ["блог/Сегодня хорошая погода.html"]),
            ("cp866", ["блог/Сегодня хорошая погода.html"]),
            ("utf-8", ["我的日志/今天天气.html", "Büro/Grüße.html"]),
        ],
    )
    def test_names_are_read_in_their_own_alphabet(
        self, tmp_path: Path, page: str, names: list[str]
    ) -> None:
        plain = {f"{number:040d}": name for number, name in enumerate(names)}
        stored: dict[str, bytes] = {}
        for name in names:
            # A name of equal length that is swapped for the raw bytes afterwards.
            stored["N" * (len(name.encode(page)) - 1) + str(len(stored))] = name.encode(
                page
            )
        path = zipped(tmp_path / "a.zip", dict.fromkeys(stored, PAGE))
        data = path.read_bytes()
        for stand_in, raw in stored.items():
            assert data.count(stand_in.encode()) == 2
            data = data.replace(stand_in.encode(), raw)
        path.write_bytes(data)
        with open_archive(path) as archive:
            assert archive.names() == tuple(sorted(plain.values()))
            assert all(archive.read(name) == PAGE for name in archive.names())

    def test_names_marked_as_utf_8_need_no_guess(self, tmp_path: Path) -> None:
        with open_archive(zipped(tmp_path / "a.zip", {"图/é.html": PAGE})) as archive:
            assert archive.names() == ("图/é.html",)

    @given(st.lists(st.binary(max_size=30), max_size=5))
    def test_any_bytes_have_a_code_page(self, names: list[bytes]) -> None:
        for name in names:
            name.decode(code_page(names), "replace")

    @given(st.text(max_size=40))
    def test_a_safe_name_never_climbs(self, name: str) -> None:
        safe = safe_name(name)
        if safe is not None:
            assert not safe.startswith("/")
            assert ".." not in safe.split("/")
            assert "\\" not in safe


def test_a_hundred_thousand_twins_are_told_apart_at_once() -> None:
    names = unique(["a.html"] * 100_000)
    assert names[:3] == ["a.html", "a (2).html", "a (3).html"]
    assert len(set(names)) == 100_000


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "_/_/etc/passwd"),
        ("C:\\Users\\me\\1.html", "C_/Users/me/1.html"),
        ("//server/share/1.html", "server/share/1.html"),
        ("a\x00b\n.html", "a_b_.html"),
        ("1.html ", "1.html"),
        ("./a//b.html", "a/b.html"),
        ("..", "_"),
        ("/", "_"),
        ("", "_"),
    ],
)
def test_a_name_that_leads_elsewhere_becomes_one_that_does_not(
    name: str, plain: str
) -> None:
    assert tamed(name) == plain
    assert safe_name(plain) == plain


@given(st.text())
def test_no_plain_name_leads_elsewhere(name: str) -> None:
    assert safe_name(tamed(name)) == tamed(name)
