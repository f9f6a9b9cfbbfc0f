"""A room with boxes, and the same room empty."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Point,
    faint,
    fall,
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
from tests.sample_pictures.tabletop import shadow, table, window_light
from tests.sample_pictures.terrain import ridge


def box(
    view: Image.Image,
    corners: tuple[Point, Point, Point, Point],
    seed: int,
    light: float,
    *,
    tape: bool = False,
) -> Image.Image:
    """One face of a cardboard box."""
    size = view.size
    fibres = noise(size, seed, 18, octaves=5, stretch=5, fade=0.7)
    card = tone(
        grey(fibres, -60, 320),
        ((0, shade((150, 110, 70), light)), (1, shade((214, 172, 122), light))),
    )
    falloff = fall(size, ((0, (255, 255, 255)), (1, (190, 180, 170))))
    card = ImageChops.multiply(card, falloff)
    view = Image.composite(card, view, shape(size, corners, 0.6))
    if tape:
        a, b, c, d = corners

        def at(p: Point, q: Point, share: float) -> Point:
            return (p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share)

        strip = [at(a, b, 0.44), at(a, b, 0.56), at(d, c, 0.56), at(d, c, 0.44)]
        mask = faint(shape(size, strip, 0.5), 0.6)
        view = under(view, mask, shade((206, 176, 120), light * 1.1))
    return view


def boxes() -> Image.Image:
    """The first evening: boxes in an empty room."""
    size = (1400, 1050)
    wall = fall(size, ((0, (196, 186, 166)), (1, (168, 156, 138))))
    rough = noise(size, 3, 200, octaves=7)
    view = rub(wall, grey(rough, -500, 760))
    view.paste(table(size, 640, 5, (92, 58, 34), (158, 110, 70)), (0, 640))
    draw = ImageDraw.Draw(view)
    draw.rectangle((0, 600, 1400, 642), fill=(226, 220, 206))
    draw.line((0, 642, 1400, 642), fill=(80, 60, 44), width=3)
    view = window_light(view, 1, 0.55)
    for x, y, w, h, deep, number in (
        (150, 470, 380, 330, 120, 0), (560, 560, 320, 250, 90, 1), (880, 400, 400, 470, 130, 2), (240, 250, 300, 226, 96, 3),
        (620, 690, 460, 270, 130, 4),
    ):  # fmt: skip
        view = shadow(
            view,
            [
                (x - 20, y + h + 14),
                (x + w + deep + 130, y + h - 26),
                (x + w + deep + 40, y + h - deep),
                (x, y + h - 20),
            ],
            22,
            0.6,
        )
        top = (
            (x, y),
            (x + w, y),
            (x + w + deep * 0.75, y - deep * 0.4),
            (x + deep * 0.75, y - deep * 0.4),
        )
        side = (
            (x + w, y),
            (x + w + deep * 0.75, y - deep * 0.4),
            (x + w + deep * 0.75, y + h - deep * 0.4),
            (x + w, y + h),
        )
        front = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
        view = box(view, top, 10 + number, 1.1, tape=True)
        view = box(view, side, 20 + number, 0.55)
        view = box(view, front, 30 + number, 0.9)
        draw = ImageDraw.Draw(view)
        draw.line((x, y, x + w, y), fill=(112, 82, 52), width=2)
        draw.line(
            (
                x + w * 0.44,
                y,
                x + w * 0.44,
                y + 46,
                x + w * 0.56,
                y + 46,
                x + w * 0.56,
                y,
            ),
            fill=(190, 160, 112),
            width=3,
        )
        ink = (60, 44, 34)
        for line in range(2):
            points = [
                (
                    x + w * 0.2 + i * 9,
                    y
                    + h * 0.55
                    + line * 34
                    + random.Random(i * 7 + number * 31 + line).uniform(-9, 9),
                )
                for i in range(14 - 5 * line)
            ]
            draw.line(points, fill=ink, width=4, joint="curve")
    return lens(sized(view, (1024, 768)), 41, warm=0.05, grain=9)


def empty_room() -> Image.Image:
    """The same room five years later, the light of an evening on the floor."""
    size = (1000, 1330)
    view = fall(
        size, ((0, (214, 204, 184)), (0.7, (196, 182, 158)), (1, (150, 130, 110)))
    )
    rough = noise(size, 9, 240, octaves=7)
    view = rub(view, grey(rough, -500, 760))
    view.paste(table(size, 880, 15, (96, 58, 32), (170, 116, 70)), (0, 880))
    draw = ImageDraw.Draw(view)
    draw.rectangle((0, 842, 1000, 884), fill=(232, 226, 212))
    draw.line((0, 884, 1000, 884), fill=(70, 50, 36), width=3)
    draw.rectangle((230, 170, 640, 700), fill=(238, 234, 224))
    panes = fall(
        (362, 484), ((0, (160, 190, 222)), (0.6, (250, 226, 180)), (1, (252, 206, 140)))
    )
    view.paste(panes, (254, 192))
    source = random.Random(2)
    line = ridge(362, source, 70, 0.5)
    pen = ImageDraw.Draw(view)
    pen.polygon(
        [(254, 676), *((254 + x, 640 - y) for x, y in enumerate(line)), (615, 676)],
        fill=(104, 112, 104),
    )
    for x in (254 + 176,):
        pen.rectangle((x, 192, x + 12, 676), fill=(238, 234, 224))
    pen.rectangle((254, 424, 616, 438), fill=(238, 234, 224))
    pen.rectangle((206, 696, 664, 722), fill=(244, 240, 230))
    light = Image.new("L", size)
    pen = ImageDraw.Draw(light)
    for column in range(2):
        for row in range(2):
            x, y = 400 + column * 190 + row * 90, 930 + row * 120
            pen.polygon(
                [(x, y), (x + 160, y), (x + 250, y + 100), (x + 84, y + 100)], fill=255
            )
    light = light.filter(ImageFilter.GaussianBlur(6))
    view = shine(view, light, (255, 196, 110), 0.75)
    view = shine(view, glow(size, (440, 430), 620, 2.2), (255, 214, 150), 0.35)
    return lens(sized(view, (800, 1064)), 42, warm=0.05)
