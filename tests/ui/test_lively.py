"""The window stays alive: nothing it does itself takes long, nothing starts twice."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWizard

from tests.move.doubles import NewBlog, OldBlog, entry
from tests.ui.conftest import Sitting, read_session
from tests.ui.moves import Gate, begun, done
from wizard.destinations import Kind
from wizard.ui.moving_page import MovingPage
from wizard.ui.ready_page import ReadyPage

Sit = Callable[..., Sitting]
MANY = 20_000
BEAT = 10
# The floor is 100 ms on a quiet computer; others work on this one at the same time, so a
# processor's own time is what is measured.
AT_MOST = 0.1

pytestmark = pytest.mark.usefixtures("hasty")


class Heart(QObject):
    """Beats in the window's thread; ``longest``: seconds of its own work between two."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.beats = 0.0, 0
        self._last = time.thread_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT)

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now
        self.beats += 1


def test_a_flood_of_events_never_keeps_the_window_busy(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    blog = OldBlog([entry(n) for n in range(300)])
    session = read_session(blog, new_blog)
    sitting, page = begun(sit, session)
    heart = Heart()
    done(sitting)
    assert heart.beats > 10
    assert heart.longest < AT_MOST
    assert len(new_blog.of(Kind.POST)) == 300
    assert page.band.bar.value() == 1000


def test_the_heart_notices_work_in_the_windows_thread(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busily(_: MovingPage) -> None:
        until = time.thread_time() + 0.15
        while time.thread_time() < until:
            continue

    monkeypatch.setattr(MovingPage, "_show", busily)
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    heart = Heart()
    done(sitting)
    sitting.wait(lambda: heart.beats > 1)
    assert heart.longest > AT_MOST


def test_a_long_list_is_shown_at_once(sit: Sit, new_blog: NewBlog) -> None:
    session = read_session(OldBlog([entry(n) for n in range(3)]), new_blog)
    first = session.rows[0]
    session.rows = [first] * MANY
    sitting = sit(session)
    page = sitting.page(MovingPage)
    assert isinstance(page, MovingPage)
    began = time.thread_time()
    page.table.fill()
    assert time.thread_time() - began < AT_MOST


@pytest.mark.parametrize("way", ["clicks", "Enter", "clicked"])
def test_a_hundred_presses_on_move_start_one_move(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, way: str
) -> None:
    gate = Gate(new_blog)
    sitting = sit(read_session(old_blog, new_blog))
    sitting.go_to(ReadyPage)
    move = sitting.window.button(QWizard.WizardButton.CommitButton)
    sitting.wait(lambda: move.isVisible() and move.isEnabled())
    place = move.rect().center()
    for _ in range(100):
        if way == "clicks":
            sitting.qtbot.mouseClick(move, Qt.MouseButton.LeftButton, pos=place)
        elif way == "Enter":
            sitting.qtbot.keyClick(sitting.window, Qt.Key.Key_Return)
        else:
            move.click()
    page = sitting.wait_for(MovingPage)
    assert isinstance(page, MovingPage)
    sitting.wait(lambda: gate.left < 0)
    assert page.running
    gate.open.set()
    done(sitting)
    assert len(new_blog.of(Kind.POST)) == 8
    assert new_blog.count("check") <= 2


def test_there_is_no_way_back_while_it_runs(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    window = sitting.window
    for button in (QWizard.WizardButton.BackButton, QWizard.WizardButton.NextButton):
        assert not (
            window.button(button).isVisible() and window.button(button).isEnabled()
        )
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_Back):
        sitting.qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        sitting.qtbot.keyClick(page, key)
    assert sitting.now is page
    assert page.running
    gate.open.set()
    done(sitting)
