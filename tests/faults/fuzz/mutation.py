"""Changes to an input, for where no guided fuzzer is at hand and for a few seconds of test."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

_INTERESTING = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"<",
    b">",
    b"&",
    b'"',
    b"'",
    b"{",
    b"[",
)
_MOST = 20_000


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the seeds, cut, doubled, crossed with another, and with a few bytes wrong."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(data))
        to = min(len(data), at + chance.randint(1, 40))
        match chance.randint(0, 6):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = data[at:to] * chance.randint(1, 60)
            case 2:
                data[at:to] = chance.randbytes(to - at)
            case 3:
                data[at:at] = chance.choice(_INTERESTING) * chance.randint(1, 9)
            case 4:
                other = chance.choice(seeds)
                data[at:to] = other[chance.randint(0, len(other)) :][:200]
            case 5 if to > at:
                data[at] ^= 1 << chance.randint(0, 7)
            case _:
                del data[at if chance.random() < 0.2 else len(data) :]
    return bytes(data[:_MOST])


def tried(
    one: Callable[[bytes], None], seeds: Sequence[bytes], seconds: float, seed: int
) -> tuple[int, bytes | None, BaseException | None]:
    """How many inputs were tried in that time, and the first that went wrong, with why.
    The seeds come first, as they are."""
    chance, until, count = random.Random(seed), time.monotonic() + seconds, 0
    waiting = list(seeds)
    while waiting or time.monotonic() < until:
        data = waiting.pop() if waiting else mutated(seeds, chance)
        count += 1
        try:
            one(data)
        except Exception as trouble:
            return count, data, trouble
    return count, None, None
