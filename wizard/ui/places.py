"""The two kinds of place a blog can go to, each as the questions it asks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from wizard.credentials import Secret, Wallet
from wizard.ui.form import AddressLine, Form
from wizard.ui.look import GAP, label
from wizard.ui.parts import Card, button
from wizard.ui.state import Answers

PASSWORD_PAGE = "wp-admin/authorize-application.php?app_name=Moving%20Day"
STEPS = (
    "Type your blog's address, then press the button below. Your browser opens the blog "
    "and asks you to sign in there, as you always do.",
    "Press “Yes, I approve of this connection”. The blog shows a password of 24 letters "
    "and digits.",
    "Copy it into the field on the left. You can withdraw it there at any time, under "
    "Users → Profile.",
)


class SitePlace(QWidget):
    """A WordPress site and an account there."""

    changed = Signal()
    check_word = "Sign in"
    checking = "Signing in to the new blog…"

    def __init__(self, wallet: Wallet) -> None:
        super().__init__()
        self.address = AddressLine("https://myblog.example.com")
        self.address.taken.connect(self._fill_in)
        self.address.textChanged.connect(self._typed)
        name = label("Address of the new blog", bold=True)
        name.setBuddy(self.address)
        self.form = Form(wallet, hints=False)
        self.form.changed.connect(self.changed)
        left = QVBoxLayout()
        left.setSpacing(5)
        left.addWidget(name)
        left.addWidget(self.address)
        left.addSpacing(7)
        left.addWidget(self.form)
        left.addStretch(1)
        self.password_button = button("Open my blog's password page")
        self.password_button.clicked.connect(self.open_password_page)
        help_card = Card()
        help_card.body.addWidget(label("Where do I get that password?", bold=True))
        for number, words in enumerate(STEPS, 1):
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(
                label(f"{number}.", bold=True, wrap=False), 0, Qt.AlignmentFlag.AlignTop
            )
            row.addWidget(label(words, muted=True), 1)
            help_card.body.addLayout(row)
        help_card.body.addStretch(1)
        help_card.body.addWidget(self.password_button)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(GAP * 2)
        columns.addLayout(left, 1)
        columns.addWidget(help_card, 1)
        self._typed()

    def _fill_in(self, user: str, password: object) -> None:
        assert isinstance(password, Secret)
        self.form.fill({"user": user, "password": password})

    def filled(self) -> bool:
        return bool(self.address.text().strip()) and self.form.filled()

    def first_empty(self) -> QLineEdit:
        """Where to type next."""
        lines = [self.address, *self.form.lines.values()]
        return next((line for line in lines if not line.text().strip()), lines[0])

    def address_now(self) -> str:
        return self.address.text().strip()

    def answers(self) -> Answers:
        return self.form.answers()

    def keeper(self) -> Wallet | None:
        return self.form.keeper()

    def _typed(self) -> None:
        self.password_button.setEnabled(bool(self.address.text().strip()))
        self.changed.emit()

    def open_password_page(self) -> None:
        from wizard.destinations import full_address

        site = full_address(self.address.text())
        QDesktopServices.openUrl(QUrl(f"{site.rstrip('/')}/{PASSWORD_PAGE}"))


class FilePlace(QWidget):
    """A file that any WordPress can import, for those without an account yet."""

    changed = Signal()
    check_word = "Next"
    checking = "Looking whether the file can be written…"

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.textChanged.connect(self.changed)
        name = label("Write it to", bold=True)
        name.setBuddy(self.line)
        self.choose_button = button("Choose…")
        self.choose_button.clicked.connect(self.choose)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.choose_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(name)
        layout.addLayout(row)
        layout.addSpacing(GAP)
        card = Card()
        card.body.addWidget(
            label(
                "Posts, comments and categories go into this file, photos into a folder "
                "beside it. Whenever you have a WordPress blog, open its dashboard, "
                "choose Tools → Import → WordPress, and give it the file.",
                muted=True,
            )
        )
        layout.addWidget(card)
        layout.addStretch(1)

    def suggest(self, path: Path) -> None:
        if not self.line.text():
            self.line.setText(str(path))

    def filled(self) -> bool:
        return bool(self.line.text().strip())

    def first_empty(self) -> QLineEdit:
        return self.line

    def address_now(self) -> str:
        path = str(Path(self.line.text().strip()).expanduser())
        return path if path.lower().endswith(".xml") else f"{path}.xml"

    def answers(self) -> Answers:
        return {}

    def keeper(self) -> Wallet | None:
        return None

    def choose(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "The import file", self.line.text(), "WordPress import files (*.xml)"
        )
        if path:
            self.line.setText(path)
