"""One run at the new blog, on a worker's thread: what it is about and how it ends."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from wizard.destinations import Destination, Kind
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Row, Step
from wizard.sources import Source

SETTLED = (State.SENT, State.REFUSED, State.LEFT_OUT)


class Task(Enum):
    """``heading`` of the page, what is said first, and how a question begins."""

    MOVE = (
        "Moving your blog",
        "Looking at what is there already…",
        "Your blog is still being moved.",
    )

    def __init__(self, heading: str, beginning: str, still: str) -> None:
        self.heading = heading
        self.beginning = beginning
        self.still = still


@dataclass(frozen=True, slots=True)
class Todo:
    """How many things of each kind a run has before it."""

    kinds: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """A post of which something did not arrive. ``kinds``: how many of each; with
    Kind.POST among them it is the post itself. ``trouble``: the first reason.
    ``again``: trying again may help; it never does for photos the source lacks."""

    post: str
    title: str
    kinds: Mapping[Kind, int]
    trouble: Trouble
    again: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How everything stands after a run."""

    rows: list[Row]
    failures: list[Failure]


def carry(
    move: Move,
    source: Source,
    destination: Destination,
    only: Collection[str] | None,
    stop: threading.Event,
) -> Iterator[object]:
    """Todo, the engine's events, and Counted at the end."""
    from wizard.move.engine import run

    yield todo(move, only)
    yield from run(move, source, destination, stop, only=only)
    yield counted(move)


def todo(move: Move, only: Collection[str] | None) -> Todo:
    """What is chosen and not settled."""
    rows = [r for r in move.rows() if r.chosen and (only is None or r.key in only)]
    kinds = Counter(
        {
            Kind.POST: len(rows),
            Kind.PHOTO: sum(row.photos for row in rows),
            Kind.COMMENT: sum(row.comments for row in rows),
        }
    )
    if only is None:
        for kind, states in move.counts().items():
            kinds[Kind(kind)] -= sum(states.get(state, 0) for state in SETTLED)
    else:
        steps = (step for row in rows for step in move.steps(row.key))
        kinds.subtract(step.kind for step in steps if step.state is State.SENT)
    return Todo(+kinds)


def counted(move: Move) -> Counted:
    rows = move.rows()
    return Counted(rows, failures(move, rows))


def failures(move: Move, rows: Sequence[Row]) -> list[Failure]:
    """Every chosen post of which something was refused."""
    if not any(states.get(State.REFUSED) for states in move.counts().values()):
        return []
    found = []
    for row in rows:
        refused = [
            step
            for step in (move.steps(row.key) if row.chosen else ())
            if step.state is State.REFUSED
        ]
        if refused:
            kinds = Counter(step.kind for step in refused)
            # The post's own reason says more than "its post did not arrive".
            refused.sort(key=lambda step: step.kind is not Kind.POST)
            why = refused[0].trouble or Trouble("No reason was given.")
            again = _may_help(move, row, refused)
            found.append(Failure(row.key, row.title, kinds, why, again))
    return found


def _may_help(move: Move, row: Row, refused: Sequence[Step]) -> bool:
    if not row.photos_missing or any(step.kind is not Kind.PHOTO for step in refused):
        return True
    held = {photo.address for photo in move.post(row.key).photos if photo.found}
    return any(step.key in held for step in refused)
