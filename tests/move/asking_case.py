"""One thing to be made at one new blog, for the tests of asking."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from tests.move.doubles import HASTY, NewBlog
from tests.move.fates import Fate
from wizard.blog import Status
from wizard.destinations import Kind, NewComment, NewPhoto, NewPost, Thing
from wizard.move.asking import Asker
from wizard.move.events import Event, Waiting
from wizard.move.file import Move
from wizard.move.records import Step

DATE = datetime(2007, 4, 20, tzinfo=UTC)
POST = NewPost("Entry", "<p>Words</p>", DATE, Status.DRAFT)
PHOTO = NewPhoto("a.png", "image/png", b"bytes", DATE, 1)
COMMENT = NewComment(1, 0, "Reader", "", "", "<p>Remark</p>", DATE)
THINGS: dict[Kind, Thing] = {
    Kind.POST: POST,
    Kind.PHOTO: PHOTO,
    Kind.COMMENT: COMMENT,
}


class Case:
    """One thing to be made at one new blog, by as many runs as it takes."""

    def __init__(self, move: Move, thing: Thing = POST) -> None:
        self.move = move
        self.thing = thing
        self.blog = NewBlog()
        self.stop = threading.Event()
        self.said: list[Event] = []
        self.patience = HASTY

    def asker(self) -> Asker:
        return Asker(self.move, self.blog, self.stop, self.said.append, self.patience)

    def step(self) -> Step:
        return self.move.step(self.thing.kind, "cns!1", "key", "md-1")

    def make(self, *fates: Fate, look: bool = False) -> Step:
        self.blog.fates[self.thing.kind] += fates
        post = 1 if self.thing.kind is Kind.COMMENT else 0
        step = self.asker().once(self.step(), self.thing, post=post, look=look)
        return self.move.record(step)

    @property
    def waits(self) -> list[Waiting]:
        """Waits before another try, not those before a look."""
        waits = [event for event in self.said if isinstance(event, Waiting)]
        return [wait for wait in waits if "not known yet" not in wait.trouble.title]
