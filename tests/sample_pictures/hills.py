"""Hills, mountains and lakes."""

from __future__ import annotations

import random

from PIL import Image, ImageOps

from tests.sample_pictures.paint import (
    Stops,
    between,
    fall,
    glow,
    lens,
    shape,
    shine,
    sized,
    under,
)
from tests.sample_pictures.sky import blue_sky, clouds
from tests.sample_pictures.terrain import Land, ridge, terrain
from tests.sample_pictures.water import water

GREEN: Stops = (
    (0.0, (52, 84, 38)), (0.4, (92, 120, 52)), (0.65, (122, 124, 84)), (1.0, (150, 142, 128)),
)  # fmt: skip


def lake() -> Image.Image:
    """A wide lake under snowy mountains on a clear morning."""
    size = (1560, 760)
    land = Land(
        41, GREEN, (168, 194, 222), relief=330, eye=60, snow=0.6, sharp=0.7,
        plain=(0.3, 0.85, 0.97), cell=380, wood=0.8, far=970, near=60, sun=1.5,
    )  # fmt: skip
    view = terrain(size, land, blue_sky(size, 22, 620, 0.55), 560)
    view = view.crop((0, 40, 1560, 625))
    return lens(
        sized(water(view, 470, 4, deep=(24, 52, 74), wind=0.25), (1200, 811)), 1
    )


def peak() -> Image.Image:
    """A snow mountain, upright, seen from a meadow."""
    size = (1100, 1400)
    land = Land(
        3, GREEN, (172, 196, 226), relief=520, eye=90, snow=0.55, sharp=0.8,
        plain=(0.3, 0.8, 0.97), cell=400, wood=0.9, far=960, near=50, sun=1.7,
    )  # fmt: skip
    view = terrain(size, land, blue_sky(size, 12, 800, 0.52), 800)
    return lens(sized(view, (864, 1100)), 2)


def meadow() -> Image.Image:
    """Green hills in summer."""
    size = (1560, 1040)
    land = Land(
        8, ((0, (70, 104, 40)), (0.5, (110, 142, 56)), (1, (164, 160, 96))),
        (190, 208, 224), relief=150, eye=70, plain=(0.1, 0.7, 0.8), cell=300,
        rough=0.42, wood=0.7, sun=1.5, near=24,
    )  # fmt: skip
    view = terrain(size, land, blue_sky(size, 33, 520, 0.52), 500)
    return lens(sized(view, (1024, 683)), 3)


def terraces() -> Image.Image:
    """Rice terraces full of water, the sky in each of them."""
    size = (1560, 1040)
    land = Land(
        14, ((0, (74, 104, 48)), (0.5, (104, 130, 60)), (1, (70, 96, 58))),
        (206, 212, 210), relief=230, eye=215, plain=(0.0, 1.0, 0.6), cell=420,
        rough=0.36, steps=30, sun=0.45, near=60, far=900, air=0.8,
    )  # fmt: skip
    sky = fall(
        size, ((0, (196, 204, 208)), (0.3, (238, 226, 206)), (1, (240, 230, 214)))
    )
    view = ImageOps.autocontrast(
        terrain(size, land, sky, 210), (0.5, 0), preserve_tone=True
    )
    return lens(sized(view, (1200, 800)), 4, warm=0.03)


def snowfield() -> Image.Image:
    """Hills under new snow."""
    size = (1500, 1000)
    land = Land(
        19, ((0, (214, 222, 232)), (1, (244, 246, 250))), (206, 216, 230), relief=150,
        eye=60, plain=(0.1, 0.75, 0.8), cell=340, rough=0.42, wood=0.85, sun=1.1, near=26,
    )  # fmt: skip
    sky = fall(
        size, ((0, (150, 170, 196)), (0.45, (226, 226, 230)), (1, (230, 232, 238)))
    )
    sky = under(sky, clouds(size, 3, 480, cover=0.4), (240, 238, 238))
    return lens(sized(terrain(size, land, sky, 470), (1024, 683)), 5)


def ridges() -> Image.Image:
    """Ridge behind ridge in the mist, the sun just up."""
    size = (1500, 1000)
    view = fall(
        size,
        (
            (0, (120, 140, 170)),
            (0.35, (232, 190, 150)),
            (0.6, (250, 222, 180)),
            (1, (240, 214, 180)),
        ),
    )
    view = shine(view, glow(size, (980, 330), 620, 2.4), (255, 220, 160))
    view = shine(view, glow(size, (980, 330), 70, 0.4), (255, 250, 230))
    source = random.Random(5)
    for layer in range(7):
        share = layer / 6
        base = 360 + layer * 95
        line = ridge(1500, source, 130 - layer * 6, 0.55)
        points = [(x, base - y) for x, y in enumerate(line)]
        mask = shape(size, [(0, 1000), *points, (1499, 1000)])
        colour = between((206, 176, 156), (22, 34, 42), share**0.8)
        body = fall(
            size,
            (
                (0, colour),
                (base / 1000, colour),
                (
                    min(base / 1000 + 0.22, 0.99),
                    between(colour, (246, 214, 178), 0.55 * (1 - share) + 0.1),
                ),
                (1, colour),
            ),
        )
        view = Image.composite(body, view, mask)
    return lens(sized(view, (1280, 853)), 6, warm=0.03)
