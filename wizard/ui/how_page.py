"""The page with the few decisions about how posts arrive."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QWidget,
)

from wizard.destinations import Kind
from wizard.move.authors import authors
from wizard.move.choices import As, Choices
from wizard.move.clocks import as_shown, of_kept
from wizard.ui.author_card import AuthorCard
from wizard.ui.letters_card import LettersCard
from wizard.ui.look import GAP, label, tip
from wizard.ui.page import Page
from wizard.ui.parts import Card, offer
from wizard.ui.state import Session
from wizard.ui.words import moment
from wizard.ui.writing_card import WritingCard
from wizard.ui.zones import ZoneBox, is_aware

STATUSES = (
    (
        As.WAS,
        "As they were",
        "Public posts are public, drafts are drafts, private posts stay private.",
    ),
    (
        As.DRAFT,
        "As drafts",
        "Nobody sees them until you publish them yourself, one by one or all at once.",
    ),
    (
        As.PRIVATE,
        "Private",
        "Only you and the editors of the new blog can read them.",
    ),
)
ALONG = (
    (Kind.CATEGORY, "categories", "Categories"),
    (Kind.TAG, "tags", "Tags"),
    (Kind.COMMENT, "comments", "Comments and their authors"),
    (Kind.PHOTO, "photos", "Photos in full size"),
    (Kind.PHOTO, "featured", "A photo that stands for the post"),
    (Kind.PHOTO, "location", "The places where photos were taken"),
)
OF_PHOTOS = ("featured", "location")
SAMPLES = 3


class HowPage(Page):
    step = "How"
    heading = "How shall they arrive?"
    explanation = "Dates and titles are always kept."

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.statuses: dict[As, QRadioButton] = {}
        self.along: dict[str, QCheckBox] = {}
        columns = QHBoxLayout()
        columns.setSpacing(GAP)
        columns.addWidget(self._build_status(), 3)
        columns.addWidget(self._build_along(), 2)
        self.body.addLayout(columns)
        self.writing = WritingCard()
        self.body.addWidget(self._build_clock())
        self.body.addWidget(self.writing)
        self.authors = AuthorCard()
        self.letters = LettersCard()
        self.body.addWidget(self.authors)
        self.body.addWidget(self.letters)
        self.body.addStretch(1)

    def _build_status(self) -> QWidget:
        card = Card()
        card.body.addWidget(label("Who may read them?", bold=True))
        self.statuses.update(offer(card, STATUSES))
        return card

    def _build_along(self) -> QWidget:
        card = Card()
        card.body.addWidget(label("What comes along?", bold=True))
        for _, name, words in ALONG:
            box = QCheckBox(words)
            self.along[name] = box
            card.body.addWidget(box)
        for name in OF_PHOTOS:
            self.along["photos"].toggled.connect(self.along[name].setEnabled)
        self.along["featured"].setToolTip(
            "Many designs show one picture above each post and in lists of posts."
        )
        self.along["location"].setToolTip(
            "Phones write the place into the photo, for everybody to read. Unless this "
            "is ticked it is cut out of what is sent; your own files stay as they are."
        )
        self.cannot = label(muted=True, size=0.94)
        card.body.addWidget(self.cannot)
        card.body.addStretch(1)
        return card

    def _build_clock(self) -> QWidget:
        card = Card()
        self.clock_title = label("The clock of the old blog", bold=True)
        self.clock_words = label(muted=True)
        self.zone = ZoneBox()
        self.zone.setAccessibleName("Time zone of the old blog")
        self.clock_title.setBuddy(self.zone)
        self.zone.changed.connect(self._show_samples)
        # As wide as the card: the cities of one clock are many.
        for part in (self.clock_title, self.clock_words, self.zone):
            card.body.addWidget(part)
        self.samples = QGridLayout()
        self.samples.setHorizontalSpacing(16)
        self.samples.setVerticalSpacing(6)
        self.sample_lines = [
            tuple(label(wrap=False, muted=not column, size=0.94) for column in (0, 1))
            for _ in range(SAMPLES)
        ]
        self.before = label("In the old blog", bold=True, size=0.94, wrap=False)
        self.after = label("In the new blog", bold=True, size=0.94, wrap=False)
        self.samples.addWidget(self.before, 0, 0)
        self.samples.addWidget(self.after, 0, 1)
        for row, pair in enumerate(self.sample_lines, 1):
            for column, line in enumerate(pair):
                self.samples.addWidget(line, row, column)
        self.samples.setColumnStretch(2, 1)
        card.body.addLayout(self.samples)
        return card

    def initializePage(self) -> None:
        choices = self.session.choices
        wanted = choices.status if choices.status in self.statuses else As.WAS
        self.statuses[wanted].setChecked(True)
        carries = self.session.need_destination().carries
        unable = []
        for kind, name, words in ALONG:
            box = self.along[name]
            can = kind in carries and (choices.photos or name not in OF_PHOTOS)
            box.setEnabled(can)
            box.setChecked(kind in carries and getattr(choices, name))
            if kind not in carries and name not in OF_PHOTOS:
                unable.append(words.split(" ")[0].lower())
        self.along["featured"].setVisible(self._can_feature())
        self.cannot.setText(f"The new blog cannot take: {', '.join(unable)}.")
        self.cannot.setVisible(bool(unable))
        site = self.session.site
        naive = any(row.date and not is_aware(row.date) for row in self.session.rows)
        move = self.session.need_move()
        theirs = site.time_zone if site else None
        kept = move.clock
        self.zone.setEnabled(not kept)
        self.clock_words.setText(
            of_kept(kept)
            if kept
            else "Its dates do not name a time zone; they are read in this one. "
            + (
                f"The new blog's own clock is {theirs}."
                if theirs
                else "The new blog shows them as the old one did."
            )
            if naive
            else "Every post tells its moment; this clock tells which day and hour that "
            "was at the old blog."
        )
        self.zone.show_zone(kept or choices.time_zone)
        # Who is who was decided for one new blog, and says nothing at another.
        place = self.session.need_destination().address
        decided = choices.authors if move.noted("authors at") == place else None
        self.authors.show_authors(authors(move), site, decided)
        self.writing.show_way(choices.blocks)
        self.letters.show_sample(move, choices.repair)
        self._show_samples()

    def _can_feature(self) -> bool:
        site = self.session.site
        return bool(site and site.featured) and any(r.photos for r in self.session.rows)

    def settled(self) -> bool:
        return True

    def keep(self) -> None:
        self.session.decide(self.choices())
        place = self.session.need_destination().address
        self.session.need_move().note("authors at", place)

    def choices(self) -> Choices:
        """What the widgets say. What cannot be carried keeps its earlier answer."""
        status = next(s for s, choice in self.statuses.items() if choice.isChecked())
        along: dict[str, Any] = {
            name: box.isChecked() for name, box in self.along.items() if box.isEnabled()
        }
        return replace(
            self.session.choices,
            status=status,
            time_zone=self.zone.zone(),
            authors=self.authors.pairs(),
            blocks=self.writing.blocks(),
            repair=self.letters.repair.isChecked(),
            **along,
        )

    def _show_samples(self) -> None:
        site = self.session.site
        dated = [row.date for row in self.session.rows if row.date and row.chosen]
        middle = len(dated) // 2
        picked = dict.fromkeys([*dated[:1], *dated[middle : middle + 1], *dated[-1:]])
        there = site.time_zone if site else None
        self.after.setText("In the new blog")
        self.after.setToolTip(tip(f"Its clock: {there}" if there else ""))
        for pair, date in zip(
            self.sample_lines, (*picked, *[""] * SAMPLES), strict=False
        ):
            shown = as_shown(date, self.zone.zone(), there) if date else None
            pair[0].setText(moment(shown[0]) if shown else "")
            pair[1].setText(moment(shown[1]) if shown else "")
