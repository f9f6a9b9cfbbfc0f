"""Posts, categories and tags arrive at a real WordPress as they were sent."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests

from tests.destinations.wordpress_case import DATE, HARD, Case
from wizard.blog import Status
from wizard.destinations import Kind, NewPost, NewTerm, Remote
from wizard.errors import (
    Refused,
)


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
    assert dict(case.blog.ours(Kind.POST))["md-find"] == remote
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
    assert "md-x" not in dict(newest.blog.ours(Kind.POST))


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
