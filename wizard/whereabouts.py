"""Which .move file a command is about, and the old and new blog that the file remembers."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wizard import settings
from wizard.destinations import Destination, open_destination
from wizard.errors import MoveError, MoveFileError
from wizard.move.file import Move
from wizard.move.tables import looks_like_ours, set_aside
from wizard.prompts import new_blog_answers
from wizard.sources import Source


def usual_file(source: Source, destination: Destination) -> Path:
    """One file for one blog on its way to one place, so that running again goes on."""
    blog = source.blog()
    both = hashlib.sha256(f"{blog.key}\0{destination.address}".encode()).hexdigest()
    plain = (
        re.sub(r"[^\w\- ]+", "", settings.spelt(blog.title)).strip()[:60].strip()
        or "Old blog"
    )
    return settings.moves_folder() / f"{plain} {both[:8]}.move"


@contextmanager
def opened(path: Path, dry_run: bool) -> Iterator[Move]:
    """The move in this file, new or old; for a dry run a copy of it that goes away."""
    if dry_run:
        with (
            tempfile.TemporaryDirectory() as folder,
            _copied(path, Path(folder)) as move,
        ):
            yield move
        return
    with rebuilt(path) as move:
        yield move


def _copied(path: Path, folder: Path) -> Move:
    """The move as it stands, with what is still in its log, below this folder; of one
    that is new or damaged a new one."""
    copy = folder / path.name
    for name in (path.name, f"{path.name}-wal"):
        if path.with_name(name).is_file():
            shutil.copyfile(path.with_name(name), folder / name)
    try:
        return Move.open(copy) if copy.exists() else Move.create(copy)
    except MoveFileError as trouble:
        if trouble.code != "damaged":
            raise
        return Move.create(folder / "new.move")


def rebuilt(path: Path) -> Move:
    """The move in this file. In place of a damaged one a new one begins: what is at the
    new blog already is recognised there."""
    if not path.exists():
        return Move.create(path)
    try:
        return Move.open(path)
    except MoveFileError as trouble:
        if trouble.code != "damaged" or not looks_like_ours(path):
            raise
        kept = set_aside(path)
        print(
            f"The move file was damaged and is now called {kept.name}. A new one begins; "
            "what is at the new blog already is recognised there.",
            file=sys.stderr,
        )
        return Move.create(path)


def new_blog(move: Move, options: argparse.Namespace) -> Destination:
    to = move.noted("destination")
    if not to:
        raise unknown_places()
    answers = new_blog_answers(to, move.noted("user"), options.password_stdin)
    return open_destination(to, answers)


def unknown_places() -> MoveError:
    return MoveError(
        "This move does not know yet where it comes from or where it goes.",
        "Open it in the window, or start it again with “moving-day move”.",
    )


def note_places(move: Move, locations: Sequence[str], user: str, to: str) -> None:
    places = [str(Path(p).absolute()) if Path(p).exists() else p for p in locations]
    move.note("locations", json.dumps(places))
    move.note("old user", user)
    move.note("destination", str(Path(to).absolute()) if to.endswith(".xml") else to)
