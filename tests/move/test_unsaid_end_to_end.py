"""Comments that are hidden, deleted and edited at a real old blog after they have moved."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import pytest
import requests

from tests.move.real_blogs import between, change, comment, said
from tests.wordpress import WordPress as Site
from wizard.destinations import Kind
from wizard.move.book import HELD, UNSAID
from wizard.move.file import Move
from wizard.move.withdrawn import of_withdrawn

WORDS = ("held", "spam", "thrown away", "edited", "as it was", "touched")
HIDDEN = ("held", "spam", "touched")


pytestmark = pytest.mark.parametrize("sites", ["newest", "oldest"], indirect=True)


def test_what_was_hidden_since_is_held_back_and_the_rest_is_told(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    server: Any = ServerProxy(f"{old.url}/xmlrpc.php")
    who = (1, old.user, old.login_password)
    server.wp.deletePost(*who, 1)
    words = {"post_content": "x", "post_status": "publish", "comment_status": "open"}
    post, _ = (
        server.wp.newPost(*who, {**words, "post_title": title})
        for title in ("One", "Two")
    )
    keys = {author: comment(old, server, post, author) for author in WORDS}
    with Move.create(tmp_path / "a.move") as move:
        assert between(move, old, new).verdict.complete
        assert {status for _, status in said(new).values()} == {"approved"}
        assert server.wp.editComment(*who, keys["held"], {"status": "hold"})
        assert server.wp.editComment(*who, keys["spam"], {"status": "spam"})
        assert server.wp.editComment(*who, keys["touched"], {"status": "hold"})
        assert server.wp.deleteComment(*who, keys["thrown away"])
        assert server.wp.editComment(*who, keys["edited"], {"content": "I was"})
        step = move.step(Kind.COMMENT, post, keys["touched"])
        assert step.remote
        edit(new, step.remote.id, "Mine")
        before = said(new)
        # Chosen is another post: all is told, and nothing changes.
        ended = between(move, old, new, "Two")
        assert not ended.verdict.complete
        hidden, missing, reworded = of_withdrawn(move)
        assert hidden.startswith("3 comments that were made public at the new blog are")
        assert "They stay public there unless you choose their posts, too" in hidden
        assert missing == (
            "1 comment that was made public at the new blog is not in what was read last "
            "of the old one (by thrown away under “One”). Delete it there if nobody "
            "shall read it any more."
        )
        assert "(by edited under “One”)" in reworded
        assert said(new) == before
        assert troubles(move, post, keys) == dict.fromkeys(HIDDEN, UNSAID)
        # Chosen, it is held back where nobody has touched it.
        ended = between(move, old, new, "One")
        assert not ended.verdict.complete, "one is public still"
        now = {author: status for author, (_, status) in said(new).items()}
        assert now == {
            **dict.fromkeys(WORDS, "approved"),
            "held": "hold",
            "spam": "hold",
        }
        assert {a: words for a, (words, _) in said(new).items()} == {
            a: words for a, (words, _) in before.items()
        }
        assert troubles(move, post, keys) == {"touched": UNSAID}
        hidden, *_ = of_withdrawn(move)
        assert hidden.startswith("1 comment that was made public")
        # Whoever approves one there afterwards knows why.
        approve(new, move, post, keys["held"])
        between(move, old, new, "One")
        assert said(new)["held"][1] == "approved"
        assert troubles(move, post, keys) == {"touched": UNSAID}


def test_what_is_approved_again_at_the_old_blog_is_told_as_held(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    server: Any = ServerProxy(f"{old.url}/xmlrpc.php")
    who = (1, old.user, old.login_password)
    keys = {"Ann": comment(old, server, "1", "Ann")}
    with Move.create(tmp_path / "a.move") as move:
        assert between(move, old, new).verdict.complete
        server.wp.editComment(*who, keys["Ann"], {"status": "hold"})
        assert between(move, old, new).verdict.complete
        assert said(new)["Ann"][1] == "hold"
        assert list(of_withdrawn(move)) == []
        server.wp.editComment(*who, keys["Ann"], {"status": "approve"})
        assert not between(move, old, new).verdict.complete
        assert said(new)["Ann"][1] == "hold", "a person may have held it, too"
        assert move.step(Kind.COMMENT, "1", keys["Ann"]).trouble == HELD


def troubles(move: Move, post: str, keys: dict[str, str]) -> dict[str, object]:
    found = {a: move.step(Kind.COMMENT, post, key).trouble for a, key in keys.items()}
    return {author: trouble for author, trouble in found.items() if trouble == UNSAID}


def edit(site: Site, number: int, words: str) -> None:
    send(site, number, content=words)


def approve(site: Site, move: Move, post: str, key: str) -> None:
    remote = move.step(Kind.COMMENT, post, key).remote
    assert remote
    send(site, remote.id, status="approved")


def send(site: Site, number: int, **fields: str) -> None:
    """As the dashboard does it, which leaves the rest as it is."""
    mark = requests.get(
        f"{site.url}/?rest_route=/wp/v2/comments/{number}&context=edit",
        auth=(site.user, site.password),
        timeout=60,
    ).json()["author_user_agent"]
    change(site, f"comments/{number}", **fields, author_user_agent=mark)
