"""What stands on a table stands on this: wood, shadows, a window on the left."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Colour,
    Point,
    Size,
    between,
    faint,
    fall,
    grey,
    noise,
    shade,
    shape,
    shine,
    tone,
    under,
)
from tests.sample_pictures.water import plane


def wood(size: Size, seed: int, dark: Colour, light: Colour) -> Image.Image:
    """Boards with their grain, running from left to right."""
    long = noise(size, seed, 26, octaves=6, stretch=16, fade=0.7)
    fine = noise(size, seed + 1, 5, octaves=3, stretch=22)
    both = tone(
        grey(long, 20, 235), ((0, dark), (0.6, between(dark, light, 0.6)), (1, light))
    )
    veins = faint(grey(fine, 150, 250), 0.33)
    return under(both, veins, shade(dark, 0.6))


def table(size: Size, top: int, seed: int, dark: Colour, light: Colour) -> Image.Image:
    """A wooden table seen from in front, its far edge at ``top``."""
    boards = wood((size[0] * 2, (size[1] - top) * 3), seed, dark, light)
    return plane(boards, (size[0], size[1] - top), (size[1] - top) * 0.9)


def window_light(view: Image.Image, seed: int, strength: float) -> Image.Image:
    """Light from a window on the left, its bars as soft shadows."""
    size = view.size
    light = Image.new("L", size)
    pen = ImageDraw.Draw(light)
    w, h = size
    for column in range(2):
        for row in range(2):
            x, y = w * (0.1 + 0.24 * column), h * (0.12 + 0.3 * row)
            pen.polygon(
                [
                    (x, y + h * 0.05),
                    (x + w * 0.2, y),
                    (x + w * 0.27, y + h * 0.27),
                    (x + w * 0.07, y + h * 0.32),
                ],
                fill=255,
            )
    light = light.filter(ImageFilter.GaussianBlur(w / 60))
    return shine(view, faint(light, strength), (255, 232, 190))


def shadow(
    view: Image.Image, outline: list[Point], soft: float, much: float
) -> Image.Image:
    mask = faint(shape(view.size, outline, soft), much)
    return under(view, mask, (14, 10, 12))


def oval(cx: float, cy: float, rx: float, ry: float, count: int = 60) -> list[Point]:
    return [
        (
            cx + rx * math.cos(2 * math.pi * i / count),
            cy + ry * math.sin(2 * math.pi * i / count),
        )
        for i in range(count)
    ]


def blurred_room(
    size: Size, seed: int, wall: Colour, *, bright: Colour = (255, 244, 220)
) -> Image.Image:
    """A room behind, far out of focus."""
    view = fall(size, ((0, shade(wall, 1.1)), (1, shade(wall, 0.75))))
    source = random.Random(seed)
    draw = ImageDraw.Draw(view)
    w, h = size
    draw.rectangle((w * 0.04, -10, w * 0.34, h * 0.46), fill=bright)
    draw.rectangle((w * 0.18, -10, w * 0.2, h * 0.46), fill=shade(wall, 0.9))
    x = w * 0.5
    while x < w:
        wide = source.uniform(12, 40)
        colour = (
            source.randrange(50, 190),
            source.randrange(40, 140),
            source.randrange(40, 130),
        )
        draw.rectangle(
            (x, h * source.uniform(0.08, 0.14), x + wide, h * 0.34), fill=colour
        )
        x += wide + 2
    draw.rectangle((w * 0.48, h * 0.34, w, h * 0.37), fill=shade(wall, 0.4))
    return view.filter(ImageFilter.GaussianBlur(w / 50))
