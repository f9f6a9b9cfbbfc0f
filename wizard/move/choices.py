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


@dataclass(frozen=True, slots=True)
class Choices:
    """``time_zone``: IANA name of the old blog's clock, for dates without an offset.

    ``location``: photos may tell the whole world where they were taken.
    """

    status: As = As.WAS
    time_zone: str = "UTC"
    categories: bool = True
    tags: bool = True
    comments: bool = True
    photos: bool = True
    location: bool = False

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Choices:
        fields = json.loads(text)
        return cls(**{**fields, "status": As(fields["status"])})


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
