"""How buttons, boxes and bars are drawn: flat, rounded, in the colours of the palette."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)

from wizard.ui.surfaces import (
    BAR,
    CHECK,
    draw_box,
    draw_button,
    draw_check,
    draw_chevron,
    draw_progress,
    draw_radio,
    draw_slider,
    is_primary,
    scroll_bar_part,
)

Part = QStyle.PrimitiveElement
Control = QStyle.ControlElement
On = QStyle.StateFlag


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
                draw_radio(painter, rect, option)
            case Part.PE_PanelButtonCommand if isinstance(option, QStyleOptionButton):
                draw_button(painter, rect, option)
            case Part.PE_PanelLineEdit if getattr(option, "lineWidth", 0) > 0:
                draw_box(painter, rect, option)
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
            draw_progress(painter, option)
        elif element == Control.CE_PushButtonLabel and is_primary(option):
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
        if control == QStyle.ComplexControl.CC_ScrollBar:
            assert isinstance(option, QStyleOptionSlider)
            slider = self.subControlRect(
                control,
                option,
                QStyle.SubControl.SC_ScrollBarSlider,
                widget,
            )
            draw_slider(painter, slider, option)
        elif control == QStyle.ComplexControl.CC_ComboBox:
            assert isinstance(option, QStyleOptionComboBox)
            draw_box(painter, QRectF(option.rect), option)
            arrow = QRect(option.rect)
            arrow.setLeft(arrow.right() - 30)
            draw_chevron(painter, arrow, option)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Scroll bars without arrows: the slider has the whole length."""
        if control != QStyle.ComplexControl.CC_ScrollBar:
            rect = super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]
            if part == QStyle.SubControl.SC_ComboBoxEditField:
                rect.adjust(5, 0, 0, 0)
            return rect
        assert isinstance(option, QStyleOptionSlider)
        return scroll_bar_part(option, part)

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
            case measure.PM_ScrollBarExtent:
                return BAR
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
            made = QSize(made.width() + 14, max(made.height(), 36))
        return made
