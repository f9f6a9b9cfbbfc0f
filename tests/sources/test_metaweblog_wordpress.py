"""A real WordPress as the old blog: everything it holds arrives, once and unchanged."""

from __future__ import annotations

import io
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xmlrpc.client import Binary, ServerProxy

import pytest
from PIL import Image

from tests.sources.contract import SourceContract
from tests.wordpress import WordPress, start
from wizard.blog import Post, Status
from wizard.credentials import Secret
from wizard.errors import Refused, SignInFailed
from wizard.sources import kind_of, open_source
from wizard.sources.metaweblog import MetaWeblog

MANY = 64  # more than one page


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    return out.getvalue()


class Writer:
    """Fills a blog as a person with Live Writer would have."""

    def __init__(self, site: WordPress) -> None:
        self._server: Any = ServerProxy(f"{site.url}/xmlrpc.php")
        self._who = (1, site.user, site.login_password)

    def __call__(self, method: str, *more: object) -> Any:
        return getattr(self._server.wp, method)(*self._who, *more)

    def post(self, title: str, html: str, when: datetime, **more: object) -> str:
        struct = {"post_title": title, "post_content": html, "post_date": when}
        struct |= {"post_status": "publish", "comment_status": "open", **more}
        return str(self("newPost", struct))

    def comment(self, post: str, words: str, parent: int = 0, **more: object) -> int:
        struct = {"content": words, "comment_parent": parent}
        made = int(self("newComment", post, struct))
        self(
            "editComment",
            made,
            {"author": "Björn", "author_email": "b@b.example", **more},
        )
        return made

    def picture(self, name: str, colour: str) -> dict[str, Any]:
        bits = Binary(picture(colour))
        return self("uploadFile", {"name": name, "type": "image/png", "bits": bits})


@pytest.fixture(scope="module", params=["newest", "oldest"])
def site(request) -> Iterator[WordPress]:
    """A blog in Shanghai with a post of each kind and many plain ones."""
    with start(request.param, time_zone="Asia/Shanghai") as site:
        write = Writer(site)
        write("deletePost", 1)
        red, blue = write.picture("red.png", "red"), write.picture("blue.png", "blue")
        html = (
            "First line\nsecond line\n\n"
            f'<a href="{red["url"]}"><img src="{red["url"]}?small" alt="Red" /></a>'
            "<!--more-->C:\\temp\\new and [brackets] & 日本 🎈"
        )
        full = write.post(
            "Tom & 日本 🎈",
            html,
            datetime(2006, 11, 19, 17, 47, 59),
            post_name="tom-and",
            post_excerpt="In short",
            post_thumbnail=int(blue["id"]),
            terms_names={
                "category": ["Food, drink & fun"],
                "post_tag": ["one,two", "三"],
            },
            sticky=True,
            ping_status="open",
        )
        top = write("newTerm", {"name": "Life & all", "taxonomy": "category"})
        food = next(t for t in write("getTerms", "category") if "Food" in t["name"])
        write("editTerm", food["term_id"], {"taxonomy": "category", "parent": int(top)})
        _ping(site, full)
        first = write.comment(full, "Nice!\nReally.", author_url="https://b.example")
        write.comment(full, "Indeed", first, author="Ann")
        write.comment(full, "Spam?", status="hold")
        states = ("draft", "private", "pending")
        for day, state in enumerate(states, 1):
            write.post(state, "<p>x</p>", datetime(2007, 1, day, 12), post_status=state)
        editor = next(a for a in write("getAuthors") if a["user_login"] == "editor")
        write.post(
            "of another",
            "<p>x</p>",
            datetime(2007, 1, 20),
            post_author=int(editor["user_id"]),
            comment_status="closed",
            ping_status="closed",
        )
        write.post("locked", "<p>x</p>", datetime(2007, 2, 1), post_password="pw")
        write.post("later", "<p>x</p>", datetime(2099, 1, 1), post_status="future")
        for number in range(MANY):
            # Many at one moment, which is where paging by date goes wrong.
            day = datetime(2008, 1, 1) + timedelta(days=number // 40)
            write.post(f"Many {number}", f"<p>Text {number}</p>", day)
        yield site


def _ping(site: WordPress, post: str) -> None:
    """What other blogs did by themselves; nobody can over this interface."""
    php = f"""add_action('init', function () {{
        if (!isset($_GET['ping'])) return;
        exit((string) wp_insert_comment(['comment_post_ID' => {post},
            'comment_type' => 'pingback', 'comment_author' => 'Their blog',
            'comment_author_url' => 'https://t.example/1', 'comment_approved' => 1,
            'comment_content' => '[&#8230;] as said [&#8230;]']));
    }});"""
    plugin = site.plug_in(php)
    with urllib.request.urlopen(f"{site.url}/?ping", timeout=60) as answer:
        assert int(answer.read())
    plugin.unlink()


@pytest.fixture
def source(site) -> Iterator[MetaWeblog]:
    source = MetaWeblog(site.url, site.user, Secret(site.password))
    yield source
    source.close()


def by_title(source: MetaWeblog) -> dict[str, Post]:
    return {post.title: post for post in source.posts()}


class TestContract(SourceContract):
    """What every source promises, of a real WordPress."""


def test_every_post_arrives_once_and_oldest_first(source):
    posts = list(source.posts())
    assert len(posts) == MANY + 7
    assert len({post.key for post in posts}) == MANY + 7
    assert {post.title for post in posts} >= {f"Many {n}" for n in range(MANY)}
    assert posts[0].title == "Tom & 日本 🎈"
    assert posts[-1].title == "later"


def test_everything_about_a_post_arrives(source, site):
    post = by_title(source)["Tom & 日本 🎈"]
    assert post.date == datetime(2006, 11, 19, 9, 47, 59, tzinfo=UTC)
    assert post.status is Status.PUBLISH
    assert post.slug == "tom-and"
    assert post.excerpt == "In short"
    assert post.categories == ("Food, drink & fun",)
    assert set(post.tags) == {"one,two", "三"}
    assert post.address.startswith(site.url)
    assert post.html.startswith("<p>First line<br>second line</p>")
    assert post.html.endswith("<p>C:\\temp\\new and [brackets] & 日本 🎈</p>")
    assert "<!--more-->" in post.html


def test_photos_in_the_text_and_beside_it_arrive_byte_for_byte(source):
    red, blue = by_title(source)["Tom & 日本 🎈"].photos
    assert (red.integrated, blue.integrated) == (False, True)
    assert by_title(source)["Tom & 日本 🎈"].featured == blue.address
    assert len(red.names) == 2
    assert red.alt == "Red"
    assert source.read(red) == picture("red")
    assert source.read(blue) == picture("blue")


def test_comments_arrive_with_author_thread_and_moment_and_held_ones_stay(source):
    post = by_title(source)["Tom & 日本 🎈"]
    one, two = (comment for comment in post.comments if not comment.ping)
    assert (one.author, one.email, one.url) == (
        "Björn",
        "b@b.example",
        "https://b.example",
    )
    assert one.html == "<p>Nice!<br>Really.</p>"
    assert (two.author, two.parent) == ("Ann", one.key)
    assert one.date
    assert abs(one.date - datetime.now(UTC)) < timedelta(hours=1)
    assert any("not approved there" in note for note in post.notes)


def test_pingbacks_come_as_such(source):
    post = by_title(source)["Tom & 日本 🎈"]
    (ping,) = (comment for comment in post.comments if comment.ping)
    assert (ping.ping, ping.author) == ("pingback", "Their blog")
    assert ping.url == "https://t.example/1"


def test_whose_a_post_is_and_how_open_comes_along(source):
    posts = by_title(source)
    first, other = posts["Tom & 日本 🎈"], posts["of another"]
    assert (first.author, other.author) == ("admin", "Editor")
    assert (first.sticky, first.closed, first.pings) == (True, False, True)
    assert (other.sticky, other.closed, other.pings) == (False, True, False)
    assert source.blog().time_zone == "Asia/Shanghai"
    assert source.blog().parents == (("Food, drink & fun", "Life & all"),)


def test_no_post_becomes_more_visible_than_it_was(source):
    posts = by_title(source)
    assert {name: posts[name].status for name in ("draft", "private", "pending")} == {
        "draft": Status.DRAFT,
        "private": Status.PRIVATE,
        "pending": Status.PENDING,
    }
    assert posts["locked"].status is Status.PRIVATE
    assert posts["later"].status is Status.FUTURE


def test_the_blog_is_known_by_any_of_its_addresses_and_passwords(site, source):
    expected = source.blog()
    for address in (f"{site.url}/", f"{site.url}/xmlrpc.php", f"{site.url}/?p=3"):
        for password in (site.password, site.login_password):
            other = MetaWeblog(address, site.user, Secret(password))
            assert other.blog() == expected
            other.close()
    assert expected.kind == "metaweblog"
    assert expected.notes == ()


def test_the_blog_is_called_as_its_owner_wrote_it(site, source):
    write, name = Writer(site), "Strange & <Blog>"
    before = write("getOptions", ["blog_title"])["blog_title"]["value"]
    write("setOptions", {"blog_title": name})
    try:
        assert source.blog().title == name
    finally:
        write("setOptions", {"blog_title": before})


def test_an_address_is_recognised_and_opened_as_such_a_blog(site):
    assert kind_of(site.url) is MetaWeblog
    answers = {"user": site.user, "password": Secret(site.password)}
    opened = open_source([site.url], answers)
    assert opened.blog().address.rstrip("/") == site.url


def test_a_wrong_password_is_told_in_words(site):
    source = MetaWeblog(site.url, site.user, Secret("wrong"))
    with pytest.raises(SignInFailed) as caught:
        source.blog()
    assert "Incorrect" in caught.value.hint
    source.close()


def test_an_account_that_owns_only_some_posts_gets_those_and_is_told(site):
    user, password = site.users["author"]
    server: Any = ServerProxy(f"{site.url}/xmlrpc.php")
    own = {"post_title": "Own", "post_content": "x", "post_status": "publish"}
    key = server.wp.newPost(1, user, password, own)
    source = MetaWeblog(site.url, user, Secret(password))
    try:
        assert [post.title for post in source.posts()] == ["Own"]
        notes = source.blog().notes
    finally:
        source.close()
        server.wp.deletePost(1, user, password, key)
        server.wp.deletePost(1, user, password, key)
    assert any("may not see all posts" in note for note in notes)
    assert any("comments" in note for note in notes)


def test_a_blog_that_lets_no_program_in_says_how_to_change_that(site):
    plugin = site.plug_in("add_filter('xmlrpc_enabled', '__return_false');")
    time.sleep(0.1)
    try:
        source = MetaWeblog(site.url, site.user, Secret(site.password))
        with pytest.raises(Refused, match="Switch on XML-RPC"):
            source.blog()
        source.close()
    finally:
        plugin.unlink()


def test_reading_is_fast_enough_to_wait_for(source):
    source.blog()
    begin = time.monotonic()
    count = sum(1 for _ in source.posts())
    assert count / (time.monotonic() - begin) > 10  # posts per second
