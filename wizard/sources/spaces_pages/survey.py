"""The one reading of all saved Spaces pages: entries into a spool, and the blog's facts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from wizard.errors import Unreadable
from wizard.sources.archive import Archive
from wizard.sources.html_page import LARGEST_PAGE
from wizard.sources.spaces_pages.blog import blog_title, facts_of
from wizard.sources.spaces_pages.markup import entries_on
from wizard.sources.spaces_pages.merge import rank
from wizard.sources.spaces_pages.outline import outline_of
from wizard.sources.spaces_pages.records import SeenEntry, to_line
from wizard.sources.spaces_pages.saved_page import SavedPage, open_page
from wizard.sources.spool import Spool

# Nothing but a picture, a sound or a film with such a name is this large; pages of any
# name are looked into.
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|tiff?|webp|heic|mp[234]|wm[av]|wav|ogg|m4a|avi|mov|mpe?g|flv|3gp"
    r"|mkv|swf|pdf|zip)",
    re.IGNORECASE,
)
_MEDIUM = 1_000_000
# More comments than these say nothing new about how the blog writes its dates.
_COMMENT_DATES = 20_000


@dataclass(slots=True)
class Owner:
    """What the pages say of one person's Space. ``ways``: how each entry's date may be
    read, by entry, with how good the page is that says so."""

    ways: dict[int, list[tuple[tuple[bool, bool, bool, datetime], tuple[str, ...]]]] = (
        field(default_factory=dict)
    )
    samples: list[str] = field(default_factory=list)
    comment_dates: list[str] = field(default_factory=list)
    spaces: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    window_titles: Counter[str] = field(default_factory=Counter)
    cultures: Counter[str] = field(default_factory=Counter)
    months: set[tuple[int, int]] = field(default_factory=set)
    latest: datetime | None = None


@dataclass(slots=True)
class Survey:
    """``lines``: where in the spool each entry's captures are, by key. ``linked``: keys
    of entries that the pages link to. Then the names of pages that could not be read,
    with the reason, of those without entries, and of those that say there is no Space."""

    spool: Spool
    lines: defaultdict[str, list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    owners: defaultdict[str, Owner] = field(default_factory=lambda: defaultdict(Owner))
    linked: set[str] = field(default_factory=set)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    without_entries: list[str] = field(default_factory=list)
    unavailable: list[str] = field(default_factory=list)


def survey(archive: Archive) -> Survey:
    """Read every page of the archive, each once. Raises Unreadable if the disk is full."""
    found = Survey(Spool())
    for name in likely_pages(archive):
        try:
            if archive.size(name) > LARGEST_PAGE:
                continue
            page = open_page(name, archive.read(name), archive.modified(name))
            if page:
                _read(page, archive, found)
        except Unreadable as trouble:
            if trouble.code == "disk":
                raise
            found.unreadable.append((name, trouble.title))
    return found


def likely_pages(archive: Archive) -> Iterable[str]:
    """Every file that may be a page, whatever its name, those that look like one first."""
    names = sorted(
        archive.names(),
        key=lambda name: (PurePosixPath(name).suffix.lower()[:4] != ".htm", name),
    )
    for name in names:
        media = _MEDIA.fullmatch(PurePosixPath(name).suffix)
        if not media or archive.size(name) < _MEDIUM:
            yield name


def _read(page: SavedPage, archive: Archive, found: Survey) -> None:
    def resolve(reference: str) -> str | None:
        name = archive.resolve(page.name, reference)
        # Browsers leave an empty file where a picture did not arrive.
        return name if name and archive.size(name) else None

    outline = outline_of(page.root)
    facts = facts_of(page, outline)
    entries = list(entries_on(page, outline, resolve))
    found.linked |= facts.linked
    if not entries:
        if not facts.available:
            found.unavailable.append(page.name)
        elif page.own_mark:
            found.without_entries.append(page.name)
        return
    for cid, space in facts.spaces:
        if cid in found.owners or any(each.cid == cid for each in entries):
            found.owners[cid].spaces[space] += 1
    alone = entries[0].title if len(entries) == 1 else ""
    for entry in entries:
        found.lines[entry.key].append(found.spool.add(to_line(entry)))
        _note(found.owners[entry.cid], entry)
    for cid in {entry.cid for entry in entries}:
        owner = found.owners[cid]
        owner.months |= facts.months
        owner.cultures[page.culture] += 1
        titles = owner.titles if facts.title else owner.window_titles
        titles[blog_title(facts, alone)] += 1


def _note(owner: Owner, entry: SeenEntry) -> None:
    if entry.space:
        owner.spaces[entry.space] += 1
    if entry.dates:
        owner.ways.setdefault(entry.number, []).append((rank(entry), entry.dates))
        owner.samples.append(entry.dates[0])
    if len(owner.comment_dates) < _COMMENT_DATES:
        owner.comment_dates += [each.written for each in entry.comments if each.written]
    if entry.captured and (owner.latest is None or entry.captured > owner.latest):
        owner.latest = entry.captured
