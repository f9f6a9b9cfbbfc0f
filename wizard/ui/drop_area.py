"""The big friendly place where a backup can be dropped."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.ui.look import colours, label
from wizard.ui.words import counted

ARROW = 84


class DropArea(QWidget):
    """Takes files and folders; ``dropped`` carries their paths as a tuple."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._over = False
        centre = Qt.AlignmentFlag.AlignHCenter
        self.title = label("Drop your backup here", size=1.3, bold=True)
        self.words = label(
            "The zip file, a folder of saved pages, or a single page", muted=True
        )
        for line in (self.title, self.words):
            line.setAlignment(centre)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self.buttons)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 24)
        layout.addStretch(1)
        # The arrow gives way where the window is small.
        self.arrow_room = QWidget()
        self.arrow_room.setFixedHeight(ARROW)
        layout.addWidget(self.arrow_room)
        layout.addWidget(self.title)
        layout.addWidget(self.words)
        layout.addSpacing(14)
        layout.addLayout(row)
        layout.addStretch(1)

    def sizeHint(self) -> QSize:
        return QSize(420, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrow_room.setVisible(self.height() >= 150 + ARROW)

    def show_places(self, places: tuple[str, ...]) -> None:
        """Say what is chosen now."""
        names = [
            place.rstrip("/\\").replace("\\", "/").split("/")[-1] for place in places
        ]
        self.title.setText(names[0] if len(names) == 1 else counted(len(names), "file"))
        self.words.setText("Drop or choose something else to change it")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        urls = event.mimeData().urls()
        places = [url.toLocalFile() or url.toString() for url in urls]
        event.acceptProposedAction()
        self.dropped.emit(tuple(places))

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(
            QColor(of.accent), 2 if self._over else 1.6, Qt.PenStyle.CustomDashLine
        )
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(of.soft if self._over else of.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        if not self.arrow_room.isHidden():
            self._draw_arrow(painter, QPointF(self.width() / 2, self.title.y() - 46))
        painter.end()

    def _draw_arrow(self, painter: QPainter, middle: QPointF) -> None:
        """An arrow into a tray, on a soft disc."""
        of = colours(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(of.base if self._over else of.soft))
        painter.drawEllipse(middle, 34, 34)
        pen = QPen(QColor(of.accent), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for shape in (
            ((0, -16), (0, 5)),
            ((-8, -3), (0, 5), (8, -3)),
            ((-15, 5), (-15, 14), (15, 14), (15, 5)),
        ):
            painter.drawPolyline([middle + QPointF(x, y) for x, y in shape])
