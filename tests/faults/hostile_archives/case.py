"""One archive that somebody may bring: how it is made, and how reading it has to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.sources.backups import post_page

FINE, NOTE, ERROR = "fine", "note", "error"
KEPT = frozenset({FINE, NOTE})
ANY = frozenset({FINE, NOTE, ERROR})
# Stands in a file beside the archives. Whoever finds it in a post has left the archive.
SECRET = "canary-5b1e-outside"
PICTURE = b"\xff\xd8\xff\xe0 a picture "
Files = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """``make`` writes it into an empty folder and gives what to open.

    ``ends``: the ways in which it may end. ``posts``, ``photos``: at least so many have
    to come out, ``most``: no more posts than this. ``words``: what the posts have to say. ``date``: of the last post, "" for
    none, None for whatever it is. ``then``: what happens to it while it is read.
    ``as_nobody``: somebody without rights reads it. ``says``: stands in the error.
    """

    name: str
    make: Callable[[Path], Path]
    ends: frozenset[str]
    posts: int = 0
    photos: int = 0
    most: int = 1_000_000
    words: tuple[str, ...] = ()
    date: str | None = None
    then: str = ""
    as_nobody: bool = False
    says: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def blog(count: int = 3) -> dict[str, str | bytes]:
    """A small backup: so many posts, each with a picture."""
    files: dict[str, str | bytes] = {}
    for number in range(1, count + 1):
        files[f"{number}.html"] = page(number)
        files[f"img/{number}.jpg"] = PICTURE + str(number).encode()
    return files


def page(number: int | str, picture: str = "", more: str = "") -> str:
    """One page of it. ``picture``: another address of the picture."""
    date = (
        f"2009/1/{number if isinstance(number, int) and number < 28 else 28} 10:00:00"
    )
    body = f'<p>Text {number}</p>{more}<img src="{picture or f"img/{number}.jpg"}">'
    return post_page(f"Post {number}", date, body)


def written(files: Files) -> Callable[[Path], Path]:
    """Makes a folder of these files."""

    def make(folder: Path) -> Path:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        return folder

    return make


def as_file(name: str, data: bytes | Callable[[], bytes]) -> Callable[[Path], Path]:
    """Makes one file with these bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data() if callable(data) else data)
        return path

    return make
