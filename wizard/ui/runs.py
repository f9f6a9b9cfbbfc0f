"""One run at the new blog, on a worker's thread: what it is about and how it ends."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from wizard.destinations import Destination, Kind
from wizard.move.book import WITHDRAWN
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Row, Step
from wizard.move.unsaid import Unsaid
from wizard.sources import Source

SETTLED = (State.SENT, State.REFUSED, State.LEFT_OUT)


class Task(Enum):
    """``heading`` of the page, what is said first, and how a question begins."""

    MOVE = (
        "Moving your blog",
        "Looking at what is there already…",
        "Your blog is still being moved.",
    )
    CHECK = (
        "Checking your new blog",
        "Looking at everything that was sent…",
        "Your new blog is still being looked at.",
    )
    UNDO = (
        "Taking the move back",
        "Looking at everything that was sent…",
        "The move is still being taken back.",
    )

    def __init__(self, heading: str, beginning: str, still: str) -> None:
        self.heading = heading
        self.beginning = beginning
        self.still = still


@dataclass(frozen=True, slots=True)
class Todo:
    """How many things of each kind a run has before it."""

    kinds: Mapping[Kind, int]


class Fate(Enum):
    """What happened to a thing that is not as it should be."""

    REFUSED = "refused"
    GONE = "gone"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Failure:
    """A post with which something is not as it should be. ``kinds``: how many of each
    thing; with Kind.POST among them it is the post itself. ``trouble``: the first
    reason. ``again``: trying again may help; it never does for photos the source lacks.
    """

    post: str
    title: str
    kinds: Mapping[Kind, int]
    trouble: Trouble
    again: bool
    fate: Fate = Fate.REFUSED


@dataclass(frozen=True, slots=True)
class Counted:
    """How everything stands after a run."""

    rows: list[Row]
    failures: list[Failure]


def run(
    task: Task,
    move: Move,
    source: Source | None,
    destination: Destination,
    only: Collection[str] | None,
    stop: threading.Event,
) -> Iterator[object]:
    """Todo, the events of the task, and Counted at the end."""
    match task:
        case Task.MOVE:
            assert source is not None, "the old blog has not been opened"
            yield from carry(move, source, destination, only, stop)
        case Task.CHECK:
            from wizard.move.checking import verify

            yield sent(move)
            yield from verify(move, destination, stop)
            yield counted(move)
        case Task.UNDO:
            from wizard.move.undoing import undo

            yield sent(move)
            yield from undo(move, destination, stop)
            yield counted(move)


def carry(
    move: Move,
    source: Source,
    destination: Destination,
    only: Collection[str] | None,
    stop: threading.Event,
) -> Iterator[object]:
    """The move itself."""
    from wizard.move.engine import run as carry_over

    yield todo(move, only)
    yield from carry_over(move, source, destination, stop, only=only)
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


def sent(move: Move) -> Todo:
    """What stands at the new blog, as far as this move knows."""
    return Todo(
        {
            Kind(kind): states.get(State.SENT, 0)
            for kind, states in move.counts().items()
        }
    )


def counted(move: Move) -> Counted:
    rows = move.rows()
    return Counted(rows, failures(move, rows))


def failures(move: Move, rows: Sequence[Row]) -> list[Failure]:
    """Every chosen post with which something is not as it should be, the refused first;
    and what is public and should not be, chosen or not."""
    also = {each.post for each in Unsaid.of(move).hidden}
    found = [
        failure
        for row in rows
        if row.chosen or row.trouble == WITHDRAWN or row.key in also
        for failure in _failures_of(move, row, move.steps(row.key))
    ]
    order = list(Fate)
    return sorted(found, key=lambda failure: order.index(failure.fate))


def _failures_of(move: Move, row: Row, steps: Sequence[Step]) -> Iterator[Failure]:
    for fate in Fate:
        met = [step for step in steps if _fate(step) is fate]
        if met:
            kinds = Counter(step.kind for step in met)
            # The post's own reason says more than "its post did not arrive".
            met.sort(key=lambda step: step.kind is not Kind.POST)
            why = met[0].trouble or Trouble("No reason was given.")
            again = fate is Fate.REFUSED and _may_help(move, row, met)
            yield Failure(row.key, row.title, kinds, why, again, fate)


def _fate(step: Step) -> Fate | None:
    if step.state is State.REFUSED:
        return Fate.REFUSED
    if step.gone:
        return Fate.GONE
    return Fate.NOTED if step.trouble and step.state is State.SENT else None


def _may_help(move: Move, row: Row, refused: Sequence[Step]) -> bool:
    if not row.photos_missing or any(step.kind is not Kind.PHOTO for step in refused):
        return True
    held = {photo.address for photo in move.post(row.key).photos if photo.found}
    return any(step.key in held for step in refused)
