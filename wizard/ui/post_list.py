"""The list of posts behind the screen: which are shown, which are ticked, how far each is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from wizard.move.clocks import day_of
from wizard.move.events import State, Trouble
from wizard.move.records import Row
from wizard.ui.look import tip
from wizard.ui.words import counted, day, listed

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ALREADY = "already moved"


class Show(StrEnum):
    """Which posts the list is narrowed to; the words stand in the box."""

    ALL = "All posts"
    PHOTOS = "With photos"
    MISSING = "Something missing"
    TICKED = "Ticked"
    UNTICKED = "Not ticked"


@dataclass(frozen=True, slots=True)
class Filter:
    """``text``: words that must all be in the title or a category, in any case.
    ``year`` and ``category``: "" for any."""

    text: str = ""
    year: str = ""
    category: str = ""
    show: Show = Show.ALL


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a post is, and what went wrong with it or with one of its things."""

    state: State
    trouble: Trouble | None = None


class PostList(QAbstractTableModel):
    """One column, one row per shown post. Rows are known by their post's key.

    ``first_words`` gives the beginning of a post without a title, when it is shown.
    ``zone``: the clock by which their days are told.
    """

    ticks_changed = Signal()

    def __init__(self, first_words: Callable[[str], str], *, ticks: bool) -> None:
        super().__init__()
        self.with_ticks = ticks
        self.rows: list[Row] = []
        self.zone = "UTC"
        self.shown: list[int] = []
        self.ticks = bytearray()
        self.progress: dict[str, Progress] = {}
        self._first_words = first_words
        self._beginnings: dict[str, str] = {}
        self._texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def fill(self, rows: list[Row], zone: str) -> None:
        """Show these posts, ticked as they say."""
        self.beginResetModel()
        self.rows, self.zone = rows, zone
        self.shown = list(range(len(rows)))
        self.ticks = bytearray(row.chosen for row in rows)
        self.progress = {
            row.key: Progress(row.state, row.trouble)
            for row in rows
            if row.state is not State.WAITING
        }
        self._beginnings, self._texts, self._numbers = {}, [], {}
        self.endResetModel()
        self.ticks_changed.emit()

    def keep_ticks(self) -> list[Row]:
        """The same rows with the ticks as they are now; the list stays where it is."""
        self.rows = [
            row if row.chosen == bool(on) else replace(row, chosen=bool(on))
            for row, on in zip(self.rows, self.ticks, strict=True)
        ]
        return self.rows

    def narrow(self, wanted: Filter) -> None:
        """Show only the posts that fit."""
        words = wanted.text.casefold().split()
        if words and not self._texts:
            self._texts = [_searchable(row, self.zone) for row in self.rows]
        self.beginResetModel()
        self.shown = [
            number
            for number, row in enumerate(self.rows)
            if self._fits(number, row, wanted)
            and all(word in self._texts[number] for word in words)
        ]
        self._numbers = {}
        self.endResetModel()

    def _fits(self, number: int, row: Row, wanted: Filter) -> bool:
        if wanted.year and not day_of(row.date, self.zone).startswith(wanted.year):
            return False
        if wanted.category and wanted.category not in row.categories:
            return False
        match wanted.show:
            case Show.PHOTOS:
                return row.photos > 0
            case Show.MISSING:
                return row.photos_missing + row.comments_elsewhere > 0
            case Show.TICKED:
                return bool(self.ticks[number])
            case Show.UNTICKED:
                return not self.ticks[number]
        return True

    # Rows

    def row(self, shown: int) -> Row:
        return self.rows[self.shown[shown]]

    def number_of(self, key: str) -> int:
        """At which line this post is shown; -1 if it is not."""
        if not self._numbers:
            self._numbers = {
                self.rows[index].key: line for line, index in enumerate(self.shown)
            }
        return self._numbers.get(key, -1)

    def progress_of(self, row: Row) -> Progress:
        return self.progress.get(row.key) or Progress(State.WAITING)

    def already(self, row: Row) -> str:
        """What an earlier run did with this post, where that is not shown by a sign."""
        sent = self.progress_of(row).state is State.SENT
        return ALREADY if self.with_ticks and sent else ""

    def beginning(self, row: Row) -> str:
        """The first words of a post without a title."""
        if row.key not in self._beginnings:
            self._beginnings[row.key] = self._first_words(row.key)
        return self._beginnings[row.key]

    # Ticks. The bytes are changed and the view painted anew: telling it of thousands
    # of changed rows would take longer than painting the few that are seen.

    def is_ticked(self, shown: int) -> bool:
        return bool(self.ticks[self.shown[shown]])

    def tick(self, lines: Iterable[int], on: bool) -> None:
        """Tick or untick these shown lines."""
        for line in lines:
            self.ticks[self.shown[line]] = on
        self.ticks_changed.emit()

    def tick_shown(self, on: bool) -> None:
        self.tick(range(len(self.shown)), on)

    def tick_all(self, on: bool) -> None:
        """Every post, shown or not."""
        self.ticks = bytearray([on]) * len(self.rows)
        self.ticks_changed.emit()

    def ticked_rows(self) -> list[Row]:
        return [row for row, on in zip(self.rows, self.ticks, strict=True) if on]

    def changed_ticks(self) -> tuple[list[str], list[str]]:
        """Keys ticked and keys unticked since `fill`."""
        pairs = list(zip(self.rows, self.ticks, strict=True))
        return (
            [row.key for row, on in pairs if on and not row.chosen],
            [row.key for row, on in pairs if not on and row.chosen],
        )

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.with_ticks else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        match role:
            case Role.DisplayRole:
                return row.title or "(no title)"
            case Role.CheckStateRole if self.with_ticks:
                on = self.is_ticked(index.row())
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case Role.AccessibleTextRole:
                return self._spoken(row)
            case Role.ToolTipRole:
                trouble = self.progress_of(row).trouble
                return (
                    tip(f"{trouble.title} {trouble.hint}".strip()) if trouble else None
                )
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or not self.with_ticks or not index.isValid():
            return False
        self.ticks[self.shown[index.row()]] = Qt.CheckState(value) == (
            Qt.CheckState.Checked
        )
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True

    def _spoken(self, row: Row) -> str:
        progress = self.progress_of(row)
        said = [
            row.title or f"No title: {self.beginning(row)}",
            when_and_where(row, self.zone),
        ]
        said += [holds(row), lacks(row)]
        said.append(self.already(row) if self.with_ticks else progress.state)
        if progress.trouble:
            said.append(progress.trouble.title)
        return ". ".join(part for part in said if part)


def when_and_where(row: Row, zone: str) -> str:
    """``14 March 2007 · Travel, Food``."""
    when = _day(row, zone) or "No date"
    return " · ".join(filter(None, (when, ", ".join(row.categories))))


def _day(row: Row, zone: str) -> str:
    told = day_of(row.date, zone)
    return day(date.fromisoformat(told)) if told else ""


def holds(row: Row) -> str:
    """``3 photos, 5 comments``, or "" if it is text alone."""
    photos = counted(row.photos, "photo") if row.photos else ""
    comments = counted(row.comments, "comment") if row.comments else ""
    return ", ".join(filter(None, (photos, comments)))


def lacks(row: Row) -> str:
    """What is known of the post and not in the source, or ""."""
    photos = (
        f"{counted(row.photos_missing, 'photo')} missing" if row.photos_missing else ""
    )
    comments = (
        f"{counted(row.comments_elsewhere, 'comment')} not in what you have"
        if row.comments_elsewhere
        else ""
    )
    return listed([photos, comments])


def years(rows: Collection[Row], zone: str) -> list[str]:
    """The years in which there are posts, the newest first."""
    days = (day_of(row.date, zone) for row in rows if row.date)
    return sorted({day[:4] for day in days}, reverse=True)


def categories(rows: Collection[Row]) -> list[str]:
    return sorted({name for row in rows for name in row.categories}, key=str.casefold)


def _searchable(row: Row, zone: str) -> str:
    return "\n".join((row.title, *row.categories, _day(row, zone))).casefold()
