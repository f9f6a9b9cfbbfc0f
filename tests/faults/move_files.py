"""Move files that are lost, old, cut, overwritten, damaged or not ours, and disks that take no more.

Each either ends as if nothing had happened, or is refused in words; whoever then does
what the words say and begins a new move has nothing twice.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, repeat
from pathlib import Path

from tests.faults.blindness import HARM, without_a_look
from tests.faults.figures import Figure
from tests.faults.small_blog import small_blog
from tests.move.doubles import HASTY, NewBlog, Row
from tests.small_disk import fill_up, small_disk
from wizard.errors import MoveFileError
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.tables import FORMAT

NAME = "a.move"
Files = dict[str, bytes]
Rows = dict[int, Row]


@dataclass(frozen=True, slots=True)
class Moment:
    """The move file and the new blog just before a request."""

    files: Files
    rows: Rows


@dataclass(frozen=True, slots=True)
class Case:
    """These files are found, with this damage, and this is at the new blog. ``harm``:
    the protection is off. Only who goes on does the damage: thousands of cases share
    the files of a few dozen moments."""

    name: str
    files: Files
    rows: Rows
    damage: Callable[[Files], Files] = dict
    harm: bool = False


def figures(scale: float, seed: int) -> Iterator[Figure]:
    dice = random.Random(seed)
    moments, end = undisturbed()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        for name, floor, cases, control in (
            ("move file lost", 20, _lost(moments), False),
            ("older copy of the move file", 100, _older(moments, dice), False),
            ("write-ahead log deleted or cut", 100, _cut_logs(moments, dice), False),
            ("move file cut short", 50, _cut_files(moments, dice), False),
            ("bits flipped in it", 200, _flipped(moments, dice), False),
            ("not a move file, or a newer one", 20, _foreign(moments, dice), False),
            ("move file lost, and nobody looks", 10, _harmed(moments, dice), True),
        ):
            some = cases if scale >= 1 else dice.sample(cases, _share(cases, scale))
            endings = list(pool.map(go_on, some, repeat(end), chunksize=4))
            wrong = [
                f"{case.name}: {ending or 'it ended well'}"
                for case, ending in zip(some, endings, strict=True)
                if (HARM not in ending if control else ending.partition("!")[2])
            ]
            refused = sum(ending.startswith("refused") for ending in endings)
            note = f"{refused} refused in words" if refused else ""
            least = max(1, int(floor * scale * 0.9))
            yield Figure(name, len(some), least, tuple(wrong), control, note)
    yield _disks(end, scale)


def undisturbed() -> tuple[list[Moment], list[tuple[object, ...]]]:
    """One move, with all that there was just before each of its requests."""
    blog, moments = NewBlog(), []
    with tempfile.TemporaryDirectory() as folder:

        def asked(verb: str, what: object) -> None:
            files = {f.name: f.read_bytes() for f in Path(folder).iterdir()}
            moments.append(Moment(files, _copies(blog)))

        blog.meddle = asked
        with Move.create(Path(folder, NAME)) as move:
            _carry(move, blog)
    return moments, blog.picture_of()


def _share(cases: list[Case], scale: float) -> int:
    return max(1, round(len(cases) * scale))


def _lost(moments: list[Moment]) -> list[Case]:
    return [Case(f"request {n}", {}, m.rows) for n, m in enumerate(moments)]


def _older(moments: list[Moment], dice: random.Random) -> list[Case]:
    pairs = [(a, b) for b in range(len(moments)) for a in range(b)]
    return [
        Case(f"of request {a} at request {b}", moments[a].files, moments[b].rows)
        for a, b in sorted(dice.sample(pairs, min(len(pairs), 150)))
    ]


def _cut_logs(moments: list[Moment], dice: random.Random) -> list[Case]:
    log = f"{NAME}-wal"
    places = [
        (number, length)
        for number, moment in enumerate(moments)
        for length in (None, *range(0, len(moment.files.get(log, b"")), 512))
    ]
    return [
        Case(
            f"deleted at request {n}" if length is None else f"{length} bytes at {n}",
            moments[n].files,
            moments[n].rows,
            partial(_cut, log, length),
        )
        for n, length in dice.sample(places, min(len(places), 300))
    ]


def _cut_files(moments: list[Moment], dice: random.Random) -> list[Case]:
    settled = [_settled(moment.files) for moment in moments]
    places = [
        (number, length)
        for number, files in enumerate(settled)
        for length in range(0, len(files[NAME]), 512)
    ]
    return [
        Case(
            f"{length} bytes at {number}",
            settled[number],
            moments[number].rows,
            partial(_cut, NAME, length),
        )
        for number, length in dice.sample(places, min(len(places), 150))
    ]


def _cut(name: str, length: int | None, files: Files) -> Files:
    """One of them only that long, or deleted."""
    rest = {other: data for other, data in files.items() if other != name}
    return rest if length is None else {**rest, name: files[name][:length]}


def _flipped(moments: list[Moment], dice: random.Random) -> list[Case]:
    cases = []
    for seed in range(300):
        moment = dice.choice(moments)
        name = dice.choice(sorted(moment.files))
        damage = partial(_flip, "" if seed % 2 else name, dice.random())
        what = f"seed {seed} in {NAME if seed % 2 else name}"
        cases.append(Case(what, moment.files, moment.rows, damage))
    return cases


def _flip(name: str, seed: float, files: Files) -> Files:
    """Some bits of one of them, or of the move file alone with its log in it."""
    dice = random.Random(seed)
    found = dict(files) if name else _settled(files)
    name = name or NAME
    data = bytearray(found[name])
    for _ in range(dice.choice((1, 1, 8, 64)) if data else 0):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return {**found, name: bytes(data)}


def _foreign(moments: list[Moment], dice: random.Random) -> list[Case]:
    whole = _settled(moments[-1].files)[NAME]
    strangers = {
        "empty": b"",
        "text": b"Dear diary,\n" * 100,
        "noise": dice.randbytes(9000),
        "zeros": bytes(9000),
        "a zip": b"PK\3\4" + dice.randbytes(3000),
        "HTML": b"<!doctype html><title>Sign in</title>" * 40,
        "another program's database": _database("CREATE TABLE songs (title TEXT)"),
        "tables of the same names": _database(
            "CREATE TABLE about (x); CREATE TABLE posts (y); CREATE TABLE steps (z)"
        ),
        "a newer format": _changed(whole, f"PRAGMA user_version={FORMAT + 1}"),
        "a much newer format": _changed(whole, "PRAGMA user_version=9000"),
        "no format": _changed(whole, "PRAGMA user_version=0"),
        "without its steps": _changed(whole, "DROP TABLE steps"),
        "without its posts": _changed(whole, "DROP TABLE posts"),
    }
    spread = moments[:: max(1, len(moments) // 3)]
    return [
        Case(f"{name}, {len(moment.rows)} things there", {NAME: data}, moment.rows)
        for name, data in strangers.items()
        for moment in spread
    ]


def _harmed(moments: list[Moment], dice: random.Random) -> list[Case]:
    full = [moment for moment in moments if len(moment.rows) > 6]
    return [
        Case(f"{len(moment.rows)} things there", {}, moment.rows, harm=True)
        for moment in full[:: max(1, len(full) // 12)]
    ]


def go_on(case: Case, end: list[tuple[object, ...]]) -> str:
    """Go on with those files; "" when it ended as if nothing had happened, "refused"
    when it was refused in words. What is wrong stands behind an exclamation mark."""
    blog = NewBlog()
    blog.rows = {number: replace(row) for number, row in case.rows.items()}
    blog._numbers = count(max(case.rows, default=0) + 1)
    said = ""
    blind = without_a_look() if case.harm else nullcontext()
    try:
        with blind, tempfile.TemporaryDirectory() as folder:
            for name, data in case.damage(case.files).items():
                Path(folder, name).write_bytes(data)
            path = Path(folder, NAME)
            try:
                with Move.open(path) if path.exists() else Move.create(path) as move:
                    ended = _carry(move, blog)
            except MoveFileError as trouble:
                if not (trouble.title and trouble.hint):
                    return "! no words"
                said = "refused"
                with Move.create(Path(folder, "new.move")) as move:
                    ended = _carry(move, blog)
    except Exception as surprise:
        return f"{said}! {type(surprise).__name__}: {surprise}"
    there, wanted = Counter(blog.picture_of()), Counter(end)
    wrong = [
        f"{what}: {str(next(iter(things)))[:200]}"
        for what, things in (("lost", wanted - there), ("too much", there - wanted))
        if things
    ]
    if wrong:
        return f"{said}! {'; '.join(wrong)}"
    return said if ended.verdict.complete else f"{said}! {ended.verdict.sentence}"


def _carry(move: Move, blog: NewBlog, stop_after: int | None = None) -> Ended:
    source, stop, requests = small_blog(), threading.Event(), count(1)

    def asked(verb: str, what: object) -> None:
        if next(requests) == stop_after:
            stop.set()

    if stop_after:
        blog.meddle = asked
    if not move.blog:
        list(read(move, source, threading.Event()))
    *_, ended = run(move, source, blog, stop, connections=1, patience=HASTY)
    assert isinstance(ended, Ended)
    if ended.paused and ended.trouble and "move file" in ended.trouble.title:
        raise MoveFileError(ended.trouble.title, ended.trouble.hint)
    return ended


# Disks that take no more


def _disks(end: list[tuple[object, ...]], scale: float) -> Figure:
    """Real ones: a small disk in memory, filled up or write-protected by the system."""
    name = "disk full or write-protected"
    if os.geteuid():
        note = "left out: only root may mount a small disk here"
        return Figure(name, 0, 0, note=note)
    spoiled: list[tuple[str, int, Spoil]] = [
        (f"{free} bytes free after {done} requests", done, _fill(free))
        for done in (0, 3, 12, 20)
        for free in (0, 4096, 16_384, 65_536, 131_072)
    ]
    spoiled += [
        (f"write-protected after {done} requests", done, _protect)
        for done in (0, 1, 3, 6, 12, 20)
    ]
    spoiled = spoiled[:: max(1, round(1 / scale))]
    wrong = []
    for what, done, spoil in spoiled:
        try:
            if said := _on_small_disk(done, spoil, end):
                wrong.append(f"{what}: {said}")
        except Exception as surprise:
            wrong.append(f"{what}: {type(surprise).__name__}: {surprise}")
    floor = max(1, int(20 * scale))
    return Figure(name, len(spoiled), floor, tuple(wrong), note="a disk of 2 MB")


# Spoils a disk and gives what mends it.
Spoil = Callable[[Path], Callable[[], object]]


def _fill(free: int) -> Spoil:
    def spoil(disk: Path) -> Callable[[], object]:
        ballast = fill_up(disk)
        os.truncate(ballast, max(0, ballast.stat().st_size - free))
        return ballast.unlink

    return spoil


def _protect(disk: Path) -> Callable[[], object]:
    def remount(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)

    remount("ro")
    return lambda: remount("rw")


def _on_small_disk(done: int, spoil: Spoil, end: list[tuple[object, ...]]) -> str:
    """Begin, go on with a spoiled disk, and go on again when it is mended."""
    blog, told = NewBlog(), False
    with small_disk("2m") as disk:
        path = disk / NAME
        if done:
            with Move.create(path) as move:
                _carry(move, blog, stop_after=done)
        mend = spoil(disk)
        try:
            with Move.open(path) if path.exists() else Move.create(path) as move:
                _carry(move, blog)
        except MoveFileError as trouble:
            told = bool(trouble.title and trouble.hint)
        finally:
            mend()
        if not told and Counter(blog.picture_of()) != Counter(end):
            return "it did not say that it could not go on"
        with Move.open(path) if path.exists() else Move.create(path) as move:
            complete = _carry(move, blog).verdict.complete
    if not complete or Counter(blog.picture_of()) != Counter(end):
        return "with room on the disk it does not end as it must"
    return ""


# Files


def _settled(files: Files) -> Files:
    """The move file alone, with its log written into it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        with closing(sqlite3.connect(Path(folder, NAME))) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return {NAME: Path(folder, NAME).read_bytes()}


def _database(script: str) -> bytes:
    return _changed(b"", script)


def _changed(data: bytes, script: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as database:
            database.executescript(script)
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


def _copies(blog: NewBlog) -> Rows:
    with blog._lock:
        return {number: replace(row) for number, row in blog.rows.items()}
