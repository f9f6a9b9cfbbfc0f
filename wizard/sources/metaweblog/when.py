"""When a post or a comment was written, as the answers of a blog's interface say it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from wizard.sources.dates.impossible import span_of, told
from wizard.sources.metaweblog.xmlrpc import Struct, moment, text

_DATES = ("post_date", "dateCreated", "pubDate")
_DAY = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)")


def order(date: datetime | None) -> datetime:
    """To sort by: the oldest first, what has no date last."""
    if date is None:
        return datetime.max.replace(tzinfo=UTC)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


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
    if (day := _DAY.match(written)) and (
        span := span_of("-".join(day.groups()), "ymd")
    ):
        return span.first, told(
            written, span.first, "the nearest to what is written there"
        )
    for name in ("post_modified_gmt", "date_modified_gmt"):
        if changed := utc(struct.get(name)):
            return changed, told(written, changed, "when it was last changed")
    return None, told(written, None)


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else moment(str(value or ""))


def utc(value: object) -> datetime | None:
    """What is said to be a moment in UTC, even where it does not say so itself."""
    date = _moment(value)
    return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date
