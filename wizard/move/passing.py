"""Things that stand at the new blog for a moment only: a run's note, and its proof."""

from __future__ import annotations

from wizard.destinations import (
    Destination,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    Remote,
)
from wizard.errors import MoveError, NetworkError
from wizard.move.asking import Asker

TITLE = "Moving Day is at work here"
_WORDS = (
    "<p>Posts are being moved here at this moment. This note keeps two computers from "
    "doing it at once and goes away by itself. Delete it if it is a day old.</p>"
)
_HIDDEN = ("draft", "private", "pending")


class Passing:
    """Makes them, finds them and takes them away. All raise MoveError, Stopped and
    GivenUp."""

    def __init__(self, destination: Destination, asker: Asker) -> None:
        self._destination = destination
        self._asker = asker

    def create(
        self, thing: NewPost | NewPhoto | NewComment, mark: str, home: int = 0
    ) -> Remote:
        """Made once, as far as that can be seen here."""
        tried = False

        def create() -> Remote:
            nonlocal tried
            if tried and (found := self._destination.find(thing.kind, mark, home)):
                return found[0]
            tried = True
            try:
                return self._destination.create(thing, mark)
            except NetworkError:
                self._asker.doubt()
                raise

        return self._asker.repeat(create)

    def find(self, kind: Kind, mark: str, home: int = 0) -> list[Remote]:
        return self._asker.repeat(lambda: self._destination.find(kind, mark, home))

    def delete(self, remote: Remote) -> None:
        self._asker.repeat(lambda: self._destination.delete(remote, for_good=True))

    def must_be_hidden(self, post: Remote) -> None:
        """Where drafts are public at once, nothing can be moved unseen."""
        if post.status not in _HIDDEN:
            self.delete(post)
            raise _all_public()


def marked(mark: str) -> str:
    """The words of such a post, which can be found by this marker."""
    return f"{_WORDS}\n<!-- moving-day:{mark} -->"


def _all_public() -> MoveError:
    return MoveError(
        "The new blog makes public at once what is sent to it as a draft.",
        "Everybody would see posts that are half done, and private ones. A plugin there "
        "does that: switch it off, then go on.",
        code="all-public",
    )
