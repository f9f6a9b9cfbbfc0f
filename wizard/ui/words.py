"""Numbers, dates and durations as a person would say them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def counted(number: int, thing: str, things: str = "") -> str:
    """``1 post``, ``1,204 posts``; ``things`` where the plural is not just an s."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``, leaving out what is empty."""
    said = [part for part in parts if part]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def breakable(text: str) -> str:
    """The same to the eye, but a long address may go over several lines."""
    return re.sub(r"(\S{12})(?=\S{12})", "\\1\u200b", text)


def unbroken(text: str) -> str:
    """What `breakable` was given."""
    return text.replace("\u200b", "")


def day(date: date) -> str:
    """``14 March 2007``."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def moment(date: datetime) -> str:
    """``14 March 2007, 17:05``."""
    return f"{day(date)}, {date:%H:%M}"


def ago(then: datetime, now: datetime) -> str:
    """When something was, from today's point of view."""
    if then.date() == now.date():
        return f"today, {then:%H:%M}"
    if then.date() == now.date() - timedelta(days=1):
        return f"yesterday, {then:%H:%M}"
    return day(then)


def lasting(seconds: float) -> str:
    """``20 seconds``, ``3 minutes``, ``2 hours``: rounded as one would say it."""
    if seconds < 50:
        return counted(max(5, 5 * round(seconds / 5)), "second")
    if seconds < 50 * 60:
        return counted(max(1, round(seconds / 60)), "minute")
    hours, minutes = divmod(round(seconds / 600) * 10, 60)
    spoken = [counted(hours, "hour") if hours else "", minutes and f"{minutes} minutes"]
    return listed([part for part in spoken if part])


def countdown(seconds: float) -> str:
    """``0:09``, ``12:05``: for a clock that runs down."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
