"""Drawings by hand on squared paper: the garden's beds, the way to the lighthouse."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from tests.sample_pictures.paint import Colour, Point, Size, curve

INK, GREEN, RED = (50, 56, 90), (70, 140, 70), (196, 60, 50)
BLUE, WOOD, VIOLET, SUN = (
    (70, 110, 180),
    (140, 100, 60),
    (150, 110, 190),
    (226, 170, 40),
)


class Sheet:
    """Squared paper and a hand that shakes a little."""

    def __init__(self, size: Size, seed: int) -> None:
        self.picture = Image.new("RGB", size, (250, 248, 240))
        self._pen = ImageDraw.Draw(self.picture)
        self._source = random.Random(seed)
        for x in range(0, size[0], 20):
            self._pen.line((x, 0, x, size[1]), fill=(206, 220, 234))
        for y in range(0, size[1], 20):
            self._pen.line((0, y, size[0], y), fill=(206, 220, 234))

    def line(self, points: Sequence[Point], colour: Colour, wide: int = 3) -> None:
        shake = self._source.gauss
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(int(math.hypot(x1 - x0, y1 - y0) / 12), 1)
            between = [
                (
                    x0 + (x1 - x0) * step / steps + shake(0, 0.8),
                    y0 + (y1 - y0) * step / steps + shake(0, 0.8),
                )
                for step in range(steps + 1)
            ]
            self._pen.line(between, fill=colour, width=wide, joint="curve")

    def frame(self, x: float, y: float, w: float, h: float, wide: int = 3) -> None:
        corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]
        self.line(corners, INK, wide)

    def ring(self, x: float, y: float, r: float, colour: Colour) -> None:
        self._pen.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=3)

    def rays(self, x: float, y: float, inner: float, outer: float) -> None:
        for number in range(12):
            across, along = (
                math.cos(number * math.pi / 6),
                math.sin(number * math.pi / 6),
            )
            self.line(
                [
                    (x + inner * across, y + inner * along),
                    (x + outer * across, y + outer * along),
                ],
                SUN,
            )


def plan() -> Image.Image:
    """The beds of the garden as drawn one evening in March."""
    sheet = Sheet((900, 700), 48)
    sheet.frame(60, 60, 780, 580, 4)
    for bed in ((100, 100, 300, 150), (100, 300, 300, 150), (460, 100, 340, 150)):
        sheet.frame(*bed)
    sheet.frame(460, 300, 160, 290)
    sheet.frame(660, 300, 140, 150)
    for row in range(4):
        for column in range(9):
            x, y = 124 + column * 32, 124 + row * 34
            sheet.line([(x - 7, y), (x, y - 11), (x + 7, y)], GREEN)
    for column in range(6):
        x = 130 + column * 48
        sheet.line([(x, 430), (x + 8, 316)], WOOD)
        sheet.ring(x + 1, 357, 7, GREEN)
    for row in range(3):
        for column in range(7):
            sheet.ring(490 + column * 46, 130 + row * 44, 11, RED)
    for row in range(7):
        wave = [(480 + k * 24, 330 + row * 36 + 6 * math.sin(k * 2)) for k in range(6)]
        sheet.line(wave, VIOLET)
    sheet.rays(730, 375, 22, 50)
    for drop in (0, 20):
        sheet.line(
            [
                (100, 520 + drop),
                (240, 500 + drop),
                (330, 560 + drop),
                (395, 600 + drop),
            ],
            BLUE,
        )
    return sheet.picture


def way() -> Image.Image:
    """How to get to the lighthouse: the coast, the road, where the tea is."""
    sheet = Sheet((800, 600), 12)
    coast = [
        (40, 140),
        (160, 190),
        (230, 150),
        (330, 230),
        (420, 220),
        (470, 320),
        (590, 330),
    ]
    coast += [(640, 430), (760, 450)]
    sheet.line(coast, BLUE, 4)
    for offset in (26, 48):
        sheet.line([(x + offset * 0.4, y - offset) for x, y in coast[1:-1]], BLUE, 1)
    road = [
        (60, 540),
        (190, 470),
        (250, 390),
        (380, 400),
        (450, 470),
        (560, 470),
        (628, 436),
    ]
    sheet.line(road, WOOD, 4)
    for number in range(9):
        x, y = 90 + number * 60 % 310, 300 + number * 37 % 90
        sheet.line(
            [(x - 12, y + 12), (x, y - 16), (x + 12, y + 12), (x - 12, y + 12)], GREEN
        )
    sheet.line([(612, 430), (618, 350), (640, 350), (646, 430), (612, 430)], RED, 4)
    sheet.line([(612, 350), (629, 326), (646, 350)], RED, 4)
    sheet.rays(629, 318, 16, 46)
    sheet.line(curve([(330, 440), (372, 440), (368, 482), (336, 482)], 4), INK)
    sheet.line([(372, 450), (388, 454), (370, 470)], INK)
    sheet.line([(60, 540), (44, 520), (44, 560), (60, 540)], INK)
    sheet.line([(700, 90), (700, 170)], INK)
    sheet.line([(686, 110), (700, 88), (714, 110)], INK)
    return sheet.picture
