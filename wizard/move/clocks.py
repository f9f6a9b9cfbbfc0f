"""What the clocks of two blogs show: a post keeps its moment, not always its hour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo


def as_shown(
    text: str, old_zone: str, new_zone: str | None
) -> tuple[datetime, datetime]:
    """That date on the old blog's clock, and on the new one's; without one it goes on
    as it was."""
    date = datetime.fromisoformat(text)
    if date.tzinfo is None:
        date = date.replace(tzinfo=ZoneInfo(old_zone))
    return date, date.astimezone(_clock(new_zone)) if new_zone else date


def of_clocks(dates: Iterable[str], old_zone: str, new_zone: str | None) -> str:
    """What becomes of the hours of posts with these dates (ISO 8601, some ""); "" where
    both blogs show the same."""
    for text in filter(None, dates):
        old, new = as_shown(text, old_zone, new_zone)
        if old.utcoffset() != new.utcoffset():
            return (
                f"The new blog's clock is {str(new_zone).replace('_', ' ')}: what the "
                f"old one dated {old:%Y-%m-%d %H:%M} is shown there as "
                f"{new:%Y-%m-%d %H:%M}, unless you stop now and set the old blog's time "
                "zone there first, under Settings → General."
            )
    return ""


def _clock(zone: str) -> tzinfo | None:
    """The clock of an IANA name, or of such as ``UTC+05:30``, which never changes."""
    fixed = re.fullmatch(r"UTC([+-]\d\d:\d\d)", zone)
    return datetime.strptime(fixed[1], "%z").tzinfo if fixed else ZoneInfo(zone)
