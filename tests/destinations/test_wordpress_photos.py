"""Photos arrive at a real WordPress byte for byte, once each, in the right place."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import requests
from PIL import Image

from tests.destinations.wordpress_case import DATE, Case, picture, plugged
from wizard.blog import Status
from wizard.destinations import Kind, NewPost
from wizard.destinations.wordpress import making
from wizard.errors import (
    Ambiguous,
    MoveError,
    NotAllowed,
    Refused,
    Throttled,
)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_photo_comes_back_byte_for_byte(case: Case, kind: str) -> None:
    photo = picture(f"photo.{kind.lower()}", (40, 30), kind)
    remote = case.blog.create(photo, f"md-{kind.lower()}")
    assert requests.get(remote.address, timeout=60).content == photo.data
    assert remote.shown == remote.address
    assert (remote.width, remote.height) == (40, 30)
    (found,) = case.blog.find(Kind.PHOTO, f"md-{kind.lower()}")
    assert found == remote
    case.blog.delete(remote)
    case.blog.delete(remote)
    assert case.blog.find(Kind.PHOTO, f"md-{kind.lower()}") == []


def test_a_big_photo_keeps_its_original_and_shows_a_smaller_one(newest: Case) -> None:
    photo = picture("big.jpg", (2700, 1800), "JPEG")
    remote = newest.blog.create(photo, "md-big")
    assert requests.get(remote.address, timeout=60).content == photo.data
    assert remote.shown != remote.address
    shown = requests.get(remote.shown, timeout=60).content
    assert Image.open(io.BytesIO(shown)).size == (remote.width, remote.height)
    assert remote.width == 1024
    assert newest.blog.find(Kind.PHOTO, "md-big") == [remote]
    newest.blog.delete(remote)


def test_words_of_any_length_arrive_with_a_photo(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As part of the address they would be refused: it may have 8,000 characters."""
    post = case.post("md-long-home")
    words = "山高水长" * 3000
    photo = replace(picture("long.png", post=post.id), alt=words, caption=words)
    remote = case.blog.create(photo, "md-long")
    there = case.there(f"media/{remote.id}")
    assert (there["alt_text"], there["caption"]["raw"]) == (words, words)
    assert (there["post"], there["slug"]) == (post.id, "md-long")
    assert case.blog.find(Kind.PHOTO, "md-long") == [remote]
    # The control: all of it in the address.
    monkeypatch.setattr(making, "_LONGEST_QUERY", 10**9)
    with pytest.raises(MoveError):
        case.blog.create(photo, "md-long-2")


def test_what_belongs_to_a_photo_arrives(case: Case) -> None:
    post = case.post("md-home")
    words = "Tom & <Jerry> 你好"
    photo = replace(picture("a.png", post=post.id), alt="Tom & 你好", caption=words)
    remote = case.blog.create(photo, "md-belongs")
    there = case.there(f"media/{remote.id}")
    assert there["alt_text"] == "Tom & 你好"
    assert there["caption"]["raw"] == there["title"]["raw"]
    assert there["title"]["raw"] == "Tom &amp; &lt;Jerry&gt; 你好"
    assert there["post"] == post.id
    assert there["slug"] == "md-belongs"
    assert there["date_gmt"] == "2007-04-19T17:29:58"
    # Adopting it says all of that again.
    case.blog.update(remote, replace(photo, alt="Other"), "md-belongs")
    assert case.there(f"media/{remote.id}")["alt_text"] == "Other"
    case.blog.delete(remote)


def test_photos_lie_in_the_folder_of_their_posts_month(newest: Case) -> None:
    post = newest.post("md-folder")
    remote = newest.blog.create(picture("f.png", post=post.id), "md-folder-photo")
    assert "/uploads/2007/04/f.png" in remote.address
    newest.blog.delete(remote)


def test_many_first_photos_at_once_all_arrive(newest: Case) -> None:
    post = newest.post("md-many", date=datetime(2001, 2, 3, tzinfo=UTC))
    photos = [
        replace(picture(f"many-{n}.png", post=post.id), date=datetime(2001, 2, 3))
        for n in range(8)
    ]
    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(lambda p: newest.blog.create(p, f"md-many-{p.name[5]}"), photos)
        )
    for photo, remote in zip(photos, made, strict=True):
        assert requests.get(remote.address, timeout=60).content == photo.data
        newest.blog.delete(remote)


def test_a_photo_damaged_on_the_way_is_not_kept(newest: Case) -> None:
    """WordPress checks every byte against the sum that we send along."""
    damage = (
        "add_filter('rest_pre_dispatch', function ($r, $server, $request) {"
        " if ($request->get_body()) { $request->set_body($request->get_body() . 'x'); }"
        " return $r; }, 10, 3);"
    )
    with plugged(newest, damage), pytest.raises(Throttled, match="did not reach"):
        newest.blog.create(picture("damaged.png"), "md-damaged")
    assert newest.blog.find(Kind.PHOTO, "md-damaged") == []


def test_uploads_that_come_first_at_the_same_time_all_arrive(newest: Case) -> None:
    months = [datetime(1990 + n // 3, n + 1, 1, tzinfo=UTC) for n in range(9)]
    posts = [newest.post(f"md-month-{n}", date=day) for n, day in enumerate(months)]
    photos = [picture(f"first-{post.id}.png", post=post.id) for post in posts]
    with ThreadPoolExecutor(9) as pool:
        made = list(pool.map(newest.blog.create, photos, (f"md-{n}" for n in range(9))))
    assert len({remote.id for remote in made}) == 9


def test_a_folder_for_uploads_that_is_closed_is_told(newest: Case) -> None:
    folder = newest.site.root / "wp-content/uploads/1971"
    folder.write_text("A file where a folder should be, for root as for everybody.")
    post = newest.post("md-1971", date=datetime(1971, 4, 1, tzinfo=UTC))
    photo = picture("closed.png", post=post.id)
    with pytest.raises(Refused, match="could not store this photo") as caught:
        newest.blog.create(photo, "md-closed")
    assert "uploads/1971/04" in caught.value.hint
    folder.unlink()
    assert newest.blog.find(Kind.PHOTO, "md-closed") == []
    assert newest.blog.create(photo, "md-closed").id


def test_a_photo_that_comes_twice_is_the_first_one(newest: Case) -> None:
    first = newest.blog.create(picture("twice.png"), "md-twice")
    again = newest.blog.create(picture("twice.png"), "md-twice")
    assert (again.id, again.address) == (first.id, first.address)
    _, copy = newest.blog.find(Kind.PHOTO, "md-twice")
    assert copy.id > first.id, "and the copy is known as one"


def test_a_photo_never_takes_the_name_of_a_post(newest: Case) -> None:
    newest.blog.create(picture("about.png"), "md-about")
    new = NewPost("About", "", DATE, Status.PUBLISH, slug="about")
    assert newest.blog.update(newest.post("md-about-post"), new, "").slug == "about"


def test_what_is_no_picture_is_refused(newest: Case) -> None:
    bad = replace(picture("x.png"), name="x.php", mime="text/x-php", data=b"<?php")
    with pytest.raises((Refused, NotAllowed)):
        newest.blog.create(bad, "md-bad")
    assert newest.blog.find(Kind.PHOTO, "md-bad") == []


def test_a_photo_whose_small_copies_killed_the_server_is_found_and_finished(
    case: Case,
) -> None:
    photo = picture("fatal.jpg", (700, 500), "JPEG")
    fatal = (
        "add_filter('intermediate_image_sizes_advanced', function () {"
        " http_response_code(500); exit; });"
    )
    with plugged(case, fatal), pytest.raises(Ambiguous) as caught:
        case.blog.create(photo, "md-fatal")
    (found,) = case.blog.find(Kind.PHOTO, "md-fatal")
    assert caught.value.attachment == found.id
    remote = case.blog.update(found, photo, "md-fatal")
    assert (remote.width, remote.height) == (700, 500)
    sizes = case.there(f"media/{remote.id}")["media_details"]["sizes"]
    assert "medium" in sizes
    assert requests.get(remote.address, timeout=60).content == photo.data
    case.blog.delete(remote)


_USES = {
    "it stands for a post": "set_post_thumbnail($post, $photo);",
    "it stands for a draft page": (
        "set_post_thumbnail(wp_insert_post(['post_title' => 'P', 'post_type' => 'page',"
        " 'post_status' => 'draft']), $photo);"
    ),
    "a gallery names it": (
        "wp_update_post(['ID' => $post, 'post_content' =>"
        " '[gallery columns=\"2\" ids=\"1, ' . $photo . '\"]']);"
    ),
    "a draft page shows a small copy": (
        "wp_insert_post(['post_title' => 'P', 'post_type' => 'page', 'post_content' =>"
        " '<img src=\"/use-1234abcd-300x200.png\">']);"
    ),
    "it is the sign of the blog": "update_option('site_icon', $photo);",
}


@pytest.mark.parametrize("use", _USES)
def test_a_photo_that_something_else_uses_is_not_unused(newest: Case, use: str) -> None:
    photo = newest.blog.create(picture("use-1234abcd.png"), "md-use")
    post = newest.post("md-user")
    assert newest.blog.is_unused(photo)
    php = (
        "add_action('init', function () { if (!isset($_GET['use'])) return;"
        f" $photo = {photo.id}; $post = {post.id}; {_USES[use]} exit('used'); }});"
    )
    forget = (
        "add_action('init', function () { if (!isset($_GET['forget'])) return;"
        " delete_option('site_icon'); foreach (get_posts(['post_type' => 'page',"
        " 'post_status' => 'any', 'title' => 'P']) as $page)"
        " wp_delete_post($page->ID, true); });"
    )
    with plugged(newest, php + forget):
        assert requests.get(f"{newest.site.url}/?use=1", timeout=60).text == "used"
        try:
            later, author = (Case(newest.site, role) for role in ("editor", "author"))
            for each in (later, author):
                each.blog.check()
            assert later.blog.is_unused(photo) is False
            # An author sees no drafts of others, and must not take that for none.
            known = False if "sign of the blog" in use else None
            assert author.blog.is_unused(photo) is known
        finally:
            requests.get(f"{newest.site.url}/?forget=1", timeout=60)
            newest.blog.delete(photo)


@pytest.mark.parametrize("broken", ["[1]", '{"site_icon": [], "site_logo": {}}'])
def test_a_blog_that_tells_of_itself_in_another_shape_breaks_nothing(
    newest: Case, broken: str
) -> None:
    photo = newest.blog.create(picture("self-1234abcd.png"), "md-self")
    php = (
        "add_filter('rest_pre_dispatch', fn($r, $s, $q) => $q->get_route() === '/' ?"
        f" json_decode('{broken}') : $r, 10, 3);"
    )
    with plugged(newest, php), suppress(MoveError):
        assert newest.blog.is_unused(photo)
    newest.blog.delete(photo)
