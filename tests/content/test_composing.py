"""Composing: what is sent of a post, with photos in their new home or a note instead."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as tree

from wizard.blog import Photo, Post
from wizard.content.cleaning import clean, plain_text
from wizard.content.composing import Placed, compose

DEAD = "http://tkfiles.storage.msn.com/"
HOME = Placed("http://new.example/full.jpg", "http://new.example/shown.jpg", 240, 180)
SAMPLES = Path(__file__).parents[3] / "shared/samples/spaces"


def post(html: str, *photos: Photo) -> Post:
    return Post("key", "Title", html, None, photos=photos)


def beside(name: str, *, found: bool = True, caption: str = "") -> Photo:
    names = (f"{DEAD}{name}-full", f"{DEAD}{name}-thumb")
    address = f"img/{name}.jpg" if found else names[0]
    return Photo(address, found, names, integrated=True, alt=name, caption=caption)


def image(alt: str = "") -> str:
    return f'<img src="{HOME.shown}" alt="{alt}" width="240" height="180">'


def test_a_photo_in_the_text_stays_where_it_stood() -> None:
    photo = Photo("img/1.jpg", True, ("./files/1.jpg",))
    html = compose(post("a<img src='./files/1.jpg'>b", photo), {"img/1.jpg": HOME})
    assert html == f"<p>a{image()}b</p>"


def test_the_link_to_the_large_photo_leads_to_the_large_photo() -> None:
    photo = Photo("img/1.jpg", True, (f"{DEAD}full", f"{DEAD}thumb"), alt="sea")
    old = f'<a href="{DEAD}full" target=_blank><img border=0 src="{DEAD}thumb"></a>'
    html = compose(post(old, photo), {"img/1.jpg": HOME})
    assert html == f'<p><a href="{HOME.full}">{image("sea")}</a></p>'


def test_a_smaller_copy_is_shown_as_large_as_its_name_says() -> None:
    small = "http://old.example/wp-content/uploads/2007/04/sea-120x90.jpg"
    photo = Photo(small, True, (small,))
    for said, shown in (
        ("", 'width="120" height="90"'),
        (" width=200", 'width="200" height="150"'),
        (" width='50%'", 'width="50%"'),
    ):
        html = compose(post(f"<img src='{small}'{said}>", photo), {small: HOME})
        assert shown in html, said


def test_what_stands_for_the_post_is_not_in_its_text_unless_it_was() -> None:
    face = Photo("face.jpg", True, integrated=True, alt="us")
    for blocks in (True, False):
        apart = compose(
            post("<p>a</p>", face), {"face.jpg": HOME}, blocks=blocks, face="face.jpg"
        )
        assert "a" in apart
        assert "<img" not in apart
        twice = compose(post("<p>a</p>", face), {"face.jpg": HOME}, blocks=blocks)
        assert HOME.shown in twice
    shown = replace(face, names=("./x.jpg",))
    html = compose(
        post("a<img src='./x.jpg'>b", shown), {"face.jpg": HOME}, face="face.jpg"
    )
    assert html == f"<p>a{image('us')}b</p>"


def test_what_stood_for_the_post_stands_above_its_text_where_it_cannot_any_more() -> (
    None
):
    face = Photo("face.jpg", True, integrated=True, alt="us", caption="Tom & <us>")
    other = Photo("other.jpg", True, integrated=True)
    known = replace(post("<p>a</p>", other, face), featured="face.jpg")
    for blocks in (True, False):
        html = compose(known, {"face.jpg": HOME, "other.jpg": HOME}, blocks=blocks)
        above, _, below = html.partition("<p>a</p>")
        assert 'alt="us"' in above
        assert "Tom &amp; &lt;us&gt;</figcaption>" in above
        assert below.count("<img") == 1
        lost = compose(known, {"other.jpg": HOME}, blocks=blocks)
        assert "did not come along" in lost.partition("<p>a</p>")[2]


@pytest.mark.parametrize(
    ("names", "old"),
    [
        ((f"{DEAD}thumb",), f'<a href="{DEAD}x"><img src="{DEAD}thumb"></a>'),
        ((f"{DEAD}full",), f'<a href="{DEAD}full"><img src="{DEAD}x"></a>'),
    ],
)
def test_one_known_address_of_a_photo_is_enough(names: tuple[str], old: str) -> None:
    html = compose(post(old, Photo("1.jpg", True, names)), {"1.jpg": HOME})
    assert html == f'<p><a href="{HOME.full}">{image()}</a></p>'


def test_other_links_stay_even_around_a_photo() -> None:
    photo = Photo("1.jpg", True, ("1.jpg",))
    entry = "http://x.spaces.live.com/blog/cns!1!2.entry"
    for link in (entry, "../blog/2.html", "http://third.example/"):
        html = compose(
            post(f'<a href="{link}"><img src="1.jpg"></a>', photo), {"1.jpg": HOME}
        )
        assert html == f'<p><a href="{link}">{image()}</a></p>'


def test_a_text_link_to_a_photo_leads_to_its_new_home() -> None:
    photo = Photo("1.jpg", True, (f"{DEAD}1",))
    html = compose(post(f'<a href="{DEAD}1">see</a>', photo), {"1.jpg": HOME})
    assert html == f'<p><a href="{HOME.full}">see</a></p>'


@pytest.mark.parametrize("blocks", [False, True])
def test_a_photo_that_the_text_links_to_is_shown_only_where_it_was(
    blocks: bool,
) -> None:
    for integrated in (False, True):
        photo = Photo("1.jpg", True, integrated=integrated)
        html = compose(
            post('<a href="1.jpg">see</a> it', photo), {"1.jpg": HOME}, blocks=blocks
        )
        assert f'<a href="{HOME.full}">see</a> it' in html
        assert html.count("<img") == integrated


@pytest.mark.parametrize(
    "name",
    [
        "C:\\pics\\1.jpg",
        "img/a b[1].jpg",
        "file:///C:/1.jpg",
        "cid:1@x",
        "x?a=1&b=2",
        "图/1.jpg",
    ],
)
def test_odd_addresses_are_known_letter_for_letter(name: str) -> None:
    written = name.replace("&", "&amp;")
    html = compose(
        post(f'<img src="{written}">', Photo("1.jpg", True, (name,))), {"1.jpg": HOME}
    )
    assert html == f"<p>{image()}</p>"


@pytest.mark.parametrize("blocks", [False, True])
def test_a_picture_shown_several_times_has_at_each_place_the_words_of_that_place(
    blocks: bool,
) -> None:
    photo = Photo("1.jpg", True, ("1.jpg",), alt="sea")
    words = ('alt="sea"', 'alt="a cup"', 'alt=""', "")
    old = "".join(f'<p>x</p><img src="1.jpg" {said}><p>y</p>' for said in words)
    html = compose(post(old, photo), {"1.jpg": HOME}, blocks=blocks)
    assert re.findall('alt="([^"]*)"', html) == ["sea", "a cup", "", "sea"]


def test_integrated_photos_come_after_the_text_in_their_order() -> None:
    photos = (beside("one", caption="The <sea>"), beside("two"))
    html = compose(
        post("text", *photos), dict.fromkeys(["img/one.jpg", "img/two.jpg"], HOME)
    )
    first, second = (
        f'<a href="{HOME.full}">{image(alt)}</a>' for alt in ("one", "two")
    )
    assert html == (
        f'<p>text</p>\n\n<figure class="wp-block-image">{first}'
        "<figcaption>The &lt;sea&gt;</figcaption></figure>\n\n"
        f'<figure class="wp-block-image">{second}</figure>'
    )


def test_an_integrated_photo_that_the_text_shows_is_not_shown_twice() -> None:
    html = compose(
        post(f'<img src="{DEAD}one-thumb">', beside("one")), {"img/one.jpg": HOME}
    )
    assert html.count("<img") == 1
    assert "<figure" not in html


def test_a_photo_that_the_text_forgot_is_not_lost() -> None:
    photo = Photo("1.jpg", True, ("elsewhere.jpg",))
    html = compose(
        post("<script><img src='elsewhere.jpg'></script>a", photo), {"1.jpg": HOME}
    )
    assert html == (
        f'<p>a</p>\n\n<figure class="wp-block-image"><a href="{HOME.full}">{image()}</a></figure>'
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", 'width="240" height="180"'),
        ("width=120", 'width="120" height="90"'),
        ("width=120 height=500", 'width="120" height="90"'),
        ("width=500 height=500", 'width="240" height="180"'),
        ("width=100%", 'width="240" height="180"'),
        ("width=50%", 'width="50%"'),
        ("height=90", 'width="120" height="90"'),
        ("height=900", 'width="240" height="180"'),
        ('style="width:60px"', 'width="60" height="45"'),
    ],
)
def test_a_photo_is_as_small_as_its_author_made_it(written: str, shown: str) -> None:
    photo = Photo("1.jpg", True)
    html = compose(post(f'<img src="1.jpg" {written}>', photo), {"1.jpg": HOME})
    assert f'<img src="{HOME.shown}" alt="" {shown}>' in html


@pytest.mark.parametrize("blocks", [False, True])
@pytest.mark.parametrize(
    ("written", "classes"),
    [
        ("<table><tr><td><img src=1.jpg></td></tr></table>", "wp-image-7"),
        ("<dl><dd><img src=1.jpg align=left>a</dl>", "wp-image-7 alignleft"),
        ("<p>a</p><p><img src=1.jpg></p>", "wp-image-7"),
        ("<p>a</p><p><img src=1.jpg width=50></p>", "wp-image-7"),
    ],
)
def test_wordpress_knows_its_pictures_wherever_they_stand(
    written: str, classes: str, blocks: bool
) -> None:
    home = replace(HOME, id=7, shown=f"{HOME.shown}?a=1&b=2")
    html = compose(post(written, Photo("1.jpg", True)), {"1.jpg": home}, blocks=blocks)
    assert html.count("wp-image-7") == html.count("<img ") == 1
    assert f'class="{classes}"' in html
    unknown = compose(post(written, Photo("1.jpg", True)), {"1.jpg": HOME})
    assert "wp-image" not in unknown


def test_a_picture_that_text_flows_around_does_so_in_every_theme() -> None:
    old = "<p><img src=http://new.example/1.jpg align=right>a</p>"
    aside = 'style="float:right;margin:0 0 1em 1em" alt="" class="alignright"'
    assert f'<img src="http://new.example/1.jpg" {aside}>a' in compose(post(old), {})
    assert "float" not in compose(post(old), {}, blocks=True)


def test_a_caption_goes_where_its_picture_goes() -> None:
    image = "<img src=http://new.example/1.jpg width=300 align={}>"
    old = f"<figure>{image}<figcaption>words</figcaption></figure>"
    for side, style in (("left", "width:300px"), ("right", "width:300px")):
        html = compose(post(old.format(side)), {})
        kind = f'class="wp-block-image align{side}" style="{style}"'
        assert html.startswith(f"<figure {kind}><img ")
        assert "float" not in html
    middle = old.replace("<figure>", '<figure class="aligncenter">').format("top")
    kind = 'class="wp-block-image aligncenter" style="text-align:center"'
    assert compose(post(middle), {}).startswith(f"<figure {kind}><img ")


def test_a_picture_in_the_middle_of_the_page_has_a_paragraph_of_its_own() -> None:
    image = '<img src="http://new.example/1.jpg" style="display:block;margin:auto">'
    html = compose(post(f"<p>a<b>{image}</b>c</p><ul><li>{image}</ul>"), {})
    first, middle, last, listed = html.split("\n\n")
    assert (first, last) == ("<p>a</p>", "<p>c</p>")
    assert middle.startswith('<p style="text-align:center"><b><img ')
    assert listed.startswith("<ul><li><img ")


def test_a_missing_photo_leaves_a_note_with_its_old_address() -> None:
    html = compose(
        post(f'<p>a<img src="{DEAD}1" alt="[me]">b</p>', beside("two", found=False)), {}
    )
    notes = re.findall(r'<em class="moving-day-missing">.*?</em>', html)
    assert len(notes) == 2
    assert "lost with the old blog (&#91;me&#93;):" in notes[0]
    assert f'<a href="{DEAD}1">{DEAD}1</a>' in notes[0]
    assert f'<a href="{DEAD}two-full">{DEAD}two-full</a>' in notes[1]
    assert "<img" not in html
    assert plain_text(html).startswith("a A photo that belongs here was lost")
    assert re.search(r"</em> b</p>", html)


def test_a_photo_that_was_found_but_not_sent_is_not_called_lost() -> None:
    html = compose(post("a", beside("one")), {})
    assert "did not come along (one): img/one.jpg</em></p>" in html
    assert "lost" not in html


def test_a_note_inside_a_link_has_no_link_of_its_own() -> None:
    html = compose(post(f'<a href="http://third.example"><img src="{DEAD}1"></a>'), {})
    assert html.count("<a ") == 1
    assert f": {DEAD}1</em></a></p>" in html


def test_a_link_to_a_file_on_a_dead_host_becomes_its_text_and_a_note() -> None:
    html = compose(post(f'see <a href="{DEAD}song.mp3">my song</a>!'), {})
    assert html.startswith('<p>see my song <em class="moving-day-missing">The file')
    assert f'<a href="{DEAD}song.mp3">{DEAD}song.mp3</a></em> !</p>' in html


@pytest.mark.parametrize(
    "src",
    [
        "http://third.example/a.gif",
        "https://forum.example/iconc.gif",
        "//cdn.example/a.png",
        "http://web.archive.org/web/2007im_/http://tkfiles.storage.msn.com/1",
    ],
)
def test_pictures_at_living_hosts_keep_their_address(src: str) -> None:
    old = f'<img src="{src}" width=16 height=16>'
    photo = Photo(src, False, (src,))
    assert compose(post(old), {}) == clean(old)
    assert compose(post(old, photo), {}) == clean(old)
    assert f'<figure class="wp-block-image"><img src="{src}"' in compose(
        post("a", photo), {}
    )


@pytest.mark.parametrize(
    "host",
    [
        "storage.msn.com",
        "tkfiles.storage.msn.com",
        "BLUFILES.storage.live.com:80",
        "user@byfiles.storage.live.com",
        "abc.blu.livefilestore.com",
        "name.spaces.live.com",
        "spaces.msn.com",
        "sc2.sclive.net",
    ],
)
def test_no_picture_is_left_at_a_dead_microsoft_host(host: str) -> None:
    for scheme in ("http://", "https://", "//", "HTTP://"):
        html = compose(post(f'<p><img src="{scheme}{host}/a.jpg"></p>'), {})
        assert "<img" not in html
        assert "moving-day-missing" in html


def test_smileys_and_trackers_of_the_old_host_need_no_note() -> None:
    smiley = '<img src="http://shared.live.com/x/emoticons/smile_wink.gif">'
    tracker = f'<img src="{DEAD}c.gif" width=1 height=1>'
    assert (
        compose(post(smiley + tracker, Photo(f"{DEAD}c.gif", False)), {}) == "<p>😉</p>"
    )


def test_a_preview_may_show_photos_from_anywhere() -> None:
    for shown in ("photo:0", "file:///home/me/1.jpg", "data:image/png;base64,AAAA"):
        html = compose(
            post('<img src="1.jpg">', Photo("1.jpg", True)),
            {"1.jpg": Placed(shown, shown)},
        )
        assert f'<img src="{shown}"' in html


@pytest.mark.parametrize(
    ("old", "marked"),
    [
        ("", "{}"),
        ("a", "<p>a{}</p>"),
        ("a<p><b>c</b>", "<p>a</p>\n\n<p><b>c{}</b></p>"),
        ("<ul><li>a<li>b", "<ul><li>a</li><li>b{}</li></ul>"),
        ("<pre>a\nb</pre>", "<pre>a\nb{}</pre>"),
        ("a<hr>", "<p>a{}</p>\n\n<hr>"),
        ("<hr>", "<hr>\n\n{}"),
        ("<table><td>a", "<table><tbody><tr><td>a{}</td></tr></tbody></table>"),
    ],
)
def test_the_marker_stands_inside_the_last_block(old: str, marked: str) -> None:
    comment = "<!-- moving-day:md-1a2b -->"
    assert compose(post(old), {}, "md-1a2b") == marked.format(comment)


@pytest.mark.parametrize("marker", ["a--b", "x -->", "a>b", "两"])
def test_a_marker_that_would_break_its_comment_is_a_mistake(marker: str) -> None:
    with pytest.raises(ValueError, match="comment"):
        compose(post("a"), {}, marker)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["a ", "<p>", "<td>", "</p>", "<li>", "<b>", "IMAGE", "LINK"]),
        max_size=20,
    )
)
def test_every_photo_is_shown_and_no_dead_picture_is(pieces: list[str]) -> None:
    html = "".join(
        {"IMAGE": f'<img src="{DEAD}{n}">', "LINK": f'<a href="{DEAD}{n}">'}.get(
            piece, piece
        )
        for n, piece in enumerate(pieces)
    )
    named = [f"{DEAD}{n}" for n, piece in enumerate(pieces) if piece == "IMAGE"]
    photos = [Photo(f"{name}.jpg", True, (name,)) for name in named]
    placed = {
        photo.address: Placed(f"http://new.example/{n}", f"http://new.example/{n}")
        for n, photo in enumerate(photos)
        if n % 2
    }
    page = tree.fragment_fromstring(
        compose(post(html, *photos), placed), create_parent="div"
    )
    shown = page.xpath("//img/@src")
    assert sorted(shown) == sorted(home.shown for home in placed.values())
    notes = page.xpath("//em[@class='moving-day-missing']")
    assert len(notes) >= len(photos) - len(placed)


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the real pages are not beside the project"
)
@pytest.mark.parametrize("name", ["entry.html", "listpage.html"])
def test_the_text_of_real_posts_arrives_whole(name: str) -> None:
    page = tree.document_fromstring((SAMPLES / name).read_bytes().decode())
    for body in page.xpath("//div[@class='bvMsg']"):
        old = tree.tostring(body, encoding="unicode", with_tail=False)
        html = compose(post(old), {}, "md-1")
        assert plain_text(html).split() == plain_text(old).split()
        assert len(re.findall("<img", html)) == len(body.xpath(".//img"))
