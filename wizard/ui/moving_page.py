"""The page on which it happens: how far it is, how long it takes, what each post does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event as Stop
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout

from wizard.move.events import Ended, Trouble, Waiting
from wizard.ui import jobs, runs
from wizard.ui.closing import ClosingQuestion
from wizard.ui.look import GAP, label
from wizard.ui.moving_list import MovingList
from wizard.ui.page import Page
from wizard.ui.parts import Frame, Tone, button
from wizard.ui.progress import ProgressBand
from wizard.ui.runs import Task
from wizard.ui.signing_in import SignInAgain
from wizard.ui.state import Session
from wizard.ui.waits import Waits
from wizard.ui.worker import Outcome

# Events come by the hundred a second; the screen follows some fourteen times a second.
TICK = 70
# A close box that does nothing for longer seems broken; what is cut off is safe.
CLOSING = 4_000
EVERYTHING_SAFE = "Everything so far is safe. Go on whenever you like."


class MovingPage(Page):
    step = "Moving"
    heading = Task.MOVE.heading
    scrolls = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._waits: Waits | None = None
        self._some: frozenset[str] | None = None
        self._stopping = self._closing = self._hurrying = False
        self._question: ClosingQuestion | None = None
        self.band = ProgressBand()
        self.now_line = label(muted=True, wrap=False)
        self.retry_button = button("Retry")
        self.retry_button.clicked.connect(self.retry)
        self.pause_button = button("Pause")
        self.pause_button.clicked.connect(self.pause_or_go_on)
        self.stop_button = button("Stop here")
        self.stop_button.setToolTip("Ends with what has been moved so far")
        self.stop_button.clicked.connect(self.stop_here)
        self.hurry_button = button("Try now")
        self.hurry_button.clicked.connect(self.try_now)
        self.hurry_button.hide()
        self.notice.body.addWidget(self.hurry_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.sign_in = SignInAgain(session.wallet)
        self.sign_in.wanted.connect(self.sign_in_again)
        buttons = QHBoxLayout()
        buttons.addWidget(self.now_line, 1)
        for made in (self.retry_button, self.pause_button, self.stop_button):
            buttons.addWidget(made)
        self.table = MovingList(session)
        self.posts = self.table.posts
        self.table.retry_asked.connect(self.retry)
        self.table.selectionModel().selectionChanged.connect(self._offer_retry)
        self.body.setSpacing(8)
        self.body.addWidget(self.band)
        self.body.addLayout(buttons)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.sign_in)
        self.body.addSpacing(GAP // 2)
        self.body.addWidget(Frame(self.table), 1)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK)
        self._ticking.timeout.connect(self._show)

    def entered(self) -> None:
        """Coming here is what starts the run, the first time and for each retry."""
        if not self.busy and self.session.ended is None:
            self.table.fill()
            self.band.start_anew()
            self.begin()
            # Space pauses, whatever else may appear on the page.
            self.pause_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def ready(self) -> bool:
        return self.session.ended is not None

    def settled(self) -> bool:
        return self.ready()

    @property
    def running(self) -> bool:
        """Whether something is going on at the new blog."""
        return self._waits is not None

    def hold(self) -> bool:
        if self.running and not self._closing and self._question is None:
            self._ask_to_close()
        return self.running

    def quit_work(self) -> None:
        super().quit_work()
        self._waits = None
        self._ticking.stop()
        self.sign_in.rest()
        self.table.quit_work()

    # Beginning and ending

    def begin(self, some: frozenset[str] | None = None) -> None:
        """Start, or go on where it was; ``some``: with these posts alone, for now."""
        session = self.session
        session.ended = None
        self._some = some
        self._stopping = self._hurrying = False
        self._waits = Waits(_host(session), time.monotonic())
        self.title_line.setText(session.task.heading)
        self.pause_button.setText("Pause")
        self.sign_in.rest()
        self.table.begin(session.task.beginning)
        self.start(self._job, self._ended, happened=self._heard)
        self._offer_retry()
        self._ticking.start()
        self._show()

    def _job(self, stop: Stop) -> Iterator[object]:
        session = self.session
        only = session.only if self._some is None else self._some
        return runs.run(
            session.task,
            session.need_move(),
            session.source,
            session.need_destination(),
            only,
            stop,
        )

    def pause_or_go_on(self) -> None:
        if self.running:
            self._stop()
        elif not self.busy:
            self.begin()

    def stop_here(self) -> None:
        """End with what was done; the rest can be moved later."""
        self._stopping = True
        if self.running:
            self._stop()
        elif not self.busy:
            self.go_on()

    def try_now(self) -> None:
        """End the waiting: a pause, and at once on."""
        if self.running:
            self._hurrying = True
            self._stop()

    def _stop(self) -> None:
        if self.worker is not None and self._waits is not None:
            if not self.worker.stop.is_set():
                self._waits.stop(time.monotonic())
            self.worker.stop.set()
            # Disabled, it would hand the focus to "Stop here", and the next Space too.
            words = "Pausing…" if not self._hurrying else "Trying…"
            self.pause_button.setText(words)

    def _heard(self, event: object) -> None:
        self.band.hear(event)
        self.table.hear(event)
        match event:
            case Waiting(trouble, seconds, hurry) if self._waits is not None:
                now = time.monotonic()
                self._waits.wait(trouble, seconds, now, hurry=hurry)
                return
            case Ended():
                self.session.ended = event
            case runs.Counted(rows, failures):
                self.session.rows, self.session.failures = rows, failures
        if self._waits is not None:
            self._waits.heard(time.monotonic())

    def _ended(self, _: object) -> None:
        ended = self.session.ended
        assert ended is not None
        self._rest()
        if self._closing:
            self.wizard().close()
        elif self._stopping:
            self.go_on()
        elif self._hurrying and ended.trouble is None:
            self.begin(self._some)
        elif self._some is not None and not ended.paused:
            # These were tried again; the others still wait for "Go on".
            self.session.ended = replace(ended, paused=True)
            self._show_paused(None)
        elif ended.paused:
            self._show_paused(ended.trouble, signed_out=ended.signed_out)
        else:
            self.go_on()

    def _show_paused(
        self, trouble: Trouble | None, *, signed_out: bool = False
    ) -> None:
        self.title_line.setText("Paused")
        self.now_line.setText(EVERYTHING_SAFE)
        destination = self.session.need_destination()
        if trouble is not None and signed_out and destination.fields:
            self.sign_in.ask(destination, trouble)
        elif trouble is not None:
            self.notice.say(trouble.title, trouble.hint)
        self._offer_retry()

    def failed(self, outcome: Outcome) -> None:
        self._rest()
        super().failed(outcome)
        if self._closing:
            self.wizard().close()

    def _rest(self) -> None:
        self._ticking.stop()
        # What it asks about is over.
        self._forget_question()
        self._show()
        self._waits = None
        self.table.rest()
        self.notice.clear()
        self.hurry_button.hide()
        self.band.rest()
        self.now_line.clear()
        self.pause_button.setText("Go on")

    # Once more

    def retry(self) -> None:
        """The selected posts that something is wrong with, or all of them."""
        keys = self._offer_retry()
        if keys and not self.busy:
            self.begin(keys)

    def _offer_retry(self) -> frozenset[str]:
        failures = () if self.running else self.session.failures
        keys = self.table.offer_retry(failures)
        self.retry_button.setText(self.table.retry_action.text())
        self.retry_button.setVisible(bool(keys))
        return keys

    def sign_in_again(self) -> None:
        """With what was typed; then it goes on by itself."""
        if self.busy:
            return
        move, address = (
            self.session.need_move(),
            self.session.need_destination().address,
        )
        answers, keeper = self.sign_in.answers(), self.sign_in.form.keeper()
        self.start(
            lambda stop: jobs.connect(address, answers, move, keeper),
            self._signed_in,
            saying="Signing in…",
        )

    def _signed_in(self, found: object) -> None:
        assert isinstance(found, jobs.Connected)
        self.session.destination, self.session.site = found.destination, found.site
        self.session.new_answers = found.answers
        self.begin(self._some)

    # The screen

    def _show(self) -> None:
        second = time.monotonic()
        said = self._waits.look(second) if self._waits is not None else None
        held = self._waits is not None and self._waits.held
        self.band.show_now(second, held=held)
        self.now_line.setText(self.table.now)
        if self.running:
            self.table.follow()
        if said is not None:
            self.notice.say(said.title, said.hint, Tone.WARN)
        elif self.running:
            self.notice.clear()
        self.hurry_button.setVisible(said is not None and said.hurry)
        self.table.repaint_rows()

    # Closing the window in the middle

    def _ask_to_close(self) -> None:
        self._question = ClosingQuestion(self.session.task, self)
        self._question.agreed.connect(self._pause_and_close)
        self._question.finished.connect(self._forget_question)
        self._question.open()

    def _forget_question(self) -> None:
        question, self._question = self._question, None
        if question is not None:
            question.close()
            question.deleteLater()

    def _pause_and_close(self) -> None:
        self._closing = True
        if not self.running:
            self.wizard().close()
            return
        self._stop()
        self.spinner.say("Bringing what is on its way to a safe point, then closing…")
        # The worker may be in the middle of a long answer.
        QTimer.singleShot(CLOSING, self, self.leave_wanted.emit)


def _host(session: Session) -> str:
    """Whose answers are awaited, as a person knows it."""
    return urlsplit(session.need_destination().address).netloc or "the new blog"
