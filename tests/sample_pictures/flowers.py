"""Flowers of the garden, and a leaf."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
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
from tests.sample_pictures.plants import (
    BROWN,
    YELLOW,
    blossom,
    green_blur,
    put_leaf,
    stem,
)
from tests.sample_pictures.sky import blue_sky
from tests.sample_pictures.tabletop import oval, shadow


def daisy() -> Image.Image:
    """An ox-eye daisy, as near as the lens would go."""
    size = (1200, 900)
    view = green_blur(size, 61, (30, 60, 26), (150, 176, 90))
    view = stem(view, [(640, 470), (650, 640), (690, 900)], 20, (84, 120, 56))
    view = blossom(
        view, 4, (630, 410), 300, 17, ((214, 216, 206), (250, 250, 248)), YELLOW, 0.3
    )
    return lens(sized(view, (1024, 768)), 51, grain=7)


def sunflowers() -> Image.Image:
    """Sunflowers against the August sky."""
    size = (1000, 1320)
    view = blue_sky(size, 92, 1300, 0.5).filter(ImageFilter.GaussianBlur(3))
    for x, y, r, seed in ((760, 560, 190, 3), (250, 700, 210, 4), (520, 380, 300, 5)):
        view = stem(
            view, [(x, y), (x + 10, y + 300), (x - 20, 1330)], r * 0.13, (92, 124, 52)
        )
        for number in range(4):
            side = -1 if number % 2 else 1
            view = put_leaf(
                view,
                seed * 10 + number,
                (
                    x + 6,
                    y + r * 1.1 + number * r * 0.62,
                    math.pi / 2 - side * 1.15,
                    r * 1.05,
                    r * 0.34,
                ),
                (84, 124, 48),
            )
        view = blossom(
            view, seed, (x, y), r, 21, ((206, 120, 10), (250, 196, 30)), BROWN, 0.42
        )
    return lens(sized(view, (800, 1056)), 52, warm=0.03)


def lavender() -> Image.Image:
    """Lavender, and a bee that was just leaving."""
    size = (1200, 900)
    view = green_blur(size, 66, (52, 66, 44), (176, 164, 190))
    source = random.Random(11)
    for depth in range(3):
        for _ in range(9 - depth * 2):
            x = source.uniform(30, 1170)
            top = source.uniform(110, 360) + depth * 40
            lean = source.uniform(-60, 60)
            view = stem(
                view,
                [(x, top + 120), (x + lean * 0.4, 600), (x + lean, 920)],
                5 + depth * 2,
                (104, 126, 84),
            )
            pen = ImageDraw.Draw(view)
            for ring in range(9):
                y = top + ring * (17 + depth * 3)
                wide = (10 + depth * 4) * math.sin(math.pi * (ring + 1.2) / 10.5) + 6
                for _ in range(9):
                    bx, by = (
                        x + source.uniform(-wide, wide) * 1.5,
                        y + source.uniform(-8, 8),
                    )
                    q = source.uniform(4, 8) + depth * 1.6
                    pen.ellipse(
                        (bx - q * 0.8, by - q, bx + q * 0.8, by + q),
                        fill=shade(
                            between((92, 70, 150), (164, 140, 206), source.random()),
                            source.uniform(0.75, 1.15),
                        ),
                    )
        view = view.filter(ImageFilter.GaussianBlur((7, 2.5, 0.6)[depth]))
    pen = ImageDraw.Draw(view)
    for wing in ((690, 236, 800, 300), (716, 214, 816, 276)):
        ghost = Image.new("L", size)
        ImageDraw.Draw(ghost).ellipse(wing, fill=120)
        view = under(view, ghost.filter(ImageFilter.GaussianBlur(3)), (226, 226, 230))
    body = Image.new("RGB", size, (196, 140, 40))
    pen = ImageDraw.Draw(body)
    for stripe in range(5):
        pen.rectangle(
            (700 + stripe * 32, 260, 715 + stripe * 32, 380), fill=(40, 28, 18)
        )
    fur = noise(size, 3, 8, octaves=3)
    body = rub(body.filter(ImageFilter.GaussianBlur(3)), grey(fur))
    view = shadow(view, oval(764, 322, 76, 40), 6, 0.35)
    view = Image.composite(
        body,
        view,
        shape(
            size,
            curve(
                [
                    (690, 312),
                    (716, 284),
                    (770, 276),
                    (820, 296),
                    (846, 322),
                    (810, 346),
                    (750, 350),
                    (706, 338),
                ]
            ),
            2,
        ),
    )
    view = under(view, shape(size, oval(684, 318, 26, 25), 1.5), (34, 26, 20))
    return lens(sized(view, (1024, 768)), 53)


def maple() -> Image.Image:
    """One red leaf on wet stones."""
    size = (1200, 900)
    stones = tone(
        grey(noise(size, 71, 110, octaves=7, fade=0.6)),
        ((0, (40, 42, 46)), (0.6, (92, 94, 98)), (1, (150, 152, 154))),
    )
    view = stones
    source = random.Random(9)
    for _ in range(90):
        x, y, r = (
            source.uniform(-40, 1240),
            source.uniform(-40, 940),
            source.uniform(40, 110),
        )
        outline = curve(
            [
                (
                    x + r * source.uniform(0.75, 1.1) * math.cos(k),
                    y + r * 0.72 * source.uniform(0.8, 1.1) * math.sin(k),
                )
                for k in (0, 0.9, 1.9, 2.8, 3.8, 4.7, 5.5)
            ]
        )
        view = shadow(view, [(px + 8, py + 12) for px, py in outline], 7, 0.7)
        colour = shade(
            source.choice(
                [(112, 110, 108), (136, 128, 118), (90, 94, 102), (148, 142, 138)]
            ),
            source.uniform(0.7, 1.05),
        )
        pebble = tone(
            grey(noise((int(r * 3), int(r * 3)), int(x) & 255, 20, octaves=4)),
            ((0, shade(colour, 0.75)), (1, shade(colour, 1.15))),
        )
        whole = Image.new("RGB", size)
        whole.paste(pebble, (int(x - r * 1.5), int(y - r * 1.5)))
        view = Image.composite(whole, view, shape(size, outline, 1))
        view = shine(
            view,
            glow(size, (x - r * 0.3, y - r * 0.34), r * 0.6, 1.5),
            (220, 226, 236),
            0.38,
        )
    cx, cy = 600, 470
    outline = []
    for i in range(720):
        a = i * math.pi / 360
        lobe = abs(math.cos(2.5 * (a - math.pi / 2)))
        reach = 130 + 270 * lobe**2.2 * (0.72 + 0.28 * math.cos(a + math.pi / 2))
        teeth = 1 + 0.1 * abs(math.sin(a * 17)) * lobe
        outline.append(
            (
                cx + reach * teeth * math.cos(a + 0.25),
                cy + reach * teeth * math.sin(a + 0.25) * 0.86,
            )
        )
    view = shadow(view, [(px + 18, py + 22) for px, py in outline], 12, 0.75)
    red = tone(
        grey(noise(size, 72, 220, octaves=7)),
        ((0, (120, 18, 16)), (0.55, (192, 44, 26)), (1, (236, 130, 50))),
    )
    pen = ImageDraw.Draw(red)
    for lobe in range(5):
        a = math.pi / 2 + lobe * 2 * math.pi / 5 + 0.25 + math.pi
        tip = (cx + 380 * math.cos(a), cy + 380 * math.sin(a) * 0.86)
        pen.line((cx, cy, *tip), fill=(238, 150, 80), width=6)
        for rib in range(2, 8):
            mx, my = cx + (tip[0] - cx) * rib / 9, cy + (tip[1] - cy) * rib / 9
            for side in (-1, 1):
                pen.line(
                    (
                        mx,
                        my,
                        mx + 90 * math.cos(a + side * 0.7),
                        my + 78 * math.sin(a + side * 0.7),
                    ),
                    fill=(216, 96, 48),
                    width=2,
                )
    view = Image.composite(
        red.filter(ImageFilter.GaussianBlur(0.8)), view, shape(size, outline, 0.6)
    )
    view = stem(
        view,
        [(cx - 30, cy + 110), (cx - 80, cy + 260), (cx - 60, cy + 400)],
        9,
        (150, 40, 30),
    )
    for _ in range(46):
        x, y, r = (
            cx + source.gauss(0, 170),
            cy + source.gauss(0, 130),
            source.uniform(5, 15),
        )
        view = shadow(view, oval(x + 2, y + 3, r, r), 2, 0.45)
        view = shine(
            view,
            shape(size, oval(x - r * 0.25, y - r * 0.3, r * 0.4, r * 0.3), 1),
            (255, 240, 236),
            0.9,
        )
    return lens(sized(view, (1024, 768)), 54)
