"""Being at work at a new blog that others can write to, where a second computer must not
move the same blog.

That is told by a draft that bears a marker, as everything else does. It is there as long
as the move runs, and its text names the run. Who finds a note of another run that
keeps changing stays away; who sees the own note changed has been replaced, and stops.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from secrets import token_hex

from wizard.blog import Status
from wizard.destinations import Destination, Kind, NewPost, Remote
from wizard.errors import MoveError, Refused
from wizard.move.asking import Asker
from wizard.move.events import Trouble
from wizard.move.file import Move
from wizard.move.markers import marker
from wizard.move.passing import TITLE, Passing, marked
from wizard.move.patience import Patience
from wizard.move.proof import Proof

_LOOKING = Trouble(
    "Another computer seems to be moving this blog, too.",
    "Looking whether it still does.",
)
_UNTIDY = "something of the proof may be left"
_PATIENT_END = 5  # seconds


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
        self._passing = Passing(destination, asker)
        self._proof = Proof(move.blog.key, destination, asker, patience)
        self._marker = marker(move.blog.key, Kind.POST, "at work")
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
            self._proof.give(kinds)
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
                    for left_over in self._proof.left_over():
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
        notes = self._passing.find(Kind.POST, self._marker)
        if notes:
            if not self._is_free(notes[0], mine):
                raise _elsewhere()
            self._note = notes[0]
            try:
                self._asker.repeat(self._beat)
            except Refused:
                # A list may be of a moment ago, when the note was still there.
                if self._asker.repeat(lambda: self._destination.read(notes[0])):
                    raise
            else:
                for left_over in notes[1:]:
                    self._passing.delete(left_over)
                return
        self._note = self._passing.create(self._text(), self._marker)
        self._passing.must_be_hidden(self._note)
        first, *later = self._passing.find(Kind.POST, self._marker) or [self._note]
        # Ours may be there twice, where an answer was lost.
        if first.id != self._note.id and not self._is_ours(first):
            self._passing.delete(
                self._note
            )  # two began in one moment; one of them yields
            raise _elsewhere()
        self._note = first
        for other in later:
            if self._is_ours(other):
                self._passing.delete(other)

    def _beat(self) -> None:
        assert self._note
        self._beats += 1
        self._destination.update(self._note, self._text(), self._marker)

    def _is_free(self, note: Remote, mine: str) -> bool:
        """Whether the run that a note speaks of was ours, or is over."""
        before = self._asker.repeat(lambda: self._read(note))
        if _run_in(before) in ("", mine):
            return True
        self._asker.pause(_LOOKING, self._patience.beat * 2.5)
        after = self._asker.repeat(lambda: self._read(note))
        return after == before or not _run_in(after)  # ended while we looked

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
        words, mark = marked(self._marker), self._marker
        return NewPost(TITLE, words, None, Status.DRAFT, slug=mark, excerpt=sign)


def _run_in(words: str) -> str:
    """The run that a note speaks of, or ""."""
    told = words.partition("moving-day-at-work ")[2].split()
    return told[0] if told else ""


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
