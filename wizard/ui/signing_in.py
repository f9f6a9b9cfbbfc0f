"""When the new blog does not know us any more: the password is asked for on the spot."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout

from wizard.credentials import Wallet
from wizard.destinations import Destination
from wizard.move.events import Trouble
from wizard.ui.form import Form
from wizard.ui.look import label
from wizard.ui.parts import Card, Tone, button
from wizard.ui.places import PASSWORD_PAGE
from wizard.ui.state import Answers


class SignInAgain(Card):
    """Hidden until it has to ask; ``wanted``: the person has filled it in."""

    wanted = Signal()

    def __init__(self, wallet: Wallet) -> None:
        super().__init__(Tone.WARN)
        self._address = ""
        self.title = label(bold=True)
        self.hint = label()
        self.form = Form(wallet, hints=False)
        self.go_button = button("Sign in and go on")
        self.go_button.clicked.connect(self.wanted)
        self.page_button = button("Make a new password…")
        self.page_button.setToolTip("Opens the blog's own page for it in your browser")
        self.page_button.clicked.connect(self._open_password_page)
        self.form.changed.connect(self._typed)
        self.form.entered.connect(self.go_button.click)
        row = QHBoxLayout()
        row.addWidget(self.go_button)
        row.addWidget(self.page_button)
        row.addStretch(1)
        for part in (self.title, self.hint, self.form):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.hide()

    def ask(self, destination: Destination, trouble: Trouble) -> None:
        """Ask the questions of this blog again, and say why."""
        self._address = destination.address
        self.title.setText(trouble.title)
        self.hint.setText(
            f"{trouble.hint} What has arrived is safe. With a new password I go on "
            "where I was."
        )
        self.form.ask(destination.fields)
        self.form.fill({"user": str(getattr(destination, "user", ""))})
        self.form.probe()
        self._typed()
        self.show()
        empty = [made for made in self.form.lines.values() if not made.text()]
        for line in empty[:1]:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def rest(self) -> None:
        """No question, and no password left in a field."""
        self.form.quit_work()
        self.form.ask(())
        self.hide()

    def answers(self) -> Answers:
        return self.form.answers()

    def _typed(self) -> None:
        self.go_button.setEnabled(self.form.filled())

    def _open_password_page(self) -> None:
        site = self._address.rstrip("/")
        QDesktopServices.openUrl(QUrl(f"{site}/{PASSWORD_PAGE}"))
