"""One clock for one move: dates of posts and comments agree at a real blog, round by round."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.move import real_blogs
from tests.move.doubles import OldBlog, entry
from tests.move.real_blogs import check, take_back
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from wizard.blog import Post
from wizard.destinations import Kind
from wizard.move.book import DATED
from wizard.move.choices import Choices
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read

FIRST, OTHER = "Europe/Berlin", "America/New_York"
POSTS = (entry(1, comments=1), entry(2))


@pytest.fixture
def move(move: Move, site: Site) -> Iterator[Move]:
    yield move
    take_back(move, site)


def bring(move: Move, site: Site, zone: str, *posts: Post) -> Ended:
    return real_blogs.bring(
        move, OldBlog(posts or POSTS), site, Choices(time_zone=zone)
    )


def dates(site: Site) -> set[str]:
    """The moments of all posts and comments of which the old blog's clock said noon or
    an hour later, in hours of UTC."""
    posts = {row["date_gmt"][11:13] for row in rows(site, "posts", status="any")}
    said = {
        f"{int(row['date_gmt'][11:13]) - 1:02}"
        for row in rows(site, "comments", status="approve")
        if row["author_user_agent"].startswith("md-")
    }
    return posts | said


def test_another_clock_in_a_later_round_changes_no_date(move: Move, site: Site) -> None:
    assert bring(move, site, FIRST).verdict.complete
    assert dates(site) == {"11"}
    assert bring(move, site, OTHER, *POSTS, entry(3, comments=1)).verdict.complete
    assert move.choices.time_zone == move.clock == FIRST
    assert dates(site) == {"11"}
    assert check(move, site).verdict.complete


def test_without_keeping_it_posts_and_comments_would_differ_and_the_check_tells(
    move: Move, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(move, site, FIRST)
    with monkeypatch.context() as patched:
        patched.setattr(Move, "clock", "")
        assert not bring(move, site, OTHER).verdict.complete
    assert dates(site) == {"11", "17"}
    said = move.step(Kind.COMMENT, "cns!1", "cns!1!0")
    assert said.trouble == DATED
    assert not check(move, site).verdict.complete
    assert move.step(Kind.POST, "cns!1", "cns!1").trouble is None


def test_taken_back_it_may_be_chosen_anew(move: Move, site: Site) -> None:
    bring(move, site, FIRST)
    take_back(move, site)
    assert move.clock == ""
    assert bring(move, site, OTHER).verdict.complete
    assert dates(site) == {"17"}


def test_what_is_there_already_does_not_decide_on_the_clock(
    move: Move, site: Site, tmp_path: Path
) -> None:
    bring(move, site, FIRST)
    with Move.create(tmp_path / "new.move") as new:
        bring(new, site, OTHER)
        assert new.clock == "", "or a wrong choice could never be mended"
        assert new.step(Kind.COMMENT, "cns!1", "cns!1!0").trouble == DATED
        bring(new, site, FIRST)
        assert new.step(Kind.COMMENT, "cns!1", "cns!1!0").trouble is None


def test_a_date_that_is_only_near_the_truth_may_become_better(
    move: Move, site: Site
) -> None:
    near = replace(POSTS[0].comments[0], estimated=True)
    post = replace(POSTS[0], comments=(near,))
    assert bring(move, site, FIRST, post).verdict.complete
    assert near.date
    later = replace(near, date=near.date.replace(hour=9))
    list(read(move, OldBlog([replace(post, comments=(later,))]), threading.Event()))
    assert check(move, site).verdict.complete
    sure = replace(later, estimated=False)
    list(read(move, OldBlog([replace(post, comments=(sure,))]), threading.Event()))
    assert not check(move, site).verdict.complete
