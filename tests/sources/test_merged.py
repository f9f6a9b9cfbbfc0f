"""Several sources of one blog as one: nothing twice, and the best of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.sources.backups import FILES, PICTURE, post_page, write_folder, write_zip
from tests.sources.contract import SourceContract
from wizard.blog import Blog, Comment, Photo, Post
from wizard.credentials import Field
from wizard.errors import PhotoMissing
from wizard.sources import Source, open_source
from wizard.sources.merged import Merged

NOON = datetime(2010, 9, 28, 12)


class Shelf:
    """A source that is told what it holds."""

    title = "a shelf"
    fields: tuple[Field, ...] = ()

    def __init__(self, name: str, posts: Sequence[Post], **blog: str) -> None:
        self.name = name
        self._posts = posts
        self._blog = Blog(**{"key": "K", "title": "", "kind": name, **blog})  # type: ignore[arg-type]

    def blog(self) -> Blog:
        return self._blog

    def posts(self) -> Iterator[Post]:
        return iter(self._posts)

    def read(self, photo: Photo) -> bytes:
        held = {p.address for post in self._posts for p in post.photos if p.found}
        if photo.address not in held:
            raise PhotoMissing("It is not on this shelf.")
        return f"{self.name}: {photo.address}".encode()


def merged(*shelves: Sequence[Post]) -> tuple[Merged, list[Post]]:
    source = Merged(
        [Shelf(f"shelf {at}", posts) for at, posts in enumerate(shelves, 1)]
    )
    return source, list(source.posts())


def post(key: str = "cns!A!1", **more: object) -> Post:
    fields = {"title": "T", "html": "<p>text</p>", "date": NOON, **more}
    return Post(key=key, **fields)  # type: ignore[arg-type]


class TestContract(SourceContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> Source:
        without = {n: d for n, d in FILES.items() if n != "img/1.jpg"}
        zipped = write_zip(tmp_path / "space.zip", without)
        extra = {
            "003.html": post_page(
                "Third", "2010/10/1 7:00:00", '<img src="img/1.jpg">'
            ),
            **{name: FILES[name] for name in ("001.html", "img/1.jpg")},
        }
        folder = write_folder(tmp_path / "more", extra)
        return open_source([str(zipped), str(folder)])

    def test_the_missing_picture_comes_from_the_other(self, source: Source) -> None:
        found = {post.title: post for post in source.posts()}
        assert list(found) == ["Second", "First post", "Third"]
        photo = found["First post"].photos[0]
        assert photo.names == ("img/1.jpg",)
        assert source.read(photo) == PICTURE


def test_posts_of_all_are_in_order_and_once() -> None:
    early, late = datetime(2005, 1, 1), datetime(2011, 1, 1)
    _, posts = merged(
        [post("b"), post("undated", date=None, title="U")],
        [post("a", date=early), post("b"), post("c", date=late)],
    )
    assert [each.key for each in posts] == ["a", "b", "c", "undated"]


def test_posts_with_and_without_a_zone_can_be_ordered() -> None:
    _, posts = merged([post("b")], [post("a", date=datetime(2005, 1, 1, tzinfo=UTC))])
    assert [each.key for each in posts] == ["a", "b"]


def test_the_first_source_leads_and_others_fill_its_gaps() -> None:
    _, (found,) = merged(
        [post(title="", date=None, tags=("x",), notes=("one",))],
        [
            post(
                title="From the second", html="<p>other</p>", address="http://x.org/1",
                categories=("C",), tags=("x", "y"), slug="s", notes=("two",),
            )
        ],
    )  # fmt: skip
    assert (found.title, found.html, found.date) == (
        "From the second",
        "<p>text</p>",
        NOON,
    )
    assert (found.categories, found.tags, found.slug) == (("C",), ("x", "y"), "s")
    assert (found.address, found.notes) == ("http://x.org/1", ("one", "two"))


def test_an_empty_text_is_taken_from_the_other() -> None:
    photo = Photo("a.jpg", True, ("a.jpg",))
    source, (found,) = merged(
        [post(html=" ")], [post(html='<img src="a.jpg">', photos=(photo,))]
    )
    assert found.html == '<img src="a.jpg">'
    assert source.read(found.photos[0]) == b"shelf 2: a.jpg"


class TestTwins:
    """A backup may not know the ids that saved pages show."""

    def test_one_post_under_two_keys_is_one(self) -> None:
        _, posts = merged([post("post-hash")], [post("cns!A!1", title=" t ")])
        assert [each.key for each in posts] == ["post-hash"]

    def test_two_posts_of_one_source_are_never_joined(self) -> None:
        _, posts = merged([post("one"), post("two")], [post("three"), post("four")])
        assert len(posts) >= 2
        assert {"one", "two"} <= {each.key for each in posts}

    def test_another_second_is_another_post(self) -> None:
        _, posts = merged([post("one")], [post("two", date=NOON.replace(second=1))])
        assert len(posts) == 2

    def test_midnight_alone_joins_nothing(self) -> None:
        day = datetime(2010, 9, 28)
        _, posts = merged(
            [post("one", title="", date=day)], [post("two", title="", date=day)]
        )
        assert len(posts) == 2


class TestPhotos:
    GONE = Photo("http://storage.msn.com/x1", False, ("http://storage.msn.com/x1",))

    def joined(
        self, mine: Sequence[Photo], theirs: Sequence[Photo]
    ) -> tuple[Photo, ...]:
        source, (found,) = merged(
            [post(photos=tuple(mine))], [post(photos=tuple(theirs))]
        )
        for photo in found.photos:
            if photo.found:
                assert source.read(photo)
        return found.photos

    def test_one_that_is_missing_is_found_by_its_address(self) -> None:
        theirs = Photo("files/a.jpg", True, ("http://storage.msn.com/x1",))
        other = Photo("files/b.jpg", True, ("http://storage.msn.com/x2",))
        (photo,) = self.joined([self.GONE], [other, theirs])
        assert photo.address == "source-2:files/a.jpg"
        assert photo.names == self.GONE.names

    def test_or_by_its_file_name(self) -> None:
        mine = Photo(
            "http://a.org/My%20Hill.JPG?x", False, ("http://a.org/My%20Hill.JPG?x",)
        )
        theirs = [Photo("b/my hill.jpg", True, ("i",)), Photo("c.jpg", True, ("j",))]
        assert self.joined([mine], theirs)[0].address == "source-2:b/my hill.jpg"

    def test_or_by_its_place_among_as_many(self) -> None:
        here = Photo("one.jpg", True, ("one.jpg",))
        theirs = [Photo("y1.jpg", True, ("y1",)), Photo("y2.jpg", True, ("y2",))]
        assert [p.address for p in self.joined([here, self.GONE], theirs)] == [
            "one.jpg",
            "source-2:y2.jpg",
        ]

    def test_among_fewer_or_more_its_place_tells_nothing(self) -> None:
        theirs = [Photo("y1.jpg", True, ("y1",)), Photo("y2.jpg", True, ("y2",))]
        assert self.joined([self.GONE], theirs) == (self.GONE,)

    def test_one_that_is_here_stays(self) -> None:
        here = Photo("one.jpg", True, ("one.jpg",))
        assert self.joined([here], [Photo("one.jpg", True, ("one.jpg",))]) == (here,)

    def test_a_text_that_lost_its_pictures_gets_them_beside_it(self) -> None:
        theirs = Photo("a.jpg", True, ("a",))
        (photo,) = self.joined([], [theirs])
        assert photo.integrated

    def test_the_same_path_in_two_sources_is_two_files(self) -> None:
        source, posts = merged(
            [post("one", photos=(Photo("1.jpg", True, ("1",)),))],
            [post("two", title="X", photos=(Photo("1.jpg", True, ("1",)),))],
        )
        read = [source.read(each.photos[0]) for each in posts]
        assert read == [b"shelf 1: 1.jpg", b"shelf 2: 1.jpg"]

    def test_a_source_that_is_not_open_now_is_named(self) -> None:
        source, _ = merged([post()])
        with pytest.raises(PhotoMissing, match="not open now"):
            source.read(Photo("source-2:1.jpg", True))

    def test_a_path_that_looks_like_a_place_is_still_read(self) -> None:
        source, (found,) = merged(
            [post(photos=(Photo("source-2:1.jpg", True, ("x",)),))]
        )
        assert source.read(found.photos[0]) == b"shelf 1: source-2:1.jpg"


class TestComments:
    def joined(self, mine: Sequence[Comment], theirs: Sequence[Comment]) -> Post:
        first = post(comments=tuple(mine), comments_elsewhere=3)
        _, (found,) = merged([first], [post(comments=tuple(theirs))])
        return found

    def test_each_is_there_once_in_order(self) -> None:
        mine = Comment("h1", "Bob", "<p>hi</p>", NOON.replace(hour=13))
        same = Comment(
            "cns!1", "bob", "hi", NOON.replace(hour=14), email="bob@example.org"
        )
        new = Comment("cns!2", "Ann", "first!", NOON)
        found = self.joined([mine], [same, new])
        assert [(c.key, c.email) for c in found.comments] == [
            ("cns!2", ""),
            ("h1", "bob@example.org"),
        ]
        assert found.comments_elsewhere == 2

    def test_equal_words_of_one_person_twice_stay_two(self) -> None:
        thanks = [
            Comment("a", "Bob", "Thanks!", NOON),
            Comment("b", "Bob", "Thanks!", NOON),
        ]
        again = [
            Comment("c", "Bob", "Thanks!", NOON),
            Comment("d", "Bob", "Thanks!", NOON),
        ]
        assert [c.key for c in self.joined(thanks, again).comments] == ["a", "b"]

    def test_equal_words_of_another_year_are_another_comment(self) -> None:
        found = self.joined(
            [Comment("a", "Bob", "Thanks!", NOON)],
            [Comment("b", "Bob", "Thanks!", NOON.replace(year=2009))],
        )
        assert len(found.comments) == 2

    def test_a_sure_date_replaces_a_guess(self) -> None:
        guess = Comment("a", "Bob", "hi", NOON.replace(month=1), estimated=True)
        (found,) = self.joined([guess], [Comment("b", "Bob", "hi", NOON)]).comments
        assert (found.key, found.date, found.estimated) == ("a", NOON, False)

    def test_answers_keep_pointing_at_their_comment(self) -> None:
        mine = Comment("a", "Bob", "hi", NOON)
        theirs = [
            Comment("b", "Bob", "hi", NOON),
            Comment("c", "Ann", "ho", NOON, parent="b"),
        ]
        found = self.joined([mine], theirs).comments
        assert {c.key: c.parent for c in found} == {"a": None, "c": "a"}


def test_the_blog_is_the_first_with_what_the_others_know() -> None:
    first = Shelf("one", [], key="A", title="")
    second = Shelf(
        "two", [], key="B", title="My blog", address="http://x.org/", time_zone="UTC"
    )
    blog = Merged([first, second]).blog()
    assert blog == Blog("A", "My blog", "one", "http://x.org/", "UTC")
