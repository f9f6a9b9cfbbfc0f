"""Small blogs moved through a network that does everything wrong, killed on the way, and compared."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import queue
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess

from tests.faults.chaos_controls import HARM
from tests.faults.chaos_driver import UNDONE, drive
from tests.faults.chaos_sites import Arena, Passer, arena, blog
from tests.faults.figures import Figure
from tests.faults.messages import Request
from tests.faults.network_kinds import KINDS, Kind, at_random
from tests.faults.site_picture import differences

SITES = 2
SHARES = (0.05, 0.25, 0.5)
DISTURBED_STARTS = 3  # how often a person starts it again while all goes wrong
HEALED_STARTS = 4
_LONGEST = 45.0  # seconds for one start while all goes wrong
_numbers = itertools.count()
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.faults.chaos_driver"])


@dataclass(frozen=True, slots=True)
class Job:
    """What one move goes through: faults of these ``kinds`` in this ``share`` of its
    requests, and so many kills. ``change``: a protection that is off."""

    name: str
    kinds: tuple[Kind, ...]
    share: float
    seed: int
    kills: int = 0
    change: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One move. ``wrong``: what must not have happened; ``said``: all that was told."""

    job: Job
    wrong: tuple[str, ...]
    faults: Counter[str]
    requests: int
    kills: int
    looks: int
    trashed: int
    said: str


def move_through(arena: Arena, job: Job) -> Run:
    """Move the blog to a fresh site through these faults, heal the network, go on
    until it is done, and look at what there is."""
    old, proxy, dice = blog(), arena.proxy, random.Random(job.seed)
    number = next(_numbers)
    path, said = (arena.path(f"{number}.{end}") for end in ("move", "said"))
    said.touch()
    arena.restore()
    proxy.begin(at_random(job.seed, job.share, job.kinds))
    killed, wrong, started = 0, [], []

    def start() -> BaseProcess:
        arguments = (arena.place, path, old, said, job.change)
        process = _processes.Process(target=drive, args=arguments)
        process.start()
        started.append(process)
        return process

    with Passer(arena.site, old) as stranger:
        for _ in range(job.kills):
            process, until = start(), proxy.heard + dice.randint(3, 60)
            while process.is_alive() and proxy.heard < until:
                time.sleep(0.005)
            time.sleep(dice.uniform(0, 0.03))
            killed += _kill(process)
        for _ in range(DISTURBED_STARTS):
            process = start()
            process.join(_LONGEST)
            if not _kill(process) and process.exitcode == 0:
                break
        counts, heard = proxy.counts, proxy.heard
        proxy.begin(at_random(0, 0))
        for _ in range(HEALED_STARTS):
            process = start()
            process.join(4 * _LONGEST)
            if not _kill(process) and process.exitcode == 0:
                break
        else:
            wrong.append("it does not end")
    wrong += _broke_down(started)
    words = said.read_text()
    if arena.undisturbed:
        wrong += differences(arena.undisturbed, arena.picture())
    wrong += arena.seen(old, strict='"refused"' not in words) + stranger.scandals
    wrong += [f"the password went elsewhere: {place}" for place in proxy.strangers]
    proxy.strangers.clear()
    return Run(
        job,
        tuple(wrong),
        counts,
        heard,
        killed,
        stranger.looks,
        arena.trashed(),
        words,
    )


def _broke_down(processes: Sequence[BaseProcess]) -> list[str]:
    fine = (0, UNDONE, -signal.SIGKILL)
    return [
        f"the program broke down ({process.exitcode})"
        for process in processes
        if process.exitcode not in fine
    ]


def _kill(process: BaseProcess) -> bool:
    """Whether it was still there to be killed."""
    alive = process.is_alive()
    if alive:
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return alive


def told_rightly(run: Run, kind: Kind) -> list[str]:
    """What the person should have read of this fault and has not."""
    lines = [json.loads(line) for line in run.said.splitlines()]
    words = {f"{line['title']} {line['hint']}" for line in lines}
    wrong = [f"unplanned words: {it}" for it in words if "unexpected" in it.lower()]
    if kind.told and run.faults and not any(re.search(kind.told, it) for it in words):
        wrong.append(f"not told of it, but {sorted(words)[:3]}")
    return wrong


def runs(jobs: Sequence[Job]) -> Iterator[Run]:
    """Do all of them, several sites at a time."""
    sites: queue.SimpleQueue[Arena] = queue.SimpleQueue()
    with ExitStack() as stack:
        for _ in range(min(SITES, len(jobs))):
            site = stack.enter_context(arena())
            run = move_through(site, Job("undisturbed", (), 0, 0))
            assert not run.wrong, run
            site.undisturbed = site.picture()
            sites.put(site)

        def do(job: Job) -> Run:
            site = sites.get()
            try:
                return move_through(site, job)
            finally:
                sites.put(site)

        pool = stack.enter_context(ThreadPoolExecutor(SITES))
        yield from pool.map(do, jobs)


def figures(scale: float, seed: int) -> Iterator[Figure]:
    """Every kind alone; all of them mixed, with two kills a move; and the controls."""
    done = list(runs(_alone(scale, seed) + _mixed(scale, seed)))
    names = {kind.name: kind for kind in KINDS}
    single = [run for run in done if run.job.name in names]
    kinds = {run.job.name for run in single if run.faults}
    yield Figure(
        "kinds of network and server faults, each alone",
        len(kinds),
        40,
        _wrong(single),
        note=f"{len(single)} moves to a real WordPress",
    )
    wrong = [
        f"{run.job.name}: {words}"
        for run in single
        for words in told_rightly(run, names[run.job.name])
    ]
    spoken = {name for name in kinds if names[name].told}
    yield Figure(
        "kinds of faults told in words that fit", len(spoken), 30, tuple(wrong)
    )
    for share in SHARES:
        some = [run for run in done if run.job.name == _mix(share)]
        yield Figure(
            f"moves through all faults at {share:.0%} of the requests, killed on the way",
            len(some),
            4,
            _wrong(some),
            note=f"{sum(run.kills for run in some)} kills",
        )
    faults = sum(run.faults.total() for run in done)
    yield Figure(
        "network and server faults injected; lost, doubled or public by mistake",
        faults,
        5000,
        _wrong(done),
        note=f"in {sum(run.requests for run in done):,} requests; "
        f"{sum(run.trashed for run in done)} late copies found in the trash",
    )
    yield Figure(
        "looks at what is public while all goes wrong",
        sum(run.looks for run in done),
        5000,
        tuple(it for it in _wrong(done) if "public" in it),
    )
    yield from controls(seed)


def _mix(share: float) -> str:
    return f"all kinds at {share:.0%}"


def _alone(scale: float, seed: int) -> list[Job]:
    """At a small scale only some of the kinds, which ones is the seed's choice."""
    jobs = [
        Job(kind.name, (kind,), share, seed + turn)
        for turn, share in enumerate((0.35, 0.2))
        for kind in KINDS
    ]
    dice = random.Random(seed)
    return dice.sample(jobs, max(1, round(len(jobs) * min(scale, 1))))


def _mixed(scale: float, seed: int) -> list[Job]:
    return [
        Job(_mix(share), KINDS, share, seed * 1000 + number, kills=2)
        for share, moves in zip(SHARES, (8, 30, 30), strict=True)
        for number in range(max(1, round(moves * scale)))
    ]


def _wrong(done: Sequence[Run]) -> tuple[str, ...]:
    return tuple(
        f"{run.job.name} (seed {run.job.seed}): {words}"
        for run in done
        for words in run.wrong
    )


def controls(seed: int, *names: str, turns: int = 5) -> Iterator[Figure]:
    """Without a protection the same faults must do harm, at least in one of so many
    ``turns``: in a small move none may hit what the protection is for."""
    kinds = {kind.name: kind for kind in KINDS}

    def only(fault: str, route: str) -> Kind:
        def fits(request: Request) -> bool:
            return request.makes and request.route == route

        return replace(kinds[fault], fits=fits) if route else kinds[fault]

    harmless = [name for name in HARM if not names or name in names]
    tried: Counter[str] = Counter()
    for turn in range(turns):
        jobs = [
            Job(name, (only(*HARM[name][:2]),), 0.5, seed + turn, change=name)
            for name in harmless
        ]
        for run in runs(jobs):
            name = run.job.name
            tried[name] += 1
            if any(HARM[name][2] in words for words in run.wrong):
                harmless.remove(name)
    for name, count in tried.items():
        wrong = (f"{HARM[name][0]} did no harm",) if name in harmless else ()
        yield Figure(f"control: {name}", count, 1, wrong, control=True)
