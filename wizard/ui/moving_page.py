"""The page on which it happens: how far it is, how long it takes, what each post does."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QProgressBar

from wizard.blog import Photo
from wizard.move.events import (
    Began,
    Ended,
    ItemSettled,
    PostBegan,
    PostSettled,
    State,
    Trouble,
    Waiting,
)
from wizard.ui import jobs
from wizard.ui.look import GAP, label
from wizard.ui.pace import Pace
from wizard.ui.page import Page
from wizard.ui.parts import Frame, Tone, button
from wizard.ui.post_list import PostList, Progress
from wizard.ui.post_table import PICTURE, PostTable
from wizard.ui.state import Session
from wizard.ui.thumbnails import Thumbnails
from wizard.ui.words import countdown
from wizard.ui.worker import Outcome

# Events come by the hundred a second; the screen follows some fourteen times a second.
TICK = 70


class MovingPage(Page):
    step = "Moving"
    heading = "Moving your blog"
    scrolls = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.pace = Pace()
        self.thumbnails: Thumbnails | None = None
        self._settled = self._total = 0
        self._now = ""
        self._line = 0
        self._wait: tuple[Trouble, float] | None = None
        self._stopping = self._closing = False
        self._question: QMessageBox | None = None
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How much is done")
        self.count_line = label(wrap=False)
        self.time_line = label(wrap=False, bold=True)
        self.now_line = label(muted=True, wrap=False)
        numbers = QHBoxLayout()
        numbers.addWidget(self.count_line)
        numbers.addStretch(1)
        numbers.addWidget(self.time_line)
        self.pause_button = button("Pause")
        self.pause_button.clicked.connect(self.pause_or_go_on)
        self.stop_button = button("Stop here")
        self.stop_button.setToolTip("Ends with what has been moved so far")
        self.stop_button.clicked.connect(self.stop_here)
        buttons = QHBoxLayout()
        buttons.addWidget(self.now_line, 1)
        buttons.addWidget(self.pause_button)
        buttons.addWidget(self.stop_button)
        self.posts = PostList(session.first_words, ticks=False)
        self.table = PostTable(self.posts, self._picture)
        self.body.setSpacing(8)
        self.body.addWidget(self.bar)
        self.body.addLayout(numbers)
        self.body.addLayout(buttons)
        self.body.addSpacing(GAP // 2)
        self.body.addWidget(Frame(self.table), 1)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK)
        self._ticking.timeout.connect(self._show)

    def entered(self) -> None:
        """Coming here is what starts the move, the first time and for each retry."""
        if not self.busy and self.session.ended is None:
            self._fill()
            self.begin()

    def ready(self) -> bool:
        return self.session.ended is not None

    def hold(self) -> bool:
        if not self.busy:
            return False
        if not self._closing and self._question is None:
            self._ask_to_close()
        return True

    def quit_work(self) -> None:
        super().quit_work()
        self._ticking.stop()
        if self.thumbnails is not None:
            self.thumbnails.close()
            self.thumbnails.deleteLater()
            self.thumbnails = None

    def _fill(self) -> None:
        session = self.session
        only = session.only
        rows = [r for r in session.rows if r.chosen and (only is None or r.key in only)]
        self.posts.fill(rows)
        if self.thumbnails is None:
            self.thumbnails = Thumbnails(
                session.need_source().read, PICTURE, self.devicePixelRatioF(), self
            )
            self.thumbnails.changed.connect(self.table.repaint_rows)

    # Beginning and ending

    def begin(self) -> None:
        """Start, or go on where it was."""
        session = self.session
        move, source = session.need_move(), session.need_source()
        destination, only = session.need_destination(), session.only
        session.ended = None
        self._stopping = False
        self._wait = None
        self.pace.restart()
        self.title_line.setText(self.heading)
        self.pause_button.setText("Pause")
        self.pause_button.setEnabled(True)
        self.stop_button.setEnabled(True)
        self._now, self._line = "Looking at what is there already…", 0
        self.start(
            lambda stop: jobs.carry(move, source, destination, only, stop),
            self._ended,
            happened=self._heard,
        )
        self._ticking.start()
        self._show()

    def pause_or_go_on(self) -> None:
        if self.worker is None:
            self.begin()
            return
        self.worker.stop.set()
        # Disabled, it would hand the focus to "Stop here", and the next Space with it.
        self.pause_button.setText("Pausing…")

    def stop_here(self) -> None:
        """End with what was done; the rest can be moved later."""
        self._stopping = True
        self.stop_button.setEnabled(False)
        if self.worker is None:
            self.go_on()
        else:
            self.pause_or_go_on()

    def _heard(self, event: object) -> None:
        match event:
            case Began(total, done):
                self._total, self._settled = total, done
            case PostBegan(key):
                self._mark(key, State.SENDING)
                line = self.posts.number_of(key)
                if line >= 0:
                    self._now = self.posts.row(line).title or "A post without a title"
                    self._line = line
            case ItemSettled(_, _, post, state, trouble, done, total):
                self._settled, self._total = done, total
                self.pace.add(done, time.monotonic())
                if state is State.REFUSED:
                    self._mark(post, State.SENDING, trouble)
            case PostSettled(key, state, _, trouble):
                self._mark(key, state, trouble)
            case Waiting(trouble, seconds):
                until = time.monotonic() + seconds
                if self._wait is None or until > self._wait[1]:
                    self._wait = (trouble, until)
            case Ended():
                self.session.ended = event
            case jobs.Counted(rows, failures):
                self.session.rows, self.session.failures = rows, failures

    def _mark(self, key: str, state: State, trouble: Trouble | None = None) -> None:
        known = self.posts.progress.get(key)
        if trouble is None and known is not None and state is not State.SENDING:
            trouble = known.trouble
        self.posts.progress[key] = Progress(state, trouble)

    def _ended(self, _: object) -> None:
        ended = self.session.ended
        assert ended is not None
        self._rest()
        if self._closing:
            self.wizard().close()
        elif not ended.paused or self._stopping:
            self.go_on()
        else:
            self.title_line.setText("Paused")
            self.now_line.setText("Everything so far is safe. Go on whenever you like.")
            if ended.trouble is not None:
                self.notice.say(ended.trouble.title, ended.trouble.hint)

    def failed(self, outcome: Outcome) -> None:
        self._rest()
        super().failed(outcome)
        if self._closing:
            self.wizard().close()

    def _rest(self) -> None:
        self._ticking.stop()
        # What it asks about is over.
        self._forget_question()
        self._wait = None
        for key, progress in list(self.posts.progress.items()):
            if progress.state is State.SENDING and progress.trouble is None:
                del self.posts.progress[key]
        self._show()
        self.time_line.clear()
        self.now_line.clear()
        self.pause_button.setText("Go on")
        self.pause_button.setEnabled(True)
        self.stop_button.setEnabled(True)

    # The screen

    def _show(self) -> None:
        total, done = max(1, self._total), self._settled
        # The bar counts in thousandths: its own numbers are too small for a big blog.
        self.bar.setMaximum(1000)
        self.bar.setValue(1000 * done // total)
        said = [f"{done:,} of {self._total:,} items", self.pace.rate()]
        self.count_line.setText("  ·  ".join(filter(None, said)))
        self.time_line.setText(self.pace.left(self._total - done))
        self.now_line.setText(self._now)
        # Whoever is looking around in the list is not pulled away.
        if self.busy and not self.table.hasFocus():
            self.table.scrollTo(self.posts.index(self._line, 0))
        self._show_wait()
        self.table.repaint_rows()

    def _show_wait(self) -> None:
        if self._wait is None:
            return
        trouble, until = self._wait
        left = until - time.monotonic()
        if left <= 0:
            self._wait = None
            self.notice.clear()
            return
        self.notice.say(
            trouble.title,
            f"{trouble.hint} I try again in {countdown(left)}.".strip(),
            Tone.WARN,
        )

    def _picture(self, photo: Photo) -> QPixmap | None:
        return self.thumbnails.picture(photo) if self.thumbnails else None

    # Closing the window in the middle

    def _ask_to_close(self) -> None:
        question = QMessageBox(self)
        question.setWindowTitle("Moving Day")
        question.setText("Your blog is still being moved.")
        question.setInformativeText(
            "I can pause and close: what has arrived stays, and next time you go on "
            "where it was, from the first page."
        )
        pause = question.addButton("Pause and close", QMessageBox.ButtonRole.AcceptRole)
        keep = question.addButton("Keep moving", QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        pause.clicked.connect(self._pause_and_close)
        question.finished.connect(self._forget_question)
        self._question = question
        question.open()

    def _forget_question(self) -> None:
        question, self._question = self._question, None
        if question is not None:
            question.close()
            question.deleteLater()

    def _pause_and_close(self) -> None:
        self._closing = True
        if self.worker is None:
            self.wizard().close()
            return
        self.worker.stop.set()
        self.pause_button.setEnabled(False)
        self.stop_button.setEnabled(False)
        self.spinner.say("Bringing what is on its way to a safe point, then closing…")
