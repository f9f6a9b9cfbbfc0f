"""Report and table of a big move beside the same items plainly joined into one page."""

from __future__ import annotations

import json
import tempfile
import time
from html import escape
from pathlib import Path

from tests.bench.blog import MadeBlog
from wizard.blog import Post
from wizard.destinations import Kind, Remote
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.records import Step
from wizard.move.report import write_report_beside


def measure(posts: int) -> dict[str, float]:
    """Seconds for a move of that many posts, ours and bare, in turns."""
    spent = {"ours": 0.0, "bare": 0.0}
    with (
        tempfile.TemporaryDirectory() as folder,
        Move.create(Path(folder) / "a.move") as move,
    ):
        _fill(move, posts)
        bare = Path(folder) / "bare.html"
        for turn in range(4):
            for name in ("ours", "bare") if turn % 2 == 0 else ("bare", "ours"):
                before = time.monotonic()
                if name == "ours":
                    write_report_beside(move)
                else:
                    bare.write_text("".join(_bare(move)), "utf-8")
                spent[name] += (time.monotonic() - before) / 4
    return spent


def _fill(move: Move, posts: int) -> None:
    blog = MadeBlog(posts)
    move.blog = blog.blog()
    move.note("destination", "https://new.example")
    # What is measured begins when all of this has long been written.
    move._connection.execute("PRAGMA synchronous=OFF")
    for number, post in enumerate(blog.posts()):
        move.add([post])
        for kind, key in _items(post):
            there = Remote(kind, number, f"https://new.example/?p={number}")
            step = Step(kind, post.key, key, f"md-{number}", State.SENT, remote=there)
            move.record(step)


def _items(post: Post) -> list[tuple[Kind, str]]:
    return [
        (Kind.POST, post.key),
        *((Kind.PHOTO, photo.address) for photo in post.photos),
        *((Kind.COMMENT, comment.key) for comment in post.comments),
    ]


def _bare(move: Move) -> list[str]:
    """The same items read, escaped and joined, with nothing decided about them."""
    page = []
    for key, title, date, body in move._all("SELECT key, title, date, body FROM posts"):
        post = json.loads(body)
        page.append(
            f"<h2>{escape(title)} {escape(date)} {escape(post['address'])}</h2>"
        )
        for kind, item, state, remote in move._all(
            "SELECT kind, key, state, remote FROM steps WHERE post = ?", (key,)
        ):
            there = escape(json.loads(remote)["address"])
            page.append(
                f"<li>{kind} {escape(item)} {state} <a href='{there}'>there</a>"
            )
    return page
