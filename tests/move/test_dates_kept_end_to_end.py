"""A date that somebody changed at a real new blog: no later round and no undo takes it away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.move.doubles import entry
from tests.move.test_kept_clock_end_to_end import FIRST, bring, take_back
from tests.move.whole_site import forget_sample_post, rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Post, Status
from wizard.destinations import Kind
from wizard.move import standing
from wizard.move.file import Move
from wizard.move.undoing import KEPT

OTHER_DAY = "2006-05-04T03:02:01"
AHEAD = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with start() as site:
        forget_sample_post(site)
        yield site


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with Move.create(tmp_path / "a.move") as move:
        yield move


def the_post(site: Site) -> dict[str, Any]:
    (post,) = rows(site, "posts", status="publish,future,draft,pending,private")
    return post


def as_a_person(site: Site, method: str, number: int, **what: str) -> None:
    place = f"{site.url}/wp-json/wp/v2/posts/{number}"
    auth = (site.user, site.password)
    assert requests.request(method, place, json=what, auth=auth, timeout=60).ok


def one(**fields: object) -> Post:
    # Whatever is saved there without a category gets one.
    return entry(1, categories=("News",), **fields)  # type: ignore[arg-type]


def later(post: Post) -> Post:
    return replace(post, html="<p>Other words at the old blog by now.</p>")


def changed_and_taken_back(move: Move, site: Site) -> tuple[str, str, object]:
    """A post gets another date at the new blog: the one that it has after a later round
    and what is said of it after it is taken back; and whether it is there then."""
    post = one()
    bring(move, site, FIRST, post)
    number = the_post(site)["id"]
    as_a_person(site, "POST", number, date_gmt=OTHER_DAY)
    bring(move, site, FIRST, later(post))
    there = the_post(site)
    take_back(move, site)
    step = move.step(Kind.POST, post.key, post.key)
    left = rows(site, "posts", status="publish")
    for row in left:
        as_a_person(site, "DELETE", row["id"])
    return there["date_gmt"], "Other" in there["content"]["raw"], step.trouble


def test_a_date_that_somebody_changed_there_stays_and_so_does_its_post(
    move: Move, site: Site
) -> None:
    assert changed_and_taken_back(move, site) == (OTHER_DAY, False, KEPT)


def test_control_with_the_words_alone_it_would_be_overwritten_and_taken_away(
    move: Move, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "keeps_date", lambda *_: True)
    date, overwritten, said = changed_and_taken_back(move, site)
    assert (date != OTHER_DAY, overwritten) == (True, True)
    assert said != KEPT


@pytest.mark.parametrize(
    "post",
    [
        one(),
        one(date=None),
        one(comments=2),
        one(status=Status.PRIVATE),
        one(status=Status.DRAFT),
        one(status=Status.DRAFT, date=None),
        one(status=Status.FUTURE, date=AHEAD),
    ],
    ids=lambda post: (
        f"{post.status} {post.date and post.date.year} {post.comments!r:.9}"
    ),
)
def test_what_nobody_changed_follows_the_old_blog_and_is_taken_back(
    move: Move, site: Site, post: Post
) -> None:
    bring(move, site, FIRST, post)
    # WordPress moves the date of drafts by itself whenever something touches them.
    time.sleep(1.1)
    as_a_person(site, "POST", the_post(site)["id"], excerpt="")
    assert bring(move, site, FIRST, later(post)).verdict.complete
    there = the_post(site)
    assert "Other words" in there["content"]["raw"]
    again = replace(later(post), date=datetime(2005, 6, 7, 8, 9, tzinfo=UTC))
    if post.status is not Status.FUTURE:
        assert bring(move, site, FIRST, again).verdict.complete
        assert the_post(site)["date_gmt"] == "2005-06-07T08:09:00"
    assert take_back(move, site).verdict.complete
    assert not rows(site, "posts", status="publish,future,draft,pending,private")


def test_a_file_that_knows_no_dates_goes_by_the_words(move: Move, site: Site) -> None:
    post = one()
    bring(move, site, FIRST, post)
    step = move.step(Kind.POST, post.key, post.key)
    assert step.remote
    move.record(step, remote=replace(step.remote, date=""))
    as_a_person(site, "POST", step.remote.id, date_gmt=OTHER_DAY)
    bring(move, site, FIRST, later(post))
    assert "Other words" in the_post(site)["content"]["raw"]
    assert take_back(move, site).verdict.complete
