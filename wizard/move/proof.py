"""The proof that what is sent to a new blog can be found again there, before the first
real item goes: one thing of each kind is made, found, changed, found and taken away."""

from __future__ import annotations

from base64 import b64decode
from contextlib import suppress
from dataclasses import replace

from wizard.blog import Status
from wizard.destinations import (
    Destination,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    Remote,
)
from wizard.errors import MoveError, NotAllowed, Refused
from wizard.move.asking import Asker
from wizard.move.events import Trouble
from wizard.move.markers import marker
from wizard.move.passing import TITLE, Passing, marked
from wizard.move.patience import Patience

_UNSEEN = Trouble(
    "The new blog does not show yet what was just sent there.",
    "It is looked for again.",
)
# A picture of a single point.
_DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mPo"
    "yrUGAAK3ATO9lZUWAAAAAElFTkSuQmCC"
)
_LOOKS = 5  # at what was just sent, before it counts as hidden


class Proof:
    """Of one old blog at one destination."""

    def __init__(
        self, blog: str, destination: Destination, asker: Asker, patience: Patience
    ) -> None:
        self._blog = blog
        self._destination = destination
        self._asker = asker
        self._patience = patience
        self._passing = Passing(destination, asker)

    def give(self, kinds: frozenset[Kind]) -> None:
        """Make one thing of each kind, find it, change it, find it and take it away."""
        mark = self._proof_of(Kind.POST)
        post = NewPost(TITLE, marked(mark), None, Status.PRIVATE, slug=mark)
        self._clear(Kind.POST, mark)
        home = self._shown(post, mark)
        self._passing.must_be_hidden(home)
        # A finished post has a slug of its own, and is known by its text alone.
        own = replace(post, slug="moving-day-proof")
        self._asker.repeat(lambda: self._destination.update(home, own, mark))
        self._look(Kind.POST, mark)
        if Kind.PHOTO in kinds:
            photo = NewPhoto("moving-day.png", "image/png", _DOT, None, home.id)
            self._prove_below(home, photo)
        if Kind.COMMENT in kinds:
            said = NewComment(home.id, 0, "Moving Day", "", "", TITLE, None)
            self._prove_below(home, said)
        self._passing.delete(home)
        self._clear(Kind.POST, mark)

    def left_over(self) -> list[Remote]:
        """What of the proof came late, or stands there in spite of a refusal."""
        post, photo = (self._proof_of(kind) for kind in (Kind.POST, Kind.PHOTO))
        photos = self._destination.ours(Kind.PHOTO, (photo,))
        return [*self._destination.find(Kind.POST, post), *(at for _, at in photos)]

    def _proof_of(self, kind: Kind) -> str:
        return marker(self._blog, kind, "proof")

    def _prove_below(self, home: Remote, thing: NewPhoto | NewComment) -> None:
        mark = self._proof_of(thing.kind)
        self._clear(thing.kind, mark, home.id)
        with suppress(Refused, NotAllowed):  # what cannot be made cannot be doubled
            self._passing.delete(self._shown(thing, mark, home.id))
            self._clear(thing.kind, mark, home.id)

    def _shown(
        self, thing: NewPost | NewPhoto | NewComment, mark: str, home: int = 0
    ) -> Remote:
        """Made, found, changed and found again."""
        self._passing.create(thing, mark, home)
        made = self._look(thing.kind, mark, home)
        changed = self._asker.repeat(
            lambda: self._destination.update(made, thing, mark)
        )
        self._look(thing.kind, mark, home)
        return changed

    def _look(self, kind: Kind, mark: str, home: int = 0) -> Remote:
        for look in range(_LOOKS):
            if found := self._passing.find(kind, mark, home):
                return found[0]
            self._asker.pause(_UNSEEN, self._patience.first * 2**look)
        raise _hidden()

    def _clear(self, kind: Kind, mark: str, home: int = 0) -> None:
        """Nothing bears this marker any more, and that is seen. Posts that bear it as
        their name hide one that does not, and a late request may make one more."""
        for look in range(_LOOKS):
            left = self._passing.find(kind, mark, home)
            if not left:
                return
            for left_over in left:
                self._passing.delete(left_over)
            if look:
                self._asker.pause(_UNSEEN, self._patience.first * 2**look)
        raise _hidden()


def _hidden() -> MoveError:
    return MoveError(
        "The new blog hides from programs what they have just sent there.",
        "Or it changes it: after a broken line nothing could be found again, and things "
        "might come twice. A cache or a plugin does that: ask the host to switch it off "
        "for “wp-json”, or choose a WordPress import file.",
        code="hidden",
    )
