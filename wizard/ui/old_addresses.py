"""What is asked before redirects are written: the words for whoever comes to an old address."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from wizard.move.ways import site_from
from wizard.ui.look import GAP, label

_WHAT = (
    "If you decide what stands at your old address, people who come there can be led to "
    "the new one. I write pages for it, one for each post, and files for WordPress, "
    "Apache, nginx, Netlify and Cloudflare. A “READ ME FIRST” beside them tells which to "
    "take. Only posts that were public, and are so now, are in them."
)
_LINES = 4


class OldAddresses(QDialog):
    """``words``: what the pages said last time. ``to_file``: an import file was made, so
    that the new blog's address has to be asked for."""

    def __init__(self, words: str, parent: QWidget, *, to_file: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle("Old addresses")
        self._needs_site = to_file
        body = QVBoxLayout(self)
        body.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        body.setSpacing(GAP // 2)
        body.addWidget(label(_WHAT))
        body.addSpacing(GAP)
        name = label("What the pages say", bold=True)
        self.words = QPlainTextEdit(words)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * _LINES + GAP)
        name.setBuddy(self.words)
        self.words.setAccessibleName(name.text())
        self.site = QLineEdit()
        self.site.setPlaceholderText("https://my-blog.example")
        where = label("Where did you bring the import file?", bold=True)
        where.setBuddy(self.site)
        self.site.setAccessibleName(where.text())
        body.addWidget(name)
        body.addWidget(self.words)
        for part in (where, self.site):
            part.setVisible(to_file)
            body.addWidget(part)
        body.addSpacing(GAP)
        buttons = QDialogButtonBox()
        self.write_button = buttons.addButton(
            "Write the files", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.cancel_button = buttons.addButton(
            "Cancel", QDialogButtonBox.ButtonRole.RejectRole
        )
        self.write_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.site.textChanged.connect(self._judge)
        body.addWidget(buttons)
        width = self.fontMetrics().averageCharWidth() * 70
        # Of a window of its own Qt does not ask how high its words become.
        self.setMinimumSize(width, body.totalHeightForWidth(width))
        self._judge()

    def _judge(self) -> None:
        text = self.site.text().strip()
        known = bool(text and site_from(text))
        self.write_button.setEnabled(known or not self._needs_site)
