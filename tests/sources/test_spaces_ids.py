"""Every shape of an address that names a Spaces entry."""

from __future__ import annotations

import pytest

from wizard.sources.spaces_ids import (
    Identity,
    canonical_cid,
    cid_from_decimal,
    entry_address,
    identify,
    marked,
    space_address,
    space_of,
    tidy,
)

HEX = "6E7B9216726D07B8"
OLD = "1pU-rgQVTuuWM1TX8W8PfmDA"


@pytest.mark.parametrize(
    ("url", "space", "cid", "number"),
    [
        (
            f"http://harbour.spaces.live.com/blog/cns!{HEX}!975.entry",
            "harbour",
            HEX,
            975,
        ),
        (
            f"http://Harbour.spaces.live.com/Blog/cns!{HEX}!975.entry",
            "harbour",
            HEX,
            975,
        ),
        (f"https://harbour.spaces.live.com/blog/cns!{HEX}!5.trak", "harbour", HEX, 5),
        (
            f"http://harbour.spaces.live.com:80/blog/cns!{HEX}!5.entry",
            "harbour",
            HEX,
            5,
        ),
        (
            f"http://CID-{HEX}.spaces.live.com/blog/cns!{HEX}!7.entry",
            f"cid-{HEX.lower()}",
            HEX,
            7,
        ),
        (
            f"http://spaces.msn.com/members/Harbour/Blog/cns!{OLD}!1073.entry",
            "harbour",
            OLD,
            1073,
        ),
        (
            f"http://harbour.spaces.msn.com/blog/cns!{OLD}!1.entry"
            "?_c11_blogpart_blogpart=blogview&_c=blogpart#permalink",
            "harbour",
            OLD,
            1,
        ),
        (f"http://h.spaces.live.com/blog/cns%21{HEX}%212.entry", "h", HEX, 2),
        (f"http://h.spaces.live.com/blog/cns%2521{HEX}%25212.entry", "h", HEX, 2),
        (f"http://h.spaces.live.com/blog/cns&#33;{HEX}&#033;2.entry", "h", HEX, 2),
        (f"http://h.spaces.live.com/blog/cns!{HEX}!2.entry#post", "h", HEX, 2),
        (f"http://h.spaces.live.com/blog/cns!{HEX}!2.entry?mkt=zh-cn", "h", HEX, 2),
        (f"http://h.spaces.live.com/blog/cns!{HEX}!2.entry&wa=wsignin1.0", "h", HEX, 2),
        (f"http://h.spaces.live.com/blog/cns!{HEX}!2/comments/feed.rss", "h", HEX, 2),
        (f"http://h.spaces.live.com/?_c=BlogPart#permalinkcns!{HEX}!2", "h", HEX, 2),
        (
            "http://h.spaces.live.com/mmm2008-05-17_13.22/mmm2007-10-25_18.59/Blog/"
            f"cns!{HEX}!2.entry",
            "h",
            HEX,
            2,
        ),
        (
            "http://web.archive.org/web/20080517132205/http://h.spaces.live.com/blog/"
            f"cns!{HEX}!2.entry",
            "h",
            HEX,
            2,
        ),
        (
            f"/web/20080517132205/http://h.spaces.live.com/blog/cns!{HEX}!2.entry",
            "h",
            HEX,
            2,
        ),
        (
            f"http://cid-{HEX.lower()}.users.api.live.net/Users(7961117391414167480)/"
            f"Blogs('{HEX}!242')/Entries('{HEX}!258')?authkey=secret%24",
            f"cid-{HEX.lower()}",
            HEX,
            258,
        ),
        (
            f"http://cid-{HEX.lower()}.users.api.live.net/Users(7961)/"
            f"Blogs(%27{HEX}!242%27)/Entries%28%27{HEX}!258%27%29",
            f"cid-{HEX.lower()}",
            HEX,
            258,
        ),
        (f"cns!{HEX}!973.entry.html", "", HEX, 973),
        ("http://h.spaces.live.com/blog/cns!2b07!973.entry", "h", "2B07", 973),
    ],
)
def test_every_shape_of_an_address_means_the_same_entry(
    url: str, space: str, cid: str, number: int
) -> None:
    assert identify(url) == Identity(space, cid, number)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#post",
        "http://h.spaces.live.com/",
        f"http://h.spaces.live.com/?_c11_BlogPart_handle=cns!{HEX}!782&_c=BlogPart",
        f"http://h.spaces.live.com/photos/cns!{HEX}!901/cns!{HEX}!902/",
        f"http://h.spaces.live.com/blog/cns!{HEX}!/x",
        "http://[broken/blog/cns!1!x.entry",
        "javascript:BlogIt('cns!2B!975');",
        "http://example.com/cnsx!1!2.entry",
    ],
)
def test_other_addresses_are_no_entries(url: str) -> None:
    assert identify(url) is None


def test_a_mark_in_the_page_tells_what_it_marks() -> None:
    assert marked(f"msgcns!{HEX}!9") == ("msg", Identity("", HEX, 9))
    assert marked(f"LastMDatecns&#33;{HEX}!9") == ("LastMDate", Identity("", HEX, 9))
    assert marked(f"cns!{HEX}!9") == ("", Identity("", HEX, 9))
    assert marked(f"xcns!{HEX}!9") is None
    assert marked(f"msgcns!{HEX}!9x") is None
    assert marked("msgcns!!9") is None


def test_the_key_is_the_entrys_lasting_name() -> None:
    assert Identity("h", HEX, 9).key == f"cns!{HEX}!9"


def test_only_hex_is_brought_into_one_form() -> None:
    assert canonical_cid("0003725cc0ee38b1f6") == "0003725cc0ee38b1f6"
    assert canonical_cid("03725cc0ee38b1f6") == "3725CC0EE38B1F6"
    assert canonical_cid(OLD) == OLD
    assert canonical_cid("0") == "0"


@pytest.mark.parametrize(
    ("number", "cid"),
    [
        (7961117391414167480, "6E7B9216726D07B8"),
        (1812567674047566443, "192788B236F6126B"),
        (-715851972732602206, "F610C86C6D82B8A2"),
        (-5863621987198436459, "AEA03ADE93DDFB95"),
        (3100458374641625038, "2B070A76FD6627CE"),
    ],
)
def test_decimal_ids_are_signed(number: int, cid: str) -> None:
    assert cid_from_decimal(number) == cid


def test_a_space_is_known_by_its_name_or_its_owner() -> None:
    assert space_of("http://Harbour.spaces.live.com/feed.rss") == "harbour"
    assert space_of("http://spaces.msn.com/members/Harbour/") == "harbour"
    profile = "http://spaces.live.com/viewspace.aspx?cid=-715851972732602206"
    assert space_of(profile) == "cid-f610c86c6d82b8a2"
    message = "http://spaces.live.com/api.aspx?wx_action=sendMessage&wxp_toCid=3100458374641625038"
    assert space_of(message) == "cid-2b070a76fd6627ce"
    assert space_of("http://spaces.live.com/") == ""
    assert space_of("http://example.com/spaces.live.com/") == ""
    assert space_of("http://h.spaces.live.com.example.com/") == ""


def test_a_space_without_a_name_has_its_owners_address() -> None:
    assert space_address("harbour", HEX) == "http://harbour.spaces.live.com/"
    assert space_address("", HEX) == f"http://cid-{HEX.lower()}.spaces.live.com/"
    assert space_address("", OLD) == ""
    assert entry_address("h", HEX, 4) == (
        f"http://h.spaces.live.com/blog/cns!{HEX}!4.entry"
    )
    assert entry_address("", OLD, 4) == ""


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        (
            "http://web.archive.org/web/20080517132205im_/http://tk.storage.msn.com/x",
            "http://tk.storage.msn.com/x",
        ),
        (
            "https://web.archive.org/web/20080517132205/h.spaces.live.com/",
            "http://h.spaces.live.com/",
        ),
        (
            "//web.archive.org/web/20080517132205js_/http://x.invalid/a",
            "http://x.invalid/a",
        ),
        ("/web/20080517132205/https://x.invalid/a", "https://x.invalid/a"),
        ("/web/guide/", "/web/guide/"),
        (
            "http://h.spaces.live.com/mmm2008-05-17_13.22/blog/",
            "http://h.spaces.live.com/blog/",
        ),
        (
            "http://example.com/mmm2008-05-17_13.22/",
            "http://example.com/mmm2008-05-17_13.22/",
        ),
        (
            # Somebody's own link to an archived page, seen through another capture.
            "http://web.archive.org/web/20080101000000/http://web.archive.org/web/20010101000000/http://x/",
            "http://web.archive.org/web/20010101000000/http://x/",
        ),
    ],
)
def test_captures_and_builds_are_taken_off_an_address(url: str, clean: str) -> None:
    assert tidy(url) == clean
