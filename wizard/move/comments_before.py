"""What a move file knows of comments that are not at the old blog as they were when they moved."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass

from wizard.blog import Comment, Post
from wizard.content.links import hrefs
from wizard.destinations import digest
from wizard.move.database import whole
from wizard.move.left_links import LeftLinks


@dataclass(frozen=True, slots=True)
class Before:
    """A comment as it was then. ``date``: ISO 8601 or "". ``said``: see `words`.

    ``gone``: the old blog does not show it any more; else it says something else by now.
    """

    post: str
    key: str
    author: str
    date: str
    said: str
    gone: bool


def words(comment: Comment) -> str:
    """The print of who says what, whatever the tags are in which it is said."""
    # The window opens move files before anything heavy is loaded.
    from wizard.content.cleaning import clean_comment, plain_text

    html = clean_comment(comment.html)
    text = "".join(plain_text(html).split())
    return digest(" ".join(comment.author.split()), text, *hrefs(html))


class CommentsBefore(LeftLinks):
    """The part of a move that is about such comments."""

    def comments_before(self, post: str | None = None) -> list[Before]:
        """Every one, or those of one post."""
        where = "" if post is None else " WHERE post = ?"
        found = self._all(
            "SELECT post, key, author, date, said, gone FROM comments_before"
            f"{where} ORDER BY post, key",
            () if post is None else (post,),
        )
        return [
            Before(home, key, author, date, said, bool(gone))
            for home, key, author, date, said, gone in found
        ]

    def keep_before(self, before: Before) -> None:
        """Remember this one."""
        with self._writing(durable=False) as connection:
            _keep(connection, before)

    def forget_before(self, post: str, key: str) -> None:
        """It moves now as it is now."""
        query = "SELECT 1 FROM comments_before WHERE post = ? AND key = ?"
        if self._all(query, (post, key)):
            with self._writing(durable=False) as connection:
                _forget(connection, post, key)

    def _keep_before(
        self, connection: sqlite3.Connection, old: Post, post: Post
    ) -> None:
        """``post`` is the same as ``old``, read anew."""
        moved = {
            key
            for (key,) in connection.execute(
                "SELECT key FROM steps"
                " WHERE kind = 'comment' AND post = ? AND state = 'sent'",
                whole(post.key),
            )
        }
        if not moved:
            return
        now = {str(whole(each.key)[0]): each for each in post.comments}
        for comment in old.comments:
            key = str(whole(comment.key)[0])
            if key in moved and _differs(comment, now.get(key)):
                date = comment.date.isoformat() if comment.date else ""
                who, said = comment.author, words(comment)
                _keep(connection, Before(post.key, key, who, date, said, False))
        # Of what was gone already before this was kept, nobody knows who said it.
        for key in moved.difference(now, (whole(each.key)[0] for each in old.comments)):
            _keep(connection, Before(post.key, key, "", "", "", True))
        known = connection.execute(
            "SELECT key, said FROM comments_before WHERE post = ?", whole(post.key)
        ).fetchall()
        for key, said in known:
            if key in now and said in ("", words(now[key])):
                _forget(connection, post.key, key)
            else:
                connection.execute(
                    "UPDATE comments_before SET gone = ? WHERE post = ? AND key = ?",
                    whole(key not in now, post.key, key),
                )


def _differs(old: Comment, now: Comment | None) -> bool:
    if now is None:
        return True
    if (old.author, old.html) == (now.author, now.html):
        return False  # which most are, and is seen at once
    return words(old) != words(now)


def _keep(connection: sqlite3.Connection, before: Before) -> None:
    # What it was when it moved, however often it has changed since.
    connection.execute(
        "INSERT OR IGNORE INTO comments_before VALUES (?, ?, ?, ?, ?, ?)",
        whole(*astuple(before)),
    )


def _forget(connection: sqlite3.Connection, post: str, key: str) -> None:
    connection.execute(
        "DELETE FROM comments_before WHERE post = ? AND key = ?", whole(post, key)
    )
