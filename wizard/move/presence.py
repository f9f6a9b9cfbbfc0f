"""Being at work at a new blog that others can write to: proving that what is sent can be
found again there, and keeping a second computer from moving the same blog.

Both are done with a draft that bears a marker, as everything else does. It is there as
long as the move runs, and its text names the run. Who finds a note of another run that
keeps changing stays away; who sees the own note changed has been replaced, and stops.
"""

from __future__ import annotations

import threading
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from secrets import token_hex
from typing import TypeVar

from wizard.blog import Status
from wizard.destinations import (
    Destination,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    Remote,
)
from wizard.errors import MoveError, NetworkError, NotAllowed, Refused
from wizard.move.asking import Asker, Patience
from wizard.move.events import Trouble
from wizard.move.file import Move
from wizard.move.markers import marker

Result = TypeVar("Result")
_TITLE = "Moving Day is at work here"
_WORDS = (
    "<p>Posts are being moved here at this moment. This note keeps two computers from "
    "doing it at once and goes away by itself. Delete it if it is a day old.</p>"
)
_LOOKING = Trouble(
    "Another computer seems to be moving this blog, too.",
    "Looking whether it still does.",
)
_UNSEEN = Trouble(
    "The new blog does not show yet what was just sent there.",
    "It is looked for again.",
)
# A picture of a single point.
_DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mPo"
    "yrUGAAK3ATO9lZUWAAAAAElFTkSuQmCC"
)
_HIDDEN = ("draft", "private", "pending")
_UNTIDY = "something of the proof may be left"
_PATIENT_END = 5  # seconds
_LOOKS = 5  # at what was just sent, before it counts as hidden


class Presence:
    """This run at one destination. ``failed``: told why it must not go on."""

    def __init__(
        self,
        move: Move,
        destination: Destination,
        asker: Asker,
        patience: Patience,
        failed: Callable[[MoveError], None],
    ) -> None:
        assert move.blog
        self._move = move
        self._destination = destination
        self._asker = asker
        self._patience = patience
        self._failed = failed
        self._blog = move.blog.key
        self._marker = marker(self._blog, Kind.POST, "at work")
        self._run = token_hex(8)
        self._beats = 0
        self._note: Remote | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(
            target=self._stay, name="move-presence", daemon=True
        )

    def begin(self, kinds: frozenset[Kind]) -> None:
        """Say that we are at work, once nobody else is; prove, once for each
        destination, that things of these ``kinds``, if any, are found again.

        Raises MoveError, Stopped and GivenUp.
        """
        if not self._destination.shared:
            return
        self._take()
        proof = " ".join([self._destination.address, *sorted(kinds)])
        if kinds and self._move.noted("proved") != proof:
            self._move.note(_UNTIDY, "yes")
            self._prove(kinds)
            self._move.note("proved", proof)
        self._thread.start()

    def end(self) -> None:
        """Take the note away, if it is still ours; never raises."""
        self.close()
        note, self._note = self._note, None
        if note:
            with suppress(MoveError):
                copies = self._destination.find(Kind.POST, self._marker)
                for own in filter(self._is_ours, copies or [note]):
                    self._destination.delete(own, for_good=True)
                if self._move.noted(_UNTIDY):
                    for left_over in self._left_over():
                        self._destination.delete(left_over, for_good=True)
                    self._move.note(_UNTIDY, "")

    def close(self) -> None:
        """Give no more signs of life; a note that is left is taken over next time."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENT_END)

    # The note

    def _take(self) -> None:
        mine = self._move.noted("run")
        # Known before it is claimed: whoever is killed in between knows the own note.
        self._move.note("run", self._run)
        notes = self._find(Kind.POST, self._marker)
        if notes:
            if not self._is_free(notes[0], mine):
                raise _elsewhere()
            self._note = notes[0]
            try:
                self._ask(self._beat)
            except Refused:
                # A list may be of a moment ago, when the note was still there.
                if self._ask(lambda: self._destination.read(notes[0])):
                    raise
            else:
                for left_over in notes[1:]:
                    self._delete(left_over)
                return
        self._note = self._create(self._text(), self._marker)
        if self._note.status not in _HIDDEN:
            self._delete(self._note)
            raise _all_public()
        first, *later = self._find(Kind.POST, self._marker) or [self._note]
        # Ours may be there twice, where an answer was lost.
        if first.id != self._note.id and not self._is_ours(first):
            self._delete(self._note)  # two began in one moment; one of them yields
            raise _elsewhere()
        self._note = first
        for other in later:
            if self._is_ours(other):
                self._delete(other)

    def _create(
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

        return self._ask(create)

    def _beat(self) -> None:
        assert self._note
        self._beats += 1
        self._destination.update(self._note, self._text(), self._marker)

    def _is_free(self, note: Remote, mine: str) -> bool:
        """Whether the run that a note speaks of was ours, or is over."""
        before = self._ask(lambda: self._read(note))
        if _run_in(before) in ("", mine):
            return True
        self._asker.pause(_LOOKING, self._patience.beat * 2.5)
        return self._ask(lambda: self._read(note)) == before

    def _is_ours(self, note: Remote) -> bool:
        return _run_in(self._read(note)) == self._run

    def _stay(self) -> None:
        """Give a sign of life now and then, and see that nobody else does."""
        assert self._note
        while not self._over.wait(self._patience.beat):
            try:
                run = _run_in(self._read(self._note))
                if run == self._run:
                    self._beat()
                    continue
            except MoveError:
                continue  # whoever works meets the same trouble, and says so
            # Once we are about to leave, it is ourselves who take the note away.
            if not self._over.is_set():
                self._failed(_elsewhere() if run else _set_back())
            return

    def _read(self, note: Remote) -> str:
        there = self._destination.read(note)
        return there.excerpt if there else ""

    def _text(self) -> NewPost:
        # In the excerpt, as some blogs take comments out of the HTML.
        sign = f"moving-day-at-work {self._run} {self._beats}"
        words, mark = _marked(self._marker), self._marker
        return NewPost(_TITLE, words, None, Status.DRAFT, slug=mark, excerpt=sign)

    # The proof

    def _prove(self, kinds: frozenset[Kind]) -> None:
        """Make one thing of each kind, find it, change it, find it and take it away."""
        mark = self._proof_of(Kind.POST)
        post = NewPost(_TITLE, _marked(mark), None, Status.PRIVATE, slug=mark)
        self._clear(Kind.POST, mark)
        home = self._shown(post, mark)
        if home.status not in _HIDDEN:
            self._delete(home)
            raise _all_public()
        # A finished post has a slug of its own, and is known by its text alone.
        own = replace(post, slug="moving-day-proof")
        self._ask(lambda: self._destination.update(home, own, mark))
        self._look(Kind.POST, mark)
        if Kind.PHOTO in kinds:
            photo = NewPhoto("moving-day.png", "image/png", _DOT, None, home.id)
            self._prove_below(home, photo)
        if Kind.COMMENT in kinds:
            said = NewComment(home.id, 0, "Moving Day", "", "", _TITLE, None)
            self._prove_below(home, said)
        self._delete(home)
        self._clear(Kind.POST, mark)

    def _left_over(self) -> list[Remote]:
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
            self._delete(self._shown(thing, mark, home.id))
            self._clear(thing.kind, mark, home.id)

    def _shown(
        self, thing: NewPost | NewPhoto | NewComment, mark: str, home: int = 0
    ) -> Remote:
        """Made, found, changed and found again."""
        self._create(thing, mark, home)
        made = self._look(thing.kind, mark, home)
        changed = self._ask(lambda: self._destination.update(made, thing, mark))
        self._look(thing.kind, mark, home)
        return changed

    def _look(self, kind: Kind, mark: str, home: int = 0) -> Remote:
        for look in range(_LOOKS):
            if found := self._find(kind, mark, home):
                return found[0]
            self._asker.pause(_UNSEEN, self._patience.first * 2**look)
        raise _hidden()

    def _clear(self, kind: Kind, mark: str, home: int = 0) -> None:
        """Nothing bears this marker any more, and that is seen. Posts that bear it as
        their name hide one that does not, and a late request may make one more."""
        for look in range(_LOOKS):
            left = self._find(kind, mark, home)
            if not left:
                return
            for left_over in left:
                self._delete(left_over)
            if look:
                self._asker.pause(_UNSEEN, self._patience.first * 2**look)
        raise _hidden()

    def _find(self, kind: Kind, mark: str, home: int = 0) -> list[Remote]:
        return self._ask(lambda: self._destination.find(kind, mark, home))

    def _delete(self, remote: Remote) -> None:
        self._ask(lambda: self._destination.delete(remote, for_good=True))

    def _ask(self, call: Callable[[], Result]) -> Result:
        return self._asker.repeat(call)


def _run_in(words: str) -> str:
    """The run that a note speaks of, or ""."""
    told = words.partition("moving-day-at-work ")[2].split()
    return told[0] if told else ""


def _marked(mark: str) -> str:
    return f"{_WORDS}\n<!-- moving-day:{mark} -->"


def _all_public() -> MoveError:
    return MoveError(
        "The new blog makes public at once what is sent to it as a draft.",
        "Everybody would see posts that are half done, and private ones. A plugin there "
        "does that: switch it off, then go on.",
        code="all-public",
    )


def _hidden() -> MoveError:
    return MoveError(
        "The new blog hides from programs what they have just sent there.",
        "Or it changes it: after a broken line nothing could be found again, and things "
        "might come twice. A cache or a plugin does that: ask the host to switch it off "
        "for “wp-json”, or choose a WordPress import file.",
        code="hidden",
    )


def _elsewhere() -> MoveError:
    return MoveError(
        "Another computer is moving this blog at this moment.",
        "Go on there, or wait until it has ended. If nobody else is at it, try again in "
        "a minute.",
        code="elsewhere",
    )


def _set_back() -> MoveError:
    return MoveError(
        "The new blog has forgotten that a move is going on.",
        "Somebody deleted our note there, or the blog was set back to an older state. Go "
        "on with the move: what is there is recognised, and what is gone is told.",
        code="set-back",
    )
