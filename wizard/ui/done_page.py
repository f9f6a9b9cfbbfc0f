"""The last page: the verdict, what did not arrive and why, and where to go from here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from wizard.destinations import Kind
from wizard.errors import MoveError
from wizard.move.events import Ended, State
from wizard.ui import jobs
from wizard.ui.failures import FailureList, of
from wizard.ui.keepsakes import Keepsakes
from wizard.ui.look import label
from wizard.ui.page import Page
from wizard.ui.parts import Card, Figures, Tone, button
from wizard.ui.runs import Fate, Task
from wizard.ui.state import Session
from wizard.ui.undo_question import UndoQuestion

POSTS, PHOTOS, COMMENTS, FAILED = "posts", "photos", "comments", "not moved"
IMPORT_IT = (
    "To bring it into a blog, open its dashboard and choose Tools → Import → WordPress."
)

_TERMS = (Kind.CATEGORY, Kind.TAG)


class DonePage(Page):
    step = "Done"
    heading = "Done"
    scrolls = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setFinalPage(True)
        self._question: UndoQuestion | None = None
        self.keepsakes = Keepsakes(self)
        self.verdict_card = Card(Tone.GOOD)
        self.verdict = label(size=1.25, bold=True)
        self.more = label(IMPORT_IT, muted=True)
        self.verdict_card.body.addWidget(self.verdict)
        self.verdict_card.body.addWidget(self.more)
        self.body.addWidget(self.verdict_card)
        self.figures = Figures((POSTS, PHOTOS, COMMENTS, FAILED))
        self.body.addWidget(self.figures)
        self.open_button = button("Open the new blog")
        self.open_button.clicked.connect(self.keepsakes.open_destination)
        self.report_button = button("Open the report")
        self.report_button.clicked.connect(self.keepsakes.open_report)
        self.files_button = button("Show its files")
        self.files_button.setToolTip(
            "The report, and the same as a table (CSV), in their folder"
        )
        self.files_button.clicked.connect(self.keepsakes.show_files)
        self.retry_button = button("Retry all")
        self.retry_button.clicked.connect(self.retry_all)
        self.back_button = button("Bring back")
        self.back_button.setToolTip("Moves again what is gone at the new blog")
        self.back_button.clicked.connect(self.bring_back)
        above = (self.open_button, self.report_button, self.files_button)
        self._add_row(above, (self.back_button, self.retry_button))
        self.failures = FailureList()
        self.failures.again.connect(self.run_again)
        self.failures.ticked.connect(self._name_retry)
        self.body.addWidget(self.failures, 1)
        self.check_button = button("Check again")
        self.check_button.setToolTip(
            "Looks at everything that was sent: is it there, and as it was sent?"
        )
        self.check_button.clicked.connect(lambda: self.run(Task.CHECK))
        self.undo_button = button("Undo…")
        self.undo_button.setToolTip("Takes this move back; asks first")
        self.undo_button.clicked.connect(self.ask_undo)
        self.old_button = button("Old addresses…")
        self.old_button.setToolTip(
            "Leads whoever comes to an old address to the new one"
        )
        self.old_button.clicked.connect(self.keepsakes.ask_old_addresses)
        self.choose_button = button("Choose other posts")
        self.choose_button.clicked.connect(self.choose_again)
        below = (
            self.old_button,
            self.check_button,
            self.undo_button,
            self.choose_button,
        )
        self._add_row(below, ())
        self.body.addStretch(0)

    def _add_row(
        self, left: tuple[QPushButton, ...], right: tuple[QPushButton, ...]
    ) -> None:
        row = QHBoxLayout()
        for made in left:
            row.addWidget(made)
        row.addStretch(1)
        for made in right:
            row.addWidget(made)
        self.body.addLayout(row)

    def initializePage(self) -> None:
        session, ended = self.session, self.session.ended
        assert ended is not None
        verdict = ended.verdict
        self.notice.clear()
        self.title_line.setText(_title(session.task, ended))
        self.verdict.setText(verdict.sentence)
        self.verdict_card.tone = Tone.GOOD if verdict.complete else Tone.WARN
        to_file = jobs.is_file(session.need_destination().address)
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
        refused = sum(kind.get(State.REFUSED, 0) for kind in states.values())
        self.figures.show_number(FAILED, refused)
        sent = any(kind.get(State.SENT, 0) for kind in states.values())
        for made in (self.check_button, self.undo_button):
            made.setVisible(sent and not to_file)
        self.old_button.setVisible(states.get(Kind.POST, {}).get(State.SENT, 0) > 0)
        self.back_button.setVisible(of(session.failures, Fate.GONE) > 0)
        self.failures.fill(session.failures)
        self._name_retry()

    def _name_retry(self) -> None:
        session, ended = self.session, self.session.ended
        if ended is None:
            return
        waiting = _has(ended, State.WAITING)
        helps = any(failure.again for failure in session.failures)
        helps = helps or _has(ended, State.REFUSED, *_TERMS)
        ticked = len(self.failures.ticks())
        self.retry_button.setVisible(helps or waiting)
        if ticked:
            self.retry_button.setText(f"Retry {ticked}")
        elif session.task is Task.UNDO:
            self.retry_button.setText("Move again")
        else:
            self.retry_button.setText("Go on" if waiting else "Retry all")

    # Once more

    def retry_all(self) -> None:
        """What is ticked, or else all that is left."""
        ended = self.session.ended
        keys = frozenset(f.post for f in self.session.failures if f.again)
        # A category or a tag that was refused may be one of any post.
        everywhere = ended is not None and (
            _has(ended, State.WAITING) or _has(ended, State.REFUSED, *_TERMS)
        )
        all_left = None if everywhere or not keys else keys
        self.run_again(self.failures.ticks() or all_left)

    def run_again(self, only: object) -> None:
        """Move these posts once more, or all that is left."""
        assert only is None or isinstance(only, frozenset)
        self.run(Task.MOVE, only)

    def bring_back(self) -> None:
        """Move again what is gone at the new blog."""
        if self.busy or not self._has_source():
            return
        try:
            self.session.need_move().bring_back()
        except MoveError as trouble:
            self.notice.tell(trouble)
        else:
            self.run(Task.MOVE)

    def run(self, task: Task, only: frozenset[str] | None = None) -> None:
        """Do this, on the page where one sees it being done."""
        if self.busy or (task is Task.MOVE and not self._has_source()):
            return
        self.session.task, self.session.only, self.session.ended = task, only, None
        self.wizard().back()

    def choose_again(self) -> None:
        """Back to the list of posts, to move others or move them another way."""
        if self.busy or not self._has_source():
            return
        session = self.session
        session.task, session.only, session.ended = Task.MOVE, None, None
        session.rewinding = True
        self.wizard().back()

    def _has_source(self) -> bool:
        session = self.session
        if session.source is not None:
            return True
        lost = session.old_trouble
        self.notice.say(
            "For this I need the old blog, and it could not be opened.",
            f"{lost.title} {lost.hint}" if lost else "Open this move again, please.",
        )
        return False

    # Undo

    def ask_undo(self) -> None:
        ended = self.session.ended
        if self.busy or ended is None or self._question is not None:
            return
        place = self.session.need_destination().address
        self._question = UndoQuestion(place, ended.verdict.counts, self)
        self._question.finished.connect(self._answered)
        self._question.open()

    def _answered(self) -> None:
        question, self._question = self._question, None
        if question is not None:
            agreed = question.clickedButton() is question.yes_button
            question.deleteLater()
            if agreed:
                self.run(Task.UNDO)


def _has(ended: Ended, state: State, *kinds: Kind) -> bool:
    """Whether anything, or anything of these kinds, ended so."""
    counts = ended.verdict.counts
    return any(counts[kind].get(state) for kind in counts if not kinds or kind in kinds)


def _title(task: Task, ended: Ended) -> str:
    if ended.paused:
        return "Stopped here"
    if task is Task.UNDO:
        return "Taken back"
    if task is Task.CHECK:
        return "Checked" if ended.verdict.complete else "Checked: please look"
    if _has(ended, State.REFUSED) or _has(ended, State.WAITING):
        return "Not everything arrived"
    return "Done" if ended.verdict.complete else "Done: please look"
