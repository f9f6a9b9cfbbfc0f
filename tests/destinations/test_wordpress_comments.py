"""Comments arrive at a real WordPress whatever it usually demands of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
import requests

from tests.destinations.wordpress_case import Case, plugged, said
from wizard.destinations import Kind
from wizard.destinations.wordpress import making
from wizard.errors import (
    Ambiguous,
    Refused,
)
from wizard.network import Session


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


def test_a_comment_that_still_bears_what_made_it_pass_is_known_as_half_made(
    case: Case,
) -> None:
    post = case.open_post("md-half")
    for words, half in (("Yes!\n\nmd-half-1", True), ("Yes! md-half-2?", False)):
        mark = words.strip("?").split()[-1]
        case.blog.create(said(post, words), mark)
        (found,) = case.blog.find(Kind.COMMENT, mark, post.id)
        assert (found.status == "half made") is half


def test_comments_without_an_address_and_with_equal_words(case: Case) -> None:
    post = case.open_post("md-equal")
    made = [case.blog.create(said(post), f"md-equal-{n}") for n in range(3)]
    assert len({remote.id for remote in made}) == 3
    for remote in made:
        there = case.there(f"comments/{remote.id}")
        assert there["content"]["raw"] == "Yes!"
        assert there["author_email"] == ""
        assert there["status"] == "approved"
    assert [mark for mark, _ in case.blog.ours(Kind.COMMENT, [post.id])] == [
        f"md-equal-{n}" for n in range(3)
    ]


def test_a_comment_without_an_address_is_not_sent_in_vain(newest: Case) -> None:
    """WordPress refuses it at first, also in a run that goes on after a kill."""
    post = newest.open_post("md-bare")
    with patch.object(Session, "send", autospec=True, side_effect=Session.send) as sent:
        newest.blog.create(said(post), "md-bare-1")
    assert sent.call_count == 2, "made, and cured"


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
    # Whoever finds it knows that it is not yet what was sent.
    assert found.status == "half made"
    assert newest.blog.update(found, said(post), "md-cure-2").status == "approved"
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
    markers = [mark for mark, _ in newest.blog.ours(Kind.COMMENT, [post.id])]
    assert sorted(markers) == sorted(f"md-lots-{n}" for n in range(230))
    (found,) = newest.blog.find(Kind.COMMENT, "md-lots-100", post.id)
    assert found.status == "spam"


OLD_DATABASE = """
add_filter('rest_pre_insert_comment', function ($fields, $request) {
    $all = implode(' ', array_filter((array) $fields, 'is_string'));
    return preg_match('/[\\x{10000}-\\x{10FFFF}]/u', $all)
        ? new WP_Error('rest_comment_failed_create', 'Failed.', ['status' => 500])
        : $fields;
}, 10, 2);
add_filter('rest_preprocess_comment', function ($fields, $request) {
    $all = implode(' ', array_filter((array) $fields, 'is_string'));
    return preg_match('/[\\x{10000}-\\x{10FFFF}]/u', $all)
        ? new WP_Error('rest_comment_failed_edit', 'Failed.', ['status' => 500])
        : $fields;
}, 10, 2);
"""


def test_an_emoji_that_the_database_cannot_hold_is_sent_in_another_way(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = case.open_post("md-old-database")
    with plugged(case, OLD_DATABASE):
        comment = said(post, "Yes 😀 你好", author="Sun 🌞")
        remote = case.blog.create(comment, "md-emoji")
        for words in ("Yes", "Oh"):
            changed = replace(comment, html=f"{words} 😀 你好")
            case.blog.update(remote, changed, "md-emoji")
            there = case.there(f"comments/{remote.id}")
            assert there["content"]["raw"] == f"{words} &#x1F600; 你好"
            assert there["author_name"] == "Sun &#x1F31E;"
        # The control: without it such a comment is lost.
        monkeypatch.setattr(making, "in_three_bytes", lambda fields: fields)
        with pytest.raises(Refused):
            case.blog.create(comment, "md-emoji-2")
