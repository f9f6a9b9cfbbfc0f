"""What one saved page says of an entry, before the pages are put together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wizard.sources.spaces_ids import Identity


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """``remote``: its best address on the network, or "". ``local``: the saved copy's
    name in the archive, or "". ``names``: as in the entry's HTML. ``cnsid``: the photo's
    own lasting id, or "". ``linked``: only a link leads there."""

    names: tuple[str, ...]
    remote: str = ""
    local: str = ""
    cnsid: str = ""
    integrated: bool = False
    alt: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True)
class SeenComment:
    """``written``: its date as the page wrote it. ``names``: what may be behind the "#"
    of a link to it."""

    author: str
    html: str
    text: str
    written: str = ""
    email: str = ""
    url: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """``dates``: ways to read its date from the page, the best first. ``comments_said``:
    how many the page says there are; ``more_comments``: it has a link to older ones.
    ``entry_page``: the page is about this entry alone.
    ``whole``: the page went on after its text, so the text is not cut."""

    space: str
    cid: str
    number: int
    title: str
    html: str
    dates: tuple[str, ...] = ()
    category: str = ""
    photos: tuple[SeenPhoto, ...] = ()
    comments: tuple[SeenComment, ...] = ()
    comments_said: int = 0
    more_comments: bool = False
    entry_page: bool = False
    whole: bool = True
    captured: datetime | None = None

    @property
    def key(self) -> str:
        """The entry's lasting name, such as ``cns!2B070A76FD6627CE!975``."""
        return Identity(self.space, self.cid, self.number).key


def to_line(entry: SeenEntry) -> bytes:
    """The entry as one line of JSON."""
    return json.dumps(entry, default=_plain).encode()


def _plain(thing: Any) -> Any:
    if isinstance(thing, datetime):
        return thing.isoformat()
    # Not dataclasses.asdict, which copies deeply and takes longer than the page.
    return {name: getattr(thing, name) for name in thing.__slots__}


def from_line(line: bytes) -> SeenEntry:
    """The entry that `to_line` wrote."""
    fields: dict[str, Any] = json.loads(line)
    fields["dates"] = tuple(fields["dates"])
    fields["photos"] = tuple(
        SeenPhoto(**{**photo, "names": tuple(photo["names"])})
        for photo in fields["photos"]
    )
    fields["comments"] = tuple(
        SeenComment(**{**each, "names": tuple(each["names"])})
        for each in fields["comments"]
    )
    if captured := fields["captured"]:
        fields["captured"] = datetime.fromisoformat(captured)
    return SeenEntry(**fields)
