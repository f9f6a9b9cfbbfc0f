"""Lamps out of focus, on a tree and behind a wet window."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Colour,
    Size,
    faint,
    fall,
    glow,
    lens,
    shade,
    shine,
    sized,
    under,
)


def discs(
    size: Size,
    source: random.Random,
    count: int,
    colours: list[Colour],
    radius: tuple[float, float],
    band: tuple[float, float],
) -> Image.Image:
    """Lamps out of focus: bright discs with a brighter rim."""
    view = Image.new("RGB", size)
    for _ in range(count):
        r = source.uniform(*radius)
        x, y = source.uniform(-20, size[0] + 20), source.uniform(*band)
        disc = Image.new("L", (int(r * 4) + 8,) * 2)
        pen = ImageDraw.Draw(disc)
        pen.ellipse(
            (4, 4, r * 4, r * 4), fill=170, outline=255, width=max(int(r / 5), 2)
        )
        disc = disc.resize((int(r * 2) + 4,) * 2, Image.Resampling.LANCZOS).filter(
            ImageFilter.GaussianBlur(0.8)
        )
        layer = Image.new("RGB", disc.size)
        layer = shine(
            layer, disc, shade(source.choice(colours), source.uniform(0.3, 0.95))
        )
        at = (int(x - r), int(y - r))
        box = (*at, at[0] + disc.size[0], at[1] + disc.size[1])
        view.paste(ImageChops.screen(view.crop(box), layer), at)
    return view


def tree_lights() -> Image.Image:
    """Christmas lights, the nearest bauble sharp, the rest discs."""
    size = (1000, 1300)
    view = fall(size, ((0, (18, 12, 12)), (0.5, (40, 22, 14)), (1, (22, 12, 10))))
    source = random.Random(25)
    warm = [
        (255, 190, 90),
        (255, 150, 60),
        (255, 70, 50),
        (90, 200, 120),
        (255, 220, 150),
    ]
    view = ImageChops.screen(view, discs(size, source, 150, warm, (14, 52), (0, 1300)))
    flat = Image.new("RGB", size)
    pen = ImageDraw.Draw(flat)
    for _ in range(520):
        x, y = source.gauss(560, 330), source.gauss(330, 200)
        angle, long = source.gauss(1.9, 0.5), source.uniform(40, 110)
        green = shade((50, 84, 54), source.uniform(0.35, 1.2))
        for needle in range(22):
            share = needle / 22
            nx, ny = (
                x + math.cos(angle) * long * share,
                y + math.sin(angle) * long * share,
            )
            for side in (-1, 1):
                turn = angle + side * 0.7
                pen.line(
                    (nx, ny, nx + math.cos(turn) * 20, ny + math.sin(turn) * 20),
                    fill=green,
                    width=2,
                )
    cover = faint(flat.convert("L"), 12).filter(ImageFilter.GaussianBlur(1))
    view = Image.composite(flat, view, cover)
    ball = 400
    body = Image.new("RGB", (ball, ball), (120, 14, 20))
    body = under(
        body,
        glow((ball, ball), (ball * 0.5, ball * 0.55), ball * 0.62, 0.8),
        (176, 26, 30),
    )
    body = shine(
        body,
        glow((ball, ball), (ball * 0.34, ball * 0.3), ball * 0.2, 1.4),
        (255, 214, 190),
    )
    body = shine(
        body,
        glow((ball, ball), (ball * 0.68, ball * 0.72), ball * 0.24, 1.6),
        (220, 110, 50),
    )
    for _ in range(36):
        a, d = source.uniform(0, 6.28), ball * 0.46 * source.random() ** 0.4
        body = shine(
            body,
            glow(
                (ball, ball),
                (ball / 2 + d * math.cos(a), ball / 2 + d * math.sin(a)),
                source.uniform(4, 11),
                0.7,
            ),
            source.choice(warm),
            0.8,
        )
    mask = Image.new("L", (ball * 2, ball * 2))
    ImageDraw.Draw(mask).ellipse((8, 8, ball * 2 - 8, ball * 2 - 8), fill=255)
    view.paste(body, (330, 640), mask.resize((ball, ball), Image.Resampling.LANCZOS))
    draw = ImageDraw.Draw(view)
    draw.rounded_rectangle((500, 612, 560, 656), 8, fill=(190, 160, 90))
    draw.arc((508, 570, 552, 624), 150, 30, fill=(200, 176, 110), width=5)
    draw.line((530, 574, 560, 420), fill=(180, 160, 110), width=3)
    return lens(sized(view, (800, 1040)), 32, warm=0.05, grain=8)


def rain() -> Image.Image:
    """Half past one at night, rain on the window, the street behind it."""
    size = (1300, 975)
    view = fall(size, ((0, (16, 20, 34)), (0.6, (32, 34, 52)), (1, (22, 20, 30))))
    source = random.Random(130)
    lamps = [
        (255, 180, 90),
        (255, 120, 60),
        (255, 230, 190),
        (235, 60, 50),
        (110, 180, 255),
    ]
    view = ImageChops.screen(view, discs(size, source, 70, lamps, (16, 58), (380, 760)))
    view = ImageChops.screen(
        view, discs(size, source, 20, lamps[:1], (10, 30), (150, 420))
    )
    view = view.filter(ImageFilter.GaussianBlur(5))
    glass = ImageFilter.GaussianBlur(0.7)
    upside = view.transpose(Image.Transpose.ROTATE_180).resize((162, 122))
    drops = [
        (source.uniform(0, 1300), source.uniform(0, 975), abs(source.gauss(0, 7)) + 2.2)
        for _ in range(1050)
    ]
    for x in (140, 420, 655, 980, 1190):
        y = source.uniform(-40, 200)
        while y < 975:
            drops.append((x + 12 * math.sin(y / 60), y, source.uniform(3, 9)))
            y += source.uniform(10, 60)
    for x, y, r in drops:
        side = int(r * 2) + 3
        tall = int(side * source.uniform(1.0, 1.25))
        cx = min(max(int(x / 1300 * 162), 8), 140)
        cy = min(max(int((975 - y) / 975 * 122), 8), 104)
        tiny = upside.crop((cx - 8, cy - 8, cx + 14, cy + 14)).resize(
            (side, tall), Image.Resampling.BICUBIC
        )
        tiny = tiny.point([min(round(v * 1.25) + 6, 255) for v in range(256)] * 3)
        edge = ImageDraw.Draw(tiny)
        edge.arc(
            (0, 0, side - 1, tall - 1),
            190,
            350,
            fill=(10, 10, 16),
            width=max(int(r / 6), 1),
        )
        edge.ellipse(
            (side * 0.28, tall * 0.66, side * 0.28 + r / 3, tall * 0.66 + r / 3),
            fill=(250, 244, 230),
        )
        mask = Image.new("L", (side * 3, tall * 3))
        ImageDraw.Draw(mask).ellipse((2, 2, side * 3 - 3, tall * 3 - 3), fill=255)
        view.paste(
            tiny,
            (int(x - r), int(y - r)),
            mask.resize((side, tall), Image.Resampling.LANCZOS),
        )
    frame = ImageDraw.Draw(view)
    frame.rectangle((0, 930, 1300, 975), fill=(30, 24, 22))
    frame.line((0, 930, 1300, 930), fill=(74, 58, 48), width=4)
    return lens(sized(view.filter(glass), (1000, 750)), 34, grain=12)
