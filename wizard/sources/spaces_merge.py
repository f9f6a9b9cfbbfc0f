"""One post out of what several saved pages say of the same Spaces entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape

from wizard.blog import Photo, Post
from wizard.sources.dates import DateReader
from wizard.sources.spaces_comment_merge import merged_comments
from wizard.sources.spaces_ids import entry_address
from wizard.sources.spaces_records import SeenEntry, SeenPhoto


def merged(
    seen: Sequence[SeenEntry],
    space: str,
    date: datetime | None,
    reader: DateReader,
    notes: tuple[str, ...] = (),
) -> Post:
    """The post of these captures of one entry, each field from the best of them.

    ``space``: the name it is addressed by, or "". ``reader``: reads the blog's dates."""
    captures = sorted(seen, key=rank, reverse=True)
    captures.sort(key=lambda each: _is_cut(each, captures))
    best = captures[0]
    comments = merged_comments(captures, reader)
    said = max(each.comments_said for each in captures)
    if not best.whole and len(seen) > 1 and any(each.whole for each in seen):
        notes = (
            *notes,
            "The saved page ends within this text; the rest may be missing.",
        )
    category = next((each.category for each in captures if each.category), "")
    return Post(
        key=best.key,
        title=next((each.title for each in captures if each.title), ""),
        html=best.html,
        date=date,
        address=entry_address(space, best.cid, best.number),
        categories=(category,) if category else (),
        comments=comments,
        comments_elsewhere=max(0, said - len(comments)),
        photos=_photos(captures),
        notes=notes,
    )


def rank(entry: SeenEntry) -> tuple[bool, bool, bool, datetime]:
    """How good a witness a capture is: one with a text, not broken off, of the entry's
    own page, and then the latest."""
    captured = entry.captured or datetime.min
    return bool(entry.html.strip()), entry.whole, entry.entry_page, captured


def _is_cut(entry: SeenEntry, captures: Sequence[SeenEntry]) -> bool:
    """Whether a list page shows only the beginning of a text that another page has."""
    if entry.entry_page or len(captures) == 1:
        return False
    text = _plain(entry.html).rstrip(".…")
    return any(
        len(other.html) > len(text) < len(longer) and longer.startswith(text)
        for other in captures
        if other is not entry and (longer := _plain(other.html).rstrip(".…"))
    )


def _plain(html: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def _photos(captures: Sequence[SeenEntry]) -> tuple[Photo, ...]:
    """The best capture's photos in its text, and the integrated ones of the capture that
    holds most of them, each with a copy saved with any capture."""
    inside = [[each for each in one.photos if not each.integrated] for one in captures]
    outside = [[each for each in one.photos if each.integrated] for one in captures]
    fullest = max(outside, key=lambda group: sum(1 for each in group if each.local))
    outside.remove(fullest)
    outside.insert(0, fullest or max(outside, key=len, default=fullest))
    photos: dict[str, Photo] = {}
    for photo in (*_joined(inside), *_joined(outside)):
        address = photo.local or photo.remote or photo.names[0]
        photos.setdefault(
            address,
            Photo(
                address=address,
                found=bool(photo.local),
                names=photo.names,
                integrated=photo.integrated,
                alt=photo.alt,
            ),
        )
    return tuple(photos.values())


def _joined(groups: Sequence[Sequence[SeenPhoto]]) -> list[SeenPhoto]:
    """The photos of the first group, completed from the others: by the photo's own id,
    its address, or its place. Addresses alone would not do: they change every time."""
    photos = list(groups[0])
    for other in groups[1:]:
        for place, theirs in enumerate(other):
            for mine, photo in enumerate(photos):
                if _same(photo, theirs, mine == place and len(photos) == len(other)):
                    photos[mine] = replace(
                        photo,
                        local=photo.local or theirs.local,
                        cnsid=photo.cnsid or theirs.cnsid,
                        alt=photo.alt or theirs.alt,
                    )
                    break
    return photos


def _same(one: SeenPhoto, other: SeenPhoto, same_place: bool) -> bool:
    if one.cnsid and other.cnsid:
        return one.cnsid == other.cnsid
    remote = one.remote and one.remote == other.remote
    return bool(remote) or same_place
