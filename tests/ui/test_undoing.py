"""Taking a move back: asked first, in plain words; what people touched stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.move.doubles import NewBlog, OldBlog
from tests.ui.conftest import Sitting, read_session
from tests.ui.moves import begun, done
from wizard.destinations import Kind, NewPost
from wizard.ui.done_page import DonePage
from wizard.ui.moving_page import MovingPage
from wizard.ui.runs import Task
from wizard.ui.undo_question import UndoQuestion

Sit = Callable[..., Sitting]

pytestmark = pytest.mark.usefixtures("hasty")


def moved(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> tuple[Sitting, MovingPage, DonePage]:
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    return sitting, moving, done(sitting)


def asked(sitting: Sitting, page: DonePage) -> UndoQuestion:
    page.undo_button.click()
    sitting.wait(lambda: page._question is not None and page._question.isVisible())
    question = page._question
    assert question is not None
    return question


def agree(sitting: Sitting, page: DonePage) -> None:
    question = asked(sitting, page)
    sitting.qtbot.mouseClick(question.yes_button, Qt.MouseButton.LeftButton)
    sitting.wait_for(MovingPage)
    done(sitting)


def test_the_question_says_what_goes_and_what_stays_and_no_changes_nothing(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, _, page = moved(sit, old_blog, new_blog)
    question = asked(sitting, page)
    words = question.informativeText()
    assert "To the trash of memory://new: 8 posts and 4 comments" in words
    assert "Deleted there for good: 7 photos" in words
    assert "changed or commented on there since" in words
    assert "move everything again" in words
    sitting.qtbot.keyClick(question, Qt.Key.Key_Escape)
    sitting.wait(lambda: page._question is None)
    assert isinstance(sitting.now, DonePage)
    assert len(new_blog.of(Kind.POST)) == 8


def test_what_the_move_made_is_taken_back_and_can_be_moved_again(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, moving, page = moved(sit, old_blog, new_blog)
    agree(sitting, page)
    assert page.title_line.text() == "Taken back"
    assert "taken back from memory://new" in page.verdict.text()
    assert moving.title_line.text() == Task.UNDO.heading
    assert new_blog.of(Kind.POST) == []
    assert not page.undo_button.isVisible()
    assert not page.failures.isVisible()
    assert page.retry_button.text() == "Move again"
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8


def test_a_post_that_was_edited_there_stays_and_is_named(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, _, page = moved(sit, old_blog, new_blog)
    row = new_blog.of(Kind.POST)[3]
    assert isinstance(row.thing, NewPost)
    row.thing = replace(row.thing, html=f"{row.thing.html}<p>More.</p>")
    agree(sitting, page)
    assert new_blog.of(Kind.POST) == [row]
    said = " ".join(made.text() for made in page.failures.findChildren(QLabel))
    assert row.thing.title in said
    assert "stays there" in said


def test_a_hundred_presses_ask_once(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, _, page = moved(sit, old_blog, new_blog)
    for _ in range(100):
        page.undo_button.click()
    assert len(page.findChildren(UndoQuestion)) == 1
    question = page._question
    assert question is not None
    question.reject()
    sitting.wait(lambda: page._question is None)
