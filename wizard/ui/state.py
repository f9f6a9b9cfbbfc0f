"""What the pages share: the old blog, the move, the new blog, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wizard.credentials import Secret, Wallet
from wizard.destinations import Destination, Site
from wizard.errors import MoveError
from wizard.move.choices import Choices
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.records import Row
from wizard.sources import Source
from wizard.ui.runs import Failure, Task

Answers = Mapping[str, str | Secret]


@dataclass
class Session:
    """One sitting at the window. Pages read it when they are filled and write to it
    when they are left; no page knows another.

    ``locations``: what the person showed us. ``kinds``: what was recognised there.
    ``new_answers``: how we signed in there. ``trouble``: why that is over.
    ``only``: keys of the posts that the next run is about, None for all chosen ones.
    ``task``: what that run does.
    ``resuming``: an earlier move was opened, and pages with nothing to ask are passed
    by. ``rewinding``: going back to the choice of posts.
    ``old_trouble``: why the old blog of an earlier move could not be opened.
    """

    wallet: Wallet = field(default_factory=Wallet)
    locations: tuple[str, ...] = ()
    kinds: tuple[type[Source], ...] = ()
    answers: Answers = field(default_factory=dict)
    source: Source | None = None
    move: Move | None = None
    rows: list[Row] = field(default_factory=list)
    choices: Choices = field(default_factory=Choices)
    destination: Destination | None = None
    site: Site | None = None
    new_answers: Answers = field(default_factory=dict)
    trouble: MoveError | None = None
    only: frozenset[str] | None = None
    task: Task = Task.MOVE
    ended: Ended | None = None
    failures: Sequence[Failure] = ()
    resuming: bool = False
    rewinding: bool = False
    old_trouble: MoveError | None = None

    def need_move(self) -> Move:
        """The move; only pages after *Old blog* may ask."""
        assert self.move is not None, "the old blog has not been read"
        return self.move

    def need_source(self) -> Source:
        assert self.source is not None, "the old blog has not been opened"
        return self.source

    def need_destination(self) -> Destination:
        assert self.destination is not None, "the new blog has not been checked"
        return self.destination

    def first_words(self, key: str) -> str:
        """How this post begins, for those without a title; "" if that cannot be read.
        It is asked for while the list is painted, where an error would end the program.
        """
        from wizard.content.cleaning import plain_text

        try:
            return plain_text(self.need_move().post(key).html, 80)
        except Exception:
            return ""

    def decide(self, choices: Choices) -> None:
        """Write the choices down, here and in the move file."""
        if choices != self.choices:
            move = self.need_move()
            move.choices = choices
            # Which keeps its clock once something has moved.
            self.choices = move.choices

    def forget_reading(self) -> None:
        """Close the old blog. A move that never heard where it goes ends with it and
        leaves no file behind."""
        close = getattr(self.source, "close", None)
        if close is not None:
            close()
        self.source, self.rows = None, []
        if self.move is not None and not self.move.noted("destination"):
            self.move.close()
            self.move.path.unlink(missing_ok=True)
            self.move = None

    def let_go(self) -> None:
        """Forget everything but the passwords in memory."""
        self.forget_reading()
        if self.move is not None:
            self.move.close()
        self.__dict__.update(Session(self.wallet).__dict__)
