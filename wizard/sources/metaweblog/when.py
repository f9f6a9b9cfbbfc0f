"""When a post or a comment was written, as the answers of a blog's interface say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from wizard.errors import MoveError
from wizard.network import Session
from wizard.sources.dates.impossible import nearest, told
from wizard.sources.metaweblog.xmlrpc import Struct, moment, text

_NUMBER = re.compile(r"[0-9]{1,18}")
_DATES = ("post_date", "dateCreated", "pubDate")
# A day, perhaps a time, and whether it is one of UTC.
_WRITTEN = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?)?\s*(Z|UTC|GMT)?",
    re.IGNORECASE,
)


def zone_told(session: Session, address: str) -> str | None:
    """The time zone (an IANA name) that a WordPress with this home page tells everybody
    who asks over REST; None where that is not told, or is only a number of hours, which
    may be those of this half of the year. Nothing else depends on it, so no trouble is
    worth a word."""
    asked = {"rest_route": "/", "_fields": "timezone_string"}
    try:
        facts = session.get(address, params=asked).json()
        return ZoneInfo(str(facts["timezone_string"] or "-")).key
    except (MoveError, LookupError, TypeError, ValueError, OSError):
        return None


def order(date: datetime | None) -> datetime:
    """To sort by: the oldest first, what has no date last."""
    if date is None:
        return datetime.max.replace(tzinfo=UTC)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def oldest_first(places: Mapping[str, tuple[datetime, int]]) -> list[int]:
    """Where posts are kept, by their ids and moments. Of one moment those with lower
    numbers are older, unless the others tell that numbers fell as time went by; what
    has no number stays as the server gave it."""
    found = sorted(places.values())
    if not all(_NUMBER.fullmatch(key) for key in places):
        return [place for _, place in found]
    number = {place: int(key) for key, (_, place) in places.items()}
    rising = sum(
        1 if number[later] > number[earlier] else -1
        for (then, earlier), (now, later) in pairwise(found)
        if then != now
    )
    way = 1 if rising >= 0 else -1
    found.sort(key=lambda each: (each[0], way * number[each[1]]))
    return [place for _, place in found]


def date_of(struct: Struct) -> datetime | None:
    """When a post was written; aware only if the answer names a zone."""
    for name in ("post_date_gmt", "date_created_gmt"):
        if date := utc(struct.get(name)):
            return date
    for name in _DATES:
        if date := _moment(struct.get(name)):
            return date
    return None


def estimate(struct: Struct) -> tuple[datetime | None, str]:
    """What stands in place of a date that cannot be, and the note on it."""
    # Of nothing but noughts there is nothing to say.
    written = text(struct, *_DATES)
    written = written if re.search("[1-9]", written) else ""
    if date := near(written):
        return date, told(written, date, "the nearest to what is written there")
    for name in ("post_modified_gmt", "date_modified_gmt"):
        if changed := utc(struct.get(name)):
            return changed, told(written, changed, "when it was last changed")
    return None, told(written, None)


def near(written: str) -> datetime | None:
    """The moment nearest to a date that cannot be; aware if it says UTC."""
    if not (found := _WRITTEN.match(written)):
        return None
    *day, hour, minute, second, zone = found.groups()
    time = f" {hour}:{minute}:{second or 0}" if hour else ""
    date = nearest("-".join(day) + time, "ymd")
    return date.replace(tzinfo=UTC) if date and zone else date


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else moment(str(value or ""))


def utc(value: object) -> datetime | None:
    """What is said to be a moment in UTC, even where it does not say so itself."""
    date = _moment(value)
    return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date
