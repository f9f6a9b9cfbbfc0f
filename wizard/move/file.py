"""The .move file: what was found, what was chosen, what has been done. SQLite, WAL.

An intent is committed with ``synchronous=FULL`` before its request leaves, so after a
power cut the file never knows less than the destination has been asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from wizard.destinations import Kind
from wizard.errors import MoveFileError
from wizard.move.choices import Choices
from wizard.move.database import whole
from wizard.move.events import State
from wizard.move.found_posts import FoundPosts
from wizard.move.records import BACK, Step, remote_from, trouble_from
from wizard.move.tables import Value, check_sum, sum_of


class Move(FoundPosts):
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

    # How the person wants it

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
        if clock := self.clock:
            choices = replace(choices, time_zone=clock)
        self.note("choices", choices.to_json())

    @property
    def clock(self) -> str:
        """The time zone in which its dates are read for good, since posts have moved with
        them; "" while it may be chosen. What moves later would not agree with them."""
        moved = self._all(
            "SELECT 1 FROM steps WHERE kind = 'post' AND remote != '' AND attempts > 0"
            " LIMIT 1"
        )
        return self.choices.time_zone if moved and self.noted("choices") else ""

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

    def sharing(self, marker: str) -> list[Step]:
        """Every step with this marker, however far it is."""
        return self._steps("marker = ?", (marker,))

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
        for post in {step.post for step in again} - lost:
            numbers = (s.remote.id for s in gone if s.post == post and s.remote)
            home = self.step(Kind.POST, post, post)
            if home.state is State.SENT:
                back = " ".join(map(str, (BACK, *numbers)))
                self.record(home, fingerprint=back)
        for step in again:
            back = BACK
            if step.kind is Kind.PHOTO and step.remote:
                back = f"{BACK} {step.remote.address}"
            new = Step(step.kind, step.post, step.key, step.marker, fingerprint=back)
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

    def moved(self, *, gone: bool = False) -> dict[str, dict[str, int]]:
        """By post and kind, how many things were sent that the old blog still shows.
        ``gone``: those that somebody has taken away at the new blog are among them."""
        moved: dict[str, dict[str, int]] = {}
        for post, kind, number in self._all(
            "SELECT post, kind, count(*) FROM steps"
            " WHERE (state = ? OR (state = ? AND remote != '')) AND NOT (kind = 'comment'"
            " AND EXISTS (SELECT 1 FROM comments_before AS before WHERE before.gone"
            " AND before.post = steps.post AND before.key = steps.key))"
            " GROUP BY post, kind",
            (State.SENT, State.LEFT_OUT if gone else ""),
        ):
            moved.setdefault(post, {})[kind] = number
        return moved

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
