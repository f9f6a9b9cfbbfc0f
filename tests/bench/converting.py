"""Texts cleaned and made into blocks, beside lxml reading and writing them."""

from __future__ import annotations

import textwrap
import time
from html import escape
from pathlib import Path

from lxml import etree
from lxml import html as tree

from wizard.blog import Post
from wizard.content.cleaning import plain_text
from wizard.content.composing import compose
from wizard.sources import open_source

SAMPLE = Path(__file__).parents[2] / "resources/sample/sample-space.zip"
LENGTH = 1 << 16
# As long as a paragraph of a diary.
PARAGRAPH = 360
TURNS = 6


def texts() -> dict[str, str]:
    """Old HTML by what it is: the sample blog is dense with pictures, lists and tables,
    most blogs are something between that and nothing but paragraphs."""
    sample = "\n".join(post.html for post in open_source([str(SAMPLE)]).posts())
    words = textwrap.wrap(escape(plain_text(sample), quote=False), PARAGRAPH)
    every = [text.split(" ") for text in words]
    bold = [
        " ".join(f"<b>{w}</b>" if n % 6 == 0 else w for n, w in enumerate(text))
        for text in every
    ]
    kinds = {
        "texts of the sample blog": sample,
        "plain paragraphs": "\n".join(f"<p>{text}</p>" for text in words),
        "paragraphs with every sixth word bold": "\n".join(
            f"<p>{text}</p>" for text in bold
        ),
    }
    return {
        kind: "\n".join([html] * (LENGTH // len(html) + 1))
        for kind, html in kinds.items()
    }


def measure(text: str, megabytes: float) -> dict[str, float]:
    """Megabytes of old HTML per second of processor time, ours and bare, each the best
    of some turns: what else the computer does only slows them down."""
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
