"""Comments and photos of several versions of one post, put together without doubles."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote

from wizard.blog import Comment, Photo
from wizard.sources.spaces_ids import tidy

# Two sources may show one comment on clocks in different zones, or rounded to a day.
_SAME_TIME = timedelta(days=2)


def joined_comments(versions: Sequence[Sequence[Comment]]) -> tuple[Comment, ...]:
    """Every comment once, oldest first if all have dates: the first version's, and those
    that only later ones have."""
    kept: list[Comment] = []
    known: dict[str, str] = {}
    for comments in versions:
        open_ones = list(kept)
        for comment in comments:
            same = next((each for each in open_ones if _same(each, comment)), None)
            if same is None:
                kept.append(comment)
                known[comment.key] = comment.key
                continue
            # Each comment has at most one double in each version.
            open_ones.remove(same)
            known[comment.key] = same.key
            kept[kept.index(same)] = _better(same, comment)
    result = [replace(c, parent=known.get(c.parent or "", c.parent)) for c in kept]
    if all(comment.date for comment in result):
        result.sort(key=lambda comment: _naive(comment.date))
    return tuple(result)


def _same(one: Comment, other: Comment) -> bool:
    if one.key == other.key:
        return True
    if one.author.casefold() != other.author.casefold() or _text(one) != _text(other):
        return False
    if one.date is None or other.date is None or one.estimated or other.estimated:
        return True
    return abs(_naive(one.date) - _naive(other.date)) <= _SAME_TIME


def _better(one: Comment, other: Comment) -> Comment:
    """``one`` with what only the other knows."""
    vague = one.date is None or one.estimated
    surer = vague and other.date is not None and not other.estimated
    return replace(
        one,
        date=other.date if surer else one.date or other.date,
        estimated=one.estimated and not surer,
        email=one.email or other.email,
        url=one.url or other.url,
        parent=one.parent or other.parent,
        names=tuple(dict.fromkeys((*one.names, *other.names))),
    )


def _naive(date: datetime | None) -> datetime:
    return date.replace(tzinfo=None) if date else datetime.min


def _text(comment: Comment) -> str:
    return "".join(html.unescape(re.sub(r"<[^<>]*>", "", comment.html)).split())


def joined_photos(
    photos: Sequence[Photo], others: Sequence[Sequence[Photo]]
) -> tuple[Photo, ...]:
    """The post's photos; one that is missing is taken from another version that has it:
    by its address, its file name, or (addresses of Spaces changed by the hour) its place
    among as many photos."""
    result = list(photos)
    for version in others:
        if not result:
            # A text whose pictures were lost: they stand after it.
            result = [replace(photo, integrated=True) for photo in version]
            continue
        used = {photo.address for photo in result if photo.found}
        for place, photo in enumerate(result):
            if photo.found:
                continue
            free = [
                other for other in version if other.found and other.address not in used
            ]
            match = _by_name(photo, free)
            if match is None and len(version) == len(result):
                match = version[place] if version[place] in free else None
            if match:
                used.add(match.address)
                result[place] = replace(
                    photo, address=match.address, found=True, alt=photo.alt or match.alt
                )
    return tuple(result)


def _by_name(photo: Photo, free: Sequence[Photo]) -> Photo | None:
    addresses = {tidy(name) for name in (photo.address, *photo.names)}
    for other in free:
        if addresses.intersection(tidy(name) for name in (other.address, *other.names)):
            return other
    files = {_file(name) for name in (photo.address, *photo.names)} - {""}
    same = [o for o in free if files & {_file(name) for name in (o.address, *o.names)}]
    return same[0] if len(same) == 1 else None


def _file(address: str) -> str:
    """The file name at the end of an address, if it looks like one."""
    name = PurePosixPath(unquote(re.split(r"[?#]", address)[0]).replace("\\", "/")).name
    return name.casefold() if "." in name.strip(".") else ""
