"""The move itself on the screen: progress, pause, trouble in its row."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWizard

from tests.move.doubles import NewBlog, OldBlog
from tests.ui.conftest import Sitting, read_session
from tests.ui.moves import Gate, begun, done, states
from wizard.destinations import Kind
from wizard.errors import SignInFailed
from wizard.move.events import (
    Began,
    Ended,
    ItemSettled,
    PostBegan,
    PostSettled,
    State,
    Trouble,
    Verdict,
    Waiting,
)
from wizard.ui.done_page import FAILED, POSTS
from wizard.ui.moving_page import MovingPage
from wizard.ui.waits import Waits

Sit = Callable[..., Sitting]

pytestmark = pytest.mark.usefixtures("hasty")


def test_everything_moves_and_the_last_page_says_so(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    assert states(moving) == {State.SENT}
    assert moving.band.bar.value() == moving.band.bar.maximum()
    assert page.title_line.text() == "Done"
    assert "8 posts" in page.verdict.text()
    assert page.figures.number(POSTS) == "8"
    assert page.figures.number(FAILED) == "0"
    assert not page.retry_button.isVisible()
    assert len(new_blog.of(Kind.POST)) == 8
    back = sitting.window.button(QWizard.WizardButton.BackButton)
    assert not (back.isVisible() and back.isEnabled())


def test_only_ticked_posts_are_moved_and_listed(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    session = read_session(old_blog, new_blog)
    session.need_move().choose(["cns!0", "cns!1", "cns!2"], False)
    session.rows = session.need_move().rows()
    sitting, moving = begun(sit, session)
    done(sitting)
    assert len(moving.posts.rows) == 5
    assert len(new_blog.of(Kind.POST)) == 5


def test_pausing_keeps_what_was_done_and_going_on_finishes_once(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.qtbot.mouseClick(page.pause_button, Qt.MouseButton.LeftButton)
    assert page.pause_button.text() == "Pausing…"
    gate.open.set()
    sitting.wait(lambda: not page.busy)
    assert isinstance(sitting.now, MovingPage)
    assert page.title_line.text() == "Paused"
    assert page.pause_button.text() == "Go on"
    assert State.SENDING not in states(page)
    before = len(new_blog.of(Kind.POST))
    assert before < 8
    sitting.qtbot.mouseClick(page.pause_button, Qt.MouseButton.LeftButton)
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8


def test_losing_the_password_pauses_with_a_reason(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    def forget(verb: str, what: object) -> None:
        if verb == "create":
            raise SignInFailed("The password is no longer accepted.", "Make another.")

    new_blog.meddle = forget
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: page.notice.isVisible() and not page.busy)
    assert isinstance(sitting.now, MovingPage)
    assert page.notice.title.text() == "The password is no longer accepted."
    assert page.pause_button.text() == "Go on"
    new_blog.meddle = lambda verb, what: None
    page.pause_button.click()
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8


def test_waiting_counts_down_with_its_reason(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting = sit(read_session(old_blog, new_blog))
    page = sitting.page(MovingPage)
    assert isinstance(page, MovingPage)
    page.table.fill()
    trouble = Trouble("The new blog asks for a break.", "Nothing is lost.")
    page._waits = Waits("memory", time.monotonic())
    page._heard(Waiting(trouble, 75.4))
    page._show()
    assert page.notice.title.text() == "The new blog asks for a break."
    assert "Going on in 1:15" in page.notice.hint.text()
    assert page.band.time_line.text() == ""
    page._heard(Waiting(trouble, 0.0))
    assert "Going on in 1:15" in page.notice.hint.text()
    page._waits = Waits("memory", time.monotonic())
    page._heard(Waiting(trouble, 0.0))
    page._heard(PostBegan("cns!3"))
    page._show()
    assert page.notice.isHidden()


def test_numbers_and_rows_follow_the_events(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting = sit(read_session(old_blog, new_blog))
    page = sitting.page(MovingPage)
    assert isinstance(page, MovingPage)
    page.table.fill()
    large = Trouble("The photo is too large.")
    page._heard(Began(3_000_000_000, 10))
    page._heard(PostBegan("cns!3"))
    page._show()
    assert page.band.count_line.text() == "10 of 3,000,000,000 items"
    assert page.now_line.text() == "Entry 3"
    row = page.posts.row(page.posts.number_of("cns!3"))
    assert page.posts.progress_of(row).state is State.SENDING
    settled = ItemSettled(
        Kind.PHOTO, "p", "cns!3", State.REFUSED, large, 1_500_000_000, 3_000_000_000
    )
    page._heard(settled)
    page._heard(PostSettled("cns!3", State.SENT, "memory://new/1", None))
    page._show()
    assert page.band.bar.value() == 500
    # The post is there, and what went wrong with its photo is still to be read.
    assert page.posts.progress_of(row).state is State.SENT
    assert page.posts.progress_of(row).trouble == large
    verdict = Verdict("All is there.", True, {})
    page._heard(Ended(verdict, paused=False))
    assert sitting.session.ended is not None


def test_the_window_lives_while_posts_are_sent(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog, free=0)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    for _ in range(20):
        sitting.qtbot.wait(10)
        assert page.busy
    next_button = sitting.window.button(QWizard.WizardButton.NextButton)
    assert not next_button.isEnabled()
    gate.open.set()
    done(sitting)


def test_space_pauses_and_space_again_goes_on(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    page.pause_button.setFocus()
    sitting.qtbot.keyClick(sitting.window.focusWidget(), Qt.Key.Key_Space)
    gate.open.set()
    sitting.wait(lambda: not page.busy)
    assert page.title_line.text() == "Paused"
    assert sitting.window.focusWidget() is page.pause_button
    sitting.qtbot.keyClick(sitting.window.focusWidget(), Qt.Key.Key_Space)
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8
