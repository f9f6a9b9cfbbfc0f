"""The second page: what was recognised, what it has to ask, and how reading it goes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from wizard.errors import MoveError
from wizard.move.events import FoundPost
from wizard.ui import jobs
from wizard.ui.form import Form
from wizard.ui.look import GAP, label
from wizard.ui.page import Page
from wizard.ui.parts import Bullets, Card, Figures, Tone, button
from wizard.ui.state import Session
from wizard.ui.words import counted, listed
from wizard.ui.worker import Outcome
from wizard.ui.zones import ZoneBox, here, is_aware

POSTS, PHOTOS, COMMENTS, MISSING = "posts", "photos", "comments", "missing"
TICK = 70
SHOWN_NOTES = 6


class OldBlogPage(Page):
    step = "Old blog"
    heading = "Your old blog"
    explanation = "It is only read, never changed."

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._found = [0, 0, 0]
        self.what = label(bold=True, size=1.1)
        self.where = label(muted=True)
        card = Card()
        card.body.addWidget(self.what)
        card.body.addWidget(self.where)
        self.body.addWidget(card)

        self.questions = Card()
        self.form = Form(session.wallet)
        self.form.changed.connect(self._typed)
        self.form.entered.connect(self._enter)
        self.read_button = button("Read the blog")
        self.read_button.clicked.connect(self.read)
        self.questions.body.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.read_button)
        row.addStretch(1)
        self.questions.body.addSpacing(6)
        self.questions.body.addLayout(row)
        self.body.addWidget(self.questions)

        self.figures = Figures((POSTS, PHOTOS, COMMENTS, MISSING))
        self.body.addWidget(self.figures)
        self.notes = Card(Tone.WARN)
        self.notes_text = Bullets()
        self.notes.body.addWidget(self.notes_text)
        self.body.addWidget(self.notes)
        self.clock = Card()
        clock_title = label("Which clock did the old blog go by?", bold=True)
        self.zone = ZoneBox()
        self.zone.setAccessibleName("Time zone of the old blog")
        clock_title.setBuddy(self.zone)
        self.clock.body.addWidget(clock_title)
        self.clock.body.addWidget(
            label(
                "Its dates do not say where they were written. Choose the place you lived "
                "in, so that every post keeps the day and hour you know.",
                muted=True,
            )
        )
        self.clock.body.addSpacing(GAP // 2)
        self.clock.body.addWidget(self.zone)
        self.body.addWidget(self.clock)
        self.body.addWidget(self.spinner)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        # Counts come by the thousand; they are shown some fourteen times a second.
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK)
        self._ticking.timeout.connect(self._show_found)

    def initializePage(self) -> None:
        session = self.session
        self.what.setText(listed([kind.title for kind in session.kinds]))
        self.where.setText("\n".join(session.locations[:3]))
        begun = session.ended is not None and not session.kinds
        if session.rows and (session.source is not None or begun):
            self._show_read()
            return
        fields = [*dict.fromkeys(f for kind in session.kinds for f in kind.fields)]
        self.questions.setVisible(bool(fields))
        for part in (self.figures, self.notes, self.clock):
            part.hide()
        self.notice.clear()
        self.form.ask(fields)
        self._typed()
        if fields:
            self.form.probe()
        else:
            self.read()

    def ready(self) -> bool:
        session = self.session
        # What has been moved can be looked at without the old blog.
        return bool(session.rows) and bool(session.source or session.ended)

    def settled(self) -> bool:
        """A password that the old blog asks for is asked for here."""
        return self.ready() and bool(self.session.source or not self.session.kinds)

    def keep(self) -> None:
        """The old blog's clock is the one that was chosen here, or else the likely one."""
        move, choices = self.session.need_move(), self.session.choices
        if not self.clock.isHidden():
            self.session.decide(replace(choices, time_zone=self.zone.zone()))
        elif not move.noted("choices"):
            likely = (move.blog and move.blog.time_zone) or here()
            self.session.decide(replace(choices, time_zone=likely))

    def cleanupPage(self) -> None:
        self.quit_work()

    def _typed(self) -> None:
        self.read_button.setEnabled(self.form.filled() and not self.busy)

    def _enter(self) -> None:
        """Enter in a field, which a disabled button does not hear."""
        self.read_button.click()

    # Reading

    def read(self) -> None:
        """Open the old blog and take in every post."""
        session = self.session
        session.answers = self.form.answers()
        self._found = [0, 0, 0]
        locations, answers = session.locations, session.answers
        keeper = self.form.keeper()
        self.start(
            lambda stop: jobs.open_old_blog(locations, answers, keeper),
            self._opened,
            saying="Opening the old blog…",
        )
        self._typed()

    def _opened(self, opened: object) -> None:
        assert isinstance(opened, jobs.Opened)
        session = self.session
        session.source = opened.source
        try:
            if session.move is None:
                user = str(session.answers.get("user", ""))
                session.move = jobs.new_move(opened.blog, session.locations, user)
        except MoveError as trouble:
            self.failed(Outcome(trouble=trouble))
            return
        self._name(opened.blog.title)
        self.questions.hide()
        self.figures.show()
        self._ticking.start()
        move, source = session.move, opened.source
        self.start(
            lambda stop: jobs.take_in(move, source, stop),
            self._ended,
            saying="Reading the posts…",
            happened=self._heard,
        )

    def _heard(self, event: object) -> None:
        match event:
            case FoundPost(_, _, count, photos, comments):
                self._found[0] = count
                self._found[1] += photos
                self._found[2] += comments
            case jobs.AllRead(rows):
                self.session.rows = rows

    def _show_found(self) -> None:
        posts, photos, comments = self._found
        self._show_figures(posts, photos, comments, None)

    def _ended(self, _: object) -> None:
        self._ticking.stop()
        self._show_read()

    def failed(self, outcome: Outcome) -> None:
        """The session goes back to before the reading; the page stays usable."""
        self._ticking.stop()
        self.session.forget_reading()
        self.figures.hide()
        self.questions.show()
        self.read_button.setText("Try again")
        super().failed(outcome)
        self._typed()

    def quit_work(self) -> None:
        stopped = self.busy
        super().quit_work()
        self._ticking.stop()
        self.form.quit_work()
        if stopped:
            self.session.forget_reading()

    # What was read

    def _show_read(self) -> None:
        rows, blog = self.session.rows, self.session.need_move().blog
        assert blog is not None
        missing = sum(row.photos_missing for row in rows)
        elsewhere = sum(row.comments_elsewhere for row in rows)
        self._name(blog.title)
        self.questions.hide()
        self.figures.show()
        self._show_figures(
            len(rows),
            sum(row.photos for row in rows),
            sum(row.comments for row in rows),
            missing + elsewhere,
        )
        lines = list(blog.notes[:SHOWN_NOTES])
        if missing:
            arriving = (
                "The post arrives with a note in its place or, if it was on another "
                "website, asks for it there."
                if missing == 1
                else "The posts arrive with a note in each gap or, where one was on "
                "another website, ask for it there."
            )
            lines.append(
                f"{counted(missing, 'photo is', 'photos are')} mentioned, but not in what "
                f"you have. {arriving}"
            )
        if elsewhere:
            they = "It" if elsewhere == 1 else "They"
            lines.append(
                f"{counted(elsewhere, 'comment is', 'comments are')} counted by the old "
                f"blog, but not in what you have. {they} cannot be brought along."
            )
        self.notes_text.tell(lines)
        self.notes.setVisible(bool(lines))
        move = self.session.need_move()
        asked = blog.time_zone is None and not move.clock
        if asked and not all(is_aware(row.date) for row in rows):
            known = move.noted("choices")
            self.zone.show_zone(self.session.choices.time_zone if known else here())
            self.clock.show()
        else:
            self.clock.hide()
        self.completeChanged.emit()

    def _name(self, title: str) -> None:
        # What a locked zip is, only the open source knows.
        source = self.session.source
        kinds = source.title if source is not None else "It is not open now."
        self.what.setText(title or "A blog without a title")
        self.where.setText("\n".join((kinds, *self.session.locations[:3])))

    def _show_figures(
        self, posts: int, photos: int, comments: int, missing: int | None
    ) -> None:
        for name, number in ((POSTS, posts), (PHOTOS, photos), (COMMENTS, comments)):
            word = name[:-1] if number == 1 else name
            self.figures.show_number(name, number, word)
        self.figures.show_number(MISSING, missing)
