"""The comments of a post in a Spaces backup: who, when and what, out of one heading each."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from hashlib import sha256

from wizard.blog import Comment
from wizard.sources.dates import DateReader, WrittenDate
from wizard.sources.dates.impossible import nearest, told_of
from wizard.sources.spaces_backup.page import ENTRY_MARK, WrittenComment

_DASH = re.compile(r"(?:^|\s)[-–—]\s")


def read_loosely(reader: DateReader, text: str) -> WrittenDate | None:
    """The date in ``text``, with or without words before its first digit."""
    date = reader.read(text)
    digit = re.search(r"\d", text)
    return date or (reader.read(text[digit.start() :]) if digit else None)


def date_in(heading: str) -> str:
    """What stands where a comment's heading has its date."""
    return _DASH.split(heading)[-1].strip()


def comments_of(
    written: list[WrittenComment],
    post_key: str,
    posted: datetime | None,
    reader: DateReader,
) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The comments, oldest first if all have dates, and notes on their dates.
    ``posted``: the date of the post, which gives the year to dates without one."""
    seen: Counter[str] = Counter()
    comments, near = [], 0
    for each in written:
        author, date, estimated = _heading(each.heading, posted, reader)
        if date is None:
            date = nearest(date_in(each.heading), reader.order)
            estimated = date is not None
            near += estimated
        key = _key(each, post_key)
        seen[key] += 1
        comments.append(
            Comment(
                key=key if seen[key] == 1 else f"{key}-{seen[key]}",
                author=author,
                html=each.html,
                date=date,
                email=_email(each.link),
                url=each.link if re.match(r"https?://", each.link, re.I) else "",
                estimated=estimated,
                names=(each.mark,) if each.mark else (),
            )
        )
    if all(comment.date for comment in comments):
        comments.sort(key=lambda comment: comment.date or datetime.min)
    return tuple(comments), told_of(comments, near)


def _heading(
    heading: str, posted: datetime | None, reader: DateReader
) -> tuple[str, datetime | None, bool]:
    """Author, date and whether the date's year is a guess. Names hold dashes as well, so
    the last one counts."""
    dashes = list(_DASH.finditer(heading))
    for dash in reversed(dashes):
        if date := reader.read(heading[dash.end() :].strip()):
            moment = date.in_year() or _after(date, posted)
            return heading[: dash.start()].strip(), moment, date.year is None
    if whole := reader.read(heading):
        return "", whole.in_year() or _after(whole, posted), whole.year is None
    # A date that cannot be read is no part of a name.
    if dashes and re.search(r"\d.*[:/.]", heading[dashes[-1].end() :]):
        return heading[: dashes[-1].start()].strip(), None, False
    return heading.strip(), None, False


def _after(date: WrittenDate, posted: datetime | None) -> datetime | None:
    """The first such day on or after the post's own."""
    if posted is None:
        return None
    moments = (date.in_year(posted.year + step) for step in range(9))
    return next((m for m in moments if m and m.date() >= posted.date()), None)


def _key(written: WrittenComment, post_key: str) -> str:
    if found := ENTRY_MARK.search(written.mark):
        return f"cns!{found[1]}!{found[2]}"
    parts = (post_key, written.heading, " ".join(written.html.split()))
    return "comment-" + sha256("\0".join(parts).encode()).hexdigest()[:20]


def _email(link: str) -> str:
    found = re.match(r"mailto:([^?\s]{1,200})", link, re.I)
    return found[1] if found else ""
