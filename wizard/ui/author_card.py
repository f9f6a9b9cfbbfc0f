"""Whose posts they will be: asked where several people wrote the old blog, told otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout

from wizard.destinations import Site
from wizard.move.authors import Pairs, matched
from wizard.ui.look import label
from wizard.ui.parts import Card
from wizard.ui.words import listed

# So many are asked about; of more the quietest are matched by their names.
ASKED = 6


class AuthorCard(Card):
    """Says whose the posts will be, with a choice for each author where there is one.
    It hides where one person wrote it all."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(label("Whose posts are they?", bold=True))
        self.words = label(muted=True, size=0.94)
        self.body.addWidget(self.words)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self._pairs: Pairs = ()
        self.choices: dict[str, QComboBox] = {}

    def show_authors(
        self, names: Sequence[str], site: Site | None, known: Pairs | None
    ) -> None:
        """``known``: what was decided before, None if nothing was."""
        self._clear()
        self.setVisible(len(names) > 1)
        several = len(names) > 1 and site is not None
        self._pairs = matched(names, site) if several and site else ()
        if not several or not site:
            return
        if site.anybody:
            self.words.setText(
                "The file names who wrote what. WordPress asks who they are there when "
                "you import it."
            )
            return
        if not site.people:
            self.words.setText(
                f"All posts will be yours, those of {_those(names)} too: this account "
                "may not post for others, or the blog hides who writes there. An editor "
                "or administrator may."
            )
            return
        self.words.setText(
            "Several people wrote the old blog. Nobody is made a user at the new one."
        )
        told = dict(self._pairs if known is None else known)
        self._pairs = tuple(pair for pair in told.items() if pair[0] in names)
        for row, name in enumerate(names[:ASKED]):
            self._ask(row, name, site, told.get(name, ""))
        if len(names) > ASKED:
            rest = label(
                f"Those of {_those(names[ASKED:])} go by their names, or are yours.",
                muted=True,
                size=0.94,
            )
            self._grid.addWidget(rest, ASKED, 0, 1, 3)

    def pairs(self) -> Pairs:
        """Who of the old blog is who at the new one."""
        asked = {name: str(box.currentData()) for name, box in self.choices.items()}
        told = {**dict(self._pairs), **asked}
        return tuple((name, there) for name, there in told.items() if there)

    def _ask(self, row: int, name: str, site: Site, there: str) -> None:
        who = label(name, wrap=False)
        box = QComboBox()
        box.addItem(f"You ({site.user})" if site.user else "You", "")
        for person in site.people:
            if person.shown != site.user:
                box.addItem(person.shown, person.name)
        box.setCurrentIndex(max(0, box.findData(there)))
        box.setAccessibleName(f"Posts of {name}")
        who.setBuddy(box)
        self._grid.addWidget(who, row, 0)
        self._grid.addWidget(box, row, 1)
        self.choices[name] = box

    def _clear(self) -> None:
        self.choices = {}
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()


def _those(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    return listed(list(names))
