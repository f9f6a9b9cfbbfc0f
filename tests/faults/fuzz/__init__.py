"""A stranger's bytes at every door, as many as there is time for: words or nothing, in time."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from tests.faults.figures import Figure

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60.0
# What a busy computer does in that time.
FLOORS = {
    "zip": 12_000,
    "spaces": 2_000,
    "html": 4_000,
    "dates": 50_000,
    "answers": 2_000,
    "xmlrpc": 30_000,
    "pictures": 20_000,
}
_MEGABYTES = 900  # with what the fuzzer itself needs
_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(r"cov: (\d+)")
_WRONG = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception)\b.*$|^==\d+== ?ERROR.*$", re.M)


def figures(scale: float, seed: int) -> Iterator[Figure]:
    from tests.faults.fuzz.targets import TARGETS

    guided = importlib.util.find_spec("atheris") is not None
    for name, target in TARGETS.items():
        seconds = SECONDS * min(scale, 1)
        if guided:
            tried, wrong, note = _guided(name, seconds, seed)
        else:
            tried, wrong, note = _blind(name, seconds, seed)
        yield Figure(
            f"Fuzzing: {target.door}",
            tried,
            round(FLOORS[name] * min(scale, 1)),
            wrong,
            note=note,
        )
    yield _control(guided, seed)


def _guided(name: str, seconds: float, seed: int) -> tuple[int, tuple[str, ...], str]:
    with tempfile.TemporaryDirectory() as folder:
        inputs, bad = Path(folder) / "inputs", Path(folder) / "bad"
        inputs.mkdir()
        bad.mkdir()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.faults.fuzz", name, str(inputs)),
                f"-max_total_time={max(1, round(seconds))}",
                f"-seed={seed}",
                f"-rss_limit_mb={_MEGABYTES}",
                f"-artifact_prefix={bad}/",
                "-print_final_stats=1",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        told = done.stdout + done.stderr
        runs, covered = _RUNS.findall(told), _COVERED.findall(told)
        wrong = tuple(
            f"{name}: {' '.join(_WRONG.findall(told))[-300:]} "
            f"{b64encode(path.read_bytes()[:2000]).decode()}"
            for path in bad.iterdir()
        )
        if done.returncode and not wrong:
            wrong = (f"{name}: {told[-300:]}",)
        ways = (
            f"{int(covered[-1]):,} ways through our code" if covered else "no coverage"
        )
        return int(runs[-1]) if runs else 0, wrong, f"guided: {ways}, {seconds:.0f} s"


def _blind(name: str, seconds: float, seed: int) -> tuple[int, tuple[str, ...], str]:
    from tests.faults.fuzz.broken import BROKEN
    from tests.faults.fuzz.mutation import tried
    from tests.faults.fuzz.targets import TARGETS

    target = (TARGETS | BROKEN)[name]
    count, data, trouble = tried(target.one, target.seeds(), seconds, seed)
    wrong = () if data is None else (f"{name}: {trouble!r} {b64encode(data).decode()}",)
    return (
        count,
        wrong,
        f"atheris is not here: changed without a guide, {seconds:.0f} s",
    )


def _control(guided: bool, seed: int) -> Figure:
    """Doors that break, hang or grow on one kind of input are found out."""
    from tests.faults.fuzz.broken import BROKEN

    quiet = []
    for name in BROKEN:
        # It ends with the first one; a busy computer may need that long.
        _, wrong, _ = (_guided if guided else _blind)(name, SECONDS, seed)
        if not wrong:
            quiet.append(name)
    return Figure(
        "Fuzzing: doors that break",
        len(BROKEN),
        len(BROKEN),
        tuple(quiet),
        control=True,
    )
