"""The sample blog cut off, with bits turned over, and with pieces missing."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from functools import cache, partial

from tests.faults.hostile_archives.case import ANY, ERROR, NOTE, Case, as_file
from wizard.settings import SAMPLE

_STEP = 4096


@cache
def _sample() -> bytes:
    return SAMPLE.read_bytes()


@cache
def _pages() -> tuple[tuple[int, int], ...]:
    """From where to where each page of a post reaches."""
    with zipfile.ZipFile(io.BytesIO(_sample())) as file:
        infos = file.infolist()
        ends = [info.header_offset for info in infos[1:]] + [file.start_dir]
    return tuple(
        (info.header_offset, end)
        for info, end in zip(infos, ends, strict=True)
        if info.filename.endswith(".html") and info.filename != "index.html"
    )


def _replaced(low: int, high: int, piece: bytes = b"") -> bytes:
    """The sample with this piece in the place of another."""
    return _sample()[:low] + piece + _sample()[high:]


def _turned(bits: list[tuple[int, int]]) -> bytes:
    """The sample with these bits of these bytes turned over."""
    changed = bytearray(_sample())
    for place, bit in bits:
        changed[place] ^= 1 << bit
    return bytes(changed)


def mutations(seed: int) -> Iterator[Case]:
    chance = random.Random(seed)
    data, pages = _sample(), _pages()
    start = data.rindex(b"PK\x01\x02", 0, data.index(b"PK\x01\x02") + 4)
    # Every 4 kB where the pages are, then further apart.
    cuts = [*range(_STEP, 16 * _STEP, _STEP), *range(16 * _STEP, len(data), 40 * _STEP)]
    for cut in [*cuts, start, start + 10, len(data) - 200, len(data) - 1]:
        whole = sum(end <= cut for _, end in pages)
        ends = frozenset({NOTE} if whole else {ERROR})
        make = as_file("a.zip", partial(_replaced, cut, len(data)))
        yield Case(f"the sample cut at {cut:,}", make, ends, whole)
    for number in range(60):
        # Half of them where the pages are.
        reach = start if number % 2 else pages[-1][1]
        places = [chance.randrange(4, reach) for _ in range(chance.choice((1, 3, 20)))]
        bits = [(place, chance.randrange(8)) for place in places]
        hit = sum(any(low <= at < high for at in places) for low, high in pages)
        yield Case(
            f"bits {number} of the sample's files",
            as_file("a.zip", partial(_turned, bits)),
            ANY - {ERROR},
            len(pages) - hit,
        )
    for number in range(40):
        bits = [(chance.randrange(start, len(data)), chance.randrange(8))]
        # One entry of the list may be lost by it, no more.
        yield Case(
            f"bits {number} of the sample's list",
            as_file("a.zip", partial(_turned, bits)),
            ANY - {ERROR},
            len(pages) - 1,
        )
    for number in range(10):
        low = chance.randrange(4, pages[-1][1])
        high = low + chance.randrange(1, 3 * _STEP)
        hit = sum(begin < high and low < end for begin, end in pages)
        yield Case(
            f"piece {number} of the sample is missing",
            as_file("a.zip", partial(_replaced, low, high)),
            ANY - {ERROR},
            len(pages) - hit,
        )
        yield Case(
            f"piece {number} of the sample is zeros",
            as_file("a.zip", partial(_replaced, low, high, bytes(high - low))),
            ANY - {ERROR},
            len(pages) - hit,
        )
