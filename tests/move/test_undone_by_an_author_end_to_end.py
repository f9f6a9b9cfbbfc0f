"""Undo by an author, who does not see what others have not published: photos stay."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.move.doubles import HASTY, OldBlog, entry
from tests.move.moving import ending
from tests.move.whole_site import forget_sample_post, rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.credentials import Secret
from wizard.destinations import Kind
from wizard.destinations.wordpress import WordPress
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.undoing import UNSEEN, USED, undo

PHOTO = "photos/1-0.png"


MODERATES = (
    "add_action('init', fn() => get_role('author')->add_cap('moderate_comments'));"
)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Where authors may moderate comments, as plugins for roles let them."""
    with start(plugin=MODERATES) as site:
        forget_sample_post(site)
        yield site


def test_an_author_who_does_not_see_all_comments_is_told_before_anything_goes(
    tmp_path: Path,
) -> None:
    with start() as site, Move.create(tmp_path / "a.move") as move:
        forget_sample_post(site)
        bring(move, site)
        ended = take_back(move, site, "author")
        assert ended.trouble
        assert "does not see all comments" in ended.trouble.title
        assert len(rows(site, "posts", status="publish")) == 1
        assert len(rows(site, "media")) == 1


@pytest.fixture
def move(tmp_path: Path, site: Site) -> Iterator[Move]:
    """One post with a photo, brought by an author."""
    with Move.create(tmp_path / "a.move") as move:
        bring(move, site)
        yield move
    for route in ("posts", "media"):
        for row in rows(site, route, status="any" if route == "posts" else "inherit"):
            as_admin(site, "DELETE", f"{route}/{row['id']}?force=true")


def bring(move: Move, site: Site) -> None:
    source = OldBlog([entry(1, photos=1)])
    list(read(move, source, threading.Event()))
    blog = seen_by(site, "author")
    ended = ending(list(run(move, source, blog, threading.Event(), patience=HASTY)))
    assert ended.verdict.counts["photo"]["sent"] == 1


def seen_by(site: Site, role: str) -> WordPress:
    user, password = site.users[role]
    blog = WordPress(site.url, user, Secret(password))
    blog.check()
    return blog


def as_admin(site: Site, method: str, place: str, **what: object) -> None:
    url, auth = f"{site.url}/wp-json/wp/v2/{place}", (site.user, site.password)
    assert requests.request(method, url, json=what, auth=auth, timeout=60).ok


def take_back(move: Move, site: Site, role: str) -> Ended:
    blog = seen_by(site, role)
    return ending(list(undo(move, blog, threading.Event(), patience=HASTY)))


def show_it_in_a_draft(site: Site) -> None:
    (photo,) = rows(site, "media")
    words = f'<p>Mine.</p><img src="{photo["source_url"]}">'
    as_admin(site, "POST", "posts", title="Mine", content=words, status="draft")


def said(move: Move) -> object:
    return move.step(Kind.PHOTO, "cns!1", PHOTO).trouble


def test_a_photo_that_a_draft_of_somebody_else_shows_stays_and_that_is_said(
    move: Move, site: Site
) -> None:
    show_it_in_a_draft(site)
    ended = take_back(move, site, "author")
    assert ended.verdict.sentence.endswith("1 photo stays there.")
    assert not rows(site, "posts", status="publish")
    assert len(rows(site, "media")) == 1
    assert said(move) == UNSEEN
    take_back(move, site, "editor")
    assert said(move) == USED
    assert len(rows(site, "media")) == 1


def test_what_nobody_shows_is_taken_back_once_an_editor_looks(
    move: Move, site: Site
) -> None:
    take_back(move, site, "author")
    assert said(move) == UNSEEN
    assert take_back(move, site, "editor").verdict.complete
    assert not rows(site, "media")


def test_control_an_author_who_took_what_is_not_seen_for_none_would_break_the_draft(
    move: Move, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_it_in_a_draft(site)
    real = WordPress.is_unused
    monkeypatch.setattr(
        WordPress, "is_unused", lambda self, at: real(self, at) is not False
    )
    take_back(move, site, "author")
    assert not rows(site, "media")
