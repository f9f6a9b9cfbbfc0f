"""Reading the dates of one blog: its habits are learnt from all of them together.

`DateReader` reads what was written, `relative` what was said ("4 hours ago"), and
`infer_years` finds the years that were not written. All times are on the old blog's own
clock, so every moment here is naive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from wizard.sources.dates.missing_years import infer_years
from wizard.sources.dates.words import plain
from wizard.sources.dates.written import (
    Pieces,
    WrittenDate,
    pieces,
    whole_year,
    written,
)

__all__ = ["DateReader", "WrittenDate", "infer_years", "relative"]

_YEAR_FIRST = {"zh", "ja", "ko", "hu", "sv", "lt", "mn", "fa"}
_MONTH_FIRST = {"en-us", "en-ph", "en", "es-us", "fil-ph"}
# With fewer dates than this, their sequence proves nothing.
_ENOUGH = 4


class DateReader:
    """Reads the written dates of one blog.

    ``samples``: all its dates, in the order in which the pages show them. ``culture``:
    such as ``zh-CN`` or ``en-US``, if a page names it. ``order``: ``mdy``, ``dmy`` or
    ``ymd``, how ``3/4/07`` is read. ``ambiguous``: nothing decided it; then it is
    ``mdy``, the custom of the largest market that Spaces had.
    """

    def __init__(self, samples: Iterable[str], culture: str = "") -> None:
        self.ambiguous = False
        self.order = self._decide(
            [p for text in samples if (p := pieces(text))], culture
        )

    def read(self, text: str) -> WrittenDate | None:
        """The date in ``text``, or None if it is none: never an exception."""
        found = pieces(text)
        return _read(found, self.order) if found else None

    def _decide(self, found: list[Pieces], culture: str) -> str:
        culture = culture.casefold().replace("_", "-")
        customary = _customary(culture)
        open_ones = [each for each in found if each.numbers]
        short = [
            each for each in open_ones if each.numbers and len(each.numbers[2]) < 4
        ]
        if short and _year_leads(short, customary):
            return "ymd"
        votes = {order: _votes(open_ones, order) for order in ("mdy", "dmy")}
        if votes["mdy"] != votes["dmy"]:
            return max(votes, key=lambda order: votes[order])
        if customary in votes:
            return customary
        if open_ones and all(each.separator == "." for each in open_ones):
            return "dmy"
        disorder = {order: _disorder(open_ones, order) for order in ("mdy", "dmy")}
        if len(open_ones) >= _ENOUGH and disorder["mdy"] != disorder["dmy"]:
            return min(disorder, key=lambda order: disorder[order])
        self.ambiguous = any(
            _read(each, "mdy") != _read(each, "dmy") for each in open_ones
        )
        if open_ones and all(each.separator == "-" for each in open_ones):
            return "dmy"
        return "mdy" if open_ones or not customary else customary


def _customary(culture: str) -> str:
    """How the written short date of a culture is ordered, or ""."""
    if not culture:
        return ""
    if culture in _MONTH_FIRST:
        return "mdy"
    return "ymd" if culture.partition("-")[0] in _YEAR_FIRST else "dmy"


def _votes(found: list[Pieces], order: str) -> int:
    """How many dates can be read in no other order, because the day is above 12."""
    other = "dmy" if order == "mdy" else "mdy"
    return sum(
        _strict(each, order) is not None and _strict(each, other) is None
        for each in found
    )


def _year_leads(short: list[Pieces], customary: str) -> bool:
    """Whether two-digit years stand first: ``07/4/20``."""
    numbers = [each.numbers for each in short if each.numbers]
    if any(int(last) > 31 for _, _, last in numbers):
        return False
    return any(int(first) > 31 for first, _, _ in numbers) or customary == "ymd"


def _disorder(found: list[Pieces], order: str) -> int:
    """How often the sequence of dates turns back; posts are shown newest or oldest first."""
    moments = [
        date.in_year() for each in found if (date := _read(each, order)) is not None
    ]
    real = [moment for moment in moments if moment]
    rises = sum(a < b for a, b in pairwise(real))
    falls = sum(a > b for a, b in pairwise(real))
    return min(rises, falls)


def _strict(found: Pieces, order: str) -> WrittenDate | None:
    if not found.numbers:
        return written(found.year, found.month, found.day, found.time)
    by = dict(zip(order, found.numbers, strict=True))
    return written(whole_year(by["y"]), int(by["m"]), int(by["d"]), found.time)


def _read(found: Pieces, order: str) -> WrittenDate | None:
    """In the blog's order, or else in the only one that gives a real date."""
    whole = found.numbers is not None and len(found.numbers[2]) == 4
    orders: Sequence[str] = (order, "mdy", "dmy") if order != "dmy" else ("dmy", "mdy")
    for each in orders:
        if whole and each == "ymd":
            continue
        if date := _strict(found, each):
            return date
    return None


_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_UNITS = {
    "second": "sec|sek|seg|秒|초",
    "minute": "min|分|분",
    "hour": "hour|hr|stund|heure|hora|ora|ore|uur|小时|小時|時間|시간|个小时",
    "day": "day|tag|jour|día|dia|giorn|dag|天|日|일",
    "week": "week|woche|semaine|semana|settiman|周|週|주",
    "month": "month|monat|mois|mes|mês|maand|个月|個月|か月|ヶ月|개월",
    "year": "year|jahr|an|año|ano|anni|jaar|年|년",
}
_AGO = re.compile(
    r"(?:vor |il y a |hace |há )?(?P<count>\d{1,4}|an?|one|une?|einer|einem) ?[个個]?(?P<unit>[^\W\d]+?)(?: ?[前전])?"
    r"(?: ago| fa| geleden| atrás)?"
)
_SAYS_AGO = re.compile(r"^(?:vor|il y a|hace|há) | (?:ago|fa|geleden|atrás)$|前$|전$")


def relative(text: str, captured: datetime) -> datetime | None:
    """The moment that ``text`` meant when the page was captured, or None.

    Reads "4 hours ago", "4 小时前", "Nov. 6" (its last occurrence not after the capture)
    and "Nov. 6, 2009". Months and years ago are counted as 30 and 365 days.
    """
    if len(text) > 120:
        return None
    said = plain(text).lstrip("-–—|· ").strip()
    if _SAYS_AGO.search(said):
        return _ago(said, captured)
    found = pieces(said)
    if found is None or found.numbers:
        return None
    date = written(found.year, found.month, found.day, found.time)
    if date is None:
        return None
    # 29 February may lie up to eight years back, across 1900 or 2100.
    years = [date.year] if date.year else range(captured.year, captured.year - 9, -1)
    for year in years:
        moment = date.in_year(year)
        if moment is None:
            continue
        moment = moment.replace(tzinfo=captured.tzinfo)
        if date.year or moment <= captured:
            return moment
    return None


def _ago(said: str, captured: datetime) -> datetime | None:
    found = _AGO.fullmatch(said)
    if not found:
        return None
    word = found["unit"]
    count = int(found["count"]) if found["count"].isdigit() else 1
    for unit, starts in _UNITS.items():
        if word.startswith(tuple(starts.split("|"))):
            seconds = {**_SECONDS, "month": 30 * 86400, "year": 365 * 86400}[unit]
            try:
                return captured - timedelta(seconds=count * seconds)
            except OverflowError:
                return None
    return None
