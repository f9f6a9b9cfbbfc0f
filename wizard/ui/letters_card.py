"""Letters that look garbled: shown as they are and as they would be, and a tick to decide."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout

from wizard.errors import MoveError
from wizard.move.file import Move
from wizard.ui.look import label
from wizard.ui.parts import Card


class LettersCard(Card):
    """It hides where no letters look garbled."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(label("Some letters look garbled", bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        self.before, self.after = label(size=0.94), label(size=0.94)
        for row, (words, shown) in enumerate(
            (("As they are", self.before), ("Put right", self.after))
        ):
            grid.addWidget(label(words, muted=True, size=0.94, wrap=False), row, 0)
            grid.addWidget(shown, row, 1)
        self.body.addLayout(grid)
        self.repair = QCheckBox("Put such letters right in all posts")
        self.body.addWidget(self.repair)

    def show_sample(self, move: Move, wanted: bool) -> None:
        """``wanted``: what was decided before."""
        from wizard.content.repairing import sample

        found = None
        if key := move.noted("garbled"):
            try:
                found = sample(move.post(key))
            except MoveError:
                found = None
        self.setVisible(found is not None)
        self.repair.setChecked(wanted and found is not None)
        self.before.setText(found[0] if found else "")
        self.after.setText(found[1] if found else "")
