"""The first page: where is the old blog? Drop it, choose it, type it, or go on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from wizard import settings
from wizard.errors import MoveError
from wizard.move.file import Move
from wizard.ui import jobs
from wizard.ui.drop_area import DropArea
from wizard.ui.form import AddressLine
from wizard.ui.look import GAP, label
from wizard.ui.move_button import MoveButton
from wizard.ui.page import Page
from wizard.ui.parts import Card, Tone, button, scrolling
from wizard.ui.state import Session
from wizard.ui.worker import Outcome, Worker

MOVE_FILE = ".move"


class WelcomePage(Page):
    step = "Welcome"
    heading = "Bring your old blog to its new home"
    explanation = "Show me what you still have of it. It is only read, never changed."

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.places: tuple[str, ...] = ()
        self.drop_area = DropArea()
        self.drop_area.dropped.connect(self.open_places)
        self.file_button = button("Choose a file…")
        self.file_button.clicked.connect(self.choose_file)
        self.folder_button = button("Choose a folder…")
        self.folder_button.clicked.connect(self.choose_folder)
        for made in (self.file_button, self.folder_button):
            self.drop_area.buttons.addWidget(made)
        self.moves = _Moves()
        self.moves.chosen.connect(self.open_move)
        above = QHBoxLayout()
        above.setSpacing(GAP)
        above.addWidget(self.drop_area, 3)
        above.addWidget(self.moves, 2)
        below = QHBoxLayout()
        below.setSpacing(GAP)
        below.addWidget(self._build_address(), 3)
        below.addWidget(self._build_sample(), 2)
        self.body.addLayout(above, 1)
        self.body.addLayout(below)
        self._listing: Worker | None = None

    def _build_address(self) -> Card:
        self.address = AddressLine("myoldblog.example.com")
        self.address.taken.connect(self._took_password)
        self.address.setClearButtonEnabled(True)
        self.address.textChanged.connect(self.completeChanged)
        card = Card()
        name = label("Does it still answer?", bold=True)
        name.setBuddy(self.address)
        card.body.addWidget(name)
        card.body.addWidget(label("Type the address of the old blog.", muted=True))
        card.body.addStretch(1)
        card.body.addWidget(self.address)
        return card

    def _build_sample(self) -> Card:
        self.sample_button = button("Try the sample blog")
        self.sample_button.clicked.connect(self.open_sample)
        card = Card()
        card.body.addWidget(label("Just looking?", bold=True))
        words = "A small blog of our own to try every page with."
        card.body.addWidget(label(words, muted=True))
        card.body.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.sample_button)
        row.addStretch(1)
        card.body.addLayout(row)
        card.setVisible(settings.SAMPLE.is_file())
        return card

    def initializePage(self) -> None:
        if self.session.locations:
            self.places = self.session.locations
            QTimer.singleShot(0, self, self.go_on)
        self._listing = Worker(jobs.earlier_moves, self)
        self._listing.ended.connect(self.moves.fill)
        self._listing.start()

    def ready(self) -> bool:
        return bool(self.places or self.address.text().strip())

    def validatePage(self) -> bool:
        """Recognises what was shown; a wrong file is said here, beside its button."""
        places = self._places()
        known = self.session.kinds or self.session.ended
        if known and places == self.session.locations:
            return True
        if not self.busy:
            self._quit_listing()
            self.session.let_go()
            if len(places) == 1 and places[0].lower().endswith(MOVE_FILE):
                self._resume(Path(places[0]))
            else:
                self.start(
                    lambda stop: jobs.recognise(places),
                    self._recognised,
                    saying="Looking at what this is…",
                )
        return False

    def _places(self) -> tuple[str, ...]:
        typed = self.address.text().strip()
        return (typed,) if typed else tuple(map(_lasting, self.places))

    def _recognised(self, kinds: object) -> None:
        assert isinstance(kinds, tuple)
        self.session.locations, self.session.kinds = self._places(), kinds
        self.go_on()

    def _resume(self, path: Path) -> None:
        try:
            move = Move.open(path)
        except MoveError as trouble:
            self.notice.tell(trouble)
            return
        self.session.move, wallet = move, self.session.wallet
        self.session.choices = move.choices
        self.start(
            lambda stop: jobs.resume(move, wallet),
            self._resumed,
            saying="Opening the earlier move…",
        )

    def failed(self, outcome: Outcome) -> None:
        self.session.let_go()
        super().failed(outcome)

    def _resumed(self, found: object) -> None:
        assert isinstance(found, jobs.Resumed)
        session = self.session
        session.rows, session.failures = found.now.rows, found.now.failures
        session.ended, session.old_trouble = found.ended, found.lost
        session.locations, session.kinds = found.locations, found.kinds
        session.source = found.source
        if found.connected is not None:
            session.destination = found.connected.destination
            session.site = found.connected.site
            session.new_answers = found.connected.answers
        session.trouble = found.trouble
        session.resuming = True
        self.address.clear()
        self.places = found.locations
        self.go_on()

    def _took_password(self, user: str, password: object) -> None:
        self.notice.say(
            "The password has been taken out of the address.",
            "The next page asks for it, in a field that hides it.",
            Tone.WARN,
        )

    # Ways in

    def open_places(self, places: object) -> None:
        """Open these files, folders or addresses at once."""
        assert isinstance(places, tuple)
        if self.busy or not places:
            return
        self.address.clear()
        self.places = places
        self.drop_area.show_places(places)
        self.completeChanged.emit()
        self.go_on()

    def open_move(self, path: object) -> None:
        self.open_places((str(path),))

    def open_sample(self) -> None:
        self.open_places((str(settings.SAMPLE),))

    def choose_file(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, "The backup of your old blog", "", "All files (*)"
        )
        self.open_places(tuple(names))

    def choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "The folder with the saved pages")
        self.open_places((name,) if name else ())

    def quit_work(self) -> None:
        super().quit_work()
        self._quit_listing()

    def _quit_listing(self) -> None:
        listing, self._listing = self._listing, None
        if listing is not None:
            listing.close()


def _lasting(place: str) -> str:
    """A path that still means the same when the program is started elsewhere."""
    return str(Path(place).absolute()) if Path(place).exists() else place


class _Moves(QWidget):
    """The earlier moves, each a button; hidden while there are none."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[MoveButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("Go on with an earlier move", bold=True))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addStretch(1)
        layout.addWidget(scrolling(self._rows))
        self.hide()

    def fill(self, outcome: object) -> None:
        found = getattr(outcome, "value", None)
        now = datetime.now()
        for earlier in found if isinstance(found, list) else ():
            made = MoveButton(earlier, now)
            made.picked.connect(self.chosen)
            self.buttons.append(made)
            self._rows.insertWidget(self._rows.count() - 1, made)
        self.setVisible(bool(self.buttons))
