"""Closing the window in the middle of a move: nothing is lost, nobody is asked twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWizard

from tests.move.doubles import NewBlog, OldBlog
from tests.ui.conftest import Sitting, read_session
from tests.ui.moves import Gate, begun, done
from wizard import settings
from wizard.destinations import Kind
from wizard.move.file import Move
from wizard.ui.state import Session

Sit = Callable[..., Sitting]

pytestmark = pytest.mark.usefixtures("hasty")


def question_of(sitting: Sitting) -> QMessageBox:
    boxes = sitting.window.findChildren(QMessageBox)
    (box,) = [box for box in boxes if box.isVisible()]
    return box


def answer(sitting: Sitting, words: str) -> None:
    box = question_of(sitting)
    (button,) = [made for made in box.buttons() if made.text() == words]
    sitting.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def ends(app: QApplication, act: Callable[[], object]) -> bool:
    """Whether the program, running, comes to its end by this."""
    late = QTimer(app)
    late.setSingleShot(True)
    late.timeout.connect(lambda: app.exit(1))
    late.start(20_000)
    QTimer.singleShot(0, act)
    status = app.exec()
    late.stop()
    return status == 0


def test_closing_asks_and_keep_moving_keeps_moving(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.window.close()
    assert sitting.window.isVisible()
    answer(sitting, "Keep going")
    assert page.busy
    gate.open.set()
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8


def test_pause_and_close_closes_at_a_safe_point_and_the_move_goes_on_later(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, qapp: QApplication
) -> None:
    session = read_session(old_blog, new_blog)
    path = session.need_move().path
    gate = Gate(new_blog)
    sitting, page = begun(sit, session)
    sitting.wait(lambda: gate.left < 0)
    sitting.window.close()
    answer(sitting, "Pause and close")
    assert sitting.window.isVisible()
    assert page.spinner.isVisible()
    assert ends(qapp, gate.open.set)
    assert not sitting.window.isVisible()
    there = len(new_blog.of(Kind.POST))
    assert 0 < there < 8
    move = Move.open(path)
    assert move.counts()[Kind.POST]
    again = Session(
        source=old_blog,
        move=move,
        rows=move.rows(),
        destination=new_blog,
        site=new_blog.check(),
    )
    later, _ = begun(sit, again)
    done(later)
    assert len(new_blog.of(Kind.POST)) == 8


def test_closing_twice_asks_once(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.window.close()
    sitting.window.close()
    answer(sitting, "Keep going")
    gate.open.set()
    done(sitting)


def test_the_question_goes_away_when_the_move_ends_by_itself(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.window.close()
    question_of(sitting)
    gate.open.set()
    done(sitting)
    sitting.wait(lambda: not sitting.window.findChildren(QMessageBox))
    assert sitting.window.isVisible()


# The end of the program

WAYS = {
    "the button": "window.button(Button.CancelButton).click()",
    "the close box": "window.windowHandle().close()",
}
PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from wizard.ui import app
from wizard.ui.window import Button, Window

class Closed(Window):
    def showEvent(self, event):
        super().showEvent(event)
        window = self
        QTimer.singleShot(200, self, lambda: {way})

app.Window = Closed
sys.exit(app.main({arguments}))
"""


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("arguments", [[], [str(settings.SAMPLE)]])
def test_closing_the_window_ends_the_program(way: str, arguments: list[str]) -> None:
    program = PROGRAM.format(way=way, arguments=arguments)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("paused", [True, False])
def test_closing_ends_the_program_while_paused_and_at_the_end(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, qapp: QApplication, paused: bool
) -> None:
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    if paused:
        page.pause_button.click()
    gate.open.set()
    sitting.wait(lambda: not page.busy)
    if not paused:
        done(sitting)
    close = sitting.window.button(QWizard.WizardButton.FinishButton).click
    assert ends(qapp, sitting.window.close if paused else close)


def test_escape_never_closes_the_window(sit: Sit) -> None:
    sitting = sit()
    sitting.qtbot.keyClick(sitting.window, Qt.Key.Key_Escape)
    sitting.qtbot.keyClick(sitting.now, Qt.Key.Key_Escape)
    assert sitting.window.isVisible()
