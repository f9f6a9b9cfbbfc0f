"""One line of the scorecard: what was tried how often, and how often it ended well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``tried`` cases, of which ``wrong`` names those that did not end as they must.

    ``floor``: fewer cases than this prove nothing. ``control``: the protection was off,
    so each case *must* have failed; ``wrong`` then names those that passed all the same.
    ``note``: what else was counted, such as "205 faults in 794 requests".

    Every harness is a module of this folder with one function
    ``figures(scale: float, seed: int) -> Iterator[Figure]``; a ``scale`` of 1 is the
    scorecard, tests use less. A figure never raises because of what it found.
    """

    name: str
    tried: int
    floor: int
    wrong: tuple[str, ...] = ()
    control: bool = False
    note: str = ""

    @property
    def fine(self) -> bool:
        """Whether enough was tried and all of it ended as it must."""
        return self.tried >= self.floor and not self.wrong
