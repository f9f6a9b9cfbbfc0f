"""The list of posts while they move: each one's state, the one that is on its way now."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPixmap

from wizard.blog import Photo
from wizard.destinations import Kind
from wizard.move.events import ItemSettled, PostBegan, PostSettled, State, Trouble
from wizard.ui.post_list import PostList, Progress
from wizard.ui.post_table import PICTURE, PostTable
from wizard.ui.runs import Failure, Task
from wizard.ui.state import Session
from wizard.ui.thumbnails import Thumbnails


class MovingList(PostTable):
    """Hears the events of a run; ``retry_asked``: by the menu of a row, or its key."""

    retry_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(PostList(session.first_words, ticks=False), self._picture)
        self._session = session
        self._thumbnails: Thumbnails | None = None
        self._line = 0
        self.now = ""
        self.retry_action = QAction("Retry", self)
        self.retry_action.setShortcut(QKeySequence("Ctrl+R"))
        self.retry_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.retry_action.triggered.connect(self.retry_asked)
        self.addAction(self.retry_action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def fill(self) -> None:
        """The posts that the next run is about."""
        session, only = self._session, self._session.only
        self.posts.fill(
            [r for r in session.rows if r.chosen and (only is None or r.key in only)],
            session.choices.time_zone,
        )
        if session.task is not Task.MOVE:
            # What was wrong before is what is to be found out.
            self.posts.progress = {
                key: Progress(known.state) for key, known in self.posts.progress.items()
            }
        if self._thumbnails is None and session.source is not None:
            read = session.source.read
            self._thumbnails = Thumbnails(read, PICTURE, self.devicePixelRatioF(), self)
            self._thumbnails.changed.connect(self.repaint_rows)

    def quit_work(self) -> None:
        thumbnails, self._thumbnails = self._thumbnails, None
        if thumbnails is not None:
            thumbnails.close()
            thumbnails.deleteLater()

    def begin(self, saying: str) -> None:
        self.now, self._line = saying, 0

    def hear(self, event: object) -> None:
        match event:
            case PostBegan(key):
                self._mark(key, State.SENDING)
                self._go_to(key)
            case ItemSettled(Kind.POST, _, post, state, trouble):
                self._mark(post, state, trouble)
                if self._session.task is not Task.MOVE:
                    self._go_to(post)
            case ItemSettled(_, _, post, _, trouble) if trouble is not None:
                known = self.posts.progress.get(post)
                self._mark(post, known.state if known else State.SENDING, trouble)
            case PostSettled(key, state, _, trouble):
                self._mark(key, state, trouble)

    def follow(self) -> None:
        """Show what is on its way; whoever is looking around is not pulled away."""
        if not self.hasFocus():
            self.scrollTo(self.posts.index(self._line, 0))

    def rest(self) -> None:
        """Nothing is on its way any more."""
        for key, progress in list(self.posts.progress.items()):
            if progress.state is State.SENDING and progress.trouble is None:
                del self.posts.progress[key]
        self.repaint_rows()

    def offer_retry(self, failures: Collection[Failure]) -> frozenset[str]:
        """Which posts a retry would be about: the selected ones of those with which
        something is wrong, or else all of these."""
        wrong = frozenset(failure.post for failure in failures if failure.again)
        lines = self.selectionModel().selectedRows()
        keys = wrong & {self.posts.row(i.row()).key for i in lines} or wrong
        self.retry_action.setText(f"Retry {len(keys):,}" if len(keys) > 1 else "Retry")
        self.retry_action.setEnabled(bool(keys))
        return keys

    def _go_to(self, key: str) -> None:
        line = self.posts.number_of(key)
        if line >= 0:
            self.now = self.posts.row(line).title or "A post without a title"
            self._line = line

    def _mark(self, key: str, state: State, trouble: Trouble | None = None) -> None:
        known = self.posts.progress.get(key)
        if trouble is None and known is not None and state is not State.SENDING:
            trouble = known.trouble
        self.posts.progress[key] = Progress(state, trouble)

    def _picture(self, photo: Photo) -> QPixmap | None:
        return self._thumbnails.picture(photo) if self._thumbnails else None
