"""Servers with manners of their own: noise, wrong parties, breakdowns in the middle."""

from __future__ import annotations

import threading

import pytest
import requests

from tests.destinations.wordpress_case import DATE, Case, picture, plugged, said
from tests.wordpress import start
from wizard.blog import Status
from wizard.credentials import Secret
from wizard.destinations import Kind, NewPost, NewTerm, Remote
from wizard.destinations.wordpress import WordPress
from wizard.errors import (
    Ambiguous,
    MoveError,
    Refused,
    SignInFailed,
    Throttled,
    Unreachable,
    WrongParty,
)

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
    assert caught.value.seconds == 60
    assert "is being updated" in caught.value.title


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


def test_an_answer_about_another_thing_is_not_believed(newest: Case) -> None:
    """As a cache in front of a blog may give it."""
    newest.blog.check()
    post = newest.post("md-mine")
    new = NewPost("Entry", "<p>Words</p>", DATE, Status.PRIVATE, slug="new")
    other = "add_filter('rest_prepare_{}', function ($r) {{ $r->data['{}'] = {}; return $r; }});"
    for kind, field, value in (
        ("post", "id", "999999"),
        ("post", "slug", "'md-mine'"),
    ):
        with plugged(newest, other.format(kind, field, value)):
            with pytest.raises(Ambiguous, match="not asked"):
                newest.blog.update(post, new, "md-mine")
            if field == "id":
                with pytest.raises(Ambiguous, match="not asked"):
                    newest.blog.read(post)
    with (
        plugged(newest, other.format("post", "slug", "'md-theirs'")),
        pytest.raises(Ambiguous, match="not asked"),
    ):
        newest.post("md-asked")
    assert newest.blog.find(Kind.POST, "md-asked") != []
    with (
        plugged(newest, other.format("comment", "author_user_agent", "'md-theirs'")),
        pytest.raises(Ambiguous, match="not asked"),
    ):
        newest.blog.create(said(post), "md-said")
    with plugged(newest, other.format("post_tag", "name", "'Theirs'")):
        tag = newest.blog.create(NewTerm(Kind.TAG, "Mine"), "Mine")
    (found,) = newest.blog.find(Kind.TAG, "Mine")
    assert found.id == tag.id
    assert newest.blog.create(NewTerm(Kind.TAG, "Mine"), "Mine").id == tag.id


def test_a_list_of_other_photos_is_not_believed(newest: Case) -> None:
    """Whoever deletes what it names would delete them."""
    newest.blog.check()
    newest.blog.create(picture("theirs.png"), "md-theirs")
    every = """add_filter('rest_attachment_query', function ($query) {
        unset($query['post_name__in']); return $query; });"""
    with plugged(newest, every):
        for ask in (
            newest.blog.find,
            lambda kind, mark: list(newest.blog.ours(kind, [mark])),
        ):
            with pytest.raises(Ambiguous, match="not asked"):
                ask(Kind.PHOTO, "md-mine")
    assert newest.blog.find(Kind.PHOTO, "md-mine") == []


def test_a_comment_is_looked_for_among_spam_and_trash_too(newest: Case) -> None:
    """And is named once, however many lists it is on."""
    post = newest.open_post("md-lists")
    made = newest.blog.create(said(post), "md-said-once")
    for status in ("hold", "spam", "trash"):
        requests.post(
            f"{newest.site.url}/wp-json/wp/v2/comments/{made.id}",
            json={"status": status, "author_user_agent": "md-said-once"},
            auth=(newest.site.user, newest.site.password),
            timeout=60,
        )
        (found,) = newest.blog.find(Kind.COMMENT, "md-said-once", post.id)
        assert (found.id, found.status) == (made.id, status)
    newest.blog.delete(made)
    (found,) = newest.blog.find(Kind.COMMENT, "md-said-once", post.id)
    assert (found.id, found.status) == (made.id, "trash"), "it is there already"


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
