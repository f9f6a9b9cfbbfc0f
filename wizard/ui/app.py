"""Where the parts of the window are joined: the program, its look, the first page."""

from __future__ import annotations

import signal
import sys

from PySide6.QtWidgets import QApplication

from wizard.ui.look import wear
from wizard.ui.state import Session
from wizard.ui.steps import NAME
from wizard.ui.window import Window


def main(arguments: list[str]) -> int:
    """Show the window until it is closed; ``arguments``: places of an old blog, or one
    ``.move`` file, opened straight away. Gives the exit status."""
    app = QApplication([sys.argv[0]])
    app.setApplicationName("moving-day")
    app.setApplicationDisplayName(NAME)
    app.setDesktopFileName("moving-day")
    # Ctrl+C in the terminal ends the program at once; the move file survives that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    wear(app)
    window = Window(Session(locations=tuple(arguments)))
    window.show()
    return app.exec()
