"""The comments of one entry, put together from every page that shows some of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wizard.blog import Comment
from wizard.sources.dates import DateReader, relative
from wizard.sources.dates.impossible import nearest, told_of
from wizard.sources.spaces_pages.records import SeenComment, SeenEntry

# "Nov. 6" and "4 hours ago" of one comment may be read this far apart: a day each, and
# the blog's own clock may be most of a day away from that of the capture.
_NEAR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Dated:
    seen: SeenComment
    date: datetime | None
    estimated: bool
    near: bool = False  # it is only the nearest to what is written


def merged_comments(
    captures: Sequence[SeenEntry], reader: DateReader
) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """Every comment once, oldest first, and notes on their dates. Two comments of one capture are two, even when
    they are equal; the same one in two captures is one."""
    held: list[_Dated] = []
    for capture in captures:
        free = list(range(len(held)))
        for seen in capture.comments:
            comment = _dated(seen, capture.captured, reader)
            place = next((at for at in free if _same(held[at], comment)), None)
            if place is None:
                held.append(comment)
            else:
                free.remove(place)
                held[place] = _better(held[place], comment)
    shown_together = sum(1 for each in captures if each.comments) == 1
    if not shown_together and all(each.date for each in held):
        held.sort(key=lambda each: each.date or datetime.min)
    comments = _keyed(captures[0].key, held) if held else ()
    return comments, told_of(comments, sum(each.near for each in held))


def _dated(seen: SeenComment, captured: datetime | None, reader: DateReader) -> _Dated:
    written = reader.read(seen.written) if seen.written else None
    if written and (moment := written.in_year()):
        return _Dated(seen, moment, estimated=False)
    moment = relative(seen.written, captured) if captured and seen.written else None
    near = None if moment else nearest(seen.written, reader.order)
    return _Dated(seen, moment or near, estimated=True, near=near is not None)


def _same(one: _Dated, other: _Dated) -> bool:
    if _words(one) != _words(other):
        return False
    if one.date is None or other.date is None:
        return True
    if one.estimated or other.estimated:
        return abs(one.date - other.date) <= _NEAR
    # A day without a time is the same as that day with one.
    midnight = datetime.min.time()
    return one.date == other.date or (
        one.date.date() == other.date.date()
        and midnight in (one.date.time(), other.date.time())
    )


def _words(comment: _Dated) -> tuple[str, str]:
    seen = comment.seen
    return seen.author.casefold(), seen.text or seen.html


def _better(one: _Dated, other: _Dated) -> _Dated:
    first, second = (
        (other, one)
        if (one.estimated, one.near) > (other.estimated, other.near)
        else (one, other)
    )
    date = first.date or second.date
    seen = replace(
        first.seen,
        email=first.seen.email or second.seen.email,
        url=first.seen.url or second.seen.url,
        names=tuple(dict.fromkeys((*first.seen.names, *second.seen.names))),
    )
    near = first.near if first.date else second.near
    return _Dated(seen, date, first.estimated, near)


def _keyed(post: str, held: Sequence[_Dated]) -> tuple[Comment, ...]:
    """Keys that stay the same when more pages are read: a relative date changes from
    page to page, so it is no part of them."""
    count: Counter[str] = Counter()
    comments = []
    for each in held:
        seen = each.seen
        written = "" if each.estimated else seen.written
        said = "\0".join((post, *_words(each), written)).encode("utf-8", "replace")
        name = hashlib.blake2b(said, digest_size=8).hexdigest()
        count[name] += 1
        again = f"-{count[name]}" if count[name] > 1 else ""
        comments.append(
            Comment(
                key=f"{post}#comment-{name}{again}",
                author=seen.author,
                html=seen.html,
                date=each.date,
                email=seen.email,
                url=seen.url,
                estimated=each.estimated,
                names=seen.names,
            )
        )
    return tuple(comments)
