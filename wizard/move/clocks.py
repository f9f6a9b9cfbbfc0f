"""What the clocks of two blogs show: a post keeps its moment, not always its hour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from wizard.blog import Post, in_zone, on_clock
from wizard.destinations import Kind, Remote, moment
from wizard.move.book import DATED
from wizard.move.database import whole
from wizard.move.events import Trouble
from wizard.move.file import Move
from wizard.move.records import Step


def as_shown(
    text: str, old_zone: str, new_zone: str | None
) -> tuple[datetime, datetime]:
    """That date on the old blog's clock, also where the old blog told it in UTC, and on
    the new one's; without one it goes on as it was."""
    date = on_clock(datetime.fromisoformat(text), ZoneInfo(old_zone))
    return date, date.astimezone(_clock(new_zone)) if new_zone else date


def day_of(text: str, zone: str) -> str:
    """The day of that date (ISO 8601, or "") on the old blog's clock; "" for none."""
    return as_shown(text, zone, None)[0].date().isoformat() if text else ""


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


def of_kept(zone: str) -> str:
    """Why no other clock can be chosen than this one."""
    return (
        f"The dates of this move were read on the clock of {zone.replace('_', ' ')} when "
        "its first post moved, and stay so, so that those of posts and comments agree. "
        "To choose another clock, take the move back first."
    )


class Moments:
    """When posts and comments were written at the old blog, to be looked up one post
    after another."""

    def __init__(self, move: Move) -> None:
        self._move = move
        self._zone = ZoneInfo(move.choices.time_zone)
        self._post = ""
        self._dates: dict[tuple[Kind, str], str] = {}

    def at(self, step: Step, here: Remote, trouble: Trouble | None) -> Trouble | None:
        """What is to be said about what stands ``here``. Where one of both tells no date,
        or the old blog one that is only near the truth, nobody can see that they differ.
        """
        if trouble:
            return trouble
        if self._post != step.post:
            self._post = step.post
            self._dates = _dates(in_zone(self._move.post(step.post), self._zone))
        date = self._dates.get((step.kind, step.key), "")
        return DATED if date and here.date and date != here.date else None


def _dates(post: Post) -> dict[tuple[Kind, str], str]:
    dates = {
        (Kind.COMMENT, each.key): moment(each.date or post.date)
        for each in post.comments
        if not each.estimated and not (post.estimated and each.date is None)
    }
    if not post.estimated:
        dates[Kind.POST, post.key] = moment(post.date)
    return {(kind, str(whole(key)[0])): date for (kind, key), date in dates.items()}


def _clock(zone: str) -> tzinfo | None:
    """The clock of an IANA name, or of such as ``UTC+05:30``, which never changes."""
    fixed = re.fullmatch(r"UTC([+-]\d\d:\d\d)", zone)
    return datetime.strptime(fixed[1], "%z").tzinfo if fixed else ZoneInfo(zone)
