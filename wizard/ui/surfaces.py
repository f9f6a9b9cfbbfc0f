"""The surfaces that the style paints: buttons, boxes, ticks, bars and sliders."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
)

ROUND = 6.0
CHECK = 18
BAR = 12
On = QStyle.StateFlag


def tick(rect: QRectF) -> QPolygonF:
    """A check mark inside ``rect``."""
    return QPolygonF(
        [
            QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y)
            for x, y in ((0.24, 0.53), (0.43, 0.71), (0.77, 0.31))
        ]
    )


def draw_check(
    painter: QPainter, rect: QRectF, palette: QPalette, *, on: bool, focus: bool = False
) -> None:
    """A check box, the same one in forms and in lists."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = palette.accent().color() if on or focus else palette.dark().color()
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(palette.accent() if on else palette.base())
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
    if on:
        painter.setPen(
            QPen(palette.highlightedText().color(), 2.0, c=Qt.PenCapStyle.RoundCap)
        )
        painter.drawPolyline(tick(rect))
    painter.restore()


def is_primary(option: QStyleOption) -> bool:
    return (
        isinstance(option, QStyleOptionButton)
        and bool(option.features & QStyleOptionButton.ButtonFeature.DefaultButton)
        and bool(option.state & On.State_Enabled)
    )


def draw_button(painter: QPainter, rect: QRectF, option: QStyleOptionButton) -> None:
    palette, state = option.palette, option.state
    flat = bool(option.features & QStyleOptionButton.ButtonFeature.Flat)
    over, down = bool(state & On.State_MouseOver), bool(state & On.State_Sunken)
    enabled = bool(state & On.State_Enabled)
    fill, edge = palette.button().color(), palette.mid().color()
    if is_primary(option):
        fill = palette.accent().color()
        fill = fill.darker(118) if down else fill.lighter(112) if over else fill
        edge = fill
    elif down or (over and flat):
        fill = palette.midlight().color()
    elif over and enabled:
        edge = palette.accent().color()
    if not enabled:
        fill = palette.window().color()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not flat or over or down:
        painter.setPen(Qt.PenStyle.NoPen if flat else QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
    if state & On.State_HasFocus:
        inner = palette.base() if is_primary(option) else palette.accent()
        painter.setPen(QPen(inner.color(), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), 4, 4)
    painter.restore()


def draw_box(painter: QPainter, rect: QRectF, option: QStyleOption) -> None:
    """The frame of a line of text or a list of choices."""
    palette, state = option.palette, option.state
    focus = bool(state & On.State_HasFocus)
    enabled = bool(state & On.State_Enabled)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = palette.accent() if focus else palette.mid()
    painter.setPen(QPen(edge.color(), 1.6 if focus else 1))
    painter.setBrush(palette.base() if enabled else palette.window())
    painter.drawRoundedRect(rect.adjusted(0.8, 0.8, -0.8, -0.8), ROUND, ROUND)
    painter.restore()


def draw_radio(painter: QPainter, rect: QRectF, option: QStyleOption) -> None:
    palette, on = option.palette, bool(option.state & On.State_On)
    lit = on or bool(option.state & On.State_HasFocus)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = palette.accent() if lit else palette.dark()
    painter.setPen(QPen(edge.color(), 1.5))
    painter.setBrush(palette.base())
    painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.accent())
        painter.drawEllipse(rect.adjusted(5, 5, -5, -5))
    painter.restore()


def draw_progress(painter: QPainter, option: QStyleOptionProgressBar) -> None:
    rect = QRectF(option.rect)
    height = min(10.0, rect.height())
    bar = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
    span = max(1, option.maximum - option.minimum)
    part = (option.progress - option.minimum) / span
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.mid())
    painter.drawRoundedRect(bar, height / 2, height / 2)
    if part > 0:
        filled = QRectF(bar)
        filled.setWidth(max(height, bar.width() * min(1.0, part)))
        painter.setBrush(option.palette.accent())
        painter.drawRoundedRect(filled, height / 2, height / 2)
    painter.restore()


def draw_chevron(painter: QPainter, rect: QRect, option: QStyleOption) -> None:
    middle = QPointF(rect.center())
    enabled = bool(option.state & On.State_Enabled)
    colour = option.palette.dark() if enabled else option.palette.mid()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour.color()), 1.8, c=Qt.PenCapStyle.RoundCap))
    points = [middle + QPointF(x, y) for x, y in ((-4, -2), (0, 2), (4, -2))]
    painter.drawPolyline(QPolygonF(points))
    painter.restore()


def scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    sub, rect = QStyle.SubControl, QRect(option.rect)
    across = option.orientation == Qt.Orientation.Horizontal
    length = rect.width() if across else rect.height()
    span = option.maximum - option.minimum
    size = length * option.pageStep // max(1, span + option.pageStep)
    size = max(min(length, 32), size) if span else length
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - size
    )
    begin, end = {
        sub.SC_ScrollBarSlider: (start, start + size),
        sub.SC_ScrollBarGroove: (0, length),
        sub.SC_ScrollBarSubPage: (0, start),
        sub.SC_ScrollBarAddPage: (start + size, length),
    }.get(part, (0, 0))
    if across:
        return QRect(rect.x() + begin, rect.y(), end - begin, rect.height())
    return QRect(rect.x(), rect.y() + begin, rect.width(), end - begin)


def draw_slider(painter: QPainter, slider: QRect, option: QStyleOptionSlider) -> None:
    if option.maximum == option.minimum:
        return
    busy = option.state & (On.State_MouseOver | On.State_Sunken)
    colour = option.palette.dark() if busy else option.palette.mid()
    across = option.orientation == Qt.Orientation.Horizontal
    thin = (
        slider.adjusted(2, BAR - 9, -2, -2)
        if across
        else slider.adjusted(BAR - 9, 2, -2, -2)
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(thin), 3.5, 3.5)
    painter.restore()
