"""A move file in which every end that an item can have is easily written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wizard.blog import Blog, Comment, Photo, Post
from wizard.destinations import Kind, Remote
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Step

SITE = "https://new.example"
DEAD = "http://tkfiles.storage.msn.com/x1p<b>old</b>"
MISSING = Trouble(f"The picture {DEAD} is not in the backup.", "Add it by hand.")
MAY_NOT = Trouble("Your account may not add this.", "An editor may.")


@contextmanager
def move_in(folder: Path) -> Iterator[Move]:
    """A move of "Low <Tide>" to `SITE` that has found nothing yet."""
    with Move.create(folder / "a.move") as move:
        # What survives a power cut is proved elsewhere; here many moves are made.
        move._connection.execute("PRAGMA synchronous=OFF")
        move.blog = Blog("k", "Low <Tide>", "spaces-backup", "http://old.example/")
        move.note("destination", SITE)
        move.note("site", "New & Better")
        move.note("user", "the-user")
        yield move


def post(number: int, photos: int = 0, comments: int = 0, **changes: object) -> Post:
    made = Post(
        key=f"p{number}",
        title=f"Entry {number}",
        html="<p>words</p>",
        date=datetime(2007, 1, 1, tzinfo=UTC) + timedelta(days=number),
        photos=tuple(Photo(f"img/{number}-{n}.jpg", True) for n in range(photos)),
        comments=tuple(
            Comment(f"c{n}", f"Tom {n}", "hi", None, email=f"tom{n}@mail.example")
            for n in range(comments)
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def settle(
    move: Move, found: Post, state: State = State.SENT, trouble: Trouble | None = None
) -> None:
    """Write down that the post and all that belongs to it came to this end."""
    number = int(found.key[1:])
    there = Remote(Kind.POST, number, f"{SITE}/?p={number}", "publish")
    step = Step(Kind.POST, found.key, found.key, f"md-{number}", state)
    move.record(step, remote=there if state is State.SENT else None, trouble=trouble)
    for kind, keys in (
        (Kind.PHOTO, [photo.address for photo in found.photos]),
        (Kind.COMMENT, [comment.key for comment in found.comments]),
    ):
        for key in keys:
            item = Step(kind, found.key, key, "md-x", state)
            move.record(item, trouble=trouble)


def fill(move: Move, *posts: Post) -> None:
    move.add(posts)
    for found in posts:
        settle(move, found)
