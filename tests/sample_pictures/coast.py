"""The rocky coast and its lighthouse."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    Colour,
    Size,
    faint,
    fall,
    grey,
    lens,
    noise,
    shade,
    shape,
    sized,
    tone,
    under,
)
from tests.sample_pictures.sky import blue_sky, clouds
from tests.sample_pictures.terrain import ridge
from tests.sample_pictures.water import plane


def lighthouse() -> Image.Image:
    """A white lighthouse on bare granite."""
    size = (1100, 1450)
    view = blue_sky(size, 52, 900, 0.53)
    sea = tone(
        grey(
            plane(noise((2200, 1100), 3, 14, octaves=5, stretch=4), (1100, 550), 50),
            40,
            235,
        ),
        ((0, (22, 56, 84)), (0.6, (58, 104, 132)), (1, (170, 196, 206))),
    )
    view.paste(sea, (0, 900))
    rock = rocks((1100, 560), 5, (176, 164, 150))
    source = random.Random(4)
    line = ridge(1100, source, 90, 0.5)
    outline = [
        (x, 250 - y - 150 * math.exp(-(((x - 520) / 330) ** 2)) + abs(x - 520) * 0.16)
        for x, y in enumerate(line)
    ]
    mask = Image.new("L", size)
    mask.paste(shape((1100, 560), [(0, 560), *outline, (1099, 560)], 0.8), (0, 890))
    layer = Image.new("RGB", size)
    layer.paste(rock, (0, 890))
    view = Image.composite(layer, view, mask)
    tower = fall((260, 640), ((0, (250, 250, 248)), (1, (232, 232, 230))))
    side = Image.linear_gradient("L").rotate(90).resize((260, 640))
    tower = ImageChops.multiply(
        tower,
        tone(
            side, ((0, (255, 252, 246)), (0.35, (255, 250, 240)), (1, (140, 150, 168)))
        ),
    )
    stains = grey(noise((260, 640), 8, 90, stretch=0.3, octaves=6), 150, 260)
    tower = under(tower, faint(stains, 0.33), (186, 176, 160))
    view.paste(
        tower,
        (390, 350),
        shape((260, 640), [(58, 0), (202, 0), (248, 640), (12, 640)], 0.7),
    )
    draw = ImageDraw.Draw(view)
    red, dark = (176, 40, 34), (110, 24, 26)
    draw.rectangle((424, 334, 616, 356), fill=(60, 24, 26))
    draw.rectangle((418, 322, 622, 338), fill=red)
    for x in range(424, 620, 16):
        draw.line((x, 288, x, 324), fill=dark, width=3)
    draw.line((420, 288, 620, 288), fill=dark, width=4)
    draw.rectangle((462, 236, 578, 326), fill=(52, 66, 78))
    for x in range(462, 580, 23):
        draw.line((x, 236, x, 326), fill=(236, 236, 230), width=4)
    draw.ellipse((492, 256, 548, 318), fill=(222, 236, 220))
    draw.polygon([(446, 240), (594, 240), (548, 176), (492, 176)], fill=red)
    draw.polygon([(530, 240), (594, 240), (548, 176), (522, 176)], fill=dark)
    draw.ellipse((506, 150, 534, 180), fill=dark)
    for y in (470, 640, 800):
        draw.rectangle((496, y, 526, y + 44), fill=(48, 54, 62))
        draw.rectangle((490, y + 44, 532, y + 50), fill=(190, 188, 184))
    draw.rectangle((492, 902, 548, 992), fill=(128, 30, 30))
    return lens(sized(view, (910, 1200)), 14)


def rocks(size: Size, seed: int, colour: Colour) -> Image.Image:
    """Cracked stone, lit from the upper left."""
    lumps = noise(size, seed, 150, octaves=8, fade=0.62)
    moved = lumps.transform(size, Image.Transform.AFFINE, (1, 0, -2.2, 0, 1, -2.2))
    relief = ImageChops.subtract(grey(lumps), grey(moved), scale=1, offset=128)
    relief = relief.point([min(max((v - 128) * 9 + 128, 0), 255) for v in range(256)])
    stone = tone(
        relief,
        ((0, shade(colour, 0.28)), (0.5, shade(colour, 0.8)), (1, shade(colour, 1.28))),
    )
    cracks = noise(size, seed + 1, 120, octaves=6, stretch=1.8)
    mask = (
        cracks.point(lambda v: v * 1.0)
        .convert("L")
        .point([max(0, 255 - abs(v - 128) * 60) for v in range(256)])
    )
    stone = under(stone, mask.filter(ImageFilter.GaussianBlur(1)), shade(colour, 0.3))
    lichen = grey(noise(size, seed + 2, 60, octaves=6), 160, 210)
    return under(stone, faint(lichen, 0.33), (190, 150, 70))


def surf() -> Image.Image:
    """Waves breaking on dark rocks."""
    size = (1400, 930)
    view = fall(
        size, ((0, (168, 184, 200)), (0.35, (216, 222, 226)), (1, (220, 224, 226)))
    )
    view = under(view, clouds(size, 71, 330, cover=0.6), (240, 240, 240))
    waves = plane(
        noise((2800, 1300), 12, 26, octaves=6, stretch=4, fade=0.6), (1400, 610), 60
    )
    sea = tone(
        grey(waves, 50, 225),
        (
            (0, (20, 50, 62)),
            (0.5, (48, 92, 102)),
            (0.75, (104, 146, 148)),
            (1, (236, 240, 238)),
        ),
    )
    view.paste(sea, (0, 320))
    foam = plane(
        noise((2800, 1300), 13, 60, octaves=8, stretch=2.4, fade=0.7), (1400, 610), 100
    )
    near = fall(
        (1400, 610),
        (
            (0, (0, 0, 0)),
            (0.35, (60, 60, 60)),
            (0.75, (255, 255, 255)),
            (1, (255, 255, 255)),
        ),
    ).convert("L")
    white = ImageChops.multiply(grey(foam, 130, 180), near)
    veil = Image.new("L", size)
    veil.paste(white, (0, 320))
    view = under(view, veil, (240, 243, 242))
    source = random.Random(6)
    for left, wide, tall, base in (
        (-120, 620, 300, 730),
        (780, 800, 380, 840),
        (280, 460, 150, 890),
    ):
        line = ridge(wide, source, tall, 0.6)
        top = [
            (left + x, base - (tall * 0.25 + y) * math.sin(math.pi * x / wide) ** 0.6)
            for x, y in enumerate(line)
        ]
        mask = shape(size, [*top, (left + wide, base + 60), (left, base + 60)], 0.8)
        view = Image.composite(rocks(size, 30 + left % 7, (92, 84, 78)), view, mask)
        edge = [
            (left + x, base + source.uniform(-34, 6)) for x in range(-60, wide + 60, 12)
        ]
        foot = shape(
            size, [*edge, (left + wide + 90, base + 90), (left - 90, base + 90)], 12
        )
        spray = grey(noise(size, left % 97, 34, octaves=7, fade=0.75), 70, 170)
        view = under(view, ImageChops.multiply(spray, foot), (244, 247, 246))
    return lens(sized(view, (1024, 680)), 15)
