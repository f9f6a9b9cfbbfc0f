"""The question before a move is taken back: what goes, what stays, how to get it again."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QMessageBox, QWidget

from wizard.destinations import Kind
from wizard.move.events import State
from wizard.ui.look import tip
from wizard.ui.words import counted, listed

Counts = Mapping[str, Mapping[str, int]]


class UndoQuestion(QMessageBox):
    """``counts``: what was sent, as a verdict tells it."""

    def __init__(self, place: str, counts: Counts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Moving Day")
        self.setText("Take this move back?")
        self.setInformativeText(tip(_words(place, counts)))
        self.yes_button = self.addButton(
            "Take it back", QMessageBox.ButtonRole.DestructiveRole
        )
        keep = self.addButton("Leave it all", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)
        self.setEscapeButton(keep)


def _words(place: str, counts: Counts) -> str:
    posts, comments, photos = (
        counts.get(kind, {}).get(State.SENT, 0)
        for kind in (Kind.POST, Kind.COMMENT, Kind.PHOTO)
    )
    gone = listed(
        [
            counted(posts, "post") if posts else "",
            counted(comments, "comment") if comments else "",
        ]
    )
    lines = [
        f"To the trash of {place}: {gone}. You can restore them there under Posts → "
        "Trash, usually for 30 days."
        if gone
        else f"Nothing of this move is at {place} any more."
    ]
    if photos:
        them = "it" if photos == 1 else "them"
        lines.append(
            f"Deleted there for good: {counted(photos, 'photo')}, as WordPress has no "
            f"trash for {them}. What your old blog or its backup holds is not touched."
        )
    lines.append(
        "What stays: posts that somebody has changed or commented on there since, with "
        "their photos; photos that anything else there shows, or may show where your "
        "account cannot look; categories and tags that other posts use; all that was "
        "there before."
    )
    lines.append("Afterwards you can move everything again from here.")
    return "\n\n".join(lines)
