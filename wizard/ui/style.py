"""How buttons, boxes and bars are drawn: flat, rounded, in the colours of the palette."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionProgressBar,
    QWidget,
)

ROUND = 6.0
CHECK = 18

Part = QStyle.PrimitiveElement
Control = QStyle.ControlElement
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


class Style(QProxyStyle):
    """Fusion's behaviour with our own surfaces. Colours come from the palette alone."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: Part,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        state, palette = option.state, option.palette
        rect = QRectF(option.rect)
        match element:
            case Part.PE_IndicatorCheckBox | Part.PE_IndicatorItemViewItemCheck:
                on, focus = bool(state & On.State_On), bool(state & On.State_HasFocus)
                draw_check(painter, rect, palette, on=on, focus=focus)
            case Part.PE_IndicatorRadioButton:
                _draw_radio(painter, rect, option)
            case Part.PE_PanelButtonCommand if isinstance(option, QStyleOptionButton):
                _draw_button(painter, rect, option)
            case Part.PE_PanelLineEdit if getattr(option, "lineWidth", 0) > 0:
                _draw_box(painter, rect, option)
            case Part.PE_FrameLineEdit | Part.PE_FrameFocusRect:
                pass
            case _:
                super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: Control,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == Control.CE_ProgressBar:
            assert isinstance(option, QStyleOptionProgressBar)
            _draw_progress(painter, option)
        elif element == Control.CE_PushButtonLabel and _is_primary(option):
            role = QPalette.ColorRole
            colour = option.palette.highlightedText().color()
            option.palette.setColor(role.ButtonText, colour)
            super().drawControl(element, option, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ComboBox:
            assert isinstance(option, QStyleOptionComboBox)
            _draw_box(painter, QRectF(option.rect), option)
            arrow = QRect(option.rect)
            arrow.setLeft(arrow.right() - 30)
            _draw_chevron(painter, arrow, option)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        measure = QStyle.PixelMetric
        match metric:
            case measure.PM_IndicatorWidth | measure.PM_IndicatorHeight:
                return CHECK
            case (
                measure.PM_ExclusiveIndicatorWidth | measure.PM_ExclusiveIndicatorHeight
            ):
                return CHECK
            case measure.PM_CheckBoxLabelSpacing | measure.PM_RadioButtonLabelSpacing:
                return 9
            case _:
                return super().pixelMetric(metric, option, widget)

    def subElementRect(
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        if element == QStyle.SubElement.SE_LineEditContents:
            rect.adjust(7, 0, -7, 0)
        return rect

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        made = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        contents = QStyle.ContentsType
        if kind == contents.CT_PushButton:
            made = QSize(max(made.width() + 16, 84), max(made.height(), 36))
        elif kind in (contents.CT_LineEdit, contents.CT_ComboBox):
            made = QSize(made.width() + 8, max(made.height(), 36))
        return made


def _is_primary(option: QStyleOption) -> bool:
    return (
        isinstance(option, QStyleOptionButton)
        and bool(option.features & QStyleOptionButton.ButtonFeature.DefaultButton)
        and bool(option.state & On.State_Enabled)
    )


def _draw_button(painter: QPainter, rect: QRectF, option: QStyleOptionButton) -> None:
    palette, state = option.palette, option.state
    flat = bool(option.features & QStyleOptionButton.ButtonFeature.Flat)
    over, down = bool(state & On.State_MouseOver), bool(state & On.State_Sunken)
    enabled = bool(state & On.State_Enabled)
    fill, edge = palette.button().color(), palette.mid().color()
    if _is_primary(option):
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
        inner = palette.base() if _is_primary(option) else palette.accent()
        painter.setPen(QPen(inner.color(), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), 4, 4)
    painter.restore()


def _draw_box(painter: QPainter, rect: QRectF, option: QStyleOption) -> None:
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


def _draw_radio(painter: QPainter, rect: QRectF, option: QStyleOption) -> None:
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


def _draw_progress(painter: QPainter, option: QStyleOptionProgressBar) -> None:
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


def _draw_chevron(painter: QPainter, rect: QRect, option: QStyleOption) -> None:
    middle = QPointF(rect.center())
    enabled = bool(option.state & On.State_Enabled)
    colour = option.palette.dark() if enabled else option.palette.mid()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour.color()), 1.8, c=Qt.PenCapStyle.RoundCap))
    points = [middle + QPointF(x, y) for x, y in ((-4, -2), (0, 2), (4, -2))]
    painter.drawPolyline(QPolygonF(points))
    painter.restore()
