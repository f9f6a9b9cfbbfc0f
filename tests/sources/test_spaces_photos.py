"""The pictures of an entry: in its text, beside it, saved with it or not."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from tests.sources.space_pages import CID, HOME, entry, page, photo, seen
from wizard.sources.spaces_pages.records import SeenPhoto

FULL = "http://tkfiles.storage.msn.com/x1full"
THUMB = "http://tkfiles.storage.msn.com/x1thumb"


def photos_in(
    text: str = "", *beside: str, files: tuple[str, ...] = ()
) -> tuple[SeenPhoto, ...]:
    (one,) = seen(page(entry(9, text, photos=beside)), files=files)
    return one.photos


def test_integrated_photos_are_the_table_after_the_text() -> None:
    photos = photos_in("Look:", photo(), photo(FULL + "2", THUMB + "2"))
    assert photos == (
        SeenPhoto(names=(FULL, THUMB), remote=FULL, integrated=True),
        SeenPhoto(names=(FULL + "2", THUMB + "2"), remote=FULL + "2", integrated=True),
    )


def test_an_empty_table_holds_no_photo() -> None:
    assert photos_in("Nothing to see") == ()


def test_a_photos_own_id_is_read_from_its_link() -> None:
    (one,) = photos_in("", photo(number=512))
    assert one.cnsid == f"cns!{CID}!512"


def test_a_link_to_the_album_is_not_the_picture() -> None:
    album = f"{HOME}photos/cns!{CID}!901/cns!{CID}!512/"
    beside = photo(number=512).replace(f'href="{FULL}"', f'href="{album}"')
    (one,) = photos_in("", beside)
    assert (one.remote, one.names) == (FULL, (FULL, THUMB))
    text = f'<a href="{album}" rel="WLPP;url={FULL};cnsid=cns!{CID}!512"><img src="{THUMB}"></a>'
    (one,) = photos_in(text)
    assert (one.remote, one.names) == (FULL, (THUMB,))


def test_a_picture_in_the_text_and_its_larger_file_are_one() -> None:
    (one,) = photos_in(
        f'<a href="{FULL}"><b><img alt=" A  boat " src="{THUMB}"></b></a>'
    )
    assert one == SeenPhoto(names=(FULL, THUMB), remote=FULL, alt="A boat")


def test_a_picture_that_links_elsewhere_is_itself() -> None:
    (one,) = photos_in(
        '<a href="http://shop.example/"><img src="http://x.example/a.jpg"></a>'
    )
    assert (one.remote, one.names) == (
        "http://x.example/a.jpg",
        ("http://x.example/a.jpg",),
    )


def test_the_same_picture_twice_is_one() -> None:
    again = f'<img src="{THUMB}"><p><a href="{FULL}"><img src="{THUMB}"></a></p>'
    (one,) = photos_in(again)
    assert (one.remote, one.names) == (FULL, (THUMB, FULL))
    (one,) = photos_in(again, photo())
    assert not one.integrated


@pytest.mark.parametrize(
    "src",
    [
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "http://sc2.sclive.net/00.0.0000.0000/Web/images/c.gif",
        "http://shared.live.com/abc/emoticons/smile_regular.gif",
        "http://spaces.msn.com/mmm2006-01-01_10.10/rte/emoticons/smile_wink.gif",
        "/rte/emoticons/heart.gif",
        "http://c.live.com/c.gif?NC=31263",
        "javascript:void(0)",
        "",
    ],
)
def test_what_spaces_drew_itself_is_no_photo(src: str) -> None:
    assert photos_in(f'<img src="{src}">') == ()


def test_a_counter_of_one_dot_is_no_photo() -> None:
    assert photos_in('<img src="http://x.example/count" width="1" height="1">') == ()
    assert (
        len(photos_in('<img src="http://x.example/line" width="1" height="90">')) == 1
    )


def test_a_picture_saved_with_the_page_is_found_there() -> None:
    files = ("page_files/x.jpg", "page_files/smile_regular.gif")
    (one,) = photos_in(
        f'<img src="page_files/smile_regular.gif"><a href="{FULL}"><img src="page_files/x.jpg"></a>',
        files=files,
    )
    assert one.local == "page_files/x.jpg"
    assert one.remote == FULL
    assert one.names == (FULL, "page_files/x.jpg")


def test_the_larger_of_two_saved_files_is_the_photo() -> None:
    files = ("img/big.jpg", "img/small.jpg")
    (one,) = photos_in("", photo("img/big.jpg", "img/small.jpg"), files=files)
    assert (one.local, one.remote) == ("img/big.jpg", "")


def test_a_saved_page_behind_a_picture_is_not_its_larger_file() -> None:
    files = ("more.html", "img/small.jpg")
    (one,) = photos_in('<a href="more.html"><img src="img/small.jpg"></a>', files=files)
    assert (one.local, one.names) == ("img/small.jpg", ("img/small.jpg",))


def test_a_relative_picture_that_was_not_saved_has_a_whole_address() -> None:
    (one,) = photos_in('<img src="/mmm2007-04-13_21.29/images/a.jpg">')
    assert (one.local, one.remote) == ("", f"{HOME}images/a.jpg")


@pytest.mark.parametrize(
    "src",
    [
        "http://x.example/a b.jpg",
        "http://x.example/图.jpg",
        "http://x.example/?a=1&amp;b=%20[x]",
        "http://x.example/%E5%9B%BE.jpg",
        'http://x.example/"q".jpg'.replace('"', "&quot;"),
        "page_files/照片 1.jpg",
    ],
)
def test_names_stand_in_the_text_letter_for_letter(src: str) -> None:
    (one,) = seen(
        page(entry(9, f'<img src="{src}">')), files=("page_files/照片 1.jpg",)
    )
    tree = lxml_html.fromstring(f"<div>{one.html}</div>")
    written = tuple(image.get("src", "") for image in tree.iter("img"))
    assert written == one.photos[0].names


def test_addresses_that_are_none_do_no_harm() -> None:
    for bad in ("http://[x", "//", "http://", ":", "a\tb.jpg", "\\\\x\\y.jpg"):
        assert (
            len(photos_in(f'<img src="{bad}"><img src="http://x.example/a.jpg">')) >= 1
        )


@pytest.mark.parametrize(
    "text",
    [
        '<a href="a_files/song.mp3">song</a>',
        '<embed src="a_files/song.mp3">',
        '<object data="a_files/song.mp3"></object>',
        '<bgsound src="a_files/song.mp3">',
    ],
)
def test_a_recording_that_was_saved_with_the_page_comes_along(text: str) -> None:
    (one,) = photos_in(text, files=("a_files/song.mp3", "a_files/other.mp3"))
    assert one.local == "a_files/song.mp3"
    assert one.names == ("a_files/song.mp3",)
    assert photos_in(text) == (), "of one that was not saved nothing was promised"


def test_a_picture_that_words_link_to_comes_along_after_those_that_are_shown() -> None:
    text = '<a href="img/a.jpg">photo</a> <a href="img/b.jpg">more</a><img src="img/c.jpg">'
    files = ("img/a.jpg", "img/b.jpg", "img/c.jpg")
    photos = photos_in(text, files=files)
    assert [one.local for one in photos] == ["img/c.jpg", "img/a.jpg", "img/b.jpg"]
    assert [one.linked for one in photos] == [False, True, True]
    assert [one.local for one in photos_in(text)] == [""], "no other was promised"


def test_a_photo_beside_the_text_stays_there_when_words_link_to_it() -> None:
    link, files = '<a href="img/a.jpg">photo</a>', ("img/a.jpg", "img/t.jpg")
    (one,) = photos_in(link, photo("img/a.jpg", "img/t.jpg"), files=files)
    assert one.integrated
    assert not one.linked
    (one,) = photos_in(
        f'{link}<a href="img/a.jpg"><img src="img/t.jpg"></a>', files=files
    )
    assert (one.local, one.linked) == ("img/a.jpg", False)
