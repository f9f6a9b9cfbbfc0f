"""A window in a process of its own, in the middle of a move, for tests that end it.

``main(seconds)``: from the third post on, every change takes so long. Prints the move
file's path, then ``moving`` when it is in the middle, and ``done`` on the last page.
"""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QTimer

from tests.move.doubles import NewBlog, OldBlog, entry
from tests.ui.conftest import read_session
from wizard.blog import Status
from wizard.destinations import NewPost
from wizard.ui import app
from wizard.ui.done_page import DonePage
from wizard.ui.ready_page import ReadyPage
from wizard.ui.state import Session
from wizard.ui.window import PAGES, Button, Window

POSTS = 40


def slow(blog: NewBlog, seconds: float) -> None:
    """Once the third post is being published, every change takes ``seconds``."""
    published = 0

    def meddle(verb: str, what: object) -> None:
        nonlocal published
        if verb == "update" and isinstance(what, NewPost):
            published += what.status is Status.PUBLISH
        if verb in ("create", "update") and published > 2:
            # In one write: several things are on their way at once.
            os.write(sys.stdout.fileno(), b"moving\n")
            time.sleep(seconds)

    blog.meddle = meddle


class Begun(Window):
    """Starts where *Move* is pressed, and presses it."""

    seconds = 0.0

    def __init__(self, _: Session) -> None:
        old, new = OldBlog([entry(n, photos=1) for n in range(POSTS)]), NewBlog()
        slow(new, self.seconds)
        session = read_session(old, new)
        super().__init__(session)
        print(session.need_move().path, flush=True)
        self.setStartId(self.pageIds()[PAGES.index(ReadyPage)])
        self.currentIdChanged.connect(self._tell)
        QTimer.singleShot(300, self, self.button(Button.CommitButton).click)

    def _tell(self, _: int) -> None:
        if isinstance(self.page_now(), DonePage):
            print("done", flush=True)


def main(seconds: float) -> None:
    Begun.seconds = seconds
    app.Window = Begun  # type: ignore[misc]
    sys.exit(app.main([]))
