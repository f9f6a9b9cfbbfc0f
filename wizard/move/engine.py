"""The move as a generator of events: a small pool of threads, one writer, exactly once.

Stopping it is pausing; running it again goes on where it was and is also the retry.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing

from wizard.destinations import Destination, Kind
from wizard.errors import MoveFileError
from wizard.move.asking import Asker
from wizard.move.book import Book
from wizard.move.carrying import Carrier
from wizard.move.checking import findings
from wizard.move.crew import Crew
from wizard.move.events import (
    Began,
    Event,
    ItemSettled,
    PostBegan,
    PostSettled,
    State,
)
from wizard.move.file import Move
from wizard.move.patience import Patience, Stopped
from wizard.move.presence import Presence
from wizard.move.records import Step
from wizard.move.undoing import BEGUN
from wizard.move.verdict import verdict
from wizard.sources import Source

CONNECTIONS = 4


def run(
    move: Move,
    source: Source,
    destination: Destination,
    stop: threading.Event,
    *,
    only: Collection[str] | None = None,
    connections: int = CONNECTIONS,
    patience: Patience | None = None,
) -> Generator[Event, None, None]:
    """Carry every chosen post over, or those with the keys in ``only``.

    ``destination`` has been checked. Set ``stop`` to pause: what is under way is
    brought to a safe point and ``Ended(paused=True)`` comes last. Raises MoveFileError
    at once if this move has begun towards another destination.
    """
    bind(move, destination)
    move.note(BEGUN, "")
    # Whatever else a later version may choose, this move goes on as it began.
    move.choices = move.choices
    patience = patience or Patience()
    counter = _Counter(move, only)
    yield counter.began()
    with Crew(stop, connections) as crew:
        asker = Asker(move, destination, crew.halt, crew.tell, patience)

        def settle(step: Step, was: State) -> None:
            with telling:  # in the order in which they were counted
                crew.tell(counter.settled(step, was))

        book = Book(move, settle)
        carrier = Carrier(move, source, destination, asker, book)
        presence = Presence(move, destination, asker, patience, crew.give_up)
        keys = [key for key in move.chosen_keys() if only is None or key in only]
        taking, telling = threading.Lock(), threading.Lock()

        def begin() -> None:
            move.note("in parts", "yes")
            presence.begin(carrier.kinds)
            carrier.look_around()

        def with_each(
            keys: Iterator[str], do: Callable[[str], Step]
        ) -> Iterator[Event]:
            def work() -> None:
                while not crew.halt.is_set():
                    with taking:
                        key = next(keys, None)
                    if key is None:
                        return
                    crew.tell(PostBegan(key))
                    step = do(key)
                    address = step.remote.address if step.remote else ""
                    crew.tell(PostSettled(key, step.state, address, step.trouble))
                raise Stopped

            return crew.work(*[work] * connections)

        def audit() -> None:
            asker.settle_all()
            posts = carrier.there.unchanged
            found = findings(move, destination, asker, crew, tidy=True, posts=posts)
            for step, state, trouble in found:
                if (step.state, step.trouble) != (state, trouble):
                    book.end(step, state, trouble)

        def end() -> None:
            presence.end()
            asker.finish()

        with closing(presence):
            yield from crew.work(begin)
            if not crew.halt.is_set():
                yield from with_each(iter(keys), carrier.carry)
            if not crew.halt.is_set():
                # Links may lead to a post that came after theirs.
                yield from with_each(carrier.mending.waiting(), carrier.mend)
            if not crew.halt.is_set():
                yield from crew.work(audit)
            yield from crew.work(end)
    yield crew.ended(verdict(move))


def bind(move: Move, destination: Destination) -> None:
    """Note where this move goes; raises MoveFileError if it goes elsewhere already."""
    bound = move.noted("bound")
    if bound and bound != destination.address and move.counts():
        raise MoveFileError(
            f"This move has begun towards {bound}.",
            "Choose that blog again, or start a new move for the other one.",
        )
    move.note("bound", destination.address)


class _Counter:
    """How many items are settled, of a total that never changes during a run; one
    thread counts at a time."""

    def __init__(self, move: Move, only: Collection[str] | None) -> None:
        rows = [r for r in move.rows() if r.chosen and (only is None or r.key in only)]
        self._total = sum(1 + row.photos + row.comments for row in rows)
        self._done, moved = 0, move.moved()
        for row in rows:
            sent = moved.get(row.key, {})
            # What the old blog has taken away since is in no total.
            for kind, most in (
                (Kind.POST, 1),
                (Kind.PHOTO, row.photos),
                (Kind.COMMENT, row.comments),
            ):
                self._done += min(sent.get(kind, 0), most)

    def began(self) -> Began:
        return Began(self._total, self._done)

    def settled(self, step: Step, was: State) -> ItemSettled:
        if was is not State.SENT:
            self._done += 1
        return ItemSettled(
            step.kind,
            step.key,
            step.post,
            step.state,
            step.trouble,
            min(self._done, self._total),
            self._total,
        )
