"""Galleries of a real WordPress, which a text names only by number, bring their photos."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.sources.metaweblog_stub import (
    PASSWORD,
    USER,
    answering,
    movable_type,
    mt_posts,
)
from tests.sources.test_metaweblog_wordpress import Writer, picture
from tests.wordpress import WordPress, start
from wizard.blog import Post
from wizard.content.composing import Placed, compose
from wizard.credentials import Secret
from wizard.errors import PhotoMissing
from wizard.sources.metaweblog import MetaWeblog

COLOURS = ("red", "green", "blue")
LOG = """add_action('xmlrpc_call', function ($method) {
    file_put_contents('LOG', "$method\n", FILE_APPEND);
});"""
NO_LIBRARY = """add_filter('user_has_cap', function ($may) {
    unset($may['upload_files']);
    return $may;
});"""


@pytest.fixture(scope="module", params=["newest", "oldest"])
def site(request) -> Iterator[WordPress]:
    """A blog with one post for each way to write a gallery, all photos in the first."""
    with start(request.param) as site:
        write = Writer(site)
        write("deletePost", 1)
        day = datetime(2009, 5, 6)
        post = write.post("attached", "before\n\n[gallery]\n\nafter", day)
        ids = []
        for name in COLOURS:
            bits = {"name": f"{name}.png", "type": "image/png", "bits": picture(name)}
            ids.append(str(write("uploadFile", {**bits, "post_id": post})["id"]))
        write("editPost", ids[0], {"post_excerpt": "A <em>red</em>\none"})
        red, green, blue = ids
        text = {"name": "a.txt", "type": "text/plain", "bits": b"words"}
        other = write("uploadFile", text)["id"]
        for title, html in {
            "some": f'[gallery ids="0,{blue},{red},{blue},{other}" columns="2"]',
            "of another": f"x [gallery id={post} exclude='{green}' order=DESC] y",
            "one": f"[gallery link=none ids={red}]",
            "lost": f'[gallery ids="{red},{green},9999"]',
            "spoken of": f'[[gallery]] <img src="/x.png" alt="[gallery ids={red}]"> [gallery_b]',
            "block": f'<!-- wp:shortcode -->\n[gallery ids="{red},{green}"]\n'
            "<!-- /wp:shortcode -->",
            "none": "a [gallery] b",
        }.items():
            write.post(title, html, day)
        yield site


@pytest.fixture
def source(site) -> Iterator[MetaWeblog]:
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    yield source
    source.close()


def read(source: MetaWeblog) -> dict[str, Post]:
    return {post.title: post for post in source.posts()}


def names(post: Post) -> list[str]:
    return [photo.address.rpartition("/")[2] for photo in post.photos]


def in_blocks(post: Post) -> str:
    placed = {
        photo.address: Placed(
            f"http://n/{at}.png", f"http://n/{at}.png", 640, 480, at + 1
        )
        for at, photo in enumerate(post.photos)
        if photo.address.endswith(".png")
    }
    return compose(post, placed, blocks=True)


def test_a_gallery_of_all_that_was_uploaded_for_the_post_comes_whole(source):
    post = read(source)["attached"]
    assert names(post) == ["red.png", "green.png", "blue.png"]
    assert [source.read(photo) for photo in post.photos] == list(map(picture, COLOURS))
    html = in_blocks(post)
    assert html.count("<!-- wp:gallery ") == 1
    assert html.count("<!-- wp:image ") == 3
    assert '<figcaption class="wp-element-caption">A <em>red</em> one<' in html
    before, _, after = html.partition("<!-- wp:gallery")
    assert "<p>before</p>" in before
    assert "<p>after</p>" in after


def test_a_gallery_of_numbers_has_those_photos_in_that_order(source):
    posts = read(source)
    assert names(posts["some"]) == ["blue.png", "red.png"]
    assert names(posts["of another"]) == ["blue.png", "red.png"]
    assert names(posts["block"]) == ["red.png", "green.png"]
    assert "<a " not in posts["one"].html
    assert "wp:gallery" in in_blocks(posts["block"])
    assert "[gallery" not in "".join(
        post.html for title, post in posts.items() if title != "spoken of"
    )


def test_a_gallery_of_nothing_leaves_nothing(source):
    post = read(source)["none"]
    assert (post.html, post.photos) == ("a  b", ())


def test_a_gallery_that_is_only_spoken_of_stays_as_the_old_blog_showed_it(source):
    post = read(source)["spoken of"]
    assert names(post) == ["x.png"]
    assert post.html.startswith("[gallery] <img")
    assert post.html.endswith("[gallery_b]")


def test_a_photo_that_is_not_in_the_library_is_refused_in_words(site, source):
    post = read(source)["lost"]
    assert [photo.found for photo in post.photos] == [True] * 3
    missing = post.photos[2]
    assert missing.address == f"{site.url}/?attachment_id=9999"
    with pytest.raises(PhotoMissing, match="not in the old blog's library any more"):
        source.read(missing)
    html = in_blocks(post)
    assert "did not come along" in html
    assert f'href="{missing.address}"' in html
    assert "wp:gallery" in html


def test_photos_of_a_closed_library_are_refused_and_come_once_it_is_open(site):
    plugin = site.plug_in(NO_LIBRARY)
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    try:
        posts = read(source)
        some, attached = posts["some"].photos, posts["attached"].photos
        assert [photo.address for photo in attached] == [
            f"{posts['attached'].address}#gallery-1"
        ]
        assert len(some) == 3
        for photo in (*some, *attached):
            with pytest.raises(PhotoMissing, match="may not look into"):
                source.read(photo)
        assert in_blocks(posts["attached"]).count("did not come along") == 1
    finally:
        plugin.unlink()
        source.close()
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    assert source.read(some[0]) == picture("blue")
    with pytest.raises(PhotoMissing) as caught:
        source.read(attached[0])
    assert caught.value.hint == "Open the old blog again."
    source.close()


def test_the_library_is_asked_once_for_photos_of_one_post(site, source):
    log = site.folder / "asked.log"
    plugin = site.plug_in(LOG.replace("LOG", str(log)))
    try:
        read(source)
    finally:
        plugin.unlink()
    asked = log.read_text().split()
    # Once for each post with a gallery, whose photos all belong to the first; and once
    # more where nothing of what ought to be there is.
    assert asked.count("wp.getMediaLibrary") == 6 + 1
    assert asked.count("wp.getMediaItem") == 3 + 1 + 3 + 2
    # May they be read; those that are shown or wait and those that were called spam,
    # twice each, as there are none.
    assert asked.count("wp.getComments") == 5
    assert len(asked) < 30


# Blogs that have no library


def test_what_is_no_wordpress_only_speaks_of_galleries():
    with answering(movable_type(mt_posts(1, description="[gallery ids='1']"))) as blog:
        source = MetaWeblog(blog.url + "/blog/", USER, Secret(PASSWORD))
        (post,) = source.posts()
        source.close()
    assert (post.html, post.photos) == ("[gallery ids='1']", ())


def test_a_wordpress_too_old_to_be_asked_has_its_photos_refused():
    posts = mt_posts(1, description='[gallery ids="1,2"] and [gallery]', wp_slug="x")
    with answering(movable_type(posts)) as blog:
        posts[0]["link"] = f"{blog.url}/blog/1.html"
        source = MetaWeblog(blog.url + "/blog/", USER, Secret(PASSWORD))
        (post,) = source.posts()
        for photo in post.photos:
            with pytest.raises(PhotoMissing, match="into its library"):
                source.read(photo)
        source.close()
    assert [photo.address for photo in post.photos] == [
        f"{blog.url}/blog/?attachment_id=1",
        f"{blog.url}/blog/?attachment_id=2",
        f"{blog.url}/blog/1.html#gallery-2",
    ]
