"""The cat, hair by hair."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Colour,
    Point,
    Size,
    between,
    curve,
    faint,
    fall,
    grey,
    lens,
    noise,
    rub,
    shade,
    shape,
    shine,
    sized,
    tone,
    under,
)
from tests.sample_pictures.tabletop import shadow

CAT: tuple[Point, ...] = (
    (0.36, 0.99), (0.30, 0.86), (0.30, 0.70), (0.36, 0.56), (0.42, 0.46), (0.40, 0.36), (0.395, 0.27),
    (0.385, 0.155), (0.40, 0.14), (0.45, 0.205), (0.50, 0.195), (0.55, 0.205), (0.60, 0.14), (0.615, 0.155),
    (0.605, 0.27), (0.60, 0.36), (0.575, 0.44), (0.62, 0.54), (0.67, 0.70), (0.685, 0.86), (0.66, 0.99),
)  # fmt: skip


def cat_window() -> Image.Image:
    """The cat on the sill, her back to the room."""
    size = (960, 1280)
    view = fall(
        size, ((0, (206, 220, 232)), (0.5, (232, 234, 226)), (1, (190, 206, 180)))
    )
    trees = grey(noise(size, 3, 200, octaves=6), 110, 200)
    low = shape(size, [(0, 420), (960, 360), (960, 1280), (0, 1280)], 120)
    view = under(view, ImageChops.multiply(trees, low), (126, 156, 112)).filter(
        ImageFilter.GaussianBlur(16)
    )
    draw = ImageDraw.Draw(view)
    frame = (216, 210, 198)
    draw.rectangle((0, 0, 70, 1280), fill=frame)
    draw.rectangle((890, 0, 960, 1280), fill=frame)
    draw.rectangle((0, 330, 960, 366), fill=frame)
    draw.line((0, 368, 960, 368), fill=(150, 144, 132), width=4)
    draw.rectangle((0, 1080, 960, 1280), fill=(206, 198, 184))
    draw.line((0, 1080, 960, 1080), fill=(240, 236, 228), width=8)
    dim = fall(
        size, ((0, (255, 255, 255)), (0.8, (220, 214, 206)), (1, (120, 112, 104)))
    )
    view = ImageChops.multiply(view, dim)
    body = curve([(80 + x * 800, 320 + y * 800) for x, y in CAT], 8)
    tail = Image.new("L", size)
    points = [
        (600, 1090),
        (690, 1092),
        (740, 1130),
        (730, 1190),
        (676, 1210),
        (650, 1180),
    ]
    pen = ImageDraw.Draw(tail)
    for number, (px, py) in enumerate(curve_open(points)):
        r = 25 - number * 0.12
        pen.ellipse((px - r, py - r, px + r, py + r), fill=255)
    view = shadow(
        view, [(x * 0.9 + 40, 1120 + (y - 1120) * -0.12) for x, y in body], 20, 0.4
    )
    mask = ImageChops.lighter(
        shape(size, body, 1.6), tail.filter(ImageFilter.GaussianBlur(1.6))
    )
    fur = fur_coat(
        size, 7, lambda x, y: (math.pi / 2 + 0.3 * math.sin(x / 90), _tabby(x, y)), mask
    )
    rim = ImageChops.subtract(mask, mask.filter(ImageFilter.GaussianBlur(16)))
    cat = ImageChops.multiply(fur, Image.new("RGB", size, (176, 160, 150)))
    cat = shine(cat, faint(rim, 2.2), (240, 228, 204), 0.6)
    view = Image.composite(cat, view, mask)
    return lens(sized(view, (780, 1040)), 72, grain=9)


def curve_open(points: list[Point]) -> list[Point]:
    whole = curve(points, 30)
    return whole[: len(whole) - 30]


def _tabby(x: float, y: float) -> Colour:
    stripe = math.sin(y / 17 + 2.2 * math.sin(x / 70)) + 0.5 * math.sin(x / 23 + y / 60)
    return between((214, 158, 92), (140, 76, 32), 0.5 + 0.55 * stripe)


def fur_coat(
    size: Size, seed: int, how, mask: Image.Image, long: float = 20
) -> Image.Image:
    """Hair by hair; ``how`` tells the direction and the colour at a place."""
    source = random.Random(seed)
    view = Image.new("RGB", size, (90, 70, 54))
    pen = ImageDraw.Draw(view)
    area = mask.getbbox()
    assert area
    inside = mask.load()
    assert inside is not None
    for _ in range(60000):
        x, y = (
            source.uniform(area[0], area[2] - 1),
            source.uniform(area[1], area[3] - 1),
        )
        if not inside[int(x), int(y)]:
            continue
        angle, colour = how(x, y)
        angle += source.gauss(0, 0.22)
        reach = long * source.uniform(0.5, 1.2)
        pen.line(
            (x, y, x + reach * math.cos(angle), y + reach * math.sin(angle)),
            fill=shade(colour, source.uniform(0.72, 1.25)),
            width=2,
        )
    return view.filter(ImageFilter.GaussianBlur(0.7))


def cat_asleep() -> Image.Image:
    """The cat asleep in a ring on a red blanket."""
    size = (1300, 975)
    wool = tone(
        grey(noise(size, 6, 8, octaves=3)), ((0, (96, 26, 30)), (1, (170, 58, 54)))
    )
    weave = Image.new("L", size, 128)
    pen = ImageDraw.Draw(weave)
    for x in range(0, 1300, 90):
        pen.rectangle((x, 0, x + 40, 975), fill=104)
    for y in range(0, 975, 90):
        pen.rectangle((0, y, 1300, y + 40), fill=148)
    view = rub(wool, weave.filter(ImageFilter.GaussianBlur(2)))
    folds = grey(noise(size, 9, 400, octaves=3), -100, 355)
    view = rub(view, folds)
    cx, cy = 650, 520
    ring = curve(
        [
            (cx + 400 * math.cos(a) * s, cy + 300 * math.sin(a) * s)
            for a, s in (
                (0, 1),
                (0.7, 1.02),
                (1.5, 1),
                (2.3, 1.03),
                (3.1, 1),
                (3.9, 1.0),
                (4.7, 0.98),
                (5.5, 1.02),
            )
        ]
    )
    view = shadow(view, [(x + 24, y + 42) for x, y in ring], 26, 0.75)

    def coat(x: float, y: float) -> tuple[float, Colour]:
        dx, dy = (x - cx) / 400, (y - cy) / 300
        turn = math.atan2(dy, dx)
        distance = math.hypot(dx, dy)
        stripe = math.sin(turn * 15 + 2 * math.sin(distance * 5)) + 0.4 * math.sin(
            distance * 16 + turn * 3
        )
        colour = between((214, 158, 92), (150, 84, 36), 0.5 + 0.5 * stripe)
        if distance < 0.42:
            colour = between((240, 222, 196), colour, distance / 0.42)
        light = 1.12 - 0.5 * max(0.0, distance - 0.55) - 0.16 * dy - 0.12 * dx
        light *= 1 - 0.45 * math.exp(-(((distance - 0.36) / 0.07) ** 2)) * (
            1 if -2.6 < turn < 1.8 else 0.35
        )
        return turn + math.pi / 2 + 0.2, shade(colour, light)

    mask = shape(size, ring, 2)
    view = Image.composite(fur_coat(size, 8, coat, mask), view, mask)
    hx, hy = 470, 640
    head = curve(
        [
            (hx - 128, hy + 10),
            (hx - 120, hy - 60),
            (hx - 128, hy - 150),
            (hx - 60, hy - 104),
            (hx + 10, hy - 110),
            (hx + 76, hy - 150),
            (hx + 92, hy - 66),
            (hx + 110, hy + 16),
            (hx + 70, hy + 84),
            (hx - 10, hy + 112),
            (hx - 90, hy + 84),
        ],
        8,
    )
    view = shadow(view, [(x + 10, y + 16) for x, y in head], 16, 0.55)

    def face(x: float, y: float) -> tuple[float, Colour]:
        dx, dy = (x - hx) / 120, (y - hy) / 110
        stripe = math.sin(dx * 11) * (1 if dy < -0.2 else 0.25)
        colour = between((220, 166, 100), (150, 86, 40), 0.45 + 0.5 * stripe)
        if dy > 0.12:
            colour = between(
                colour,
                (246, 234, 214),
                min((dy - 0.12) * 2.4, 1) * max(0.0, 1 - abs(dx)),
            )
        return math.atan2(dy - 0.1, dx), shade(colour, 1.1 - 0.2 * math.hypot(dx, dy))

    mask = shape(size, head, 2)
    view = Image.composite(fur_coat(size, 9, face, mask, 13), view, mask)
    pen = ImageDraw.Draw(view)
    for side in (-1, 1):
        ear = [
            (hx - 12 + side * 62, hy - 96),
            (hx - 16 + side * 96, hy - 136),
            (hx - 16 + side * 100, hy - 76),
        ]
        view = under(view, shape(size, ear, 4), (206, 140, 124))
        pen = ImageDraw.Draw(view)
        ex = hx - 10 + side * 56
        pen.arc(
            (ex - 34, hy - 44, ex + 34, hy + 6), 24, 156, fill=(52, 28, 16), width=7
        )
        for number in range(4):
            y = hy + 34 + number * 10
            pen.line(
                (
                    hx - 8 + side * 26,
                    y,
                    hx - 8 + side * (150 + number * 10),
                    y - 26 + number * 18,
                ),
                fill=(248, 240, 228),
                width=2,
            )
    pen.polygon(
        [(hx - 26, hy + 22), (hx + 10, hy + 22), (hx - 8, hy + 42)],
        fill=(196, 116, 104),
    )
    pen.line((hx - 8, hy + 42, hx - 8, hy + 56), fill=(110, 66, 50), width=4)
    pen.arc((hx - 40, hy + 40, hx - 8, hy + 68), 20, 160, fill=(110, 66, 50), width=4)
    pen.arc((hx - 8, hy + 40, hx + 24, hy + 68), 20, 160, fill=(110, 66, 50), width=4)
    return lens(sized(view, (1024, 768)), 73, warm=0.05, grain=8)
