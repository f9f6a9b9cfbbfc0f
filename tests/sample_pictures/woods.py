"""Woods in fog and in October."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    between,
    fall,
    glow,
    grey,
    lens,
    noise,
    shape,
    shine,
    sized,
    tone,
    under,
)
from tests.sample_pictures.terrain import ridge
from tests.sample_pictures.trees import fir, leaves, tree
from tests.sample_pictures.water import plane


def fog() -> Image.Image:
    """Firs and bare trees, each row fainter."""
    size = (1500, 1000)
    view = fall(
        size, ((0, (206, 210, 212)), (0.6, (222, 224, 224)), (1, (190, 194, 192)))
    )
    source = random.Random(8)
    for layer in range(6):
        share = layer / 5
        colour = between((204, 208, 209), (56, 64, 64), share**1.5)
        flat = Image.new("L", size)
        draw = ImageDraw.Draw(flat)
        base = 560 + layer * 62
        line = ridge(1500, source, 60, 0.5)
        draw.polygon(
            [(0, 1000), *((x, base - y) for x, y in enumerate(line)), (1499, 1000)],
            fill=255,
        )
        for _ in range(26 - layer * 4):
            x = source.uniform(0, 1500)
            tall = source.uniform(0.6, 1.1) * (130 + layer * 55)
            if source.random() < 0.75:
                fir(draw, source, x, base - line[int(x) % 1500] + 12, tall, (255,) * 1)  # type: ignore[arg-type]
            else:
                tree(
                    draw, source, (x, base - line[int(x) % 1500] + 10), tall, (255,) * 1
                )  # type: ignore[arg-type]
        mask = flat.filter(ImageFilter.GaussianBlur(3.2 - layer * 0.5))
        view = under(view, mask, colour)
        drift = grey(noise(size, 50 + layer, 300, octaves=5, stretch=3), 60, 255)
        low = shape(
            size, [(0, base - 40), (1500, base - 40), (1500, 1000), (0, 1000)], 70
        )
        veil = ImageChops.multiply(drift, low).point(
            [round(v * (0.75 - 0.5 * share)) for v in range(256)]
        )
        view = under(view, veil, (222, 224, 224))
    return lens(sized(view, (1024, 683)), 21, soft=0.8)


def autumn() -> Image.Image:
    """A path under maples in October."""
    size = (1560, 1170)
    view = fall(
        size, ((0, (240, 226, 190)), (0.5, (250, 236, 200)), (1, (150, 110, 60)))
    )
    view = shine(view, glow(size, (760, 470), 520, 1.6), (255, 240, 200))
    source = random.Random(15)
    gold = [
        (206, 140, 40),
        (228, 176, 60),
        (188, 96, 34),
        (168, 66, 30),
        (214, 160, 70),
        (150, 120, 50),
    ]
    floor = tone(
        grey(
            plane(noise((3120, 1300), 3, 16, octaves=6, fade=0.85), (1560, 600), 90),
            30,
            230,
        ),
        ((0, (70, 40, 22)), (0.5, (176, 108, 44)), (1, (238, 184, 86))),
    )
    view.paste(floor, (0, 570))
    path = tone(
        grey(
            plane(noise((3120, 1300), 5, 14, octaves=6, fade=0.85), (1560, 600), 90),
            30,
            230,
        ),
        ((0, (96, 78, 60)), (0.7, (150, 128, 102)), (1, (214, 160, 80))),
    )
    mask = shape(
        (1560, 600),
        [(735, 0), (790, 0), (900, 130), (1010, 600), (380, 600), (660, 130)],
        9,
    )
    view.paste(path, (0, 570), mask)
    for layer in range(5):
        draw = ImageDraw.Draw(view)
        near = layer / 4
        base = 575 + 300 * near**1.7
        haze = 0.62 * (1 - near)
        colours = [between(colour, (248, 228, 184), haze) for colour in gold]
        trunk = between((46, 34, 28), (232, 206, 164), haze)
        gap = 70 + 330 * near**1.2
        for side in (-1, 1):
            for number in range(7 - layer):
                x = 760 + side * (
                    gap + number * (90 + 190 * near) + source.uniform(-25, 25)
                )
                tall = 380 + 900 * near
                ends = tree(
                    draw,
                    source,
                    (x, base + source.uniform(-6, 10)),
                    tall,
                    trunk,
                    lean=-side * 0.05,
                    depth=6,
                )
                cloud = [
                    (ex + source.gauss(0, 22 + 40 * near), ey + source.gauss(0, 18 + 34 * near))
                    for ex, ey in ends for _ in range(7)
                ]  # fmt: skip
                leaves(draw, source, cloud, colours, 4 + 6 * near)
        view = view.filter(ImageFilter.GaussianBlur(1.6 - 1.5 * near))
    draw = ImageDraw.Draw(view)
    fallen = []
    for _ in range(2600):
        y = 580 + 590 * source.random() ** 0.7
        fallen.append((source.uniform(0, 1560), y))
    for x, y in fallen:
        leaves(draw, source, [(x, y)], gold, 1 + (y - 570) / 75)
    return lens(sized(view, (1200, 900)), 22, warm=0.03)
