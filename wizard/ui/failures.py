"""The list of posts with which something is not as it should be, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from wizard.destinations import Kind
from wizard.ui.look import GAP, label
from wizard.ui.parts import Card, button, scrolling
from wizard.ui.runs import Failure, Fate
from wizard.ui.words import counted, listed

SHOWN = 50
ALONG = ((Kind.PHOTO, "photo"), (Kind.COMMENT, "comment"))


class FailureList(QWidget):
    """One card for each; ``again``: try these posts once more; ``ticked``: another
    choice of cards."""

    again = Signal(object)
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, GAP // 2, 0)
        self.rows.setSpacing(8)
        self.area = scrolling(self.rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def fill(self, failures: Sequence[Failure]) -> None:
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._boxes = {}
        several = sum(failure.again for failure in failures) > 1
        for failure in failures[:SHOWN]:
            self.rows.addWidget(self._card(failure, several))
        if len(failures) > SHOWN:
            rest = counted(len(failures) - SHOWN, "more post")
            self.rows.addWidget(label(f"… and {rest}: see the report.", muted=True))
        self.rows.addStretch(1)
        self.setVisible(bool(failures))

    def ticks(self) -> frozenset[str]:
        """The posts that were ticked."""
        return frozenset(post for post, box in self._boxes.items() if box.isChecked())

    def _card(self, failure: Failure, several: bool) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(12)
        title = failure.title or "(no title)"
        if failure.again and several:
            box = QCheckBox()
            box.setAccessibleName(f"Choose {title}")
            box.toggled.connect(self.ticked)
            self._boxes[failure.post] = box
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, bold=True))
        said = f"{failure.trouble.title} {failure.trouble.hint}".strip()
        words.addWidget(label(f"{_what(failure)}: {said}", muted=True))
        row.addLayout(words, 1)
        if failure.again:
            self._offer_retry(card, row, failure.post, title)
        card.body.addLayout(row)
        return card

    def _offer_retry(self, card: Card, row: QHBoxLayout, post: str, title: str) -> None:
        retry = button("Retry")
        retry.setAccessibleName(f"Retry {title}")
        retry.clicked.connect(lambda: self.again.emit(frozenset((post,))))
        row.addWidget(retry, 0, Qt.AlignmentFlag.AlignVCenter)
        action = QAction("Retry", card)
        action.triggered.connect(retry.click)
        card.addAction(action)
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _what(failure: Failure) -> str:
    """``The post``, or ``2 photos and 1 comment, among them`` of a post that did
    arrive: the reason that follows is the first of them."""
    if Kind.POST in failure.kinds:
        return "The post"
    parts = [
        counted(failure.kinds.get(k, 0), w) for k, w in ALONG if k in failure.kinds
    ]
    many = ", among them" if sum(failure.kinds.values()) > 1 else ""
    return f"{listed(parts) or 'Something'}{many}"


def of(failures: Sequence[Failure], fate: Fate) -> int:
    """How many posts met this fate."""
    return sum(failure.fate is fate for failure in failures)
