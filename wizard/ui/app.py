"""Where the parts of the window are joined: the program, its look, the first page."""

from __future__ import annotations

import logging
import os
import sys

from PySide6.QtWidgets import QApplication

from wizard.ui.endings import Endings
from wizard.ui.look import wear
from wizard.ui.state import Session
from wizard.ui.steps import NAME
from wizard.ui.window import Window
from wizard.ui.worker import Worker


def main(arguments: list[str]) -> int:
    """Show the window until it is closed; ``arguments``: places of an old blog, or one
    ``.move`` file, opened straight away. Gives the exit status."""
    app = QApplication([sys.argv[0]])
    app.setApplicationName("moving-day")
    app.setApplicationDisplayName(NAME)
    app.setDesktopFileName("moving-day")
    wear(app)
    window = Window(Session(locations=tuple(arguments)))
    Endings(app, window.leave)
    window.show()
    status = app.exec()
    if not Worker.all_ended(0):
        # A server keeps a thread waiting. What it was asked is looked for next time, as
        # after a power cut; nobody shall wait for it now.
        logging.shutdown()
        os._exit(status)
    return status
