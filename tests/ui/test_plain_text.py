"""What strangers wrote stands on the screen as they wrote it: no tag of theirs is obeyed."""

from __future__ import annotations

import ast
import ctypes
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.move.doubles import NewBlog, OldBlog, entry
from tests.raw_server import RawServer, reply, says, serving
from tests.ui.conftest import Sitting, read_session
from wizard import ui
from wizard.blog import Blog, Comment, Photo
from wizard.destinations import Kind, Remote, Site
from wizard.errors import Refused
from wizard.ui.choose_page import ChoosePage
from wizard.ui.done_page import DonePage
from wizard.ui.how_page import HowPage
from wizard.ui.look import label, tip
from wizard.ui.new_blog_page import NewBlogPage
from wizard.ui.old_blog_page import OldBlogPage
from wizard.ui.ready_page import ReadyPage
from wizard.ui.welcome_page import WelcomePage
from wizard.ui.window import PAGES

Sit = Callable[..., Sitting]
IN_OPEN = 0x20


class Watched:
    """A picture on this computer, and how often anybody has opened it."""

    def __init__(self, path: Path) -> None:
        image = QImage(QSize(4, 4), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        assert image.save(str(path))
        self.url = path.as_uri()
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(self._events, bytes(path), IN_OPEN) >= 0

    def opened(self) -> int:
        try:
            return len(os.read(self._events, 65536)) // struct.calcsize("iIII")
        except BlockingIOError:
            return 0

    def close(self) -> None:
        os.close(self._events)


@pytest.fixture
def picture(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path / "watched.png")
    yield watched
    watched.close()


@pytest.fixture
def canary() -> Iterator[RawServer]:
    with serving(says(reply(b"", kind="image/png"))) as server:
        yield server


def lure(picture: Watched, canary: RawServer) -> str:
    return f'<b>A</b><img src="{picture.url}"><img src="{canary.url}/x.png">'


class EvilOldBlog(OldBlog):
    """Every text that a source can give is a lure."""

    name = "memory"

    def __init__(self, words: str) -> None:
        self.words = words
        posts = [
            replace(
                entry(number, photos=1, comments=1),
                title=words,
                html=f"<p>Words. {words}</p><p style='background:url({words})'>x</p>",
                categories=(words[:150],),
                tags=(words[:150],),
                notes=(words,),
                photos=(
                    Photo(f"photos/{number}-0.png", True, caption=words, alt=words),
                ),
                comments=(
                    Comment(
                        f"c{number}",
                        words,
                        f"<p>{words}</p>",
                        None,
                        email="",
                        url=words,
                    ),
                ),
            )
            for number in range(3)
        ]
        super().__init__(posts)

    def blog(self) -> Blog:
        return Blog("space!1", self.words, self.name, notes=(self.words,))


class EvilNewBlog(NewBlog):
    """So is every text that a server can give."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.fates[Kind.POST] = [self.refuses]

    def refuses(self, store: Callable[[], Remote]) -> Remote:
        raise Refused(self.words, self.words, code="evil")

    def check(self) -> Site:
        super().check()
        # The zone is the one text that a destination has to check itself.
        return Site(
            self.words, self.address, self.words, self.words, "UTC", (self.words,)
        )


def obeyed(window: QWidget) -> list[str]:
    """Where on the screen a tag would be taken for more than letters."""
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        if isinstance(widget, QLabel):
            plain = widget.textFormat() is Qt.TextFormat.PlainText or not widget.text()
            # Qt's own label for tips is never plain; what it is given has to be.
            is_tip = widget.objectName() == "qtooltip_label"
            if not plain and not (is_tip and "<img" not in widget.text()):
                found.append(f"label {widget.text()[:40]}")
        for words in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
            if "<img" in words:
                found.append(f"tip {words[:40]}")
        if isinstance(widget, QAbstractItemView) and (model := widget.model()):
            for row in range(model.rowCount()):
                words = str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) or "")
                if "<img" in words:
                    found.append(f"row {words[:40]}")
    return found


def look_at_tips(window: QWidget) -> None:
    """As the mouse would, over every widget and row that has something to say."""
    for widget in window.findChildren(QWidget):
        if not isValid(widget):  # a tip that has gone meanwhile
            continue
        if widget.toolTip():
            QToolTip.showText(QPoint(5, 5), widget.toolTip(), widget)
        if isinstance(widget, QAbstractItemView) and widget.model():
            for row in range(widget.model().rowCount()):
                at = widget.visualRect(widget.model().index(row, 0)).center()
                event = QHelpEvent(QHelpEvent.Type.ToolTip, at, QPoint(9, 9))
                QApplication.sendEvent(widget.viewport(), event)
    QToolTip.hideText()


@pytest.mark.usefixtures("hasty")
def test_no_page_obeys_a_tag_that_a_stranger_wrote(
    sit: Sit, picture: Watched, canary: RawServer
) -> None:
    words = lure(picture, canary)
    session = read_session(EvilOldBlog(words), EvilNewBlog(words))
    sitting = sit(session)
    picture.opened()

    def judge() -> None:
        look_at_tips(sitting.window)
        sitting.qtbot.wait(150)
        assert obeyed(sitting.window) == []
        assert picture.opened() == 0
        assert canary.lines == 0

    for kind in (WelcomePage, OldBlogPage, NewBlogPage):
        sitting.page(kind).notice.tell(Refused(words, words))
        sitting.go_to(kind)
        judge()
    choose = sitting.go_to(ChoosePage)
    assert isinstance(choose, ChoosePage)
    choose.table.selectRow(1)
    preview = choose.preview
    sitting.wait(lambda: "Words." in preview.toPlainText())
    assert "<b>A</b>" in preview.toPlainText(), "a title is shown as it was written"
    judge()
    sitting.go_to(HowPage)
    judge()
    ready = sitting.go_to(ReadyPage)
    sitting.wait(ready.isComplete)
    judge()
    sitting.press(sitting.window.WizardButton.CommitButton)
    done = sitting.wait_for(DonePage)
    assert isinstance(done, DonePage)
    judge()
    assert "<b>A</b>" in " ".join(
        part.text() for part in done.failures.findChildren(QLabel)
    )
    assert len(sitting.window.pages) == len(PAGES) == 8


def test_a_careless_label_and_a_careless_tip_do_open_the_picture(
    qtbot: QtBot, picture: Watched, canary: RawServer
) -> None:
    """The watch is awake, and `obeyed` sees them; ours leave the picture alone."""
    words = lure(picture, canary)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.show()
    picture.opened()
    ours = label(words)
    ours.setToolTip(tip(words))
    ours.setParent(ground)
    ours.show()
    look_at_tips(ground)
    qtbot.wait(100)
    assert picture.opened() == 0
    assert obeyed(ground) == []
    careless = QLabel(words, ground)
    careless.show()
    qtbot.wait(100)
    assert picture.opened() > 0
    assert len(obeyed(ground)) == 1
    ours.setToolTip(words)
    look_at_tips(ground)
    qtbot.wait(100)
    assert picture.opened() > 0
    assert {words.partition(" ")[0] for words in obeyed(ground)} == {"label", "tip"}


def test_a_tip_says_what_it_is_given() -> None:
    assert tip("") == ""
    assert tip("Tea & <b>bread</b>") == "<qt>Tea &amp; &lt;b&gt;bread&lt;/b&gt;</qt>"


# --- and whoever writes the next page


PLAIN_SETTERS = {
    "setToolTip",
    "setWhatsThis",
    "setStatusTip",
    "setInformativeText",
    "setDetailedText",
    "showText",
    "setSubTitle",
    "setTitle",
}
QUESTIONS = {"QMessageBox", "QErrorMessage", "QToolTip", "QInputDialog"}


def careless(code: str) -> list[str]:
    """Calls that could show a stranger's words as HTML."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        words = node.args[0] if node.args else None
        safe = isinstance(words, ast.Constant) or (
            isinstance(words, ast.Call) and ast.unparse(words.func) == "tip"
        )
        owner = ast.unparse(node.func).partition(".")[0]
        if (
            name in ("QLabel", "setTextFormat", "setHtml", "insertHtml", "appendHtml")
            or (name in PLAIN_SETTERS and not safe)
            or (owner in QUESTIONS and name not in QUESTIONS)
        ):
            found.append(f"{name}, line {node.lineno}")
    return found


def test_every_word_goes_through_a_label_of_ours() -> None:
    places = {}
    for path in Path(ui.__file__).parent.glob("*.py"):
        if found := careless(path.read_text(encoding="utf-8")):
            places[path.name] = {call.partition(",")[0] for call in found}
    # One place makes labels; one shows HTML, which `compose` has cleaned.
    assert places == {
        "look.py": {"QLabel", "setTextFormat"},
        "preview.py": {"setHtml"},
    }


@pytest.mark.parametrize(
    "code",
    [
        "QLabel(title)",
        "QtWidgets.QLabel()",
        "line.setToolTip(title)",
        "box.setInformativeText(f'{title}')",
        "QToolTip.showText(here, title)",
        "QMessageBox.warning(self, 'x', title)",
        "view.setHtml(title)",
    ],
)
def test_a_careless_line_is_found(code: str) -> None:
    assert careless(code)


def test_a_password_pasted_into_an_address_is_not_shown(sit: Sit) -> None:
    sitting = sit(read_session(OldBlog([entry(1)]), NewBlog()))
    welcome = sitting.page(WelcomePage)
    assert isinstance(welcome, WelcomePage)
    welcome.address.setText("https://ann:kanarie-7f3e@old.example/blog")
    assert welcome.address.text() == "https://old.example/blog"
    assert "password" in welcome.notice.title.text()
    page = sitting.go_to(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    page.site_choice.setChecked(True)
    page.site.address.setText("ann:kanarie-7f3e@blog.example")
    assert page.site.address.text() == "blog.example"
    lines = page.site.form.lines
    assert lines["user"].text() == "ann"
    assert lines["password"].text() == "kanarie-7f3e"
    assert lines["password"].echoMode() is lines["password"].EchoMode.Password
    for widget in sitting.window.findChildren(QLabel):
        assert "kanarie" not in widget.text()
