"""The window: its pages in their order, the steps at the side, and how it is closed."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPalette,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QWizard

from wizard.errors import MoveError
from wizard.ui import jobs
from wizard.ui.choose_page import ChoosePage
from wizard.ui.done_page import DonePage
from wizard.ui.how_page import HowPage
from wizard.ui.moving_page import MovingPage
from wizard.ui.new_blog_page import NewBlogPage
from wizard.ui.old_blog_page import OldBlogPage
from wizard.ui.page import Page
from wizard.ui.ready_page import ReadyPage
from wizard.ui.state import Session
from wizard.ui.steps import NAME, Steps, icon
from wizard.ui.welcome_page import WelcomePage
from wizard.ui.worker import Worker

PAGES: tuple[type[Page], ...] = (
    WelcomePage,
    OldBlogPage,
    NewBlogPage,
    ChoosePage,
    HowPage,
    ReadyPage,
    MovingPage,
    DonePage,
)
Button = QWizard.WizardButton
# Seconds that a job has to come to a safe point once the window is closed.
ENDING = 3.5


class Window(QWizard):
    """One sitting, from the old blog to the new one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle(NAME)
        self.setWindowIcon(icon())
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.WindowMinMaxButtonsHint
            | Qt.WindowType.WindowCloseButtonHint
        )
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        self.setOptions(
            QWizard.WizardOption.NoBackButtonOnStartPage
            | QWizard.WizardOption.DisabledBackButtonOnLastPage
            | QWizard.WizardOption.NoCancelButtonOnLastPage
        )
        self.setButtonLayout(
            [
                Button.CancelButton,
                Button.Stretch,
                Button.BackButton,
                Button.NextButton,
                Button.CommitButton,
                Button.FinishButton,
            ]
        )
        for button, text in (
            (Button.CancelButton, "Close"),
            (Button.BackButton, "Back"),
            (Button.NextButton, "Next"),
            (Button.CommitButton, "Move"),
            (Button.FinishButton, "Close"),
        ):
            self.setButtonText(button, text)
        self.pages = [page(session) for page in PAGES]
        for page in self.pages:
            self.addPage(page)
            page.leave_wanted.connect(self.leave)
        self.steps = Steps([page.step for page in PAGES])
        self.setSideWidget(self.steps)
        self.currentIdChanged.connect(self._entered)
        self._warming: Worker | None = None
        self._number = -1
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.setMinimumSize(860, 600)
        self.resize(1000, 720)

    def showEvent(self, event: QShowEvent) -> None:
        """Steps up to the edges, pages on the window's own ground instead of white;
        the wizard lays itself out only now."""
        super().showEvent(event)
        beside, frame = self.steps.parentWidget(), self.pages[0].parentWidget()
        layout = beside.layout() if beside else None
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        if frame is not None:
            frame.setBackgroundRole(QPalette.ColorRole.Window)
        # What later pages need is loaded once this one has been painted.
        QTimer.singleShot(100, self, self._warm_up)

    def _warm_up(self) -> None:
        if self.isVisible() and self._warming is None:
            self._warming = Worker(lambda stop: jobs.warm_up(), self)
            self._warming.start()

    def page_now(self) -> Page | None:
        page = self.currentPage()
        return page if isinstance(page, Page) else None

    def _entered(self, number: int) -> None:
        page = self.page_now()
        if page is None:
            return
        self.steps.show_step(number)
        session = self.session
        forward, self._number = number > self._number, number
        if session.rewinding and not page.chooses:
            self.back()
            return
        session.rewinding = False
        # Whoever goes back wants to see the pages, and to press Move for himself.
        session.resuming = session.resuming and forward
        page.entered()
        # A resumed move passes by the pages that have nothing to ask.
        if session.resuming and page.settled():
            self.next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is for what is inside the window; it never closes the window itself."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """The window's close box and *Close* both come here."""
        page = self.page_now()
        if page is not None and page.hold():
            return
        self.leave()

    def accept(self) -> None:
        self.leave()

    def leave(self) -> None:
        """Close: stop what runs, write down what was decided, let go of the move."""
        # First, so that nobody looks at it meanwhile. Hiding it would not do: only a
        # window that is closed ends the program.
        super().reject()
        warming, self._warming = self._warming, None
        if warming is not None:
            warming.send_away()
        for page in self.pages:
            page.quit_work()
        page_now = self.page_now()
        if page_now is not None:
            page_now.kept()
        # What does not end by then ends with the program: a move survives that as it
        # survives a power cut.
        if Worker.all_ended(ENDING):
            # A disk that was taken out is no reason to stay open.
            with suppress(MoveError, OSError):
                self.session.let_go()
