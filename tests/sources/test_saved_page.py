"""A saved page: whether it is one of Spaces, its letters, and when it was taken."""

from __future__ import annotations

import gzip
from datetime import datetime

import pytest

from tests.sources.space_pages import entry, from_wayback, page, page_2006, seen
from wizard.errors import Unreadable
from wizard.sources.spaces_pages.saved_page import CLOSED, is_spaces_page, open_page

CHINESE = "今天去整了一个主板，然后把原有的内存给插上了"


def captured(
    html: str, name: str = "a.html", modified: datetime | None = None
) -> object:
    opened = open_page(name, html.encode(), modified)
    assert opened is not None
    return opened.captured


def test_pages_are_known_by_what_is_in_them() -> None:
    assert is_spaces_page(page(entry(1)).encode())
    assert is_spaces_page(page_2006().encode())
    assert is_spaces_page(page().encode())
    assert is_spaces_page(b'<div class="bvMsg" id="msgcns!1A!2">x</div>')
    assert is_spaces_page(
        b'<base href="http://x.spaces.live.com/mmm2007-04-13_21.29/">'
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xe0 JFIF",
        b"<html><a href='http://x.spaces.live.com/blog/cns!1A!2.entry'>look</a></html>",
        b".bvMsg { margin: 0 } .bvEntry { color: red }",
        b"if (a < 3) b > 4; $('div.bvEntry, div.bvMsg')",
        b"<?xml version='1.0'?><rss><item>&lt;div class='bvMsg'&gt;</item></rss>",
        b'<rss version="2.0"><![CDATA[<div id="msgcns!1A!2" class="bvMsg">]]></rss>',
        b'From: <Saved by Windows Internet Explorer 8>\r\n<div class=3D"bvMsg">',
        b'MIME-Version: 1.0\r\n\r\n<div class="bvMsg">',
        b"\x1f\x8b broken",
    ],
)
def test_other_files_are_none(data: bytes) -> None:
    assert not is_spaces_page(data)
    assert open_page("x", data, None) is None


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", "gb2312"),
        ("utf-16", "unicode"),
        ("gb18030", "gb2312"),
        ("big5", "big5"),
        ("gb18030", ""),
    ],
)
def test_letters_are_read_in_any_encoding(encoding: str, declared: str) -> None:
    words = "繁體中文的文章標題" if encoding == "big5" else CHINESE
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    html = page(entry(1, f"<p>{words}</p>" * 8), head=head if declared else "")
    assert words in seen(html.encode(encoding))[0].html


def test_a_page_cut_within_a_letter_is_still_utf_8() -> None:
    data = page(entry(1, CHINESE)).encode()
    cut = data[: data.index("插".encode()) + 2]
    assert "原有的内存给" in seen(cut)[0].html


def test_a_broken_letter_does_not_spoil_the_others() -> None:
    data = page(entry(1, CHINESE * 3)).encode().replace("主".encode(), b"\xe4\xb8", 1)
    assert "然后把原有的内存" in seen(data)[0].html


def test_a_page_still_packed_by_the_server_is_unpacked() -> None:
    assert seen(gzip.compress(page(entry(1)).encode()))[0].html == "A text."


def test_zero_bytes_do_not_end_a_page() -> None:
    assert "b" in seen(page(entry(1, "a\0b")))[0].html


def test_a_page_of_too_many_parts_is_refused_in_words() -> None:
    data = page(entry(1, "<b>" * 700_000)).encode()
    with pytest.raises(Unreadable) as caught:
        open_page("huge.html", data, None)
    assert "huge.html" in caught.value.title


def test_the_wayback_machine_knows_best_when_a_page_was_taken() -> None:
    html = page(entry(1), head="<script>x='&ct=1177215007&'</script>")
    assert captured(from_wayback(html)) == datetime(2008, 5, 17, 13, 22, 5)


def test_the_servers_clock_in_the_page_goes_before_the_files_date() -> None:
    modified = datetime(2009, 1, 1)
    script = "<script>u='login.srf?rpsnv=10&ct=1177215007&rver=4'</script>"
    assert captured(page(entry(1), head=script), modified=modified) == datetime(
        2007, 4, 22, 4, 10, 7
    )
    script = (
        "<script>t='http://watson.live.com/trace.aspx?rt=633127866079165164&m'</script>"
    )
    assert captured(page(entry(1), head=script), modified=modified) == datetime(
        2007, 4, 22, 5, 10, 7
    )


def test_the_time_of_capture_may_stand_in_the_files_name() -> None:
    name = "websites/20080517132205/page.html"
    assert captured(page(entry(1)), name=name) == datetime(2008, 5, 17, 13, 22, 5)
    assert captured(page(entry(1)), name="20089999999999.html") is None


def test_no_page_was_taken_after_the_service_closed() -> None:
    assert captured(page(entry(1)), modified=datetime(2010, 3, 2)) == datetime(
        2010, 3, 2
    )
    assert captured(page(entry(1)), modified=datetime(2024, 3, 2)) == CLOSED
    assert captured(page(entry(1))) is None


def test_a_page_saved_by_the_explorer_names_its_address() -> None:
    saved = (
        "<!-- saved from url=(0062)http://harbour.spaces.live.com/blog/cns!1A!7.entry -->"
        '<html><title>x</title><div class=bvMsg>See <a href="/lists/">l</a></div><p>.</html>'
    )
    (one,) = seen(saved)
    assert (one.key, one.space) == ("cns!1A!7", "harbour")
    assert '"http://harbour.spaces.live.com/lists/"' in one.html


def test_the_culture_is_the_pages_own() -> None:
    opened = open_page("a", page(entry(1), culture="zh-CN").encode(), None)
    assert opened is not None
    assert opened.culture == "zh-CN"
