"""What hostile pictures do where a protection is off: each of these must go wrong."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image

from tests.content.bad_children import serve_badly
from tests.faults.figures import Figure
from tests.faults.hostile_pictures import Case
from tests.faults.hostile_pictures.odd import cases as odd_cases
from tests.faults.hostile_pictures.paint import flat_png, photo, saved
from wizard.content.pictures import Picture, Prepared, prepare
from wizard.content.pictures.workshop import Workshop
from wizard.errors import PhotoMissing

ROOT = Path(__file__).resolve().parents[2]
DEATHS = (b"segfault:", b"aborting:", b"oom kill:")
CRASHES = (*DEATHS, b"leaving::", b"lying::::", b"hanging::")
PREPARE = {"job": "prepare", "location": False}


def crashes(scale: float) -> Iterator[Figure]:
    """Decoders with holes: the picture is lost, the program and the others are not."""
    wrong = []
    number = max(6, round(60 * scale))
    made = Workshop(places=2, seconds=2, child=serve_badly)
    for turn in range(number):
        data = CRASHES[turn % len(CRASHES)] + b"%d" % turn
        began = time.monotonic()
        try:
            made.ask(PREPARE, data)
            wrong.append(f"{data!r} went through")
        except PhotoMissing as missing:
            if "damaged" not in missing.title and "too long" not in missing.title:
                wrong.append(f"{data!r}: {missing}")
        if time.monotonic() - began > 10:
            wrong.append(f"{data!r} took too long")
        if made.ask(PREPARE, photo("JPEG"))[0].get("mime") != "image/jpeg":
            wrong.append(f"the picture after {data!r}")
    made.close()
    yield Figure(
        "decoders that crash, hang or lie, and the next picture is fine",
        number,
        round(60 * min(1, scale)),
        tuple(wrong),
    )


def controls(placed: Sequence[Case]) -> Iterator[Figure]:
    yield _alone()
    yield _endless()
    yield _boundless()
    yield _location_left(placed)
    yield _naive()
    yield _any_format()


def _alone() -> Figure:
    passed = []
    for how in DEATHS:
        program = (
            f"from tests.content.bad_children import happen; happen({how!r}, None)"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60)
        if done.returncode >= 0:
            passed.append(how.decode())
    return Figure(
        "without a process of its own: the picture ends the program",
        len(DEATHS),
        len(DEATHS),
        tuple(passed),
        control=True,
    )


def _endless() -> Figure:
    """With a limit of an hour, a decoder that hangs is still waited for."""
    made = Workshop(places=1, seconds=3600, child=serve_badly)
    made.ask(PREPARE, photo("JPEG"))
    waiting = threading.Thread(
        target=_ask, args=(made, b"hanging::"), daemon=True, name="endless"
    )
    waiting.start()
    waiting.join(3)
    still = waiting.is_alive()
    _end_all(made)
    waiting.join(30)
    return Figure(
        "without a time limit: a decoder that hangs is waited for",
        1,
        1,
        () if still else ("it ended by itself",),
        control=True,
    )


def _ask(made: Workshop, data: bytes) -> None:
    with suppress(PhotoMissing):
        made.ask(PREPARE, data)


def _end_all(made: Workshop) -> None:
    # Twice, since it gets a second try.
    for _ in range(2):
        for child in multiprocessing.active_children():
            child.kill()
        time.sleep(1)
    made.close()


def serve_without_limits(pipe: Connection) -> None:
    """As the product does, without limits of pixels and memory."""
    import resource

    from wizard.content.pictures import child, decoding

    child.MOST_MEMORY = resource.RLIM_INFINITY
    decoding.MOST_PIXELS = 10**12
    Image.MAX_IMAGE_PIXELS = None
    child.serve(pipe)


def _boundless() -> Figure:
    from tests.faults.pictures import MEGABYTES, peak_memory

    made = Workshop(places=1, seconds=60, child=serve_without_limits)
    made.ask(PREPARE, flat_png(14_000, 14_000, colours=4))
    most = peak_memory()
    made.close()
    return Figure(
        "without limits of pixels and memory: a small file takes it all",
        1,
        1,
        () if most > MEGABYTES else (f"it took {most:.0f} MB",),
        control=True,
        note=f"{most:.0f} MB",
    )


def _location_left(placed: Sequence[Case]) -> Figure:
    from tests.faults.pictures import Ended, places_told

    kept = [Ended(case, "", "", prepare(case.make(), location=True)) for case in placed]
    told = zip(kept, places_told(kept), strict=True)
    return Figure(
        "without cutting it out: the place is found in what is sent",
        len(kept),
        1,
        tuple(one.case.name for one, words in told if not words),
        control=True,
    )


def _naive() -> Figure:
    """Opened and saved, as one would who never thought of it."""
    from tests.faults.pictures import judge, opened

    cases = [
        case
        for case in odd_cases()
        if case.frames > 1 or (case.upright and not case.name.endswith("says 1"))
        # These are turned by Pillow as it reads them.
        if not case.name.startswith(("TIFF", "HEIF"))
    ]
    passed = []
    for case in cases:
        data = case.make()
        image = opened(data)
        form = "JPEG" if image.format in ("MPO", "AVIF") else image.format or ""
        sent = saved(image, form)
        mime = f"image/{form.lower()}"
        picture = Picture(mime, form.lower(), *image.size)
        if not judge(case, data, Prepared(sent, picture, b"", False)):
            passed.append(case.name)
    return Figure(
        "opened and saved again: lies on its side, or stands still",
        len(cases),
        10,
        tuple(passed),
        control=True,
    )


def _any_format() -> Figure:
    from tests.faults.pictures import opened

    drawing = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n"
    form = opened(drawing).format
    return Figure(
        "without a list of formats: PostScript is opened, to be run by Ghostscript",
        1,
        1,
        () if form == "EPS" else (f"it is {form}",),
        control=True,
    )
