"""The move itself on the screen: progress, pause, trouble in its row, retry, the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWizard

from tests.move.doubles import HASTY, NewBlog, OldBlog, refused
from tests.ui.conftest import Opener, Sitting, read_session
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
from wizard.move.file import Move
from wizard.ui.done_page import FAILED, POSTS, DonePage
from wizard.ui.moving_page import MovingPage
from wizard.ui.ready_page import ReadyPage
from wizard.ui.state import Session

Sit = Callable[..., Sitting]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blog in memory has settled what it was asked within moments."""
    monkeypatch.setattr("wizard.move.engine.Patience", lambda: HASTY)


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


def test_everything_moves_and_the_last_page_says_so(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    assert states(moving) == {State.SENT}
    assert moving.bar.value() == moving.bar.maximum()
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


def test_stopping_here_ends_with_what_was_done_and_can_be_gone_on_with(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.qtbot.mouseClick(moving.stop_button, Qt.MouseButton.LeftButton)
    gate.open.set()
    page = done(sitting)
    assert page.title_line.text() == "Stopped here"
    assert page.retry_button.text() == "Go on"
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    sitting.wait(lambda: isinstance(sitting.now, DonePage))
    assert page.title_line.text() == "Done"
    assert len(new_blog.of(Kind.POST)) == 8


def test_a_refused_post_tells_why_in_its_row_and_can_be_tried_again(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    new_blog.fates[Kind.POST] = [refused]
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    (bad,) = [
        row
        for row in moving.posts.rows
        if moving.posts.progress_of(row).state is State.REFUSED
    ]
    trouble = moving.posts.progress_of(bad).trouble
    assert trouble is not None
    assert trouble.title == "The new blog refused this."
    (failure,) = sitting.session.failures
    assert failure.post == bad.key
    assert page.title_line.text() == "Not everything arrived"
    requests = new_blog.count("create", Kind.POST)
    (retry,) = [
        made
        for made in page.failures.findChildren(QPushButton)
        if made.accessibleName() == f"Retry {bad.title}"
    ]
    retry.click()
    sitting.wait_for(MovingPage)
    assert [row.key for row in moving.posts.rows] == [bad.key]
    done(sitting)
    assert page.title_line.text() == "Done"
    assert page.figures.number(POSTS) == "8"
    assert new_blog.count("create", Kind.POST) == requests + 1


def test_all_refused_things_are_tried_again_together(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    new_blog.fates[Kind.COMMENT] = [refused, refused]
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    assert page.figures.number(FAILED) == "2"
    assert len(sitting.session.failures) == 2
    assert all(Kind.POST not in failure.kinds for failure in sitting.session.failures)
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    assert len(moving.posts.rows) == 2
    done(sitting)
    assert page.figures.number(FAILED) == "0"
    assert len(new_blog.of(Kind.COMMENT)) == 4


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
    page._fill()
    trouble = Trouble("The new blog asks for a break.", "Nothing is lost.")
    page._heard(Waiting(trouble, 75.4))
    page._show()
    assert page.notice.title.text() == "The new blog asks for a break."
    assert "again in 1:15" in page.notice.hint.text()
    page._heard(Waiting(trouble, 0.0))
    assert "again in 1:15" in page.notice.hint.text()
    page._wait = (trouble, 0.0)
    page._show()
    assert page.notice.isHidden()


def test_numbers_and_rows_follow_the_events(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting = sit(read_session(old_blog, new_blog))
    page = sitting.page(MovingPage)
    assert isinstance(page, MovingPage)
    page._fill()
    large = Trouble("The photo is too large.")
    page._heard(Began(3_000_000_000, 10))
    page._heard(PostBegan("cns!3"))
    page._show()
    assert page.count_line.text() == "10 of 3,000,000,000 items"
    assert page.now_line.text() == "Entry 3"
    row = page.posts.row(page.posts.number_of("cns!3"))
    assert page.posts.progress_of(row).state is State.SENDING
    settled = ItemSettled(
        Kind.PHOTO, "p", "cns!3", State.REFUSED, large, 1_500_000_000, 3_000_000_000
    )
    page._heard(settled)
    page._heard(PostSettled("cns!3", State.SENT, "memory://new/1", None))
    page._show()
    assert page.bar.value() == 500
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


# Closing in the middle


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


# Done


def test_the_new_blog_and_the_report_open(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, opener: Opener
) -> None:
    session = read_session(old_blog, new_blog)
    sitting, _ = begun(sit, session)
    page = done(sitting)
    page.open_button.click()
    assert opener.urls == ["memory://new"]
    page.report_button.click()
    sitting.wait(lambda: len(opener.urls) == 2)
    report = Path(opener.urls[1].removeprefix("file://"))
    assert report.parent == session.need_move().path.parent
    assert "<html" in report.read_text("utf-8")[:200]
    assert "Entry 3" in report.read_text("utf-8")


@pytest.mark.parametrize("count", [3, 60])
def test_a_long_list_of_failures_is_cut_short(
    sit: Sit, new_blog: NewBlog, count: int
) -> None:
    from tests.move.doubles import entry

    new_blog.fates[Kind.POST] = [refused] * count
    blog = OldBlog([entry(number) for number in range(count)])
    sitting, _ = begun(sit, read_session(blog, new_blog))
    page = done(sitting)
    shown = page.failures.findChildren(QPushButton)
    assert len(shown) == min(count, 50)
    assert page.figures.number(FAILED) == str(count)
