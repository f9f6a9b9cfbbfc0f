"""The time that is left: true, calm, and silent until it is known."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise

import pytest

from wizard.destinations import Kind
from wizard.ui.pace import Pace

TICK = 0.1


class Run:
    """A move of which each thing takes a known time, on ``lines`` connections."""

    def __init__(self, lines: int = 4, **seconds: float) -> None:
        self.seconds = {Kind(kind): took for kind, took in seconds.items()}
        self.pace = Pace()
        self.clock = 1000.0
        self.todo: Counter[Kind] = Counter()
        self.work: list[list[Kind]] = []
        self.lines: list[tuple[str, float, list[Kind]] | None] = [None] * lines
        self.posts = 0
        self.noise = random.Random(3)

    def add(self, posts: int, photos: int = 0, comments: int = 0) -> None:
        post = [Kind.PHOTO] * photos + [Kind.COMMENT] * comments + [Kind.POST]
        self.work += [list(post) for _ in range(posts)]
        for kind in post:
            self.todo[kind] += posts

    def pass_(self, seconds: float) -> list[str]:
        """What is said at each tick meanwhile."""
        said = []
        for _ in range(round(seconds / TICK)):
            self.clock += TICK
            self.pace.look(self.clock)
            for number in range(len(self.lines)):
                self._advance(number)
            said.append(self.pace.left(self.todo))
        return said

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK)):
            self.clock += TICK
            self.pace.look(self.clock, held=True)

    def _advance(self, number: int) -> None:
        line = self.lines[number]
        if line is None:
            if self.work:
                self.posts += 1
                items = self.work.pop(0)
                self.pace.began(str(self.posts))
                due = self.clock + self._takes(items[0])
                self.lines[number] = (str(self.posts), due, items)
            return
        post, due, items = line
        if self.clock < due:
            return
        kind = items.pop(0)
        self.todo[kind] -= 1
        self.pace.settled(kind, post)
        self.lines[number] = (
            (post, self.clock + self._takes(items[0]), items) if items else None
        )

    def _takes(self, kind: Kind) -> float:
        return self.seconds[kind] * self.noise.uniform(0.6, 1.4)


def seconds(said: str) -> float:
    """How many seconds a sentence about the time names."""
    units = {"second": 1, "minute": 60, "hour": 3600}
    found = re.findall(r"(\d+) (second|minute|hour)", said)
    assert found, said
    return sum(int(number) * units[unit] for number, unit in found)


def test_nothing_is_said_before_it_can_be_known() -> None:
    run = Run(post=1.0)
    run.add(posts=500)
    assert set(run.pass_(3)) == {"Time left: working it out…"}
    assert run.pace.rate() == ""


def test_the_time_left_is_what_it_really_takes() -> None:
    run = Run(post=1.0)
    run.add(posts=1200)
    said, then = run.pass_(60)[-1], run.clock
    while +run.todo:
        run.pass_(1)
    assert abs(seconds(said) - (run.clock - then)) < 35


def test_photos_to_come_weigh_more_than_comments_that_are_done() -> None:
    run = Run(photo=4.0, comment=0.2, post=0.4)
    run.add(posts=60, comments=20)
    run.add(posts=12, photos=4)
    run.add(posts=60, photos=4)
    run.pass_(75)
    assert run.todo[Kind.COMMENT] < 200
    run.pass_(45)
    truth = sum(run.seconds[kind] * number for kind, number in run.todo.items()) / 4
    assert truth > 100
    assert abs(seconds(run.pass_(1)[-1]) - truth) < 0.3 * truth


def test_a_wait_is_no_time_in_which_things_could_be_done() -> None:
    run = Run(post=1.0)
    run.add(posts=1200)
    before = seconds(run.pass_(30)[-1])
    run.wait(600)
    assert abs(seconds(run.pass_(1)[-1]) - before) <= 60


def told_before_and_after_an_hour_of_sleep() -> tuple[float, float]:
    run = Run(post=1.0)
    run.add(posts=1200)
    before = seconds(run.pass_(30)[-1])
    run.clock += 3600
    for number, line in enumerate(run.lines):
        if line:
            run.lines[number] = (line[0], line[1] + 3600, line[2])
    return before, seconds(run.pass_(20)[-1])


def test_sleep_counts_neither_as_work_nor_as_slowness() -> None:
    before, after = told_before_and_after_an_hour_of_sleep()
    assert abs(after - before) <= 60


def test_sleep_would_spoil_the_estimate_if_the_clock_were_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("wizard.ui.pace.LOOK", float("inf"))
    before, after = told_before_and_after_an_hour_of_sleep()
    assert after > 1.5 * before or after < 0.5 * before


def test_the_time_left_never_jumps() -> None:
    run = Run(photo=3.0, post=0.3)
    run.add(posts=40, photos=8)
    run.add(posts=300)
    said = [s for s in run.pass_(200) if s.startswith("About")]
    told = [seconds(s) for s in said]
    for one, following in pairwise(told):
        assert abs(one - following) <= max(65, 0.25 * one)


def test_a_pause_keeps_what_was_learned() -> None:
    run = Run(post=1.0)
    run.add(posts=1200)
    before = seconds(run.pass_(30)[-1])
    run.pace.rest()
    run.clock += 900
    assert abs(seconds(run.pass_(1)[-1]) - before) <= 60


def test_the_end_is_near_when_nothing_is_left() -> None:
    run = Run(post=0.5)
    run.add(posts=40)
    run.pass_(60)
    assert run.pace.left(run.todo) == "Almost done"
