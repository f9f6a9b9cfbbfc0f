"""What every page of the wizard has in common: a heading, a notice, one slow job."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWizardPage

from wizard.errors import MoveError
from wizard.ui.look import GAP, MARGIN, label
from wizard.ui.parts import Notice, Spinner, scrolling
from wizard.ui.state import Session
from wizard.ui.worker import Job, Outcome, Worker


class Page(QWizardPage):
    """A page builds itself in ``__init__``, is filled in ``initializePage``, judges in
    `ready` and ``validatePage``, and writes to the session in `keep`.
    ``leave_wanted``: close the window, and ask nothing more."""

    leave_wanted = Signal()

    step: ClassVar[str]
    heading: ClassVar[str]
    explanation: ClassVar[str] = ""
    # Pages of words and fields scroll where the window is small; lists scroll anyway.
    scrolls: ClassVar[bool] = True
    # Whether one chooses here what shall be moved.
    chooses: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.worker: Worker | None = None
        self._done: Callable[[object], None] | None = None
        self._happened: Callable[[object], None] | None = None
        self.notice = Notice()
        self.spinner = Spinner()
        self.title_line = label(self.heading, size=1.75, bold=True)
        self.subtitle_line = label(self.explanation, muted=True)
        self.subtitle_line.setVisible(bool(self.explanation))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN - 4, MARGIN, GAP)
        layout.setSpacing(4)
        layout.addWidget(self.title_line)
        layout.addWidget(self.subtitle_line)
        layout.addSpacing(GAP)
        self.area = scrolling(self.body) if self.scrolls else None
        if self.area is not None:
            layout.addWidget(self.area, 1)
        else:
            layout.addLayout(self.body, 1)
        layout.addWidget(self.spinner)
        layout.addWidget(self.notice)

    # What pages say of themselves

    def ready(self) -> bool:
        """Whether *Next* may be pressed, as far as this page's widgets go."""
        return True

    def settled(self) -> bool:
        """Whether a resumed move has nothing to ask here."""
        return False

    def keep(self) -> None:
        """Write what the widgets say to the session."""

    def entered(self) -> None:
        """The page has come up, from either side."""

    def hold(self) -> bool:
        """Whether the window has to ask before it closes."""
        return False

    def kept(self) -> bool:
        """`keep`, or say why the move file would not take it."""
        try:
            if self.session.move is not None:
                self.keep()
        except MoveError as trouble:
            self.notice.tell(trouble)
            return False
        return True

    def validatePage(self) -> bool:
        return self.kept()

    def cleanupPage(self) -> None:
        """Gone back from: what was decided is kept, and filled in when it comes again."""
        self.kept()

    # One slow job at a time

    @property
    def busy(self) -> bool:
        return self.worker is not None

    def start(
        self,
        job: Job,
        done: Callable[[object], None],
        *,
        saying: str = "",
        happened: Callable[[object], None] | None = None,
    ) -> None:
        """Run ``job`` beside the window. ``done`` gets what it gives back; if it fails
        the notice says why. ``happened`` gets each event."""
        assert self.worker is None
        self.notice.clear()
        if saying:
            self.spinner.say(saying)
        self._done, self._happened = done, happened
        self.worker = Worker(job, self)
        self.worker.happened.connect(self._job_happened)
        self.worker.ended.connect(self._job_ended)
        self.worker.start()
        self.completeChanged.emit()

    def _job_happened(self, event: object) -> None:
        # What a worker that was sent away has left in the queue is not ours any more.
        if self._happened is not None and self.sender() is self.worker:
            self._happened(event)

    def _job_ended(self, outcome: Outcome) -> None:
        worker, done = self.worker, self._done
        if worker is None or done is None or self.sender() is not worker:
            return
        worker.close()
        worker.deleteLater()
        self.worker, self._done = None, None
        self.spinner.rest()
        if outcome.trouble is not None:
            self.failed(outcome)
        else:
            done(outcome.value)
        self.completeChanged.emit()

    def failed(self, outcome: Outcome) -> None:
        """The job could not do what was asked."""
        assert outcome.trouble is not None
        self.notice.tell(outcome.trouble)
        if self.area is not None:
            QTimer.singleShot(0, self, self._show_notice)

    def _show_notice(self) -> None:
        if self.area is not None and self.area.isAncestorOf(self.notice):
            self.area.ensureWidgetVisible(self.notice)

    def quit_work(self) -> None:
        """Tell the job, if any, to stop; nothing more is heard of it."""
        worker, self.worker, self._done = self.worker, None, None
        if worker is not None:
            worker.send_away()
        self.spinner.rest()

    def go_on(self) -> None:
        """Press *Next* for the person, who may have gone elsewhere by now."""
        if self.wizard().currentPage() is self:
            self.wizard().next()

    def isComplete(self) -> bool:
        return not self.busy and self.ready()
