"""One life of a move with two computers: how things are done to it, and what must be true whatever was done."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
)

from tests.faults.machine_world import (
    AT_WORK,
    FATES,
    LATE,
    PATIENCE,
    Clock,
    Killed,
    Planned,
    Unruly,
    old_posts,
    others,
)
from tests.move.doubles import OldBlog, Row
from wizard.destinations import Kind, NewPost
from wizard.move.book import TWICE
from wizard.move.choices import As, arriving
from wizard.move.engine import run
from wizard.move.events import Ended, Event, State
from wizard.move.file import Move
from wizard.move.markers import marker
from wizard.move.reading import read
from wizard.move.receipt import groups
from wizard.whereabouts import rebuilt

STEPS = 50
EXAMPLES = 520
_FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
_PUBLIC = ("publish", "future")
_number = some.integers(0, 11)
_request = some.integers(1, 90)
_fates = some.dictionaries(
    some.integers(1, 60), some.sampled_from([*FATES, *LATE]), max_size=5
)


class Life(RuleBasedStateMachine):
    """Two computers, one old blog, one new one, and people. ``steps``: how many rules
    were carried out; ``did``: which; ``story``: those of the last life."""

    steps = 0
    did: ClassVar[Counter[str]] = Counter()
    story: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        Life.story = ()
        self.folder = Path(tempfile.mkdtemp(dir=_FOLDER))
        self.clock = Clock()
        self.told = self.clock.told()
        self.told.__enter__()
        self.source = OldBlog(old_posts())
        self.pictures = dict(self.source.pictures)
        self.blog = Unruly(self.clock)
        others(self.blog)
        self.theirs: dict[int, Row] = {n: replace(r) for n, r in self.blog.rows.items()}
        self.before = (self.blog.state(), dict(self.theirs))
        self.paths = [self.folder / "a.move", self.folder / "b.move"]
        self.wishes = {"status": As.WAS, "photos": True}
        self.may_show: set[str] = set()
        self.version = 0
        self.move = self._opened(0)

    def teardown(self) -> None:
        self.move.close()
        self.told.__exit__(None, None, None)
        shutil.rmtree(self.folder)
        super().teardown()

    # How it is done

    def _did(self, what: str) -> None:
        Life.steps += 1
        Life.did[what] += 1
        Life.story += (what,)

    def _opened(self, number: int) -> Move:
        with contextlib.redirect_stderr(io.StringIO()):
            self.move = rebuilt(self.paths[number])
        self._read()
        self._wish()
        return self.move

    def _reopen(self) -> None:
        self.move.close()
        self._opened(self.paths.index(self.move.path))

    def _read(self) -> None:
        list(read(self.move, self.source, threading.Event()))

    def _wish(self) -> None:
        self.move.choices = replace(self.move.choices, **self.wishes)  # type: ignore[arg-type]

    def _run(self, plan: Planned | None = None, pause: int = 0) -> Ended | None:
        self._allow()
        stop = threading.Event()
        events = run(
            self.move,
            self.source,
            self.blog,
            stop,
            connections=1,
            patience=PATIENCE,
        )
        plan = plan or Planned()
        if pause:
            plan.happen[pause] = stop.set
        return self._heard(events, plan)

    def _heard(self, events: Iterator[Event], plan: Planned) -> Ended | None:
        """The last event, None if it was killed before."""
        self.blog.plan, self.blog.count_asked = plan, 0
        ended = None
        try:
            for event in events:
                ended = event if isinstance(event, Ended) else None
        except Killed:
            pass
        finally:
            self.blog.plan = Planned()
        return ended

    def _other_runs(self) -> None:
        """Called in the middle of a request of the run that is under way."""
        mine, plan, asked = self.move, self.blog.plan, self.blog.count_asked
        notes = [r for r in self._notes() if r.marker == self._marker("at work")]
        note = next(iter(notes), None)
        assert not note or "at-work " in note.thing.excerpt, (
            "its sign of life is unseen"
        )
        at_work = note is not None and mine.noted("run") in note.thing.excerpt

        def live() -> None:
            if note and at_work:
                note.thing = replace(note.thing, excerpt=f"{note.thing.excerpt}.")

        for seconds in (5, 4000):
            self.clock.later(seconds, live)
        self.move = self._opened(1 - self.paths.index(mine.path))
        ended = self._run()
        self.move.close()
        self.move = mine
        self.blog.plan, self.blog.count_asked = plan, asked
        assert not at_work or (ended and ended.paused), "two were at work at once"

    def _allow(self) -> None:
        """What may be public from now on."""
        choice = self.move.choices.status
        for post in self.source.all:
            if str(arriving(post.status, choice)) in _PUBLIC:
                self.may_show.add(self._marker(post.key))

    def _marker(self, key: str) -> str:
        return marker("space!1", Kind.POST, key)

    def _notes(self) -> list[Any]:
        return [row for row in self.blog.of(Kind.POST) if row.thing.title == AT_WORK]  # type: ignore[union-attr]

    def _under(self, number: int) -> list[Row]:
        return [r for r in self.blog.of(Kind.COMMENT) if r.thing.post == number]  # type: ignore[union-attr]

    def _settled(self) -> list[Row]:
        """What the move is done with, so that people see it and may touch it."""
        sent = {
            step.remote.id: step.marker
            for kind in (Kind.POST, Kind.PHOTO, Kind.COMMENT)
            for step in self.move.all_steps(kind)
            if step.remote and step.state is State.SENT
        }
        return [
            row
            for row in self.blog.rows.values()
            if sent.get(row.id) == row.marker
            and row.status != "trash"
            and not row.slug.startswith("md-")
            and not self._home_of(row).startswith("md-")
        ]

    def _home_of(self, row: Row) -> str:
        """The name of the post that it belongs to, which says if that is finished."""
        home = self.blog.rows.get(getattr(row.thing, "post", 0))
        return home.slug if home else ""

    def _now_theirs(self, row: Row) -> None:
        self.theirs[row.id] = replace(row)

    # What must be true

    def _gone(self) -> dict[tuple[Kind, str], int]:
        """What was sent, is not there any more, and must not come back by itself."""
        there = {(row.thing.kind, row.marker) for row in self.blog.rows.values()}
        steps = [
            step
            for kind in (Kind.POST, Kind.PHOTO, Kind.COMMENT)
            for step in self.move.all_steps(kind)
            if step.remote
        ]
        waiting = {step.marker for step in steps if step.state is State.WAITING}
        return {
            (step.kind, step.marker): step.remote.id
            for step in steps
            if (step.state is State.SENT or step.gone)
            and step.remote
            and (step.kind, step.marker) not in there
            and step.marker not in waiting
        }

    def _look(self, gone: dict[tuple[Kind, str], int]) -> None:
        """True at any time, however a run ended."""
        rows = self.blog.rows
        for number, row in self.theirs.items():
            assert number in rows, f"what people made or edited is gone: {row}"
            now = rows[number]
            same = (now.thing, now.slug, now.status or "approved") == (
                row.thing,
                row.slug,
                row.status or "approved",
            )
            assert same, f"what people made or edited was changed: {row} {now}"
        public = Counter(
            row.marker
            for row in self.blog.of(Kind.POST)
            if row.status in _PUBLIC and row.marker.startswith("md-")
        )
        assert set(public) <= self.may_show, "more visible than in the old blog"
        assert not [m for m, n in public.items() if n > 1], "public twice"
        for slug, title, html in self.blog.shown:
            whole = f"Words of {title.removeprefix('Entry ')}." in html
            done = whole and "unfinished" not in html
            assert done, "unfinished and public"
            assert not slug.startswith("md-"), "unfinished and public"
        self.blog.shown.clear()
        late = self.blog.late
        back = {(r.thing.kind, r.marker) for r in rows.values()} & set(gone)
        assert late or not back, f"it was gone, and came back by itself: {back}"

    def _count(self, ended: Ended) -> None:
        """True after a run that nothing disturbed."""
        notes = [r for r in self._notes() if r.marker == self._marker("at work")]
        assert not notes, "a note of the move was left behind"
        # A file that was replaced knows of a proof that was never ended.
        replaced = {
            "restore the copy",
            "set the site back",
            "go to the other computer",
            "another starts meanwhile",
        }
        assert replaced & set(self.story) or not self._notes(), (
            "a proof was left behind"
        )
        rows = self.blog.rows
        copies = Counter(
            (row.thing.kind, row.marker.casefold())
            for row in rows.values()
            if row.marker.startswith("md-") or row.thing.kind in ("category", "tag")
        )
        # A photo that an earlier life left is not taken away, but told.
        sent = {
            step.marker
            for kind in (Kind.POST, Kind.PHOTO, Kind.COMMENT)
            for step in self.move.all_steps(kind)
            if step.state is State.SENT
            and not (kind is Kind.PHOTO and step.trouble == TWICE)
        }
        twice = [
            (kind, mark)
            for (kind, mark), number in copies.items()
            if number > 1 and (mark in sent or not mark.startswith("md-"))
        ]
        assert not twice, f"there twice: {twice}"
        chosen = set(self.move.chosen_keys())
        held = Counter[Kind]()
        for group in groups(self.move):
            for item in group.items:
                held[item.kind] += 1
                ticked = group.post is None or group.post.key in chosen
                step = self.move.step(
                    item.kind, group.post.key if group.post else "", item.key
                )
                assert item.state is not State.WAITING or not ticked, (
                    f"forgotten: {item}"
                )
                assert item.why or item.state is State.SENT, f"no reason: {item}"
                if item.state is State.SENT and item.kind not in ("category", "tag"):
                    assert item.remote
                    assert item.remote.id in rows, f"not there: {item}"
                    assert step.marker == rows[item.remote.id].marker, f"other: {item}"
        posts = self.source.all
        assert held[Kind.POST] == len(posts)
        assert held[Kind.PHOTO] == sum(len(post.photos) for post in posts)
        assert held[Kind.COMMENT] == sum(len(post.comments) for post in posts)
        told = {Kind(k): sum(n.values()) for k, n in ended.verdict.counts.items()}
        assert {k: n for k, n in told.items() if n} == dict(held), "it does not add up"
        choice = self.move.choices.status
        for post in posts:
            step = self.move.step(Kind.POST, post.key, post.key)
            row = rows.get(step.remote.id) if step.remote else None
            untouched = row and row.id not in self.theirs and not step.trouble
            if step.state is State.SENT and untouched and post.key in chosen:
                assert row
                assert row.status == str(arriving(post.status, choice)), row
                if post.html and isinstance(row.thing, NewPost):
                    version = post.html.partition("</p>")[0].removeprefix("<p>")
                    assert version in row.thing.html, "not what the old blog says now"
