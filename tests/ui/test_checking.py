"""After the move: looking again, bringing back what is gone, from the first page, too."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWizard

from tests.move.doubles import NewBlog, OldBlog
from tests.move.fates import refused
from tests.ui.conftest import Opener, Sitting, read_session
from tests.ui.moves import Gate, begun, done
from wizard import settings
from wizard.destinations import Kind, NewPost
from wizard.move.book import BY_YOU
from wizard.move.events import State
from wizard.ui import jobs
from wizard.ui.choose_page import ChoosePage
from wizard.ui.done_page import DonePage
from wizard.ui.moving_page import MovingPage
from wizard.ui.ready_page import ReadyPage
from wizard.ui.runs import Fate, Task
from wizard.ui.state import Session
from wizard.ui.welcome_page import WelcomePage

Sit = Callable[..., Sitting]

pytestmark = pytest.mark.usefixtures("hasty")


def checked(sitting: Sitting, page: DonePage) -> None:
    page.check_button.click()
    done(sitting)
    sitting.wait(lambda: not page.busy)
    assert sitting.session.task is Task.CHECK


def words_of(page: DonePage) -> str:
    return " ".join(made.text() for made in page.failures.findChildren(QLabel))


def test_looking_again_says_that_all_is_as_it_was_sent(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    writes = new_blog.count("create") + new_blog.count("update")
    checked(sitting, page)
    assert page.title_line.text() == "Checked"
    assert moving.title_line.text() == Task.CHECK.heading
    assert moving.band.bar.value() == moving.band.bar.maximum()
    assert new_blog.count("create") + new_blog.count("update") == writes
    assert not page.failures.isVisible()
    assert not page.back_button.isVisible()


def test_what_is_gone_is_told_and_brought_back_only_when_asked(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    gone = new_blog.of(Kind.POST)[2]
    assert isinstance(gone.thing, NewPost)
    del new_blog.rows[gone.id]
    checked(sitting, page)
    assert page.title_line.text() == "Checked: please look"
    assert gone.thing.title in words_of(page)
    assert "not there any more" in words_of(page)
    assert len(new_blog.of(Kind.POST)) == 7
    assert page.back_button.isVisible()
    page.back_button.click()
    sitting.wait_for(MovingPage)
    done(sitting)
    assert page.title_line.text() == "Done"
    assert len(new_blog.of(Kind.POST)) == 8
    assert not page.back_button.isVisible()


def test_what_was_changed_there_is_told_and_left_alone(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    row = new_blog.of(Kind.POST)[1]
    assert isinstance(row.thing, NewPost)
    row.thing = replace(row.thing, html=f"{row.thing.html}<p>And more.</p>")
    checked(sitting, page)
    (failure,) = sitting.session.failures
    assert failure.fate is Fate.NOTED
    assert not page.failures.findChildren(QPushButton)
    assert "And more" in row.thing.html


def test_nothing_is_told_as_gone_in_the_middle_of_a_move(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog, free=14)
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    moving.stop_button.click()
    gate.open.set()
    page = done(sitting)
    checked(sitting, page)
    assert [f for f in sitting.session.failures if f.fate is Fate.GONE] == []
    assert page.retry_button.text() == "Go on"
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    done(sitting)
    assert page.title_line.text() == "Done"
    assert len(new_blog.of(Kind.POST)) == 8


def test_some_of_what_was_refused_is_tried_again(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    new_blog.fates[Kind.POST] = [refused] * 3
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    assert page.retry_button.text() == "Retry all"
    boxes = page.failures.findChildren(QCheckBox)
    assert len(boxes) == 3
    for box in boxes[:2]:
        box.click()
    assert page.retry_button.text() == "Retry 2"
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    assert len(moving.posts.rows) == 2
    done(sitting)
    assert len(sitting.session.failures) == 1
    # A single one needs no choice.
    sitting.wait(lambda: not page.failures.findChildren(QCheckBox))


def test_other_posts_can_be_chosen_afterwards(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    session = read_session(old_blog, new_blog)
    session.need_move().choose(["cns!6", "cns!7"], False)
    session.rows = session.need_move().rows()
    sitting = sit(session)
    sitting.go_to(ChoosePage)
    for _ in range(2):
        sitting.next()
    sitting.wait_for(ReadyPage)
    sitting.press(QWizard.WizardButton.CommitButton)
    page = done(sitting)
    assert len(new_blog.of(Kind.POST)) == 6
    page.choose_button.click()
    choose = sitting.wait_for(ChoosePage)
    assert isinstance(choose, ChoosePage)
    assert choose.posts.already(choose.posts.row(0)) == "already moved"
    choose.posts.tick_all(True)
    for _ in range(2):
        sitting.next()
    sitting.wait_for(ReadyPage)
    sitting.press(QWizard.WizardButton.CommitButton)
    sitting.wait_for(MovingPage)
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8


def test_the_files_of_the_report_are_shown(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, opener: Opener
) -> None:
    session = read_session(old_blog, new_blog)
    sitting, _ = begun(sit, session)
    page = done(sitting)
    page.files_button.click()
    sitting.wait(lambda: opener.urls)
    folder = Path(opener.urls[0].removeprefix("file://"))
    assert folder == session.need_move().path.parent
    assert {path.suffix for path in folder.glob("*report*")} == {".html", ".csv"}


# From the first page


@pytest.fixture
def moved_before(sit: Sit, tmp_path: Path) -> Path:
    """A move of the sample blog into an import file, all of it done."""
    source = jobs.open_old_blog((str(settings.SAMPLE),), {}, None).source
    destination = jobs.connect(
        str(tmp_path / "new.xml"), {}, read_session(source).need_move()
    ).destination
    session = read_session(source, destination)
    session.need_move().note("locations", json.dumps([str(settings.SAMPLE)]))
    path = session.need_move().path
    sitting, _ = begun(sit, session)
    done(sitting)
    sitting.window.close()
    return path


def test_an_earlier_move_opens_with_its_verdict(sit: Sit, moved_before: Path) -> None:
    sitting = sit(Session(locations=(str(moved_before),)))
    page = done(sitting)
    assert "24 posts" in page.verdict.text()
    assert len(sitting.session.failures) == 1
    page.choose_button.click()
    sitting.wait_for(ChoosePage)


def test_an_earlier_move_opens_without_its_old_blog(
    sit: Sit, moved_before: Path
) -> None:
    with jobs.Move.open(moved_before) as move:
        move.note("locations", json.dumps(["/nowhere/backup.zip"]))
    sitting = sit(Session(locations=(str(moved_before),)))
    page = done(sitting)
    assert "24 posts" in page.verdict.text()
    page.choose_button.click()
    assert page.notice.isVisible()
    assert "backup.zip" in page.notice.hint.text()
    assert isinstance(sitting.now, DonePage)


def test_a_move_that_never_began_opens_where_it_can_begin(
    sit: Sit, tmp_path: Path
) -> None:
    source = jobs.open_old_blog((str(settings.SAMPLE),), {}, None).source
    session = read_session(source)
    move = session.need_move()
    move.note("locations", json.dumps([str(settings.SAMPLE)]))
    move.note("destination", str(tmp_path / "new.xml"))
    path = move.path
    session.let_go()
    sitting = sit(Session(locations=(str(path),)))
    sitting.wait_for(ReadyPage)
    assert State.SENT not in {row.state for row in sitting.session.rows}
    assert isinstance(sitting.page(WelcomePage), WelcomePage)


def test_what_was_left_behind_comes_along_when_it_is_wanted_again(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    session = read_session(old_blog, new_blog)
    move = session.need_move()
    sitting, _ = begun(sit, session)
    page = done(sitting)
    # Unticked "Comments", begun, and paused before this post was finished again.
    comment = next(step for step in move.steps("cns!3") if step.kind is Kind.COMMENT)
    move.record(comment, state=State.LEFT_OUT, trouble=BY_YOU, remote=None)
    page.run(Task.MOVE)
    sitting.wait_for(MovingPage)
    done(sitting)
    assert move.counts()[Kind.COMMENT] == {State.SENT: 4}
    assert len(new_blog.of(Kind.COMMENT)) == 4
