"""A gallery arrives in the order and with the columns that a real WordPress showed it in."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.sources.test_metaweblog_galleries import NO_LIBRARY, in_blocks
from tests.sources.test_metaweblog_wordpress import Writer, picture
from tests.wordpress import WordPress, start
from wizard.blog import Post
from wizard.credentials import Secret
from wizard.sources.metaweblog import MetaWeblog

# In the order of their numbers: how each is called, where somebody dragged it in the
# list, and of which day it is.
PHOTOS = {
    "pink": ("D", 3, 6),
    "gold": ("b", 0, 5),
    "cyan": ("A", -2, 9),
    "navy": ("c", 3, 8),
}
ARRANGE = """add_action('init', function () {
    if (isset($_GET['arrange'])) {
        wp_update_post([
            'ID' => $_GET['arrange'], 'menu_order' => $_GET['place'],
            'post_title' => $_GET['title'],
            'post_date' => $_GET['date'], 'post_date_gmt' => $_GET['date'],
        ]);
        exit;
    }
});"""
NO_POSTS = "add_filter('xmlrpc_methods', fn($all) => array_diff_key($all, ['wp.getPosts' => 0]));"
# {0} … {3}: the numbers of the photos, in the order in which they were uploaded.
GALLERIES = [
    "[gallery]",
    "[gallery order=DESC]",
    "[gallery order='asc' columns=1]",
    "[gallery order=nonsense]",
    "[gallery orderby=ID]",
    "[gallery orderby=menu_order columns='4' exclude='{0}']",
    "[gallery orderby='menu_order ASC, ID ASC' link=file]",
    "[gallery orderby=title]",
    "[gallery orderby='post_title' order=desc size=large]",
    "[gallery orderby=date]",
    "[gallery orderby='post_date' order=DESC columns=2]",
    "[gallery orderby=unheard-of]",
    "[gallery ids='{3},{0},{2}' columns=5]",
    "[gallery ids='{3},{0},{2}' order=DESC]",
    "[gallery ids='{3},{0},{2}' orderby=post__in order=DESC]",
    "[gallery ids='{3},{0},{2}' orderby=title]",
    "[gallery include='{3},{2},{1}' columns=8]",
    "[gallery include='{3},{2},{1}' orderby=post__in columns=9]",
    "[gallery exclude='{1},{2}' columns=0]",
]


@pytest.fixture(scope="module", params=["newest", "oldest"])
def site(request) -> Iterator[WordPress]:
    with start(request.param) as site:
        plugin = site.plug_in(ARRANGE)
        write = Writer(site)
        numbers = []
        for name, (title, place, day) in PHOTOS.items():
            bits = {"name": f"{name}.png", "type": "image/png", "bits": picture(name)}
            number = str(write("uploadFile", bits)["id"])
            numbers.append(number)
            arranged = f"arrange={number}&place={place}&title={title}"
            arranged += f"&date=2009-05-0{day}T10:00:00"
            urllib.request.urlopen(f"{site.url}/?{arranged}").close()
        plugin.unlink()
        first, *others = GALLERIES
        post = write.post(first, first, datetime(2009, 5, 10))
        for number in numbers:
            write("editPost", number, {"post_parent": int(post)})
        for gallery in others:
            of_the_first = gallery.format(*numbers).replace(
                "[gallery", f"[gallery id={post}"
            )
            write.post(gallery, of_the_first, datetime(2009, 5, 11))
        yield site


def read(site: WordPress) -> dict[str, Post]:
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    posts = {post.title: post for post in source.posts()}
    source.close()
    return posts


def in_old_blog(site: WordPress, post: Post) -> tuple[list[str], int]:
    """The photos of the gallery and its columns, on the page that readers see."""
    with urllib.request.urlopen(f"{site.url}/?p={post.key}") as answer:
        page = answer.read().decode().partition("gallery-columns-")[2]
    photos = re.findall(r'<img[^>]* src="[^"]*/([a-z]+)[^"/]*\.png"', page)
    return photos, int(page[0])


def photos_in(html: str, post: Post) -> list[str]:
    names = [
        photo.address.rpartition("/")[2].removesuffix(".png") for photo in post.photos
    ]
    return [names[int(at)] for at in re.findall(r'<img src="http://n/(\d+)\.png', html)]


def columns_in(html: str) -> int:
    said = re.search(r'<!-- wp:gallery \{"columns":(\d),', html)
    shown = re.search(r"wp-block-gallery has-nested-images columns-(\w+)", html)
    assert shown
    assert shown[1] == (said[1] if said else "default")
    return int(said[1]) if said else 3


def test_each_gallery_has_its_photos_in_the_order_of_the_old_blog(
    site: WordPress,
) -> None:
    posts = read(site)
    for gallery in GALLERIES:
        post = posts[gallery]
        shown, columns = in_old_blog(site, post)
        html = in_blocks(post)
        assert photos_in(html, post) == shown, gallery
        # The editor knows no more than eight, and always some.
        assert columns_in(html) == (min(columns, 8) or 3), gallery


def test_the_control_the_old_blog_has_more_than_one_order(site: WordPress) -> None:
    posts = read(site)
    orders = {tuple(in_old_blog(site, posts[each])[0]) for each in GALLERIES[:11]}
    assert len(orders) > 5


@pytest.mark.parametrize("plugin", [NO_POSTS, NO_LIBRARY])
def test_a_blog_that_does_not_tell_its_order_still_gives_what_it_tells(
    site: WordPress, plugin: str
) -> None:
    file = site.plug_in(plugin)
    try:
        post = read(site)["[gallery]"]
    finally:
        file.unlink()
    assert len(post.photos) == (4 if plugin == NO_POSTS else 1)
