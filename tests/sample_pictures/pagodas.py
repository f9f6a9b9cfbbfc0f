"""Three pagodas beside a pond."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw

from tests.sample_pictures.paint import faint, fall, lens, shape, sized, under
from tests.sample_pictures.sky import clouds
from tests.sample_pictures.terrain import ridge
from tests.sample_pictures.trees import leaves
from tests.sample_pictures.water import water


def pagodas() -> Image.Image:
    """Three pagodas and their picture in the pond, late in the day."""
    size = (1400, 640)
    view = fall(
        size, ((0, (96, 128, 176)), (0.6, (222, 200, 176)), (1, (244, 216, 176)))
    )
    view = under(
        view,
        faint(clouds(size, 83, 600, cover=0.52), 0.75),
        (252, 232, 212),
    )
    source = random.Random(3)
    for layer, colour in enumerate(((150, 156, 176), (110, 122, 142))):
        line = ridge(1400, source, 210 - layer * 60, 0.52)
        view = under(
            view,
            shape(
                size,
                [
                    (0, 640),
                    *((x, 520 + layer * 40 - y) for x, y in enumerate(line)),
                    (1399, 640),
                ],
                0.8,
            ),
            colour,
        )
    for x, tall, floors, wide in (
        (690, 500, 16, 74),
        (440, 330, 10, 50),
        (930, 320, 10, 50),
    ):
        _pagoda(view, x, 606, tall, floors, wide)
    draw = ImageDraw.Draw(view)
    for _ in range(9000):
        x = source.uniform(-10, 1410)
        y = 616 - abs(source.gauss(0, 26)) - 16 * math.sin(x / 60) ** 2
        leaves(draw, source, [(x, y)], [(40, 58, 34), (62, 84, 40), (88, 100, 50)], 3.5)
    draw.rectangle((0, 618, 1400, 640), fill=(70, 78, 46))
    whole = water(view, 430, 66, deep=(36, 46, 50), wind=0.12)
    return lens(sized(whole, (1200, 917)), 25, warm=0.04)


def _pagoda(
    view: Image.Image, x: int, base: int, tall: int, floors: int, wide: int
) -> None:
    draw = ImageDraw.Draw(view)
    step = tall * 0.72 / floors
    y = base - tall * 0.2
    light, dark = (238, 214, 176), (164, 138, 116)
    draw.polygon(
        [
            (x - wide * 0.66, base),
            (x - wide * 0.6, y),
            (x + wide * 0.6, y),
            (x + wide * 0.66, base),
        ],
        fill=light,
    )
    draw.polygon(
        [
            (x + wide * 0.2, base),
            (x + wide * 0.2, y),
            (x + wide * 0.6, y),
            (x + wide * 0.66, base),
        ],
        fill=dark,
    )
    for floor in range(floors):
        share = floor / floors
        half = wide * (0.6 + 0.08 * math.sin(math.pi * share)) * (1 - 0.45 * share**2.4)
        top = y - step
        draw.rectangle((x - half, top, x + half, y), fill=light)
        draw.rectangle((x + half * 0.35, top, x + half, y), fill=dark)
        draw.rectangle(
            (x - half * 0.2, top + step * 0.4, x + half * 0.05, y - 1),
            fill=(86, 66, 56),
        )
        draw.polygon(
            [
                (x - half - 6, top + 3),
                (x - half, top + step * 0.4),
                (x + half, top + step * 0.4),
                (x + half + 6, top + 3),
            ],
            fill=(120, 98, 82),
        )
        y = top
    draw.polygon(
        [(x - 9, y), (x + 9, y), (x + 2, y - tall * 0.1), (x - 2, y - tall * 0.1)],
        fill=(110, 92, 70),
    )
