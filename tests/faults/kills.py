"""The program killed before, amid and after every durable step and every request, on its way to a real WordPress.

Each killed move is resumed, many are killed again while they recover, and at the end
the whole site must be as if nothing had happened.
"""

from __future__ import annotations

import itertools
import math
import multiprocessing
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.faults.blindness import HARM, without_a_look
from tests.faults.dying import DONE, Errand, FailingNetwork, go
from tests.faults.figures import Figure
from tests.faults.site_picture import (
    Things,
    differences,
    seen,
    site_picture,
    tidy,
    watch,
)
from tests.faults.small_blog import small_blog
from tests.move.doubles import OldBlog
from tests.move.whole_site import everything
from tests.wordpress import start
from wizard.blog import Status
from wizard.destinations import NewPost, Remote, Thing
from wizard.destinations.wordpress import WordPress

SITES = 2
RUNS = 8  # after so many a move that is only killed must have come to its end
KILLED = -9


@dataclass(frozen=True, slots=True)
class Case:
    """Kills at these points of one run after the other; 0 is a run left alone."""

    deadly: tuple[int, ...]
    connections: int = 1
    harm: str = ""  # which protection is off
    network: int | None = None  # seed of a failing one
    whole: bool = False  # look at the site over REST, too

    def __str__(self) -> str:
        network = "" if self.network is None else f", failing network {self.network}"
        points = ", ".join(map(str, self.deadly))
        return f"killed at {points} with {self.connections} connections{network}"


@dataclass(frozen=True, slots=True)
class Ending:
    """How one case ended: what is ``wrong``, and how many of its kills took place."""

    case: Case
    wrong: str
    kills: int


def figures(scale: float, seed: int) -> Iterator[Figure]:
    dice = random.Random(seed)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(SITES, mp_context=context) as pool:
        one = pool.submit(points, 1).result()
        for name, floor, cases in (*_cases(len(one), scale, dice), *_controls(one)):
            share = max(1, math.ceil(len(cases) * scale))
            endings = list(pool.map(run, dice.sample(cases, share)))
            yield _figure(name, max(1, int(floor * scale)), endings)


def _cases(
    points: int, scale: float, dice: random.Random
) -> Iterator[tuple[str, int, list[Case]]]:
    """Each point equally often, as far as that goes."""

    def some(number: int) -> list[int]:
        order = dice.sample(range(1, points + 1), points)
        return (order * (number // points + 1))[:number]

    def later() -> tuple[int, ...]:
        return tuple(dice.randint(1, points) for _ in range(dice.choice((1, 1, 2))))

    once = [Case((n,), dice.choice((1, 1, 4)), whole=n % 9 == 0) for n in some(60)]
    yield "killed once", 60, once
    again = [
        Case((n, *later()), dice.choice((1, 1, 4)), whole=n % 9 == 0)
        for n in some(max(points, 500))
    ]
    yield "killed at every point, and again while recovering", 500, again
    ten = [
        Case(
            tuple(dice.randint(1, points // 8) for _ in range(10)),
            dice.choice((1, 4)),
            network=dice.randrange(10**6),
            whole=True,
        )
        for _ in range(10)
    ]
    if scale > 0.05:  # tests/move/test_killed.py is enough otherwise
        yield "killed ten times in a row, the network failing in between", 10, ten


def _controls(one: Sequence[str]) -> Iterator[tuple[str, int, list[Case]]]:
    """Where the harm must show: a kill after something was made and before it was
    written down; and any kill of a move that publishes first."""
    made = [
        number + 1
        for number, (name, then) in enumerate(itertools.pairwise(one))
        if name.startswith(tuple(f"after send POST /wp/v2/{kind}" for kind in MADE))
        and then == "before a durable step"
    ]
    # WordPress itself takes the same comment only once.
    twice = [n for n in made if "/comments" not in one[n - 1]]
    blind = [Case((n,), harm="blind") for n in twice]
    yield "sent again without looking", len(twice), blind
    yield "published first", len(made), [Case((n,), harm="hasty") for n in made]


# What must be said of a move that lacks this protection.
_HARM = {"blind": HARM, "hasty": "public"}
MADE = ("posts draft", "media", "comments ")


def _figure(name: str, floor: int, endings: list[Ending]) -> Figure:
    control = bool(endings[0].case.harm)
    wrong = [
        f"{ending.case}: {ending.wrong[:500] or 'it ended well'}"
        for ending in endings
        if (_HARM[ending.case.harm] not in ending.wrong if control else ending.wrong)
    ]
    kills = sum(ending.kills for ending in endings)
    return Figure(name, len(endings), floor, tuple(wrong), control, f"{kills} SIGKILLs")


# In a process with a site of its own


@dataclass(frozen=True, slots=True)
class Bench:
    """One site, how it is when it is empty, and a move file's place."""

    errand: Errand
    empty: Path


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a move that nobody disturbs makes of the site, and where it could die."""

    picture: Things
    whole: dict[str, object]
    points: tuple[str, ...]


@cache
def bench() -> Bench:
    """The site of this process; it ends with it."""
    site = _stack().enter_context(start())
    tidy(site)
    watch(site)
    folder = Path(tempfile.mkdtemp(dir=site.folder))
    return Bench(Errand(site, _blog(1), folder / "a.move"), site.snapshot())


@cache
def _stack() -> ExitStack:
    return ExitStack()


@cache
def undisturbed(connections: int) -> Undisturbed:
    here = bench()
    blog, site = _blog(connections), here.errand.site
    errand = replace(here.errand, source=blog, connections=connections)
    told = errand.path.with_name("told")
    assert go(errand, told=told) == DONE
    assert not seen(site, blog)
    points = tuple(told.read_text().splitlines())
    picture = site_picture(site)
    kinds = Counter(thing[0] for thing in picture.elements())
    assert (kinds["post"], kinds["attachment"]) == (4, len(blog.pictures) - twins(blog))
    there = Undisturbed(picture, dict(everything(site)), points)
    _begin_anew(errand, here.empty)
    return there


def twins(blog: OldBlog) -> int:
    """How many pictures are there under another name already."""
    return len(blog.pictures) - len(set(blog.pictures.values()))


def _blog(connections: int) -> OldBlog:
    return small_blog(twins=connections == 1)


def _begin_anew(errand: Errand, empty: Path) -> None:
    errand.site.restore(empty)
    for file in errand.path.parent.glob("a.move*"):
        file.unlink()


def points(connections: int) -> tuple[str, ...]:
    """Every place where an undisturbed move can die, in order."""
    return undisturbed(connections).points


def run(case: Case) -> Ending:
    """Kill, resume, and look at what is there."""
    here = bench()
    there = undisturbed(case.connections)
    blog, site = _blog(case.connections), here.errand.site
    errand = replace(here.errand, source=blog, connections=case.connections)
    kills, status = 0, KILLED
    try:
        for number in range(RUNS + len(case.deadly)):
            deadly = dict(enumerate(case.deadly)).get(number, 0)
            network = case.network if number < len(case.deadly) else None
            status = go(errand, deadly=deadly, prepare=_setting(case, network, number))
            kills += status == KILLED
            # What has come to its end before it could be killed is not begun again.
            if status == DONE:
                break
        wrong = [] if status == DONE else [f"it did not end ({status})"]
        wrong += differences(there.picture, site_picture(site)) + seen(site, blog)
        if case.whole and not wrong and everything(site) != there.whole:
            wrong.append("REST shows something else")
    except Exception as surprise:
        wrong = [f"{type(surprise).__name__}: {surprise}"]
    finally:
        _begin_anew(errand, here.empty)
    return Ending(case, "; ".join(wrong), kills)


def _setting(case: Case, network: int | None, number: int) -> Callable[[], None]:
    def prepare() -> None:
        # Before it is killed it does what it always does, or it would die elsewhere.
        if case.harm == "blind" and number:
            without_a_look().__enter__()
        elif case.harm == "hasty":
            WordPress.create = _in_public  # type: ignore[method-assign]
        if network is not None:
            FailingNetwork(random.Random(f"{network} {number}")).install()

    return prepare


_create = WordPress.create


def _in_public(there: WordPress, thing: Thing, marker: str) -> Remote:
    remote = _create(there, thing, marker)
    if isinstance(thing, NewPost):
        early = replace(thing, status=Status.PUBLISH)
        remote = there.update(remote, early, marker)
    return remote
