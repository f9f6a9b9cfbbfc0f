"""What a move file knows of links: what posts are called, and which links still lead away."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from wizard.move.database import Database, whole
from wizard.sources import Named


class LeftLinks(Database):
    """The part of a move that is about links between posts."""

    def names(self) -> Iterator[Named]:
        """Every post found, by what links may call it."""
        for key, title, date, address, slug, names in self._all(
            "SELECT key, title, date,"
            " CAST(json_extract(body, '$.address') AS BLOB),"
            " CAST(json_extract(body, '$.slug') AS BLOB),"
            " CAST(json_extract(body, '$.names') AS BLOB) FROM posts"
        ):
            with self._parsing():
                more = tuple(map(str, json.loads(_text(names) or "[]")))
            yield Named(key, _text(address), _text(slug), title, date, more)

    def keep_links(self, post: str, hrefs: Collection[str]) -> None:
        """The links of this post that lead to the old blog are these from now on."""
        if hrefs or self.links(post):
            with self._writing(durable=False) as connection:
                connection.execute("DELETE FROM links WHERE post = ?", whole(post))
                connection.executemany(
                    "INSERT OR IGNORE INTO links VALUES (?, ?)",
                    [whole(post, href) for href in hrefs],
                )

    def links(self, post: str) -> list[str]:
        """What `keep_links` was told of this post."""
        found = self._all("SELECT href FROM links WHERE post = ?", (post,))
        return [href for (href,) in found]

    def linking(self) -> list[str]:
        """The keys of the posts that have such links."""
        found = self._all("SELECT DISTINCT post FROM links ORDER BY post")
        return [key for (key,) in found]


def _text(value: bytes | None) -> str:
    # Names of files may hold what is no character at all.
    return (value or b"").decode("utf-8", "replace")
