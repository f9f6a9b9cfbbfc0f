"""Passwords that must be nowhere, however a move goes wrong: each run is searched for them."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pyzipper

from tests.faults.figures import Figure
from tests.faults.forking import ROOT, Ready
from tests.faults.hiding_places import below, every_form, of_process
from tests.move.doubles import picture
from tests.raw_server import free_port
from tests.sources.backups import post_page, write_zip
from tests.wordpress import WordPress, start
from wizard.__main__ import COMMANDS

MOODY = (Path(__file__).parent / "moody.php").read_text()
RUNS, PROCESSES, PLACES = 500, 40, 2
FIRST = ("list", "move")
INSIDE = ("error", "memory", "interrupt", "recursion", "abort", "segfault")
SIGNALS = tuple(
    getattr(signal, f"SIG{name}")
    for name in ["INT", "TERM", "HUP", "QUIT", "ABRT", "SEGV", "BUS", "KILL"]
)
MOODS = [
    "dies",
    "unauthorised",
    "forbidden",
    "refuses",
    "busy",
    "away",
    "warns",
    "page",
    "elsewhere",
    "half",
    "after",
    "fault",
]
LEAKS = (
    *(f"leak:{name}" for name in ("raw", "reversed", "utf-16 le", "utf-16 be", "hex")),
    *(f"leak:{name}" for name in ("HEX", "url", "form", "signed in")),
    *(f"leak:base64 +{shift}" for shift in range(3)),
    "leak to stderr:",
    "leak to the move file:",
    "core:",
)


@dataclass
class Place:
    """One site that is both the old and the new blog, and a process that is ready."""

    site: WordPress
    kept: Path
    login: str
    key: str
    source: Path
    locked: Path
    ready: Ready
    chance: random.Random
    count: int = 0
    ends: dict[str, int] = field(default_factory=dict)

    @property
    def searched(self) -> dict[str, bytes]:
        secrets = {"new": self.site.password, "old": self.login, "zip": self.key}
        return every_form(secrets, "admin")

    def mood(self, percent: int, only: str = "") -> None:
        (self.site.root / "wp-content/mood").write_text(f"{percent} {only}")

    def words(self, *more: str) -> list[str]:
        return [
            *("move", str(self.source), "--to", self.site.url, "--user", "admin"),
            *("--password-stdin", "--time-zone", "UTC", "--move", "a.move", *more),
        ]


def figures(scale: float, seed: int) -> Iterator[Figure]:
    began = time.monotonic()
    with ExitStack() as stack:
        places = [stack.enter_context(_place(seed * 10 + n)) for n in range(PLACES)]
        # Every place takes every other kind of run, so that all kinds are tried.
        count = max(round(RUNS * scale), 2 * len(KINDS))
        real = max(round(PROCESSES * scale), 2)
        with ThreadPoolExecutor(PLACES) as pool:
            work = [
                pool.submit(_runs, place, range(n, count, PLACES), real // PLACES)
                for n, place in enumerate(places)
            ]
            wrong = [trouble for each in work for trouble in each.result()]
        tried = sum(place.count for place in places)
        ends: dict[str, int] = {}
        for place in places:
            for name, number in place.ends.items():
                ends[name] = ends.get(name, 0) + number
        told = ", ".join(f"{name} {number}" for name, number in sorted(ends.items()))
        yield Figure(
            "Faulty runs of the commands: passwords found in files, output, memory images",
            tried,
            count,
            tuple(wrong),
            note=f"{real} of them in processes of their own, whose arguments and "
            f"environment were read as well; they ended with {told}; "
            f"{time.monotonic() - began:.0f} s",
        )
        yield _control(places[0])


@contextmanager
def _place(seed: int) -> Iterator[Place]:
    login = f"kanarie-{token_hex(8)}!&ü"
    with (
        start(plugin=MOODY, login_password=login) as site,
        tempfile.TemporaryDirectory() as folder,
    ):
        key = f"kanarie-{token_hex(8)}-Straße"
        source = write_zip(Path(folder) / "space.zip", _blog())
        locked = Path(folder) / "locked.zip"
        with pyzipper.AESZipFile(locked, "w", encryption=pyzipper.WZ_AES) as file:
            file.setpassword(key.encode())
            for name, data in _blog().items():
                file.writestr(name, data)
        ready, chance = Ready(), random.Random(seed)
        kept = site.snapshot()
        try:
            yield Place(site, kept, login, key, source, locked, ready, chance)
        finally:
            ready.close()


def _blog() -> dict[str, str | bytes]:
    page = post_page(
        "A post",
        "2010/9/28 21:05:09",
        '<p>Words <img src="img/1.png"></p>',
        comments={"Ann - 2010/9/29 8:01:02": "hi"},
    )
    return {"001.html": page, "img/1.png": picture(7, size=(30, 20))}


# --- the kinds of runs: each gives what it is called and how it ended

Kind = Callable[[Place, Path], tuple[str, int]]


def _moody(place: Place, folder: Path) -> tuple[str, int]:
    only = place.chance.choice([*MOODS, "", "", ""])
    place.mood(place.chance.choice((10, 30, 60, 100)), only)
    words = place.words(*(["--json"] if place.chance.random() < 0.5 else []))
    status = place.ready.run(folder, words, f"{place.site.password}\n", seconds=4)
    if place.chance.random() < 0.3:
        more = ["resume", "a.move", "--password-stdin"]
        status = place.ready.run(folder, more, f"{place.site.password}\n", seconds=3)
    return f"mood {only or 'any'}", status


def _wounded(place: Place, folder: Path) -> tuple[str, int]:
    place.mood(0)
    wound = f"{place.chance.choice(INSIDE)}:{place.chance.randint(1, 12)}"
    status = place.ready.run(
        folder, place.words(), f"{place.site.password}\n", wound, seconds=4
    )
    return wound, status


def _starved(place: Place, folder: Path) -> tuple[str, int]:
    place.mood(0)
    name = place.chance.choice(("disk", "files", "deep"))
    wound = f"{name}:{place.chance.randint(1, 14)}"
    status = place.ready.run(
        folder, place.words("--json"), f"{place.site.password}\n", wound, seconds=4
    )
    return wound, status


def _killed(place: Place, folder: Path) -> tuple[str, int]:
    place.mood(place.chance.choice((0, 0, 30)))
    sign = place.chance.choice(SIGNALS)
    after = place.chance.random() * 0.8
    status = place.ready.run(
        folder, place.words(), f"{place.site.password}\n", killed=(after, sign)
    )
    return f"signal {sign.name}", status


def _wrong_password(place: Place, folder: Path) -> tuple[str, int]:
    """The old blog's where the new one's belongs, or one that is cut off."""
    place.mood(place.chance.choice((0, 40)), "refuses")
    wrong = place.chance.choice((place.login, place.site.password[:-1]))
    more = place.chance.choice(([], ["--json"]))
    return "wrong password", place.ready.run(folder, place.words(*more), f"{wrong}\n")


def _old_blog(place: Place, folder: Path) -> tuple[str, int]:
    only = place.chance.choice(["", "fault", "fault", "dies_talking", "page", "half"])
    place.mood(place.chance.choice((0, 30, 100)), only)
    who = ["--source-user", "admin", "--source-password-stdin"]
    words, typed = ["list", place.site.url, *who, "--json"], f"{place.login}\n"
    if place.chance.random() < 0.5:
        words = place.words()
        words[1:2] = [place.site.url, *who]
        typed += f"{place.site.password}\n"
    return f"old blog {only}", place.ready.run(folder, words, typed, seconds=4)


def _locked_zip(place: Place, folder: Path) -> tuple[str, int]:
    place.mood(place.chance.choice((0, 30)))
    words = place.words(*(["--json"] if place.chance.random() < 0.5 else []))
    words[1:2] = [str(place.locked), "--source-password-stdin"]
    key = place.chance.choice((place.key, place.key, place.key[:-1], place.login))
    wound = place.chance.choice(("", "", "error:3", "abort:3", "disk:2"))
    typed = f"{key}\n{place.site.password}\n"
    status = place.ready.run(folder, words, typed, wound, seconds=5)
    return f"locked zip {wound}", status


def _afterwards(place: Place, folder: Path) -> tuple[str, int]:
    """What is done with a move that has been made: looked at, taken back, told of."""
    place.mood(0)
    typed = f"{place.site.password}\n"
    place.ready.run(folder, place.words(), typed, seconds=6)
    place.mood(place.chance.choice((0, 30, 60)))
    verb = place.chance.choice([verb for verb in COMMANDS if verb not in FIRST])
    words = [verb, "a.move", *([] if verb == "report" else ["--password-stdin"])]
    wound = place.chance.choice(("", "", "error:2", "abort:3"))
    return verb, place.ready.run(folder, words, typed, wound, seconds=4)


def _wrong_files(place: Place, folder: Path) -> tuple[str, int]:
    place.mood(0)
    (folder / "cwd").mkdir(exist_ok=True)
    for name, data in (("a.move", b"no move"), ("bad.zip", b"PK\3\4 no zip")):
        (folder / "cwd" / name).write_bytes(data)
    words = place.chance.choice(
        (
            place.words(),
            [*place.words()[:-1], "/dev/full/a.move"],
            [*place.words()[:-1], "."],
            ["move", "bad.zip", *place.words()[2:-1], "b.move"],
            ["move", "nothing.zip", *place.words()[2:-1], "b.move"],
            ["resume", "a.move", "--password-stdin"],
            ["resume", "nothing.move", "--password-stdin"],
            [*place.words()[:-1], "b.move", "--only", "nothing"],
            [*place.words()[:-1], "b.move", "--status", "nonsense"],
        )
    )
    return "wrong files", place.ready.run(folder, words, f"{place.site.password}\n")


def _wrong_address(place: Place, folder: Path) -> tuple[str, int]:
    place.mood(0)
    words = place.words("--json")
    words[3] = place.chance.choice(
        (
            f"http://127.0.0.1:{free_port()}",
            f"https://127.0.0.1:{free_port()}",
            "http://blog.invalid",
            f"{place.site.url}/nothing-here/",
            place.site.url.replace("http:", "https:"),
            "ftp://127.0.0.1/",
        )
    )
    return "wrong address", place.ready.run(folder, words, f"{place.site.password}\n")


KINDS: Sequence[Kind] = (
    *(_moody, _moody, _moody, _wounded, _wounded, _killed, _killed),
    *(_starved, _wrong_password, _old_blog, _old_blog, _wrong_files, _wrong_address),
    *(_locked_zip, _afterwards),
)


def _process(place: Place, folder: Path) -> Iterator[str]:
    """The program as a person starts it, read from outside while it works."""
    place.mood(40)
    environment = {
        **os.environ,
        **{name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "TMPDIR")},
        "PYTHONPATH": str(ROOT),
        "PYTHONDEVMODE": place.chance.choice(("", "1")),
    }
    with (
        open(folder / "out", "wb") as out,
        subprocess.Popen(
            [sys.executable, "-m", "wizard", *place.words("--json")],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        assert process.stdin
        process.stdin.write(f"{place.site.password}\n".encode())
        process.stdin.close()
        until = time.monotonic() + 1.5 + place.chance.random()
        while process.poll() is None and time.monotonic() < until:
            yield from of_process(process.pid, place.searched)
            yield from below(folder, place.searched)
            time.sleep(0.2)
        process.send_signal(place.chance.choice(SIGNALS))
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
    yield from below(folder, place.searched)


# --- a place works through its share


def _runs(place: Place, numbers: Sequence[int], real: int) -> list[str]:
    wrong = []
    for number in numbers:
        place.site.restore(place.kept)
        folder = Path(tempfile.mkdtemp(prefix="run-"))
        name, status = KINDS[number % len(KINDS)](place, folder)
        found = [*dict.fromkeys(below(folder, place.searched))]
        wrong += [f"run {number}, {name}: {trouble}" for trouble in found[:3]]
        # A signal may come before the first file.
        if status == 99 or (status >= 0 and not (folder / "err").exists()):
            wrong.append(f"run {number}, {name}: it did not run at all")
        end = f"signal {-status}" if status < 0 else f"status {status}"
        place.ends[end] = place.ends.get(end, 0) + 1
        place.count += 1
        shutil.rmtree(folder)
    for number in range(real):
        folder = Path(tempfile.mkdtemp(prefix="run-"))
        found = [*dict.fromkeys(_process(place, folder))]
        wrong += [f"process {number}: {trouble}" for trouble in found[:3]]
        place.count += 1
        shutil.rmtree(folder)
    return wrong


def _control(place: Place) -> Figure:
    """Programs that do tell their password, each in another way, are found out."""
    quiet = []
    place.mood(0)
    for wound in LEAKS:
        place.site.restore(place.kept)
        folder = Path(tempfile.mkdtemp(prefix="run-"))
        words = place.words()
        place.ready.run(folder, words, f"{place.site.password}\n", wound)
        found = {*below(folder, place.searched)}
        name = wound.partition(":")[2]
        if not found or (name and not any(f": {name}" in each for each in found)):
            quiet.append(wound)
        shutil.rmtree(folder)
    for place_name, argument, variable in (
        ("cmdline", place.site.password, ""),
        ("environ", "", place.site.password),
    ):
        with (
            subprocess.Popen(["sleep", "20"], env={"X": variable}) as told,
            subprocess.Popen(["sh", "-c", "sleep 20", argument or "x"]) as shown,
        ):
            time.sleep(0.2)
            found = {
                *of_process(told.pid, place.searched),
                *of_process(shown.pid, place.searched),
            }
            if not any(place_name in each for each in found):
                quiet.append(place_name)
            told.kill()
            shown.kill()
    return Figure(
        "Programs that tell their password: found",
        len(LEAKS) + 2,
        len(LEAKS) + 2,
        tuple(quiet),
        control=True,
    )
