"""The first reading of a Spaces backup: which posts it holds, their keys, dates and order."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from lxml.html import HtmlElement

from wizard.blog import Blog
from wizard.errors import NothingFound, Unreadable
from wizard.sources.archive import Archive
from wizard.sources.dates import DateReader, infer_years
from wizard.sources.dates.impossible import Span, placed, span_of
from wizard.sources.html_page import LARGEST_PAGE, decoded, text_of, tree
from wizard.sources.spaces_backup.comments import date_in, read_loosely
from wizard.sources.spaces_backup.page import WrittenPost, read_page
from wizard.sources.spaces_ids import Identity, space_address, space_of

_SUFFIXES = {".html", ".htm", ".xhtml", ".aspx", ""}
_INDEXES = {"index.html", "index.htm", "default.html", "default.htm", "default.aspx"}
_BODY = re.compile(rb"class\s*=\s*[\"']?[^\"'<>]*\bblogpost\b", re.IGNORECASE)
_NAMED = 20
_COMMENT_DATES = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: the page, its number there; and its ``key`` and ``date``.
    ``said``: what `said_by` gave, by which it is known again. ``estimated``: its date is
    not the one that is written there."""

    page: str
    at: int
    key: str
    entry: Identity | None
    date: datetime | None
    said: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """The blog, the places of its posts, the oldest first, and how it writes dates."""

    blog: Blog
    places: tuple[Place, ...]
    reader: DateReader


@dataclass(frozen=True, slots=True)
class _Found:
    """``same``: digest of date, title and text. ``beside``: of comments and pictures."""

    page: str
    at: int
    entry: Identity | None
    written: str
    same: str
    beside: str
    length: int


@dataclass(slots=True)
class _Gathered:
    found: list[_Found] = field(default_factory=list)
    comment_dates: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    title: str = ""
    culture: str = ""
    spaces: Counter[str] = field(default_factory=Counter)


def pages(archive: Archive) -> list[str]:
    """Every file that may be a page, those nearest to the top first."""
    names = (n for n in archive.names() if PurePosixPath(n).suffix.lower() in _SUFFIXES)
    return sorted(names, key=lambda name: (name.count("/"), name))


def post_page(archive: Archive, name: str) -> HtmlElement | None:
    """The tree of a page that has a post's text in it, or None; raises Unreadable."""
    if archive.size(name) > LARGEST_PAGE:
        raise Unreadable(
            f"The page {name} is larger than any page of a blog.", code="size"
        )
    data = archive.read(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    return tree(decoded(data), name) if _BODY.search(data) else None


def survey(archive: Archive, kind: str) -> Survey:
    """Reads every page once and keeps little of each. Raises NothingFound."""
    gathered = _Gathered()
    names = pages(archive)
    for name in names:
        try:
            root = post_page(archive, name)
        except Unreadable as trouble:
            gathered.troubles.append(f"{trouble.title} The others were read.")
            continue
        if root is not None:
            _gather(gathered, name, root)
    index = next((n for n in names if PurePosixPath(n).name.lower() in _INDEXES), None)
    notes = _read_index(gathered, archive, index) if index else []
    if not gathered.found:
        raise NothingFound(
            f"No posts were found in {archive.location}.",
            "In a Spaces backup every post is a page with a title, a date and a text. "
            "Choose the zip file as it was downloaded, or its whole unpacked folder.",
        )
    samples = [each.written for each in gathered.found] + gathered.comment_dates
    reader = DateReader(samples, gathered.culture)
    places = _places(gathered.found, reader)
    notes = [*archive.notes, *notes, *_short(gathered.troubles)]
    if reader.ambiguous:
        notes.append(
            "Nothing tells whether 3/4 means 4 March or 3 April in this blog; the month "
            "was taken to come first. Look at the dates before you go on."
        )
    blog = _blog(gathered, places, kind, archive.location)
    return Survey(replace(blog, notes=tuple(notes)), places, reader)


def _gather(gathered: _Gathered, name: str, root: HtmlElement) -> None:
    gathered.culture = (
        gathered.culture or root.get("web:culture") or root.get("lang") or ""
    )
    if not gathered.title and (heading := next(root.iter("h1"), None)) is not None:
        gathered.title = text_of(heading)
    for at, post in enumerate(read_page(root)):
        gathered.found.append(_found(name, at, post))
        if len(gathered.comment_dates) < _COMMENT_DATES:
            gathered.comment_dates += [date_in(each.heading) for each in post.comments]
        if post.entry and post.entry.space:
            gathered.spaces[post.entry.space] += 1


def said_by(post: WrittenPost) -> str:
    """A digest of its date, title and text."""
    text = " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", post.html)).split())
    return _digest((post.date, post.title, text))


def _found(page: str, at: int, post: WrittenPost) -> _Found:
    beside = [part for c in post.comments for part in (c.heading, c.html)]
    beside += [picture.shown for picture in post.pictures]
    return _Found(
        page=page,
        at=at,
        entry=post.entry,
        written=post.date,
        same=said_by(post),
        beside=_digest(beside),
        length=len(post.html) + sum(map(len, beside)),
    )


def _digest(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:20]


def _read_index(gathered: _Gathered, archive: Archive, index: str) -> list[str]:
    """The blog's title from the page of contents, and what that lists in vain."""
    try:
        root = tree(decoded(archive.read(index)), index)
    except Unreadable as trouble:
        return [trouble.title]
    if (heading := next(root.iter("h1"), None)) is not None:
        gathered.title = text_of(heading) or gathered.title
    absent = []
    for link in root.iter("a"):
        target = link.get("href") or ""
        if space := space_of(target):
            gathered.spaces[space] += 1
        page = re.split(r"[?#]", target)[0].lower()
        is_page = page.endswith((".html", ".htm")) and "://" not in target
        if is_page and not archive.resolve(index, target):
            absent.append(
                f"“{text_of(link) or target}” is listed in the backup but not in it."
            )
    return _short(absent)


def _short(notes: list[str]) -> list[str]:
    more = len(notes) - _NAMED
    return notes[:_NAMED] + ([f"And {more:,} more like these."] if more > 0 else [])


def _places(found: list[_Found], reader: DateReader) -> tuple[Place, ...]:
    dates = {each.written: read_loosely(reader, each.written) for each in found}
    numbered = {
        each.entry.number: date
        for each in found
        if each.entry and (date := dates[each.written])
    }
    inferred = infer_years(list(numbered.items()), (), None)
    places, keyed = [], _keyed(found)
    for each, key in keyed:
        date = dates[each.written]
        moment = date.in_year() if date else None
        if date and not moment and each.entry:
            moment = inferred.get(each.entry.number)
        places.append(Place(each.page, each.at, key, each.entry, moment, each.same))
    spans = {
        key: span_of(each.written, reader.order)
        for each, key in keyed
        if not dates[each.written]
    }
    places = list(_estimated(places, spans))
    return tuple(
        sorted(
            places,
            key=lambda place: (
                place.date is None,
                place.date or datetime.min,
                place.entry.number if place.entry else 0,
            ),
        )
    )


def _estimated(
    places: list[Place], spans: Mapping[str, Span | None]
) -> Iterator[Place]:
    """With dates for those that have none that can be: entries follow each other by
    their numbers, other posts as they stand on a page, which may begin with the newest."""
    lines: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        lines[place.entry.cid if place.entry else place.page].append(place)
    for line in lines.values():
        line.sort(key=lambda place: place.entry.number if place.entry else place.at)
        known = [place.date for place in line if place.date]
        if not line[0].entry and known and known[0] > known[-1]:
            line.reverse()
        dates = placed(
            [place.date for place in line], [spans.get(place.key) for place in line]
        )
        for place, date in zip(line, dates, strict=True):
            yield (
                place
                if place.date
                else replace(place, date=date, estimated=date is not None)
            )


def _keyed(found: list[_Found]) -> list[tuple[_Found, str]]:
    """Each post once, with its key: the entry's id, or what the post says and a number
    among equals, which are told apart by their comments and pictures."""
    groups: dict[str, list[_Found]] = defaultdict(list)
    for each in found:
        groups[each.entry.key if each.entry else f"post-{each.same}"].append(each)
    keyed = []
    for key, group in groups.items():
        if group[0].entry:
            keyed.append((max(group, key=lambda each: each.length), key))
            continue
        # The same page in two folders is a copy of the backup, not a second post.
        kept = {
            (e.beside, PurePosixPath(e.page).name, e.at): e for e in reversed(group)
        }
        for number, mark in enumerate(sorted(kept), 1):
            keyed.append((kept[mark], key if number == 1 else f"{key}-{number}"))
    return keyed


def _blog(
    gathered: _Gathered, places: tuple[Place, ...], kind: str, location: str
) -> Blog:
    owners = Counter(place.entry.cid for place in places if place.entry)
    cid = owners.most_common(1)[0][0] if owners else ""
    space = gathered.spaces.most_common(1)[0][0] if gathered.spaces else ""
    return Blog(
        key=cid or f"space-{_digest((gathered.title, places[0].key))}",
        title=gathered.title or PurePosixPath(location.replace("\\", "/")).stem,
        kind=kind,
        address=space_address(space, cid),
    )
