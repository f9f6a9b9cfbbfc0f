"""``make scorecard``: every harness, and one page that says what came of it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence

from tests.faults.page import page
from tests.faults.running import ROOT, Outcome, Running, keep, kept

PAGE = ROOT / "SCORECARD.md"
FOLDER = "tests.faults"
# These measure time, so nothing else runs beside them.
ALONE: tuple[str, ...] = ("cost",)
HARNESSES: tuple[str, ...] = (
    *ALONE,
    "chaos",
    "kills",
    "power_cuts",
    "syscalls",
    "move_files",
    "two_writers",
    "strangers",
    "impostors",
    "secrets",
    "fuzz",
    "pictures",
    "archives",
    "xss",
    "monkey",
    "machine",
    "protocol",
)
SIDE_BY_SIDE = 2


def main(words: Sequence[str] | None = None) -> int:
    """0 when every figure is as it must be."""
    options = argparse.ArgumentParser(prog="python -m tests.faults")
    options.add_argument("--scale", type=float, default=1, help="1 is the scorecard")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--only",
        action="append",
        choices=HARNESSES,
        metavar="NAME",
        help=f"only this part; may be given again for more of them: {', '.join(HARNESSES)}",
    )
    options.add_argument(
        "--page",
        action="store_true",
        help="only write the page, of what was found last",
    )
    wish = options.parse_args(words)
    if wish.page:
        return _write_page()
    began = time.monotonic()
    outcomes = {}
    for outcome in _outcomes(wish.only or HARNESSES, wish.scale, wish.seed):
        outcomes[outcome.harness] = outcome
        keep(outcome)
        said = "fine" if outcome.fine else "NOT FINE"
        print(f"{outcome.harness}: {said}, {outcome.seconds:.0f} s", file=sys.stderr)
    ordered = [outcomes[name] for name in HARNESSES if name in outcomes]
    text = page(ordered, time.monotonic() - began)
    print(text)
    # Part of it is no scorecard.
    if not wish.only and wish.scale >= 1:
        PAGE.write_text(text)
    return 0 if all(outcome.fine for outcome in ordered) else 1


def _write_page() -> int:
    """The page out of what each harness found last: they may run one by one."""
    ordered = [found for name in HARNESSES if (found := kept(name))]
    missing = [name for name in HARNESSES if not kept(name)]
    seconds = sum(found.seconds for found in ordered)
    PAGE.write_text(page(ordered, seconds, missing))
    whole = all(found.fine and found.scale >= 1 for found in ordered)
    return 0 if whole and not missing else 1


def _outcomes(names: Sequence[str], scale: float, seed: int) -> Iterator[Outcome]:
    """Two at a time, where that disturbs neither."""
    waiting = sorted(names, key=lambda name: name not in ALONE)
    under_way: list[Running] = []
    try:
        while waiting or under_way:
            busy = len(under_way) == SIDE_BY_SIDE or (
                under_way and (under_way[0].harness in ALONE)
            )
            if waiting and not busy:
                under_way.append(Running(f"{FOLDER}.{waiting.pop(0)}", scale, seed))
            for running in tuple(under_way):
                if outcome := running.outcome():
                    under_way.remove(running)
                    yield outcome
            time.sleep(0.1)
    finally:
        for running in under_way:
            running.end()


if __name__ == "__main__":
    sys.exit(main())
