"""The last page: the verdict, what did not arrive and why, and where to go from here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wizard.destinations import Kind
from wizard.move.events import State
from wizard.ui import jobs, runs
from wizard.ui.look import GAP, label
from wizard.ui.page import Page
from wizard.ui.parts import Card, Figures, Tone, button, scrolling
from wizard.ui.state import Session
from wizard.ui.words import breakable, counted, listed

POSTS, PHOTOS, COMMENTS, FAILED = "posts", "photos", "comments", "not moved"
SHOWN_FAILURES = 50
IMPORT_IT = (
    "To bring it into a blog, open its dashboard and choose Tools → Import → WordPress."
)
ALONG = ((Kind.PHOTO, "photo"), (Kind.COMMENT, "comment"))


class DonePage(Page):
    step = "Done"
    heading = "Done"
    scrolls = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setFinalPage(True)
        self.verdict_card = Card(Tone.GOOD)
        self.verdict = label(size=1.25, bold=True)
        self.more = label(IMPORT_IT, muted=True)
        self.verdict_card.body.addWidget(self.verdict)
        self.verdict_card.body.addWidget(self.more)
        self.body.addWidget(self.verdict_card)
        self.figures = Figures((POSTS, PHOTOS, COMMENTS, FAILED))
        self.body.addWidget(self.figures)
        self.open_button = button("Open the new blog")
        self.open_button.clicked.connect(self.open_destination)
        self.report_button = button("Open the report")
        self.report_button.clicked.connect(self.open_report)
        self.retry_button = button("Retry all")
        self.retry_button.clicked.connect(self.retry_all)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addWidget(self.report_button)
        row.addStretch(1)
        row.addWidget(self.retry_button)
        self.body.addLayout(row)
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, GAP // 2, 0)
        self.rows.setSpacing(8)
        self.failures = scrolling(self.rows)
        self.body.addWidget(self.failures, 1)
        self.body.addStretch(0)

    def initializePage(self) -> None:
        session = self.session
        ended = session.ended
        assert ended is not None
        verdict = ended.verdict
        self.title_line.setText(
            "Done" if verdict.complete else "Not everything arrived"
        )
        if ended.paused:
            self.title_line.setText("Stopped here")
        self.verdict.setText(verdict.sentence)
        self.verdict_card.tone = Tone.GOOD if verdict.complete else Tone.WARN
        address = session.need_destination().address
        to_file = jobs.is_file(address)
        self.more.setVisible(to_file)
        self.open_button.setText(
            "Show the import file" if to_file else "Open the new blog"
        )
        states = verdict.counts
        for name, kind in (
            (POSTS, Kind.POST),
            (PHOTOS, Kind.PHOTO),
            (COMMENTS, Kind.COMMENT),
        ):
            number = states.get(kind, {}).get(State.SENT, 0)
            self.figures.show_number(name, number, name[:-1] if number == 1 else name)
        refused = sum(of.get(State.REFUSED, 0) for of in states.values())
        self.figures.show_number(FAILED, refused)
        failures = session.failures
        hopeless = failures and not any(failure.again for failure in failures)
        unfinished = ended.paused or not (verdict.complete or hopeless)
        self.retry_button.setVisible(unfinished)
        self.retry_button.setText("Go on" if ended.paused else "Retry all")
        self._list_failures()

    def _list_failures(self) -> None:
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        failures = self.session.failures
        for failure in failures[:SHOWN_FAILURES]:
            self.rows.addWidget(self._failure_card(failure))
        if len(failures) > SHOWN_FAILURES:
            rest = counted(len(failures) - SHOWN_FAILURES, "more post")
            self.rows.addWidget(label(f"… and {rest}: see the report.", muted=True))
        self.rows.addStretch(1)
        self.failures.setVisible(bool(failures))

    def _failure_card(self, failure: runs.Failure) -> Card:
        card = Card()
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        title = failure.title or "(no title)"
        words.addWidget(label(breakable(title), bold=True))
        said = f"{failure.trouble.title} {failure.trouble.hint}".strip()
        words.addWidget(label(breakable(f"{_what(failure)}: {said}"), muted=True))
        row.addLayout(words, 1)
        if failure.again:
            retry = button("Retry")
            retry.setAccessibleName(f"Retry {title}")
            keys = frozenset((failure.post,))
            retry.clicked.connect(lambda: self.run_again(keys))
            row.addWidget(retry, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        return card

    # What the person does

    def retry_all(self) -> None:
        ended = self.session.ended
        keys = frozenset(f.post for f in self.session.failures if f.again)
        everything = ended is None or ended.paused or not keys
        self.run_again(None if everything else keys)

    def run_again(self, only: frozenset[str] | None) -> None:
        """Move these posts once more, or all that is left."""
        if not self.busy:
            self.session.only, self.session.ended = only, None
            self.wizard().back()

    def open_destination(self) -> None:
        address = self.session.need_destination().address
        if jobs.is_file(address):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(address).parent)))
        else:
            QDesktopServices.openUrl(QUrl(address))

    def open_report(self) -> None:
        move = self.session.need_move()
        self.start(
            lambda stop: jobs.write_report_of(move),
            self._show_report,
            saying="Writing the report…",
        )

    def _show_report(self, path: object) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _what(failure: runs.Failure) -> str:
    """``The post``, or ``2 photos and 1 comment, among them`` of a post that did
    arrive: the reason that follows is the first of them."""
    if Kind.POST in failure.kinds:
        return "The post"
    parts = [
        counted(failure.kinds.get(k, 0), w) for k, w in ALONG if k in failure.kinds
    ]
    many = ", among them" if sum(failure.kinds.values()) > 1 else ""
    return f"{listed(parts) or 'Something'}{many}"
