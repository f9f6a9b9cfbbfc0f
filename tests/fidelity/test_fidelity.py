"""A small blog of every feature arrives as it was, and no line of the measure is blind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fidelity.breaking import MARKS, TEXT, Vandal
from tests.fidelity.lines import Line, Lines
from tests.fidelity.moved import Verdict
from tests.fidelity.old import OldBlog
from tests.fidelity.spaces import backup
from tests.fidelity.whole import look, measure, moved
from tests.wordpress import WordPress

POSTS = 6
SEED = 5
# Only where a blog has such things; they are broken all the same.
MAY_BE_NONE = {"tags", "comments: e-mail", "links to the old host are listed"}
WRITING = {"bold, italic, code …", "direction and alignment"}

Arrived = tuple[OldBlog, WordPress, Verdict]


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrived]:
    folder = tmp_path_factory.mktemp("fidelity")
    pages = folder / "pages"
    pages.mkdir()
    blog = backup(POSTS, SEED, pages)
    with moved(blog, folder) as (site, verdict):
        yield blog, site, verdict


def lines_of(blog: OldBlog, site: WordPress, verdict: Verdict) -> dict[str, Line]:
    return {line.name: line for line in measure(blog, site, verdict)}


@pytest.mark.timeout(600)
def test_every_feature_arrives_and_every_line_sees_when_it_does_not(
    arrived: Arrived,
) -> None:
    blog, site, verdict = arrived
    before = site.snapshot()
    lines = lines_of(blog, site, verdict)
    assert [line.differences for line in lines.values() if not line.whole] == []
    assert {name for name, line in lines.items() if not line.checked} <= MAY_BE_NONE

    vandal = Vandal(site)
    vandal.text(MARKS)
    without_marks = {line.name for line in look(blog, site, verdict) if line.whole}
    assert without_marks & WRITING == set()
    site.restore(before)

    vandal.text(TEXT)
    vandal.everything_else()
    vandal.files()
    secret = [replace(post, status="private") for post in blog.posts]
    never = replace(blog.posts[0], key="it never arrived")
    wanted = replace(blog, posts=(*secret, never))
    broken = lines_of(wanted, site, verdict)
    seen = {name for name, line in broken.items() if not line.whole}
    assert set(lines) - seen - WRITING == set()


def test_what_is_not_whole_is_never_rounded_up() -> None:
    lines = Lines()
    lines.check("letters", True, many=1_000_000)
    lines.check("letters", False, "one is another")
    assert "99.99 %" in lines.page()
    assert "one is another" in lines.page()
