"""The last page before anything is sent: what will happen, in numbers and one sentence."""

from __future__ import annotations

from wizard.move.choices import As, Choices
from wizard.move.events import State
from wizard.move.plan import Plan, of_pings, plan
from wizard.move.withdrawn import of_withdrawn
from wizard.ui import jobs
from wizard.ui.look import label
from wizard.ui.page import Page
from wizard.ui.parts import Bullets, Card, Figures, Tone
from wizard.ui.runs import Task
from wizard.ui.state import Session
from wizard.ui.words import counted, listed

POSTS, PHOTOS, COMMENTS, CATEGORIES = "posts", "photos", "comments", "categories"

NOTHING_MORE = "Nothing more is sent before you press Move."
AS_WORDS = {
    As.WAS: "Public posts will be public, drafts drafts, and private posts private.",
    As.DRAFT: "All of them will be drafts, which nobody sees until you publish them.",
    As.PRIVATE: "All of them will be private, for you and the blog's editors.",
    As.PUBLISH: "All of them will be public, drafts too; private posts stay private.",
}


class ReadyPage(Page):
    step = "Ready"
    heading = "Ready when you are"
    explanation = (
        "Nothing has been sent yet. “Move” starts it; you can pause at any time."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setCommitPage(True)
        self._plan: Plan | None = None
        card = Card()
        self.sentence = label(size=1.25, bold=True)
        self.way = label(muted=True)
        card.body.addWidget(self.sentence)
        card.body.addWidget(self.way)
        self.body.addWidget(card)
        self.figures = Figures((POSTS, PHOTOS, COMMENTS, CATEGORIES))
        self.body.addWidget(self.figures)
        how = Card()
        how.body.addWidget(label("How they arrive", bold=True))
        self.how = label(muted=True)
        how.body.addWidget(self.how)
        self.body.addWidget(how)
        self.already = Card(Tone.GOOD)
        self.already_words = label()
        self.already.body.addWidget(self.already_words)
        self.body.addWidget(self.already)
        self.warnings = Card(Tone.WARN)
        self.warning_words = Bullets()
        self.warnings.body.addWidget(label("Please note", bold=True))
        self.warnings.body.addWidget(self.warning_words)
        self.body.addWidget(self.warnings)
        self.body.addStretch(1)

    def settled(self) -> bool:
        """A move that has begun is not begun once more; its sum is shown."""
        return self.session.ended is not None

    def initializePage(self) -> None:
        session = self.session
        blog, site = session.need_move().blog, session.site
        assert site is not None, "the new blog has not been checked"
        old = blog.title if blog and blog.title else "Your old blog"
        new = (
            site.address
            if jobs.is_file(site.address)
            else f"{site.name}, {site.address}"
        )
        self.way.setText(f"{old}  →  {new}")
        self.how.setText(_in_words(session.choices))
        sent = any(row.chosen and row.state is State.SENT for row in session.rows)
        self.subtitle_line.setText(NOTHING_MORE if sent else self.explanation)
        self._plan = None
        self.quit_work()
        self.already.hide()
        self.warnings.hide()
        self.sentence.setText("Adding it up…")
        for name in (POSTS, PHOTOS, COMMENTS, CATEGORIES):
            self.figures.show_number(name, None)
        move, carries = session.need_move(), session.need_destination().carries

        def add_up(stop: object) -> tuple[Plan, list[str]]:
            return plan(move, carries), list(of_withdrawn(move))

        self.start(add_up, self._show_plan)

    def ready(self) -> bool:
        return self._plan is not None

    def _show_plan(self, found: object) -> None:
        assert isinstance(found, tuple)
        going, withdrawn = found
        assert isinstance(going, Plan)
        self._plan = going
        self.sentence.setText(going.sentence)
        self.already_words.setText(going.before)
        self.already.setVisible(bool(going.before))
        for name, number, one in (
            (POSTS, going.posts, "post"),
            (PHOTOS, going.photos, "photo"),
            (COMMENTS, going.comments, "comment"),
            (CATEGORIES, going.categories, "category"),
        ):
            self.figures.show_number(name, number, one if number == 1 else name)
        site = self.session.site
        said = [*withdrawn, *(site.warnings if site else ())]
        if going.photos_missing:
            many = counted(going.photos_missing, "photo is", "photos are")
            said.append(
                f"{many} missing from what you have. A note in the post says where one "
                "was; if it was on another website, the post goes on asking for it there."
            )
        if going.comments_elsewhere:
            many = counted(going.comments_elsewhere, "comment is", "comments are")
            said.append(f"{many} not in what you have and cannot be brought along.")
        if site and (words := of_pings(going.pings, site)):
            said.append(words)
        if going.undated:
            many = counted(going.undated, "post has", "posts have")
            said.append(f"{many} no date and will bear today's.")
        self.warning_words.tell(said)
        self.warnings.setVisible(bool(said))

    def validatePage(self) -> bool:
        # Passed by on the way to its sum, a move that has begun does not begin anew.
        if not self.session.resuming:
            self.session.task, self.session.only = Task.MOVE, None
            self.session.ended = None
        return True


def _in_words(choices: Choices) -> str:
    stay = [
        name
        for name, along in (
            ("categories", choices.categories),
            ("tags", choices.tags),
            ("comments", choices.comments),
            ("photos", choices.photos),
        )
        if not along
    ]
    lines = [AS_WORDS[choices.status]]
    lines.append(
        f"Dates are read on this clock: {choices.time_zone.replace('_', ' ')}."
    )
    if stay:
        lines.append(f"Left behind, as you chose: {listed(stay)}.")
    if not choices.blocks:
        lines.append("Posts are written as classic HTML.")
    if choices.repair:
        lines.append("Garbled letters are put right.")
    if choices.photos and choices.location:
        lines.append("Photos go on telling everybody where they were taken.")
    return "\n".join(lines)
