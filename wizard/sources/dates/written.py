"""One date as a person's blog wrote it, before anybody decides what ``3/4/2007`` means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from wizard.sources.dates.words import AFTERNOON, MORNING, is_filler, month, plain

# A blog is read between these years; .NET's "no date" (year 1) is none of them.
EARLIEST, LATEST = 1900, 2100
_LONGEST = 120
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day and a time of day as they were written; ``year`` is None where none was.

    It is always a real date (29 February without a year counts), never a zone's.
    """

    year: int | None
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0

    def in_year(self, year: int | None = None) -> datetime | None:
        """The naive moment, in ``year`` where none was written; None if there is no
        such day in it."""
        whole = self.year if self.year is not None else year
        if whole is None:
            return None
        try:
            return datetime(
                whole, self.month, self.day, self.hour, self.minute, self.second
            )
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Pieces:
    """What stands in a written date. Either ``year``/``month``/``day`` are known, or
    ``numbers`` are three whose order the blog decides (year two or four digits)."""

    time: tuple[int, int, int]
    year: int | None = None
    month: int = 0
    day: int = 0
    numbers: tuple[str, str, str] | None = None
    separator: str = ""
    english_half: bool = False


_NUMBERS = re.compile(
    r"(?<![\d.:/-])(\d{4}|\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{1,2})(?![\d/:-])\.?"
)
_ASIAN = re.compile(
    r"(?:(?<!\d)(\d{4}|\d{2}) ?[年년] ?)?(?<!\d)(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]"
)
# Years counted from another beginning, and the year before it.
_ERAS = {"民國": 1911, "民国": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = re.compile(rf"({'|'.join(_ERAS)}) ?(元|\d{{1,3}}) ?年")
_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|ª|o(?= ))?"
_MONTH_FIRST = re.compile(
    rf"([^\W\d_]{{3,12}})\.?[ -](\d{{1,2}}){_ORDINAL}(?![\d:./]|-\d\d?-)(?:,?[ -]?(\d{{4}})(?!\d))?"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d:.])(\d{{1,2}}){_ORDINAL}[ -]?(?:de |of )?([^\W\d_]{{3,12}})\.?"
    r"(?:,?[ -]?(?:de |del )?(\d{4})(?![\d:]))?"
)
_NO_DAY = re.compile(r"([^\W\d_]{3,12})\.?, (\d{4})(?![\d:])")
_HALF = rf"(?:(?P<am{{0}}>{MORNING})|(?P<pm{{0}}>{AFTERNOON}))"
_TIME = re.compile(
    rf"(?:{_HALF.format(1)} ?)?"
    r"(?<![\d:.])(?P<h>\d{1,2})(?: ?[:.時时点點시] ?)(?P<m>\d{1,2})(?!\d)(?:(?: ?[:.分분] ?)(?P<s>\d{1,2})(?!\d))?"
    rf" ?[分분秒초]?(?: ?{_HALF.format(2)})?"
)


def pieces(text: str) -> Pieces | None:
    """What stands in ``text`` if it is a date, perhaps with a time, and nothing else."""
    if len(text) > _LONGEST:
        return None
    text = _ERA.sub(_of_ours, plain(text))
    found = _day(text)
    if found is None:
        return None
    rest, part = found
    time = _time_of_day(rest)
    if time is None:
        return None
    year, month_number, day, numbers, separator = part
    return Pieces(
        time,
        year,
        month_number,
        day,
        numbers,
        separator,
        bool(re.search(r"\b[ap]m\b", rest)),
    )


def _of_ours(found: re.Match[str]) -> str:
    year = 1 if found[2] == "元" else int(found[2])
    return f"{_ERAS[found[1]] + year}年"


_Part = tuple[int | None, int, int, tuple[str, str, str] | None, str]


def _day(text: str) -> tuple[str, _Part] | None:
    """The day that is written, and the text without it."""
    if found := _ASIAN.search(text):
        year, month_number, day = found.groups()
        part: _Part = (_year(year), int(month_number), int(day), None, "")
        return _without(text, found), part
    # Before plain numbers, because a time with dots looks like such a date.
    for found in _MONTH_FIRST.finditer(text):
        if number := month(found[1]):
            return _without(text, found), (
                _year(found[3]),
                number,
                int(found[2]),
                None,
                "",
            )
    for found in _DAY_FIRST.finditer(text):
        if number := month(found[2]):
            return _without(text, found), (
                _year(found[3]),
                number,
                int(found[1]),
                None,
                "",
            )
    if found := _NUMBERS.search(text):
        first, separator, second, third = found.groups()
        if len(first) == 4:
            return _without(text, found), (
                int(first),
                int(second),
                int(third),
                None,
                "",
            )
        return _without(text, found), (None, 0, 0, (first, second, third), separator)
    for found in _NO_DAY.finditer(text):
        if number := month(found[1]):
            return _without(text, found), (_year(found[2]), number, 1, None, "")
    return None


def _without(text: str, found: re.Match[str]) -> str:
    rest = text[found.end() :]
    # ISO 8601 joins day and time by a "t".
    return f"{text[: found.start()]} {rest[1:] if re.match(r't[0-9]', rest) else rest}"


def _year(text: str | None) -> int | None:
    return None if text is None else whole_year(text)


def whole_year(digits: str) -> int:
    """A year of four digits, or of two in full (the web is younger than 1970), else 0."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 70 else 1900)
    return year if len(digits) == 4 else 0


def _time_of_day(text: str) -> tuple[int, int, int] | None:
    """Hour, minute and second; midnight when there are none, None for a text that
    holds anything else."""
    found = _TIME.search(text)
    if not found:
        return (0, 0, 0) if is_filler(text) else None
    if not is_filler(f"{text[: found.start()]} {text[found.end() :]}"):
        return None
    hour, minute, second = (int(found[number] or 0) for number in "hms")
    if found["am1"] or found["am2"]:
        if hour > 12:
            return None
        hour %= 12
    elif (found["pm1"] or found["pm2"]) and hour < 12:
        hour += 12
    return hour, minute, second


def written(
    year: int | None, month_number: int, day: int, time: tuple[int, int, int]
) -> WrittenDate | None:
    """The date if there is such a day and time."""
    if year is not None and not EARLIEST <= year <= LATEST:
        return None
    date = WrittenDate(year, month_number, day, *time)
    return date if date.in_year(_LEAP_YEAR) else None
