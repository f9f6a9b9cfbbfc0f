"""Pictures written into the text of a post arrive like any other photo."""

from __future__ import annotations

import base64
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.move.doubles import HASTY, NewBlog, OldBlog, entry, picture
from wizard.blog import Photo, Post
from wizard.content.composing import compose
from wizard.destinations import Kind, NewPhoto, NewPost
from wizard.errors import PhotoMissing
from wizard.move.engine import run
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.sources.inline_pictures import InlinePictures

PNG = picture(1)
WRITTEN = base64.b64encode(PNG).decode()


def lifted(html: str) -> tuple[InlinePictures, Post]:
    source = InlinePictures(OldBlog([entry(1, html=html)]))
    return source, next(iter(source.posts()))


@pytest.mark.parametrize(
    "html",
    [
        f'<p>a<img src="data:image/png;base64,{WRITTEN}">b</p>',
        f"<img alt='x' src='data:image/png;base64,{WRITTEN}'>",
        f"<IMG SRC=DATA:IMAGE/PNG;BASE64,{WRITTEN}>",
        f'<img src = " data:image/png;charset=x;base64, {WRITTEN}">',
        f'<img src="data:image/png;base64,{WRITTEN.rstrip("=")}">',
        f'<img src="data:image/png;base64,{WRITTEN.replace("=", "&#61;")}">',
        f'<img src="data:image/png;base64,{quote(WRITTEN, safe="")}">',
        f'<img src="data:image/png,{quote(PNG)}">',
        '<img src="data:image/png;base64,{}">'.format(
            "\r\n".join(WRITTEN[at : at + 10] for at in range(0, len(WRITTEN), 10))
        ),
    ],
)
def test_a_picture_in_the_text_becomes_a_photo(html: str) -> None:
    source, post = lifted(html)
    (photo,) = post.photos
    assert photo.found
    assert photo.address in photo.names
    assert source.read(photo) == PNG
    assert len(post.html) < 120
    assert f'"{photo.address}"' in post.html


def test_equal_pictures_are_one_photo_and_links_to_pictures_too() -> None:
    data = f"data:image/png;base64,{WRITTEN}"
    _, post = lifted(f'<a href="{data}"><img src="{data}"></a><img src="{data}">')
    assert len(post.photos) == 1
    assert "base64" not in post.html


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("data:image/png;base64,@@@", "damaged"),
        ("data:image/png;base64,", "empty"),
        ("data:image/png", "never written"),
        ("data:image/svg+xml,<svg onload=alert(1)>", "SVG"),
        ("data:image/png;base64,PHN2ZyB4bWxucz0ieCI+PC9zdmc+", "SVG"),
        ("data:text/html,<script>alert(1)</script>", "something else"),
        ("data:image/jpeg;base64,PCFkb2N0eXBlIGh0bWw+", "something else"),
    ],
)
def test_what_is_no_picture_is_a_missing_photo_with_words(
    written: str, words: str
) -> None:
    source, post = lifted(f'a<img src="{written}">b')
    (photo,) = post.photos
    assert not photo.found
    with pytest.raises(PhotoMissing, match=words):
        source.read(photo)
    assert "was lost" in compose(post, {})
    assert "data:" not in compose(post, {})


def test_dots_that_keep_a_place_free_are_no_photos() -> None:
    dot = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    _, post = lifted(f'a<img src="data:image/gif;base64,{dot}">b')
    assert post.photos == ()
    assert compose(post, {}) == "<p>ab</p>"


def test_posts_without_such_pictures_stay_as_they_are() -> None:
    plain = entry(1, photos=2, html="<p>metadata: none <a href='data:x'>y</a></p>")
    assert list(InlinePictures(OldBlog([plain])).posts()) == [plain]


def test_a_move_that_goes_on_finds_them_without_reading_first() -> None:
    html = f'<img src="data:image/png;base64,{WRITTEN}">'
    _, post = lifted(html)
    fresh = InlinePictures(OldBlog([entry(1, html=html)]))
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(fresh.read(post.photos[0])))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [PNG] * 4
    with pytest.raises(PhotoMissing):
        fresh.read(Photo(f"data:sha256-{'0' * 32}/picture", True))


def test_they_arrive_at_the_new_blog(tmp_path: Path) -> None:
    data = f"data:image/png;base64,{WRITTEN}"
    html = f'<p>See</p><img src="{data}" width=3 alt="Sea"><img src="data:image/png,x">'
    source, blog = InlinePictures(OldBlog([entry(1, html=html)])), NewBlog()
    stop = threading.Event()
    with Move.create(tmp_path / "a.move") as move:
        list(read(move, source, stop))
        list(run(move, source, blog, stop, patience=HASTY))
        (row,) = blog.of(Kind.PHOTO)
        assert isinstance(row.thing, NewPhoto)
        assert row.thing.data == PNG
        assert row.thing.name.startswith("picture-")
        (sent,) = blog.of(Kind.POST)
        assert isinstance(sent.thing, NewPost)
        assert "data:" not in sent.thing.html
        assert "was lost" in sent.thing.html or "did not come" in sent.thing.html
        states = [step.state for step in move.steps("cns!1") if step.kind is Kind.PHOTO]
        assert sorted(states) == sorted([State.SENT, State.REFUSED])


class Big:
    """A blog of posts with a big picture in each."""

    def __init__(self, posts: int, size: int) -> None:
        self.all = range(posts)
        self._size = size

    def posts(self) -> Iterator[Post]:
        for number in self.all:
            data = PNG + number.to_bytes(4, "big") * (self._size // 4)
            text = base64.b64encode(data).decode()
            yield entry(number, html=f'<img src="data:image/png;base64,{text}">')


def test_many_megabytes_of_pictures_leave_memory_flat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = OldBlog([])
    monkeypatch.setattr(old, "posts", Big(12, 4_000_000).posts)
    source = InlinePictures(old)
    began = time.process_time()
    tracemalloc.start()
    posts = list(source.posts())
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000_000
    assert time.process_time() - began < 10
    assert all(len(source.read(post.photos[0])) > 4_000_000 for post in posts)


def test_a_hundred_thousand_unfinished_ones_take_no_time() -> None:
    for piece in (
        "<img src='data:image/png",
        '<img src="data:image/png;base64,',
        "src=",
    ):
        began = time.process_time()
        lifted(piece * 100_000)
        assert time.process_time() - began < 5
