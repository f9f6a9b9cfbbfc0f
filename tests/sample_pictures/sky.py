"""Skies: clouds that grow smaller toward the horizon."""

from __future__ import annotations

from PIL import Image, ImageChops

from tests.sample_pictures.paint import (
    Size,
    Stops,
    fall,
    grey,
    lens,
    noise,
    sized,
    tone,
    under,
)
from tests.sample_pictures.water import plane


def clouds(
    size: Size, seed: int, horizon: int, *, cover: float = 0.5, cell: float = 300
) -> Image.Image:
    """Where clouds are (L), smaller toward the horizon as in a real sky."""
    field = noise(
        (size[0] * 2, horizon * 3), seed, cell, octaves=7, stretch=1.6, fade=0.55
    )
    laid = plane(field, (size[0], horizon), horizon * 0.22, above=True)
    mask = Image.new("L", size, 0)
    low = 255 * (1 - cover)
    mask.paste(grey(laid, low, low + 110), (0, 0))
    return mask


BLUE: Stops = (
    (0.0, (52, 98, 164)), (0.4, (140, 182, 222)), (0.55, (214, 226, 236)), (1.0, (226, 232, 236)),
)  # fmt: skip


def blue_sky(size: Size, seed: int, horizon: int, cover: float = 0.5) -> Image.Image:
    sky = fall(size, BLUE, seed=seed)
    return under(sky, clouds(size, seed, horizon, cover=cover), (250, 250, 249))


def cloud_sky() -> Image.Image:
    """Nothing but sky, the kind of picture every new camera takes."""
    size = (1200, 900)
    view = fall(size, ((0, (38, 86, 160)), (1, (150, 190, 226))))
    field = noise(size, 207, 420, octaves=8, stretch=1.3, fade=0.56)
    lit = noise(size, 207, 420, octaves=8, stretch=1.3, fade=0.56).transform(
        size, Image.Transform.AFFINE, (1, 0, -9, 0, 1, -14)
    )
    light = ImageChops.subtract(grey(field), grey(lit), scale=1, offset=128)
    body = tone(
        light,
        (
            (0, (150, 160, 178)),
            (0.5, (226, 230, 236)),
            (0.6, (255, 255, 253)),
            (1, (255, 255, 255)),
        ),
    )
    view = Image.composite(body, view, grey(field, 118, 168))
    return lens(sized(view, (1024, 768)), 71, grain=7)
