"""What every source promises, whatever it reads; its own test gives the ``source``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from lxml import html

from wizard.blog import Photo, Status, blog_from_json, post_from_json, to_json
from wizard.errors import PhotoMissing
from wizard.sources import Source


class SourceContract:
    """Inherit it and give a ``source`` fixture that holds at least one post."""

    def test_it_says_what_it_is(self, source: Source) -> None:
        assert source.name
        assert source.title
        assert all(field.name and field.label for field in source.fields)

    def test_the_blog_has_a_lasting_key_and_a_title(self, source: Source) -> None:
        blog = source.blog()
        assert blog.key
        assert blog.title
        assert source.blog() == blog
        assert blog_from_json(to_json(blog)) == blog

    def test_a_second_reading_gives_the_same_posts(self, source: Source) -> None:
        first = list(source.posts())
        assert first
        assert list(source.posts()) == first

    def test_keys_are_given_once(self, source: Source) -> None:
        posts = list(source.posts())
        assert len({post.key for post in posts}) == len(posts)
        for post in posts:
            comments = [comment.key for comment in post.comments]
            assert len(set(comments)) == len(comments)
            assert {c.parent for c in post.comments if c.parent} <= set(comments)

    def test_posts_come_oldest_first(self, source: Source) -> None:
        dates = [post.date for post in source.posts() if post.date]
        assert all(one <= other for one, other in pairwise(dates))

    def test_posts_survive_the_move_file(self, source: Source) -> None:
        for post in source.posts():
            assert post_from_json(to_json(post)) == post
            assert isinstance(post.status, Status)
            assert post.date is None or isinstance(post.date, datetime)
            assert post.comments_elsewhere >= 0

    def test_each_photo_of_a_post_has_its_own_address(self, source: Source) -> None:
        for post in source.posts():
            addresses = [photo.address for photo in post.photos]
            assert all(addresses)
            assert len(set(addresses)) == len(addresses)

    def test_names_of_photos_stand_in_the_text(self, source: Source) -> None:
        for post in source.posts():
            if not post.photos:
                continue
            tree = html.fromstring(f"<div>{post.html}</div>")
            written = {str(value) for value in tree.xpath("//@src | //@href")}
            for photo in post.photos:
                assert photo.integrated or photo.names
                assert photo.integrated or set(photo.names) <= written

    def test_a_found_photo_can_be_read_and_a_missing_one_says_so(
        self, source: Source
    ) -> None:
        for post in source.posts():
            for photo in post.photos:
                if photo.found:
                    assert source.read(photo)
                else:
                    with pytest.raises(PhotoMissing) as caught:
                        source.read(photo)
                    assert caught.value.title

    def test_an_unknown_photo_is_missing_and_never_empty(self, source: Source) -> None:
        for address in ("no/such/file.jpg", "../up.jpg", "C:\\x.jpg", "\x00", "/", " "):
            with pytest.raises(PhotoMissing):
                source.read(Photo(address, found=True))

    def test_photos_are_read_from_several_threads_at_once(self, source: Source) -> None:
        photos = [p for post in source.posts() for p in post.photos if p.found][:20]
        alone = [source.read(photo) for photo in photos]
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(source.read, photos * 10))
        assert together == alone * 10

    def test_a_photo_is_known_by_its_address_alone(self, source: Source) -> None:
        photos = [p for post in source.posts() for p in post.photos if p.found]
        for photo in photos[:5]:
            bare = replace(photo, names=(), alt="", caption="")
            assert source.read(bare) == source.read(photo)
