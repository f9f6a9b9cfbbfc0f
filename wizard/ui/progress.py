"""How far a run is: a bar, numbers, the time that is left, what is being done now."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from wizard.destinations import Kind
from wizard.move.events import Began, ItemSettled, PostBegan
from wizard.ui.look import label
from wizard.ui.pace import Pace
from wizard.ui.runs import Todo


class ProgressBand(QWidget):
    """Hears the events of a run, and shows their sum when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.pace = Pace()
        self._done = self._total = 0
        self._todo: Counter[Kind] = Counter()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        # The bar counts in thousandths: its own numbers are too small for a big blog.
        self.bar.setMaximum(1000)
        self.bar.setAccessibleName("How much is done")
        self.count_line = label(wrap=False)
        self.time_line = label(wrap=False, bold=True)
        numbers = QHBoxLayout()
        numbers.addWidget(self.count_line)
        numbers.addStretch(1)
        numbers.addWidget(self.time_line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(numbers)

    def start_anew(self) -> None:
        """Another kind of run: what was learned about the last one is no use."""
        self.pace = Pace()
        self._done = self._total = 0
        self._todo.clear()

    def hear(self, event: object) -> None:
        match event:
            case Todo(kinds):
                self._todo = Counter(kinds)
            case Began(total, done):
                self._total, self._done = total, done
            case PostBegan(key):
                self.pace.began(key)
            case ItemSettled(kind, _, post, _, _, done, total):
                # What was there before and was only looked at again is not progress.
                if done > self._done:
                    self._todo[kind] = max(0, self._todo[kind] - 1)
                    self.pace.settled(kind, post)
                self._done, self._total = done, total

    def show_now(self, second: float, *, held: bool) -> None:
        """``held``: everything waits, so this is not time in which things get done."""
        self.pace.look(second, held=held)
        self.bar.setValue(1000 * self._done // max(1, self._total))
        said = [f"{self._done:,} of {self._total:,} items", self.pace.rate()]
        self.count_line.setText("  ·  ".join(filter(None, said)))
        self.time_line.setText("" if held else self.pace.left(self._todo))

    def rest(self) -> None:
        """The run is over, for now."""
        self.pace.rest()
        self.time_line.clear()
