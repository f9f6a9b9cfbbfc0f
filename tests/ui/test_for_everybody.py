"""For everybody: read aloud, by keyboard, in a small window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)

from tests.move.doubles import NewBlog, OldBlog
from tests.ui.conftest import Sitting, read_session
from wizard.destinations import Kind
from wizard.move.events import Ended, Verdict
from wizard.ui.done_page import DonePage
from wizard.ui.moving_page import MovingPage
from wizard.ui.new_blog_page import NewBlogPage
from wizard.ui.page import Page
from wizard.ui.window import PAGES

Sit = Callable[..., Sitting]
READ_ALOUD = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QTextEdit, QProgressBar,
)  # fmt: skip


@pytest.fixture
def every_page(sit: Sit, old_blog: OldBlog, new_blog: NewBlog) -> list[Page]:
    """All pages, filled."""
    session = read_session(old_blog, new_blog)
    sitting = sit(session)
    for kind in PAGES[1:6]:
        sitting.go_to(kind)
    session.ended = Ended(Verdict("Nothing was moved.", False, {Kind.POST: {}}), True)
    sitting.go_to(DonePage)
    moving = sitting.page(MovingPage)
    assert isinstance(moving, MovingPage)
    moving.table.fill()
    return sitting.window.pages


def test_everything_that_can_be_used_has_a_name_to_be_read_aloud(
    every_page: list[Page],
) -> None:
    nameless = [
        (type(page).step, type(widget).__name__)
        for page in every_page
        for widget in page.findChildren(QWidget)
        if isinstance(widget, READ_ALOUD)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not _is_inside(widget, (QComboBox, QAbstractItemView))
        and not _name(widget)
    ]
    assert nameless == []


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name))


def _is_inside(widget: QWidget, kinds: tuple[type[QWidget], ...]) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (
        isinstance(parent, kinds) or _is_inside(parent, kinds)
    )


def test_no_words_on_the_screen_are_read_as_markup(every_page: list[Page]) -> None:
    marked = [
        line.text()
        for page in every_page
        for line in page.findChildren(QLabel)
        if line.textFormat() != Qt.TextFormat.PlainText and line.text()
    ]
    assert marked == []


def test_every_page_fits_into_a_small_window(every_page: list[Page]) -> None:
    window = every_page[0].wizard()
    for page in every_page:
        hint = page.minimumSizeHint()
        assert hint.width() <= 860 - 208, type(page).__name__
        assert hint.height() <= 600 - 62, type(page).__name__
    assert window.minimumWidth() == 860


def test_tab_goes_from_field_to_field_as_one_reads(sit: Sit, old_blog: OldBlog) -> None:
    sitting = sit(read_session(old_blog))
    page = sitting.go_to(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    with sitting.qtbot.waitActive(sitting.window):
        sitting.window.activateWindow()
    page.site.address.setFocus()
    walked = []
    for _ in range(3):
        focused = sitting.window.focusWidget()
        walked.append(focused)
        sitting.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    lines = page.site.form.lines
    assert walked == [page.site.address, lines["user"], lines["password"]]
