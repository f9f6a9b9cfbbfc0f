"""The sum of a move in one sentence, from what the move file knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from wizard.destinations import Kind
from wizard.move.clocks import day_of
from wizard.move.discretion import plain
from wizard.move.events import State, Verdict
from wizard.move.file import Move
from wizard.move.plan import many
from wizard.move.receipt import ENDS, KINDS, Group, Item, groups
from wizard.move.records import Row

# What the sentence says of everything that moves; of categories and tags it only says
# what went wrong, as they come along with their posts.
_NAMED = 5
_TOLD = (Kind.POST, Kind.PHOTO, Kind.COMMENT)


def verdict(move: Move) -> Verdict:
    """Every item of the old blog is counted: sent, refused, left out, or still to go."""
    return Tally(groups(move)).verdict(move)


class Tally:
    """How many items of each kind ended how. ``left_out``: by whom, of which kind."""

    def __init__(self, receipt: Iterable[Group] = ()) -> None:
        self.counts = {kind: dict.fromkeys(ENDS, 0) for kind in KINDS}
        self.left_out: dict[str, Counter[Kind]] = {}
        self.gone: Counter[Kind] = Counter()
        self.taken_back: Counter[Kind] = Counter()
        self.complete = True
        for group in receipt:
            for item in group.items:
                self.add(item)

    def add(self, item: Item) -> None:
        self.counts[item.kind][item.state] += 1
        if item.taken_back:
            self.taken_back[item.kind] += 1
        elif item.gone:
            self.gone[item.kind] += 1
        elif item.state is State.LEFT_OUT:
            self.left_out.setdefault(item.by, Counter())[item.kind] += 1
        altered = item.state is State.SENT and item.why
        if altered or item.gone or item.state in (State.REFUSED, State.WAITING):
            self.complete = False

    def verdict(self, move: Move, told: str = "the report") -> Verdict:
        """The sum in one sentence; what it does not say stands in ``told``."""
        counts = {
            str(kind): {str(state): number for state, number in ends.items()}
            for kind, ends in self.counts.items()
        }
        return Verdict(self._sentence(move, told), self.complete, counts)

    def _of(self, state: State) -> dict[Kind, int]:
        return {kind: ends[state] for kind, ends in self.counts.items() if ends[state]}

    def _sentence(self, move: Move, page: str) -> str:
        place = move.noted("destination") or "the new blog"
        to_file = "ready for" if move.noted("in parts") else "in"
        where = f"{'at' if '://' in place else to_file} {place}"
        wanted = {
            kind: sum(ends.values()) - ends[State.LEFT_OUT]
            for kind, ends in self.counts.items()
        }
        left_out = self._told_of_left_out()
        if not any(wanted.values()) and not self.gone:
            return " ".join(("Nothing was chosen, so nothing was moved.", *left_out))
        refused = self._of(State.REFUSED)
        waiting = Counter(self._of(State.WAITING)) - self.taken_back
        sent = {kind: self.counts[kind][State.SENT] for kind in _TOLD if wanted[kind]}
        several = sum(sent.values()) > 1
        are = "are" if several else "is"
        if not any(sent.values()):
            when = " any more" if self.taken_back else " yet" if waiting else ""
            parts = [f"Nothing is {where}{when}."]
        elif self.complete:
            posts = self.counts[Kind.POST]
            every = (
                "All " if posts[State.SENT] > 1 and not posts[State.LEFT_OUT] else ""
            )
            told = listed([many(number, kind) for kind, number in sent.items()])
            checked = "were checked" if several else "was checked"
            parts = [f"{every}{told} {are} {where} and {checked}."]
        else:
            told = listed([self._share(kind) for kind in sent])
            parts = [f"{told[0].upper()}{told[1:]} {are} {where}."]
        if refused:
            parts.append(f"{amounts(refused)} could not be moved; {page} says why.")
        if waiting:
            is_ = "is" if sum(waiting.values()) == 1 else "are"
            parts.append(f"{amounts(waiting)} {is_} still to go.")
        if self.taken_back:
            was = "was" if self.taken_back.total() == 1 else "were"
            parts.append(f"{amounts(self.taken_back)} {was} taken back.")
        if not self.complete and len(parts) == 1:
            parts.append(f"{page.capitalize()} says which ones deserve a look.")
        return " ".join((*parts, *left_out))

    def _share(self, kind: Kind) -> str:
        """Such as "22 of 24 posts" or "all 68 comments"."""
        sent, left_out = (
            self.counts[kind][State.SENT],
            self.counts[kind][State.LEFT_OUT],
        )
        wanted = sum(self.counts[kind].values()) - left_out
        if sent != wanted:
            return f"{sent:,} of {many(wanted, kind)}"
        return f"{'all ' if sent > 1 and not left_out else ''}{many(sent, kind)}"

    def _told_of_left_out(self) -> Iterator[str]:
        if self.gone:
            is_ = "is" if self.gone.total() == 1 else "are"
            yield f"{amounts(self.gone)} {is_} not at the new blog any more."
        for by, kinds in self.left_out.items():
            was = "was" if kinds.total() == 1 else "were"
            yield f"{amounts(kinds)} {was} left out by {by}."


def called(row: Row, zone: str) -> str:
    """A post as a person knows it: its title, and its day on the clock of ``zone``."""
    title = f"“{plain(row.title) or 'no title'}”"
    return " of ".join(filter(None, (title, day_of(row.date, zone))))


def of_looks(move: Move) -> list[str]:
    """The posts that deserve a look, each with the reason; of many the first few."""
    zone = move.choices.time_zone
    told = [
        f"{called(row, zone)}: {row.trouble.title}"
        for row in move.rows()
        if row.trouble
        and row.state in (State.SENT, State.LEFT_OUT, State.REFUSED)
        and (row.chosen or row.state is not State.REFUSED)
    ]
    more = len(told) - _NAMED
    return told[:_NAMED] + (
        [f"and {many(more, 'more post')}, as the report says."] if more > 0 else []
    )


def amounts(numbers: Mapping[Kind, int]) -> str:
    """Such as "1 post, 3 photos and 2 categories"."""
    return listed([many(numbers[k], k) for k in KINDS if numbers.get(k)])


def listed(parts: list[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
