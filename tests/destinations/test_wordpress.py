"""A WordPress site as destination, tried on real ones: what arrives, and what is told."""

from __future__ import annotations

import hashlib
import html
import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import requests
from PIL import Image

from tests.destinations.contract import DestinationContract
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Status
from wizard.credentials import Secret
from wizard.destinations import Kind, NewComment, NewPhoto, NewPost, NewTerm, Remote
from wizard.destinations.wordpress import WordPress
from wizard.errors import (
    Ambiguous,
    MoveError,
    NotAllowed,
    Refused,
    SignInFailed,
    Throttled,
    Unreachable,
    WrongParty,
)

DATE = datetime(2007, 4, 20, 1, 29, 58, tzinfo=timezone(timedelta(hours=8)))
HARD = [
    "Tom & <Jerry>",
    r"C:\temp\new",
    "你好 🎉 ไทย עברית",
    "&amp; <b>“bold”</b> 'one' \"two\" 100 % ?#+",
]


class Case:
    """One site, our account there, and a way to look at it that is not ours."""

    def __init__(self, site: Site, role: str = "administrator") -> None:
        self.site = site
        user, password = site.users[role]
        self.blog = WordPress(site.url, user, Secret(password))
        self.made: list[Remote] = []

    def there(self, route: str, **query: object) -> Any:
        answer = requests.get(
            f"{self.site.url}/?rest_route=/wp/v2/{route}",
            params={"context": "edit", **query},  # type: ignore[arg-type]
            auth=(self.site.user, self.site.password),
            timeout=60,
        )
        assert answer.ok, answer.text
        return answer.json()

    def post(self, marker: str, **fields: object) -> Remote:
        words = f"<p>Words</p><!-- moving-day:{marker} -->"
        new = NewPost("Entry", words, DATE, Status.DRAFT)
        remote = self.blog.create(replace(new, **fields), marker)  # type: ignore[arg-type]
        self.made.append(remote)
        return remote

    def open_post(self, marker: str, date: datetime = DATE) -> Remote:
        new = NewPost("Entry", "<p>Words</p>", date, Status.PRIVATE, slug=marker)
        return self.blog.update(self.post(marker), new, marker)

    def tidy(self) -> None:
        for remote in self.made:
            requests.delete(
                f"{self.site.url}/?rest_route=/wp/v2/posts/{remote.id}&force=1",
                auth=(self.site.user, self.site.password),
                timeout=60,
            )


@pytest.fixture(params=["wordpress", "oldest_wordpress"])
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    case = Case(request.getfixturevalue(request.param))
    yield case
    case.tidy()


@pytest.fixture
def newest(wordpress: Site) -> Iterator[Case]:
    case = Case(wordpress)
    yield case
    case.tidy()


@contextmanager
def plugged(case: Case, php: str) -> Iterator[None]:
    file = case.site.plug_in(php)
    try:
        yield
    finally:
        file.unlink()


def picture(
    name: str, size: tuple[int, int] = (30, 20), kind: str = "PNG", post: int = 0
) -> NewPhoto:
    file = io.BytesIO()
    seed = hashlib.sha256(name.encode()).digest()
    Image.new("RGB", size, tuple(seed[:3])).save(file, kind)
    mime = f"image/{kind.lower()}"
    return NewPhoto(name, mime, file.getvalue(), DATE, post)


def said(post: Remote, words: str = "Yes!", **fields: object) -> NewComment:
    comment = NewComment(post.id, 0, "Reader", "", "", words, DATE)
    return replace(comment, **fields)  # type: ignore[arg-type]


WIPE = """
add_action('init', function () {
    if (!isset($_GET['wipe'])) { return; }
    foreach (get_posts(['post_type' => ['post', 'attachment'], 'numberposts' => -1,
        'post_status' => ['any', 'trash', 'inherit']]) as $post) {
        wp_delete_post($post->ID, true);
    }
    exit('wiped');
}, 99);
"""


class TestContract(DestinationContract):
    @pytest.fixture(params=["wordpress", "oldest_wordpress"])
    def destination(self, request: pytest.FixtureRequest) -> WordPress:
        case = Case(request.getfixturevalue(request.param))
        with plugged(case, WIPE):
            answer = requests.get(f"{case.site.url}/?wipe", timeout=60)
        assert answer.text == "wiped"
        case.blog.check()
        return case.blog

    def photo_bytes(self, destination: object, remote: Remote) -> bytes:
        return requests.get(remote.address, timeout=60).content


# Who am I, what may I do


def test_signing_in_tells_who_and_where(case: Case) -> None:
    site = case.blog.check()
    assert (site.name, site.address) == ("New Home", case.site.url)
    assert (site.user.lower(), site.role) == ("admin", "administrator")
    assert site.time_zone == "UTC"
    assert site.warnings == ()
    assert case.blog.carries == frozenset(Kind)


@pytest.mark.parametrize(
    ("role", "missing"),
    [("editor", set()), ("author", {Kind.COMMENT, Kind.CATEGORY})],
)
def test_a_role_that_may_less_carries_less_and_says_so(
    newest: Case, role: str, missing: set[Kind]
) -> None:
    case = Case(newest.site, role)
    site = case.blog.check()
    assert frozenset(Kind) - case.blog.carries == missing
    assert len(site.warnings) == len(missing)
    # And what it still carries really works.
    post = case.post("md-role")
    newest.made.append(post)
    case.blog.create(picture("role.png", post=post.id), f"md-role-{role}")
    case.blog.create(NewTerm(Kind.TAG, f"Tag of {role}"), "")
    assert case.blog.find(Kind.POST, "md-role") == [post]
    assert dict(case.blog.ours())["md-role"] == post
    published = case.blog.update(
        post, NewPost("Entry", "<p>x</p>", DATE, Status.PUBLISH), "md-role"
    )
    assert published.status == "publish"


@pytest.mark.parametrize("role", ["contributor", "subscriber"])
def test_a_role_that_may_not_publish_is_told_whom_to_ask(case: Case, role: str) -> None:
    with pytest.raises(NotAllowed, match="may not publish") as caught:
        Case(case.site, role).blog.check()
    assert "owner" in caught.value.hint


def test_a_wrong_password_is_told(case: Case) -> None:
    blog = WordPress(case.site.url, "admin", Secret("wrong"))
    with pytest.raises(SignInFailed, match="does not accept"):
        blog.check()


def test_followers_who_get_mail_are_warned_of(newest: Case) -> None:
    php = (
        "add_action('rest_api_init', fn() => register_rest_route('jetpack/v4', '/x',"
        " ['callback' => '__return_true', 'permission_callback' => '__return_true']));"
    )
    with plugged(newest, php):
        site = WordPress(
            newest.site.url, newest.site.user, Secret(newest.site.password)
        ).check()
    assert "e-mail" in site.warnings[0]


def test_a_password_that_is_taken_away_in_the_middle(newest: Case) -> None:
    revoked = (
        "add_filter('wp_is_application_passwords_available_for_user',"
        " '__return_false');"
    )
    post = newest.post("md-revoked")
    with plugged(newest, revoked):
        with pytest.raises(SignInFailed, match="no longer accepts"):
            newest.post("md-revoked-2")
        # Never "it is not there": that would make a double.
        with pytest.raises(SignInFailed):
            newest.blog.find(Kind.POST, "md-revoked")
        with pytest.raises(MoveError):
            list(newest.blog.ours())
        with pytest.raises(SignInFailed):
            newest.blog.read(post)
        with pytest.raises(SignInFailed):
            newest.blog.find(Kind.PHOTO, "md-revoked")
        with pytest.raises(MoveError):
            newest.blog.find(Kind.COMMENT, "md-revoked", post.id)
    assert newest.blog.find(Kind.POST, "md-revoked") == [post]


def test_plain_permalinks_and_a_clock_elsewhere() -> None:
    with start(permalinks="", time_zone="America/New_York") as site:
        case = Case(site)
        assert case.blog.check().time_zone == "America/New_York"
        post = case.open_post("md-plain")
        case.blog.create(picture("plain.png", post=post.id), "md-plain-photo")
        case.blog.create(said(post), "md-plain-comment")
        tag = case.blog.create(NewTerm(Kind.TAG, "A & B"), "")
        assert case.blog.find(Kind.TAG, "A & B") == [tag]
        now = case.blog.read(post)
        assert now
        assert now.date == DATE
        assert len(case.blog.find(Kind.COMMENT, "md-plain-comment", post.id)) == 1
        assert len(case.blog.find(Kind.PHOTO, "md-plain-photo")) == 1
        case.blog.delete(post)
        assert case.blog.read(post) is None


# Posts


@pytest.mark.parametrize("text", HARD)
def test_a_post_comes_back_as_it_was_sent(case: Case, text: str) -> None:
    category = case.blog.create(NewTerm(Kind.CATEGORY, text), "")
    new = NewPost(
        text,
        "<p>C:\\temp\\new &amp; <b>你好</b> 🎉</p>\n<!-- moving-day:md-hard -->",
        DATE,
        Status.DRAFT,
        excerpt="C:\\temp & 你好",
        categories=(category.id,),
    )
    remote = case.blog.create(new, "md-hard")
    case.made.append(remote)
    assert (remote.status, remote.slug) == ("draft", "md-hard")
    for status in (Status.PRIVATE, Status.PUBLISH, Status.DRAFT):
        remote = case.blog.update(remote, replace(new, status=status), "md-hard")
        assert remote.status == status
        now = case.blog.read(remote)
        assert now
        assert replace(now, slug="") == replace(
            new, status=status, date=DATE.astimezone(UTC)
        )
        if status is Status.PUBLISH:
            assert requests.get(remote.address, timeout=60).status_code == 200
            assert "md-" not in remote.slug


def test_a_wanted_slug_is_kept_and_a_taken_one_gives_way(case: Case) -> None:
    new = NewPost("Entry", "", DATE, Status.PUBLISH, slug="old-name")
    first = case.blog.update(case.post("md-slug-1"), new, "")
    second = case.blog.update(case.post("md-slug-2"), new, "")
    assert (first.slug, second.slug) == ("old-name", "old-name-2")
    chinese = replace(new, slug="你好")
    third = case.blog.update(case.post("md-slug-3"), chinese, "")
    assert requests.get(third.address, timeout=60).status_code == 200


def test_the_marker_leaves_no_public_trace(case: Case) -> None:
    """WordPress redirects from every slug that was ever public."""

    def shows(slug: str) -> int:
        return requests.get(f"{case.site.url}/?name={slug}", timeout=60).status_code

    new = NewPost("Entry", "<p>Words</p>", DATE, Status.PUBLISH)
    hasty = case.blog.update(case.post("md-hasty"), replace(new, slug="md-hasty"), "")
    case.blog.update(hasty, new, "")
    assert shows("md-hasty") == 200, "published under its marker, it stays for ever"
    post = case.post("md-trace")
    private = case.blog.update(post, replace(new, status=Status.PRIVATE), "")
    case.blog.update(private, replace(new, slug=private.slug), "")
    assert shows("md-trace") == 404


def test_a_future_post_waits_and_an_undated_one_gets_now(case: Case) -> None:
    future = datetime(2037, 1, 1, tzinfo=UTC)
    new = NewPost("Entry", "", future, Status.PUBLISH)
    assert case.blog.update(case.post("md-future"), new, "").status == "future"
    undated = case.post("md-now", date=None)
    case.blog.update(undated, replace(new, date=None), "")
    now = case.blog.read(undated)
    assert now
    assert now.date
    assert abs(now.date - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.parametrize("year", [1969, 1995])
def test_very_old_posts_keep_their_date(case: Case, year: int) -> None:
    date = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    now = case.blog.read(case.post(f"md-{year}", date=date))
    assert now
    assert now.date == date


def test_posts_are_found_by_slug_then_by_what_stands_in_them(case: Case) -> None:
    assert case.blog.find(Kind.POST, "md-find") == []
    one, two = case.post("md-find"), case.post("md-find")
    assert [r.id for r in case.blog.find(Kind.POST, "md-find")] == [one.id, two.id]
    case.blog.delete(two)
    assert [r.id for r in case.blog.find(Kind.POST, "md-find")] == [one.id]
    words = "<p>Words</p><!-- moving-day:md-find -->"
    done = NewPost("Entry", words, DATE, Status.PUBLISH)
    remote = case.blog.update(one, done, "md-find")
    assert case.blog.find(Kind.POST, "md-find") == [remote]
    assert case.blog.find(Kind.POST, "md-fin") == []
    assert dict(case.blog.ours())["md-find"] == remote
    case.blog.delete(remote)
    case.blog.delete(remote)
    assert case.blog.find(Kind.POST, "md-find") == []
    assert case.blog.read(remote) is None
    assert case.blog.read(Remote(Kind.POST, 999_999)) is None


def test_posts_that_others_wrote_are_not_ours(newest: Case) -> None:
    requests.post(
        f"{newest.site.url}/wp-json/wp/v2/posts",
        json={"title": "moving-day: a review", "content": "moving-day:md-x is good"},
        auth=(newest.site.user, newest.site.password),
        timeout=60,
    )
    assert "md-x" not in dict(newest.blog.ours())


# Categories and tags


@pytest.mark.parametrize("kind", [Kind.CATEGORY, Kind.TAG])
@pytest.mark.parametrize("name", HARD)
def test_a_term_is_made_once(case: Case, kind: Kind, name: str) -> None:
    one = case.blog.create(NewTerm(kind, name), name)
    two = case.blog.create(NewTerm(kind, name), name)
    assert one.id == two.id
    assert [remote.id for remote in case.blog.find(kind, name)] == [one.id]
    route = "categories" if kind is Kind.CATEGORY else "tags"
    shown = case.there(f"{route}/{one.id}")["name"]
    assert html.unescape(shown) in (name, html.unescape(name))


def test_a_name_that_is_too_long_is_refused_in_words(case: Case) -> None:
    with pytest.raises(Refused):
        case.blog.create(NewTerm(Kind.TAG, "x" * 300), "")


# Photos


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
    with plugged(newest, damage), pytest.raises(Refused):
        newest.blog.create(picture("damaged.png"), "md-damaged")
    assert newest.blog.find(Kind.PHOTO, "md-damaged") == []


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


# Comments


def test_a_comment_arrives_with_all_that_belongs_to_it(case: Case) -> None:
    post = case.open_post("md-comments")
    words = "<p>C:\\temp\\new <b>yes</b> &amp; 你好 🎉</p>"
    comment = said(
        post, words, author="Tom & <Jerry>", email="a@b.example", url="http://c.example"
    )
    parent = case.blog.create(said(post, "First"), "md-c1")
    remote = case.blog.create(replace(comment, parent=parent.id), "md-c2")
    there = case.there(f"comments/{remote.id}")
    assert there["author_name"] == "Tom &amp; &lt;Jerry&gt;"
    assert (there["author_email"], there["author_url"]) == (
        "a@b.example",
        "http://c.example",
    )
    assert there["content"]["raw"] == words
    assert there["date_gmt"] == "2007-04-19T17:29:58"
    assert (there["post"], there["parent"]) == (post.id, parent.id)
    assert there["status"] == "approved"
    assert there["author_user_agent"] == "md-c2"
    assert there["author_ip"] == "127.0.0.1"
    case.blog.update(remote, replace(comment, html="Other"), "md-c2")
    there = case.there(f"comments/{remote.id}")
    assert there["author_user_agent"] == "md-c2", "an update must not lose the marker"
    assert (there["content"]["raw"], there["author_ip"]) == ("Other", "127.0.0.1")
    # Public, and nothing of it tells where it came from.
    assert case.blog.find(Kind.COMMENT, "md-c2", post.id)[0].id == remote.id
    case.blog.delete(remote)
    case.blog.delete(remote)


def test_comments_without_an_address_and_with_equal_words(case: Case) -> None:
    post = case.open_post("md-equal")
    made = [case.blog.create(said(post), f"md-equal-{n}") for n in range(3)]
    assert len({remote.id for remote in made}) == 3
    for remote in made:
        there = case.there(f"comments/{remote.id}")
        assert there["content"]["raw"] == "Yes!"
        assert there["author_email"] == ""
        assert there["status"] == "approved"
    assert [mark for mark, _ in case.blog.ours(post.id)] == [
        f"md-equal-{n}" for n in range(3)
    ]


@pytest.mark.parametrize(
    "trouble",
    [
        "http_response_code(429); exit;",
        'http_response_code(400); exit(\'{"code": "rest_no", "message": "No."}\');',
        'http_response_code(401); exit(\'{"code": "rest_x", "message": "?"}\');',
    ],
)
def test_a_comment_that_stands_there_is_not_called_refused(
    newest: Case, trouble: str
) -> None:
    """It was added, and only what cures it afterwards failed: no reason for another."""
    post = newest.open_post("md-cure")
    newest.blog.create(said(post), "md-cure-1")
    only_updates = (
        "add_filter('rest_pre_dispatch', function ($r, $server, $request) {"
        " if (preg_match('#/comments/[0-9]+$#', $request->get_route())"
        " && $request->get_method() === 'POST') {" + trouble + "} return $r; }, 10, 3);"
    )
    with plugged(newest, only_updates), pytest.raises(Ambiguous):
        newest.blog.create(said(post), "md-cure-2")
    (found,) = newest.blog.find(Kind.COMMENT, "md-cure-2", post.id)
    newest.blog.update(found, said(post), "md-cure-2")
    assert newest.there(f"comments/{found.id}")["content"]["raw"] == "Yes!"


def test_comments_arrive_whatever_the_blog_thinks_of_comments(newest: Case) -> None:
    strict = (
        "foreach (['comment_registration' => 1, 'comment_moderation' => 1,"
        " 'comment_previously_approved' => 1, 'default_comment_status' => 'closed',"
        " 'close_comments_for_old_posts' => 1, 'close_comments_days_old' => 1,"
        " 'disallowed_keys' => 'Yes', 'moderation_keys' => 'Reader',"
        " 'require_name_email' => 1]"
        ' as $name => $value) { add_filter("pre_option_$name", fn() => $value); }'
    )
    with plugged(newest, strict):
        post = newest.open_post("md-strict", date=datetime.now(UTC))
        for number in range(2):
            remote = newest.blog.create(said(post), f"md-strict-{number}")
            assert newest.there(f"comments/{remote.id}")["status"] == "approved"


def test_a_comment_that_is_too_long_is_refused_in_words(case: Case) -> None:
    post = case.open_post("md-long")
    with pytest.raises(Refused) as caught:
        case.blog.create(said(post, "x" * 70_000), "md-long-1")
    assert caught.value.hint


def test_all_of_many_comments_are_ours(newest: Case) -> None:
    post = newest.open_post("md-lots")
    fill = (
        "add_action('init', function () { if (isset($_GET['fill']))"
        " for ($n = 0; $n < 230; $n++) wp_insert_comment(['comment_post_ID' =>"
        f" {post.id}, 'comment_agent' => \"md-lots-$n\", 'comment_content' => $n,"
        " 'comment_date_gmt' => '2007-01-01 00:00:00',"
        " 'comment_approved' => $n % 50 ? 1 : 'spam']); });"
    )
    with plugged(newest, fill):
        requests.get(f"{newest.site.url}/?fill", timeout=60)
    markers = [mark for mark, _ in newest.blog.ours(post.id)]
    assert sorted(markers) == sorted(f"md-lots-{n}" for n in range(230))
    (found,) = newest.blog.find(Kind.COMMENT, "md-lots-100", post.id)
    assert found.status == "spam"


# Servers with manners of their own


NOISE = {
    "a warning": "echo '<br /><b>Warning</b>: oh in <b>a.php</b> on line <b>3</b>';",
    "a byte order mark": 'echo "\\xEF\\xBB\\xBF";',
    "words after": "register_shutdown_function(fn() => print('<!-- 0.2 s -->'));",
    "debug output": "echo '[debug] array(2) { \"a\" => 1 }';",
}


@pytest.mark.parametrize("noise", NOISE)
def test_noise_around_the_answers_makes_no_double(newest: Case, noise: str) -> None:
    with plugged(newest, NOISE[noise]):
        newest.blog.check()
        post = newest.open_post("md-noise")
        tag = NewTerm(Kind.TAG, "Noise")
        assert newest.blog.create(tag, "").id == newest.blog.create(tag, "").id
        photo = newest.blog.create(picture("n.png", post=post.id), "md-noise-photo")
        newest.blog.create(said(post), "md-noise-comment")
        assert newest.blog.read(post)
        assert newest.blog.find(Kind.POST, "md-noise") == [post]
        assert len(newest.blog.find(Kind.COMMENT, "md-noise-comment", post.id)) == 1
        newest.blog.delete(photo)
        newest.blog.delete(photo)
        assert newest.blog.read(Remote(Kind.POST, 999_999)) is None
        with pytest.raises(SignInFailed, match="does not accept"):
            WordPress(newest.site.url, "admin", Secret("wrong")).check()


def test_noise_that_looks_like_a_list_is_not_taken_for_an_empty_one(
    newest: Case,
) -> None:
    newest.blog.check()
    with plugged(newest, "echo '[0] => 1';"), pytest.raises(Ambiguous):
        newest.blog.find(Kind.POST, "md-list")


def test_maintenance_is_a_wait_and_no_refusal(newest: Case) -> None:
    down = (
        "http_response_code(503); header('Retry-After: 600');"
        " exit('<html>Briefly unavailable for scheduled maintenance.</html>');"
    )
    with plugged(newest, down), pytest.raises(Throttled) as caught:
        newest.post("md-maintenance")
    assert caught.value.seconds == 600


@pytest.mark.parametrize(
    ("php", "error"),
    [
        ("exit('<html>Sign in to our Wi-Fi</html>');", WrongParty),
        ("exit;", Ambiguous),
        ("exit('{\"id\": ');", Ambiguous),
        (
            "header('Location: https://elsewhere.invalid/', true, 302); exit;",
            WrongParty,
        ),
        ("http_response_code(500); exit('<html>oh</html>');", Ambiguous),
        ("http_response_code(502); exit;", Ambiguous),
        ("http_response_code(403); exit('<html>Firewall</html>');", Refused),
        ("http_response_code(413); exit;", Refused),
        ("http_response_code(429); exit;", Throttled),
    ],
)
def test_whoever_answers_instead_is_not_believed(
    newest: Case, php: str, error: type[MoveError]
) -> None:
    newest.blog.check()
    with plugged(newest, php):
        with pytest.raises(error):
            newest.post("md-instead")
        with pytest.raises(MoveError):
            newest.blog.find(Kind.POST, "md-instead")
        with pytest.raises(MoveError):
            newest.blog.read(Remote(Kind.POST, 1))
    assert newest.blog.find(Kind.POST, "md-instead") == []


@pytest.mark.parametrize(
    "answer", ["{}", '{"id": 0}', '{"id": "x"}', "[]", "7", "null"]
)
def test_a_yes_that_says_nothing_is_unclear(newest: Case, answer: str) -> None:
    newest.blog.check()
    with plugged(newest, f"exit('{answer}');"), pytest.raises(Ambiguous):
        newest.post("md-nothing")


def test_a_post_made_before_the_server_died_is_found(case: Case) -> None:
    fatal = (
        "add_action('wp_insert_post', function () { http_response_code(500); exit; });"
    )
    with plugged(case, fatal), pytest.raises(Ambiguous):
        case.post("md-died")
    (found,) = case.blog.find(Kind.POST, "md-died")
    assert (found.status, found.slug) == ("draft", "md-died")
    case.made.append(found)


def test_a_server_that_is_away_for_a_moment() -> None:
    with start() as site:
        case = Case(site)
        case.blog.check()
        post = case.post("md-away")
        site.silence()
        with pytest.raises(Unreachable):
            case.post("md-away-2")
        site.serve()
        assert case.blog.find(Kind.POST, "md-away") == [post]
        assert case.blog.find(Kind.POST, "md-away-2") == []


def test_threads_share_it(newest: Case) -> None:
    blog = WordPress(newest.site.url, newest.site.user, Secret(newest.site.password))
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            new = NewPost("Entry", "", DATE, Status.DRAFT)
            newest.made.append(blog.create(new, f"md-thread-{number}"))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    for number in range(8):
        assert len(blog.find(Kind.POST, f"md-thread-{number}")) == 1
