"""Pictures that were cut off, damaged, or kept by a failing disk."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.faults.hostile_pictures import ERROR, FINE, NOTE, Case
from tests.faults.hostile_pictures.paint import FORMATS, noise, photo, saved, sheet

PER_CENT = (2, 10, 30, 50, 70, 90, 99)
DAMAGED = 6
# Their decoders give all or nothing.
_WHOLE_ONLY = ("WEBP", "AVIF", "HEIF")


def cases(seed: int) -> Iterator[Case]:
    for form in FORMATS:
        for part in PER_CENT:
            ends = (NOTE, ERROR) if part < 30 or form in _WHOLE_ONLY else (NOTE,)
            if (form, part) == ("HEIF", 99):
                ends = (NOTE, ERROR, FINE)
            yield Case(f"{form} of which {part} % is left", _cut(form, part), ends)
        for number in range(DAMAGED):
            yield Case(
                f"{form} with bytes changed, {seed + number}",
                _changed(form, seed + number),
                (FINE, NOTE, ERROR),
            )
        yield Case(f"{form} with a hole of zeros", _holed(form), (FINE, NOTE, ERROR))
    yield Case("JPEG that is progressive, half of it", _half_progressive, (NOTE,))
    for form in ("GIF", "PNG"):
        yield Case(
            f"{form} that moves, of which the last frames are missing",
            lambda f=form: _short_film(f),
            (NOTE,),
        )
    yield Case("JPEG without its end marker", lambda: photo("JPEG")[:-2], (FINE, NOTE))
    yield Case("JPEG twice", lambda: photo("JPEG") * 2)
    yield Case("JPEG of a header only", lambda: photo("JPEG")[:20], (ERROR,), "damaged")
    yield Case("one byte", lambda: b"\xff", (ERROR,), "no picture")
    yield Case("no byte", lambda: b"", (ERROR,), "empty")


def _cut(form: str, part: int) -> Callable[[], bytes]:
    def make() -> bytes:
        whole = saved(sheet(), form, quality=90)
        return whole[: max(1, len(whole) * part // 100)]

    return make


def _changed(form: str, seed: int) -> Callable[[], bytes]:
    def make() -> bytes:
        chance = random.Random(f"{form} {seed}")
        data = bytearray(photo(form))
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)

    return make


def _holed(form: str) -> Callable[[], bytes]:
    def make() -> bytes:
        data = photo(form)
        third = len(data) // 3
        return data[:third] + bytes(third) + data[2 * third :]

    return make


def _short_film(form: str) -> bytes:
    frames = [noise().copy().rotate(90 * n) for n in range(4)]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:])
    return data[: len(data) * 8 // 10]


def _half_progressive() -> bytes:
    data = saved(sheet(), "JPEG", progressive=True, quality=90)
    return data[: len(data) // 2]
