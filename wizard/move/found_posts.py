"""What a move file knows of the old blog: its posts, and which of them are chosen."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from heapq import merge
from operator import itemgetter

from wizard.blog import Blog, Post, Status, blog_from_json, post_from_json, to_json
from wizard.move.comments_before import CommentsBefore
from wizard.move.database import whole
from wizard.move.events import State
from wizard.move.records import Row, photo_from, trouble_from
from wizard.move.tables import Value, check_sum, damaged, sum_of


class FoundPosts(CommentsBefore):
    """The part of a move that is about what was found and chosen."""

    def note(self, name: str, value: str) -> None:
        """Remember a short text about the move, never a secret."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO about VALUES (?, ?)", whole(name, value)
            )

    def noted(self, name: str) -> str:
        """What `note` remembered, or ""."""
        found = self._all("SELECT value FROM about WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    @property
    def blog(self) -> Blog | None:
        text = self.noted("blog")
        with self._parsing():
            return blog_from_json(text) if text else None

    @blog.setter
    def blog(self, blog: Blog) -> None:
        self.note("blog", to_json(blog))

    def add(self, posts: Iterable[Post]) -> None:
        """Remember these posts as found; one that is known keeps its tick, and what else
        it was called."""
        with self._writing() as connection:
            for post in posts:
                self._keep_what_was(connection, post)
                connection.execute(
                    "INSERT INTO posts (key, title, date, categories, comments,"
                    " comments_elsewhere, photos, photos_missing, thumbnail, body, sum)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET title = excluded.title,"
                    " date = excluded.date, categories = excluded.categories,"
                    " comments = excluded.comments, photos = excluded.photos,"
                    " comments_elsewhere = excluded.comments_elsewhere,"
                    " photos_missing = excluded.photos_missing,"
                    " thumbnail = excluded.thumbnail, body = excluded.body,"
                    " sum = excluded.sum",
                    _columns(post),
                )

    def _keep_what_was(self, connection: sqlite3.Connection, post: Post) -> None:
        """Links of a later day may call it what it is called now, and comments that have
        moved stand at the new blog as they are now."""
        known = connection.execute(
            "SELECT body FROM posts WHERE key = ?", whole(post.key)
        ).fetchone()
        # What has become unreadable is written anew.
        with suppress(ValueError, TypeError, LookupError, AttributeError):
            if known:
                old = post_from_json(known[0])
                self._keep_former(connection, old, post)
                self._keep_before(connection, old, post)

    def forget_posts(self, kept: set[str]) -> None:
        """Drop found posts that are not in ``kept`` and were never sent; remember which
        of the others are not in it. What neither blog has is not to move unasked."""
        lost = set(self.lost())
        found = self._all("SELECT key, key IN (SELECT post FROM steps) FROM posts")
        there = {whole(key) for key in kept}
        gone = [(key, sent) for key, sent in found if (key,) not in there]
        with self._writing() as connection:
            connection.executemany(
                "DELETE FROM posts WHERE key = ?",
                [(key,) for key, sent in gone if not sent],
            )
        self.note("missed", json.dumps([key for key, sent in gone if sent]))
        now = self.lost()
        self.choose(now, False)
        self.choose(lost.difference(now), True)

    def lost(self) -> list[str]:
        """The keys of those `missed` that do not stand at the new blog either: they move
        only if somebody asks for them anew."""
        stands = self._all(
            "SELECT post FROM steps WHERE kind = 'post'"
            " AND (state = 'sent' OR (state = 'left out' AND remote != ''))"
        )
        there = {post for (post,) in stands}
        return [key for key in self.missed() if key not in there]

    def put_in_order(self, keys: Iterable[str]) -> None:
        """The blog's own order is that of these keys, oldest first as sources tell it; a
        post of an earlier round stands among them where its date says."""
        found = self._all("SELECT key, date FROM posts ORDER BY rowid")
        dates: dict[str, str] = dict(found)
        now = dict.fromkeys(key for (key,) in map(whole, keys) if key in dates)
        before = [key for key in dates if key not in now]
        order = [
            key
            for _, key in merge(
                _dated(now, dates), _dated(before, dates), key=itemgetter(0)
            )
        ]
        if order == list(dates):
            return
        with self._writing() as connection:
            ((last,),) = connection.execute("SELECT max(rowid) FROM posts").fetchall()
            connection.executemany(
                "UPDATE posts SET rowid = ? WHERE key = ?",
                [(last + number, key) for number, key in enumerate(order, 1)],
            )

    def missed(self) -> list[str]:
        """The keys of posts that were sent and were not there when the old blog was read
        again."""
        with self._parsing():
            return list(map(str, json.loads(self.noted("missed") or "[]")))

    def leave_unasked(self, keys: Collection[str]) -> None:
        """These posts were found when nobody could tick them, besides those that were
        before; none at all when all have been chosen anew."""
        before = self.unasked() if keys else ()
        self.note("unasked", json.dumps([*dict.fromkeys((*before, *keys))]))

    def unasked(self) -> list[str]:
        """The keys of such posts."""
        with self._parsing():
            return list(map(str, json.loads(self.noted("unasked") or "[]")))

    def choose(self, keys: Iterable[str], chosen: bool) -> None:
        """Tick or untick these posts."""
        with self._writing() as connection:
            connection.executemany(
                "UPDATE posts SET chosen = ? WHERE key = ?",
                [whole(int(chosen), key) for key in keys],
            )

    def rows(self) -> list[Row]:
        """Every post found, in the blog's own order."""
        with self._parsing():
            return self._rows()

    def _rows(self) -> list[Row]:
        return [
            Row(
                key=row["key"],
                title=row["title"],
                date=row["date"],
                categories=tuple(json.loads(row["categories"])),
                comments=row["comments"],
                comments_elsewhere=row["comments_elsewhere"],
                photos=row["photos"],
                photos_missing=row["photos_missing"],
                thumbnail=photo_from(row["thumbnail"]),
                chosen=bool(row["chosen"]),
                state=State(row["state"] or "waiting"),
                address=json.loads(row["remote"])["address"] if row["remote"] else "",
                trouble=trouble_from(row["trouble"]),
            )
            for row in self._all(
                "SELECT posts.key, title, date, categories, comments, comments_elsewhere,"
                " photos, photos_missing, thumbnail, chosen, state, remote, trouble"
                " FROM posts LEFT JOIN steps"
                " ON kind = 'post' AND post = posts.key AND steps.key = posts.key"
                " ORDER BY posts.rowid"
            )
        ]

    def post(self, key: str) -> Post:
        """One found post; raises MoveFileError if there is none of that key."""
        found = self._all("SELECT key, body, sum FROM posts WHERE key = ?", (key,))
        if not found:
            raise damaged(self.path, "a post is missing in it")
        check_sum(self.path, found[0])
        with self._parsing():
            return post_from_json(found[0][1])

    def chosen_keys(self) -> list[str]:
        """The keys of the posts to be moved, in the blog's own order."""
        found = self._all("SELECT key FROM posts WHERE chosen ORDER BY rowid")
        return [key for (key,) in found]

    def ticks(self) -> list[tuple[str, bool]]:
        """The key of every post found, in the blog's own order, and if it is chosen."""
        found = self._all("SELECT key, chosen FROM posts ORDER BY rowid")
        return [(key, bool(chosen)) for key, chosen in found]

    def statuses(self) -> list[tuple[str, Status]]:
        """The key of every post found, and who may see it at the old blog."""
        found = self._all("SELECT key, json_extract(body, '$.status') FROM posts")
        with self._parsing():
            return [(key, Status(status)) for key, status in found]


def _dated(keys: Iterable[str], dates: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each with its day; one without stays beside the one before it."""
    day = ""
    for key in keys:
        day = dates[key] or day
        yield day, key


def _columns(post: Post) -> tuple[Value, ...]:
    pictures = (photo for photo in post.photos if photo.found and not photo.mime)
    first = next(pictures, None)
    key, body = whole(post.key, to_json(post))
    columns = whole(
        post.key,
        post.title,
        post.date.isoformat() if post.date else "",
        json.dumps(post.categories),
        len(post.comments),
        post.comments_elsewhere,
        len(post.photos),
        sum(not photo.found for photo in post.photos),
        json.dumps(asdict(first)) if first else "",
    )
    return (*columns, body, sum_of((key, body)))
