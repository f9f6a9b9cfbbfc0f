"""Old addresses on the last page: the words of one's own, and the files that are written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from tests.move.doubles import NewBlog, OldBlog, entry
from tests.ui.conftest import Opener, Sitting, read_session
from tests.ui.moves import begun, done
from wizard.destinations.wxr import ImportFile
from wizard.move.farewell import WORDS
from wizard.ui.done_page import DonePage
from wizard.ui.keepsakes import NO_OLD
from wizard.ui.old_addresses import OldAddresses

Sit = Callable[..., Sitting]

pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
def new_blog() -> NewBlog:
    return NewBlog("https://new.example")


@pytest.fixture
def old_blog() -> OldBlog:
    return OldBlog([entry(n, address=f"http://old.example/{n}.html") for n in range(3)])


def asked(page: DonePage) -> OldAddresses:
    page.old_button.click()
    (dialog,) = page.findChildren(QDialog)
    assert isinstance(dialog, OldAddresses)
    return dialog


def test_the_words_are_asked_and_the_folder_opens(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, opener: Opener
) -> None:
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    dialog = asked(page)
    assert dialog.words.toPlainText() == WORDS
    assert not dialog.site.isVisibleTo(dialog)
    dialog.words.setPlainText("Gone to the sea <3")
    sitting.qtbot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    sitting.wait(lambda: opener.urls)
    folder = Path(opener.urls[0].removeprefix("file://"))
    assert folder.name.endswith("-redirects")
    page_of_one = (folder / "pages" / "1.html").read_text("utf-8")
    assert "Gone to the sea &lt;3" in page_of_one
    assert "https://new.example/" in page_of_one
    sitting.wait(lambda: not page.busy)
    assert asked(page).words.toPlainText() == "Gone to the sea <3", "kept for next time"


def test_nothing_is_written_when_it_is_cancelled(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, opener: Opener
) -> None:
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    dialog = asked(page)
    dialog.words.setPlainText("No.")
    sitting.qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    sitting.wait(lambda: not page.findChildren(QDialog))
    assert opener.urls == []
    assert asked(page).words.toPlainText() == WORDS


def test_where_no_old_address_is_known_that_is_said(
    sit: Sit, new_blog: NewBlog, opener: Opener
) -> None:
    blog = OldBlog([entry(1)])
    sitting, _ = begun(sit, read_session(blog, new_blog))
    page = done(sitting)
    dialog = asked(page)
    sitting.qtbot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    sitting.wait(lambda: page.notice.isVisible())
    assert page.notice.title.text() == NO_OLD
    assert opener.urls == []


def test_of_an_import_file_it_is_asked_where_it_went(
    sit: Sit, old_blog: OldBlog, opener: Opener, tmp_path: Path
) -> None:
    session = read_session(old_blog, ImportFile(tmp_path / "x.xml"))
    sitting, _ = begun(sit, session)
    page = done(sitting)
    dialog = asked(page)
    assert dialog.site.isVisibleTo(dialog)
    assert not dialog.write_button.isEnabled()
    dialog.site.setText("no address")
    assert not dialog.write_button.isEnabled()
    dialog.site.setText("me.example")
    sitting.qtbot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    sitting.wait(lambda: opener.urls)
    assert " https://me.example/?p=" in (
        tmp_path / "x.xml-redirects" / "_redirects"
    ).read_text("utf-8")


def test_every_word_of_the_question_has_room(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    dialog = asked(done(sitting))
    sitting.wait(dialog.isVisible)
    for words in dialog.findChildren(QLabel):
        if words.isVisible():
            assert words.height() >= words.heightForWidth(words.width())
    assert dialog.words.geometry().bottom() < dialog.write_button.parentWidget().y()


def test_a_question_that_ends_with_the_window_asks_for_nothing_more(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    dialog = asked(done(sitting))
    sitting.window.leave()
    assert sitting.session.move is None
    dialog.close()
