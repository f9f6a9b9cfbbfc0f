"""Trees: bare ones branch by branch, firs, and dabs of leaves."""

from __future__ import annotations

import math
import random

from PIL import ImageDraw

from tests.sample_pictures.paint import Colour, shade


def tree(
    draw: ImageDraw.ImageDraw,
    source: random.Random,
    foot: tuple[float, float],
    tall: float,
    colour: Colour,
    *,
    lean: float = 0.0,
    depth: int = 9,
) -> list[tuple[float, float]]:
    """A bare tree; gives the ends of its twigs."""
    ends: list[tuple[float, float]] = []

    def branch(
        x: float, y: float, angle: float, long: float, thick: float, left: int
    ) -> None:
        end_x = x + math.sin(angle) * long
        end_y = y - math.cos(angle) * long
        if thick < 3:
            draw.line((x, y, end_x, end_y), fill=colour, width=max(round(thick), 1))
        else:
            across, along = math.cos(angle) * thick / 2, math.sin(angle) * thick / 2
            thin = 0.74
            draw.polygon(
                [
                    (x - across, y - along), (x + across, y + along),
                    (end_x + across * thin, end_y + along * thin),
                    (end_x - across * thin, end_y - along * thin),
                ],
                fill=colour,
            )  # fmt: skip
            knot = thick * thin / 2
            draw.ellipse(
                (end_x - knot, end_y - knot, end_x + knot, end_y + knot), fill=colour
            )
        if left == 0 or long < 3:
            ends.append((end_x, end_y))
            return
        for _ in range(3 if source.random() < 0.35 else 2):
            branch(
                end_x, end_y, angle * 0.92 + source.uniform(-0.62, 0.62),
                long * source.uniform(0.66, 0.84), thick * 0.72, left - 1,
            )  # fmt: skip

    branch(*foot, lean, tall * 0.24, tall * 0.034, depth)
    return ends


def fir(
    draw: ImageDraw.ImageDraw,
    source: random.Random,
    x: float,
    base: float,
    tall: float,
    colour: Colour,
) -> None:
    """A fir as a dark shape."""
    layers = int(tall / 9) + 3
    for layer in range(layers):
        share = layer / layers
        y = base - tall + tall * share
        half = (tall * 0.2) * share + 2
        left, right = half * source.uniform(0.7, 1.15), half * source.uniform(0.7, 1.15)
        draw.polygon(
            [
                (x - left, y + tall * 0.06),
                (x, y - tall * 0.08),
                (x + right, y + tall * 0.06),
            ],
            fill=colour,
        )
    draw.rectangle(
        (x - tall * 0.012, base - tall * 0.1, x + tall * 0.012, base), fill=colour
    )


def leaves(
    draw: ImageDraw.ImageDraw,
    source: random.Random,
    places: list[tuple[float, float]],
    colours: list[Colour],
    big: float,
) -> None:
    """Dabs of leaf at these places, darker below, brighter on top."""
    for x, y in places:
        colour = shade(source.choice(colours), source.uniform(0.6, 1.2))
        across, along = big * source.uniform(0.5, 1.2), big * source.uniform(0.3, 0.9)
        draw.ellipse((x - across, y - along, x + across, y + along), fill=colour)
