"""The harbour and the sea at dawn, at sunset and by moonlight."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw

from tests.sample_pictures.paint import (
    Stops,
    faint,
    fall,
    glow,
    grey,
    lens,
    noise,
    shape,
    shine,
    sized,
    under,
)
from tests.sample_pictures.sky import clouds
from tests.sample_pictures.terrain import ridge
from tests.sample_pictures.water import plane, water


def harbour_dawn() -> Image.Image:
    """Boats at their moorings before the sun is up."""
    size = (1500, 640)
    view = fall(
        size,
        (
            (0, (74, 92, 140)),
            (0.5, (190, 150, 160)),
            (0.85, (250, 190, 140)),
            (1, (252, 208, 160)),
        ),
    )
    view = under(
        view,
        faint(clouds(size, 12, 620, cover=0.42), 0.5),
        (244, 170, 150),
    )
    view = shine(view, glow(size, (980, 610), 520, 2.0), (255, 190, 110))
    source = random.Random(2)
    for layer, colour in enumerate(((150, 124, 140), (92, 84, 108), (52, 54, 74))):
        line = ridge(1500, source, 70 - 10 * layer, 0.5)
        mask = shape(
            size,
            [
                (0, 640),
                *((x, 600 + layer * 18 - y) for x, y in enumerate(line)),
                (1499, 640),
            ],
            0.6,
        )
        view = under(view, mask, colour)
    draw = ImageDraw.Draw(view)
    for _ in range(40):
        x, y = source.randrange(0, 1500), source.randrange(600, 634)
        draw.ellipse((x, y, x + 3, y + 3), fill=(255, 214, 150))
    for x, mast in (
        (180, 250),
        (300, 190),
        (395, 300),
        (610, 160),
        (1230, 240),
        (1340, 330),
    ):
        dark = (28, 30, 42)
        hull = mast * 0.55
        draw.line((x, 632, x + 2, 632 - mast), fill=dark, width=4)
        draw.line((x, 632 - mast, x + hull * 0.52, 622), fill=dark, width=1)
        draw.line((x, 632 - mast, x - hull * 0.5, 622), fill=dark, width=1)
        draw.line(
            (x, 632 - mast * 0.2, x + hull * 0.4, 632 - mast * 0.22), fill=dark, width=5
        )
        draw.polygon(
            [
                (x - hull * 0.55, 612),
                (x + hull * 0.5, 616),
                (x + hull * 0.38, 640),
                (x - hull * 0.42, 640),
            ],
            fill=dark,
        )
        draw.rectangle((x - hull * 0.15, 600, x + hull * 0.2, 616), fill=(44, 44, 58))
    whole = water(view, 420, 9, deep=(26, 34, 62), wind=0.22)
    return lens(sized(whole, (1200, 848)), 11, warm=0.03)


def sea_sunset() -> Image.Image:
    """The sun a hand above the sea."""
    size = (1400, 560)
    sky: Stops = (
        (0, (62, 70, 118)),
        (0.45, (190, 110, 110)),
        (0.8, (250, 160, 80)),
        (1, (255, 200, 110)),
    )
    view = fall(size, sky)
    streaks = grey(noise(size, 8, 170, stretch=5, octaves=6), 110, 230)
    view = under(view, faint(streaks, 0.67), (120, 70, 92))
    view = shine(view, glow(size, (820, 470), 600, 2.2), (255, 170, 70))
    view = shine(view, glow(size, (820, 470), 46, 0.25), (255, 244, 200))
    whole = water(view, 480, 31, deep=(34, 26, 54), wind=0.9)
    glitter = grey(
        plane(noise((2800, 960), 4, 9, octaves=3, stretch=4), (1400, 480), 60), 150, 215
    )
    path = fall((1400, 480), ((0, (255, 255, 255)), (1, (120, 120, 120)))).convert("L")
    cone = shape((1400, 480), [(790, 0), (850, 0), (1060, 480), (560, 480)], 50)
    light = Image.new("L", whole.size)
    light.paste(ImageChops.multiply(ImageChops.multiply(glitter, path), cone), (0, 560))
    whole = shine(whole, light, (255, 206, 130))
    return lens(sized(whole, (1024, 761)), 12, warm=0.04)


def moonrise() -> Image.Image:
    """The full moon of autumn over still water."""
    size = (1300, 700)
    view = fall(size, ((0, (8, 12, 30)), (0.7, (26, 38, 70)), (1, (62, 74, 104))))
    moon = (470, 230)
    cloud = clouds(size, 44, 690, cover=0.45)
    lit = ImageChops.multiply(cloud, glow(size, moon, 620, 1.6))
    view = shine(view, lit, (150, 160, 186))
    view = shine(view, glow(size, moon, 420, 3), (150, 160, 190))
    disc = Image.new("RGB", (108, 108), (250, 244, 224))
    seas = grey(noise((108, 108), 6, 46, octaves=5), 130, 225)
    disc = under(disc, faint(seas, 0.5), (180, 176, 166))
    round_mask = glow((108, 108), (54, 54), 52, 0.02).point(
        [min(v * 3, 255) for v in range(256)]
    )
    view.paste(disc, (moon[0] - 54, moon[1] - 54), round_mask)
    source = random.Random(7)
    line = ridge(1300, source, 120, 0.5)
    view = under(
        view,
        shape(
            size,
            [(0, 700), *((x, 668 - y * 0.7) for x, y in enumerate(line)), (1299, 700)],
            1,
        ),
        (14, 18, 30),
    )
    draw = ImageDraw.Draw(view)
    for _ in range(26):
        x, y = source.randrange(700, 1300), source.randrange(672, 692)
        draw.ellipse((x, y, x + 4, y + 4), fill=(255, 206, 130))
    whole = water(view, 470, 17, deep=(6, 10, 24), wind=0.5)
    glitter = grey(
        plane(noise((2600, 940), 41, 10, octaves=3, stretch=4), (1300, 470), 50),
        158,
        220,
    )
    cone = shape((1300, 470), [(440, 0), (500, 0), (620, 470), (320, 470)], 40)
    light = Image.new("L", whole.size)
    light.paste(ImageChops.multiply(glitter, cone), (0, 700))
    whole = shine(whole, light, (210, 214, 224))
    return lens(sized(whole, (1000, 900)), 13, grain=11)
