"""The page with all posts: look at them, search them, tick those that shall move."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter

from wizard.blog import Photo
from wizard.ui.look import GAP, label
from wizard.ui.page import Page
from wizard.ui.parts import Frame, button
from wizard.ui.post_list import Filter, PostList, Show, categories, years
from wizard.ui.post_table import PICTURE, PostTable
from wizard.ui.preview import Preview
from wizard.ui.state import Session
from wizard.ui.thumbnails import Thumbnails
from wizard.ui.words import counted

ANY_YEAR = "Any year"
ANY_CATEGORY = "Any category"


class ChoosePage(Page):
    step = "Choose posts"
    heading = "Which posts shall move?"
    scrolls = False
    chooses = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.posts = PostList(session.first_words, ticks=True)
        self.posts.ticks_changed.connect(self._count)
        self.thumbnails: Thumbnails | None = None
        self._build_filters()
        self.table = PostTable(self.posts, self._picture)
        self.preview = Preview()
        self.table.selectionModel().currentRowChanged.connect(self._preview)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(GAP)
        for part, smallest in ((self.table, 330), (self.preview, 220)):
            frame = Frame(part)
            frame.setMinimumWidth(smallest)
            splitter.addWidget(frame)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([450, 300])
        self.nothing = label("No post fits. Clear the search or choose “All posts”.")
        self.nothing.hide()
        self.body.setSpacing(8)
        self.body.addWidget(splitter, 1)
        self.body.addWidget(self.nothing)
        self._build_ticking()

    def _build_filters(self) -> None:
        self.search = SearchLine()
        self.search.setPlaceholderText("Search titles, categories, dates")
        self.search.setAccessibleName("Search posts")
        self.year, self.category, self.show_only = QComboBox(), QComboBox(), QComboBox()
        self.year.setAccessibleName("Year")
        self.category.setAccessibleName("Category")
        self.show_only.setAccessibleName("Which posts are listed")
        self.show_only.addItems(list(Show))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for box in (self.year, self.category, self.show_only):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(160)
            box.currentIndexChanged.connect(self._narrow)
            row.addWidget(box)
        self.body.addLayout(row)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(120)
        self._soon.timeout.connect(self._narrow)
        self.search.textChanged.connect(self._soon.start)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)

    def _build_ticking(self) -> None:
        self.count_line = label(muted=True)
        self.all_button = button("Tick all")
        self.none_button = button("Tick none")
        self.shown_button = button("Tick only these")
        self.all_button.clicked.connect(lambda: self.posts.tick_all(True))
        self.none_button.clicked.connect(lambda: self.posts.tick_all(False))
        self.shown_button.clicked.connect(self._tick_only_shown)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.count_line, 1)
        for made in (self.all_button, self.none_button, self.shown_button):
            row.addWidget(made)
        self.body.addLayout(row)

    def initializePage(self) -> None:
        rows, zone = self.session.rows, self.session.choices.time_zone
        if self.posts.rows is rows and self.posts.zone == zone:
            return
        self.quit_work()
        source = self.session.source
        if source is not None:
            self.thumbnails = Thumbnails(
                source.read, PICTURE, self.devicePixelRatioF(), self
            )
            self.thumbnails.changed.connect(self.table.repaint_rows)
        for box, first, names in (
            (self.year, ANY_YEAR, years(rows, zone)),
            (self.category, ANY_CATEGORY, categories(rows)),
        ):
            box.blockSignals(True)
            box.clear()
            box.addItems([first, *names])
            box.blockSignals(False)
            box.setVisible(len(names) > 1)
        self.search.clear()
        self.show_only.setCurrentIndex(0)
        self._soon.stop()
        self.posts.fill(rows, zone)
        if rows:
            self.table.selectRow(0)

    def entered(self) -> None:
        # Back from the end, the posts have moved since.
        self.initializePage()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def ready(self) -> bool:
        return any(self.posts.ticks)

    def settled(self) -> bool:
        return self.ready()

    def keep(self) -> None:
        """Only the ticks that changed are written down. Whoever has seen the list has
        chosen among all that is in it."""
        on, off = self.posts.changed_ticks()
        move = self.session.need_move()
        move.choose(on, True)
        move.choose(off, False)
        if move.unasked():
            move.leave_unasked(())
        if on or off:
            self.session.rows = self.posts.keep_ticks()

    def quit_work(self) -> None:
        super().quit_work()
        self.preview.quit_work()
        if self.thumbnails is not None:
            self.thumbnails.close()
            self.thumbnails.deleteLater()
            self.thumbnails = None

    # What the person does

    def _narrow(self) -> None:
        year, category = self.year.currentText(), self.category.currentText()
        self.posts.narrow(
            Filter(
                self.search.text(),
                year if year != ANY_YEAR else "",
                category if category != ANY_CATEGORY else "",
                Show(self.show_only.currentText()),
            )
        )
        self.nothing.setVisible(not self.posts.shown)
        self._count()
        if self.posts.shown:
            self.table.selectRow(0)
        else:
            self.preview.show_nothing()

    def _tick_only_shown(self) -> None:
        self.posts.tick_all(False)
        self.posts.tick_shown(True)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _count(self) -> None:
        rows = self.posts.ticked_rows()
        photos = sum(row.photos - row.photos_missing for row in rows)
        comments = sum(row.comments for row in rows)
        said = [
            f"{len(rows):,} of {counted(len(self.posts.rows), 'post')} ticked",
            counted(photos, "photo"),
            counted(comments, "comment"),
        ]
        listed = len(self.posts.shown)
        if listed != len(self.posts.rows):
            said.append(f"{listed:,} listed")
        self.count_line.setText(", ".join(said))
        narrowed = listed != len(self.posts.rows)
        self.shown_button.setEnabled(narrowed and listed > 0)
        self.completeChanged.emit()

    def _preview(self) -> None:
        index, session = self.table.currentIndex(), self.session
        move, source = session.move, session.source
        if index.isValid() and move is not None and source is not None:
            faces = session.site.featured if session.site else True
            key = self.posts.row(index.row()).key
            self.preview.show_post(move, source, key, faces)

    # What the list asks for

    def _picture(self, photo: Photo) -> QPixmap | None:
        return self.thumbnails.picture(photo) if self.thumbnails else None


class SearchLine(QLineEdit):
    """Enter searches at once here; it does not turn the page. Esc ends the search."""

    def __init__(self) -> None:
        super().__init__()
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.clear()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
