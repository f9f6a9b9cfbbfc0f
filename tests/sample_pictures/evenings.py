"""Lights in the dark: windows, fireworks."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    between,
    fall,
    glow,
    grey,
    lens,
    noise,
    shade,
    shine,
    sized,
    tone,
    under,
)
from tests.sample_pictures.trees import fir, tree
from tests.sample_pictures.water import plane, water


def bloom(picture: Image.Image, lights: Image.Image, reach: float) -> Image.Image:
    """The lights with the glow that a lens gives them."""
    picture = ImageChops.screen(picture, lights)
    for times, much in ((0.25, 1.0), (1.0, 1.6), (3.0, 1.6)):
        soft = lights.filter(ImageFilter.GaussianBlur(reach * times))
        soft = soft.point([min(round(v * much), 255) for v in range(256)] * 3)
        picture = ImageChops.screen(picture, soft)
    return picture


def snowy_evening() -> Image.Image:
    """Houses in the blue hour, snow on every roof, lamps lit."""
    size = (1500, 1000)
    view = fall(
        size,
        (
            (0, (20, 30, 66)),
            (0.4, (58, 72, 118)),
            (0.62, (122, 118, 150)),
            (1, (120, 124, 160)),
        ),
    )
    source = random.Random(24)
    draw = ImageDraw.Draw(view)
    for _ in range(90):
        x = source.uniform(0, 1500)
        fir(
            draw,
            source,
            x,
            600,
            source.uniform(90, 220),
            shade((38, 46, 74), source.uniform(0.8, 1.2)),
        )
    ground = tone(
        grey(
            plane(noise((3000, 1000), 6, 110, octaves=6, stretch=1.6), (1500, 460), 80),
            0,
            255,
        ),
        ((0, (66, 80, 128)), (1, (150, 162, 204))),
    )
    view.paste(ground, (0, 540))
    lights = Image.new("RGB", size)
    draw, lamp = ImageDraw.Draw(view), ImageDraw.Draw(lights)
    spill = Image.new("L", size)
    pool = ImageDraw.Draw(spill)
    for x, base, wide, tall in (
        (70, 640, 250, 150),
        (420, 610, 210, 130),
        (1010, 622, 230, 140),
        (660, 720, 320, 190),
        (1230, 760, 330, 200),
    ):
        wall = between((44, 46, 70), (74, 56, 66), source.random())
        draw.rectangle((x, base - tall, x + wide, base), fill=wall)
        draw.rectangle(
            (x + wide * 0.7, base - tall, x + wide, base), fill=shade(wall, 0.72)
        )
        roof = [
            (x - 22, base - tall + 6),
            (x + wide / 2, base - tall * 1.72),
            (x + wide + 22, base - tall + 6),
        ]
        draw.polygon(roof, fill=(168, 178, 214))
        draw.polygon(
            [
                (x + wide / 2, base - tall * 1.72),
                roof[2],
                (x + wide * 0.62, base - tall + 6),
            ],
            fill=(126, 138, 182),
        )
        draw.line((roof[0], (roof[2][0], roof[2][1])), fill=(208, 214, 238), width=6)
        draw.rectangle(
            (x + wide * 0.68, base - tall * 1.66, x + wide * 0.78, base - tall * 1.2),
            fill=(52, 40, 50),
        )
        draw.rectangle(
            (x + wide * 0.67, base - tall * 1.7, x + wide * 0.79, base - tall * 1.63),
            fill=(206, 212, 236),
        )
        for column in range(3):
            wx, wy = x + wide * (0.12 + 0.3 * column), base - tall * 0.68
            if (x + column) % 5 == 1:
                draw.rectangle(
                    (wx, wy, wx + wide * 0.15, wy + tall * 0.34), fill=(30, 34, 56)
                )
                continue
            warm = between((255, 180, 84), (255, 214, 140), source.random())
            for art in (draw, lamp):
                art.rectangle(
                    (wx, wy, wx + wide * 0.15, wy + tall * 0.34),
                    fill=warm if art is draw else shade(warm, 0.8),
                )
            draw.line(
                (wx + wide * 0.075, wy, wx + wide * 0.075, wy + tall * 0.34),
                fill=shade(wall, 0.8),
                width=4,
            )
            draw.line(
                (wx, wy + tall * 0.17, wx + wide * 0.15, wy + tall * 0.17),
                fill=shade(wall, 0.8),
                width=3,
            )
            pool.polygon(
                [
                    (wx - 8, base + 6),
                    (wx + wide * 0.15 + 8, base + 6),
                    (wx + wide * 0.3, base + 100),
                    (wx - wide * 0.15, base + 100),
                ],
                fill=190,
            )
    view = shine(view, spill.filter(ImageFilter.GaussianBlur(16)), (150, 96, 40))
    flat = Image.new("L", size)
    pen = ImageDraw.Draw(flat)
    tree(pen, source, (560, 860), 620, 255, depth=10)  # type: ignore[arg-type]
    view = under(view, flat.filter(ImageFilter.GaussianBlur(0.6)), (22, 24, 42))
    top = ImageChops.subtract(flat, ImageChops.offset(flat, 0, 3))
    view = under(view, top.filter(ImageFilter.GaussianBlur(0.5)), (186, 194, 226))
    view = bloom(view, lights.filter(ImageFilter.GaussianBlur(1)), 14)
    flakes = Image.new("L", size)
    pen = ImageDraw.Draw(flakes)
    for _ in range(620):
        x, y, r = (
            source.uniform(0, 1500),
            source.uniform(0, 1000),
            abs(source.gauss(0, 1.6)) + 0.8,
        )
        pen.ellipse((x - r, y - r, x + r, y + r), fill=source.randrange(90, 210))
    view = under(view, flakes.filter(ImageFilter.GaussianBlur(1.2)), (232, 236, 250))
    return lens(sized(view, (1280, 853)), 31, grain=9)


def fireworks() -> Image.Image:
    """Fireworks over the harbour and again in the water."""
    size = (1300, 820)
    view = fall(size, ((0, (6, 8, 20)), (0.8, (26, 24, 44)), (1, (70, 48, 56))))
    source = random.Random(88)
    lights = Image.new("RGB", size)
    pen = ImageDraw.Draw(lights)
    smoke = Image.new("RGB", size)
    for cx, cy, radius, colour in (
        (430, 250, 230, (255, 170, 90)), (850, 180, 190, (230, 80, 90)), (690, 400, 140, (120, 190, 255)),
        (1080, 350, 130, (255, 220, 150)), (190, 420, 110, (150, 255, 170)),
    ):  # fmt: skip
        smoke = shine(
            smoke, glow(size, (cx, cy), radius * 1.7, 1.5), shade(colour, 0.3)
        )
        for ray in range(90):
            angle = source.uniform(0, 2 * math.pi)
            speed = radius * source.uniform(0.72, 1.02) * (1 if ray % 3 else 0.6)
            x, y = float(cx), float(cy)
            for step in range(26):
                share = step / 26
                nx = cx + math.cos(angle) * speed * (1 - (1 - share) ** 2)
                ny = (
                    cy
                    + math.sin(angle) * speed * (1 - (1 - share) ** 2)
                    + 62 * share**2
                )
                if step > 3:
                    pen.line(
                        (x, y, nx, ny),
                        fill=shade(
                            between((255, 250, 230), colour, share * 1.6),
                            0.35 + 0.65 * share,
                        ),
                        width=2,
                    )
                x, y = nx, ny
        pen.line(
            (cx + source.uniform(-14, 14), 800, cx, cy + radius * 0.3),
            fill=shade(colour, 0.22),
            width=2,
        )
    texture = grey(noise(size, 5, 150, octaves=7), 40, 240)
    view = ImageChops.screen(
        view, ImageChops.multiply(smoke, Image.merge("RGB", [texture] * 3))
    )
    view = bloom(view, lights, 7)
    draw = ImageDraw.Draw(view)
    x = -10
    windows = Image.new("RGB", size)
    lamp = ImageDraw.Draw(windows)
    while x < 1300:
        wide, tall = source.randrange(24, 86), int(abs(source.gauss(50, 46))) + 26
        draw.rectangle((x, 812 - tall, x + wide, 820), fill=(14, 14, 24))
        for wx in range(x + 5, x + wide - 5, 9):
            for wy in range(812 - tall + 6, 806, 11):
                if source.random() < 0.42:
                    lamp.rectangle(
                        (wx, wy, wx + 4, wy + 5),
                        fill=source.choice(
                            ((255, 206, 130), (255, 236, 190), (200, 214, 240))
                        ),
                    )
        x += wide + source.randrange(0, 6)
    view = bloom(view, windows, 2.5)
    whole = water(view, 330, 3, deep=(8, 10, 22), wind=0.7)
    return lens(sized(whole, (1024, 906)), 33, grain=10)
