"""Texts of the sample blog cleaned and made into blocks, beside lxml reading and writing them."""

from __future__ import annotations

import time
from pathlib import Path

from lxml import etree
from lxml import html as tree

from wizard.blog import Post
from wizard.content.composing import compose
from wizard.sources import open_source

SAMPLE = Path(__file__).parents[2] / "resources/sample/sample-space.zip"
LENGTH = 1 << 16
TURNS = 6


def measure(megabytes: float) -> dict[str, float]:
    """Megabytes of old HTML per second of processor time, ours and bare, each the best
    of some turns: what else the computer does only slows them down."""
    texts = "\n".join(post.html for post in open_source([str(SAMPLE)]).posts())
    text = (texts * (LENGTH // len(texts) + 1))[:LENGTH]
    size = len(text.encode()) / 1e6
    times = max(1, round(megabytes / size))
    rates = {"ours": 0.0, "bare": 0.0}
    for turn in range(TURNS):
        for name in ("ours", "bare") if turn % 2 == 0 else ("bare", "ours"):
            before = time.process_time()
            for _ in range(times):
                _convert(text) if name == "ours" else _bare(text)
            rate = size * times / (time.process_time() - before)
            rates[name] = max(rates[name], rate)
    return rates


def _convert(text: str) -> str:
    return compose(Post("k", "", text, None), {}, "md-1", blocks=True)


def _bare(text: str) -> str:
    page = tree.fragment_fromstring(text, create_parent="div")
    return etree.tostring(page, encoding="unicode")
