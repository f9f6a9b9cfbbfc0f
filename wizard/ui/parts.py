"""Small pieces that several pages are built from: cards, notices, figures, a spinner."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wizard.errors import MoveError
from wizard.ui.look import GAP, colours, label


class Tone(Enum):
    """What a card says before it is read."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


class Card(QFrame):
    """A rounded surface for things that belong together."""

    def __init__(self, tone: Tone = Tone.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = tone
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 14, 18, 14)
        self.body.setSpacing(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colours(self)
        fill, edge = {
            Tone.PLAIN: (of.base, of.line),
            Tone.GOOD: (of.soft, of.accent),
            Tone.WARN: (of.warn_soft, of.warn),
            Tone.BAD: (of.bad_soft, of.bad),
        }[self.tone]
        line = QColor(edge)
        if self.tone is not Tone.PLAIN:
            line.setAlpha(110)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(line, 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8
        )
        painter.end()


Kind = TypeVar("Kind")


def offer(
    card: Card, ways: Iterable[tuple[Kind, str, str]]
) -> dict[Kind, QRadioButton]:
    """One of several, each with its name and a line that says what it means."""
    group = QButtonGroup(card)
    offered = {}
    for way, name, words in ways:
        choice = QRadioButton(name)
        choice.setAccessibleDescription(words)
        group.addButton(choice)
        said = label(words, size=0.94, muted=True)
        said.setIndent(27)
        card.body.addSpacing(4)
        card.body.addWidget(choice)
        card.body.addWidget(said)
        offered[way] = choice
    return offered


class Bullets(QWidget):
    """Several things to know, each hanging from a dot of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(5)

    def tell(self, lines: Iterable[str]) -> None:
        """Say these instead of what was said before."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = list(lines)
        for line in self._lines:
            row = QWidget()
            beside = QHBoxLayout(row)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(8)
            beside.addWidget(label("•"), 0, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(label(line), 1)
            self._rows.addWidget(row)

    def text(self) -> str:
        """All that it says, a line each."""
        return "\n".join(self._lines)


class Frame(Card):
    """A card around one widget that scrolls."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.body.setContentsMargins(2, 4, 2, 4)
        self.body.addWidget(inside)
        if isinstance(inside, QFrame):
            inside.setFrameShape(QFrame.Shape.NoFrame)


class Notice(Card):
    """Says in place what happened and what to do; empty and hidden otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.BAD, parent)
        self.title = label(bold=True)
        self.hint = label()
        for part in (self.title, self.hint):
            flags = Qt.TextInteractionFlag.TextSelectableByMouse
            part.setTextInteractionFlags(flags)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.body.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def say(self, title: str, hint: str = "", tone: Tone = Tone.BAD) -> None:
        said = f"{title} {hint}".strip()
        if not self.isHidden() and (said, tone) == (self.accessibleName(), self.tone):
            return
        self.tone = tone
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.setAccessibleName(said)
        self.show()
        self.update()

    def tell(self, trouble: MoveError) -> None:
        """Show this error."""
        self.say(trouble.title, trouble.hint)

    def clear(self) -> None:
        self.hide()
        self.title.clear()
        self.hint.clear()


class Spinner(QWidget):
    """Turns while something is being done; ``say`` starts it, ``rest`` stops it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._angle = 0
        self._timer = QTimer(self)
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._turn)
        self.text = label(muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 2, 0, 2)
        row.addWidget(self.text)
        self.hide()

    def say(self, text: str) -> None:
        self.text.setText(text)
        self._timer.start()
        self.show()

    def rest(self) -> None:
        self._timer.stop()
        self.hide()

    def _turn(self) -> None:
        self._angle = (self._angle - 16 * 12) % (16 * 360)
        self.update(0, 0, 26, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        circle = QRectF(2, self.height() / 2 - 8, 16, 16)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().mid().color(), 2.2))
        painter.drawEllipse(circle)
        pen = QPen(self.palette().accent().color(), 2.2, c=Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(circle, self._angle, 16 * 90)
        painter.end()


class Figures(QWidget):
    """A row of big numbers, each with the word for what it counts."""

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self._numbers: dict[str, QLabel] = {}
        self._words: dict[str, QLabel] = {}
        for name in names:
            card = Card()
            number = label("0", size=1.9, bold=True, wrap=False)
            word = label(name, muted=True, wrap=False)
            card.body.setSpacing(0)
            card.body.addWidget(number)
            card.body.addWidget(word)
            row.addWidget(card, 1)
            self._numbers[name], self._words[name] = number, word

    def show_number(self, name: str, number: int | None, word: str = "") -> None:
        """``word``: said instead of ``name``, such as the singular. None: not known."""
        self._numbers[name].setText("…" if number is None else f"{number:,}")
        self._words[name].setText(word or name)

    def number(self, name: str) -> str:
        return self._numbers[name].text()


def scrolling(inside: QLayout) -> QScrollArea:
    """A place without a frame that scrolls when there is not room for all of it."""
    ground = QWidget()
    ground.setLayout(inside)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(ground)
    # After setWidget, which makes what it is given paint its own ground.
    ground.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def button(text: str) -> QPushButton:
    """An ordinary button that Enter in a neighbouring field does not press."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    return made
