"""What it costs to be safe: requests that a killed move asks again, and time that goes into its journal."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import Value
from pathlib import Path
from typing import Any

from tests.faults.dying import DONE, HASTY, Errand, go
from tests.faults.figures import Figure
from tests.faults.site_picture import differences, site_picture, tidy
from tests.faults.small_blog import small_blog
from tests.wordpress import start
from wizard.move import carrying
from wizard.move.file import Move
from wizard.move.wanted import Wanted

TIMES = 25  # 100 posts, 100 photos, 100 comments
MOST_EXTRA = 0.01, 3  # of the requests, and so many more
# Signs of life go by the clock, not by what was killed.
SILENT = replace(HASTY, beat=3600)
MOST_JOURNAL = 0.02  # of a move's time


@dataclass(frozen=True, slots=True)
class Trip:
    """One move: requests of all its runs together, and its seconds."""

    requests: int
    points: int
    seconds: float


def figures(scale: float, seed: int) -> Iterator[Figure]:
    dice = random.Random(seed)
    times = max(2, round(TIMES * scale))
    with start() as site, tempfile.TemporaryDirectory() as folder:
        tidy(site)
        empty = site.snapshot()
        source = small_blog(times)
        errand = Errand(site, source, Path(folder, "a.move"), patience=SILENT)

        def trip(*, deadly: int = 0, lose_file: bool = False) -> Trip:
            _begin_anew(errand, empty)
            runs = [_run(errand, deadly)]
            if deadly:
                if lose_file:
                    _forget(errand.path)
                # Whose note it finds there it tells by the signs of life.
                again = replace(errand, patience=HASTY) if lose_file else errand
                runs.append(_run(again, 0))
            return Trip(*(sum(numbers) for numbers in zip(*runs, strict=True)))

        with _metered() as spent:
            undisturbed = trip()
        picture = site_picture(site)
        yield _journal(undisturbed, spent())
        share, more = MOST_EXTRA
        allowed = share * undisturbed.requests + more
        wrong, extras = [], []
        tries = max(1, round(5 * scale))
        for _ in range(tries):
            deadly = dice.randint(undisturbed.points // 4, undisturbed.points - 20)
            extra = trip(deadly=deadly).requests - undisturbed.requests
            extras.append(extra)
            if extra > allowed:
                wrong.append(f"{extra} more requests after a kill at {deadly}")
            wrong += differences(picture, site_picture(site))
        note = (
            f"{', '.join(map(str, extras))} more than the {undisturbed.requests} of an "
            f"undisturbed move of {4 * times} posts; {allowed:.0f} are allowed"
        )
        name = "requests that a kill costs: 1 % and 3"
        yield Figure(name, tries, tries, tuple(wrong), note=note)
        deadly = undisturbed.points // 2
        extra = trip(deadly=deadly, lose_file=True).requests - undisturbed.requests
        cheap = (f"only {extra} more requests",) if extra <= allowed else ()
        name = "requests that a kill costs when the move file is lost, too"
        yield Figure(name, 1, 1, cheap, control=True, note=f"{extra} more")


def _run(errand: Errand, deadly: int) -> tuple[int, int, float]:
    told = errand.path.parent / "told"
    began = time.monotonic()
    status = go(errand, deadly=deadly, told=told)
    seconds = time.monotonic() - began
    assert deadly or status == DONE, f"an undisturbed move ended with {status}"
    points = told.read_text().splitlines()
    # One stands before, amid and after each request; those after it may be missing.
    return sum(point.startswith("amid") for point in points), len(points), seconds


def _journal(undisturbed: Trip, spent: float) -> Figure:
    share = spent / undisturbed.seconds
    wrong = () if share <= MOST_JOURNAL else (f"{share:.1%}",)
    note = f"{share:.2%}, {spent:.2f} s of {undisturbed.seconds:.0f} s"
    name = "time in the journal and in comparing: 2 % of a move"
    return Figure(name, 1, 1, wrong, note=note)


@contextmanager
def _metered() -> Iterator[Callable[[], float]]:
    """Runs that are begun in here count the time that these take."""
    # Shared with the process that does the work.
    total = Value("d", 0.0)
    places: list[tuple[Any, str]] = [
        (Move, "record"),
        (Move, "note"),
        (Move, "step"),
        (Move, "steps"),
        (Move, "bearing"),
        (Move, "counts"),
        (carrying, "difference"),
        (Wanted, "source_print"),
    ]
    originals = [(owner, name, getattr(owner, name)) for owner, name in places]

    def metered(call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*words: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return call(*words, **more)
            finally:
                with total.get_lock():
                    total.value += time.perf_counter() - began

        return timed

    for owner, name, call in originals:
        setattr(owner, name, metered(call))
    try:
        yield lambda: total.value
    finally:
        for owner, name, call in originals:
            setattr(owner, name, call)


def _begin_anew(errand: Errand, empty: Path) -> None:
    errand.site.restore(empty)
    _forget(errand.path)


def _forget(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
