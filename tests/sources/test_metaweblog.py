"""Blogs that still answer, in the manner of Spaces and of Movable Type."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from xmlrpc.client import Fault

import pytest
from PIL import Image

from tests.sources.contract import SourceContract
from tests.sources.metaweblog_stub import (
    PASSWORD,
    USER,
    answering,
    checked,
    movable_type,
    mt_posts,
    spaces,
    spaces_posts,
)
from wizard.blog import Photo, Post, Status
from wizard.credentials import Secret
from wizard.errors import (
    Ambiguous,
    NothingFound,
    PhotoMissing,
    Refused,
    SignInFailed,
    Unreachable,
    Unreadable,
    Unsafe,
)
from wizard.sources.metaweblog import MetaWeblog
from wizard.sources.metaweblog.web_photos import photos_in


def jpeg(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def ask(address: str, user: str = USER, password: str = PASSWORD) -> MetaWeblog:
    return MetaWeblog(address, user, Secret(password))


# --- what every source promises


class TestContract(SourceContract):
    @pytest.fixture
    def source(self) -> Iterator[MetaWeblog]:
        blog = movable_type(posts := mt_posts(30))
        with answering(blog):
            blog.pages["/a.jpg"] = (200, "image/jpeg", jpeg())
            blog.pages["/b.jpg"] = (200, "image/jpeg", jpeg("red"))
            posts[3]["description"] = (
                f'<p><a href="{blog.url}/a.jpg"><img src="{blog.url}/b.jpg" alt="A"></a>'
                f'<img src="{blog.url}/b.jpg">'
                '<img src="http://x.storage.live.com/y1p/dead.jpg"></p>'
            )
            source = ask(blog.url + "/blog/")
            yield source
            source.close()


# --- in the manner of Spaces


def test_a_blog_like_spaces_gives_its_newest_twenty_and_we_say_so():
    with answering(spaces(spaces_posts(45))) as blog:
        source = ask(blog.url + blog.endpoint)
        posts = list(source.posts())
        about = source.blog()
        source.close()
    assert [post.key for post in posts] == [
        f"2B070A76FD6627CE!{n}" for n in range(26, 46)
    ]
    assert any("exactly 20 posts" in note for note in about.notes)
    assert any("comments" in note for note in about.notes)
    assert about.title == "Ann & I"
    assert about.key == "ann.example#myblog"
    assert about.address == "http://ann.example/"


def test_each_part_of_a_post_like_those_of_spaces_arrives():
    with answering(spaces(spaces_posts(2))) as blog:
        source = ask(blog.url + blog.endpoint)
        one, two = source.posts()
        assert source.blog().notes == (
            "This blog does not hand out its comments; they stay behind.",
        )
        source.close()
    assert two == Post(
        key="2B070A76FD6627CE!2",
        title="Entry 2 & more",
        html="<div>Text 2</div>",
        date=datetime(2007, 1, 3, 10, 2),
        status=Status.PUBLISH,
        address="http://ann.example/Blog/cns!2B!2.entry",
        categories=("Travel",),
    )
    assert one.status is Status.DRAFT


# --- in the manner of Movable Type


def test_the_interface_is_found_from_the_front_page_and_the_right_blog_is_chosen():
    with answering(movable_type(mt_posts(3))) as blog:
        source = ask(blog.url + "/blog/")
        about = source.blog()
        posts = list(source.posts())
        source.close()
    assert about.title == "Gärten"
    assert about.key == f"{blog.url.removeprefix('http://')}/blog#7"
    assert {call[1][0] for call in blog.calls if call[0].startswith("meta")} == {"7"}
    assert len(posts) == 3
    assert posts[2].html == "<p>Anfang</p>\n<!--more-->\n<p>Ende</p>"
    assert posts[0].html == "<p>Anfang</p>"
    assert posts[0].categories == ("Garten", "Hof")
    assert posts[0].tags == ("Rose", "Tulpe")
    assert posts[0].excerpt == "Kurz"
    assert posts[0].date == datetime(2008, 3, 3, 20, 6, 1, tzinfo=UTC)


def test_a_blog_of_any_size_is_asked_for_more_until_there_is_no_more():
    with answering(movable_type(mt_posts(1200))) as blog:
        source = ask(blog.url + "/blog/")
        assert len({post.key for post in source.posts()}) == 1200
        assert [c[1][3] for c in blog.calls if c[0] == "metaWeblog.getRecentPosts"] == [
            100, 1_000, 10_000,
        ]  # fmt: skip
        source.close()


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        # Brought over newest first, once, so that numbers fall.
        ([1, 2, 3, 4, 5, 6, 7], ["7", "6", "5", "4", "3", "2", "1"]),
        ([70, 60, 50, 40, 30, 20, 10], ["10", "20", "30", "40", "50", "60", "70"]),
        ([10, 9, 8, 7, 3, 5, 4], ["4", "5", "3", "7", "8", "9", "10"]),
        # Names tell nothing.
        (list("gfedcba"), ["a", "b", "c", "g", "f", "e", "d"]),
    ],
)
def test_of_posts_of_one_second_the_older_ones_come_first_if_numbers_tell(
    numbers: list[object], told: list[str]
):
    # Newest first, and four of them at once.
    seconds = (6, 6, 6, 6, 5, 4, 3)
    posts = [
        {**post, "postid": str(n), "dateCreated": f"2008-03-04T05:06:{second:02d}Z"}
        for post, n, second in zip(mt_posts(7), numbers, seconds, strict=True)
    ]
    with answering(movable_type(posts)) as blog:
        source = ask(blog.url + "/blog/")
        assert [post.key for post in source.posts()] == told
        source.close()


def test_when_all_posts_are_too_much_at_once_each_is_fetched_by_itself():
    blog = movable_type(posts := mt_posts(150))

    def capped(_blog, user, password, count):
        checked(user, password)
        if count > 100:
            raise Fault(1, "out of memory")
        return posts[:count]

    blog.methods["metaWeblog.getRecentPosts"] = capped
    with answering(blog):
        source = ask(blog.url + "/blog/")
        assert len(list(source.posts())) == 150
        source.close()
        del blog.methods["mt.getRecentPostTitles"]
        source = ask(blog.url + "/blog/")
        with pytest.raises(Refused, match="out of memory"):
            list(source.posts())
        source.close()


def test_a_post_whose_state_is_not_told_is_public_only_if_anybody_may_read_it():
    posts = mt_posts(3)
    blog = movable_type(posts)
    with answering(blog):
        for post in posts:
            del post["post_status"]
            post["link"] = f"{blog.url}/{post['postid']}.html"
        blog.pages["/1.html"] = (200, "text/html", b"<h1>one</h1>")
        blog.pages["/2.html"] = (403, "text/html", b"members only")
        source = ask(blog.url + "/blog/")
        one, two, three = source.posts()
        source.close()
    assert (one.status, two.status) == (Status.PUBLISH, Status.PRIVATE)
    assert three.status is Status.PRIVATE
    assert two.notes
    assert not one.notes
    assert all(
        PASSWORD not in head and "uthorization" not in head for head in blog.heads
    )


@pytest.mark.parametrize("status", [500, 502, 503, 429, 400, 418])
def test_a_page_that_fails_to_open_does_not_tell_who_may_read_the_post(status: int):
    posts = mt_posts(2)
    blog = movable_type(posts)
    with answering(blog):
        for post in posts:
            del post["post_status"]
            post["link"] = f"{blog.url}/{post['postid']}.html"
        blog.pages["/1.html"] = (status, "text/html", b"<h1>oh</h1>")
        blog.pages["/2.html"] = (410, "text/html", b"gone")
        source = ask(blog.url + "/blog/")
        unknown, hidden = source.posts()
        source.close()
    assert (unknown.status, hidden.status) == (Status.PRIVATE, Status.PRIVATE)
    assert (unknown.unsure, hidden.unsure) == (("status",), ())
    assert "could not be opened this time" in unknown.notes[0]
    assert "could not be opened" not in hidden.notes[0]


def test_a_page_at_a_host_that_does_not_answer_tells_nothing_either():
    posts = mt_posts(1)
    blog = movable_type(posts)
    with answering(movable_type([])) as gone:
        nobody = gone.url
    with answering(blog):
        del posts[0]["post_status"]
        posts[0]["link"] = f"{nobody}/1.html"
        source = ask(blog.url + "/blog/")
        (post,) = source.posts()
        source.close()
    assert (post.status, post.unsure) == (Status.PRIVATE, ("status",))


def test_memory_does_not_grow_with_the_blog():
    def peak(count: int) -> int:
        posts = mt_posts(count, description="<p>" + "x" * 20_000 + "</p>")

        def hidden(_blog, user, password, wanted):
            if wanted > 100:
                raise Fault(1, "out of memory")
            return posts[:wanted]

        blog = movable_type(posts)
        blog.methods["metaWeblog.getRecentPosts"] = hidden
        with answering(blog):
            source = ask(blog.url + "/blog/")
            source.blog()
            tracemalloc.start()
            for _ in source.posts():
                pass
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            source.close()
        return most

    # The texts of the others are 5.8 MB; what server and reader hold at once varies.
    assert peak(400) < peak(110) + 4e6


# --- wrong answers get words


def test_a_wrong_password_is_told_and_nothing_else_is_asked():
    for blog in (spaces(spaces_posts(3)), movable_type(mt_posts(3))):
        with answering(blog):
            source = ask(blog.url + blog.endpoint, password="wrong")
            with pytest.raises(SignInFailed) as caught:
                list(source.posts())
            source.close()
        assert "Incorrect username or password" in caught.value.hint
        assert blog.asked("metaWeblog.getRecentPosts") == 0


def test_a_site_without_a_blog_and_a_closed_port_are_told_apart():
    blog = spaces([])
    blog.endpoint = "/nowhere-usual"
    with answering(blog):
        with pytest.raises(NothingFound) as caught:
            ask(blog.url).blog()
        assert "export file" in caught.value.hint
    with pytest.raises(Unreachable):
        ask(blog.url).blog()


def test_a_server_with_trouble_of_its_own_is_not_called_empty():
    blog = spaces([])
    blog.pages["/"] = blog.pages["/xmlrpc.php"] = (503, "text/html", b"<h1>503</h1>")
    with answering(blog), pytest.raises(Ambiguous):
        ask(blog.url).blog()


def test_an_answer_that_cannot_be_read_is_told():
    blog = spaces(spaces_posts(3))
    blog.dress = lambda body: body.replace(b"</member>", b"")
    with answering(blog), pytest.raises(Unreadable):
        ask(blog.url + blog.endpoint).blog()


def test_the_password_is_in_no_error_and_no_repr():
    with answering(spaces(spaces_posts(3))) as blog:
        source = ask(blog.url + blog.endpoint, user="bob")
        with pytest.raises(SignInFailed) as caught:
            source.blog()
        signed_in = ask(blog.url + blog.endpoint)
        signed_in.blog()
        seen = [repr(caught.value), str(vars(caught.value)), repr(vars(signed_in))]
        source.close()
        signed_in.close()
    assert not any(PASSWORD in text for text in seen)
    assert caught.value.__context__ is None


# --- photos


def test_the_whole_picture_comes_instead_of_its_smaller_copy_while_it_is_there():
    small, whole = jpeg(), jpeg() + b"whole"
    folder = "/wp-content/uploads/2012/01"
    with answering(movable_type(mt_posts(1))) as blog:
        for name in ("a", "b"):
            blog.pages[f"{folder}/{name}-300x200.jpg"] = (200, "image/jpeg", small)
        blog.pages[f"{folder}/a.jpg"] = (200, "image/jpeg", whole)
        source = ask(blog.url + "/blog/")
        source.blog()
        for name, expected in (("a", whole), ("b", small)):
            address = f"{blog.url}{folder}/{name}-300x200.jpg"
            assert source.read(Photo(address, True)) == expected
            # The larger copy that the text speaks of is gone, the one it showed is not.
            names = (f"{blog.url}/gone.jpg", address)
            assert source.read(Photo(names[0], True, names)) == small
        # So it is where the text names it from the top of its own site.
        html = f'<a href="/gone.jpg"><img src="{folder}/a-300x200.jpg"></a>'
        (photo,) = photos_in(html, f"{blog.url}/blog/2012/")
        assert source.read(photo) == small
        with pytest.raises(PhotoMissing):
            source.read(replace(photo, names=photo.names[:2]))
        source.close()


def test_photos_are_fetched_without_the_password_and_never_from_private_networks():
    with answering(movable_type(mt_posts(1))) as blog:
        blog.pages["/a.jpg"] = (200, "image/jpeg", jpeg())
        source = ask(blog.url + "/blog/")
        source.blog()
        blog.heads.clear()
        assert source.read(Photo(blog.url + "/a.jpg", True)) == jpeg()
        assert "uthorization" not in blog.heads[0]
        with pytest.raises(PhotoMissing):
            source.read(Photo(blog.url + "/gone.jpg", True))
        with pytest.raises(Unsafe):
            source.read(Photo("http://127.0.0.1/router.jpg", True))
        with pytest.raises(PhotoMissing):
            source.read(Photo("http://x.storage.msn.com/a", False))
        source.close()
