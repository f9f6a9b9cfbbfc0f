"""Finding the years that a blog did not write: "June 24" of which year?

An entry's number grows with its date, so entries bracket each other. A date that breaks
the sequence is back-dated by hand; it is set aside when that explains the others better.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from wizard.sources.dates.written import WrittenDate

_YEAR = 365.25 * 86400
_DAY = timedelta(days=1)
_DRAFT = timedelta(days=62)
# What it costs to call one date back-dated, in posts that did not come in a gap: a year
# without posts in a blog with 20 posts a year is far less likely than one odd date.
_ODD = 3.0
_BREAK = 30.0
# So many neighbours may be odd in a row.
_ODD_RUN = 8
_OLDEST_YEAR = 1995


def infer_years(
    dates: Sequence[tuple[int, WrittenDate]],
    archive_months: Collection[tuple[int, int]],
    latest: datetime | None,
) -> dict[int, datetime]:
    """The naive moment of each (entry number, date), by entry number.

    ``archive_months``: (year, month) pairs in which the blog says it has posts.
    ``latest``: when the page was captured, an upper bound. Entries whose year nothing
    tells are left out.
    """
    entries = sorted(dict(dates).items())
    known = [moment for _, date in entries if (moment := date.in_year())]
    bound = _bound(known, archive_months, latest)
    if bound is None:
        return {}
    months = frozenset(archive_months)
    choices = [_choices(date, months, bound) for _, date in entries]
    placed = _chain(choices, bound)
    result: dict[int, datetime] = {}
    for index, (number, date) in enumerate(entries):
        # A year that is written is true, however far out of the sequence it stands.
        moment = date.in_year() or placed.get(index)
        moment = moment or _nearest(choices[index], index, placed)
        if moment:
            result[number] = moment
    return result


def _bound(
    known: list[datetime], months: Collection[tuple[int, int]], latest: datetime | None
) -> datetime | None:
    if latest is not None:
        return latest.replace(tzinfo=None)
    if months:
        year, month = max(months)
        return datetime(year, month, calendar.monthrange(year, month)[1], 23, 59, 59)
    return max(known) + 365 * _DAY if known else None


def _choices(
    date: WrittenDate, months: frozenset[tuple[int, int]], bound: datetime
) -> list[datetime]:
    """Every moment this date can mean, the latest first."""
    if date.year is not None:
        return [moment] if (moment := date.in_year()) else []
    possible = [
        moment
        for year in range(bound.year, _OLDEST_YEAR - 1, -1)
        if (moment := date.in_year(year)) and moment <= bound + _DAY
    ]
    listed = [each for each in possible if (each.year, each.month) in months]
    return listed or possible


def _latest_before(choices: list[datetime], limit: datetime) -> datetime | None:
    # A day of grace: two posts of one day may be out of order.
    return next((each for each in choices if each <= limit + _DAY), None)


def _chain(choices: list[list[datetime]], bound: datetime) -> dict[int, datetime]:
    """The cheapest sequence that never turns back, from the newest entry to the oldest:
    each entry is in it or odd. The latest fitting moment is always the best one."""
    rate = _posts_a_year(choices, bound)
    count = len(choices)
    # best[i]: (cost, moment, index of the newer neighbour in the sequence) if i is in it.
    best: list[tuple[float, datetime, int] | None] = [None] * (count + 1)
    best[count] = (0.0, bound, count)
    for index in range(count - 1, -1, -1):
        options = []
        for newer in range(index + 1, min(index + 2 + _ODD_RUN, count + 1)):
            reached = best[newer]
            if reached is None:
                continue
            cost, limit, _ = reached
            cost += _ODD * (newer - index - 1)
            moment = _latest_before(choices[index], limit)
            if moment:
                gap = max(0.0, (limit - moment).total_seconds()) / _YEAR
                # The time between the newest post and the capture is no gap.
                options.append(
                    (cost + (rate * gap if newer < count else 0), moment, newer)
                )
            elif choices[index]:
                options.append((cost + _BREAK, choices[index][0], newer))
        best[index] = min(options, key=lambda each: each[0]) if options else None
    return _walk(best, count)


def _walk(
    best: list[tuple[float, datetime, int] | None], count: int
) -> dict[int, datetime]:
    ends = [
        (reached[0] + _ODD * index, index)
        for index in range(min(_ODD_RUN + 1, count))
        if (reached := best[index])
    ]
    placed: dict[int, datetime] = {}
    index = min(ends)[1] if ends else count
    while index < count and (reached := best[index]):
        placed[index] = reached[1]
        index = reached[2]
    return placed


def _posts_a_year(choices: list[list[datetime]], bound: datetime) -> float:
    """How often the blog posts, if every turn in its dates were a new year."""
    limit, newest = bound, None
    for each in reversed(choices):
        moment = _latest_before(each, limit)
        if moment:
            newest = newest or moment
            limit = moment
    span = (newest - limit).total_seconds() / _YEAR if newest else 0.0
    return len(choices) / max(span, 0.5)


def _nearest(
    choices: list[datetime], index: int, placed: dict[int, datetime]
) -> datetime | None:
    """For an odd entry: a draft published late lies after its newer neighbour, but not
    by much; anything else is back-dated."""
    reach = range(1, _ODD_RUN + 2)
    newer = next((index + step for step in reach if index + step in placed), None)
    older = next((index - step for step in reach if index - step in placed), None)
    if newer is not None:
        limit = placed[newer] + _DRAFT
        return next((each for each in choices if each <= limit), None)
    if older is not None and choices:
        return min(choices, key=lambda each: abs(each - placed[older]))
    return choices[0] if choices else None
