"""How a post looks in the list: tick, photo, title, date, what it holds, how far it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from wizard.blog import Photo
from wizard.move.events import State
from wizard.move.records import Row
from wizard.ui.look import Colours, colours
from wizard.ui.post_list import PostList, holds, lacks, when_and_where
from wizard.ui.surfaces import CHECK, draw_check, tick

HEIGHT = 76
PICTURE = QSize(80, 60)
EDGE = 12

Index = QModelIndex | QPersistentModelIndex
Left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PostDelegate(QStyledItemDelegate):
    """Draws a row with fonts and measures made once: a frame of eight rows in a few
    milliseconds. ``picture`` gives a photo's small picture, or None until it is there."""

    def __init__(
        self, view: QTableView, picture: Callable[[Photo], QPixmap | None]
    ) -> None:
        super().__init__(view)
        self._picture = picture
        plain, bold, small = QFont(view.font()), QFont(view.font()), QFont(view.font())
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(plain.pointSizeF() * 0.92)
        self._bold, self._small = bold, small
        self._bold_measure = QFontMetrics(bold)
        self._small_measure = QFontMetrics(small)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        model = index.model()
        assert isinstance(model, PostList)
        row, of = model.row(index.row()), colours(option.widget)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, rect, of)
        left = rect.left() + EDGE
        if model.with_ticks:
            on = model.is_ticked(index.row())
            box = QRectF(self.check_box(rect))
            draw_check(painter, box, option.palette, on=on)
            left = int(box.right()) + EDGE
        photo = QRect(left, rect.top() + (HEIGHT - 60) // 2, 80, 60)
        self._draw_photo(painter, photo, row, of)
        words = rect.adjusted(0, 9, -EDGE, -9)
        words.setLeft(photo.right() + EDGE + 2)
        if not model.with_ticks:
            words.setRight(words.right() - 40)
            self._draw_state(painter, rect, model.progress_of(row).state, of)
        self._draw_words(painter, words, model, row, of)
        painter.restore()

    def check_box(self, rect: QRect) -> QRect:
        """Where the tick of a row is."""
        return QRect(rect.left() + EDGE, rect.center().y() - CHECK // 2, CHECK, CHECK)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the tick, with some room around it for unsteady hands."""
        if event.type() != QEvent.Type.MouseButtonRelease:
            return False
        assert isinstance(event, QMouseEvent)
        assert isinstance(model, PostList)
        place = self.check_box(option.rect).adjusted(-EDGE, -18, EDGE - 2, 18)
        if not model.with_ticks or not place.contains(event.position().toPoint()):
            return False
        model.tick([index.row()], not model.is_ticked(index.row()))
        return True

    # Parts of a row

    def _draw_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, of: Colours
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(of.soft if chosen else of.base))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, HEIGHT), QColor(of.accent)
            )
        painter.setPen(QPen(QColor(of.line), 1))
        bottom = rect.bottom() + 0.5
        painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))

    def _draw_photo(
        self, painter: QPainter, place: QRect, row: Row, of: Colours
    ) -> None:
        picture = self._picture(row.thumbnail) if row.thumbnail else None
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(place), 5, 5)
        if picture is not None and not picture.isNull():
            painter.save()
            painter.setClipPath(outline)
            painter.drawPixmap(place, picture)
            painter.restore()
            return
        painter.fillPath(outline, QColor(of.window))
        painter.setPen(QPen(QColor(of.line), 1))
        painter.drawPath(outline)
        painter.setPen(QPen(QColor(of.muted), 1.4))
        middle = QRectF(place).center()
        if row.photos:
            _draw_landscape(painter, middle)
        else:
            _draw_lines(painter, middle)

    def _draw_words(
        self, painter: QPainter, place: QRect, model: PostList, row: Row, of: Colours
    ) -> None:
        line = place.height() // 3
        first = QRect(place.left(), place.top(), place.width(), line)
        if row.title:
            self._write(painter, first, self._bold, of.text, row.title)
        else:
            used = self._write(painter, first, self._bold, of.muted, "(no title)")
            rest = first.adjusted(used + 8, 0, 0, 0)
            self._write(painter, rest, self._small, of.muted, model.beginning(row))
        second = first.translated(0, line)
        when = when_and_where(row, model.zone)
        self._write(painter, second, self._small, of.muted, when)
        third = second.translated(0, line)
        progress = model.progress_of(row)
        said = [(of.good, model.already(row))]
        if progress.trouble is not None:
            colour = of.bad if progress.state is State.REFUSED else of.warn
            said += [(colour, f"{progress.trouble.title} {progress.trouble.hint}")]
        else:
            said += [(of.muted, holds(row)), (of.warn, lacks(row))]
        for colour, words in said:
            used = self._write(painter, third, self._small, colour, words)
            third = third.adjusted(used + 14 if used else 0, 0, 0, 0)

    def _write(
        self, painter: QPainter, place: QRect, font: QFont, colour: str, text: str
    ) -> int:
        """One line, shortened where it does not fit; gives the width it took."""
        if not text or place.width() < 12:
            return 0
        measure = self._bold_measure if font is self._bold else self._small_measure
        shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(place, int(Left), shown)
        return measure.horizontalAdvance(shown)

    def _draw_state(
        self, painter: QPainter, rect: QRect, state: State, of: Colours
    ) -> None:
        dot = QRectF(rect.right() - EDGE - 26, rect.center().y() - 12, 24, 24)
        pen = QPen(QColor(of.line), 2, c=Qt.PenCapStyle.RoundCap)
        match state:
            case State.SENT:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(of.good))
                painter.drawEllipse(dot)
                pen.setColor(QColor(of.base))
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolyline(tick(dot))
            case State.REFUSED:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(of.bad))
                painter.drawEllipse(dot)
                painter.setPen(QColor(of.base))
                painter.setFont(self._bold)
                painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, "!")
            case State.SENDING | State.MADE:
                painter.setPen(pen)
                painter.drawEllipse(dot)
                pen.setColor(QColor(of.accent))
                painter.setPen(pen)
                painter.drawArc(dot, 16 * 90, -16 * 120)
            case _:
                painter.setPen(pen)
                painter.drawEllipse(dot)


def _draw_landscape(painter: QPainter, middle: QPointF) -> None:
    """A picture that is not there (yet): hills and a sun."""
    hills = [(-15, 9), (-6, -2), (1, 6), (6, 1), (15, 9)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([middle + QPointF(x, y) for x, y in hills])
    painter.drawEllipse(middle + QPointF(7, -8), 3, 3)


def _draw_lines(painter: QPainter, middle: QPointF) -> None:
    """A post of words alone."""
    for y, width in ((-8, 26), (-1, 26), (6, 16)):
        start = middle + QPointF(-13, y)
        painter.drawLine(start, start + QPointF(width, 0))


class PostTable(QTableView):
    """A table view with rows of one height, which stays quick at any number of them."""

    def __init__(
        self, model: PostList, picture: Callable[[Photo], QPixmap | None]
    ) -> None:
        super().__init__()
        self.posts = model
        self.setModel(model)
        self.setItemDelegate(PostDelegate(self, picture))
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(HEIGHT)
        vertical.setDefaultSectionSize(HEIGHT)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(HEIGHT // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Posts")
        self.setMouseTracking(True)
        model.ticks_changed.connect(self.repaint_rows)

    def repaint_rows(self) -> None:
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks every selected row as the current one will be."""
        here = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and self.posts.with_ticks and here.isValid():
            lines = {index.row() for index in self.selectedIndexes()} | {here.row()}
            self.posts.tick(lines, not self.posts.is_ticked(here.row()))
        else:
            super().keyPressEvent(event)
