"""Posts of a blog that tells moments, on the clock that was chosen for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests.cli.command import Run
from tests.destinations.wxr_case import WP, items, word
from tests.wordpress import WordPress, start

LATE = "2009-06-09T22:30:00"  # the next day at Prague already
PRAGUE = ("--time-zone", "Europe/Prague")


@pytest.fixture(scope="module")
def old() -> Iterator[WordPress]:
    """A blog whose clock is UTC, with one late post and a comment on it."""
    with start() as site:
        who = (site.user, site.password)
        said = {"date_gmt": LATE, "content": "Still up", "status": "publish"}
        made = requests.post(
            f"{site.url}/?rest_route=/wp/v2/posts",
            json={**said, "title": "Late"},
            auth=who,
            timeout=60,
        )
        made.raise_for_status()
        requests.post(
            f"{site.url}/?rest_route=/wp/v2/comments",
            json={"post": made.json()["id"], "content": "Me too", "date_gmt": LATE},
            auth=who,
            timeout=60,
        ).raise_for_status()
        yield site


@pytest.fixture
def bring(
    moving_day: Callable[..., Run], old: WordPress, tmp_path: Path
) -> Callable[..., Run]:
    """`moving-day move OLD --to a.xml`, with the password typed."""

    def bring(*words: object) -> Run:
        return moving_day(
            *("move", old.url, "--source-user", old.user, "--source-password-stdin"),
            *("--to", tmp_path / "a.xml", "--move", tmp_path / "a.move"),
            *words,
            typed=f"{old.password}\n",
        )

    return bring


@pytest.mark.parametrize(
    ("zone", "day", "posts"),
    [
        ("Europe/Prague", "2009-06-10", 1),
        ("Europe/Prague", "2009-06-09", 0),
        ("UTC", "2009-06-09", 1),
        ("UTC", "2009-06-10", 0),
    ],
)
def test_a_post_is_found_by_its_day_on_the_chosen_clock(
    bring: Callable[..., Run], zone: str, day: str, posts: int
) -> None:
    span = ("--since", day, "--until", day, "--time-zone", zone)
    done = bring(*span, "--dry-run", "--json")
    assert done.status == 0, done.err
    assert done.last["posts"] == posts


def test_an_import_file_shows_moments_on_the_chosen_clock(
    bring: Callable[..., Run], tmp_path: Path
) -> None:
    """The importer puts them down as they are, and pages show what `post_date` says."""
    done = bring(*PRAGUE)
    assert done.status == 0, done.err
    (post,) = (
        item for item in items(tmp_path / "a.xml") if item.findtext("title") == "Late"
    )
    (comment,) = post.findall(f"{WP}comment")
    told = word(post, "post_date"), word(comment, "comment_date")
    assert told == ("2009-06-10 00:30:00",) * 2
    told = word(post, "post_date_gmt"), word(comment, "comment_date_gmt")
    assert told == ("2009-06-09 22:30:00",) * 2


def test_a_list_says_in_which_zone_a_moment_is_told(
    moving_day: Callable[..., Run], old: WordPress
) -> None:
    words = ("list", old.url, "--source-user", old.user, "--source-password-stdin")
    done = moving_day(*words, typed=f"{old.password}\n")
    assert "  2009-06-09 22:30 UTC  Late  [" in done.out
