"""Dates that no calendar has: what they still tell, and what the posts around them do.

"2007/13/45" is of 2007, and 31 February of a February. So a post whose date cannot be is
put where it belongs, and never becomes the newest one.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.sources.dates.written import EARLIEST, LATEST, Pieces, pieces, whole_year

_SECOND = timedelta(seconds=1)
_NEAREST = "the nearest to what is written there and to the posts around it"
# Ends each note on such a date, by which it is known again.
_CHANGE = "If you know better, change it at the new blog."


@dataclass(frozen=True, slots=True)
class Span:
    """From the first moment that a date can mean to the last."""

    first: datetime
    last: datetime


def span_of(text: str, order: str) -> Span | None:
    """The day, the month or the year that a date names which is none as a whole; None
    if it names no year either. ``order``: how the blog writes ``3/4/07``."""
    found = pieces(text)
    if found is None:
        return None
    year, month, day = _named(found, order)
    if not EARLIEST <= year <= LATEST:
        return None
    if not 1 <= month <= 12:
        return Span(datetime(year, 1, 1), datetime(year, 12, 31, 23, 59, 59))
    days = calendar.monthrange(year, month)[1]
    first, last = (day, day) if 1 <= day <= days else (1, days)
    return Span(datetime(year, month, first), datetime(year, month, last, 23, 59, 59))


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
    soon = before + _SECOND if before else after - _SECOND if after else None
    if span is None:
        return soon
    return soon if soon and span.first <= soon <= span.last else span.first


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
