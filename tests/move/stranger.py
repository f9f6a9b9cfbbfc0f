"""Somebody without an account who looks at a new blog again and again during a move."""

from __future__ import annotations

import html
import threading
from datetime import UTC, datetime

import requests

from tests.wordpress import WordPress
from wizard.blog import Post, Status
from wizard.sources import Source

PLACES = ("feed/", "comments/feed/", "wp-json/wp/v2/comments?per_page=100")


class Stranger:
    """Looks for as long as the block runs, and once more at its end. ``wrong``: what
    nobody should have seen; ``seen``: the titles."""

    def __init__(self, site: WordPress, source: Source) -> None:
        posts = list(source.posts())
        self.public = {post.title: post for post in posts if _public(post)}
        self.wrong: list[str] = []
        self.seen: set[str] = set()
        self.looks = 0
        self._hidden = [post for post in posts if not _public(post)]
        self._site = site
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._poll)

    def __enter__(self) -> Stranger:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def _poll(self) -> None:
        while not self._over.is_set():
            self._look()

    def _look(self) -> None:
        self.looks += 1
        found = requests.get(
            f"{self._site.url}/wp-json/wp/v2/posts?per_page=100&_embed", timeout=60
        )
        for row in found.json():
            # WordPress shows straight apostrophes as curly ones.
            title = html.unescape(row["title"]["rendered"]).replace("’", "'")
            self.seen.add(title)
            post = self.public.get(title)
            replies = row.get("_embedded", {}).get("replies", [[]])[0]
            if post is None:
                self.wrong.append(f"{title} is public")
            elif not row["content"]["rendered"].strip():
                self.wrong.append(f"{title} is public and empty")
            elif len(replies) != len(post.comments):
                self.wrong.append(f"{title} is public with {len(replies)} comments")
        for place in PLACES:
            text = requests.get(f"{self._site.url}/{place}", timeout=60).text
            for post in self._hidden:
                if f">{post.title}<" in text or f"Words of {post.key[4:]}." in text:
                    self.wrong.append(f"{post.title} shows in {place}")
            if "/md-" in text or "=md-" in text:
                self.wrong.append(f"an unfinished address shows in {place}")


def _public(post: Post) -> bool:
    assert post.date
    future = post.date.replace(tzinfo=UTC) > datetime.now(UTC)
    return post.status is Status.PUBLISH and not future
