"""Folders: links, pipes, rights, names no other disk allows, and files that go away."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.hostile_archives.case import (
    ANY,
    ERROR,
    FINE,
    KEPT,
    NOTE,
    PICTURE,
    SECRET,
    Case,
    Files,
    blog,
    page,
    written,
)  # fmt: skip
from tests.faults.hostile_archives.zip_bytes import items, zip_bytes

_FINE, _NOTE, _ERROR = frozenset({FINE}), frozenset({NOTE}), frozenset({ERROR})


def folders() -> Iterator[Case]:
    def case(
        name: str,
        change: Callable[[Path], object],
        ends: frozenset[str] = _FINE,
        posts: int = 3,
        photos: int = 3,
        *,
        files: Files | None = None,
        then: str = "",
        as_nobody: bool = False,
    ) -> Case:
        def make(folder: Path) -> Path:
            place = written(blog() if files is None else files)(folder / "space")
            place.mkdir(exist_ok=True)
            (folder / "secret.html").write_text(page(SECRET))
            change(place)
            return place

        return Case(name, make, ends, posts, photos, then=then, as_nobody=as_nobody)

    def nothing(place: Path) -> None:
        pass

    yield case("a sound folder", nothing)
    yield case("an empty folder", nothing, _ERROR, 0, 0, files={})
    yield case(
        "folders without files",
        lambda p: (p / "a/b/c").mkdir(parents=True),
        _ERROR,
        0,
        0,
        files={},
    )
    yield case("only pictures", nothing, _ERROR, 0, 0, files={"a.jpg": PICTURE})
    for name, target in (
        ("a file outside", "../secret.html"), ("the system", "/etc/passwd"),
        ("itself", "link.html"), ("nothing", "gone.html"), ("a device", "/dev/zero"),
        ("the process", "/proc/self/environ"), ("a page inside", "1.html"),
    ):  # fmt: skip
        yield case(
            f"a link to {name}",
            lambda p, t=target: (p / "link.html").symlink_to(t),
            KEPT,
        )
    for name, target in (
        ("the folder above", ".."),
        ("itself", "."),
        ("the root", "/"),
    ):
        yield case(
            f"a folder that leads to {name}",
            lambda p, t=target: (p / "d").symlink_to(t),
            KEPT,
        )
    yield case("a picture that leads outside", _picture_outside, KEPT, 3, 2)
    yield case("a picture by its path on the disk", _picture_by_path, KEPT, 4, 3)
    yield case("a pipe", lambda p: os.mkfifo(p / "pipe.html"))
    yield case("a socket", _socket)
    if os.geteuid() == 0:
        yield case(
            "a page without rights",
            lambda p: (p / "2.html").chmod(0),
            _NOTE,
            2,
            2,
            as_nobody=True,
        )
        yield case(
            "pictures without rights",
            lambda p: (p / "img").chmod(0),
            KEPT,
            3,
            0,
            as_nobody=True,
        )
        yield case(
            "a picture without rights",
            lambda p: (p / "img/1.jpg").chmod(0),
            KEPT,
            3,
            2,
            as_nobody=True,
        )
        yield case(
            "a folder without rights",
            lambda p: p.chmod(0),
            _ERROR,
            0,
            0,
            as_nobody=True,
        )
    for name in _NAMES:
        yield case(
            f"a page called {name[:30]!r}",
            lambda p, n=name: _page_called(p, n),
            KEPT,
            4,
            3,
        )
    yield case("names of another computer", _foreign_names, KEPT, 4, 4)
    yield case("backslashes for folders", _backslashes, KEPT, 4, 4)
    yield case("200 folders deep", lambda p: _deep(p, 200), KEPT, 4, 3)
    yield case(
        "deeper than a path may be long", lambda p: _deep(p, 30, "d" * 200), KEPT, 3, 3
    )
    yield case("5,000 files", lambda p: _crowd(p, 5000), KEPT, 3, 3)
    yield case("a page of 8 GB", lambda p: _sparse(p / "huge.html", 8 * 2**30), KEPT)
    yield case(
        "a picture of 8 GB", lambda p: _sparse(p / "img/3.jpg", 8 * 2**30), KEPT, 3, 2
    )
    yield case(
        "an empty picture", lambda p: (p / "img/3.jpg").write_bytes(b""), KEPT, 3, 2
    )
    yield case(
        "empty pages", lambda p: [(p / f"e{n}.html").touch() for n in range(99)], KEPT
    )
    yield case("missing pictures", lambda p: (p / "img/3.jpg").unlink(), KEPT, 3, 2)
    one = zip_bytes(items(blog()))
    yield case("one zip in it", nothing, _FINE, files={"space.zip": one, "a.txt": "x"})
    yield case(
        "two zips in it", nothing, _ERROR, 0, 0, files={"a.zip": one, "b.zip": one}
    )
    yield case("a cut zip in it", nothing, _NOTE, 2, 2, files={"a.zip": one[:-300]})
    yield case(
        "a broken zip in it",
        nothing,
        _FINE,
        files={"a.zip": b"PK\x03\x04", "b.zip": one},
    )
    yield Case("a single page", lambda f: written(blog())(f) / "1.html", _FINE, 1, 1)
    yield Case(
        "a single page of 8 GB", lambda f: _sparse(f / "a.html", 8 * 2**30), _ERROR
    )
    yield Case(
        "a zip of 500 MB of zeros",
        lambda f: _sparse(f / "a.zip", 500 * 2**20, b"PK\x03\x04"),
        _ERROR,
    )
    yield Case("nothing there", lambda f: f / "gone.zip", _ERROR)
    yield from _while_read(case, nothing)


def _while_read(
    case: Callable[..., Case], nothing: Callable[[Path], None]
) -> Iterator[Case]:
    for then, ends, posts, photos in (
        ("pictures vanish", _NOTE, 3, 0),
        ("pages vanish", _ERROR, 0, 0),
        ("pages change", _ERROR, 0, 0),
        ("pages grow", _ERROR, 0, 0),
        ("pages are cut", _ERROR, 0, 0),
        ("pages become links", _ERROR, 0, 0),
        ("pictures become links", _NOTE, 3, 0),
        ("all is gone", _ERROR, 0, 0),
    ):
        yield case(f"{then} while it is read", nothing, ends, posts, photos, then=then)
    for then in (
        "the zip is cut",
        "the zip is emptied",
        "the zip is removed",
        "the zip changes",
    ):
        ends = _FINE if then == "the zip is removed" else ANY

        def make(folder: Path) -> Path:
            path = folder / "a.zip"
            path.write_bytes(zip_bytes(items(blog())))
            return path

        yield Case(
            f"{then} while it is read", make, ends, 3 if ends is _FINE else 0, then=then
        )


_NAMES = (
    "new\nline.html", "\ttab.html", "\x1b[31mred.html", " .html", "-rf.html", "a" * 250 + ".html",
    "é" * 120 + ".html", "日" * 80 + ".html", "$(id).html", "a;b|c.html", "*?.html", "<b>.html",
    "con.html", "a:b.html", "..html", "...html", "%2e%2e%2f.html", "\u202elmth.html", "😀.html",
    "e\u0301.html", "'\".html", "~.html", "#.html", "a?b.html", "\x7f.html", "\ufeff.html",
)  # fmt: skip


def _page_called(place: Path, name: str) -> None:
    (place / name).write_text(page("strange", "img/1.jpg"))


def _foreign_names(place: Path) -> None:
    here = os.fsencode(place)
    for name, data in (
        ("照片旅行日记.html", page("foreign", "img/海边的风景.jpg").encode()),
        ("img/海边的风景.jpg", PICTURE),
    ):
        with open(os.path.join(here, name.encode("gbk")), "wb") as file:
            file.write(data)


def _backslashes(place: Path) -> None:
    (place / "sub\\page.html").write_text(page("slash", "../img2/a.jpg"))
    (place / "img2\\a.jpg").write_bytes(PICTURE)


def _picture_outside(place: Path) -> None:
    (place / "img/3.jpg").unlink()
    (place / "img/3.jpg").symlink_to("../../secret.html")


def _picture_by_path(place: Path) -> None:
    secret = place.parent / "secret.html"
    more = f'<img src="{secret}"><img src="file://{secret}"><img src="../secret.html"><img src="..%2fsecret.html">'
    (place / "4.html").write_text(page(4, "img/1.jpg", more))


def _socket(place: Path) -> None:
    before = os.getcwd()
    # The path to a socket may not be long.
    os.chdir(place)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("s.html")
    finally:
        os.chdir(before)


def _deep(place: Path, levels: int, name: str = "d") -> None:
    before = os.getcwd()
    os.chdir(place)
    try:
        for _ in range(levels):
            os.mkdir(name)
            os.chdir(name)
        Path("deep.html").write_text(page("deep", "/img/1.jpg"))
    finally:
        os.chdir(before)


def _crowd(place: Path, count: int) -> None:
    for number in range(count):
        (place / f"{number:05}.txt").write_bytes(b"x")


def _sparse(path: Path, size: int, head: bytes = b"<html>") -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
    return path
