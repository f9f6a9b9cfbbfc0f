"""How the system asks the program to end: signals, and the end of the person's session."""

from __future__ import annotations

import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
LISTEN = 200


class Endings(QObject):
    """Calls ``leave`` for each of them: nobody is asked anything, and nothing is lost."""

    def __init__(self, app: QApplication, leave: Callable[[], object]) -> None:
        super().__init__(app)
        self._leave = leave
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, self._heard)
        app.commitDataRequest.connect(self._session_ends)
        # Python hears of a signal only while it runs, and in Qt's loop it rarely does.
        listening = QTimer(self)
        listening.timeout.connect(lambda: None)
        listening.start(LISTEN)

    def _heard(self, *_: object) -> None:
        # Not here: this may be in the middle of anything.
        QTimer.singleShot(0, self, self._leave_now)

    def _leave_now(self) -> None:
        self._leave()

    def _session_ends(self, _: QSessionManager) -> None:
        self._leave()
