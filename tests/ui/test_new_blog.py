"""The third page, against a real WordPress: who am I there, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWizard

from tests.move.doubles import NewBlog, OldBlog
from tests.ui.conftest import Opener, Sitting, read_session
from tests.wordpress import WordPress
from wizard.credentials import Wallet
from wizard.ui.choose_page import ChoosePage
from wizard.ui.new_blog_page import NewBlogPage

Sit = Callable[..., Sitting]
NEXT = QWizard.WizardButton.NextButton


@pytest.fixture
def asked(sit: Sit, old_blog: OldBlog) -> tuple[Sitting, NewBlogPage]:
    """The page as it comes up after a blog has been read."""
    sitting = sit(read_session(old_blog))
    page = sitting.go_to(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    return sitting, page


def sign_in(sitting: Sitting, page: NewBlogPage, *typed: str) -> None:
    """Type address, user and password, and press the button."""
    user, password = page.site.form.lines["user"], page.site.form.lines["password"]
    for line, text in zip((page.site.address, user, password), typed, strict=True):
        line.clear()
        sitting.qtbot.keyClicks(line, text)
    sitting.next()
    sitting.wait(lambda: not page.busy)


def test_tab_goes_from_the_address_to_the_password_before_the_help(
    asked: tuple[Sitting, NewBlogPage],
) -> None:
    sitting, page = asked
    site = page.site
    form = site.form
    sitting.wait(lambda: form.remember.isVisible() or form.memory_only.isVisible())
    site.form.remember.show()
    sitting.qtbot.keyClicks(site.address, "blog.example.com")
    wanted = [*site.form.lines.values(), site.form.remember, site.password_button]
    site.address.setFocus()
    for widget in wanted:
        sitting.qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        assert page.window().focusWidget() is widget


@pytest.mark.parametrize("known", [0, 1, 2])
def test_the_first_empty_line_has_the_focus(
    sit: Sit, old_blog: OldBlog, known: int
) -> None:
    session = read_session(old_blog)
    for name in ("destination", "user")[:known]:
        session.need_move().note(name, "https://blog.example.com")
    page = sit(session).go_to(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    lines = [page.site.address, *page.site.form.lines.values()]
    assert page.window().focusWidget() is lines[known]


def test_signing_in_shows_who_one_is_before_going_on(
    asked: tuple[Sitting, NewBlogPage], wordpress: WordPress
) -> None:
    sitting, page = asked
    assert page.buttonText(NEXT) == "Sign in"
    sign_in(sitting, page, wordpress.url, wordpress.user, wordpress.password)
    assert isinstance(sitting.now, NewBlogPage)
    assert page.result.isVisible()
    assert "administrator" in page.result_words.text()
    assert page.buttonText(NEXT) == "Next"
    sitting.next()
    sitting.wait_for(ChoosePage)
    move = sitting.session.need_move()
    assert move.noted("destination").rstrip("/") == wordpress.url
    assert move.noted("user") == wordpress.user
    assert wordpress.password not in move.path.read_bytes().decode("latin-1")


def test_a_wrong_password_is_said_in_place_and_can_be_mended(
    asked: tuple[Sitting, NewBlogPage], wordpress: WordPress
) -> None:
    sitting, page = asked
    sign_in(sitting, page, wordpress.url, wordpress.user, "abcd efgh ijkl")
    assert page.notice.isVisible()
    assert "password" in f"{page.notice.title.text()} {page.notice.hint.text()}".lower()
    assert sitting.session.site is None
    sign_in(sitting, page, wordpress.url, wordpress.user, wordpress.password)
    assert not page.notice.isVisible()
    assert page.result.isVisible()


def test_a_reader_of_the_blog_is_told_that_she_may_not_write(
    asked: tuple[Sitting, NewBlogPage], wordpress: WordPress
) -> None:
    sitting, page = asked
    sign_in(sitting, page, wordpress.url, *wordpress.users["subscriber"])
    assert "may not" in page.notice.title.text()
    assert not page.result.isVisible()


def test_a_site_that_does_not_answer_is_named(
    asked: tuple[Sitting, NewBlogPage],
) -> None:
    sitting, page = asked
    sign_in(sitting, page, "http://127.0.0.1:9", "anna", "abcd")
    assert "127.0.0.1" in page.notice.title.text()
    assert page.notice.hint.text()


def test_what_was_checked_counts_no_more_once_it_is_changed(
    asked: tuple[Sitting, NewBlogPage], wordpress: WordPress
) -> None:
    sitting, page = asked
    sign_in(sitting, page, wordpress.url, wordpress.user, wordpress.password)
    sitting.qtbot.keyClicks(page.site.address, "/somewhere")
    assert sitting.session.site is None
    assert not page.result.isVisible()
    assert page.buttonText(NEXT) == "Sign in"


def test_the_password_does_not_show_and_is_kept_in_memory_without_a_keyring(
    asked: tuple[Sitting, NewBlogPage],
) -> None:
    sitting, page = asked
    password = page.site.form.lines["password"]
    assert password.echoMode() == QLineEdit.EchoMode.Password
    sitting.wait(page.site.form.memory_only.isVisible)
    assert not page.site.form.remember.isVisible()
    assert page.site.keeper() is None


def test_with_a_keyring_one_may_choose_to_remember(
    sit: Sit, old_blog: OldBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Wallet, "works", lambda self: True)
    session = read_session(old_blog)
    sitting = sit(session)
    page = sitting.go_to(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    sitting.wait(page.site.form.remember.isVisible)
    assert page.site.keeper() is session.wallet
    page.site.form.remember.setChecked(False)
    assert page.site.keeper() is None


def test_the_password_page_opens_in_the_browser(
    asked: tuple[Sitting, NewBlogPage], opener: Opener
) -> None:
    sitting, page = asked
    button = page.site.password_button
    assert not button.isEnabled()
    sitting.qtbot.keyClicks(page.site.address, "blog.example.com/")
    button.click()
    assert opener.urls == [
        "https://blog.example.com/wp-admin/authorize-application.php?app_name=Moving Day"
    ]


def test_an_import_file_needs_no_account(
    asked: tuple[Sitting, NewBlogPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting, page = asked
    wanted = tmp_path / "new home"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(wanted), ""))
    page.file_choice.setChecked(True)
    assert page.file.line.text().endswith("My Space.xml")
    page.file.choose_button.click()
    sitting.next()
    sitting.wait_for(ChoosePage)
    assert sitting.session.need_destination().address == f"{wanted}.xml"
    assert sitting.session.need_move().noted("destination") == f"{wanted}.xml"


def test_a_file_that_cannot_be_written_is_said_in_place(
    asked: tuple[Sitting, NewBlogPage], tmp_path: Path
) -> None:
    sitting, page = asked
    (tmp_path / "folder.xml").mkdir()
    page.file_choice.setChecked(True)
    page.file.line.setText(str(tmp_path / "folder.xml"))
    sitting.next()
    sitting.wait(page.notice.isVisible)
    assert "folder" in page.notice.title.text()


def test_a_move_that_has_begun_goes_nowhere_else(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, tmp_path: Path
) -> None:
    from threading import Event

    from wizard.ui import runs

    session = read_session(old_blog, new_blog)
    for _ in runs.carry(session.need_move(), old_blog, new_blog, None, Event()):
        pass
    session.destination, session.site = None, None
    sitting = sit(session)
    page = sitting.go_to(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    page.file_choice.setChecked(True)
    page.file.line.setText(str(tmp_path / "else.xml"))
    sitting.next()
    sitting.wait(page.notice.isVisible)
    assert "memory://new" in page.notice.title.text()


def test_what_was_typed_is_still_there_after_going_back(
    sit: Sit, old_blog: OldBlog
) -> None:
    from wizard.ui.old_blog_page import OldBlogPage

    sitting = sit(read_session(old_blog))
    sitting.go_to(OldBlogPage)
    sitting.next()
    page = sitting.wait_for(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    sitting.qtbot.keyClicks(page.site.address, "blog.example.com")
    sitting.qtbot.keyClicks(page.site.form.lines["user"], "anna")
    sitting.press(QWizard.WizardButton.BackButton)
    sitting.wait_for(OldBlogPage)
    sitting.next()
    sitting.wait_for(NewBlogPage)
    assert page.site.address.text() == "blog.example.com"
    assert page.site.form.lines["user"].text() == "anna"
