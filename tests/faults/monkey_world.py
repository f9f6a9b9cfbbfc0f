"""The world that a monkey plays in: two blogs in memory, and all that could go wrong noted."""

from __future__ import annotations

import json
import logging
import os
import random
import sys
import threading
import time
import traceback
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from unittest import mock

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices

from tests.move.doubles import HASTY, NewBlog, OldBlog, entry
from tests.ui.conftest import read_session
from wizard.credentials import Wallet
from wizard.destinations import Kind
from wizard.errors import SignInFailed, Throttled, Unreachable
from wizard.move.book import EARLIER, EDITED, LEFT_ALONE
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.records import Step
from wizard.ui.state import Session

POSTS = 8
# What a made-up screen cannot do.
HARMLESS = "This plugin does not support"


class World:
    """An old and a new blog, and one move between them, which outlives every window."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.noted: list[str] = []
        self.old = OldBlog(
            [entry(n, photos=n % 3, comments=n % 2) for n in range(POSTS)]
        )
        self.new = NewBlog()
        session = read_session(self.old, self.new)
        move = session.need_move()
        move.note("locations", json.dumps(["memory"]))
        self.path: Path = move.path
        move.close()
        self.new.meddle = self._meddle

    def _meddle(self, verb: str, what: object) -> None:
        """A slow blog with whims."""
        time.sleep(self.dice.random() * 0.01)
        whim = self.dice.random()
        if whim < 0.01:
            raise Unreachable("The new blog cannot be reached.", "Is it plugged in?")
        if whim < 0.015:
            raise Throttled("The new blog asks us to wait.", seconds=0.2)
        if whim < 0.018:
            raise SignInFailed("The password is no longer accepted.", "Make another.")

    def session(self) -> Session:
        """A sitting that has come as far as the choice of posts, or that begins anew."""
        if self.dice.random() < 0.3:
            return Session(locations=(str(self.path),))
        move = Move.open(self.path)
        return Session(
            locations=("memory",),
            kinds=(OldBlog,),
            source=self.old,
            move=move,
            rows=move.rows(),
            destination=self.new,
            site=self._site(),
            choices=move.choices,
        )

    def _site(self) -> object:
        self.new.meddle, whims = lambda verb, what: None, self.new.meddle
        site = self.new.check()
        self.new.meddle = whims
        return site

    def others(self) -> int:
        """How many more moves of the same blog were begun: these may go another way."""
        return len(list(Path(os.environ["XDG_DATA_HOME"]).rglob("*.move")))

    def harm(self) -> list[str]:
        """What of the state was lost or doubled: all is moved now, without any whims."""
        self.new.meddle = lambda verb, what: None
        with Move.open(self.path) as move:
            if len(move.rows()) != POSTS:
                return [f"the move knows {len(move.rows())} posts of {POSTS}"]
            move.choose([row.key for row in move.rows()], True)
            move.choices = Choices()
            for _ in range(3):
                move.bring_back()
                events = run(
                    move, self.old, self.new, threading.Event(), patience=HASTY
                )
                last = list(events)[-1]
            counts = move.counts()
            wrong = [
                f"{step.kind} {step.key} is {step.state}: {step.trouble}, {step.remote}"
                for row in move.rows()
                for step in move.steps(row.key)
                if step.state is not State.SENT and not self._is_of_another(step)
            ]
        for kind, expected in self.expected().items():
            there = len(self.new.of(kind))
            marks = {row.marker for row in self.new.of(kind)}
            ends = counts.get(kind, {})
            refused = ends.get(State.REFUSED, 0) if self.others() else 0
            if there + refused < expected or there > expected or len(marks) != there:
                wrong.append(f"{there} of {expected} {kind}s: {last}")
            if ends.get(State.SENT, 0) + refused != expected:
                wrong.append(f"the move says {ends} of {expected} {kind}s")
        return wrong

    def _is_of_another(self, step: Step) -> bool:
        """Nothing is added to a post that another move has brought another way."""
        left_alone = step.state is State.REFUSED and step.trouble in (
            EARLIER,
            EDITED,
            LEFT_ALONE,
        )
        return left_alone and step.kind is not Kind.POST and self.others() > 0

    def expected(self) -> Counter[Kind]:
        posts = self.old.all
        return Counter(
            {
                Kind.POST: len(posts),
                Kind.PHOTO: sum(len(post.photos) for post in posts),
                Kind.COMMENT: sum(len(post.comments) for post in posts),
            }
        )

    # What nobody expects

    def watched(self) -> ExitStack:
        """While this is open, whatever goes wrong unseen is noted, and nothing of the
        world outside is touched."""
        stack = ExitStack()
        replaced = {
            "sys.excepthook": self._exception,
            "threading.excepthook": self._thread_exception,
            "wizard.move.engine.Patience": lambda: HASTY,
            "wizard.move.checking.Patience": lambda: HASTY,
            "wizard.move.undoing.Patience": lambda: HASTY,
            "wizard.destinations.open_destination": lambda *_: self.new,
            "wizard.sources.kind_of": lambda _: OldBlog,
            "wizard.sources.open_source": lambda *_: self.old,
            "PySide6.QtWidgets.QFileDialog.getOpenFileNames": lambda *_: ([], ""),
            "PySide6.QtWidgets.QFileDialog.getSaveFileName": lambda *_: ("", ""),
            "PySide6.QtWidgets.QFileDialog.getExistingDirectory": lambda *_: "",
        }
        for name, instead in replaced.items():
            stack.enter_context(mock.patch(name, instead))
        stack.enter_context(mock.patch.object(QDesktopServices, "openUrl"))
        stack.enter_context(mock.patch.object(Wallet, "works", return_value=False))
        handler = _Noting(self.noted)
        logging.getLogger("wizard").addHandler(handler)
        stack.callback(logging.getLogger("wizard").removeHandler, handler)
        before = qInstallMessageHandler(self._qt_message)
        stack.callback(qInstallMessageHandler, before)
        return stack

    def _exception(
        self,
        kind: type[BaseException],
        trouble: BaseException,
        trace: TracebackType | None,
    ) -> None:
        where = traceback.extract_tb(trace)[-4:]
        places = " > ".join(f"{Path(at.filename).name}:{at.lineno}" for at in where)
        self.noted.append(f"{kind.__name__}: {trouble} {places}")

    def _thread_exception(self, told: threading.ExceptHookArgs) -> None:
        trouble = told.exc_value or Exception(told.exc_type.__name__)
        self._exception(told.exc_type, trouble, told.exc_traceback)

    def _qt_message(
        self, kind: QtMsgType, _: QMessageLogContext, message: str | None
    ) -> None:
        if HARMLESS not in (message or ""):
            self.noted.append(f"Qt: {message}")
        if kind is QtMsgType.QtFatalMsg:
            sys.__stderr__.write(f"{message}\n")  # type: ignore[union-attr]


class _Noting(logging.Handler):
    def __init__(self, noted: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._noted = noted

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record).strip().splitlines()
        self._noted.append(" ".join((text[0], text[-1])))
