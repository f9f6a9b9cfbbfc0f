"""The sample blog: what is in it, and that it comes out of our script."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from tests import make_sample
from tests.sample_texts import DEAD, ENTRIES
from wizard.blog import Post
from wizard.settings import SAMPLE
from wizard.sources import Source, open_source


@pytest.fixture(scope="module")
def sample() -> Source:
    return open_source([str(SAMPLE)])


@pytest.fixture(scope="module")
def posts(sample: Source) -> dict[str, Post]:
    return {post.title: post for post in sample.posts()}


def test_the_sample_is_what_the_script_makes_of_the_texts():
    with zipfile.ZipFile(SAMPLE) as backup:
        for name, _, data in make_sample.texts():
            assert backup.read(name) == data, f"{name}: run python -m tests.make_sample"
        assert not backup.testzip()
    assert SAMPLE.stat().st_size < 4_000_000


@pytest.mark.parametrize("scene", ["complaint", "way", "cloud_sky"])
def test_a_picture_drawn_twice_is_the_same_to_the_byte(scene: str):
    when = make_sample.moment("2005/7/23 16:20:00")
    once = make_sample.files_of(scene, when, True)
    assert once == make_sample.files_of(scene, when, True)


def test_reading_it_gives_every_post_comment_and_photo(sample: Source):
    posts = list(sample.posts())
    assert sample.blog().title == "退潮之后 · Low Tide"
    assert len(posts) == len(ENTRIES) == 24
    assert sum(len(post.comments) for post in posts) == 68
    photos = [photo for post in posts for photo in post.photos]
    assert len(photos) == 44
    assert [photo.address for photo in photos if not photo.found] == [DEAD]
    assert sum(photo.integrated for photo in photos) == 29
    assert [post.date for post in posts] == [
        make_sample.moment(entry.date) for entry in ENTRIES
    ]


def test_every_photo_is_a_picture_and_no_two_are_alike(sample: Source):
    seen = set()
    for post in sample.posts():
        for photo in post.photos:
            if not photo.found:
                continue
            data = sample.read(photo)
            with Image.open(BytesIO(data)) as picture:
                picture.load()
                assert max(picture.size) >= 460
            seen.add(data)
    assert len(seen) == 43


def test_it_has_the_oddities_that_real_backups_have(posts: dict[str, Post]):
    assert posts[""].comments[0].author == "Anna"
    [seedlings_plan] = [
        photo for photo in posts["种下第一排豆子"].photos if not photo.integrated
    ]
    assert seedlings_plan.names == ("img\\garden plan.png",)
    assert seedlings_plan.address == "img/garden plan.png"
    assert "C:\\temp\\new" in posts["The printer, part one"].html
    assert "[[It is not a wiki]]" in posts["Nine lines that rename photos"].html
    assert posts["雪"].photos[0].address == "img/snow-road.jpg"
    assert posts["Two weeks home: the lake"].photos[0].address == "img/洱海.jpg"
    said = [(one.author, one.html) for one in posts["A room full of boxes"].comments]
    assert len(said) == 4
    assert len(set(said)) == 3
    authors = {one.author for post in posts.values() for one in post.comments}
    assert {"R. - the neighbour", "Mei - 梅", "K. M. - IT"} <= authors
