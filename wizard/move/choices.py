"""What the person decided about a move, apart from which posts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from wizard.blog import Status


class As(StrEnum):
    """With which status posts arrive. Private posts stay private whatever is chosen;
    only ``PUBLISH``, which nobody gets without asking for it, publishes drafts."""

    WAS = "as-was"
    DRAFT = "draft"
    PRIVATE = "private"
    PUBLISH = "publish"


_FIRST = (
    *("status", "time_zone", "categories", "tags", "comments", "photos", "location"),
)
# What earlier versions did, as long as nobody decides otherwise; else it is as usual.
_BEFORE = {"blocks": False}


@dataclass(frozen=True, slots=True)
class Choices:
    """``time_zone``: IANA name of the old blog's clock, for dates without an offset.

    ``location``: photos may tell the whole world where they were taken.
    ``featured``: the first photo of a post becomes its picture. ``authors``: of people
    at the old blog, who they are at the new one (see `NewPost.author`). ``repair``:
    letters that were garbled are put right. ``blocks``: texts arrive in the blocks of
    WordPress's editor, not as classic HTML.
    """

    status: As = As.WAS
    time_zone: str = "UTC"
    categories: bool = True
    tags: bool = True
    comments: bool = True
    photos: bool = True
    location: bool = False
    featured: bool = True
    authors: tuple[tuple[str, str], ...] = ()
    repair: bool = False
    blocks: bool = True

    def to_json(self) -> str:
        """What earlier versions did not know stands in it only where it was chosen: a
        post that they sent counts as unchanged as long as nobody decides otherwise."""
        usual = asdict(Choices()) | _BEFORE
        told = {
            name: value
            for name, value in asdict(self).items()
            if name in _FIRST or value != usual[name]
        }
        return json.dumps(told)

    @classmethod
    def from_json(cls, text: str) -> Choices:
        fields = {**_BEFORE, **json.loads(text)}
        fields["status"] = As(fields.get("status", As.WAS))
        fields["authors"] = tuple((old, new) for old, new in fields.get("authors", ()))
        return cls(**fields)


def arriving(status: Status, choice: As) -> Status:
    """The status a post gets. It is never more visible than it was, but for drafts
    when `As.PUBLISH` was asked for."""
    if choice is As.DRAFT:
        return Status.DRAFT
    unfinished = status in (Status.DRAFT, Status.PENDING)
    if choice is As.PRIVATE and not unfinished:
        return Status.PRIVATE
    if choice is As.PUBLISH and unfinished:
        return Status.PUBLISH
    return status
