"""What the move file remembers of one post and of one step, and how it is written."""

from __future__ import annotations

import json
from dataclasses import dataclass

from wizard.blog import Photo
from wizard.destinations import Kind, Remote
from wizard.move.events import State, Trouble

# The fingerprint of what is to be brought back, even out of the trash. Of a photo it goes
# on with the address at which it was, of a post with the numbers of what it has lost.
BACK = "back"


@dataclass(frozen=True, slots=True)
class Row:
    """What the list of posts shows of one post. ``date``: ISO 8601 or "".

    ``thumbnail``: its first photo that the source holds. ``state`` and what follows
    are those of the post's own step.
    """

    key: str
    title: str
    date: str
    categories: tuple[str, ...]
    comments: int
    comments_elsewhere: int
    photos: int
    photos_missing: int
    thumbnail: Photo | None
    chosen: bool
    state: State
    address: str
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the move does at the destination, and how far it is.

    ``post``: key of the post it belongs to. ``key``: the thing's own.
    ``asked_at``: Unix time at which its request was last about to leave.
    """

    kind: Kind
    post: str
    key: str
    marker: str
    state: State = State.WAITING
    attempts: int = 0
    asked_at: float = 0
    remote: Remote | None = None
    fingerprint: str = ""
    trouble: Trouble | None = None

    @property
    def gone(self) -> bool:
        """It was at the destination, is not any more, and stays so unless the person
        asks for it."""
        return self.state is State.LEFT_OUT and self.remote is not None


def photo_from(text: str) -> Photo | None:
    if not text:
        return None
    fields = json.loads(text)
    return Photo(**{**fields, "names": tuple(fields["names"])})


def trouble_from(text: str | None) -> Trouble | None:
    return Trouble(**json.loads(text)) if text else None


def remote_from(text: str) -> Remote | None:
    if not text:
        return None
    fields = json.loads(text)
    return Remote(**{**fields, "kind": Kind(fields["kind"])})
