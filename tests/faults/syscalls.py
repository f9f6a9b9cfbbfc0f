"""The real program under strace: killed at its N-th system call, or told by the system that the disk is full, broken or write-protected."""

from __future__ import annotations

import json
import queue
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.faults.figures import Figure
from tests.faults.running import ROOT
from tests.faults.site_picture import Things, differences, site_picture, tidy
from tests.wordpress import WordPress, start
from wizard.errors import MoveFileError
from wizard.move.file import Move
from wizard.settings import SAMPLE
from wizard.sources import open_source

SITES = 2
POSTS = 2
RUNS = 5
# How often each is called by the busiest thread of such a move, roughly.
KILLED_AT = {
    "fdatasync": 24,
    "pwrite64": 160,
    "sendto": 35,
    "recvfrom": 70,
    "write": 60,
    "rename": 2,
    "unlink": 6,
}
ERRORS = ("ENOSPC", "EIO", "EROFS")
# Once, or from then on.
MOMENTS = ("1+", "2", "7", "7+", "20", "20+", "45", "45+")


@dataclass(frozen=True, slots=True)
class Injection:
    """What strace does at which call of which thread."""

    call: str
    what: str
    when: str
    only_move_file: bool = False

    def __str__(self) -> str:
        return f"{self.what} at {self.call} {self.when}"

    def words(self, path: Path) -> list[str]:
        words = ["strace", "-f", "-qq", "-o", "/dev/null"]
        if self.only_move_file:
            words += ["-P", str(path), "-P", f"{path}-wal", "-P", f"{path}-journal"]
        how = f"inject={self.call}:{self.what}:when={self.when}"
        return [*words, "-e", f"trace={self.call}", "-e", how]


class Bench:
    """One site and what an undisturbed move makes of it."""

    def __init__(self, site: WordPress) -> None:
        self.site = site
        tidy(site)
        self._empty = site.snapshot()
        keys = [p.key for p in islice(open_source([str(SAMPLE)]).posts(), POSTS)]
        self._only = [word for key in keys for word in ("--only", key)]
        with tempfile.TemporaryDirectory() as folder:
            assert self._program((), Path(folder, "a.move"))[0] == 0
            self._undisturbed = self._picture()
            self._files = _names(Path(folder))
        site.restore(self._empty)

    def ends_well(self, injection: Injection) -> tuple[bool, str]:
        """Whether anything happened, and what is wrong at the end or ""."""
        try:
            with tempfile.TemporaryDirectory() as folder:
                return self._ends_well(injection, Path(folder, "a.move"))
        except Exception as surprise:
            return True, f"{type(surprise).__name__}: {surprise}"
        finally:
            self.site.restore(self._empty)

    def _ends_well(self, injection: Injection, path: Path) -> tuple[bool, str]:
        status, said, complaint = self._program(injection.words(path), path)
        happened = status != 0
        if "Traceback" in complaint:
            return happened, "a traceback"
        if status > 0 and not _is_told(said, complaint):
            return happened, f"status {status} without words: {complaint[-200:]}"
        for _ in range(RUNS):
            if status == 0:
                break
            status, _, complaint = self._program((), path)
        wrong = [] if status == 0 else [f"status {status} at last: {complaint[-200:]}"]
        wrong += differences(self._undisturbed, self._picture())
        if other := sorted(_names(path.parent) ^ self._files):
            wrong.append(f"other files beside the move: {', '.join(other)}")
        return happened, "; ".join(wrong[:3])

    def _program(self, strace: Sequence[str], path: Path) -> tuple[int, str, str]:
        words = ["move", str(SAMPLE), "--to", self.site.url, "--user", self.site.user]
        words += ["--time-zone", "Asia/Shanghai", *self._only, "--move", str(path)]
        if _has_begun(path):
            words = ["resume", str(path)]
        program = [sys.executable, "-m", "tests.move.launcher"]
        done = subprocess.run(
            [*strace, *program, *words, "--json", "--password-stdin"],
            cwd=ROOT,
            input=f"{self.site.password}\n",
            capture_output=True,
            text=True,
            timeout=180,
        )
        return done.returncode, done.stdout, done.stderr

    def _picture(self) -> Things:
        return site_picture(self.site)


def figures(scale: float, seed: int) -> Iterator[Figure]:
    dice = random.Random(seed)
    kills = [
        Injection(call, "signal=SIGKILL", str(number))
        for call, most in KILLED_AT.items()
        for number in range(1, most + 1)
    ]
    kills = dice.sample(kills, round(min(1, scale) * 260))
    errors = [
        Injection(call, f"error={error}", when, only_move_file=True)
        for call in ("pwrite64", "fdatasync")
        for error in ERRORS
        for when in MOMENTS
    ]
    errors = dice.sample(errors, round(min(1, scale) * len(errors)))
    with ExitStack() as stack:
        benches: queue.Queue[Bench] = queue.Queue()
        for _ in range(SITES):
            benches.put(Bench(stack.enter_context(start())))
        pool = stack.enter_context(ThreadPoolExecutor(SITES))

        def one(injection: Injection) -> tuple[bool, str]:
            bench = benches.get()
            try:
                return bench.ends_well(injection)
            finally:
                benches.put(bench)

        for name, floor, tried in (
            ("SIGKILL at the N-th system call", 200, kills),
            ("full, broken and write-protected disk under the move file", 40, errors),
        ):
            endings = list(pool.map(one, tried))
            wrong = [
                f"{injection}: {words}"
                for injection, (_, words) in zip(tried, endings, strict=True)
                if words
            ]
            happened = sum(happened for happened, _ in endings)
            least = int(floor * scale * 0.8)
            note = f"{len(tried)} runs, {happened} of them hit before their end"
            yield Figure(name, happened, least, tuple(wrong), note=note)


def _is_told(said: str, complaint: str) -> bool:
    """Whether a person is told in words that it stopped."""
    lines = said.strip().splitlines()
    trouble = json.loads(lines[-1]).get("trouble") if lines else None
    return bool(trouble) or bool(re.search(r"\w+ \w+ \w+", complaint))


def _has_begun(path: Path) -> bool:
    try:
        with Move.open(path) as move:
            return bool(move.counts())
    except MoveFileError:
        return False


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}
