"""The colours of the window, light and dark, and how they reach every widget."""

from __future__ import annotations

import html
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from wizard.ui.style import Style
from wizard.ui.words import breakable, unbroken

GAP = 12
MARGIN = 28


@dataclass(frozen=True, slots=True)
class Colours:
    """What each colour is for. ``soft`` ones are backgrounds for text in the full one."""

    window: str
    base: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    soft: str
    good: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    side: str
    on_side: str
    side_muted: str


LIGHT = Colours(
    window="#f7f6f3",
    base="#ffffff",
    text="#1d2628",
    muted="#5c686a",
    line="#d5d3cb",
    accent="#0b746f",
    on_accent="#ffffff",
    soft="#e0f0ee",
    good="#1b7a49",
    warn="#8f5400",
    warn_soft="#fff2d9",
    bad="#b3261e",
    bad_soft="#fce9e7",
    side="#113a3d",
    on_side="#ffffff",
    side_muted="#9dbfc0",
)
DARK = Colours(
    window="#1a1f20",
    base="#232a2b",
    text="#eceff0",
    muted="#a2aeaf",
    line="#445052",
    accent="#55c7ba",
    on_accent="#04211e",
    soft="#1d3d3b",
    good="#6fce97",
    warn="#f2bd61",
    warn_soft="#3b301a",
    bad="#ff8f86",
    bad_soft="#43241f",
    side="#0c2628",
    on_side="#ffffff",
    side_muted="#86a9aa",
)


def colours(widget: QWidget) -> Colours:
    """The set that this widget is shown in."""
    return DARK if widget.palette().window().color().lightness() < 128 else LIGHT


def wear(app: QApplication, scheme: Qt.ColorScheme | None = None) -> None:
    """Put our look on the whole program; without ``scheme`` the system decides, and
    goes on deciding."""
    app.setStyle(Style())
    font = app.font()
    if 0 < font.pointSizeF() < 10:
        font.setPointSizeF(10)
        app.setFont(font)
    hints = app.styleHints()
    if scheme is None:
        hints.colorSchemeChanged.connect(lambda new: app.setPalette(palette(new)))
    app.setPalette(palette(hints.colorScheme() if scheme is None else scheme))


def palette(scheme: Qt.ColorScheme) -> QPalette:
    """Qt's palette for dark, or else for light."""
    of = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    role = QPalette.ColorRole
    made = QPalette()
    for name, colour in {
        role.Window: of.window,
        role.WindowText: of.text,
        role.Base: of.base,
        role.AlternateBase: of.window,
        role.Text: of.text,
        role.PlaceholderText: of.muted,
        role.Button: of.base,
        role.ButtonText: of.text,
        role.BrightText: of.bad,
        role.Highlight: of.accent,
        role.HighlightedText: of.on_accent,
        role.Accent: of.accent,
        role.Link: of.accent,
        role.LinkVisited: of.accent,
        role.ToolTipBase: of.base,
        role.ToolTipText: of.text,
        role.Light: of.base,
        role.Midlight: of.soft,
        role.Mid: of.line,
        role.Dark: of.muted,
        role.Shadow: of.line,
    }.items():
        made.setColor(name, QColor(colour))
    faint = QColor(of.muted)
    faint.setAlpha(140)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, faint)
    return made


def tip(text: str) -> str:
    """Words for a tooltip or a question, where Qt takes for HTML what looks like it."""
    lines = html.escape(text).replace("\n", "<br>")
    return f"<qt>{lines}</qt>" if text else ""


class Words(QLabel):
    """Words that go over as many lines as they need, long addresses and names of files
    too: one that cannot be broken would push all else out of the window."""

    def setText(self, text: str) -> None:
        super().setText(breakable(text))

    def text(self) -> str:
        return unbroken(super().text())


def label(
    text: str = "",
    *,
    size: float = 1.0,
    bold: bool = False,
    muted: bool = False,
    wrap: bool = True,
) -> QLabel:
    """Words on the screen: never rich text, whatever an old blog may have put there."""
    made = Words() if wrap else QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    font = QFont(made.font())
    font.setPointSizeF(font.pointSizeF() * size)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    made.setFont(font)
    if muted:
        made.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return made
