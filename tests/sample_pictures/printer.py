"""The printer, and what it said."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from tests.sample_pictures.paint import (
    Colour,
    Point,
    between,
    curve,
    fall,
    glow,
    grey,
    lens,
    noise,
    rub,
    shape,
    shine,
    sized,
)
from tests.sample_pictures.tabletop import blurred_room, shadow, table


def printer() -> Image.Image:
    """The printer on its shelf, a sheet stuck half-way."""
    size = (1200, 900)
    view = blurred_room(size, 9, (150, 160, 166), bright=(236, 240, 246))
    view.paste(table(size, 560, 51, (150, 120, 84), (206, 172, 128)), (0, 560))
    view = shadow(
        view, [(200, 700), (1060, 700), (1130, 640), (1010, 600), (260, 600)], 26, 0.6
    )
    grain = noise(size, 7, 6, octaves=2)

    def plastic(outline: list[Point], top: Colour, bottom: Colour) -> None:
        nonlocal view
        ys = [y for _, y in outline]
        body = fall(
            size, ((0, top), (min(ys) / 900, top), (max(ys) / 900, bottom), (1, bottom))
        )
        body = rub(body, grey(grain, -1200, 1456))
        view = Image.composite(body, view, shape(size, outline, 1))

    plastic(
        [(330, 250), (870, 250), (930, 130), (390, 130)],
        (240, 240, 238),
        (214, 214, 210),
    )
    paper = [(420, 300), (780, 300), (836, 60), (486, 74)]
    plastic(paper, (255, 255, 252), (226, 226, 224))
    plastic(
        curve(
            [
                (230, 360),
                (270, 300),
                (930, 300),
                (970, 360),
                (980, 620),
                (940, 690),
                (260, 690),
                (220, 620),
            ],
            6,
        ),
        (206, 204, 196),
        (150, 148, 142),
    )
    plastic(
        [(250, 320), (950, 320), (930, 270), (270, 270)],
        (228, 226, 220),
        (212, 210, 204),
    )
    plastic(
        [(310, 470), (890, 470), (890, 560), (310, 560)], (40, 42, 46), (20, 20, 24)
    )
    plastic(
        [
            (350, 540),
            (850, 540),
            (900, 700),
            (830, 742),
            (590, 720),
            (400, 748),
            (300, 700),
        ],
        (252, 252, 250),
        (214, 214, 216),
    )
    pen = ImageDraw.Draw(view)
    source = random.Random(1)
    for line in range(7):
        y = 572 + line * 18
        left, right = 376 - line * 7, 820 + line * 7
        x = float(left)
        while x < right - 30:
            wide = source.uniform(14, 60)
            if line != 4:
                pen.line(
                    (x, y, min(x + wide, right), y + 2), fill=(70, 72, 84), width=4
                )
            x += wide + 9
    pen.rounded_rectangle((700, 350, 900, 420), 8, fill=(58, 66, 60))
    pen.rectangle((716, 364, 820, 406), fill=(150, 168, 120))
    for number in range(3):
        pen.line(
            (724, 372 + number * 11, 724 + (84, 60, 40)[number], 372 + number * 11),
            fill=(60, 74, 50),
            width=4,
        )
    for number, colour in enumerate(((210, 60, 40), (90, 90, 90), (90, 90, 90))):
        pen.ellipse((836 + number * 20, 378, 850 + number * 20, 392), fill=colour)
    view = shine(view, glow(size, (843, 385), 26, 1.5), (255, 70, 40), 0.9)
    view = shine(view, glow(size, (340, 180), 520, 2), (255, 255, 250), 0.3)
    return lens(sized(view, (1024, 768)), 75, grain=11)


def complaint() -> Image.Image:
    """What the printer said: a window with a red cross, in few colours (for a GIF)."""
    view = Image.new("RGB", (460, 190), (236, 233, 216))
    pen = ImageDraw.Draw(view)
    for y in range(28):
        pen.line(
            (0, y, 460, y), fill=between((10, 90, 220), (0, 60, 170), abs(y - 8) / 20)
        )
    pen.rectangle((0, 0, 459, 189), outline=(0, 60, 170), width=3)
    pen.rectangle((430, 5, 452, 24), fill=(214, 80, 50), outline=(255, 255, 255))
    pen.line((436, 10, 446, 19), fill=(255, 255, 255), width=2)
    pen.line((446, 10, 436, 19), fill=(255, 255, 255), width=2)
    pen.text((10, 8), "Printer 1 on LPT1:", fill=(255, 255, 255))
    pen.ellipse((22, 50, 62, 90), fill=(206, 40, 36), outline=(130, 10, 10), width=2)
    pen.line((33, 61, 51, 79), fill=(255, 255, 255), width=5)
    pen.line((51, 61, 33, 79), fill=(255, 255, 255), width=5)
    pen.text(
        (80, 52), "The file C:\\temp\\new\\letter.prn could not be", fill=(0, 0, 0)
    )
    pen.text((80, 68), "printed. Not enough paper, ink, or patience.", fill=(0, 0, 0))
    pen.text((80, 92), "[error 0x0000006d]", fill=(90, 90, 90))
    for x, word in ((130, "Retry"), (250, "Cancel")):
        pen.rounded_rectangle(
            (x, 136, x + 84, 164), 3, fill=(250, 249, 244), outline=(0, 60, 116)
        )
        pen.text((x + 26, 144), word, fill=(0, 0, 0))
    return view
