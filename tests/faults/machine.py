"""A machine that does to a move whatever can be done to it, in any order, and counts afterwards."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import seed as seeded
from hypothesis import strategies as some
from hypothesis.stateful import (
    rule,
    run_state_machine_as_test,
)

from tests.faults.figures import Figure
from tests.faults.machine_controls import CONTROLS, HARM
from tests.faults.machine_life import Life
from tests.faults.machine_world import (
    FATES,
    LATE,
    PATIENCE,
    Planned,
)
from wizard.blog import Status
from wizard.destinations import Kind, NewComment, NewPhoto
from wizard.move.checking import verify
from wizard.move.choices import As
from wizard.move.undoing import undo

STEPS = 50
EXAMPLES = 590
_FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
_PUBLIC = ("publish", "future")
_number = some.integers(0, 11)
_request = some.integers(1, 90)
_fates = some.dictionaries(
    some.integers(1, 60), some.sampled_from([*FATES, *LATE]), min_size=2, max_size=10
)


class Machine(Life):
    """What can be done, one rule each."""

    # Moving

    @rule()
    def go(self) -> None:
        """Undisturbed to the end, and then everything must be as it must be."""
        self._did("go")
        asked = self._gone()
        late = self.blog.late
        ended = self._run()
        if self.blog.late > late:  # what came after the look is found at the next
            ended = self._run()
        assert ended
        assert not ended.paused, ended
        self._look(asked)
        self._count(ended)

    @rule(plan=_fates)
    def go_in_bad_weather(self, plan: dict[int, str]) -> None:
        self._did("go in bad weather")
        asked = self._gone()
        self._run(Planned(plan))
        self._look(asked)

    @rule(at=_request, plan=_fates)
    def pause(self, at: int, plan: dict[int, str]) -> None:
        self._did("pause")
        asked = self._gone()
        self._run(Planned(plan), pause=at)
        self._look(asked)

    @rule(at=_request, after=some.booleans(), plan=_fates)
    def kill(self, at: int, after: bool, plan: dict[int, str]) -> None:
        self._did("kill")
        asked = self._gone()
        self._run(Planned(plan, kill=at, after=after))
        self._reopen()
        self._look(asked)

    @rule(at=_request)
    def revoke_the_password(self, at: int) -> None:
        self._did("revoke the password")
        asked = self._gone()
        ended = self._run(Planned(sign_out=at))
        assert ended
        self._look(asked)

    @rule(at=_request)
    def another_starts_meanwhile(self, at: int) -> None:
        """The other computer begins while this one is at work, and must go away."""
        self._did("another starts meanwhile")
        self._run(Planned(happen={at: self._other_runs}))
        self._look({})  # the other has a file of its own, and knows of nothing gone

    @rule()
    def check(self) -> None:
        self._did("verify")
        before = self.blog.state()
        list(verify(self.move, self.blog, threading.Event(), patience=PATIENCE))
        assert self.blog.state() == before, "looking changed something"

    @rule(at=_request, plan=_fates, kill=some.booleans())
    def undo(self, at: int, plan: dict[int, str], kill: bool) -> None:
        self._did("undo")
        if self.move.blog:
            planned = Planned(plan, kill=at, after=True) if kill else Planned(plan)
            self._heard(
                undo(self.move, self.blog, threading.Event(), patience=PATIENCE),
                planned,
            )
            if kill:
                self._reopen()
            # Comments in the trash go with their post.
            for number, row in list(self.theirs.items()):
                home = getattr(row.thing, "post", 0)
                if row.status == "trash" and home not in self.blog.rows:
                    del self.theirs[number]
            self._look({})

    @rule()
    def bring_back(self) -> None:
        self._did("bring back")
        self.move.bring_back()

    # The move file

    @rule()
    def lose_the_file(self) -> None:
        self._did("lose the file")
        self.move.close()
        self.move.path.unlink()
        self._reopen()

    @rule()
    def keep_a_copy(self) -> None:
        self._did("keep a copy")
        self.move.close()
        shutil.copy(self.move.path, self.folder / f"{self.move.path.name}.copy")
        self._reopen()

    @rule()
    def restore_the_copy(self) -> None:
        self._did("restore the copy")
        copy = self.folder / f"{self.move.path.name}.copy"
        if copy.exists():
            self.move.close()
            shutil.copy(copy, self.move.path)
            self._reopen()

    @rule(cut=some.booleans())
    def spoil_the_file(self, cut: bool) -> None:
        self._did("spoil the file")
        self.move.close()
        data = self.move.path.read_bytes()
        data = data[: len(data) // 2] if cut else bytes(100) + data[100:]
        self.move.path.write_bytes(data)
        self._reopen()

    @rule()
    def go_to_the_other_computer(self) -> None:
        self._did("go to the other computer")
        number = self.paths.index(self.move.path)
        self.move.close()
        self.move = self._opened(1 - number)

    # People

    @rule(which=_number)
    def edit_the_source(self, which: int) -> None:
        self._did("edit the source")
        which %= len(self.source.all)
        post = self.source.all[which]
        self.version += 1
        html = f"<p>Version {self.version}.</p>{post.html}"
        self.source.all[which] = replace(post, html=html)
        self._read()

    @rule(which=_number, status=some.sampled_from([Status.PUBLISH, Status.PRIVATE]))
    def choose(self, which: int, status: Status) -> None:
        self._did("tick or untick")
        post = self.source.all[which % len(self.source.all)]
        self.move.choose([post.key], status is Status.PUBLISH)

    @rule(status=some.sampled_from(list(As)), photos=some.booleans())
    def wish(self, status: As, photos: bool) -> None:
        self._did("wish something else")
        self.wishes = {"status": status, "photos": photos}
        self._wish()

    @rule(which=_number)
    def lose_a_photo(self, which: int) -> None:
        """The old blog has it no more, or has it again."""
        self._did("lose a photo")
        name = sorted(self.pictures)[which % len(self.pictures)]
        if self.source.pictures.pop(name, None) is None:
            self.source.pictures[name] = self.pictures[name]

    @rule(which=_number)
    def edit_there(self, which: int) -> None:
        self._did("edit there")
        if settled := self._settled():
            row = settled[which % len(settled)]
            thing: Any = row.thing
            if isinstance(thing, NewPhoto):
                row.thing = replace(thing, caption=f"{thing.caption} mine")
            else:
                row.thing = replace(thing, html=f"{thing.html} mine")
            self._now_theirs(row)

    @rule(which=_number)
    def hide_there(self, which: int) -> None:
        self._did("hide there")
        if posts := [r for r in self._settled() if r.status in (*_PUBLIC, "private")]:
            row = posts[which % len(posts)]
            thing: Any = row.thing
            row.thing = replace(thing, html=f"{thing.html} hidden")
            row.status = "draft"
            self._now_theirs(row)

    @rule(which=_number)
    def delete_there(self, which: int) -> None:
        self._did("delete there")
        if settled := self._settled():
            row = settled[which % len(settled)]
            gone = [row.id]
            del self.blog.rows[row.id]
            if row.thing.kind is Kind.POST:
                self.blog.trash[row.id] = row
                gone += [said.id for said in self._under(row.id)]
            for number in gone:
                self.blog.rows.pop(number, None)
                self.theirs.pop(number, None)

    @rule(which=_number)
    def trash_a_comment_there(self, which: int) -> None:
        self._did("trash a comment there")
        if said := [r for r in self._settled() if r.thing.kind is Kind.COMMENT]:
            row = said[which % len(said)]
            row.status = "trash"
            self._now_theirs(row)

    @rule(which=_number)
    def say_something(self, which: int) -> None:
        self._did("a stranger comments")
        posts = [r for r in self._settled() if r.thing.kind is Kind.POST]
        if posts and len(self.theirs) < 30:
            home = posts[which % len(posts)].id
            said = NewComment(home, 0, "Bo", "", "", f"Nice {self.clock.now}", None)
            self._now_theirs(self.blog.stored(said, "Mozilla", "approved"))

    @rule()
    def back_the_site_up(self) -> None:
        self._did("back the site up")
        self.before = (self.blog.state(), dict(self.theirs))

    @rule()
    def set_the_site_back(self) -> None:
        self._did("set the site back")
        state, theirs = self.before
        self.blog.set_back(state)
        self.theirs = dict(theirs)

    @rule(seconds=some.sampled_from([1, 30, 500]))
    def wait(self, seconds: int) -> None:
        self._did("wait")
        self.clock.pass_(seconds)


def play(seed: int, examples: int, steps: int = STEPS) -> tuple[int, str]:
    """How many rules were carried out, and what went wrong."""
    Life.steps = 0
    wrong = ""
    machine = seeded(seed)(type("Machine", (Machine,), {}))
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=examples,
                    stateful_step_count=steps,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                    print_blob=False,
                    verbosity=Verbosity.quiet,
                ),
            )
    except Exception as harm:
        told = next(iter(str(harm).splitlines()), "")
        wrong = f"{type(harm).__name__}: {told}"[:300]
    return Life.steps, wrong


def figures(scale: float, seed: int) -> Iterator[Figure]:
    examples = max(2, round(EXAMPLES * scale))
    tried, wrong = play(seed, examples)
    floor = int(25_000 * scale)
    note = f"{examples} lives of a move"
    found = (wrong,) if wrong else ()
    yield Figure("steps in any order", tried, floor, found, note=note)
    for name, spoil in CONTROLS.items():
        with spoil():
            tried, wrong = play(seed, 300)
        found = (
            () if HARM[name] in wrong else (f"{wrong or 'no harm'} in {tried} steps",)
        )
        yield Figure(f"steps, {name}", 1, 1, found, control=True, note=wrong)
