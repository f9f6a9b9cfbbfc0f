"""One post out of what several saved pages say of the same Spaces entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape

from wizard.blog import Photo, Post
from wizard.sources.dates import DateReader
from wizard.sources.spaces_ids import entry_address
from wizard.sources.spaces_pages.comment_merge import merged_comments
from wizard.sources.spaces_pages.records import SeenEntry, SeenPhoto

_OLDER = (
    "The saved page shows only the latest comments; how many came before is unknown."
)
_BROKEN_OFF = "The saved page ends within this text; the rest may be missing."


def merged(
    seen: Sequence[SeenEntry],
    space: str,
    date: datetime | None,
    reader: DateReader,
    notes: tuple[str, ...] = (),
    *,
    estimated: bool = False,
) -> Post:
    """The post of these captures of one entry, each field from the best of them.

    ``space``: the name it is addressed by, or "". ``reader``: reads the blog's dates."""
    captures = sorted(seen, key=rank, reverse=True)
    texts = _texts(captures)
    captures = sorted(captures, key=lambda each: _is_cut(each, texts))
    best = captures[0]
    comments, of_comments = merged_comments(captures, reader)
    notes = (*notes, *of_comments)
    said = max(each.comments_said for each in captures)
    elsewhere = max(0, said - len(comments))
    older = [each.more_comments for each in captures if each.comments]
    if not elsewhere and older and all(older):
        # At least one.
        elsewhere = 1
        notes = (*notes, _OLDER)
    if not best.whole:
        notes = (*notes, _BROKEN_OFF)
    category = next((each.category for each in captures if each.category), "")
    return Post(
        key=best.key,
        title=next((each.title for each in captures if each.title), ""),
        html=best.html,
        date=date,
        address=entry_address(space, best.cid, best.number),
        categories=(category,) if category else (),
        comments=comments,
        comments_elsewhere=elsewhere,
        photos=_photos(captures),
        notes=notes,
        estimated=estimated,
    )


def rank(entry: SeenEntry) -> tuple[bool, bool, bool, datetime]:
    """How good a witness a capture is: one with a text, not broken off, of the entry's
    own page, and then the latest."""
    captured = entry.captured or datetime.min
    return bool(entry.html.strip()), entry.whole, entry.entry_page, captured


def _texts(captures: Sequence[SeenEntry]) -> dict[str, str]:
    """The words of each different text, without dots at their end."""
    if len(captures) == 1:
        return {}
    texts = {each.html for each in captures}
    return {
        html: "".join(unescape(re.sub(r"<[^>]*>", "", html)).split()).rstrip(".…")
        for html in texts
    }


def _is_cut(entry: SeenEntry, texts: dict[str, str]) -> bool:
    """Whether a list page shows only the beginning of a text that another page has."""
    if entry.entry_page or len(texts) < 2:
        return False
    own = texts[entry.html]
    return any(len(own) < len(t) and t.startswith(own) for t in texts.values())


def _photos(captures: Sequence[SeenEntry]) -> tuple[Photo, ...]:
    """The best capture's photos in its text, and the integrated ones of the capture that
    holds most of them, each with a copy saved with any capture; then what the best one
    only links to."""
    shown = [[each for each in one.photos if not each.linked] for one in captures]
    linked = [[each for each in one.photos if each.linked] for one in captures]
    inside = [[each for each in group if not each.integrated] for group in shown]
    outside = [[each for each in group if each.integrated] for group in shown]
    fullest = max(outside, key=lambda group: sum(1 for each in group if each.local))
    outside.remove(fullest)
    outside.insert(0, fullest or max(outside, key=len, default=fullest))
    photos: dict[str, Photo] = {}
    for photo in (*_joined(inside), *_joined(outside), *linked[0]):
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
