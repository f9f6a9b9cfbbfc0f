"""How long the window's event loop ever pauses while a blog is moved behind it."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.blog import MadeBlog
from tests.wordpress import start
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress as Destination
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.ui.look import wear
from wizard.ui.state import Session
from wizard.ui.window import PAGES, Window

BEAT = 10  # milliseconds


class Heart(QObject):
    """Beats in the window's thread; ``gaps``: seconds between beats."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.gaps.append(now - self._last)
        self._last = now


def measure(posts: int) -> list[float]:
    """The gaps while the *Moving* page of the real window moves ``posts`` posts."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    wear(app)
    blog = MadeBlog(posts, seed=9)
    with start("newest") as site, tempfile.TemporaryDirectory() as folder:
        move = Move.create(Path(folder) / "bench.move")
        move.blog = blog.blog()
        for _ in read(move, blog, threading.Event()):
            pass
        destination = Destination(site.url, site.user, Secret(site.password))
        where = destination.check()
        session = Session(
            source=blog,
            move=move,
            rows=move.rows(),
            destination=destination,
            site=where,
        )
        window = Window(session)
        window.show()
        number = [page.__name__ for page in PAGES].index("MovingPage")
        window.setStartId(window.pageIds()[number])
        window.restart()
        heart = Heart()
        while session.ended is None:
            app.processEvents()
            time.sleep(0.001)
        gaps = heart.gaps[5:]
        window.close()
        move.close()
    return gaps
