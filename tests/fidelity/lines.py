"""The lines of the measure: how much was checked, how much is equal, what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# So many differences are told in words; all are counted.
TOLD = 4
LONGEST = 220


@dataclass(slots=True)
class Line:
    """One feature. ``differences``: the first few, in words."""

    name: str
    checked: int = 0
    equal: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return self.checked == self.equal

    def __str__(self) -> str:
        share = 100 * self.equal / self.checked if self.checked else 100
        # What is not whole is never rounded up to look so.
        words = "100 %" if self.whole else f"{min(share, 99.99):.2f} %"
        return f"{self.name:<34} {self.checked:>7,} {self.equal:>7,}  {words:>8}"


class Lines:
    """All lines, in the order in which they were first asked for."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self.where = ""

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines.values())

    def __getitem__(self, name: str) -> Line:
        return self._lines.setdefault(name, Line(name))

    def check(
        self, name: str, equal: bool, difference: str = "", many: int = 1
    ) -> None:
        """Count ``many`` things that are equal or not."""
        line = self[name]
        line.checked += many
        line.equal += many if equal else 0
        if not equal and len(line.differences) < TOLD:
            line.differences.append(f"{self.where}: {difference}"[:LONGEST])

    def same(self, name: str, old: object, new: object) -> None:
        self.check(name, old == new, f"{old!r} became {new!r}")

    def each(self, name: str, old: Sequence[object], new: Sequence[object]) -> None:
        """Every one of a list in its order; what is there too much counts as well."""
        line = self[name]
        line.checked += max(len(old), len(new))
        line.equal += sum(one == other for one, other in zip(old, new, strict=False))
        if list(old) == list(new) or len(line.differences) >= TOLD:
            return
        pairs = enumerate(zip(old, new, strict=False))
        at = next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))
        was = repr(old[at]) if at < len(old) else "nothing"
        now = repr(new[at]) if at < len(new) else "nothing"
        half = (LONGEST - len(self.where) - 30) // 2
        told = f"{self.where}: {was[:half]} became {now[:half]} (number {at + 1})"
        line.differences.append(told)

    def bag(self, name: str, old: Sequence[str], new: Sequence[str]) -> None:
        """The same things in whatever order."""
        lost, more = Counter(old) - Counter(new), Counter(new) - Counter(old)
        line = self[name]
        line.checked += max(len(old), len(new))
        line.equal += max(len(old), len(new)) - max(lost.total(), more.total())
        if (lost or more) and len(line.differences) < TOLD:
            told = f"{self.where}: lost {sorted(lost)}, more {sorted(more)}"
            line.differences.append(told[:LONGEST])

    def add(self, others: Lines) -> None:
        """Take in the lines of another blog."""
        for other in others:
            line = self[other.name]
            line.checked += other.checked
            line.equal += other.equal
            line.differences = (line.differences + other.differences)[:TOLD]

    def page(self) -> str:
        """The table, and under it the differences."""
        head = f"{'':<34} {'checked':>7} {'equal':>7}"
        told = [
            f"\n{line.name}:" + "".join(f"\n  {each}" for each in line.differences)
            for line in self
            if not line.whole
        ]
        return "\n".join([head, *map(str, self), *told])
