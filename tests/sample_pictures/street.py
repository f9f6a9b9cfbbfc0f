"""A street of wooden houses."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw

from tests.sample_pictures.paint import (
    Colour,
    between,
    faint,
    grey,
    lens,
    noise,
    rub,
    shade,
    shape,
    sized,
    tone,
    under,
)
from tests.sample_pictures.sky import blue_sky
from tests.sample_pictures.water import plane


def street() -> Image.Image:
    """A row of wooden houses, each in its own colour."""
    size = (1500, 1000)
    view = blue_sky(size, 61, 640, 0.55)
    draw = ImageDraw.Draw(view)
    source = random.Random(12)
    paints = [
        (150, 62, 54),
        (214, 186, 110),
        (84, 116, 146),
        (226, 222, 210),
        (104, 134, 108),
        (190, 132, 98),
    ]
    x = -40
    for paint in paints:
        wide = source.randrange(225, 290)
        top = source.randrange(300, 370)
        _house(draw, source, (x, top, x + wide, 800), paint)
        x += wide
    boards = Image.new("L", size, 255)
    lines = ImageDraw.Draw(boards)
    for y in range(250, 800, 9):
        lines.line((0, y, 1500, y), fill=214, width=2)
    house_mask = Image.new("L", size)
    ImageDraw.Draw(house_mask).rectangle((0, 330, 1500, 800), fill=255)
    lined = ImageChops.multiply(view, Image.merge("RGB", [boards] * 3))
    view = Image.composite(lined, view, house_mask)
    pave = tone(
        grey(
            plane(noise((3000, 400), 4, 30, octaves=7, fade=0.8), (1500, 140), 60),
            60,
            200,
        ),
        ((0, (86, 86, 90)), (1, (136, 134, 132))),
    )
    view.paste(pave, (0, 860))
    walk = tone(
        grey(noise((1500, 62), 7, 20, octaves=5)),
        ((0, (150, 148, 142)), (1, (184, 180, 172))),
    )
    view.paste(walk, (0, 798))
    draw = ImageDraw.Draw(view)
    draw.rectangle((0, 856, 1500, 866), fill=(120, 118, 114))
    for left, paint in ((120, (70, 86, 100)), (930, (150, 44, 40))):
        _car(draw, left, 880, paint)
    shadow = shape(
        size, [(0, 800), (0, 690), (240, 790), (1500, 792), (1500, 830), (0, 850)], 8
    )
    view = under(view, faint(shadow, 0.33), (20, 24, 40))
    rough = noise(size, 77, 40, octaves=6, fade=0.7)
    view = rub(view, grey(rough, -700, 956))
    return lens(sized(view, (1024, 683)), 16, warm=0.03)


def _house(
    draw: ImageDraw.ImageDraw,
    source: random.Random,
    box: tuple[int, int, int, int],
    paint: Colour,
) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=paint)
    middle = (left + right) / 2
    white = (240, 238, 230)
    if source.random() < 0.5:
        draw.polygon(
            [(left - 8, top + 4), (middle, top - 130), (right + 8, top + 4)],
            fill=shade(paint, 0.92),
        )
        draw.line(
            [(left - 8, top + 4), (middle, top - 130), (right + 8, top + 4)],
            fill=white,
            width=9,
        )
        draw.rectangle((middle - 20, top - 60, middle + 20, top - 8), fill=white)
        draw.rectangle(
            (middle - 15, top - 55, middle + 15, top - 13), fill=(70, 84, 100)
        )
    else:
        draw.polygon(
            [(left, top), (left + 26, top - 70), (right - 26, top - 70), (right, top)],
            fill=(74, 70, 72),
        )
        draw.rectangle((left + 40, top - 120, left + 74, top - 60), fill=(130, 74, 60))
        draw.rectangle((left - 4, top - 4, right + 4, top + 10), fill=white)
    draw.rectangle((right - 10, top, right, bottom), fill=shade(paint, 0.7))
    wide = right - left
    for row in range(2):
        y = top + 46 + row * 170
        for column in range(2 if wide < 262 else 3):
            count = 2 if wide < 262 else 3
            x = left + wide * (column + 0.5) / count - 27
            if row and column == 0:
                continue
            draw.rectangle((x - 7, y - 7, x + 61, y + 103), fill=white)
            glass = between((58, 72, 90), (140, 168, 196), source.random())
            draw.rectangle((x, y, x + 54, y + 96), fill=glass)
            draw.polygon([(x, y), (x + 30, y), (x, y + 60)], fill=shade(glass, 1.3))
            draw.line((x, y + 48, x + 54, y + 48), fill=white, width=5)
            draw.line((x + 27, y, x + 27, y + 96), fill=white, width=3)
            draw.rectangle((x - 10, y + 103, x + 64, y + 110), fill=shade(white, 0.85))
    x = left + wide * 0.2
    door = shade((paint[2], paint[0], paint[1]), 0.75)
    draw.rectangle((x - 8, bottom - 160, x + 66, bottom), fill=white)
    draw.rectangle((x, bottom - 152, x + 58, bottom), fill=door)
    draw.rectangle((x + 10, bottom - 142, x + 48, bottom - 104), fill=(96, 112, 126))
    draw.ellipse((x + 48, bottom - 74, x + 54, bottom - 68), fill=(230, 200, 90))
    draw.rectangle((x - 18, bottom - 18, x + 78, bottom), fill=(160, 156, 150))


def _car(draw: ImageDraw.ImageDraw, left: int, base: int, paint: Colour) -> None:
    draw.ellipse((left - 10, base + 46, left + 330, base + 74), fill=(58, 58, 62))
    draw.rounded_rectangle((left, base - 30, left + 320, base + 46), 26, fill=paint)
    draw.polygon(
        [
            (left + 52, base - 26),
            (left + 100, base - 84),
            (left + 220, base - 84),
            (left + 276, base - 26),
        ],
        fill=shade(paint, 0.9),
    )
    draw.polygon(
        [
            (left + 72, base - 28),
            (left + 108, base - 76),
            (left + 156, base - 76),
            (left + 156, base - 28),
        ],
        fill=(50, 62, 74),
    )
    draw.polygon(
        [
            (left + 166, base - 28),
            (left + 166, base - 76),
            (left + 212, base - 76),
            (left + 250, base - 28),
        ],
        fill=(64, 78, 92),
    )
    draw.line(
        (left + 10, base - 6, left + 310, base - 6), fill=shade(paint, 1.25), width=4
    )
    for wheel in (64, 250):
        draw.ellipse(
            (left + wheel - 32, base + 12, left + wheel + 32, base + 70),
            fill=(30, 30, 32),
        )
        draw.ellipse(
            (left + wheel - 17, base + 26, left + wheel + 17, base + 57),
            fill=(150, 152, 156),
        )
