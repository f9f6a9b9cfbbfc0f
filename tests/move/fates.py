"""What may become of one request to make something: each fate is given the act of storing, to do or not to do."""

from __future__ import annotations

import threading
from collections.abc import Callable

from wizard.destinations import (
    Remote,
)
from wizard.errors import (
    Ambiguous,
    Refused,
    Throttled,
    Unreachable,
    WrongParty,
)

Fate = Callable[[Callable[[], Remote]], Remote]


def well(store: Callable[[], Remote]) -> Remote:
    return store()


def lost(store: Callable[[], Remote]) -> Remote:
    raise Ambiguous("The connection broke in the middle.")


def unanswered(store: Callable[[], Remote]) -> Remote:
    store()
    raise Ambiguous("The connection broke in the middle.")


def twice(store: Callable[[], Remote]) -> Remote:
    """A box in the middle repeats the request by itself."""
    store()
    return unanswered(store)


def late(seconds: float) -> Fate:
    """The answer never comes, and the thing is stored later all the same."""

    def fate(store: Callable[[], Remote]) -> Remote:
        timer = threading.Timer(seconds, store)
        timer.name = "late"
        timer.daemon = True
        timer.start()
        raise Ambiguous("It took too long to answer.")

    return fate


def all_have_arrived() -> None:
    """Wait until whatever is late has been stored."""
    for thread in threading.enumerate():
        if thread.name == "late":
            thread.join(5)


def throttled(store: Callable[[], Remote]) -> Remote:
    raise Throttled("It asks us to wait.", code="429", seconds=0.03)


def overloaded(store: Callable[[], Remote]) -> Remote:
    """A cache in front gives up on a request that its server goes on with."""
    store()
    raise Throttled("It asks us to wait.", code="503", seconds=0.03)


def redirected(store: Callable[[], Remote]) -> Remote:
    raise WrongParty("Somebody sends us on.")


def unreachable(store: Callable[[], Remote]) -> Remote:
    raise Unreachable("Nobody answers.")


def refused(store: Callable[[], Remote]) -> Remote:
    raise Refused("The new blog refused this.", "Because.", code="because")
