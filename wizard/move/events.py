"""What the move says while it goes on: frozen values, one per thing that happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wizard.destinations import Kind


class State(StrEnum):
    """How far one thing is. The last three are settled."""

    WAITING = "waiting"
    SENDING = "sending"
    MADE = "made"
    SENT = "sent"
    REFUSED = "refused"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a thing did not arrive, in words a person reads."""

    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sum of a move. ``sentence`` says it all; ``complete``: every chosen item is
    at the destination and was checked. ``counts``: state by kind, such as
    ``{"post": {"sent": 24, "refused": 0}}``."""

    sentence: str
    complete: bool
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class FoundPost:
    """Reading: one more post was found; ``count`` so far."""

    key: str
    title: str
    count: int
    photos: int
    comments: int


@dataclass(frozen=True, slots=True)
class Began:
    """The move begins (or goes on): ``done`` of ``total`` items are settled already."""

    total: int
    done: int


@dataclass(frozen=True, slots=True)
class PostBegan:
    """Work on this post has begun."""

    key: str


@dataclass(frozen=True, slots=True)
class ItemSettled:
    """One item is settled. ``post``: key of the post it belongs to."""

    kind: Kind
    key: str
    post: str
    state: State
    trouble: Trouble | None
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PostSettled:
    """A post with all its photos and comments is settled. ``address``: its new home."""

    key: str
    state: State
    address: str
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing is lost; the move waits ``seconds`` because of ``trouble``.

    ``hurry``: trying before they are over is worth it.
    """

    trouble: Trouble
    seconds: float
    hurry: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over. ``paused``: it was asked to stop, or cannot go on (``trouble``).

    ``signed_out``: it needs a new password.
    """

    verdict: Verdict
    paused: bool
    trouble: Trouble | None = None
    signed_out: bool = False


Event = FoundPost | Began | PostBegan | ItemSettled | PostSettled | Waiting | Ended
