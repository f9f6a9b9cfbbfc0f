"""The first page: every way in is one gesture, and a wrong one is said in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from tests.move.doubles import NewBlog, OldBlog
from tests.ui.conftest import Sitting, read_session
from wizard import settings
from wizard.move.file import Move
from wizard.ui.old_blog_page import OldBlogPage
from wizard.ui.state import Session
from wizard.ui.welcome_page import WelcomePage

Sit = Callable[..., Sitting]


def welcome(sitting: Sitting) -> WelcomePage:
    page = sitting.page(WelcomePage)
    assert isinstance(page, WelcomePage)
    return page


def drop(page: WelcomePage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPoint(50, 50), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, copy, data, buttons, keys)
    page.drop_area.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.drop_area.dropEvent(QDropEvent(place, copy, data, buttons, keys))


def test_nothing_can_be_read_before_anything_is_shown(sit: Sit) -> None:
    page = welcome(sit())
    assert not page.isComplete()


def test_dropping_a_backup_opens_it(sit: Sit) -> None:
    sitting = sit()
    drop(welcome(sitting), settings.SAMPLE)
    sitting.wait_for(OldBlogPage)
    assert sitting.session.locations == (str(settings.SAMPLE),)


def test_the_sample_blog_is_one_click_away(sit: Sit) -> None:
    sitting = sit()
    button = welcome(sitting).sample_button
    sitting.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    sitting.wait_for(OldBlogPage)
    sitting.wait(lambda: len(sitting.session.rows) == 24)


def test_choosing_a_file_opens_it(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ([str(settings.SAMPLE)], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: names)
    sitting = sit()
    button = welcome(sitting).file_button
    sitting.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    sitting.wait_for(OldBlogPage)


def test_choosing_nothing_changes_nothing(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page = welcome(sit())
    page.choose_file()
    page.choose_folder()
    assert not page.busy
    assert not page.isComplete()


def test_a_wrong_file_is_said_in_place_and_the_right_one_goes_on(
    sit: Sit, tmp_path: Path
) -> None:
    wrong = tmp_path / "holiday.zip"
    wrong.write_bytes(b"")
    sitting = sit()
    page = welcome(sitting)
    drop(page, wrong)
    sitting.wait(page.notice.isVisible)
    assert page.notice.title.text()
    assert page.notice.hint.text()
    assert isinstance(sitting.now, WelcomePage)
    drop(page, settings.SAMPLE)
    sitting.wait_for(OldBlogPage)
    assert not page.notice.isVisible()


def test_the_address_of_a_closed_host_says_what_can_be_brought(sit: Sit) -> None:
    sitting = sit()
    page = welcome(sitting)
    sitting.qtbot.keyClicks(page.address, "http://anna.spaces.live.com/")
    sitting.qtbot.keyClick(page.address, Qt.Key.Key_Return)
    sitting.wait(page.notice.isVisible)
    assert "2011" in f"{page.notice.title.text()} {page.notice.hint.text()}"


def test_an_address_that_may_answer_asks_for_its_password_next(sit: Sit) -> None:
    sitting = sit()
    page = welcome(sitting)
    sitting.qtbot.keyClicks(page.address, "http://127.0.0.1:9/")
    sitting.next()
    old = sitting.wait_for(OldBlogPage)
    assert isinstance(old, OldBlogPage)
    assert set(old.form.lines) >= {"user", "password"}
    assert not old.isComplete()


def test_arguments_are_opened_straight_away(sit: Sit) -> None:
    sitting = sit(Session(locations=(str(settings.SAMPLE),)))
    sitting.wait_for(OldBlogPage)


def test_a_path_still_means_the_same_when_started_elsewhere(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(settings.SAMPLE.parent)
    sitting = sit(Session(locations=(settings.SAMPLE.name,)))
    page = sitting.wait_for(OldBlogPage)
    sitting.wait(page.isComplete)
    assert sitting.session.locations == (str(settings.SAMPLE),)
    assert str(settings.SAMPLE) in sitting.session.need_move().noted("locations")


def test_earlier_moves_are_listed_with_how_far_they_are(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    read_session(old_blog, new_blog).let_go()
    page = welcome(sitting := sit())
    sitting.wait(page.moves.isVisible)
    (button,) = page.moves.buttons
    assert button.text() == "My Space"
    assert button.state == "8 posts, nothing sent yet"
    assert "today" in button.accessibleName()


def test_a_damaged_move_file_is_left_out_of_the_list_and_untouched(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, own_moves: Path
) -> None:
    read_session(old_blog, new_blog).let_go()
    (own_moves / "torn.move").write_bytes(b"no move at all")
    page = welcome(sitting := sit())
    sitting.wait(page.moves.isVisible)
    assert len(page.moves.buttons) == 1
    assert (own_moves / "torn.move").read_bytes() == b"no move at all"


def test_a_damaged_move_file_that_is_dropped_is_named(sit: Sit, tmp_path: Path) -> None:
    torn = tmp_path / "torn.move"
    torn.write_bytes(b"no move at all, but long enough to be looked at" * 9)
    page = welcome(sit())
    drop(page, torn)
    assert "torn.move" in page.notice.title.text()
    assert page.notice.hint.text()


def test_a_move_that_is_open_elsewhere_is_not_opened_twice(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    session = read_session(old_blog, new_blog)
    path = session.need_move().path
    page = welcome(sit())
    drop(page, path)
    assert "open in another window" in page.notice.title.text()
    session.let_go()


def test_a_blog_that_was_only_looked_at_leaves_no_move_behind(
    sit: Sit, own_moves: Path
) -> None:
    sitting = sit()
    drop(welcome(sitting), settings.SAMPLE)
    old = sitting.wait_for(OldBlogPage)
    sitting.wait(old.isComplete)
    assert list(own_moves.glob("*.move"))
    sitting.window.close()
    assert not list(own_moves.glob("*.move"))


def test_a_move_whose_backup_is_gone_says_so_and_stays(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, tmp_path: Path
) -> None:
    session = read_session(old_blog, new_blog)
    session.need_move().note("locations", f'["{tmp_path}/gone.zip"]')
    path = session.need_move().path
    session.let_go()
    page = welcome(sitting := sit())
    drop(page, path)
    sitting.wait(lambda: page.notice.isVisible() and not page.busy)
    assert "gone.zip" in f"{page.notice.title.text()} {page.notice.hint.text()}"
    with Move.open(path) as move:
        assert len(move.rows()) == 8
