"""The pictures in a post on the web: each once, at its largest, furniture left out."""

from __future__ import annotations

import time

import pytest

from wizard.blog import Photo
from wizard.sources.metaweblog.web_photos import photos_in, reachable, whole_of

HOME = "https://blog.example/2008/05/a-day/"


def test_each_picture_is_found_with_the_names_the_text_uses():
    html = """<p><img src="/a.jpg" alt=" Two
      cats "><IMG SRC='b%20c.png?w=3&amp;h=4'></p>"""
    assert photos_in(html, HOME) == (
        Photo("https://blog.example/a.jpg", True, ("/a.jpg",), alt="Two cats"),
        Photo(f"{HOME}b%20c.png?w=3&h=4", True, ("b%20c.png?w=3&h=4",)),
    )


def test_a_thumbnail_and_its_full_size_file_are_one_picture():
    html = """<a href="/a.JPG?x=1"><img src="/a-300.jpg"></a>
      <img src="/a-300.jpg"><a href="/page.html"><img src="/b.jpg"></a>"""
    photos = photos_in(html, HOME)
    assert [photo.address for photo in photos] == [
        "https://blog.example/a.JPG?x=1",
        "https://blog.example/b.jpg",
    ]
    small = f"{HOME.partition('/2008')[0]}/a-300.jpg"
    assert photos[0].names == ("/a.JPG?x=1", "/a-300.jpg", small)


def test_pictures_of_the_blogs_own_that_words_lead_to_come_last():
    html = """<a href="/x.PNG">the plan</a> <a href="https://www.blog.example/y.jpg?w=2">
      here</a> <a href="/x.PNG">again</a> <a href="/a.jpg">large</a><img src="/a.jpg">
      <a href="https://elsewhere.example/z.jpg">not ours</a> <a href="/page">.jpg</a>"""
    assert [(photo.address, photo.names) for photo in photos_in(html, HOME)] == [
        ("https://blog.example/a.jpg", ("/a.jpg",)),
        ("https://blog.example/x.PNG", ("/x.PNG",)),
        ("https://www.blog.example/y.jpg?w=2", ("https://www.blog.example/y.jpg?w=2",)),
    ]
    at_its_host = '<a href="https://anna.files.wordpress.com/2008/a.jpg">a</a>'
    assert photos_in(at_its_host, "https://anna.wordpress.com/x/")
    assert not photos_in(at_its_host, HOME)


def test_the_larger_file_is_found_even_when_the_small_one_stands_first():
    html = '<img src="/s.jpg" alt="x"><a href="/l.jpg"><img src="/s.jpg"></a>'
    (photo,) = photos_in(html, HOME)
    assert photo.address == "https://blog.example/l.jpg"
    assert set(photo.names) == {"/s.jpg", "/l.jpg", "https://blog.example/s.jpg"}
    assert photo.alt == "x"


@pytest.mark.parametrize(
    ("image", "best"),
    [
        ('<img src="a.jpg" srcset="a.jpg, b.jpg 2x">', "b.jpg"),
        ('<img src="a.jpg" srcset="c,d.jpg 3x,b.jpg 2x,">', "c,d.jpg"),
        ('<img src="a.jpg" srcset="b.jpg 300w, a.jpg 1200w,c.jpg 600w">', "a.jpg"),
        ('<img src="a.jpg" srcset=" , b.jpg 10w 5h , c.jpg 9w">', "b.jpg"),
        ('<img src="a.jpg" srcset="b.jpg">', "a.jpg"),
        ('<img src="a.jpg" srcset="b.jpg 1x, c.jpg 0.5x, d.jpg 2q">', "a.jpg"),
        ('<img src="a.jpg" srcset="data:image/gif;base64,AA 9w">', "a.jpg"),
        ('<a href="full.jpg"><img src="a.jpg" srcset="b.jpg 2x"></a>', "full.jpg"),
        (
            '<picture><source srcset="b.webp 2x" type="image/webp"><img src="a.jpg"></picture>',
            "b.webp",
        ),
        (
            '<picture><source srcset="b.avif 2x" type="image/avif"><source srcset="c.jpg '
            '1.5x, d.jpg"><b><img src="a.jpg"></b></picture>',
            "c.jpg",
        ),
        (
            '<picture><source media="(min-width:9px)" srcset="crop.jpg 2000w">'
            '<img src="a.jpg"></picture>',
            "a.jpg",
        ),
    ],
)
def test_of_all_copies_that_are_offered_the_largest_is_the_photo(image, best):
    (photo,) = photos_in(f"<p>{image}</p>", HOME)
    assert photo.address == HOME + best
    smaller = () if best == "a.jpg" else ("a.jpg", f"{HOME}a.jpg")
    assert photo.names == (best, *smaller)


@pytest.mark.parametrize("piece", ["a ", "a,", ",", "a 1", "1w,", "a 1.1"])
def test_a_long_list_of_copies_is_read_in_a_moment(piece):
    start = time.process_time()
    photos_in(f"<img src=a.jpg srcset='{piece * 200_000}'>", HOME)
    assert time.process_time() - start < 5


def test_many_copies_for_many_pictures_are_read_in_a_moment():
    sources, images = "<source srcset='b.jpg 2x'>", "<img src=a.jpg>"
    start = time.process_time()
    photos_in(f"<picture>{sources * 2000}{images * 2000}</picture>", HOME)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "image",
    [
        '<img src="">',
        "<img>",
        '<img src="data:image/gif;base64,AAAA">',
        '<img src="/c.gif" width="1" height="1">',
        '<img src="https://s.w.org/images/core/emoji/2.4/svg/1f642.svg">',
        '<img src="/wp-includes/images/smilies/icon_smile.gif">',
    ],
)
def test_what_the_blog_drew_itself_is_no_photo(image):
    assert photos_in(f"<p>{image}</p>", HOME) == ()


@pytest.mark.parametrize(
    ("address", "lives"),
    [
        ("https://blog.example/a.jpg", True),
        ("http://127.0.0.1:8080/a.jpg", True),
        ("http://blufiles.storage.msn.com/y1p/a", False),
        ("http://abc.bay.livefilestore.com/a.jpg", False),
        ("http://ann.spaces.live.com/a.jpg", False),
        ("https://notstorage.msn.com.example/a.jpg", True),
        ("file:///c:/a.jpg", False),
        ("C:\\a.jpg", False),
        ("/a.jpg", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_a_host_that_is_gone_for_good_is_not_asked(address, lives):
    assert reachable(address) is lives


@pytest.mark.parametrize(
    "html", ["", "<img", "<img src='http://['>", "<div>" * 5000 + "<img src=a.jpg>"]
)
def test_no_text_brings_the_reader_down(html):
    assert isinstance(photos_in(html, HOME), tuple)


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("https://b.example/wp-content/uploads/2012/01/a-300x200.jpg", "a.jpg"),
        ("https://b.example/wp-content/uploads/2012/01/a-300x200.jpg?x=1", "a.jpg?x=1"),
        ("https://b.example/wp-content/uploads/2012/01/a-b.jpg", "a-b.jpg"),
        ("https://b.example/pictures/2012/01/a-300x200.jpg", "a-300x200.jpg"),
        ("https://b.files.wordpress.com/2012/01/a.jpg?w=300&h=200", "a.jpg"),
        ("https://b.example/wp-content/uploads/2012/01/a.jpg?w=300", "a.jpg?w=300"),
    ],
)
def test_the_whole_picture_behind_a_smaller_copy(address, whole):
    assert whole_of(address) == f"{address.rpartition('/')[0]}/{whole}"
