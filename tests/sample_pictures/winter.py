"""Ice, a lane after snow, and who walked there."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.sample_pictures.paint import (
    between,
    faint,
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
from tests.sample_pictures.sky import clouds
from tests.sample_pictures.tabletop import oval
from tests.sample_pictures.trees import fir, tree
from tests.sample_pictures.water import plane


def ice() -> Image.Image:
    """A frozen lake, the far wood grey."""
    size = (1500, 1000)
    view = fall(
        size, ((0, (176, 188, 202)), (0.42, (224, 226, 228)), (1, (220, 224, 228)))
    )
    view = under(view, clouds(size, 37, 420, cover=0.6), (238, 238, 238))
    source = random.Random(20)
    draw = ImageDraw.Draw(view)
    for layer, colour in enumerate(((176, 184, 190), (118, 126, 130), (66, 74, 74))):
        for _ in range(240):
            x = source.uniform(-10, 1510)
            hill = 60 * math.sin(x / 330 + layer * 2) + 20 * math.sin(x / 90)
            fir(
                draw,
                source,
                x,
                442 + layer * 4,
                max(40 + hill * (0.6 + 0.3 * layer) + source.uniform(0, 40), 24),
                shade(colour, source.uniform(0.9, 1.08)),
            )
    view = view.filter(ImageFilter.GaussianBlur(0.7))
    sheet = plane(
        noise((3000, 1300), 3, 110, octaves=8, stretch=1.7, fade=0.58), (1500, 550), 70
    )
    frozen = tone(
        grey(sheet, 50, 215),
        (
            (0, (110, 140, 158)),
            (0.45, (168, 190, 202)),
            (0.7, (226, 232, 236)),
            (1, (244, 246, 248)),
        ),
    )
    lines = Image.new("L", (3000, 1300))
    pen = ImageDraw.Draw(lines)
    for _ in range(46):
        x, y = source.uniform(0, 3000), source.uniform(0, 1300)
        angle = source.uniform(0, 6.3)
        for _ in range(source.randrange(20, 90)):
            angle += source.gauss(0, 0.22)
            end = (x + 22 * math.cos(angle), y + 14 * math.sin(angle))
            pen.line((x, y, *end), fill=source.choice((120, 190, 255)), width=2)
            x, y = end
    cracks = plane(lines.filter(ImageFilter.GaussianBlur(0.8)), (1500, 550), 70)
    frozen = under(frozen, cracks, (250, 252, 253))
    view.paste(frozen, (0, 450))
    mirror = shape(size, [(0, 450), (1500, 450), (1500, 540), (0, 540)], 26).point(
        [v * 2 // 5 for v in range(256)]
    )
    view = under(
        view,
        ImageChops.multiply(
            mirror, shape(size, [(0, 451), (1500, 451), (1500, 700), (0, 700)])
        ),
        (96, 108, 114),
    )
    return lens(sized(view, (1280, 853)), 23, warm=-0.02)


def snow_road() -> Image.Image:
    """A lane after the night's snow, with one set of tracks."""
    size = (1100, 1460)
    view = fall(
        size, ((0, (150, 176, 212)), (0.45, (226, 222, 222)), (1, (220, 224, 232)))
    )
    snow = tone(
        grey(
            plane(noise((2200, 1800), 7, 120, octaves=7, stretch=1.4), (1100, 860), 70),
            10,
            240,
        ),
        ((0, (176, 190, 214)), (0.6, (226, 231, 240)), (1, (250, 250, 252))),
    )
    view.paste(snow, (0, 600))
    for left, right in ((500, 516), (560, 576)):
        wide = 5.5
        track = shape(
            size,
            [
                (left + 12, 610),
                (right - 2, 610),
                (538 + (right - 538) * wide, 1460),
                (538 + (left - 538) * wide, 1460),
            ],
            3,
        )
        view = under(view, faint(track, 0.67), (160, 172, 196))
    source = random.Random(31)
    for layer in range(6):
        near = layer / 5
        flat = Image.new("L", size)
        draw = ImageDraw.Draw(flat)
        base = 606 + 420 * near**2
        for side in (-1, 1):
            x = 538 + side * (54 + 520 * near**1.6)
            tree(
                draw,
                source,
                (x, base),
                240 + 1000 * near,
                255,
                lean=side * 0.04,
                depth=9,
            )  # type: ignore[arg-type]
        soft = flat.filter(ImageFilter.GaussianBlur(0.7))
        colour = between((168, 172, 184), (38, 36, 40), near)
        view = under(view, soft, colour)
        top = ImageChops.subtract(flat, ImageChops.offset(flat, 0, 3))
        view = under(view, top.filter(ImageFilter.GaussianBlur(0.6)), (246, 248, 252))
    posts = ImageDraw.Draw(view)
    for step in range(9):
        near = step / 8
        x, y = 600 + 470 * near**1.8, 622 + 400 * near**1.9
        tall = 14 + 130 * near
        posts.rectangle(
            (x, y - tall, x + 3 + 13 * near, y),
            fill=between((150, 150, 158), (60, 52, 48), near),
        )
        posts.ellipse(
            (
                x - 2,
                y - tall - 3 - 12 * near,
                x + 5 + 15 * near,
                y - tall + 3 + 6 * near,
            ),
            fill=(244, 246, 250),
        )
    light = shape(size, [(0, 700), (1100, 560), (1100, 640), (0, 900)], 60)
    view = shine(view, faint(light, 0.25), (255, 210, 150))
    return lens(sized(view, (822, 1091)), 24)


def prints() -> Image.Image:
    """A cat's way across new snow."""
    size = (1300, 870)
    snow = noise(size, 14, 260, octaves=8, stretch=1.5, fade=0.5)
    view = tone(
        grey(snow), ((0, (168, 184, 212)), (0.6, (222, 229, 240)), (1, (250, 250, 252)))
    )
    source = random.Random(5)
    for step in range(13):
        share = step / 12
        x = 180 + 900 * share + 50 * math.sin(share * 5)
        y = 800 - 700 * share
        r = 34 - 17 * share
        x += (1 if step % 2 else -1) * r * 0.9
        pads = [(0.0, 0.3, 0.72, 0.55)] + [
            (0.42 * k, -0.62 + 0.22 * abs(k) * 0.8, 0.27, 0.3)
            for k in (-1.5, -0.5, 0.5, 1.5)
        ]
        for ox, oy, rx, ry in pads:
            px, py = x + ox * r * 1.1, y + oy * r
            view = shine(
                view,
                shape(size, oval(px + 3, py + 5, rx * r * 1.1, ry * r), 2),
                (250, 250, 255),
                0.5,
            )
            view = under(
                view,
                shape(size, oval(px, py, rx * r, ry * r * 0.9), 1.6),
                (124, 142, 182),
            )
            view = under(
                view,
                shape(size, oval(px + 2, py + 3, rx * r * 0.7, ry * r * 0.6), 2.5),
                (158, 174, 208),
            )
    glitter = Image.new("L", size)
    pen = ImageDraw.Draw(glitter)
    for _ in range(420):
        x, y = source.uniform(0, 1300), source.uniform(0, 870)
        pen.point((x, y), fill=255)
    view = shine(view, glitter.filter(ImageFilter.GaussianBlur(0.8)), (255, 255, 255))
    shade_ = shape(size, [(0, 0), (520, 0), (1300, 420), (1300, 560), (0, 120)], 40)
    view = under(view, faint(shade_, 0.25), (90, 110, 160))
    return lens(sized(view, (1024, 685)), 74, warm=-0.02)
