"""The list of steps at the side of the window: done ones ticked, the current one bright."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wizard import settings
from wizard.ui.look import colours
from wizard.ui.surfaces import tick

ROW = 44
TOP = 104
LEFT = 24
DOT = 24
NAME = "Moving Day"


def icon() -> QIcon:
    """The program's mark."""
    return QIcon(str(settings.RESOURCES / "icons" / "moving-day.png"))


class Steps(QWidget):
    """``names``: one per page, in their order."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = tuple(names)
        self.current = 0
        self._icon = icon()
        self.setFixedWidth(208)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        self.current = current
        name = self.names[current]
        self.setAccessibleName(f"Step {current + 1} of {len(self.names)}: {name}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), TOP + ROW * len(self.names))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(of.side))
        self._draw_name(painter)
        for number, name in enumerate(self.names):
            self._draw_step(painter, number, name)
        painter.end()

    def _draw_name(self, painter: QPainter) -> None:
        of = colours(self)
        picture = self._icon.pixmap(QSize(40, 40), self.devicePixelRatioF())
        painter.drawPixmap(LEFT - 8, 26, picture)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(of.on_side))
        place = QRectF(LEFT + 38, 26, self.width() - LEFT - 42, 40)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, NAME)

    def _draw_step(self, painter: QPainter, number: int, name: str) -> None:
        of = colours(self)
        done, here = number < self.current, number == self.current
        top = TOP + number * ROW
        dot = QRectF(LEFT, top + (ROW - DOT) / 2, DOT, DOT)
        bright, faint = QColor(of.on_side), QColor(of.side_muted)
        if number + 1 < len(self.names):
            painter.setPen(QPen(faint if done else _thin(faint), 1.5))
            x = dot.center().x()
            painter.drawLine(
                QPointF(x, dot.bottom() + 3), QPointF(x, dot.bottom() + ROW - DOT - 3)
            )
        painter.setPen(QPen(bright if here else faint if done else _thin(faint), 1.5))
        painter.setBrush(bright if here else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        font = QFont(self.font())
        if done:
            painter.setPen(QPen(faint, 2, c=Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(tick(dot))
        else:
            small = QFont(font)
            small.setPointSizeF(font.pointSizeF() * 0.9)
            small.setBold(here)
            painter.setFont(small)
            painter.setPen(QColor(of.side) if here else faint)
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        font.setBold(here)
        painter.setFont(font)
        painter.setPen(bright if here else faint)
        place = QRectF(LEFT + DOT + 14, top, self.width() - LEFT - DOT - 18, ROW)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)


def _thin(colour: QColor) -> QColor:
    thin = QColor(colour)
    thin.setAlpha(120)
    return thin
