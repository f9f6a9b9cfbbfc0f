"""Saved pages of a Windows Live Space: one, a folder of them or a zip, from any year."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from wizard.blog import Blog, Photo, Post
from wizard.credentials import Field
from wizard.errors import NothingFound, Unreadable
from wizard.sources.archive import Archive, photo_in
from wizard.sources.dates import DateReader, WrittenDate, infer_years
from wizard.sources.dates.impossible import placed, span_of, told
from wizard.sources.html_page import LARGEST_PAGE
from wizard.sources.spaces_ids import Identity, space_address
from wizard.sources.spaces_pages.merge import merged
from wizard.sources.spaces_pages.records import from_line
from wizard.sources.spaces_pages.saved_page import is_spaces_page
from wizard.sources.spaces_pages.survey import Owner, Survey, likely_pages, survey

_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry is in the order of the blog: dated ones first, then by number.
    ``guessed``: its year; ``impossible``: what is written in place of a date, if none is
    there that can be."""

    undated: bool
    date: datetime
    number: int
    cid: str
    guessed: bool
    impossible: str | None = None

    @property
    def key(self) -> str:
        return Identity("", self.cid, self.number).key


class SpacesPages:
    """Saved Spaces pages as a source; may be used from any thread. The same entry on
    several pages is one post, each of its fields from the best of them."""

    name = "spaces-pages"
    title = "Saved pages of Windows Live Spaces"
    fields: tuple[Field, ...] = ()

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._reading = threading.Lock()

    @classmethod
    def recognises(cls, archive: Archive) -> bool:
        """Whether one of the files is a page of Spaces, by what is in it."""
        for name in likely_pages(archive):
            try:
                if archive.size(name) <= LARGEST_PAGE and is_spaces_page(
                    archive.read(name)
                ):
                    return True
            except Unreadable:
                continue
        return False

    def blog(self) -> Blog:
        """The blog; its notes name what could not be read. Raises NothingFound."""
        found = self._survey
        notes = (*self._archive.notes, *_notes(found))
        if not found.lines:
            raise NothingFound(
                "There are pages of Windows Live Spaces here, but no blog entries in them.",
                " ".join(notes) + " Choose the pages that show the entries themselves.",
                code="no-entries",
            )
        cid = Counter(key.split("!")[1] for key in found.lines).most_common(1)[0][0]
        owner = found.owners[cid]
        titles = owner.titles or owner.window_titles
        return Blog(
            key=cid,
            title=titles.most_common(1)[0][0] or _space(owner),
            kind=self.name,
            address=space_address(_space(owner), cid),
            notes=notes,
        )

    def posts(self) -> Iterator[Post]:
        """Every entry once, oldest first, those without a date last by their number."""
        found = self._survey
        for place in self._places:
            captures = [from_line(found.spool.get(n)) for n in found.lines[place.key]]
            owner = found.owners[place.cid]
            yield merged(
                captures,
                _space(owner),
                None if place.undated else place.date,
                self._readers[place.cid],
                self._notes_on(place),
                estimated=place.impossible is not None and not place.undated,
            )

    def read(self, photo: Photo) -> bytes:
        """The photo's bytes; raises PhotoMissing."""
        absent = f"The picture {photo.address} was not saved with the pages."
        return photo_in(self._archive, photo.address, absent)

    @property
    def _survey(self) -> Survey:
        with self._reading:
            return self._surveyed

    @cached_property
    def _surveyed(self) -> Survey:
        return survey(self._archive)

    @cached_property
    def _readers(self) -> dict[str, DateReader]:
        return {
            cid: DateReader(
                [*owner.samples, *owner.comment_dates],
                next((name for name, _ in owner.cultures.most_common() if name), ""),
            )
            for cid, owner in self._survey.owners.items()
        }

    @cached_property
    def _places(self) -> Sequence[_Place]:
        found = self._survey
        dates: dict[str, tuple[datetime, bool]] = {}
        for cid, reader in self._readers.items():
            owner = found.owners[cid]
            written = _written(owner, reader)
            moments = infer_years(list(written.items()), owner.months, owner.latest)
            for number, moment in moments.items():
                key = Identity("", cid, number).key
                dates[key] = moment, written[number].year is None
        impossible = {
            key: wrong
            for cid, reader in self._readers.items()
            for key, wrong in _impossible(cid, found, reader, dates).items()
        }
        places = []
        for key in found.lines:
            _, cid, digits = key.split("!")
            date, guessed = dates.get(key, (datetime.min, False))
            said, instead = impossible.get(key, (None, None))
            date = instead or date
            undated = date == datetime.min
            places.append(_Place(undated, date, int(digits), cid, guessed, said))
        return sorted(places, key=lambda p: (p.undated, p.date, p.number, p.cid))

    def _notes_on(self, place: _Place) -> tuple[str, ...]:
        notes = []
        if place.impossible is not None:
            notes.append(told(place.impossible, None if place.undated else place.date))
        elif place.guessed:
            notes.append(
                f"The pages give no year; {place.date.year} follows from the entries around it."
            )
        if len(self._readers) > 1:
            space = _space(self._survey.owners[place.cid]) or place.cid
            notes.append(f"From the Space “{space}”.")
        return tuple(notes)


def _space(owner: Owner) -> str:
    """The name most used for the Space; one of its own rather than its owner's id."""
    names = owner.spaces.most_common()
    own = [name for name, _ in names if not name.startswith("cid-")]
    return own[0] if own else names[0][0] if names else ""


def _written(owner: Owner, reader: DateReader) -> dict[int, WrittenDate]:
    """Each entry's date as it is written on its best page, with a year if any page has."""
    written = {}
    for number, pages in owner.ways.items():
        ways = [way for _, each in sorted(pages, reverse=True) for way in each]
        dates = [date for way in ways if (date := reader.read(way))]
        if dates:
            dated = (date for date in dates if date.year is not None)
            written[number] = next(dated, dates[0])
    return written


def _impossible(
    cid: str, found: Survey, reader: DateReader, dates: dict[str, tuple[datetime, bool]]
) -> dict[str, tuple[str, datetime | None]]:
    """What is written in place of a date at the entries that have none, and their date
    by what that tells and by the entries around them."""
    keys = [key for key in found.lines if key.split("!")[1] == cid]
    keys.sort(key=lambda key: int(key.split("!")[2]))
    written = {}
    spans = []
    for key in keys:
        pages = found.owners[cid].ways.get(int(key.split("!")[2]), ())
        ways = [way for _, each in sorted(pages, reverse=True) for way in each if way]
        meant = (span for way in ways if (span := span_of(way, reader.order)))
        spans.append(next(meant, None))
        written[key] = ways[0] if ways else ""
    known = [dates[key][0] if key in dates else None for key in keys]
    moments = zip(keys, placed(known, spans), strict=True)
    return {key: (written[key], date) for key, date in moments if key not in dates}


def _notes(found: Survey) -> Iterator[str]:
    for name, trouble in found.unreadable[:_NAMED]:
        yield f"{name} was left out. {trouble}"
    if (more := len(found.unreadable) - _NAMED) > 0:
        yield f"{more} more files could not be read."
    if found.unavailable:
        yield (
            "On these pages Spaces only said that the Space was not available: "
            + _some(found.unavailable)
        )
    if found.without_entries:
        yield "These pages of Spaces hold no blog entries: " + _some(
            found.without_entries
        )
    if len(found.owners) > 1:
        spaces = [_space(owner) or cid for cid, owner in found.owners.items()]
        yield "The pages are of several Spaces: " + _some(sorted(spaces))
    missing = {
        key
        for key in found.linked.difference(found.lines)
        if key.split("!")[1] in found.owners
    }
    if missing:
        entries = "entry is" if len(missing) == 1 else "entries are"
        yield f"{len(missing)} more {entries} linked from these pages but not among them."


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more." if more > 0 else ".")
