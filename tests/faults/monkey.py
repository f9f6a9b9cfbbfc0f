"""A monkey at the real window: thousands of clicks and keys without sense, and what survives."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from tests.faults.figures import Figure
from tests.faults.monkey_world import World
from wizard.ui.choose_page import ChoosePage
from wizard.ui.look import wear
from wizard.ui.moving_page import MovingPage
from wizard.ui.new_blog_page import NewBlogPage
from wizard.ui.ready_page import ReadyPage
from wizard.ui.window import PAGES, Button, Window
from wizard.ui.worker import Worker

EVENTS = 10_000
LIFE = 250
CONTROL = 4_000
TOUCHED = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return,
    Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Menu, Qt.Key.Key_Backspace,
    Qt.Key.Key_Back, Qt.Key.Key_PageDown, Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_F5,
)  # fmt: skip
WITH = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip
LEFT = Qt.MouseButton.LeftButton
# Without its look at whether something runs already, a button starts it once more.
CARELESS = mock.patch.object(MovingPage, "pause_or_go_on", lambda self: self.begin())


def figures(scale: float, seed: int) -> Iterator[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    wear(app, Qt.ColorScheme.Light)
    events = max(200, round(EVENTS * scale))
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, XDG_DATA_HOME=folder),
    ):
        monkey = Monkey(seed)
        wrong = monkey.play(events)
        yield Figure(
            "senseless clicks and keys on the window",
            monkey.events,
            round(EVENTS * scale),
            tuple(wrong[:20]),
            note=f"{monkey.lives} windows, {monkey.runs} runs begun, {monkey.world.others()} "
            "more moves of the same blog; the longest that one click or key kept the "
            f"window busy was {1000 * monkey.longest:.0f} ms",
        )
        with CARELESS:
            careless = Monkey(seed)
            found = careless.play(CONTROL, starts=ReadyPage)
        yield Figure(
            "a button that starts what runs already, found by them",
            1,
            1,
            () if any("Assertion" in one for one in found) else ("unseen",),
            control=True,
        )


class Monkey:
    """Plays with one window after the other; the move behind them stays the same."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed)
        self.dice = self.world.dice
        self.events = self.lives = self.runs = 0
        self.longest = 0.0

    def play(self, events: int, starts: type[object] | None = None) -> list[str]:
        """What went wrong in so many events, or until something did."""
        with self.world.watched():
            while self.events < events and not self.world.noted:
                self._live(min(LIFE, events - self.events), starts)
        return self.world.noted + self.world.harm()

    def _live(self, events: int, starts: type[object] | None) -> None:
        self.lives += 1
        window = Window(self.world.session())
        with ExitStack() as stack:
            stack.callback(self._end, window)
            if window.session.move is not None:
                page = starts or self.dice.choice((ChoosePage, ReadyPage, ReadyPage))
                number = window.pageIds()[PAGES.index(page)]  # type: ignore[arg-type]
                window.setStartId(number)
            window.show()
            window.currentIdChanged.connect(self._count_runs)
            for _ in range(events):
                self.events += 1
                if not window.isVisible():
                    break
                self._do_something(window)

    def _count_runs(self, number: int) -> None:
        self.runs += PAGES[number] is MovingPage if 0 <= number < len(PAGES) else 0

    def _end(self, window: Window) -> None:
        window.leave()
        if not Worker.all_ended(20):
            self.world.noted.append("a job did not end in 20 seconds")
        window.session.let_go()
        for popup in QApplication.topLevelWidgets():
            popup.close()
        window.deleteLater()
        QApplication.processEvents()

    def _do_something(self, window: Window) -> None:
        began = time.perf_counter()
        deed = self.dice.random()
        target = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if deed < 0.55:
            self._click(target or window)
        elif deed < 0.93:
            self._press(target or window)
        elif deed < 0.96:
            window.resize(self.dice.randint(860, 1300), self.dice.randint(600, 900))
        elif deed < 0.965:
            window.close()
        else:
            self._start(window)
        QApplication.processEvents()
        if window.isVisible():
            self.longest = max(self.longest, time.perf_counter() - began)
        if self.dice.random() < 0.2:
            QTest.qWait(self.dice.randint(1, 20))

    def _click(self, inside: QWidget) -> None:
        seen = [
            widget
            for widget in inside.findChildren(QWidget)
            if isinstance(widget, TOUCHED) and widget.isVisible() and widget.isEnabled()
        ]
        widget = self.dice.choice(seen) if seen else inside
        # A monkey that closes each window soon sees little of it.
        if _closes(widget) and self.dice.random() < 0.9:
            return
        if isinstance(widget, QAbstractItemView):
            widget = widget.viewport()
        place = QPoint(
            self.dice.randrange(max(1, widget.width())),
            self.dice.randrange(max(1, widget.height())),
        )
        button = self.dice.choice((LEFT,) * 4 + (Qt.MouseButton.RightButton,))
        times = self.dice.choice((1, 1, 1, 2, 5))
        for _ in range(times):
            # What the first click has taken away no hand can reach again.
            if widget.isVisible():
                QTest.mouseClick(widget, button, pos=place)

    def _press(self, inside: QWidget) -> None:
        widget = QApplication.focusWidget() or inside
        key, how = self.dice.choice(KEYS), self.dice.choice(WITH)
        for _ in range(self.dice.choice((1, 1, 1, 4))):
            QTest.keyClick(widget, key, how)

    def _start(self, window: Window) -> None:
        """Now and then what a person would do."""
        page = window.page_now()
        if isinstance(page, NewBlogPage):
            self._fill(page)
        elif isinstance(page, ReadyPage):
            QTest.mouseClick(window.button(Button.CommitButton), LEFT)

    def _fill(self, page: NewBlogPage) -> None:
        page.site_choice.setChecked(True)
        page.site.address.setText("memory://new")
        page.site.form.fill({"user": "anna", "password": "secret"})


def _closes(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and "lose" in widget.text()
