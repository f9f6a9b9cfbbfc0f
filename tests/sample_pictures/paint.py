"""Painting with Pillow alone: noise, gradients, light, masks and the lens."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath

Colour = tuple[int, int, int]


Size = tuple[int, int]


Stops = Sequence[tuple[float, Colour]]


Point = tuple[float, float]


def noise(
    size: Size,
    seed: int,
    cell: float,
    *,
    octaves: int = 5,
    stretch: float = 1.0,
    fade: float = 0.5,
) -> Image.Image:
    """Clouds of grey (mode F, 0 to 255). ``cell``: pixels of the largest blotch."""
    source = random.Random(seed)
    total: Image.Image | None = None
    for octave in range(octaves):
        step = max(cell / 2**octave, 1.0)
        width = int(size[0] / (step * stretch)) + 4
        height = int(size[1] / step) + 4
        grain = Image.frombytes(
            "L", (width, height), source.randbytes(width * height)
        ).convert("F")
        box = (1.0, 1.0, 1.0 + size[0] / (step * stretch), 1.0 + size[1] / step)
        layer = grain.resize(size, Image.Resampling.BICUBIC, box=box)
        total = layer if total is None else mix(total, layer, fade**octave)
    assert total is not None
    low, high = total.getextrema()
    return ImageMath.lambda_eval(
        lambda a: (a["t"] - low) * (255.0 / (high - low)), t=total
    )


def mix(first: Image.Image, second: Image.Image, weight: float) -> Image.Image:
    """first + weight * second, in mode F."""
    return ImageMath.lambda_eval(lambda a: a["a"] + a["b"] * weight, a=first, b=second)


def grey(image: Image.Image, low: float = 0, high: float = 255) -> Image.Image:
    """Mode F to L, with ``low`` becoming black and ``high`` white."""
    scale = 255.0 / (high - low)
    return image.point(lambda value: value * scale - low * scale).convert("L")


def ramp(stops: Stops, at: float) -> Colour:
    """The colour at this place between the stops."""
    before = stops[0]
    for after in stops:
        if at <= after[0]:
            span = after[0] - before[0]
            share = (at - before[0]) / span if span else 0.0
            return tuple(  # type: ignore[return-value]
                round(a + (b - a) * share)
                for a, b in zip(before[1], after[1], strict=True)
            )
        before = after
    return stops[-1][1]


def tone(image: Image.Image, stops: Stops) -> Image.Image:
    """A grey picture (L) coloured by stops from 0.0 (black) to 1.0 (white)."""
    colours = [ramp(stops, value / 255) for value in range(256)]
    return Image.merge(
        "RGB",
        [image.point([colour[band] for colour in colours]) for band in range(3)],
    )


def fall(size: Size, stops: Stops, *, seed: int = 1) -> Image.Image:
    """A gradient from top (0.0) to bottom (1.0), dithered so that no bands show."""
    source = random.Random(seed)
    strip = Image.new("RGB", (64, size[1]))
    pixels = []
    for y in range(size[1]):
        for _ in range(64):
            at = y / size[1] + source.uniform(-0.006, 0.006)
            pixels.append(ramp(stops, min(max(at, 0.0), 1.0)))
    strip.putdata(pixels)
    return strip.resize(size, Image.Resampling.BICUBIC)


def glow(size: Size, centre: Point, radius: float, power: float = 2.0) -> Image.Image:
    """A round light (L): white at the centre, black at ``radius``."""
    # Pillow's gradient is 180 at the middle of its edges and 255 in the corners.
    disc = Image.radial_gradient("L").point(
        [round(255 * max(0.0, 1 - v / 179) ** power) for v in range(256)]
    )
    side = max(int(radius * 2), 2)
    light = Image.new("L", size, 0)
    light.paste(
        disc.resize((side, side), Image.Resampling.BICUBIC),
        (int(centre[0] - side / 2), int(centre[1] - side / 2)),
    )
    return light


def shine(
    picture: Image.Image, light: Image.Image, colour: Colour, strength: float = 1.0
) -> Image.Image:
    """The picture with coloured light added (screen)."""
    tinted = tone(light, [(0.0, (0, 0, 0)), (1.0, shade(colour, strength))])
    return ImageChops.screen(picture, tinted)


def shade(colour: Colour, factor: float) -> Colour:
    """The colour made darker (below 1) or lighter (above 1)."""
    return tuple(min(max(round(c * factor), 0), 255) for c in colour)  # type: ignore[return-value]


def between(first: Colour, second: Colour, share: float) -> Colour:
    return ramp([(0.0, first), (1.0, second)], min(max(share, 0.0), 1.0))


def faint(mask: Image.Image, much: float) -> Image.Image:
    """The mask made weaker (below 1) or stronger (above 1)."""
    return mask.point([min(round(v * much), 255) for v in range(256)])


def rub(picture: Image.Image, light: Image.Image) -> Image.Image:
    """The picture made darker and lighter by a texture whose middle grey does nothing."""
    return ImageChops.overlay(picture, Image.merge("RGB", [light] * 3))


def under(picture: Image.Image, mask: Image.Image, colour: Colour) -> Image.Image:
    """The picture with this colour wherever the mask is white."""
    return Image.composite(Image.new("RGB", picture.size, colour), picture, mask)


def shape(size: Size, points: Sequence[Point], soft: float = 0.0) -> Image.Image:
    """A filled polygon as a mask with smooth edges."""
    # Only its own corner of the canvas is drawn: most shapes are small.
    margin = int(soft * 3) + 2
    left = max(math.floor(min(x for x, _ in points)) - margin, -margin)
    top = max(math.floor(min(y for _, y in points)) - margin, -margin)
    right = min(math.ceil(max(x for x, _ in points)) + margin, size[0] + margin)
    bottom = min(math.ceil(max(y for _, y in points)) + margin, size[1] + margin)
    mask = Image.new("L", size, 0)
    if right <= left or bottom <= top:
        return mask
    big = Image.new("L", ((right - left) * 2, (bottom - top) * 2), 0)
    ImageDraw.Draw(big).polygon(
        [((x - left) * 2, (y - top) * 2) for x, y in points], fill=255
    )
    part = big.resize((right - left, bottom - top), Image.Resampling.BOX)
    if soft:
        part = part.filter(ImageFilter.GaussianBlur(soft))
    mask.paste(part, (left, top))
    return mask


def curve(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A smooth closed line through these points (Catmull-Rom)."""
    line: list[Point] = []
    count = len(points)
    for i in range(count):
        p0, p1, p2, p3 = (points[(i + k - 1) % count] for k in range(4))
        for step in range(steps):
            t = step / steps
            line.append(
                tuple(  # type: ignore[arg-type]
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t**3
                    )
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    return line


def lens(
    picture: Image.Image,
    seed: int,
    *,
    grain: float = 6.0,
    corner: float = 0.16,
    soft: float = 0.5,
    warm: float = 0.0,
) -> Image.Image:
    """What a small camera adds: softness, darker corners, a cast, and grain."""
    size = picture.size
    picture = picture.filter(ImageFilter.GaussianBlur(soft))
    vignette = Image.radial_gradient("L").resize(size, Image.Resampling.BICUBIC)
    vignette = vignette.point(
        [round(255 * (1 - corner * (v / 255) ** 2.4)) for v in range(256)]
    )
    picture = ImageChops.multiply(picture, Image.merge("RGB", [vignette] * 3))
    red, green, blue = picture.split()
    red = red.point([min(round(v * (1 + warm)), 255) for v in range(256)])
    blue = blue.point([min(round(v * (1 - warm)), 255) for v in range(256)])
    picture = Image.merge("RGB", (red, green, blue))
    rough = noise(size, seed + 99, 2.2, octaves=2)
    light = rough.point(lambda v: v * (grain / 64) + 128 - 127.5 * grain / 64)
    return rub(picture, light.convert("L"))


def sized(picture: Image.Image, size: Size) -> Image.Image:
    """Brought down to its final size, which smooths what was drawn too hard."""
    return picture.resize(size, Image.Resampling.LANCZOS)
