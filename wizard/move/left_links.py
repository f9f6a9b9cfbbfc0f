"""What a move file knows of links: what posts are called, and which links still lead away."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from wizard.blog import Post
from wizard.move.database import Database, whole
from wizard.sources import Named

_PLACE = "post = ? AND comment = ?"


@dataclass(frozen=True, slots=True)
class Left:
    """A link that does not lead yet where it shall. ``href``: how it stands there.

    ``old``: how the old blog wrote it, where it leads to a post by now, but not yet to
    the comment that it means. ``comment``: the key of the one in which it stands, ""
    for the post's own text. ``kept``: what it leads to has arrived, but the text around
    it is not ours to change.
    """

    href: str
    old: str = ""
    comment: str = ""
    kept: bool = False

    @property
    def meant(self) -> str:
        """The link as the old blog wrote it."""
        return self.old or self.href

    @property
    def leads_away(self) -> bool:
        """It takes whoever follows it to the old blog."""
        return not self.old and not self.href.startswith("#")


class LeftLinks(Database):
    """The part of a move that is about links between posts."""

    def names(self) -> Iterator[Named]:
        """Every post found, by what links may call it, in the blog's own order."""
        former = self.former()
        for key, title, date, address, slug, names in self._all(
            "SELECT key, title, date,"
            " CAST(json_extract(body, '$.address') AS BLOB),"
            " CAST(json_extract(body, '$.slug') AS BLOB),"
            " CAST(json_extract(body, '$.names') AS BLOB) FROM posts ORDER BY rowid"
        ):
            with self._parsing():
                more = tuple(map(str, json.loads(_text(names) or "[]")))
            yield Named(
                key, _text(address), _text(slug), title, date, more, former.get(key, ())
            )

    def former(self) -> dict[str, tuple[str, ...]]:
        """By post, the addresses that it had when the blog was read before."""
        found = defaultdict[str, list[str]](list)
        query = "SELECT post, address FROM former ORDER BY post, address"
        for post, address in self._all(query):
            found[post].append(address)
        return {post: tuple(some) for post, some in found.items()}

    def _keep_former(
        self, connection: sqlite3.Connection, old: Post, post: Post
    ) -> None:
        """Links in posts of a later day may still call it what it is called by now."""
        gone = _addresses(old) - _addresses(post)
        connection.executemany(
            "INSERT OR IGNORE INTO former VALUES (?, ?)",
            [whole(post.key, address) for address in sorted(gone)],
        )

    def keep_links(
        self,
        post: str,
        links: Collection[Left],
        text: str | None = None,
        *,
        comment: str = "",
    ) -> None:
        """The links of this post, or of that ``comment`` under it, that do not lead
        where they shall are these from now on. ``text``: the print of the text
        in which they stand, or several where it may be one of them; None if it is as
        before."""
        known = self._all(f"SELECT 1 FROM links WHERE {_PLACE}", (post, comment))
        if not links and not known:
            return
        place = whole(post, comment)
        text = self.text(post, comment) if text is None else text
        with self._writing(durable=False) as connection:
            connection.execute(f"DELETE FROM links WHERE {_PLACE}", place)
            connection.executemany(
                "INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (*place, *whole(each.href, each.old, each.kept, text))
                    for each in links
                ],
            )

    def left(self, post: str) -> list[Left]:
        """What `keep_links` was told of this post."""
        found = self._all(
            "SELECT href, old, comment, kept FROM links WHERE post = ?"
            " ORDER BY comment, href",
            (post,),
        )
        return [
            Left(href, old, comment, bool(kept)) for href, old, comment, kept in found
        ]

    def text(self, post: str, comment: str = "") -> str:
        """What `keep_links` was told of this text; "" if nothing."""
        query = f"SELECT text FROM links WHERE {_PLACE} LIMIT 1"
        found = self._all(query, (post, comment))
        return str(found[0][0]) if found else ""

    def links(self, post: str) -> list[str]:
        """Those links of this post and its comments that lead to the old blog."""
        return [each.href for each in self.left(post) if each.leads_away]

    def linking(self) -> list[str]:
        """The keys of the posts that have links which do not lead where they shall."""
        found = self._all("SELECT DISTINCT post FROM links ORDER BY post")
        return [key for (key,) in found]


def _addresses(post: Post) -> set[str]:
    """Where it stands on the web."""
    return {name for name in (post.address, *post.names) if "://" in name}


def _text(value: bytes | None) -> str:
    # Names of files may hold what is no character at all.
    return (value or b"").decode("utf-8", "replace")
