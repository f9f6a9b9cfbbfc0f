"""The way one thing is sent exactly once, as a small model: every order of events is tried.

Requests take effect or are lost, and a computer may die at any moment. Where every
request takes effect before one may take it for lost, one computer never makes a second
copy. Where it may take any time, a box in the middle repeats it and two computers with
a file each send the same post, there are never two that people see, and one at the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from tests.faults.figures import Figure

DRAFT, PUBLIC, AWAY = "draft", "public", "taken away"
FLOOR = 1000


@dataclass(frozen=True, slots=True)
class Rules:
    """What the protocol keeps to; ``delta``: requests take effect in time, if ever,
    which no server promises."""

    delta: bool = True
    journal: bool = True
    look: bool = True
    settle: bool = True
    guard: bool = True
    lease: bool = True


class World(NamedTuple):
    """``rows``: the copies at the destination. ``under_way``: requests to make one that
    had no effect yet, by computer. ``files``: the phase each knows, and its number.
    ``at``: where in its work each computer is, "" where it does not run."""

    rows: tuple[str, ...] = ()
    under_way: tuple[int, int] = (0, 0)
    files: tuple[tuple[str, int], tuple[str, int]] = (("todo", -1), ("todo", -1))
    at: tuple[str, str] = ("", "")
    kills: int = 3
    sends: int = 4
    repeats: int = 1


Step = tuple[str, World]


def search(rules: Rules) -> tuple[int, tuple[str, ...]]:
    """How many states there are, and the shortest way to one that must not be."""
    first = World()
    before: dict[World, Step | None] = {first: None}
    queue = deque([first])
    while queue:
        world = queue.popleft()
        steps = list(_steps(world, rules))
        if wrong := _harm(world, rules, over=not steps):
            way = [wrong]
            at: World | None = world
            while at and (step := before[at]):
                way.append(step[0])
                at = step[1]
            return len(before), tuple(reversed(way))
        for what, after in steps:
            if after not in before:
                before[after] = (what, world)
                queue.append(after)
    return len(before), ()


def _harm(world: World, rules: Rules, *, over: bool) -> str:
    public = world.rows.count(PUBLIC)
    if public > 1:
        return "it is public twice"
    for phase, number in world.files:
        if phase == "done" and world.rows[number] != PUBLIC:
            return "it is told to be there, and is not"
    if rules.delta and public + world.rows.count(DRAFT) > 1:
        return "it is there twice"
    if over and not any(world.at) and (public != 1 or DRAFT in world.rows):
        return "it is lost, or a second copy stays"
    return ""


def _steps(world: World, rules: Rules) -> Iterator[Step]:
    """Whatever can happen next."""
    for me in (0,) if rules.delta else (0, 1):
        who = "AB"[me]
        if world.under_way[me]:
            fewer = _with(world, under_way=(me, world.under_way[me] - 1))
            made = fewer._replace(rows=(*world.rows, DRAFT))
            yield f"a request of {who} takes effect", made
            yield f"a request of {who} is lost", fewer
            if world.at[me] == "await":
                heard = _with(made, files=(me, ("made", len(world.rows))))
                yield f"{who} hears of it", _with(heard, at=(me, "guard"))
            if world.repeats and not rules.delta:
                more = _with(world, under_way=(me, world.under_way[me] + 1))
                yield "a box repeats it", more._replace(repeats=world.repeats - 1)
        if world.at[me] and world.kills:
            dead = _with(world, at=(me, ""))
            yield f"{who} dies", dead._replace(kills=world.kills - 1)
        for what, after in _work(world, rules, me):
            yield f"{who} {what}", after


def _work(world: World, rules: Rules, me: int) -> Iterator[Step]:
    """What one computer does next."""
    phase, number = world.files[me]
    pending = any(world.under_way) and rules.delta and rules.settle
    match world.at[me]:
        case "":
            free = not (rules.lease and world.at[1 - me])
            tidy = DRAFT in world.rows or phase != "done"
            if free and tidy:
                yield "starts", _with(world, at=(me, "look around"))
        case "look around":
            at = "settle" if phase == "sent" else "intent"
            known = _best(world) if rules.look else None
            if phase == "done":
                yield "has done it", _with(world, at=(me, "sweep"))
            elif phase == "made" and not rules.guard:
                yield "goes on", _with(world, at=(me, "publish"))
            elif known is not None:
                yield "recognises it", _made(world, me, known)
            elif phase != "made":
                yield "sees none", _with(world, at=(me, at))
            else:
                yield "goes on", _with(world, at=(me, "guard"))
        case "intent":
            noted = _with(world, files=(me, ("sent", -1))) if rules.journal else world
            yield "notes its intent", _with(noted, at=(me, "send"))
        case "send" if world.sends:
            sent = _with(world, under_way=(me, world.under_way[me] + 1))
            yield "sends", _with(sent._replace(sends=world.sends - 1), at=(me, "await"))
        case "await":
            yield "hears nothing", _with(world, at=(me, "settle"))
        case "settle" if not pending:
            known = _best(world) if rules.look else None
            if known is None:
                yield "finds none", _with(world, at=(me, "send"))
            else:
                yield "finds it", _made(world, me, known)
        case "guard":
            ours = world.rows[number] != AWAY
            if ours:
                yield (
                    "sees that it is one",
                    _with(_alone(world, number), at=(me, "publish")),
                )
        case "publish":
            rows = tuple(PUBLIC if n == number else r for n, r in enumerate(world.rows))
            done = _with(world._replace(rows=rows), files=(me, ("done", number)))
            yield "publishes", _with(world._replace(rows=rows), at=(me, "read back"))
            yield "publishes and notes it", _with(done, at=(me, "sweep"))
        case "read back":
            done = _with(world, files=(me, ("done", number)))
            yield "reads it back", _with(done, at=(me, "sweep"))
        case "sweep" if not pending:
            yield "takes copies away", _with(_alone(world, number), at=(me, ""))


def _best(world: World) -> int | None:
    """Of several copies the finished one, else the oldest."""
    for status in (PUBLIC, DRAFT):
        if status in world.rows:
            return world.rows.index(status)
    return None


def _made(world: World, me: int, number: int) -> World:
    return _with(_with(world, files=(me, ("made", number))), at=(me, "guard"))


def _alone(world: World, ours: int) -> World:
    rows = (
        AWAY if n != ours and row == DRAFT else row for n, row in enumerate(world.rows)
    )
    return world._replace(rows=tuple(rows))


def _with(world: World, **changes: tuple[int, object]) -> World:
    """The world with one computer's part of each of these changed."""
    new = {}
    for name, (me, value) in changes.items():
        both = list(getattr(world, name))
        both[me] = value
        new[name] = tuple(both)
    return world._replace(**new)


def figures(scale: float, seed: int) -> Iterator[Figure]:
    del scale, seed  # every order is tried, always
    whole = Rules()
    for name, rules in (
        ("orders of events, answers in time", whole),
        ("orders of events, any delay", replace(whole, delta=False)),
    ):
        states, way = search(rules)
        floor = 200 if rules.delta else FLOOR
        yield Figure(name, states, floor, (" → ".join(way),) if way else ())
    for name, rules in BROKEN.items():
        states, way = search(rules)
        found = () if way else (f"no harm in {states} states",)
        yield Figure(
            f"orders of events, {name}", 1, 1, found, control=True, note=" → ".join(way)
        )


BROKEN = {
    "no settling": Rules(settle=False),
    "blind repetition": Rules(look=False),
    "no journal": Rules(journal=False),
    "no guard before publishing": Rules(delta=False, guard=False),
    "no lease": Rules(delta=False, lease=False),
}
