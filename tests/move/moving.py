"""One blog on its way from memory to memory, and what its events must add up to."""

from __future__ import annotations

import threading
from collections.abc import Generator

from tests.move.doubles import (
    HASTY,
    NewBlog,
    OldBlog,
    entry,
)
from wizard.blog import Post
from wizard.destinations import Kind
from wizard.move.engine import run
from wizard.move.events import (
    Began,
    Ended,
    Event,
    ItemSettled,
)
from wizard.move.file import Move
from wizard.move.reading import read


class Moving:
    """One old blog on its way to one new blog."""

    def __init__(self, move: Move, *posts: Post) -> None:
        self.move = move
        self.source = OldBlog(posts)
        self.blog = NewBlog()
        self.stop = threading.Event()
        self.patience = HASTY
        self.read()

    def read(self) -> None:
        list(read(self.move, self.source, threading.Event()))

    def begin(self, **options: object) -> Generator[Event, None, None]:
        return run(
            self.move,
            self.source,
            self.blog,
            self.stop,
            patience=self.patience,
            **options,  # type: ignore[arg-type]
        )

    def go(self, **options: object) -> list[Event]:
        return list(self.begin(**options))

    def thing(self, kind: Kind, number: int = 0):  # type: ignore[no-untyped-def]
        return self.blog.of(kind)[number].thing


def threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("move")]


def of(kind: type, events: list[Event]) -> list:  # type: ignore[type-arg]
    return [event for event in events if isinstance(event, kind)]


def ending(events: list[Event]) -> Ended:
    assert isinstance(events[-1], Ended)
    assert len(of(Ended, events)) == 1
    return events[-1]


def check_totals(events: list[Event]) -> None:
    """The total never changes, the number only grows, and an undisturbed run ends full."""
    began = events[0]
    assert isinstance(began, Began)
    settled = of(ItemSettled, events)
    numbers = [began.done, *(item.done for item in settled)]
    assert {item.total for item in settled} <= {began.total}
    assert numbers == sorted(numbers)
    if not ending(events).paused:
        assert numbers[-1] == began.total


def blog_of(number: int) -> list[Post]:
    return [entry(n, photos=n % 3, comments=n % 4) for n in range(number)]
