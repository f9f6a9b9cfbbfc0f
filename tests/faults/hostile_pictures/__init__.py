"""Hostile, broken and telling pictures, each built by a few lines and none kept as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FINE, NOTE, ERROR = "fine", "fine with a note", "clear error"


@dataclass(frozen=True, slots=True)
class Case:
    """A picture and what must come of it.

    ``ends``: which outcomes are right. ``words``: in the error's title. ``frames``: of
    the animation that arrives. ``placed``: it tells where it was taken, by
    `telling.SECRET` in its bytes. ``upright``: it must be shown with red at the top left
    and blue at the bottom right, in this size. ``same_file``: sent as it is, byte by byte.
    ``same_pixels``: changed around the pixels only.
    """

    name: str
    make: Callable[[], bytes]
    ends: tuple[str, ...] = (FINE,)
    words: str = ""
    mime: str = ""
    frames: int = 0
    placed: bool = False
    upright: tuple[int, int] | None = None
    same_file: bool = False
    same_pixels: bool = False


def all_cases(seed: int) -> list[Case]:
    from tests.faults.hostile_pictures import bombs, broken, odd, telling

    return [*bombs.cases(), *broken.cases(seed), *odd.cases(), *telling.cases()]
