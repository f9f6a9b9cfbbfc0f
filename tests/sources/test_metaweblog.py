"""Blogs that still answer: of the manner of Spaces, of Movable Type, and a real WordPress."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from xmlrpc.client import Fault

import pytest
from PIL import Image

from tests.sources.contract import SourceContract
from tests.sources.metaweblog_stub import (
    PASSWORD,
    USER,
    answering,
    checked,
    home_page,
    movable_type,
    rsd,
    spaces,
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
from wizard.network import Session
from wizard.sources.metaweblog import MetaWeblog
from wizard.sources.metaweblog_posts import comments_from, post_from
from wizard.sources.rsd import find_interface


def jpeg(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def ask(address: str, user: str = USER, password: str = PASSWORD) -> MetaWeblog:
    return MetaWeblog(address, user, Secret(password))


def spaces_posts(count: int) -> list[dict]:
    """Newest first, in the structs that Spaces gave."""
    return [
        {
            "postid": f"2B070A76FD6627CE!{n}",
            "dateCreated": datetime(2007, 1, 1, 10, n % 60) + timedelta(days=n),
            "title": f"Entry {n} &amp; more",
            "description": f"<div>Text {n}</div>",
            "categories": ["Travel"],
            "publish": n % 2 == 0,
            "link": f"http://ann.example/Blog/cns!2B!{n}.entry",
            "permaLink": f"http://ann.example/Blog/cns!2B!{n}.entry",
        }
        for n in range(count, 0, -1)
    ]


def mt_posts(count: int, **more: object) -> list[dict]:
    return [
        {
            "postid": str(n),
            "userid": "1",
            "dateCreated": f"{2008 + n // 300}-03-04T05:06:{n % 60:02d}+09:00",
            "title": f"Eintrag {n}",
            "description": "<p>Anfang</p>",
            "mt_text_more": "<p>Ende</p>" if n == 3 else "",
            "mt_excerpt": "Kurz",
            "mt_keywords": 'Rose, "Tulpe",,Rose',
            "mt_convert_breaks": "0",
            "categories": [{"categoryName": "Garten"}, {"title": "Hof"}, "Haus"],
            "link": f"https://ann.example/{n}.html",
            "post_status": "publish",
            **more,
        }
        for n in range(count, 0, -1)
    ]


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
    assert posts[0].categories == ("Garten", "Hof", "Haus")
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

    assert peak(400) < peak(110) * 1.3


# --- discovery


def test_an_interface_is_found_by_its_usual_name():
    blog = spaces([])
    blog.endpoint = "/blog/xmlrpc.php"
    blog.pages["/blog"] = (200, "text/html", b"<title>Blog</title>")
    with answering(blog), closing(Session()) as session:
        for address in ("/blog", "/blog/", "/blog/xmlrpc.php", "/blog?p=1"):
            blog.pages.setdefault(address, blog.pages["/blog"])
            found = find_interface(session, blog.url + address)
            assert found.url == blog.url + "/blog/xmlrpc.php"


def test_the_best_of_several_interfaces_is_taken():
    blog = spaces([])
    blog.pages["/"] = home_page("rsd.xml?a=1&amp;b=2")
    blog.pages["/rsd.xml?a=1&b=2"] = (
        200,
        "text/xml",
        rsd(
            "5",
            "/other.php",
            "Blogger",
            "Movable Type",
            "WordPress",
            engine="WordPress",
        ),
    )
    with answering(blog), closing(Session()) as session:
        found = find_interface(session, blog.url)
    assert (found.url, found.blog_id) == (blog.url + "/other.php", "5")
    assert found.engine == "WordPress"


def test_a_page_in_plain_text_cannot_send_the_password_to_another_host():
    blog, thief = spaces([]), spaces([])
    with answering(thief), answering(blog), closing(Session()) as session:
        elsewhere = thief.url.replace("127.0.0.1", "localhost")
        for link in (elsewhere + "/rsd.xml", "/rsd.xml"):
            blog.pages["/"] = home_page(link)
            page = rsd("1", elsewhere + thief.endpoint, "MetaWeblog")
            blog.pages["/rsd.xml"] = thief.pages["/rsd.xml"] = (200, "text/xml", page)
            with pytest.raises(NothingFound):
                find_interface(session, blog.url)
    assert thief.heads == []
    assert thief.calls == []


def test_broken_descriptions_are_passed_over():
    blog = spaces([])
    blog.endpoint = "/xmlrpc.php"
    for page in (
        b"",
        b"<rsd",
        b"<html>no</html>",
        b"\xff\xfe",
        rsd("1", "http://[", "MetaWeblog"),
    ):
        blog.pages["/"] = home_page("/rsd.xml")
        blog.pages["/rsd.xml"] = (200, "text/xml", page)
        with answering(blog), closing(Session()) as session:
            assert find_interface(session, blog.url).url == blog.url + "/xmlrpc.php"


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


# --- structs, by themselves


def never(address: str) -> bool:
    raise AssertionError("the state is told")


def wp_post(**more: object) -> Post | None:
    struct = {
        "post_id": "5",
        "post_title": "A &amp; B",
        "post_content": "one\ntwo",
        "post_status": "publish",
        "post_date": datetime(2010, 1, 2, 8),
        "post_date_gmt": datetime(2010, 1, 2, 0),
        "post_name": "%e6%97%a5",
        "link": "https://blog.example/5/",
    }
    return post_from({**struct, **more}, "https://blog.example/", never)


def test_a_post_of_wordpress_keeps_its_moment_slug_and_line_breaks():
    post = wp_post()
    assert post
    assert post.date == datetime(2010, 1, 2, tzinfo=UTC)
    assert (post.title, post.slug, post.html) == ("A & B", "日", "<p>one<br>two</p>")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("publish", Status.PUBLISH),
        ("draft", Status.DRAFT),
        ("pending", Status.PENDING),
        ("private", Status.PRIVATE),
        ("future", Status.FUTURE),
        ("members-only", Status.PRIVATE),
    ],
)
def test_nothing_becomes_more_visible_than_it_was(said, status):
    post = wp_post(post_status=said)
    assert post
    assert post.status is status
    assert bool(post.notes) is (said == "members-only")


def test_a_post_with_a_password_becomes_private_with_a_note():
    post = wp_post(post_password="x")
    assert post
    assert post.status is Status.PRIVATE
    assert "password" in post.notes[0]


def test_a_post_that_waits_for_its_day_keeps_waiting():
    post = wp_post(post_date_gmt=datetime(2999, 1, 1))
    assert post
    assert post.status is Status.FUTURE
    unzoned = wp_post(post_date_gmt=None, post_date=datetime(2999, 1, 1))
    assert unzoned
    assert unzoned.status is Status.FUTURE


def test_the_picture_beside_a_post_is_integrated_once():
    picture = {"link": "https://blog.example/x.jpg", "caption": "Us"}
    post = wp_post(post_thumbnail=picture)
    assert post
    assert post.photos == (
        Photo("https://blog.example/x.jpg", True, integrated=True, caption="Us"),
    )
    inside = wp_post(post_thumbnail=picture, post_content='<img src="/x.jpg">')
    assert inside
    assert [photo.integrated for photo in inside.photos] == [False]
    none = wp_post(post_thumbnail=[])
    assert none
    assert none.photos == ()


def test_a_gallery_that_stays_behind_is_noted():
    post = wp_post(post_content='a [gallery ids="1,2"]')
    assert post
    assert "gallery" in post.notes[0]


@pytest.mark.parametrize(
    "struct", [{}, {"post_id": ""}, {"postid": None}, {"postid": []}]
)
def test_what_has_no_id_is_no_post(struct):
    assert post_from(struct, "https://blog.example/", never) is None


def comment(key: str, **more: object) -> dict:
    struct = {
        "comment_id": key,
        "status": "approve",
        "type": "comment",
        "content": "Hi\nthere",
        "author": "Tom &amp; Ann",
        "author_url": "https://t.example",
        "author_email": "t@t.example",
        "parent": "0",
        "date_created_gmt": datetime(2010, 1, 1, 0, int(key)),
    }
    return {**struct, **more}


def test_comments_come_in_order_with_all_they_have():
    comments, notes = comments_from([comment("2", parent="1"), comment("1")])
    assert [c.key for c in comments] == ["1", "2"]
    assert comments[1].parent == "1"
    assert comments[0].parent is None
    assert comments[0].author == "Tom & Ann"
    assert comments[0].email == "t@t.example"
    assert comments[0].url == "https://t.example"
    assert comments[0].html == "<p>Hi<br>there</p>"
    assert comments[0].date == datetime(2010, 1, 1, 0, 1, tzinfo=UTC)
    assert notes == []


def test_comments_that_were_never_approved_stay_and_are_counted():
    structs = [comment("1", status="hold"), comment("2", parent="1")]
    structs.append(comment("3", type="pingback"))
    comments, notes = comments_from(structs)
    assert [(c.key, c.parent) for c in comments] == [("2", None)]
    assert len(notes) == 2
    assert all("1" in note for note in notes)
