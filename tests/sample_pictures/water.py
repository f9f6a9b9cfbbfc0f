"""Floors, ceilings and water: textures in perspective, and what lies above mirrored."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageFilter, ImageOps

from tests.sample_pictures.paint import Colour, Point, Size, fall, grey, noise


def plane(
    texture: Image.Image, size: Size, horizon: float, *, above: bool = False
) -> Image.Image:
    """A texture laid on a floor (or ceiling) that reaches to a horizon.

    ``horizon``: how many pixels beyond the far edge of the result it lies.
    """
    width, height = size
    across, along = texture.size
    slope = along * (horizon + height) / height
    coefficients = (
        across / width,
        across / 2 / horizon,
        0.0,
        0.0,
        -slope / (horizon + height),
        slope - slope * horizon / (horizon + height),
        0.0,
        1 / horizon,
    )
    laid = texture.transform(
        size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC
    )
    return ImageOps.flip(laid) if above else laid


def wobble(
    picture: Image.Image, seed: int, cell: Size, reach: tuple[Point, Point]
) -> Image.Image:
    """The picture bent a little, as by ripples.

    ``reach``: greatest (sideways, upward) shift in pixels at the top and at the bottom.
    """
    source = random.Random(seed)
    width, height = picture.size
    columns = math.ceil(width / cell[0])
    rows = math.ceil(height / cell[1])
    corners = {}
    for row in range(rows + 1):
        share = row / rows
        across = reach[0][0] + (reach[1][0] - reach[0][0]) * share
        along = reach[0][1] + (reach[1][1] - reach[0][1]) * share
        for column in range(columns + 1):
            x = column * cell[0] + source.uniform(-across, across)
            y = row * cell[1] + source.uniform(-along, along)
            corners[column, row] = (
                min(max(x, 0), width - 1),
                min(max(y, 0), height - 1),
            )
    mesh = [
        (
            (c * cell[0], r * cell[1], (c + 1) * cell[0], (r + 1) * cell[1]),
            (
                *corners[c, r],
                *corners[c, r + 1],
                *corners[c + 1, r + 1],
                *corners[c + 1, r],
            ),
        )
        for r in range(rows)
        for c in range(columns)
    ]
    return picture.transform(
        picture.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR
    )


def water(
    above: Image.Image, height: int, seed: int, *, deep: Colour, wind: float = 0.5
) -> Image.Image:
    """The picture ``above`` a shore with its reflection in ``height`` pixels of water."""
    width, top = above.size
    mirror = ImageOps.flip(above).crop((0, 0, width, min(height, top)))
    mirror = mirror.resize((width, height), Image.Resampling.BICUBIC)
    mirror = mirror.filter(ImageFilter.GaussianBlur(0.6 + wind))
    for turn, cell in enumerate(((90, 10), (38, 5))):
        ripples = ((1.5, 1.0), (14 * wind + 4, 10 * wind + 2))
        mirror = wobble(mirror, seed + turn, cell, ripples)
    waves = noise((width * 2, height * 2), seed + 7, 10, octaves=4, stretch=4)
    laid = plane(waves, (width, height), height * 0.12)
    crest = grey(laid, 128, 245).point(
        [round(v * (0.25 + 0.4 * wind)) for v in range(256)]
    )
    trough = grey(laid, 130, 20).point(
        [round(v * (0.3 + 0.5 * wind)) for v in range(256)]
    )
    sky = above.resize((1, 1), Image.Resampling.BOX, box=(0, 0, width, top // 3))
    mirror = Image.composite(Image.new("RGB", mirror.size, deep), mirror, trough)
    mirror = Image.composite(
        Image.new("RGB", mirror.size, sky.getpixel((0, 0))), mirror, crest
    )
    near = fall((width, height), [(0.0, (20, 20, 20)), (1.0, (120, 120, 120))])
    mirror = Image.composite(
        Image.new("RGB", mirror.size, deep), mirror, near.convert("L")
    )
    whole = Image.new("RGB", (width, top + height))
    whole.paste(above, (0, 0))
    whole.paste(mirror, (0, top))
    return whole
