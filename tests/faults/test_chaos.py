"""A part of what `chaos` does at full scale: every protection must matter, and none may fail."""

from __future__ import annotations

import random
import time

from tests.faults.chaos import Job, Run, controls, runs, told_rightly
from tests.faults.messages import Request
from tests.faults.network_kinds import KINDS, at_random

SOME = 2  # kinds alone; others every time


def fine(run: Run) -> None:
    assert not run.wrong, (run.job.name, run.job.seed, run.wrong, run.faults)


def test_there_are_many_kinds_and_each_has_a_name_of_its_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 40


def test_what_happens_follows_from_the_seed_the_number_and_the_place() -> None:
    post = Request("POST", "/wp-json/wp/v2/posts?x=1", (), b"{}")
    page = Request("GET", "/", (), b"")

    def course(seed: int, request: Request) -> list[str]:
        policy = at_random(seed, 0.5)
        chosen = (policy(number, request) for number in range(99))
        return [name for name, _ in filter(None, chosen)]

    assert course(1, post) == course(1, post) != course(2, post)
    assert 30 < len(course(1, post)) < 70
    assert course(1, page) == []


def test_moves_through_everything_that_can_happen_end_as_if_nothing_had() -> None:
    seed = int(time.time())
    alone = random.Random(seed).sample(KINDS, SOME)
    jobs = [Job(kind.name, (kind,), 0.3, seed) for kind in alone]
    jobs.append(Job("mixed", KINDS, 0.25, seed, kills=2))
    done = list(runs(jobs))
    for run in done:
        fine(run)
    for run, kind in zip(done, alone, strict=False):
        assert not told_rightly(run, kind), (kind.name, seed)
    assert sum(run.faults.total() for run in done) > 20


def test_without_a_protection_the_same_faults_do_harm() -> None:
    names = "sends no sum", "takes anything for a yes"
    told = list(controls(1, *names))
    assert len(told) == len(names)
    for figure in told:
        assert figure.fine, figure.wrong
