"""Moves on the screen that a test can hold up in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtWidgets import QWizard

from tests.move.doubles import NewBlog
from tests.ui.conftest import Sitting
from wizard.move.events import (
    State,
)
from wizard.ui.done_page import DonePage
from wizard.ui.moving_page import MovingPage
from wizard.ui.ready_page import ReadyPage
from wizard.ui.state import Session

Sit = Callable[..., Sitting]


class Gate:
    """Holds up every request to the new blog after the first few, until it is opened."""

    def __init__(self, blog: NewBlog, free: int = 6) -> None:
        self.open = threading.Event()
        self.left = free
        blog.meddle = self.wait

    def wait(self, verb: str, what: object) -> None:
        if verb == "create":
            self.left -= 1
            if self.left < 0:
                self.open.wait(20)


def begun(sit: Sit, session: Session) -> tuple[Sitting, MovingPage]:
    """From *Ready*, with the button that says Move."""
    sitting = sit(session)
    sitting.go_to(ReadyPage)
    sitting.press(QWizard.WizardButton.CommitButton)
    page = sitting.wait_for(MovingPage)
    assert isinstance(page, MovingPage)
    return sitting, page


def done(sitting: Sitting) -> DonePage:
    page = sitting.wait_for(DonePage)
    assert isinstance(page, DonePage)
    return page


def states(page: MovingPage) -> set[State]:
    return {page.posts.progress_of(row).state for row in page.posts.rows}
