"""The orange date that a camera of 2005 burns into a corner of its pictures."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter

from tests.sample_pictures.paint import shine

# Which of the seven strokes light up, clockwise from the top, the middle one last.
_STROKES = {
    "0": "abcdef", "1": "bc", "2": "abdeg", "3": "abcdg", "4": "bcfg",
    "5": "acdfg", "6": "acdefg", "7": "abc", "8": "abcdefg", "9": "abcdfg",
}  # fmt: skip
_ENDS = {
    "a": (0, 0, 1, 0), "b": (1, 0, 1, 1), "c": (1, 1, 1, 2), "d": (0, 2, 1, 2),
    "e": (0, 1, 0, 2), "f": (0, 0, 0, 1), "g": (0, 1, 1, 1),
}  # fmt: skip


def stamp(picture: Image.Image, text: str) -> Image.Image:
    """The picture with these digits (and ' for the year) at the lower right."""
    size = picture.width / 46
    ink = Image.new("L", picture.size)
    pen = ImageDraw.Draw(ink)
    x = picture.width * 0.93 - len(text) * size * 0.95
    y = picture.height * 0.92 - size * 1.4
    for letter in text:
        if letter == "'":
            pen.line(
                (x + size * 0.3, y, x + size * 0.2, y + size * 0.4), fill=255, width=3
            )
        for stroke in _STROKES.get(letter, ""):
            x0, y0, x1, y1 = _ENDS[stroke]
            wide, tall = size * 0.5, size * 0.62
            pen.line(
                (x + x0 * wide, y + y0 * tall, x + x1 * wide, y + y1 * tall),
                fill=255,
                width=3,
            )
        x += size * 0.95
    soft = ink.filter(ImageFilter.GaussianBlur(1.2))
    halo = ink.filter(ImageFilter.GaussianBlur(5))
    return shine(shine(picture, halo, (255, 90, 20), 0.7), soft, (255, 150, 40))
