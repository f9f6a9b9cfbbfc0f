"""Readers go on commenting at a real old blog, on posts that were edited at the new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import pytest

from tests.move.real_blogs import between, change, comment, delete, said
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.destinations import Kind
from wizard.move.book import CHANGED, EDITED, LEFT_ALONE
from wizard.move.comments import Comments
from wizard.move.events import State
from wizard.move.file import Move

MINE = "<p>My better words</p>"


@pytest.fixture(scope="module")
def old() -> Iterator[Site]:
    with start() as old:
        server: Any = ServerProxy(f"{old.url}/xmlrpc.php")
        server.wp.deletePost(1, old.user, old.login_password, 1)
        yield old


@pytest.fixture
def post(old: Site) -> Iterator[str]:
    server: Any = ServerProxy(f"{old.url}/xmlrpc.php")
    who = (1, old.user, old.login_password)
    words = {"post_content": "x", "post_status": "publish", "comment_status": "open"}
    key = server.wp.newPost(*who, {**words, "post_title": "One"})
    comment(old, server, key, "Ann")
    yield key
    server.wp.deletePost(*who, key)
    server.wp.deletePost(*who, key)


def later(old: Site, post: str) -> str:
    return comment(old, ServerProxy(f"{old.url}/xmlrpc.php"), post, "Bob")


def edit(site: Site, html: str, **fields: str) -> dict[str, Any]:
    """The only post there, as its editor leaves it."""
    (row,) = rows(site, "posts", status="any")
    change(site, f"posts/{row['id']}", content=html, **fields)
    return as_it_is(site)


def as_it_is(site: Site) -> dict[str, Any]:
    (row,) = rows(site, "posts", status="any")
    return {name: row[name] for name in ("title", "content", "slug", "status", "date")}


@pytest.mark.parametrize("rewritten", [False, True])
def test_a_later_comment_arrives_and_the_text_is_not_touched(
    old: Site, new: Site, post: str, tmp_path: Path, rewritten: bool
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        assert between(move, old, new).verdict.complete
        mark = move.step(Kind.POST, post, post).marker
        mine = edit(new, MINE if rewritten else f"{MINE}<!-- moving-day:{mark} -->")
        key = later(old, post)
        between(move, old, new)
        assert {author: words for author, (words, _) in said(new).items()} == {
            "Ann": "I am Ann",
            "Bob": "I am Bob",
        }
        assert as_it_is(new) == mine
        step = move.step(Kind.COMMENT, post, key)
        assert (step.state, step.trouble) == (State.SENT, None)
        told = CHANGED if rewritten else EDITED
        assert move.step(Kind.POST, post, post).trouble == told
        between(move, old, new)
        assert len(said(new)) == 2, "once"


@pytest.mark.parametrize(
    ("fields", "mended", "why"),
    [
        (
            {"comment_status": "closed"},
            {"comment_status": "open"},
            "no more comments under this post",
        ),
        ({"status": "draft"}, {"status": "private"}, "no comments under a draft"),
    ],
)
def test_where_none_can_be_added_it_is_told_with_what_to_do(
    old: Site,
    new: Site,
    post: str,
    tmp_path: Path,
    fields: dict[str, str],
    mended: dict[str, str],
    why: str,
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        assert between(move, old, new).verdict.complete
        mine = edit(new, MINE, **fields)
        key = later(old, post)
        between(move, old, new)
        step = move.step(Kind.COMMENT, post, key)
        assert step.state is State.REFUSED
        assert step.trouble
        assert why in step.trouble.title
        assert as_it_is(new) == mine
        edit(new, MINE, **mended)
        between(move, old, new)
        assert len(said(new)) == 2


@pytest.mark.parametrize("looked", [True, False])
def test_never_under_another_post_that_has_its_number_by_now(
    old: Site,
    new: Site,
    post: str,
    tmp_path: Path,
    looked: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a blog was set back, numbers are given anew. Not looked at, it would be."""
    if not looked:
        monkeypatch.setattr(Comments, "_is_home", lambda *_: True)
    with Move.create(tmp_path / "a.move") as move:
        assert between(move, old, new).verdict.complete
        for row in rows(new, "comments"):
            delete(new, f"comments/{row['id']}")
        edit(new, "<p>Somebody else's</p>", title="Another post")
        key = later(old, post)
        between(move, old, new)
        assert ("Bob" in said(new)) is not looked
        if looked:
            step = move.step(Kind.COMMENT, post, key)
            assert (step.state, step.trouble) == (State.REFUSED, LEFT_ALONE)
