"""Stalks, leaves and flowers, petal by petal."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Colour,
    Point,
    Size,
    Stops,
    between,
    faint,
    glow,
    grey,
    noise,
    ramp,
    shade,
    shape,
    shine,
    tone,
    under,
)
from tests.sample_pictures.tabletop import oval, shadow


def green_blur(
    size: Size, seed: int, dark: Colour, light: Colour, soft: float = 14
) -> Image.Image:
    """A garden behind, far out of focus."""
    view = tone(
        grey(noise(size, seed, 260, octaves=4)),
        ((0, dark), (0.7, between(dark, light, 0.6)), (1, light)),
    )
    source = random.Random(seed)
    for _ in range(26):
        spot = glow(
            size,
            (source.uniform(0, size[0]), source.uniform(0, size[1] * 0.8)),
            source.uniform(20, 60),
            0.35,
        )
        view = shine(view, spot, shade(light, source.uniform(0.1, 0.5)))
    return view.filter(ImageFilter.GaussianBlur(soft))


def stem(
    view: Image.Image, points: list[Point], thick: float, colour: Colour
) -> Image.Image:
    """A stalk along these points, its left side in the light."""
    mask = Image.new("L", view.size)
    ImageDraw.Draw(mask).line(points, fill=255, width=int(thick), joint="curve")
    view = under(view, mask.filter(ImageFilter.GaussianBlur(0.8)), shade(colour, 0.7))
    mask = Image.new("L", view.size)
    ImageDraw.Draw(mask).line(
        [(x - thick * 0.2, y) for x, y in points],
        fill=255,
        width=max(int(thick * 0.4), 1),
        joint="curve",
    )
    return under(view, mask.filter(ImageFilter.GaussianBlur(1.2)), shade(colour, 1.2))


def leaf_shape(
    x: float, y: float, angle: float, long: float, wide: float
) -> list[Point]:
    """A pointed leaf that starts at (x, y)."""
    outline = []
    for i in range(41):
        t = i / 20 if i <= 20 else (40 - i) / 20
        side = 1 if i <= 20 else -1
        across = side * wide * math.sin(math.pi * t**0.8) * (1 - 0.25 * t)
        along = long * t
        outline.append(
            (
                x + along * math.cos(angle) - across * math.sin(angle),
                y + along * math.sin(angle) + across * math.cos(angle),
            )
        )
    return outline


def put_leaf(
    view: Image.Image,
    seed: int,
    place: tuple[float, float, float, float, float],
    colour: Colour,
) -> Image.Image:
    """A leaf with veins; ``place``: x, y, angle, length, width."""
    x, y, angle, long, wide = place
    outline = leaf_shape(*place)
    left = int(min(p[0] for p in outline)) - 12
    top = int(min(p[1] for p in outline)) - 12
    size = (
        int(max(p[0] for p in outline)) - left + 24,
        int(max(p[1] for p in outline)) - top + 24,
    )
    local = [(px - left, py - top) for px, py in outline]
    flesh = tone(
        grey(noise(size, seed, max(long / 4, 8), octaves=5)),
        ((0, shade(colour, 0.62)), (1, shade(colour, 1.2))),
    )
    half = shape(size, [*local[:21], (x - left, y - top)], 1)
    flesh = Image.composite(
        flesh, ImageChops.multiply(flesh, Image.new("RGB", size, (196, 200, 190))), half
    )
    pen = ImageDraw.Draw(flesh)
    tip = local[20]
    pen.line(
        (x - left, y - top, *tip), fill=shade(colour, 1.5), width=max(int(wide / 16), 1)
    )
    for rib in range(2, 9):
        t = rib / 10
        mx, my = (
            x - left + long * t * math.cos(angle),
            y - top + long * t * math.sin(angle),
        )
        for side in (-1, 1):
            turn = angle + side * 0.75
            reach = wide * math.sin(math.pi * t) * 1.1
            pen.line(
                (mx, my, mx + reach * math.cos(turn), my + reach * math.sin(turn)),
                fill=shade(colour, 1.32),
                width=max(int(wide / 30), 1),
            )
    mask = shape(size, local, 0.7)
    box = (left, top)
    area = (left, top, left + size[0], top + size[1])
    dark = faint(mask.filter(ImageFilter.GaussianBlur(6)), 0.33)
    back = view.crop((area[0] - 6, area[1] - 8, area[2] - 6, area[3] - 8))
    view.paste(under(back, dark, (8, 12, 6)), (area[0] - 6, area[1] - 8))
    view.paste(flesh, box, mask)
    return view


def blossom(
    view: Image.Image,
    seed: int,
    centre: Point,
    radius: float,
    petals: int,
    colours: tuple[Colour, Colour],
    heart: Stops,
    heart_size: float,
    rows: int = 2,
    tilt: float = 0.86,
) -> Image.Image:
    """A flower seen nearly from above. ``colours``: of a petal, inside and at its tip."""
    source = random.Random(seed)
    cx, cy = centre
    for row in range(rows):
        for number in range(petals):
            angle = 2 * math.pi * (number + 0.5 * row) / petals + source.uniform(
                -0.07, 0.07
            )
            long = radius * source.uniform(0.9, 1.06) * (1 - 0.1 * row)
            wide = radius * 2.6 / petals * source.uniform(0.85, 1.15)
            outline = []
            for i in range(33):
                t = i / 16 if i <= 16 else (32 - i) / 16
                side = 1 if i <= 16 else -1
                across = side * wide * math.sin(math.pi * min(t * 0.86 + 0.1, 1)) ** 0.7
                along = long * t
                px = along * math.cos(angle) - across * math.sin(angle)
                py = along * math.sin(angle) + across * math.cos(angle)
                outline.append((cx + px, cy + py * tilt))
            left, top = (
                int(min(p[0] for p in outline)) - 10,
                int(min(p[1] for p in outline)) - 10,
            )
            size = (
                int(max(p[0] for p in outline)) - left + 20,
                int(max(p[1] for p in outline)) - top + 20,
            )
            local = [(px - left, py - top) for px, py in outline]
            body = Image.new("RGB", size, colours[1])
            body = under(
                body, glow(size, (cx - left, cy - top), long * 0.95, 1.1), colours[0]
            )
            pen = ImageDraw.Draw(body)
            for vein in range(-3, 4):
                a = angle + vein * 0.045
                pen.line(
                    (
                        cx - left,
                        cy - top,
                        cx - left + long * math.cos(a),
                        cy - top + long * math.sin(a) * tilt,
                    ),
                    fill=shade(between(*colours, 0.6), 0.93),
                    width=2,
                )
            light = 0.9 + 0.14 * math.cos(angle - 4.0)
            body = body.point(
                [min(round(v * light), 255) for v in range(256)] * 3
            ).filter(ImageFilter.GaussianBlur(1))
            mask = shape(size, local, 0.6)
            area = (left, top, left + size[0], top + size[1])
            dark = faint(mask.filter(ImageFilter.GaussianBlur(4)), 0.4)
            lower = (area[0] + 4, area[1] + 5, area[2] + 4, area[3] + 5)
            view.paste(
                under(view.crop(lower), dark, shade(colours[0], 0.35)), lower[:2]
            )
            view.paste(body, area[:2], mask)
    hr = radius * heart_size
    view = shadow(view, oval(cx + 3, cy + 5, hr * 1.1, hr * 1.1 * tilt), 5, 0.5)
    disc = glow(view.size, (cx - hr * 0.15, cy - hr * 0.2), hr * 1.5, 0.8)
    view = Image.composite(
        tone(disc, heart), view, shape(view.size, oval(cx, cy, hr, hr * tilt), 1)
    )
    pen = ImageDraw.Draw(view)
    for i in range(620):
        r, a = hr * math.sqrt(i / 620), i * 2.39996
        x, y = cx + r * math.cos(a), cy + r * math.sin(a) * tilt
        dot = max(hr / 34, 1.1)
        pen.ellipse(
            (x - dot, y - dot, x + dot, y + dot),
            fill=shade(ramp(heart, 1 - r / hr * 0.8), source.uniform(0.75, 1.35)),
        )
    return view


YELLOW: Stops = ((0, (140, 90, 10)), (0.6, (226, 166, 30)), (1, (250, 214, 80)))


BROWN: Stops = ((0, (40, 22, 12)), (0.5, (84, 50, 22)), (1, (150, 110, 50)))
