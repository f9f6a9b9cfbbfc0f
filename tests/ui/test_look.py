"""Colours that can be read, a style that draws, and a binding that counts."""

from __future__ import annotations

import sys
from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from wizard.ui.look import DARK, LIGHT, Colours, colours, label, palette


def contrast(one: str, other: str) -> float:
    """As the accessibility guidelines of the web reckon it, from 1 to 21."""

    def light(name: str) -> float:
        parts = [QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF()]
        linear = [
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


READ_ON = (
    ("text", ("window", "base", "soft", "warn_soft", "bad_soft")),
    ("muted", ("window", "base", "soft")),
    ("warn", ("base", "soft")),
    ("bad", ("base", "soft")),
    ("on_accent", ("accent",)),
    ("accent", ("window", "base")),
    ("on_side", ("side",)),
    ("side_muted", ("side",)),
)


@pytest.mark.parametrize("of", [LIGHT, DARK], ids=["light", "dark"])
def test_all_words_can_be_read_on_their_ground(of: Colours) -> None:
    known = asdict(of)
    faint = [
        (ink, ground, round(contrast(known[ink], known[ground]), 2))
        for ink, grounds in READ_ON
        for ground in grounds
        if contrast(known[ink], known[ground]) < 4.5
    ]
    assert faint == []


@pytest.mark.parametrize("of", [LIGHT, DARK], ids=["light", "dark"])
def test_an_empty_box_can_be_seen(of: Colours) -> None:
    assert contrast(of.muted, of.base) >= 3


def test_a_widget_knows_whether_it_is_dark(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setPalette(palette(Qt.ColorScheme.Dark))
    assert colours(widget) is DARK
    widget.setPalette(palette(Qt.ColorScheme.Light))
    assert colours(widget) is LIGHT
    assert palette(Qt.ColorScheme.Unknown) == palette(Qt.ColorScheme.Light)


def pixels(widget: QWidget) -> bytes:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(image.constBits())


def test_ticked_and_unticked_chosen_and_not_look_different(qtbot: QtBot) -> None:
    for made in (QCheckBox("a"), QRadioButton("a")):
        qtbot.addWidget(made)
        before = pixels(made)
        made.setChecked(True)
        assert pixels(made) != before


def test_the_button_that_enter_presses_stands_out(qtbot: QtBot) -> None:
    made = QPushButton("Next")
    qtbot.addWidget(made)
    before = pixels(made)
    made.setDefault(True)
    assert pixels(made) != before


def test_bars_and_boxes_are_drawn_in_any_state(qtbot: QtBot) -> None:
    bar, scroll = QProgressBar(), QScrollBar()
    scroll.setRange(0, 1000)
    seen = set()
    for value in (0, 50, 100):
        bar.setValue(value)
        scroll.setValue(value * 10)
        seen.add((pixels(bar), pixels(scroll)))
    assert len(seen) == 3
    for made in (QComboBox(), QLineEdit("a")):
        qtbot.addWidget(made)
        made.setMinimumSize(120, 36)
        before = pixels(made)
        made.setEnabled(False)
        assert pixels(made) != before
    qtbot.addWidget(bar)
    qtbot.addWidget(scroll)


def test_the_slider_of_a_long_list_can_be_dragged_from_end_to_end(qtbot: QtBot) -> None:
    scroll = QScrollBar()
    qtbot.addWidget(scroll)
    scroll.resize(12, 400)
    scroll.setRange(0, 20_000 * 76)
    scroll.setPageStep(400)
    scroll.show()
    left = Qt.MouseButton.LeftButton
    from PySide6.QtCore import QPoint

    qtbot.mousePress(scroll, left, pos=QPoint(6, 5))
    qtbot.mouseMove(scroll, QPoint(6, 399))
    qtbot.mouseRelease(scroll, left, pos=QPoint(6, 399))
    assert scroll.value() == scroll.maximum()


def test_markup_of_an_old_blog_stays_letters(qtbot: QtBot) -> None:
    made = label("<b>bold</b> & more")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText


def test_calling_qt_costs_no_reference_to_none(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """A PySide6 that loses one at each call ends the program after some seconds."""
    made = QLabel()
    qtbot.addWidget(made)
    before = sys.getrefcount(None)
    for _ in range(500):
        made.setText("a")
    assert sys.getrefcount(None) > before - 250
