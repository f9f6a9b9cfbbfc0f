"""Land seen from a height: hills and mountains made of noise, and their skyline."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageMath

from tests.sample_pictures.paint import (
    Colour,
    Size,
    Stops,
    between,
    faint,
    grey,
    noise,
    tone,
    under,
)

_MAP = 1024


_SPREAD = 0.62


@dataclass(frozen=True)
class Land:
    """Ground seen from a height. Heights and distances in units of the map."""

    seed: int
    ground: Stops
    haze: Colour
    relief: float = 150
    eye: float = 110
    rough: float = 0.52
    cell: float = 420
    sharp: float = 0.0
    snow: float = 2.0
    far: float = 900
    near: float = 40
    side: float = 0.0
    sun: float = 1.0
    wood: float = 0.0
    air: float = 0.86
    steps: int = 0
    plain: tuple[float, float, float] = (0.0, 1.0, 0.0)


def ground(land: Land) -> tuple[Image.Image, Image.Image]:
    """The land's heights (F) and its colours seen from above, lit from the left."""
    size = (_MAP, _MAP)
    height = noise(size, land.seed, land.cell, octaves=8, fade=land.rough)
    if land.sharp:
        ridged = ImageMath.lambda_eval(
            lambda a: 255 - abs(a["h"] - 127.0) * 2.0, h=height
        )
        height = ImageMath.lambda_eval(
            lambda a: a["h"] * (1 - land.sharp) + a["r"] * land.sharp,
            h=height,
            r=ridged,
        )
    # The land may rise with distance: flat at the eye's feet, mountains behind.
    low, high, bend = land.plain
    rise = Image.new("F", (1, 64))
    for line in range(64):
        share = min(max((line / 63 - low) / (high - low), 0.0), 1.0)
        rise.putpixel((0, 63 - line), 1 - bend * (1 - share * share * (3 - 2 * share)))
    rise = rise.resize(size, Image.Resampling.BICUBIC)
    height = ImageMath.lambda_eval(lambda a: a["h"] * a["r"], h=height, r=rise)
    if land.steps:
        height, wet = _terraced(height, land.steps)
    moved = height.transform(size, Image.Transform.AFFINE, (1, 0, -1.4, 0, 1, -1.0))
    slope = ImageMath.lambda_eval(lambda a: a["a"] - a["b"], a=height, b=moved)
    light = grey(slope, -4.2, 4.2).filter(ImageFilter.GaussianBlur(0.5))
    patches = noise(size, land.seed + 1, 90, octaves=7, fade=0.7)
    kind = ImageMath.lambda_eval(
        lambda a: a["h"] * 0.72 + a["p"] * 0.28, h=height, p=patches
    )
    colour = tone(grey(kind), land.ground)
    if land.wood:
        trees = grey(noise(size, land.seed + 3, 60, octaves=7, fade=0.85), 150, 185)
        trees = faint(trees, land.wood)
        colour = under(colour, trees, between(land.ground[0][1], (18, 34, 22), 0.7))
    if land.snow < 1:
        low = 255 * land.snow
        cover = ImageMath.lambda_eval(
            lambda a: a["h"] + (a["p"] - 128.0) * 0.35, h=height, p=patches
        )
        colour = under(colour, grey(cover, low - 8, low + 14), (246, 248, 252))
    lit = light.point(
        [
            min(max(round(255 * (0.55 + land.sun * (v / 255 - 0.5))), 40), 255)
            for v in range(256)
        ]
    )
    colour = ImageChops.multiply(colour, Image.merge("RGB", [lit] * 3))
    if land.steps:
        colour = under(colour, wet, (122, 130, 132))
    return height, ImageChops.add(colour, colour, scale=1.25)


def _terraced(height: Image.Image, steps: int) -> tuple[Image.Image, Image.Image]:
    """Heights brought to steps, and where water stands (each step but its bank)."""
    tall = 255.0 / steps
    whole = ImageMath.lambda_eval(
        lambda a: a["float"](a["int"](a["h"] / tall)), h=height
    )
    rest = ImageMath.lambda_eval(lambda a: a["h"] / tall - a["w"], h=height, w=whole)
    bank = grey(rest, 0.0, 0.28)
    wet = ImageChops.multiply(bank, grey(rest, 0.98, 0.9))
    level = ImageMath.lambda_eval(
        lambda a: (a["w"] + a["r"] * 0.12) * tall, w=whole, r=rest
    )
    return level, faint(wet, 0.8)


def terrain(size: Size, land: Land, sky: Image.Image, horizon: int) -> Image.Image:
    """The land under this sky, as an eye at the edge of the map sees it.

    Each column is filled from near to far with what is not hidden by something nearer.
    """
    width, tall = size
    height, colour = ground(land)
    middle = math.sqrt(land.near * land.far)
    near = _seen(land, height, colour, width, (land.near, middle))
    far = _seen(land, height, colour, width, (middle, land.far))
    scale = width / (2 * _SPREAD)
    rows = []
    for heights, colours, distances in (near, far):
        for row, distance in enumerate(distances):
            haze = min(1.0, (distance / land.far) ** 1.3) * land.air
            rows.append(
                (
                    heights, colours, row * width,
                    horizon + land.eye * scale / distance,
                    scale / distance * land.relief / 255, 1 - haze,
                    *(part * haze for part in land.haze),
                )
            )  # fmt: skip
    canvas = sky.copy()
    pixels = canvas.load()
    assert pixels is not None
    for x in range(width):
        top = tall
        for heights, colours, start, base, lift, clear, red, green, blue in rows:
            y = int(base - heights[start + x] * lift)
            if y >= top:
                continue
            place = (start + x) * 3
            value = (
                int(colours[place] * clear + red),
                int(colours[place + 1] * clear + green),
                int(colours[place + 2] * clear + blue),
            )
            for line in range(max(y, 0), top):
                pixels[x, line] = value
            top = y
            if top <= 0:
                break
    return canvas


def _seen(
    land: Land,
    height: Image.Image,
    colour: Image.Image,
    width: int,
    reach: tuple[float, float],
) -> tuple[list[float], bytes, list[float]]:
    """Heights and colours of the map by column and distance, near ones first."""
    # Rows are even in 1/distance, as rows of a picture of flat ground would be.
    rows = 650
    first, last = 1 / reach[0], 1 / reach[1]
    step = (last - first) / rows
    x, y = _MAP / 2 + land.side, _MAP - 20.0
    coefficients = (
        2 * _SPREAD / width / first, x * step / first, (x * first - _SPREAD) / first,
        0.0, y * step / first, (y * first - 1) / first, 0.0, step / first,
    )  # fmt: skip
    view = (width, rows)
    how = Image.Transform.PERSPECTIVE
    heights = height.transform(view, how, coefficients, Image.Resampling.BILINEAR)
    colours = colour.transform(view, how, coefficients, Image.Resampling.BICUBIC)
    distances = [1 / (first + step * row) for row in range(rows)]
    return list(heights.get_flattened_data()), colours.tobytes(), distances


def ridge(width: int, source: random.Random, tall: float, rough: float) -> list[float]:
    """A skyline by halving: heights in pixels, one for each column."""
    line = [source.uniform(0, tall), source.uniform(0, tall)]
    swing = tall
    while len(line) < width:
        swing *= rough
        fuller: list[float] = []
        for left, right in itertools.pairwise(line):
            fuller += [left, (left + right) / 2 + source.uniform(-swing, swing)]
        line = [*fuller, line[-1]]
    return line[:width]
