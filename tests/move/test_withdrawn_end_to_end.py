"""Posts that are hidden at a real old blog after they have moved to a real new one."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

from tests.move.real_blogs import between, take_back
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from wizard.move.book import WITHDRAWN
from wizard.move.file import Move
from wizard.move.withdrawn import of_withdrawn

# What is done to each at the old blog, and what the new one makes of it when it is chosen.
CHANGES: dict[str, tuple[dict[str, str], str]] = {
    "made private": ({"post_status": "private"}, "private"),
    "made a draft": ({"post_status": "draft"}, "draft"),
    "locked": ({"post_password": "geheim"}, "private"),
}
OTHERS = ("thrown away", "as it was")


def statuses(site: Site) -> dict[str, str]:
    every = "publish,future,draft,pending,private"
    return {
        row["title"]["raw"]: row["status"] for row in rows(site, "posts", status=every)
    }


def test_what_was_hidden_since_is_told_and_becomes_so_when_it_is_chosen(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    old, new = sites
    server: Any = ServerProxy(f"{old.url}/xmlrpc.php")
    who = (1, old.user, old.login_password)
    server.wp.deletePost(*who, 1)
    words = {"post_content": "x", "post_status": "publish"}
    made = {
        title: server.wp.newPost(*who, {**words, "post_title": title})
        for title in (*CHANGES, *OTHERS)
    }
    with Move.create(tmp_path / "a.move") as move:
        assert between(move, old, new).verdict.complete
        for title, (change, _) in CHANGES.items():
            server.wp.editPost(*who, made[title], change)
        server.wp.deletePost(*who, made["thrown away"])
        ended = between(move, old, new, "as it was")
        assert not ended.verdict.complete
        troubles = {row.title: row.trouble for row in move.rows()}
        assert troubles == dict.fromkeys(CHANGES, WITHDRAWN) | dict.fromkeys(OTHERS)
        assert statuses(new) == dict.fromkeys(made, "publish")
        hidden, absent = of_withdrawn(move)
        assert "3 posts that were made public" in hidden
        assert "(“thrown away” of 2" in absent
        assert "). Delete it there" in absent
        move.choose([row.key for row in move.rows()], True)
        assert between(move, old, new).verdict.complete
        assert statuses(new) == {
            **{title: status for title, (_, status) in CHANGES.items()},
            **dict.fromkeys(OTHERS, "publish"),
        }
        # Taken back and moved anew, what was thrown away does not come again.
        assert take_back(move, new).verdict.complete
        (lost,) = of_withdrawn(move)
        assert "(“thrown away” of 2" in lost
        assert "). Nothing of it is moved" in lost
        between(move, old, new)
        assert statuses(new) == {
            **{title: status for title, (_, status) in CHANGES.items()},
            "as it was": "publish",
        }
