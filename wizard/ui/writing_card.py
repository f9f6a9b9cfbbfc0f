"""How the posts are written at the new blog: as its editor writes them, or as they always were."""

from __future__ import annotations

from wizard.ui.look import label
from wizard.ui.parts import Card, offer

WAYS = (
    (
        True,
        "In blocks",
        "As WordPress writes them today: each paragraph, photo or video can be changed "
        "by itself, several photos side by side are a gallery, videos can be played.",
    ),
    (
        False,
        "As classic HTML",
        "One text, for the classic editor and for blogs whose design knows no blocks.",
    ),
)


class WritingCard(Card):
    """The choice between the two."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(label("How are they written there?", bold=True))
        self.ways = offer(self, WAYS)

    def show_way(self, blocks: bool) -> None:
        self.ways[blocks].setChecked(True)

    def blocks(self) -> bool:
        return self.ways[True].isChecked()
