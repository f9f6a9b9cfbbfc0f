"""Two computers that carry the same old blog to the same new one at once, each with a move file of its own."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.faults.blindness import HARM, without_a_look
from tests.faults.dying import DONE, Errand, begin, go, wait
from tests.faults.figures import Figure
from tests.faults.site_picture import (
    Things,
    differences,
    seen,
    site_picture,
    tidy,
    watch,
)
from tests.faults.small_blog import small_blog
from tests.wordpress import start

RUNS = 6


def figures(scale: float, seed: int) -> Iterator[Figure]:
    dice = random.Random(seed)
    with start() as site, tempfile.TemporaryDirectory() as folder:
        tidy(site)
        watch(site)
        empty = site.snapshot()
        first = Errand(site, small_blog(twins=False), Path(folder, "a.move"))
        assert go(first) == DONE
        picture = site_picture(site)

        def at_once(number: int, harm: bool) -> str:
            """What is wrong at the end; some are killed, and each goes on till its end."""
            site.restore(empty)
            for file in Path(folder).iterdir():
                file.unlink()
            errands = [
                replace(first, path=Path(folder, name), connections=connections)
                for name in ("a.move", "b.move")
                for connections in (dice.choice((1, 4)),)
            ]
            prepare = (lambda: without_a_look().__enter__()) if harm else (lambda: None)
            deadly = [dice.choice((0, 0, dice.randint(20, 150))) for _ in errands]
            children = [
                begin(errand, deadly=point, prepare=prepare)
                for errand, point in zip(errands, deadly, strict=True)
            ]
            undone = [
                errand
                for errand, child in zip(errands, children, strict=True)
                if wait(child) != DONE
            ]
            wrong = []
            # One of them has gone home by then.
            for errand in (*undone, errands[0]):
                for _ in range(RUNS):
                    if (status := go(errand, prepare=prepare)) == DONE:
                        break
                else:
                    wrong.append(f"{number}: it did not end ({status})")
            wrong += differences(picture, _without_trash(site_picture(site)))
            return "; ".join(wrong + seen(site, first.source))

        for name, tries, harm in (
            ("two computers at once", 20, False),
            ("two computers at once, and neither looks", 5, True),
        ):
            tried = max(1, round(tries * scale))
            endings = [at_once(number, harm) for number in range(tried)]
            if harm:
                twice = any(HARM in ending for ending in endings)
                wrong = () if twice else (f"nothing was there twice: {endings}",)
            else:
                wrong = tuple(filter(None, endings))
            yield Figure(name, tried, max(1, int(tries * scale)), wrong, control=harm)


def _without_trash(things: Things) -> Things:
    """Copies that were taken away before anybody could see them lie there."""
    kept = things.copy()
    for thing in things:
        if thing[0] == "post" and thing[2] == "trash":
            del kept[thing]
    return kept
