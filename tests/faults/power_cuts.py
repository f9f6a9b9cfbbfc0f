"""The current fails at every moment of a move, and with it goes all that was not synced.

One move is recorded on a disk that notes every write and every sync; then, for each
moment, that part of the move file which is certain to be there is put back, with any
part of the rest, and the move goes on from it. The new blog keeps what it has.
"""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice, repeat
from pathlib import Path
from typing import Any
from unittest import mock

from tests.faults import lost_writes
from tests.faults.figures import Figure
from tests.faults.lost_writes import Left, Survives
from tests.faults.recording_disk import recording
from tests.faults.small_blog import small_blog
from tests.move.doubles import HASTY, NewBlog, Row
from wizard.destinations import Kind
from wizard.errors import MoveFileError
from wizard.move.engine import run
from wizard.move.events import Ended, State
from wizard.move.file import Move
from wizard.move.reading import read

NAME = "a.move"
AT_ONCE = 40  # cuts in memory, each with a whole move file
Rows = dict[int, Row]


@dataclass(frozen=True, slots=True)
class Moment:
    """The current fails after so many operations, with so many requests arrived;
    ``way``: what survives of that which was not synced."""

    operations: int
    requests: int
    way: Survives


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left after the current failed at this moment."""

    what: str
    files: dict[str, bytes]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Recorded:
    """One undisturbed move, every thing that it did to its disk, and what the new blog
    held before each request."""

    operations: tuple[lost_writes.Operation, ...]
    before: tuple[Rows, ...]
    end: list[tuple[object, ...]]


def figures(scale: float, seed: int) -> Iterator[Figure]:
    dice = random.Random(seed)
    recorded = {how: record(how) for how in ("FULL", "NORMAL", "OFF")}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:

        def tell(name: str, how: str, floor: int, number: float) -> Figure:
            moments = list(_moments(recorded[how], dice))
            # Half of the controls do harm: of twenty, one does in all but one of a
            # million runs.
            least = max(1 if how == "FULL" else 20, round(floor * scale))
            most = max(least, round(number * scale))
            moments = dice.sample(moments, min(len(moments), most))
            cuts, end = _cuts(recorded[how], moments), repeat(recorded[how].end)
            wrong = []
            while some := list(islice(cuts, AT_ONCE)):
                ends = zip(some, pool.map(go_on, some, end, chunksize=4), strict=True)
                wrong += [f"{cut.what}: {said}" for cut, said in ends if said]
            if how == "FULL":
                return Figure(name, len(moments), least, tuple(wrong))
            # Not every moment does harm; that some do is what shows the harness sees it.
            harmless = () if wrong else ("no power cut did any harm",)
            note = f"{len(wrong)} of these power cuts did harm"
            return Figure(name, len(moments), least, harmless, control=True, note=note)

        yield tell("power cuts, synchronous=FULL", "FULL", 500, 1000)
        yield tell("power cuts, synchronous=NORMAL", "NORMAL", 50, 100)
        yield tell("power cuts, synchronous=OFF", "OFF", 50, 100)


def record(how: str) -> Recorded:
    """A move with this ``synchronous``. Raises OSError where no FUSE can be mounted."""
    blog, before = NewBlog(), []
    with tempfile.TemporaryDirectory() as folder:
        place, log = Path(folder, "disk"), Path(folder, "log")
        with recording(place, log) as notes, notes.open("w", buffering=1) as note:

            def asked(verb: str, what: object) -> None:
                before.append(_copies(blog))
                note.write(f"{len(before)}\n")

            blog.meddle = asked
            with (
                mock.patch.object(Move, "DURABLE", how),
                Move.create(place / NAME) as move,
            ):
                _carry(move, blog)
        before.append(_copies(blog))
        return Recorded(
            tuple(lost_writes.operations(log)), tuple(before), blog.picture_of()
        )


def _moments(recorded: Recorded, dice: random.Random) -> Iterator[Moment]:
    """After each thing that was done to the disk: nothing of what was not synced is
    there, or all of it, or some."""
    asked = 0
    for number, operation in enumerate(recorded.operations, 1):
        if operation[0] == "noted":
            asked = int(operation[1])
        # Until something else is done, nobody knows whether the request has arrived.
        arrived = [asked] if operation[0] != "noted" else [asked - 1, asked]
        for requests in arrived:
            ways = [lost_writes.none, lost_writes.everything]
            ways += [lost_writes.anything(dice) for _ in range(2)]
            for way in ways:
                yield Moment(number, requests, way)


def _cuts(recorded: Recorded, moments: list[Moment]) -> Iterator[Cut]:
    """What is left at each of these moments, the earliest first."""
    left, done = Left(), 0
    for moment in sorted(moments, key=lambda moment: moment.operations):
        for operation in recorded.operations[done : moment.operations]:
            left.do(operation)
        done = moment.operations
        last = recorded.operations[done - 1][0]
        what = f"after operation {done} ({last}), {moment.requests} requests"
        rows = recorded.before[moment.requests]
        yield Cut(what, left.survivors(moment.way), rows)


def go_on(cut: Cut, end: list[tuple[object, ...]]) -> str:
    """Go on from there; gives what is wrong at the end, or ""."""
    blog = NewBlog()
    blog.rows = {number: replace(row) for number, row in cut.rows.items()}
    blog._numbers = iter(range(max(cut.rows, default=0) + 1, 10**6))  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        for name, data in cut.files.items():
            Path(folder, name).write_bytes(data)
        path = Path(folder, NAME)
        try:
            with Move.open(path) if path.exists() else Move.create(path) as move:
                unknown = _unknown(move, cut.rows)
                ended = _carry(move, blog)
        except MoveFileError as trouble:
            return trouble.title
    if unknown:
        return f"the move file does not know that it asked for {unknown}"
    if not ended.verdict.complete:
        return ended.verdict.sentence
    there, wanted = Counter(blog.picture_of()), Counter(end)
    return _words("lost", wanted - there) or _words("too much", there - wanted)


def _carry(move: Move, blog: NewBlog) -> Ended:
    source, stop = small_blog(), threading.Event()
    if not move.blog:
        list(read(move, source, stop))
    *_, ended = run(move, source, blog, stop, connections=1, patience=HASTY)
    assert isinstance(ended, Ended)
    return ended


def _unknown(move: Move, rows: Rows) -> str:
    """What stands at the new blog although this file never meant to send it."""
    meant = {
        step.marker
        for row in move.rows()
        for step in move.steps(row.key)
        if step.state is not State.WAITING
    }
    for row in rows.values():
        ours = row.thing.kind in (Kind.POST, Kind.PHOTO, Kind.COMMENT)
        if ours and row.marker not in meant:
            return f"{row.thing.kind} {row.marker}"
    return ""


def _copies(blog: NewBlog) -> Rows:
    with blog._lock:
        return {number: replace(row) for number, row in blog.rows.items()}


def _words(what: str, things: Counter[Any]) -> str:
    return f"{what}: {next(iter(things))}" if things else ""
