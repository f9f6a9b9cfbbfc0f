"""Mugs and cups of tea."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Colour,
    fall,
    grey,
    lens,
    noise,
    shade,
    shape,
    shine,
    sized,
    tone,
    under,
)
from tests.sample_pictures.tabletop import (
    blurred_room,
    oval,
    shadow,
    table,
    window_light,
)


def mug_on(
    view: Image.Image,
    x: int,
    y: int,
    wide: int,
    tall: int,
    paint: Colour,
    inside: Colour,
) -> Image.Image:
    """A mug whose rim's centre is at (x, y), full of something."""
    size = view.size
    rx, ry = wide / 2, wide * 0.15
    view = shadow(view, oval(x + wide * 0.5, y + tall, wide * 0.95, ry * 1.3), 18, 0.5)
    view = shadow(view, oval(x + 4, y + tall, rx * 1.02, ry), 5, 0.7)
    ring = Image.new("L", size)
    pen = ImageDraw.Draw(ring)
    pen.arc(
        (x + rx * 0.62, y + tall * 0.18, x + rx * 1.62, y + tall * 0.76),
        -100,
        100,
        fill=255,
        width=int(wide * 0.09),
    )
    view = under(view, ring.filter(ImageFilter.GaussianBlur(1)), shade(paint, 0.62))
    side = [
        (x + rx * math.cos(a / 20 * math.pi), y + ry * math.sin(a / 20 * math.pi))
        for a in range(21)
    ]
    low = [
        (
            x - rx * 0.93 * math.cos(a / 20 * math.pi),
            y + tall + ry * math.sin(a / 20 * math.pi),
        )
        for a in range(21)
    ]
    glaze = Image.new("RGB", (256, 1))
    for column in range(256):
        share = column / 255
        light = (
            0.55
            + 0.75 * math.exp(-(((share - 0.24) / 0.2) ** 2))
            - 0.35 * max(0.0, share - 0.55)
            + 0.16 * math.exp(-(((share - 0.97) / 0.05) ** 2))
        )
        glaze.putpixel((column, 0), shade(paint, light))
    body = Image.new("RGB", size)
    body.paste(
        glaze.resize((wide, tall + 80), Image.Resampling.BICUBIC),
        (int(x - rx), int(y - 30)),
    )
    view = Image.composite(body, view, shape(size, [*side, *low], 0.7))
    view = under(view, shape(size, oval(x, y, rx, ry), 0.6), shade(paint, 1.15))
    view = under(
        view, shape(size, oval(x, y + 2, rx * 0.93, ry * 0.88), 0.6), shade(paint, 0.55)
    )
    view = under(
        view, shape(size, oval(x, y + ry * 0.36, rx * 0.86, ry * 0.62), 1.5), inside
    )
    gleam = shape(size, oval(x - rx * 0.3, y + ry * 0.2, rx * 0.3, ry * 0.16), 4)
    return shine(view, gleam, (255, 244, 220), 0.7)


def steam(view: Image.Image, x: int, y: int, tall: int, seed: int) -> Image.Image:
    smoke = noise(view.size, seed, 120, octaves=6, stretch=0.55)
    where = shape(
        view.size,
        [(x - 40, y), (x + 40, y), (x + 110, y - tall), (x - 60, y - tall)],
        46,
    )
    return shine(
        view, ImageChops.multiply(grey(smoke, 120, 230), where), (220, 220, 222), 0.6
    )


def mug() -> Image.Image:
    """Tea by the window, the first thing the new camera saw."""
    size = (1200, 900)
    view = blurred_room(size, 4, (168, 150, 126))
    view.paste(table(size, 470, 21, (84, 48, 26), (150, 98, 58)), (0, 470))
    view = window_light(view, 3, 0.3)
    view = mug_on(view, 560, 400, 300, 300, (66, 104, 140), (96, 48, 20))
    view = steam(view, 550, 380, 330, 6)
    return lens(sized(view, (1024, 768)), 43, warm=0.06, grain=10)


def tea() -> Image.Image:
    """Three small cups of tea in a courtyard."""
    size = (1300, 870)
    view = fall(size, ((0, (70, 96, 60)), (0.5, (110, 130, 84)), (1, (60, 60, 40))))
    leaves = tone(
        grey(noise(size, 5, 130, octaves=5)),
        ((0, (30, 52, 28)), (0.6, (96, 130, 62)), (1, (226, 232, 170))),
    )
    view = Image.blend(view, leaves, 0.75).filter(ImageFilter.GaussianBlur(16))
    view.paste(table(size, 400, 27, (70, 44, 30), (128, 84, 54)), (0, 400))
    for x, y, w in ((880, 400, 170), (330, 440, 210), (660, 540, 250)):
        view = mug_on(view, x, y, w, int(w * 0.56), (214, 220, 210), (168, 120, 40))
    view = steam(view, 650, 520, 300, 9)
    return lens(sized(view, (1024, 685)), 44, warm=0.02)
