"""The question that is asked when the window is closed in the middle of a run."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from wizard.ui.runs import Task


class ClosingQuestion(QMessageBox):
    """``agreed``: pause and close."""

    agreed = Signal()

    def __init__(self, task: Task, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Moving Day")
        self.setText(task.still)
        self.setInformativeText(
            "I can pause and close: what is done stays done, and next time you go on "
            "where it was, from the first page."
        )
        pause = self.addButton("Pause and close", QMessageBox.ButtonRole.AcceptRole)
        keep = self.addButton("Keep going", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)
        self.setEscapeButton(keep)
        pause.clicked.connect(self.agreed)
