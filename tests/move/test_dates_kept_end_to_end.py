"""A date that somebody changed at a real new blog: no later round and no undo takes it away."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.move import real_blogs
from tests.move.doubles import OldBlog, entry
from tests.move.real_blogs import change, delete, take_back
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from wizard.blog import Post, Status
from wizard.destinations import Kind
from wizard.move import standing
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.undoing import KEPT

OTHER_DAY = "2006-05-04T03:02:01"
AHEAD = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)


def the_post(site: Site) -> dict[str, Any]:
    (post,) = rows(site, "posts", status="publish,future,draft,pending,private")
    return post


def bring(move: Move, site: Site, post: Post) -> Ended:
    return real_blogs.bring(move, OldBlog([post]), site)


def one(**fields: object) -> Post:
    # Whatever is saved there without a category gets one.
    return entry(1, categories=("News",), **fields)  # type: ignore[arg-type]


def later(post: Post) -> Post:
    return replace(post, html="<p>Other words at the old blog by now.</p>")


def changed_and_taken_back(move: Move, site: Site) -> tuple[str, str, object]:
    """A post gets another date at the new blog: the one that it has after a later round
    and what is said of it after it is taken back; and whether it is there then."""
    post = one()
    bring(move, site, post)
    number = the_post(site)["id"]
    change(site, f"posts/{number}", date_gmt=OTHER_DAY)
    bring(move, site, later(post))
    there = the_post(site)
    take_back(move, site)
    step = move.step(Kind.POST, post.key, post.key)
    left = rows(site, "posts", status="publish")
    for row in left:
        delete(site, f"posts/{row['id']}", for_good=False)
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
    bring(move, site, post)
    # WordPress moves the date of drafts by itself whenever something touches them.
    time.sleep(1.1)
    change(site, f"posts/{the_post(site)['id']}", excerpt="")
    assert bring(move, site, later(post)).verdict.complete
    there = the_post(site)
    assert "Other words" in there["content"]["raw"]
    again = replace(later(post), date=datetime(2005, 6, 7, 8, 9, tzinfo=UTC))
    if post.status is not Status.FUTURE:
        assert bring(move, site, again).verdict.complete
        assert the_post(site)["date_gmt"] == "2005-06-07T08:09:00"
    assert take_back(move, site).verdict.complete
    assert not rows(site, "posts", status="publish,future,draft,pending,private")


def test_a_file_that_knows_no_dates_goes_by_the_words(move: Move, site: Site) -> None:
    post = one()
    bring(move, site, post)
    step = move.step(Kind.POST, post.key, post.key)
    assert step.remote
    move.record(step, remote=replace(step.remote, date=""))
    change(site, f"posts/{step.remote.id}", date_gmt=OTHER_DAY)
    bring(move, site, later(post))
    assert "Other words" in the_post(site)["content"]["raw"]
    assert take_back(move, site).verdict.complete
