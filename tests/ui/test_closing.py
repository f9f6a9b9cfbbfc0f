"""Closing the window in the middle of a move: nothing is lost, nobody is asked twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.move.doubles import NewBlog, OldBlog
from tests.ui.conftest import Sitting, read_session
from tests.ui.moves import Gate, begun, done
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


def test_closing_asks_and_keep_moving_keeps_moving(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.window.close()
    assert sitting.window.isVisible()
    answer(sitting, "Keep moving")
    assert page.busy
    gate.open.set()
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8


def test_pause_and_close_closes_at_a_safe_point_and_the_move_goes_on_later(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    session = read_session(old_blog, new_blog)
    path = session.need_move().path
    gate = Gate(new_blog)
    sitting, page = begun(sit, session)
    sitting.wait(lambda: gate.left < 0)
    sitting.qtbot.keyClick(sitting.window, Qt.Key.Key_Escape)
    answer(sitting, "Pause and close")
    assert sitting.window.isVisible()
    assert page.spinner.isVisible()
    gate.open.set()
    sitting.wait(lambda: not sitting.window.isVisible())
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
    answer(sitting, "Keep moving")
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
