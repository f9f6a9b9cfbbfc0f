"""Seedlings, beans and tomatoes."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Colour,
    Size,
    between,
    curve,
    glow,
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
from tests.sample_pictures.plants import green_blur, put_leaf, stem
from tests.sample_pictures.sky import blue_sky
from tests.sample_pictures.tabletop import oval, shadow, wood
from tests.sample_pictures.water import plane


def soil(size: Size, seed: int) -> Image.Image:
    """Crumbly earth, lit from the left."""
    lumps = noise(size, seed, 46, octaves=7, fade=0.72)
    moved = lumps.transform(size, Image.Transform.AFFINE, (1, 0, -2, 0, 1, -2))
    relief = ImageChops.subtract(grey(lumps), grey(moved), scale=1, offset=128)
    relief = relief.point([min(max((v - 128) * 4 + 118, 0), 255) for v in range(256)])
    return tone(relief, ((0, (18, 12, 9)), (0.5, (72, 50, 36)), (1, (136, 104, 78))))


def seedlings() -> Image.Image:
    """The first row of beans, four leaves each."""
    size = (1300, 975)
    view = green_blur(size, 81, (46, 66, 40), (170, 180, 130), 20)
    view.paste(plane(soil((2600, 1950), 5), (1300, 700), 260), (0, 275))
    edge = shape(size, [(0, 0), (1300, 0), (1300, 275), (0, 275)], 26)
    view = Image.composite(
        green_blur(size, 81, (46, 66, 40), (170, 180, 130), 20), view, edge
    )
    source = random.Random(14)
    for row in range(7):
        near = row / 6
        y = 300 + 600 * near**1.5
        for column in (-1, 0, 1):
            x = 650 + column * (130 + 380 * near) + source.uniform(-14, 14)
            tall = 40 + 190 * near
            view = shadow(
                view,
                oval(x + tall * 0.5, y + 3, tall * 0.7, tall * 0.1),
                3 + 8 * near,
                0.6,
            )
            green = shade((112, 162, 62), source.uniform(0.85, 1.15))
            view = stem(
                view,
                [(x, y), (x + tall * 0.05, y - tall * 0.5), (x, y - tall)],
                3 + 8 * near,
                green,
            )
            for number, angle in enumerate((-2.6, -0.5, -1.9, -1.2)):
                view = put_leaf(
                    view,
                    row * 9 + number,
                    (
                        x,
                        y - tall * (0.8 + 0.06 * number),
                        angle + source.uniform(-0.2, 0.2),
                        tall * (0.62 - 0.08 * number),
                        tall * 0.19,
                    ),
                    green,
                )
    return lens(sized(view, (1024, 768)), 61)


def beans() -> Image.Image:
    """Runner beans on their poles."""
    size = (960, 1280)
    view = blue_sky(size, 18, 1250, 0.5).filter(ImageFilter.GaussianBlur(6))
    far = green_blur(size, 19, (40, 66, 36), (150, 176, 96), 12)
    view = Image.composite(
        far, view, shape(size, [(0, 620), (960, 560), (960, 1280), (0, 1280)], 60)
    )
    source = random.Random(16)
    for foot, head in ((130, 430), (390, 470), (640, 500), (880, 540)):
        view = stem(view, [(foot, 1290), (head, 70)], 15, (150, 118, 78))
    for number in range(150):
        pole = source.choice(((130, 430), (390, 470), (640, 500), (880, 540)))
        share = source.random() ** 0.9
        x = pole[0] + (pole[1] - pole[0]) * share + source.gauss(0, 46)
        y = 1290 + (70 - 1290) * share
        long = source.uniform(60, 130)
        green = shade((74, 120, 44), source.uniform(0.6, 1.2))
        view = put_leaf(
            view, number, (x, y, source.uniform(0.3, 2.8), long, long * 0.4), green
        )
        if number % 9 == 4:
            drop = source.uniform(90, 170)
            view = stem(
                view,
                [(x, y), (x + 8, y + drop * 0.5), (x + 26, y + drop)],
                13,
                (110, 160, 64),
            )
        if number % 8 == 2:
            for _ in range(5):
                q = source.uniform(7, 12)
                fx, fy = x + source.uniform(-26, 26), y + source.uniform(-34, 20)
                view = under(
                    view,
                    shape(size, oval(fx, fy, q, q * 0.8), 1),
                    shade((214, 52, 36), source.uniform(0.8, 1.15)),
                )
    return lens(sized(view, (780, 1040)), 62)


def tomato(
    view: Image.Image, x: float, y: float, r: float, seed: int, colour: Colour
) -> Image.Image:
    size = view.size
    source = random.Random(seed)
    wobble = [source.uniform(0.95, 1.04) for _ in range(9)]
    outline = curve(
        [
            (
                x + r * wobble[k] * math.cos(k * 0.698),
                y + r * 0.9 * wobble[k] * math.sin(k * 0.698),
            )
            for k in range(9)
        ]
    )
    view = shadow(
        view, oval(x + r * 0.45, y + r * 0.8, r * 1.05, r * 0.3), r * 0.16, 0.65
    )
    ball = tone(
        glow(size, (x - r * 0.25, y - r * 0.3), r * 1.5, 0.9),
        (
            (0, shade(colour, 0.35)),
            (0.5, colour),
            (1, between(shade(colour, 1.2), (255, 190, 120), 0.25)),
        ),
    )
    view = Image.composite(ball, view, shape(size, outline, 0.8))
    view = shine(
        view,
        shape(size, oval(x - r * 0.36, y - r * 0.42, r * 0.2, r * 0.13), r * 0.05),
        (255, 250, 240),
        0.85,
    )
    view = shine(
        view,
        glow(size, (x + r * 0.5, y + r * 0.5), r * 0.4, 1.6),
        (255, 160, 100),
        0.25,
    )
    for spike in range(6):
        a = spike * 1.047 + source.uniform(-0.2, 0.2)
        tip = (x + r * 0.5 * math.cos(a), y - r * 0.62 + r * 0.24 * math.sin(a))
        side = (math.cos(a + 1.57) * r * 0.07, math.sin(a + 1.57) * r * 0.05)
        view = under(
            view,
            shape(
                size,
                [
                    (x - side[0], y - r * 0.62 - side[1]),
                    tip,
                    (x + side[0], y - r * 0.62 + side[1]),
                ],
                0.7,
            ),
            shade((74, 116, 44), source.uniform(0.8, 1.2)),
        )
    return stem(
        view, [(x, y - r * 0.6), (x + r * 0.06, y - r * 0.84)], r * 0.1, (84, 120, 50)
    )


def sill() -> Image.Image:
    """Tomatoes ripening on the window sill."""
    size = (1400, 900)
    view = green_blur(size, 24, (60, 86, 60), (200, 214, 180), 22)
    draw = ImageDraw.Draw(view)
    for x in (0, 660, 1350):
        draw.rectangle((x, 0, x + 52, 560), fill=(226, 224, 216))
        draw.line((x + 52, 0, x + 52, 560), fill=(170, 168, 160), width=4)
    draw.rectangle((0, 540, 1400, 900), fill=(236, 233, 224))
    paint = grey(noise(size, 4, 300, octaves=7), -200, 500)
    view = rub(view, paint)
    draw = ImageDraw.Draw(view)
    draw.line((0, 540, 1400, 540), fill=(150, 148, 140), width=5)
    draw.rectangle((0, 842, 1400, 900), fill=(176, 172, 162))
    red, orange, green = (200, 34, 22), (226, 106, 26), (128, 150, 56)
    for x, y, r, colour in (
        (180, 650, 92, green), (390, 668, 104, orange), (650, 640, 110, red), (900, 664, 96, red), (1120, 640, 88, orange), (1290, 690, 80, green), (520, 760, 96, red), (790, 770, 100, red),
    ):  # fmt: skip
        view = tomato(view, x, y, r, int(x), colour)
    return lens(sized(view, (1200, 771)), 63, warm=0.02)


def basket() -> Image.Image:
    """What one Sunday in August gave."""
    size = (1200, 1000)
    view = wood(size, 44, (96, 84, 70), (170, 156, 136))
    source = random.Random(30)
    view = shadow(view, oval(640, 560, 500, 390), 40, 0.75)
    view = under(view, shape(size, oval(600, 500, 500, 400, 120), 1), (120, 82, 46))
    pen = ImageDraw.Draw(view)
    for ring in range(5):
        for number in range(110):
            a = number * 2 * math.pi / 110 + (ring % 2) * 0.028
            rx, ry = 492 - ring * 15, 392 - ring * 13
            x, y = 600 + rx * math.cos(a), 500 + ry * math.sin(a)
            light = 0.8 + 0.4 * math.cos(a - 3.9)
            pen.ellipse(
                (x - 17, y - 11, x + 17, y + 11),
                fill=shade((188, 140, 84), light),
                outline=shade((96, 62, 32), light),
            )
    view = under(view, shape(size, oval(600, 500, 424, 332, 120), 6), (40, 26, 16))
    for number in range(34):
        a, d = source.uniform(0, 6.28), 340 * source.random() ** 0.5
        x, y = 600 + d * math.cos(a), 500 + d * math.sin(a) * 0.78
        if number % 3 == 0:
            turn = source.uniform(0, 3.14)
            line = [
                (
                    x + 130 * t * math.cos(turn),
                    y + 130 * t * math.sin(turn) + 34 * t * t,
                )
                for t in (-1, -0.5, 0, 0.5, 1)
            ]
            view = stem(view, line, 20, shade((104, 150, 58), source.uniform(0.8, 1.2)))
        elif number % 3 == 1:
            view = put_leaf(
                view,
                number,
                (x, y, source.uniform(0, 6.28), 130, 46),
                shade((70, 122, 50), source.uniform(0.7, 1.2)),
            )
    for number in range(38):
        a, d = source.uniform(0, 6.28), 330 * source.random() ** 0.5
        view = tomato(
            view,
            600 + d * math.cos(a),
            480 + d * math.sin(a) * 0.74,
            source.uniform(44, 88),
            number,
            source.choice(((204, 36, 24), (214, 52, 28), (232, 150, 34))),
        )
    view = shine(view, glow(size, (260, 160), 800, 2), (255, 236, 204), 0.3)
    return lens(sized(view, (1000, 833)), 64, warm=0.04)
