"""Ways to begin moves that check that none leaves a thread behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.move.asking_case import Case
from tests.move.linking import NEW, Begin, Linked
from tests.move.moving import Moving, threads
from tests.move.whole_site import forget_sample_post
from tests.wordpress import WordPress as Site
from tests.wordpress import start as site_of
from wizard.blog import Post
from wizard.move.file import Move


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Moving]]:
    opened: list[Move] = []

    def start(*posts: Post) -> Moving:
        opened.append(Move.create(tmp_path / f"{len(opened)}.move"))
        return Moving(opened[-1], *posts)

    yield start
    for move in opened:
        move.close()
    assert threads() == [], "no thread outlives its run"


@pytest.fixture
def begin(start: Begin) -> Begin:
    """A move of posts that link to each other."""

    def begin(*posts: Post) -> Moving:
        moving = start(*posts)
        moving.source = Linked(posts)
        moving.blog.address = NEW
        moving.read()
        return moving

    return begin


@pytest.fixture
def sites(request: pytest.FixtureRequest) -> Iterator[tuple[Site, Site]]:
    """A real old blog and a real new one, which may be of another version."""
    with site_of() as old, site_of(getattr(request, "param", "newest")) as new:
        forget_sample_post(new)
        yield old, new


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A real new blog, empty, for one file of tests."""
    with site_of() as site:
        forget_sample_post(site)
        yield site


@pytest.fixture
def new() -> Iterator[Site]:
    """A real new blog, empty, for one test."""
    with site_of() as site:
        forget_sample_post(site)
        yield site


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with Move.create(tmp_path / "a.move") as move:
        yield move


@pytest.fixture
def case(move: Move) -> Case:
    return Case(move)
