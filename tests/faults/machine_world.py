"""The world of the machine of moves: a new blog whose answers go wrong as planned, a clock that is only told, and a book of what people did there."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from types import SimpleNamespace
from typing import TypeVar

import pytest

from tests.move import fates
from tests.move.doubles import NewBlog, Row, entry
from wizard.blog import Post, Status
from wizard.content import pictures
from wizard.destinations import (
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    NewTerm,
    Remote,
    Thing,
)
from wizard.errors import Refused, SignInFailed
from wizard.move import asking, checking, crew, patience, photos
from wizard.move.patience import Patience

Result = TypeVar("Result")
# A beat is so long that the thread that gives it never does: time passes as told here.
PATIENCE = Patience(beat=3600)
AT_WORK = "Moving Day is at work here"
FATES: dict[str, fates.Fate] = {
    "lost": fates.lost,
    "unanswered": fates.unanswered,
    "twice": fates.twice,
    "throttled": fates.throttled,
    "overloaded": fates.overloaded,
    "redirected": fates.redirected,
    "unreachable": fates.unreachable,
    "refused": fates.refused,
}
LATE = {"late": 8.0, "very late": 80.0, "too late": 400.0}
_OF_CREATIONS = (*LATE, "twice", "refused")


class Killed(BaseException):
    """The program ends here and now."""


class Clock:
    """Seconds that pass only when somebody waits for them, or asks for something."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._due: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = itertools.count()

    def later(self, seconds: float, happen: Callable[[], object]) -> None:
        heapq.heappush(self._due, (self.now + seconds, next(self._numbers), happen))

    def pass_(self, seconds: float) -> None:
        until = self.now + seconds
        while self._due and self._due[0][0] <= until:
            self.now, _, happen = heapq.heappop(self._due)
            happen()
        self.now = until

    @contextmanager
    def told(self) -> Iterator[None]:
        """The move lives by this clock."""

        def wait(event: crew._Either, timeout: float | None = None) -> bool:
            if not event.is_set():
                self.pass_(timeout or 0)
            return event.is_set()

        with pytest.MonkeyPatch.context() as patch:
            now = SimpleNamespace(time=lambda: self.now, monotonic=lambda: self.now)
            for module in (asking, patience):
                patch.setattr(module, "time", now)
            patch.setattr(crew._Either, "wait", wait)
            patch.setattr(photos, "prepare", _prepared)
            patch.setattr(checking, "_CONNECTIONS", 1)
            yield


_prepared = cache(pictures.prepare)


@dataclass
class Planned:
    """What becomes of the requests of one run, by their number."""

    fates: dict[int, str] = field(default_factory=dict)
    kill: int = 0
    after: bool = False
    sign_out: int = 0
    happen: dict[int, Callable[[], None]] = field(default_factory=dict)


class Unruly(NewBlog):
    """A new blog in memory whose answers go as planned."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.shared = True
        self.clock = clock
        self.plan = Planned()
        self.count_asked = 0
        self.late = 0
        self.shown: list[tuple[str, str, str]] = []  # slug, title, text

    def create(self, thing: Thing, marker: str) -> Remote:
        return self._planned(
            "create", lambda: super(Unruly, self).create(thing, marker)
        )

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        there = self.rows.get(remote.id)
        if there is None or there.thing.kind is not remote.kind:
            raise Refused("There is no such thing.")

        def make() -> Remote:
            made = super(Unruly, self).update(remote, thing, marker)
            row = self.rows[remote.id]
            if isinstance(thing, NewPost) and row.status in ("publish", "future"):
                self.shown.append((row.slug, thing.title, thing.html))
            return made

        return self._planned("update", make)

    def delete(self, remote: Remote, *, for_good: bool = False) -> None:
        there = self.rows.get(remote.id)
        if there and there.thing.kind is not remote.kind:
            return  # numbers of one kind are no numbers of another
        self._planned(
            "delete", lambda: super(Unruly, self).delete(remote, for_good=for_good)
        )

    def read(self, remote: Remote) -> NewPost | None:
        return self._planned("read", lambda: super(Unruly, self).read(remote))

    def shows(self, remote: Remote) -> bool:
        return any(
            self._remote(row).address == remote.address for row in self.of(Kind.PHOTO)
        )

    def find(self, kind: Kind, marker: str, post: int = 0) -> list[Remote]:
        return self._planned(
            "find", lambda: super(Unruly, self).find(kind, marker, post)
        )

    def ours(
        self, kind: Kind, among: Sequence[str | int] = ()
    ) -> Iterator[tuple[str, Remote]]:
        ours = super().ours
        yield from self._planned("ours", lambda: list(ours(kind, among)))

    def _planned(self, verb: str, call: Callable[[], Result]) -> Result:
        self.count_asked += 1
        self.clock.pass_(0.05)
        number, plan = self.count_asked, self.plan
        if happens := plan.happen.pop(number, None):
            happens()
        if plan.sign_out and number >= plan.sign_out:
            raise SignInFailed("The password is not accepted.")
        if number == plan.kill and not plan.after:
            raise Killed
        name = plan.fates.pop(number, "")
        if name in _OF_CREATIONS and verb != "create":
            plan.fates.setdefault(number + 1, name)
            name = ""
        result = self._as_fated(name, call)
        if number == plan.kill:
            raise Killed
        return result

    def _as_fated(self, name: str, call: Callable[[], Result]) -> Result:
        if name in LATE:
            self.clock.later(LATE[name], lambda: self._come_late(call))
            name = "lost"
        fate = FATES[name] if name else fates.well
        return fate(call)  # type: ignore[arg-type, return-value]

    def _come_late(self, call: Callable[[], object]) -> None:
        self.late += 1
        with suppress(Refused):  # its post may be gone by then
            call()

    def _heard(self, verb: str, kind: Kind | None, what: object) -> None:
        self.meddle(verb, what)

    def _store(self, thing: Thing, marker: str) -> Remote:
        home = self.rows.get(thing.post) if isinstance(thing, NewComment) else None
        if isinstance(thing, NewComment) and (
            home is None or home.thing.kind is not Kind.POST
        ):
            raise Refused("There is no such post.")
        return super()._store(thing, marker)

    def _remote(self, row: Row) -> Remote:
        remote = super()._remote(row)
        if isinstance(row.thing, NewPhoto):  # files have names, and names stay
            name = f"{self.address}/{row.id}-{row.thing.name}"
            remote = replace(remote, address=name, shown=name)
        return remote

    # What is not the program's doing

    def stored(self, thing: Thing, marker: str, status: str = "") -> Row:
        """Somebody else makes something."""
        row = self.rows[self._store(thing, marker).id]
        if isinstance(thing, NewPost):
            row.slug, row.status = thing.slug, str(thing.status)
        row.status = status or row.status
        return row

    def state(self) -> tuple[dict[int, Row], dict[int, Row]]:
        return _rows(self.rows), _rows(self.trash)

    def set_back(self, state: tuple[dict[int, Row], dict[int, Row]]) -> None:
        """To what it was; numbers are given anew from there."""
        self.rows, self.trash = _rows(state[0]), _rows(state[1])
        self._numbers = itertools.count(max([*self.rows, *self.trash], default=0) + 1)


def _rows(rows: dict[int, Row]) -> dict[int, Row]:
    return {number: replace(row) for number, row in rows.items()}


def old_posts() -> list[Post]:
    """Few posts, but of every visibility, with photos, answers and terms."""
    return [
        entry(1, photos=1, comments=2, categories=("Travel",)),
        entry(2, comments=1, status=Status.PRIVATE, tags=("sea",)),
        entry(3, photos=1, status=Status.DRAFT, categories=("travel",)),
        entry(4, photos=1, comments=1, categories=("Home",)),
    ]


def others(blog: Unruly) -> None:
    """What was there before."""
    term = blog.stored(NewTerm(Kind.CATEGORY, "Home"), "Home")
    post = NewPost(
        "Mine", "<p>My own.</p>", None, Status.PUBLISH, "mine", "", (term.id,)
    )
    home = blog.stored(post, "")
    blog.stored(NewComment(home.id, 0, "Ann", "", "", "Hello", None), "Mozilla")
    blog.stored(NewPhoto("mine.png", "image/png", b"mine", None, 0), "mine")
