"""Hostile and broken archives: each is read to its end, and ends as it must."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.archive_reader import MEMORY
from tests.faults.figures import Figure
from tests.faults.hostile_archives import Case, every_case
from tests.faults.hostile_archives.answers import Answering, every_answer
from tests.sources.metaweblog_stub import PASSWORD, USER, answering

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 10  # seconds of work for one archive
PATIENCE = 60  # seconds on the clock, as others work beside us
FLOOR, FLOOR_OF_ANSWERS = 300, 80


@dataclass
class Reader:
    """A child that reads archives; a new one after each that did not survive."""

    without: str = ""
    _folder: Path = field(
        default_factory=lambda: Path(tempfile.mkdtemp(prefix="reader-"))
    )
    _child: subprocess.Popen[str] | None = None

    def read(self, place: Path | str, case: Case) -> dict[str, Any]:
        order = {
            "place": str(place), "answers": dict(case.answers), "then": case.then, "words": case.words,
            "as_nobody": case.as_nobody,
        }  # fmt: skip
        child = self._child or self._start()
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(child.stdout, selectors.EVENT_READ)
            line = child.stdout.readline() if waiting.select(PATIENCE) else None
        if line:
            return dict(json.loads(line))
        self.close()
        why = (
            "it took too long" if line is None else f"it ended with {child.returncode}"
        )
        return {"end": "too slow" if line is None else "killed", "why": why}

    def left(self) -> list[str]:
        """What reading has left behind."""
        return [str(path) for path in self._folder.rglob("*")]

    def _start(self) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "tests.faults.archive_reader"]
        if self.without:
            words = [
                sys.executable,
                "-m",
                "tests.faults.archive_controls",
                self.without,
            ]
        self._folder.mkdir(exist_ok=True)
        self._folder.chmod(0o777)
        self._child = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "TMPDIR": str(self._folder), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        return self._child

    def close(self) -> None:
        child, self._child = self._child, None
        if child:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def judged(case: Case, said: dict[str, Any]) -> str:
    """What is wrong with how it ended, or ""."""
    end = said["end"]
    if end not in case.ends:
        wanted = " or ".join(sorted(case.ends))
        return f"ended as {end}, not {wanted}: {said.get('why') or said.get('notes')}"
    if said["seconds"] > LONGEST:
        return f"took {said['seconds']:.1f} s"
    if said["peak"] > MEMORY:
        return f"took {said['peak'] // 2**20} MB"
    if end == "error":
        return "" if case.says in said["why"] else f"said: {said['why']}"
    for name, least in (("posts", case.posts), ("photos", case.photos)):
        if said[name] < least:
            return f"gave {said[name]} {name} of {least}"
    if said["posts"] > case.most:
        return f"gave {said['posts']} posts where there are {case.most}"
    if said["lost"]:
        return f"lost the words {said['lost']}"
    if case.date is not None and said["date"] != case.date:
        return f"read the date as {said['date']!r}"
    return ""


def tried(case: Case, reader: Reader) -> tuple[str, dict[str, Any]]:
    """What is wrong with how this case ended, or "", and how it ended."""
    with _folder() as folder:
        place = case.make(folder)
        before = _everything(folder) if not case.then else []
        said = reader.read(place, case)
        wrong = judged(case, said)
        if not wrong and not case.then and _everything(folder) != before:
            wrong = "the archive was changed"
        if not wrong and (left := reader.left()):
            wrong = f"left {left[0]} behind"
    return wrong, said


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that everybody may enter, and that goes away however deep it became."""
    top = Path(tempfile.mkdtemp(prefix="archive-"))
    try:
        folder = top / "old"
        folder.mkdir()
        for each in (top, folder):
            each.chmod(0o755)
        yield folder
    finally:
        subprocess.run(["rm", "-rf", str(top)], check=True)


def answered(case: Answering, reader: Reader) -> str:
    """What is wrong with how reading this blog ended, or ""."""
    asking = Case(
        case.name, lambda folder: folder, case.ends, case.posts, date=case.date,
        answers={"user": USER, "password": PASSWORD},
    )  # fmt: skip
    with answering(case.blog()) as blog:
        home = next((path for path in blog.pages if path.endswith("/")), "")
        said = reader.read(blog.url + home, asking)
    wrong = judged(asking, said)
    for name in ("comments", "status"):
        wanted = getattr(case, name)
        if not wrong and wanted is not None and said.get(name) != wanted:
            wrong = f"gave {name} {said.get(name)}, not {wanted}"
    return wrong


def _everything(folder: Path) -> list[tuple[str, int, int]]:
    """What is in a folder, without following any link."""
    found = []
    for at, folders, files in os.walk(folder):
        for each in (*folders, *files):
            try:
                status = os.lstat(os.path.join(at, each))
            except OSError:  # deeper than a path may be long
                continue
            found.append((each, status.st_size, status.st_mtime_ns))
    return sorted(found)


def chosen(cases: Iterable[Case], scale: float) -> list[Case]:
    """Evenly picked ones for a small scale, all for 1."""
    every = list(cases)
    step = max(1, round(1 / scale))
    return every[::step]


def figures(scale: float, seed: int) -> Iterator[Figure]:
    cases = chosen(every_case(seed), scale)
    wrong, ends, slowest, largest = [], Counter[str](), 0.0, 0
    with Reader() as reader:
        for case in cases:
            fault, said = tried(case, reader)
            if fault:
                wrong.append(f"{case.name}: {fault}")
            ends[said["end"]] += 1
            slowest = max(slowest, said.get("seconds", PATIENCE))
            largest = max(largest, said.get("peak", 0))
    note = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    note += f"; slowest {slowest:.1f} s of work, largest {largest // 2**20} MB"
    floor = FLOOR if scale >= 1 else len(cases)
    yield Figure(
        "hostile and broken archives", len(cases), floor, tuple(wrong), note=note
    )
    answers = chosen(every_answer(), scale)
    wrong = []
    with Reader() as reader:
        for each in answers:
            if fault := answered(each, reader):
                wrong.append(f"{each.name}: {fault}")
    floor = FLOOR_OF_ANSWERS if scale >= 1 else len(answers)
    yield Figure("hostile answers of an old blog", len(answers), floor, tuple(wrong))
    from tests.faults.archive_controls import controls

    yield controls()
