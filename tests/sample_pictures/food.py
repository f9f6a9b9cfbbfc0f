"""Noodle soup and mooncakes."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Point,
    between,
    curve,
    faint,
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
from tests.sample_pictures.tabletop import oval, shadow, wood


def noodles() -> Image.Image:
    """Beef noodle soup seen from above."""
    size = (1300, 1300)
    view = wood(size, 33, (70, 42, 26), (136, 90, 56))
    source = random.Random(18)
    cx, cy, r = 640, 660, 500
    view = shadow(view, oval(cx + 46, cy + 50, r * 1.03, r * 1.03), 40, 0.7)
    view = under(view, shape(size, oval(cx, cy, r, r, 160), 0.8), (232, 232, 226))
    view = under(
        view, shape(size, oval(cx, cy, r * 0.975, r * 0.975, 160), 0.8), (60, 84, 130)
    )
    view = under(
        view, shape(size, oval(cx, cy, r * 0.945, r * 0.945, 160), 0.8), (238, 238, 232)
    )
    hollow = glow(size, (cx + 30, cy + 40), r * 1.25, 0.7)
    view = under(
        view,
        faint(
            ImageChops.multiply(
                shape(size, oval(cx, cy, r * 0.9, r * 0.9, 160), 8), hollow
            ),
            0.5,
        ),
        (120, 116, 112),
    )
    soup = tone(
        grey(noise(size, 3, 160, octaves=6)), ((0, (92, 44, 14)), (1, (164, 92, 34)))
    )
    pool = shape(size, oval(cx, cy, r * 0.84, r * 0.84, 160), 2)
    inner = soup.copy()
    draw = ImageDraw.Draw(inner)
    for _ in range(150):
        a, d = source.uniform(0, 6.28), r * 0.66 * source.random() ** 0.5
        x, y = cx + d * math.cos(a), cy + d * math.sin(a)
        turn, bend = source.uniform(0, 6.28), source.uniform(-0.16, 0.16)
        line = [(x, y)]
        for _ in range(26):
            turn += bend + source.gauss(0, 0.06)
            x, y = x + 11 * math.cos(turn), y + 11 * math.sin(turn)
            line.append((x, y))
        pale = shade((238, 206, 140), source.uniform(0.82, 1.04))
        draw.line(
            [(px + 3, py + 4) for px, py in line],
            fill=shade(pale, 0.42),
            width=13,
            joint="curve",
        )
        draw.line(line, fill=shade(pale, 0.8), width=12, joint="curve")
        draw.line(
            [(px - 1, py - 2) for px, py in line], fill=pale, width=6, joint="curve"
        )
    for angle in range(7):
        a = 2.3 + angle * 0.36
        x, y = cx + 210 * math.cos(a), cy + 210 * math.sin(a) * 0.9
        rot = a + 0.8
        chunk = [
            (
                x + ox * math.cos(rot) - oy * math.sin(rot),
                y + ox * math.sin(rot) + oy * math.cos(rot),
            )
            for ox, oy in (
                (-76, -34),
                (0, -44),
                (72, -30),
                (80, 30),
                (4, 44),
                (-74, 34),
            )
        ]
        inner = shadow(inner, [(px + 8, py + 10) for px, py in curve(chunk)], 6, 0.55)
        meat = tone(
            grey(
                noise(size, 60 + angle, 30, octaves=5, stretch=3, fade=0.7).rotate(
                    angle * 40
                )
            ),
            ((0, (62, 28, 16)), (0.7, (124, 66, 38)), (1, (190, 130, 90))),
        )
        inner = Image.composite(meat, inner, shape(size, curve(chunk), 1))
    for leaf in range(9):
        a = 5.2 + leaf * 0.2
        x, y = (
            cx + source.uniform(90, 320) * math.cos(a),
            cy + source.uniform(90, 320) * math.sin(a),
        )
        blob = curve(
            [
                (
                    x + source.uniform(40, 92) * math.cos(k * 0.9),
                    y + source.uniform(30, 70) * math.sin(k * 0.9),
                )
                for k in range(7)
            ]
        )
        inner = shadow(inner, [(px + 7, py + 8) for px, py in blob], 5, 0.5)
        veins = tone(
            grey(noise(size, 80 + leaf, 40, octaves=6)),
            ((0, (26, 66, 22)), (1, (104, 154, 60))),
        )
        inner = Image.composite(veins, inner, shape(size, blob, 1))
    draw = ImageDraw.Draw(inner)
    for _ in range(70):
        a, d = source.uniform(0, 6.28), r * 0.8 * source.random() ** 0.5
        x, y, q = cx + d * math.cos(a), cy + d * math.sin(a), source.uniform(7, 13)
        green = shade((120, 176, 70), source.uniform(0.7, 1.2))
        draw.ellipse((x - q, y - q * 0.8, x + q, y + q * 0.8), outline=green, width=5)
    for _ in range(120):
        a, d = source.uniform(0, 6.28), r * 0.82 * source.random() ** 0.4
        x, y, q = cx + d * math.cos(a), cy + d * math.sin(a), source.uniform(3, 15)
        draw.ellipse((x - q, y - q, x + q, y + q), outline=(222, 150, 60), width=2)
    view = Image.composite(inner, view, pool)
    rim = ImageDraw.Draw(view)
    for offset in (0, 34):
        rim.line((1010 + offset, 60, 1240 + offset, 1240), fill=(30, 14, 10), width=22)
        rim.line((1006 + offset, 60, 1236 + offset, 1240), fill=(140, 40, 30), width=14)
    view = shine(view, glow(size, (330, 250), 760, 2), (255, 240, 214), 0.35)
    return lens(sized(view, (960, 960)), 45, warm=0.05)


def mooncakes() -> Image.Image:
    """A plate of mooncakes."""
    size = (1300, 900)
    view = tone(
        grey(noise(size, 12, 60, octaves=6)), ((0, (72, 30, 32)), (1, (118, 52, 50)))
    )
    weave = Image.new("L", size, 128)
    pen = ImageDraw.Draw(weave)
    for x in range(0, 1300, 6):
        pen.line((x, 0, x, 900), fill=110, width=2)
    for y in range(0, 900, 6):
        pen.line((0, y, 1300, y), fill=146, width=2)
    view = rub(view, weave)
    view = shadow(view, oval(670, 500, 590, 350), 34, 0.6)
    for scale, colour in (
        (1.0, (226, 228, 226)),
        (0.97, (248, 248, 244)),
        (0.8, (222, 224, 222)),
        (0.78, (240, 240, 236)),
    ):
        view = under(
            view,
            shape(size, oval(650, 462, 580 * scale, 340 * scale, 120), 1.4),
            colour,
        )
    for x, y in (
        (430, 330),
        (820, 320),
        (620, 300),
        (350, 470),
        (900, 480),
        (520, 560),
        (770, 570),
    ):
        view = _mooncake(view, x, y, 150)
    view = shine(view, glow(size, (320, 160), 700, 2), (255, 236, 200), 0.4)
    return lens(sized(view, (1024, 709)), 46, warm=0.06)


def _mooncake(view: Image.Image, x: int, y: int, wide: int) -> Image.Image:
    size = view.size
    lobes = 14

    def round_(scale: float, drop: float) -> list[Point]:
        outline = []
        for i in range(lobes * 10):
            a = 2 * math.pi * i / (lobes * 10)
            r = wide * scale * (1 + 0.05 * abs(math.sin(a * lobes / 2)))
            outline.append((x + r * math.cos(a), y + drop + r * 0.56 * math.sin(a)))
        return outline

    view = shadow(view, [(px + 20, py + 18) for px, py in round_(1, 60)], 12, 0.55)
    for drop in range(60, 0, -3):
        view = under(
            view,
            shape(size, round_(1, drop), 0.5),
            between((176, 104, 40), (110, 54, 20), drop / 60),
        )
    top = tone(
        grey(noise(size, x + y, 70, octaves=6), 0, 255),
        ((0, (150, 82, 28)), (1, (214, 146, 66))),
    )
    view = Image.composite(top, view, shape(size, round_(1, 0), 0.6))
    art = Image.new("L", size)
    pen = ImageDraw.Draw(art)
    for ring in (0.86, 0.34):
        pen.ellipse(
            (
                x - wide * ring,
                y - wide * ring * 0.56,
                x + wide * ring,
                y + wide * ring * 0.56,
            ),
            outline=255,
            width=6,
        )
    for petal in range(8):
        a = petal * math.pi / 4 + 0.2
        px, py = x + wide * 0.6 * math.cos(a), y + wide * 0.6 * 0.56 * math.sin(a)
        pen.ellipse((px - 24, py - 16, px + 24, py + 16), outline=255, width=5)
    light = art.filter(ImageFilter.GaussianBlur(1.4))
    view = under(view, faint(ImageChops.offset(light, 2, 4), 0.5), (82, 38, 10))
    return shine(view, light, (200, 130, 60), 0.6)
