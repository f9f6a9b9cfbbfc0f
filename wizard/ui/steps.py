"""The list of steps at the side of the window: done ones ticked, the current one bright."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from wizard.ui.look import colours
from wizard.ui.surfaces import tick

ROW = 44
TOP = 104
LEFT = 24
DOT = 24
NAME = "Moving Day"


class Steps(QWidget):
    """``names``: one per page, in their order."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = tuple(names)
        self.current = 0
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
        draw_parcel(painter, QRectF(LEFT - 3, 30, 32, 32), of.on_side, of.side)
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


def draw_parcel(painter: QPainter, rect: QRectF, fill: str, line: str) -> None:
    """A parcel, half open: the mark of the program."""

    def at(x: float, y: float) -> QPointF:
        return QPointF(rect.x() + rect.width() * x, rect.y() + rect.height() * y)

    painter.save()
    painter.setPen(QPen(QColor(line), 1.4, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(fill))
    left = [at(0.06, 0.32), at(0.5, 0.47), at(0.5, 0.96), at(0.06, 0.78)]
    right = [at(0.5, 0.47), at(0.94, 0.32), at(0.94, 0.78), at(0.5, 0.96)]
    lid = [at(0.06, 0.32), at(0.5, 0.13), at(0.94, 0.32), at(0.5, 0.47)]
    for side in (left, right, lid):
        painter.drawPolygon(QPolygonF(side))
    painter.setPen(QPen(QColor(line), 2.2, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(at(0.28, 0.225), at(0.72, 0.4))
    painter.drawLine(at(0.72, 0.4), at(0.72, 0.56))
    painter.restore()


def _thin(colour: QColor) -> QColor:
    thin = QColor(colour)
    thin.setAlpha(120)
    return thin
