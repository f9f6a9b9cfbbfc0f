"""The .move file: what was found, what was chosen, what has been done. SQLite, WAL.

An intent is committed with ``synchronous=FULL`` before its request leaves, so after a
power cut the file never knows less than the destination has been asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from wizard.blog import Blog, Post, Status, blog_from_json, post_from_json, to_json
from wizard.destinations import Kind
from wizard.errors import MoveFileError
from wizard.move.choices import Choices
from wizard.move.database import whole
from wizard.move.events import State
from wizard.move.left_links import LeftLinks
from wizard.move.records import BACK, Row, Step, photo_from, remote_from, trouble_from
from wizard.move.tables import Value, check_sum, damaged, sum_of


class Move(LeftLinks):
    """One move, open for this program alone. All methods may be called from any thread."""

    @classmethod
    def create(cls, path: Path) -> Move:
        """A new move file at ``path``; raises MoveFileError if something is there."""
        if path.exists():
            raise MoveFileError(
                f"There is already a file named {path.name}.",
                "Open it to go on with that move, or choose another name.",
            )
        return cls._open(path)

    @classmethod
    def open(cls, path: Path) -> Move:
        """The move in an existing file; raises MoveFileError."""
        if not path.is_file():
            raise MoveFileError(
                f"There is no move file at {path}.", "Check the name and the folder."
            )
        return cls._open(path)

    # What the move is about

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

    @property
    def choices(self) -> Choices:
        text = self.noted("choices")
        with self._parsing():
            if not text and self._all("SELECT 1 FROM steps LIMIT 1"):
                # It began before they were written down at its beginning.
                return Choices.from_json("{}")
            return Choices.from_json(text) if text else Choices()

    @choices.setter
    def choices(self, choices: Choices) -> None:
        self.note("choices", choices.to_json())

    # What was found and chosen

    def add(self, posts: Iterable[Post]) -> None:
        """Remember these posts as found; one that is known keeps its tick, and what else
        it was called."""
        with self._writing() as connection:
            for post in posts:
                self._keep_former(connection, post)
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

    def forget_posts(self, kept: set[str]) -> None:
        """Drop found posts that are not in ``kept`` and were never sent; remember which
        of the others are not in it."""
        found = self._all("SELECT key, key IN (SELECT post FROM steps) FROM posts")
        there = {whole(key) for key in kept}
        gone = [(key, sent) for key, sent in found if (key,) not in there]
        with self._writing() as connection:
            connection.executemany(
                "DELETE FROM posts WHERE key = ?",
                [(key,) for key, sent in gone if not sent],
            )
        self.note("missed", json.dumps([key for key, sent in gone if sent]))

    def missed(self) -> list[str]:
        """The keys of posts that were sent and were not there when the old blog was read
        again."""
        with self._parsing():
            return list(map(str, json.loads(self.noted("missed") or "[]")))

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

    # What has been done

    def step(self, kind: Kind, post: str, key: str, marker: str = "") -> Step:
        """The step as it stands, or a waiting one that was never begun."""
        found = self._steps("kind = ? AND post = ? AND key = ?", (kind, post, key))
        step = found[0] if found else Step(kind, post, key, marker)
        # One that was settled before it was ever begun has no marker yet.
        return step if step.marker else replace(step, marker=marker)

    def steps(self, post: str) -> list[Step]:
        """Every step that belongs to this post."""
        return self._steps("post = ?", (post,))

    def bearing(self, marker: str) -> list[Step]:
        """Every step with this marker that stands at the destination."""
        return self._steps(
            "marker = ? AND remote != '' AND state != ?", (marker, State.LEFT_OUT)
        )

    def all_steps(self, kind: Kind) -> Iterator[Step]:
        """Every step of this kind, a few at a time; they may be recorded meanwhile."""
        post, key = "", ""
        while some := self._steps(
            "kind = ? AND (post, key) > (?, ?) ORDER BY post, key LIMIT 500",
            (kind, post, key),
        ):
            yield from some
            post, key = some[-1].post, some[-1].key

    def record(self, step: Step, **changes: object) -> Step:
        """Write down the step with these fields changed; gives the new one.

        An intent is on the disk then, before anything is sent; an outcome that a power
        cut takes away is found again at the destination.
        """
        step = replace(step, **changes)  # type: ignore[arg-type]
        with self._writing(durable=step.state is State.SENDING) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _summed(
                    str(step.kind),
                    step.post,
                    step.key,
                    step.marker,
                    str(step.state),
                    step.attempts,
                    float(step.asked_at),
                    json.dumps(asdict(step.remote)) if step.remote else "",
                    step.fingerprint,
                    json.dumps(asdict(step.trouble)) if step.trouble else "",
                ),
            )
        return step

    def keep_thumbnails(self, small: dict[str, bytes]) -> None:
        """Remember small JPEGs of photos, by marker, for the report."""
        if small:
            with self._writing(durable=False) as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO thumbnails VALUES (?, ?)", small.items()
                )

    def thumbnail(self, marker: str) -> bytes:
        """The small JPEG of the photo with this marker, or b""."""
        found = self._all("SELECT jpeg FROM thumbnails WHERE marker = ?", (marker,))
        return bytes(found[0][0]) if found else b""

    def bring_back(self) -> int:
        """What is gone at the new blog is waiting again; gives the number of items.

        A post that is gone has taken its comments along; its photos may still stand
        there and are then found by their markers.
        """
        gone = self._steps("state = ? AND remote != ''", (State.LEFT_OUT,))
        lost = {step.post for step in gone if step.kind is Kind.POST}
        again = [
            step
            for post in {step.post for step in gone}
            for step in self.steps(post)
            if step in gone
            or (post in lost and step.kind is Kind.COMMENT and step.remote)
        ]
        for step in again:
            new = Step(step.kind, step.post, step.key, step.marker, fingerprint=BACK)
            self.record(new)
        return len(again)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many steps of each kind are in each state, for chosen posts."""
        counts: dict[str, dict[str, int]] = {}
        for kind, state, number in self._all(
            "SELECT kind, state, count(*) FROM steps"
            " WHERE post IN (SELECT key FROM posts WHERE chosen) GROUP BY kind, state"
        ):
            counts.setdefault(kind, {})[state] = number
        return counts

    def _steps(self, where: str, values: tuple[str, ...]) -> list[Step]:
        rows = self._all(f"SELECT * FROM steps WHERE {where}", values)
        for row in rows:
            check_sum(self.path, row)
        with self._parsing():
            return [
                Step(
                    Kind(row["kind"]),
                    row["post"],
                    row["key"],
                    row["marker"],
                    State(row["state"]),
                    row["attempts"],
                    row["asked_at"],
                    remote_from(row["remote"]),
                    row["fingerprint"],
                    trouble_from(row["trouble"]),
                )
                for row in rows
            ]


def _summed(*values: str | int | float) -> tuple[Value, ...]:
    row = whole(*values)
    return (*row, sum_of(row))


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
