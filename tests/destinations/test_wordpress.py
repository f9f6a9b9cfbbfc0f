"""A WordPress site as destination: the contract, and who may do what there."""

from __future__ import annotations

import pytest
import requests

from tests.destinations.contract import DestinationContract
from tests.destinations.wordpress_case import DATE, Case, picture, plugged, said
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Status
from wizard.credentials import Secret
from wizard.destinations import Kind, NewPost, NewTerm, Remote
from wizard.destinations.wordpress import WordPress
from wizard.errors import (
    MoveError,
    NotAllowed,
    SignInFailed,
)

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
    """On the oldest that we promise; the tests of single things are for both."""

    @pytest.fixture
    def destination(self, oldest_wordpress: Site) -> WordPress:
        case = Case(oldest_wordpress)
        with plugged(case, WIPE):
            answer = requests.get(f"{case.site.url}/?wipe", timeout=60)
        assert answer.text == "wiped"
        case.blog.check()
        return case.blog

    def photo_bytes(self, destination: object, remote: Remote) -> bytes:
        return requests.get(remote.address, timeout=60).content


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
    assert dict(case.blog.ours(Kind.POST))["md-role"] == post
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
            list(newest.blog.ours(Kind.POST))
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
        assert [at.id for at in case.blog.find(Kind.TAG, "A & B")] == [tag.id]
        now = case.blog.read(post)
        assert now
        assert now.date == DATE
        assert len(case.blog.find(Kind.COMMENT, "md-plain-comment", post.id)) == 1
        assert len(case.blog.find(Kind.PHOTO, "md-plain-photo")) == 1
        case.blog.delete(post)
        assert case.blog.read(post) is None
