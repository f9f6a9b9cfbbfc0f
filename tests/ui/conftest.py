"""A window on a made-up screen, sessions that have come as far as a page needs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWizard
from pytestqt.qtbot import QtBot

from tests.move.doubles import HASTY, NewBlog, OldBlog, entry
from wizard import settings
from wizard.destinations import Destination
from wizard.sources import Source
from wizard.ui import jobs
from wizard.ui.look import wear
from wizard.ui.page import Page
from wizard.ui.state import Session
from wizard.ui.window import PAGES, Window

# Each wait ends as soon as it can; this is for a computer with much else to do.
LONG = 180_000


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    wear(qapp, Qt.ColorScheme.Light)


@pytest.fixture(autouse=True)
def own_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Move files of a test are its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return settings.moves_folder()


class Sitting:
    """A window, and what one does with it."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot = qtbot
        self.session = session
        self.window = Window(session)
        self.window.show()
        qtbot.waitExposed(self.window)

    def page(self, kind: type[Page]) -> Page:
        return self.window.pages[PAGES.index(kind)]

    @property
    def now(self) -> Page:
        page = self.window.page_now()
        assert page is not None
        return page

    def press(self, button: QWizard.WizardButton) -> None:
        widget = self.window.button(button)
        self.wait(lambda: widget.isVisible() and widget.isEnabled())
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def next(self) -> None:
        self.press(QWizard.WizardButton.NextButton)

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LONG)

    def wait_for(self, kind: type[Page]) -> Page:
        self.wait(lambda: isinstance(self.now, kind))
        return self.now

    def go_to(self, kind: type[Page]) -> Page:
        """Begin at this page, as if the ones before had been left behind."""
        number = self.window.pageIds()[PAGES.index(kind)]
        self.window.setStartId(number)
        self.window.restart()
        return self.wait_for(kind)


@pytest.fixture
def sit(qtbot: QtBot) -> Iterator[Callable[..., Sitting]]:
    """Opens windows, and closes them without asking at the end."""
    open_windows: list[Window] = []

    def opened(session: Session | None = None) -> Sitting:
        sitting = Sitting(qtbot, session or Session())
        open_windows.append(sitting.window)
        return sitting

    yield opened
    for window in open_windows:
        window.leave()
        window.deleteLater()


def read_session(source: Source, destination: Destination | None = None) -> Session:
    """A session whose old blog has been read and whose new blog has been checked."""
    move = jobs.new_move(source.blog(), ["memory"], "")
    rows = next(
        event.rows
        for event in jobs.take_in(move, source, threading.Event())
        if isinstance(event, jobs.AllRead)
    )
    session = Session(
        locations=("memory",),
        kinds=(type(source),),
        source=source,
        move=move,
        rows=rows,
    )
    if destination is not None:
        session.destination = destination
        session.site = destination.check()
        move.note("destination", destination.address)
    return session


@pytest.fixture
def old_blog() -> OldBlog:
    """Eight posts with photos and comments."""
    return OldBlog([entry(n, photos=n % 3, comments=n % 2) for n in range(8)])


@pytest.fixture
def new_blog() -> NewBlog:
    return NewBlog()


class Opener(QObject):
    """What the program asked the system to open."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.urls.append(url.toString())


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    for scheme in ("http", "https", "file", "memory"):
        QDesktopServices.setUrlHandler(scheme, made, "open")
    yield made
    for scheme in ("http", "https", "file", "memory"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blog in memory has settled what it was asked within moments."""
    monkeypatch.setattr("wizard.move.engine.Patience", lambda: HASTY)
