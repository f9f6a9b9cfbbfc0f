"""Dates that no calendar has: what they still tell, and what the posts around them do.

"2007/13/45" is of 2007, and 31 February of a February. So a post or a comment whose date
cannot be is put as near to it as can be, with its time of day, and never becomes the
newest one.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.blog import Comment
from wizard.sources.dates.written import EARLIEST, LATEST, Pieces, pieces, whole_year

_SECOND = timedelta(seconds=1)
_NEAREST = "the nearest to what is written there and to the posts around it"
# Ends each note on such a date, by which it is known again; and one on those of comments.
_CHANGE = "If you know better, change it at the new blog."
_THEIRS = "If you know better, change their dates at the new blog."


@dataclass(frozen=True, slots=True)
class Span:
    """From the first moment that a date can mean to the last, and the one that is
    nearest to what is written."""

    first: datetime
    last: datetime
    nearest: datetime


def span_of(text: str, order: str) -> Span | None:
    """The day, the month or the year that a date names which is none as a whole; None
    if it names no year either. ``order``: how the blog writes ``3/4/07``."""
    found = pieces(text)
    if found is None:
        return None
    year, month, day = _named(found, order)
    if not EARLIEST <= year <= LATEST:
        return None
    is_month = 1 <= month <= 12
    month = min(max(month, 1), 12)
    days = calendar.monthrange(year, month)[1]
    is_day = is_month and 1 <= day <= days
    near = datetime(year, month, min(max(day, 1), days), *_possible(found.time))
    first, last = near.replace(hour=0, minute=0, second=0), near
    if not is_day:
        first, last = first.replace(day=1), last.replace(day=days)
    if not is_month:
        first, last = first.replace(month=1), last.replace(month=12, day=31)
    return Span(first, last.replace(hour=23, minute=59, second=59), near)


def _possible(time: tuple[int, int, int]) -> tuple[int, int, int]:
    """The nearest time of day there is. Noon where none is told: that is on the same
    day on nearly every clock that the new blog may have."""
    hour, minute, second = time
    if hour > 23:
        return 23, 59, 59
    if minute > 59:
        return hour, 59, 59
    return (hour, minute, min(second, 59)) if any(time) else (12, 0, 0)


def nearest(text: str, order: str) -> datetime | None:
    """The moment nearest to a date that cannot be; None if it names no year."""
    span = span_of(text, order)
    return span.nearest if span else None


def _named(found: Pieces, order: str) -> tuple[int, int, int]:
    if not found.numbers:
        return found.year or 0, found.month, found.day
    by = dict(zip(order, found.numbers, strict=True))
    year, month, day = whole_year(by["y"]), int(by["m"]), int(by["d"])
    # The other way round it may at least be a month.
    return (year, month, day) if month <= 12 else (year, day, month)


def placed(
    dates: Sequence[datetime | None], spans: Sequence[Span | None]
) -> list[datetime | None]:
    """The dates of posts in their order, the oldest first; those that are missing as
    near to their neighbours' as their spans allow. None where nothing tells."""
    afters: list[datetime | None] = []
    after: datetime | None = None
    for date in reversed(dates):
        afters.append(after)
        after = date or after
    result: list[datetime | None] = []
    before: datetime | None = None
    for date, span, after in zip(dates, spans, reversed(afters), strict=True):
        before = date or _between(before, after, span) or before
        result.append(before)
    return result


def _between(
    before: datetime | None, after: datetime | None, span: Span | None
) -> datetime | None:
    soon, late = before and before + _SECOND, after and after - _SECOND
    if span is None:
        # The second before midnight is of another day, and maybe of another year.
        same_day = after and late and late.date() == after.date()
        return soon or (late if same_day else after)
    first, last = max(span.first, soon or span.first), min(span.last, late or span.last)
    return min(max(span.nearest, first), last) if first <= last else span.nearest


def told(written: str, date: datetime | None, why: str = _NEAREST) -> str:
    """A note on a date that cannot be, or is not there, and on what stands in its place."""
    said = (
        f"The date “{written[:60]}” does not tell the day on which it was written."
        if written
        else "It has no date."
    )
    if date is None:
        return f"{said} It will bear the day on which it arrives. {_CHANGE}"
    return f"{said} It bears {date:%Y-%m-%d} instead, {why}. {_CHANGE}"


def is_told(note: str) -> bool:
    """Whether a note is one of these."""
    return note.endswith(_CHANGE)


def told_of(comments: Iterable[Comment], near: int) -> tuple[str, ...]:
    """Notes on the comments of a post, ``near`` of which bear the nearest date to one
    that cannot be."""
    notes = []
    if near:
        bear = "1 comment bears" if near == 1 else f"{near} comments bear"
        notes.append(
            f"{bear} a date that is near to the one written there, which no calendar "
            f"has. {_THEIRS}"
        )
    if none := sum(comment.date is None for comment in comments):
        have = "1 comment has" if none == 1 else f"{none} comments have"
        notes.append(
            f"{have} no date that can be read; there the post's own stands. {_THEIRS}"
        )
    return tuple(notes)


def is_told_of(note: str) -> bool:
    """Whether a note is one of these."""
    return note.endswith(_THEIRS)
