"""Each harness in a process of its own, so that one that breaks down takes nothing along."""

from __future__ import annotations

import datetime
import hashlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from tests.faults.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / ".cache" / "scorecard"
LONGEST = 90 * 60  # seconds for one harness


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one harness found, in so many ``seconds``; ``broke``: why it did not end.

    ``when`` it began, and with which ``program`` (eight digits of a sum over its files).
    At a ``scale`` below 1 it is a part of what belongs on a scorecard.
    """

    harness: str
    figures: tuple[Figure, ...]
    seconds: float
    broke: str = ""
    when: str = ""
    program: str = ""
    scale: float = 1
    seed: int = 1

    @property
    def fine(self) -> bool:
        return not self.broke and all(figure.fine for figure in self.figures)


def keep(outcome: Outcome) -> None:
    """Remember the last outcome of a harness, for a page made in several goes."""
    FOUND.mkdir(parents=True, exist_ok=True)
    (FOUND / f"{outcome.harness}.json").write_text(json.dumps(asdict(outcome)))


def kept(harness: str) -> Outcome | None:
    """The last outcome of a harness, if it ever had one here."""
    file = FOUND / f"{harness}.json"
    if not file.exists():
        return None
    fields = json.loads(file.read_text())
    return Outcome(**{**fields, "figures": tuple(map(_figure, fields["figures"]))})


def program() -> str:
    """Tells one state of the program from another."""
    whole = hashlib.sha256()
    for file in sorted((ROOT / "wizard").rglob("*.py")):
        whole.update(file.read_bytes())
    return whole.hexdigest()[:8]


class Running:
    """One harness under way."""

    def __init__(self, module: str, scale: float, seed: int) -> None:
        self.harness = module.rpartition(".")[2]
        self._began = time.monotonic()
        now = datetime.datetime.now(datetime.UTC)
        self._about: dict[str, Any] = {
            "when": f"{now:%Y-%m-%d %H:%M} UTC",
            "program": program(),
        }
        self._wish: dict[str, Any] = {"scale": scale, "seed": seed}
        # Files, as a pipe that nobody reads would stop whoever has much to say.
        self._told = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._complaint = tempfile.TemporaryFile(  # noqa: SIM115
            "w+", errors="replace"
        )
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.faults.running",
                module,
                str(scale),
                str(seed),
            ],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self._told,
            stderr=self._complaint,
            start_new_session=True,
        )

    def outcome(self) -> Outcome | None:
        """What it found, or None as long as it runs; that is not for ever."""
        seconds = time.monotonic() - self._began
        late = seconds > LONGEST
        if late:
            self.end()
        if self._process.poll() is None:
            return None
        figures = tuple(_figures(_text(self._told)))
        complaint = _text(self._complaint).strip()
        broke = ""
        if late:
            broke = f"It took more than {LONGEST // 60} minutes."
        elif (status := self._process.returncode) < 0:
            broke = f"It was ended by signal {-status}."
        elif status or not figures:
            broke = (complaint or f"It ended with status {status}.").splitlines()[-1]
            print(complaint[-4000:], file=sys.stderr)
        return Outcome(
            self.harness, figures, seconds, broke, **self._about, **self._wish
        )

    def end(self) -> None:
        """Whatever it still does, end it with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def alone(harness: str, scale: float, seed: int) -> Outcome:
    """One harness in a process of its own: some fork, and what other tests have left in
    this process (threads, decoders of pictures) is none of theirs."""
    running = Running(f"tests.faults.{harness}", scale, seed)
    try:
        while not (outcome := running.outcome()):
            time.sleep(0.1)
    finally:
        running.end()
    return outcome


def _text(file: IO[str]) -> str:
    with file:
        file.seek(0)
        return file.read()


def _figures(told: str) -> Iterator[Figure]:
    for line in told.splitlines():
        yield _figure(json.loads(line))


def _figure(fields: dict[str, Any]) -> Figure:
    return Figure(**{**fields, "wrong": tuple(fields["wrong"])})


def main(name: str, scale: str, seed: str) -> None:
    """Tell one figure a line."""
    # What a harness or its children print by the way is no figure.
    figures = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    from tests import conftest  # a made-up home, no network but this computer's

    assert conftest.HOME.exists()
    module = importlib.import_module(name)
    for figure in module.figures(float(scale), int(seed)):
        print(json.dumps(asdict(figure)), file=figures, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
