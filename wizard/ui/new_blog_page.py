"""The third page: where the blog goes, and whether we are really let in there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
    QWizard,
)

from wizard.ui import jobs
from wizard.ui.look import GAP, label
from wizard.ui.page import Page
from wizard.ui.parts import Bullets, Card, Tone
from wizard.ui.places import FilePlace, SitePlace
from wizard.ui.state import Session

NEXT = QWizard.WizardButton.NextButton


class NewBlogPage(Page):
    step = "New blog"
    heading = "Where shall it go?"
    explanation = "I sign in once to see that everything is as it should be."

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.site_choice = QRadioButton("A WordPress blog")
        self.file_choice = QRadioButton("A WordPress import file (no account needed)")
        self.site_choice.setChecked(True)
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(GAP * 2)
        for choice in (self.site_choice, self.file_choice):
            group.addButton(choice)
            row.addWidget(choice)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(4)

        self.site = SitePlace(session.wallet)
        self.file = FilePlace()
        self.places = QStackedWidget()
        for place in (self.site, self.file):
            self.places.addWidget(place)
            place.changed.connect(self._changed)
        self.body.addWidget(self.places)
        self.site_choice.toggled.connect(self._switch)

        self.result = Card(Tone.GOOD)
        self.result_name = label(bold=True, size=1.1)
        self.result_words = label()
        self.result.body.addWidget(self.result_name)
        self.result.body.addWidget(self.result_words)
        self.warnings = Card(Tone.WARN)
        self.warnings_text = Bullets()
        self.warnings.body.addWidget(self.warnings_text)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.result)
        column.addWidget(self.warnings)
        self.body.addWidget(below)
        self.body.addWidget(self.spinner)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)

    def initializePage(self) -> None:
        from wizard.destinations import destination_kind

        move, session = self.session.need_move(), self.session
        # Filling a line is a change, and a change forgets what was checked.
        known = (
            (session.destination, session.site)
            if session.destination is not None and session.site is not None
            else None
        )
        if not self.site.form.lines:
            self.site.form.ask(destination_kind("https://").fields)
            self.site.form.probe()
        blog = move.blog
        self.file.suggest(_documents() / f"{_plain(blog.title if blog else '')}.xml")
        address, user = move.noted("destination"), move.noted("user")
        if jobs.is_file(address):
            self.file_choice.setChecked(True)
            self.file.line.setText(address)
        elif address:
            self.site.address.setText(address)
            self.site.form.fill({"user": user, **session.new_answers})
        if known is None:
            self._changed()
        else:
            session.destination, session.site = known
            self._show_site()
        if session.trouble is not None:
            self.notice.tell(session.trouble)
            session.trouble = None

    def entered(self) -> None:
        self.place.first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def place(self) -> SitePlace | FilePlace:
        return self.file if self.file_choice.isChecked() else self.site

    def ready(self) -> bool:
        return self.place.filled()

    def settled(self) -> bool:
        return self.session.site is not None

    def validatePage(self) -> bool:
        """Signs in for real; only what was checked goes on to the next page."""
        if self.session.site is not None:
            return super().validatePage()
        if not self.busy:
            place = self.place
            address, answers = place.address_now(), place.answers()
            move, keeper = self.session.need_move(), place.keeper()
            self.start(
                lambda stop: jobs.connect(address, answers, move, keeper),
                self._connected,
                saying=place.checking,
            )
        return False

    def keep(self) -> None:
        session = self.session
        if session.destination is not None and session.site is not None:
            move = session.need_move()
            move.note("destination", session.destination.address)
            move.note("user", str(getattr(session.destination, "user", "")))
            move.note("site", session.site.name)

    def _switch(self) -> None:
        self.places.setCurrentWidget(self.place)
        self._changed()

    def _changed(self) -> None:
        """What was checked is not what stands here now."""
        super().quit_work()
        self.session.destination, self.session.site = None, None
        self.result.hide()
        self.warnings.hide()
        self.notice.clear()
        self.setButtonText(NEXT, self.place.check_word)
        self.completeChanged.emit()

    def _connected(self, found: object) -> None:
        assert isinstance(found, jobs.Connected)
        self.session.destination, self.session.site = found.destination, found.site
        self.session.new_answers = found.answers
        self._show_site()
        QTimer.singleShot(0, self, self._show_result)
        # There is nobody to recognise in a file; what it warns of is said again later.
        if self.place is self.file:
            self.go_on()

    def _show_site(self) -> None:
        site = self.session.site
        assert site is not None
        self.result_name.setText(site.name)
        who = f"You are {site.user}" if site.user else ""
        who += f" ({site.role})." if who and site.role else "." if who else ""
        clock = f"The blog's clock: {site.time_zone}." if site.time_zone else ""
        words = (site.address, " ".join(filter(None, (who, clock))))
        self.result_words.setText("\n".join(filter(None, words)))
        self.warnings_text.tell(site.warnings)
        self.warnings.setVisible(bool(site.warnings))
        self.result.show()
        self.setButtonText(NEXT, "Next")
        self.completeChanged.emit()

    def _show_result(self) -> None:
        if self.area is not None:
            self.area.ensureWidgetVisible(self.result)

    def quit_work(self) -> None:
        super().quit_work()
        self.site.form.quit_work()


def _documents() -> Path:
    where = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(where) or Path.home())


def _plain(title: str) -> str:
    kept = " ".join(
        "".join(c if c.isalnum() or c in "-_" else " " for c in title).split()
    )
    return kept[:60].strip() or "My old blog"
