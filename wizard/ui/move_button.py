"""An earlier move as a button: the blog's title, how far it is, when it was."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from wizard.ui.jobs import Earlier
from wizard.ui.look import colours
from wizard.ui.words import ago, counted


class MoveButton(QAbstractButton):
    """``picked`` carries the path of its move file."""

    picked = Signal(object)

    def __init__(self, earlier: Earlier, now: datetime) -> None:
        super().__init__()
        self.earlier = earlier
        posts = counted(earlier.chosen, "post")
        if earlier.sent == 0:
            self.state = f"{posts}, nothing sent yet"
        elif earlier.sent < earlier.chosen:
            self.state = f"{earlier.sent:,} of {posts} sent"
        else:
            self.state = f"All {posts} sent"
        self.when = ago(earlier.when, now)
        self.setText(earlier.title or "Untitled blog")
        self.setAccessibleName(f"Go on: {self.text()}. {self.state}, {self.when}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._pick)

    def _pick(self) -> None:
        self.picked.emit(self.earlier.path)

    def sizeHint(self) -> QSize:
        return QSize(220, 32 + 3 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(QColor(of.accent if lit else of.line), 1.5 if lit else 1))
        painter.setBrush(QColor(of.soft if self.isDown() else of.base))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, 8, 8)
        height = self.fontMetrics().height()
        text = QRectF(14, 12, self.width() - 48, height)
        self._write(painter, text, True, self.text(), of.text)
        for said in (self.state, self.when):
            text.translate(0, height + 4)
            self._write(painter, text, False, said, of.muted)
        painter.setPen(QPen(QColor(of.accent), 2, c=Qt.PenCapStyle.RoundCap))
        tip = QPointF(self.width() - 18, self.height() / 2)
        points = [tip + QPointF(-5, -5), tip, tip + QPointF(-5, 5)]
        painter.drawPolyline(points)
        painter.end()

    def _write(
        self, painter: QPainter, place: QRectF, bold: bool, text: str, colour: str
    ) -> None:
        font = painter.font()
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(place.width())
        )
        self.style().drawItemText(
            painter,
            place.toRect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            shown,
        )
