"""A move that is done another way than it was begun, cut off in between at every request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, permutations

import pytest

from tests.move.doubles import HASTY, entry
from tests.move.moving import Moving, ending
from wizard.destinations import Kind, NewPost
from wizard.errors import Unreachable
from wizard.move.book import EDITED
from wizard.move.carrying import Carrier
from wizard.move.choices import As, Choices
from wizard.move.records import Step

WAYS = [
    Choices(),
    Choices(status=As.DRAFT),
    Choices(status=As.PRIVATE, comments=False),
]
ANSWERED = ("create", "update", "read")
IMPATIENT = replace(HASTY, settle=0.002, resend=0.01, first=0.002, give_up=0)


class Cut:
    """A line that is cut at the request of this number, before it arrives or after."""

    def __init__(self, number: int, *, after: bool) -> None:
        self._met = count(1)
        self._number = number
        self._after = after
        self.is_cut = False

    def hold(self, moving: Moving) -> None:
        if not self._after:
            moving.blog.meddle = self._meet
            return
        for verb in ANSWERED:
            real = getattr(moving.blog, verb)
            setattr(moving.blog, verb, self._late(real))

    def mend(self, moving: Moving) -> None:
        moving.blog.meddle = lambda *_: None
        for verb in ANSWERED:
            moving.blog.__dict__.pop(verb, None)

    def _meet(self, *_: object) -> None:
        self.is_cut = self.is_cut or next(self._met) >= self._number
        if self.is_cut:
            raise Unreachable("No answer.")

    def _late(self, real: Callable[..., object]) -> Callable[..., object]:
        def answer(*words: object) -> object:
            if self.is_cut:
                raise Unreachable("No answer.")
            found = real(*words)
            self._meet()
            return found

        return answer


def moving_of(start: Callable[..., Moving], *, closed: bool) -> Moving:
    # Some blogs name their posts' addresses, others leave that to the new one.
    moving = start(
        entry(1, comments=2, closed=closed),
        entry(2, comments=1, slug="second-one", closed=closed),
    )
    moving.patience = IMPATIENT
    return moving


def seen(moving: Moving, *, comments: bool) -> list[object]:
    """What readers see; ``comments``: those, too."""
    posts = moving.blog.of(Kind.POST)
    closed = sorted((row.marker, row.thing.closed) for row in posts)  # type: ignore[union-attr]
    ours = {row.marker for row in posts}
    rows = [row for row in moving.blog.picture_of() if comments or row[0] in ours]
    return [*rows, *closed]


def moved(
    start: Callable[..., Moving],
    ways: tuple[Choices, Choices],
    *,
    closed: bool,
    line: Cut | None = None,
    hurt: int = 1,
) -> Moving:
    """Moved one way, then the other; the ``line`` is cut in the first or the second."""
    moving = moving_of(start, closed=closed)
    for turn, choices in enumerate(ways):
        moving.move.choices = choices
        if line and turn == hurt:
            line.hold(moving)
            assert ending(moving.go()).paused is line.is_cut
            line.mend(moving)
        # Where the first was cut off, the person thinks again at once.
        if turn == 1 or turn != hurt:
            assert not ending(moving.go()).paused
    return moving


def all_cut(
    start: Callable[..., Moving],
    ways: tuple[Choices, Choices],
    *,
    closed: bool,
    after: bool,
    hurt: int,
) -> Iterator[tuple[str, Moving]]:
    """Cut off at each request of one of the two runs, and gone on with."""
    for number in count(1):
        line = Cut(number, after=after)
        moving = moved(start, ways, closed=closed, line=line, hurt=hurt)
        if not line.is_cut:
            assert number > 5
            return
        yield f"run {hurt + 1}, request {number}", moving


@pytest.mark.parametrize(
    ("closed", "after"),
    [(False, True), (True, False)],
    ids=["after a request", "before one, closed for comments"],
)
@pytest.mark.parametrize("ways", list(permutations(WAYS, 2)))
def test_cut_off_while_it_is_done_another_way_it_ends_as_if_nothing_had_happened(
    start: Callable[..., Moving],
    ways: tuple[Choices, Choices],
    closed: bool,
    after: bool,
) -> None:
    whole = moved(start, ways, closed=closed)
    for hurt in (0, 1):
        # Those that were not wanted any more may have come already, or not.
        comments = hurt == 1 or ways[1].comments
        expected = seen(whole, comments=comments)
        for place, moving in all_cut(
            start, ways, closed=closed, after=after, hurt=hurt
        ):
            troubles = [row.trouble for row in moving.move.rows() if row.trouble]
            assert not troubles, place
            assert seen(moving, comments=comments) == expected, place


def test_a_change_that_was_not_written_down_before_would_be_blamed_on_the_person(
    start: Callable[..., Moving], monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(self: Carrier, step: Step, new: NewPost) -> Step:
        assert step.remote
        return replace(step, remote=self.there.update(step.remote, new, step.marker))

    monkeypatch.setattr(Carrier, "_change", careless)
    ways = (WAYS[2], WAYS[0])
    cuts = all_cut(start, ways, closed=False, after=True, hurt=1)
    assert any(row.trouble == EDITED for _, cut in cuts for row in cut.move.rows())
