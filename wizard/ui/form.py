"""The questions that an old or a new blog asks before it lets anybody in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from wizard.credentials import Field, Secret, Wallet, taken_apart
from wizard.ui.look import label, tip
from wizard.ui.state import Answers
from wizard.ui.worker import Outcome, Worker

NO_KEYRING = (
    "This computer has no password store that I can use: the password is kept in memory "
    "while the window is open, and you will be asked again next time."
)


class AddressLine(QLineEdit):
    """A line for an address. A password that is pasted in it is taken out before
    anybody sees it; ``taken``: the name and the password that stood there."""

    taken = Signal(str, object)

    def __init__(self, example: str) -> None:
        super().__init__()
        self.setPlaceholderText(example)
        self.textChanged.connect(self._take_apart)

    def _take_apart(self, text: str) -> None:
        parts = taken_apart(text)
        if parts is not None:
            address, user, password = parts
            self.setText(address)
            self.taken.emit(user, password)


class Form(QWidget):
    """One line per field; ``entered``: Enter was pressed in one. Whether passwords can be remembered is found out beside the
    window, because asking the system's keyring may take a while."""

    changed = Signal()
    entered = Signal()

    def __init__(self, wallet: Wallet, *, hints: bool = True) -> None:
        super().__init__()
        self._wallet = wallet
        self._hints = hints
        self.lines: dict[str, QLineEdit] = {}
        self._secrets: set[str] = set()
        self._exact: set[str] = set()
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(5)
        self.remember = QCheckBox("Remember the password in this computer's keyring")
        self.remember.hide()
        self.memory_only = label(NO_KEYRING, muted=True)
        self.memory_only.hide()
        self._probe: Worker | None = None
        self.ask(())

    def ask(self, fields: Sequence[Field]) -> None:
        """Show these questions instead of the ones before."""
        while (item := self.layout_.takeAt(0)) is not None:
            widget = item.widget()
            if widget not in (None, self.remember, self.memory_only):
                widget.deleteLater()
        self.lines = {}
        self._secrets = {field.name for field in fields if field.secret}
        self._exact = {field.name for field in fields if field.exact}
        for field in fields:
            line = QLineEdit()
            if field.secret:
                line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textChanged.connect(self.changed)
            line.returnPressed.connect(self.entered)
            name = label(field.label, bold=True)
            name.setBuddy(line)
            line.setToolTip(tip(field.hint))
            line.setAccessibleDescription(field.hint)
            self.lines[field.name] = line
            for widget in (name, line):
                self.layout_.addWidget(widget)
            if field.hint and self._hints:
                self.layout_.addWidget(label(field.hint, size=0.92, muted=True))
            self.layout_.addSpacing(7)
        self.layout_.addWidget(self.remember)
        self.layout_.addWidget(self.memory_only)
        # New lines come last in the order of Tab: they are led to the one place that is
        # known to be the form's, and that place to their end.
        for one, following in pairwise(
            (self.remember, *self.lines.values(), self.remember)
        ):
            self.setTabOrder(one, following)

    def probe(self) -> None:
        """Find out whether the keyring works, and offer it or say that it does not."""
        if self._probe is None and self._secrets:
            self._probe = Worker(lambda stop: self._wallet.works(), self)
            self._probe.ended.connect(self._probed)
            self._probe.start()

    def _probed(self, outcome: Outcome) -> None:
        works = outcome.value is True
        self.remember.setVisible(works)
        self.remember.setChecked(works)
        self.memory_only.setVisible(not works)

    def quit_work(self) -> None:
        probe, self._probe = self._probe, None
        if probe is not None:
            probe.send_away()

    def filled(self) -> bool:
        return all(map(self._typed, self.lines))

    def answers(self) -> Answers:
        return {
            name: Secret(self._typed(name)) if name in self._secrets else line.text()
            for name, line in self.lines.items()
        }

    def _typed(self, name: str) -> str:
        text = self.lines[name].text()
        return text if name in self._exact else text.strip()

    def keeper(self) -> Wallet | None:
        """Where the password shall be remembered, if it shall."""
        asked = not self.remember.isHidden() and self.remember.isChecked()
        return self._wallet if asked else None

    def fill(self, answers: Answers) -> None:
        """Show what is known already."""
        for name, answer in answers.items():
            if name in self.lines:
                known = answer.reveal() if isinstance(answer, Secret) else answer
                self.lines[name].setText(known)
