"""Pictures decoded in processes of their own beside bare Pillow loops in this one."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PIL import Image
from PySide6.QtCore import QSize

from tests.bench.blog import MadeBlog
from wizard.content.pictures import prepare
from wizard.ui.thumbnails import THREADS, small

SIZE = QSize(96, 72)


def thumbnails(pictures: int) -> dict[str, float]:
    """Small pictures for the list, beside a loop with Pillow's ``draft``."""
    return _measure(pictures, _small, _bare_small)


def preparing(pictures: int) -> dict[str, float]:
    """Photos made ready to be uploaded, beside a loop that decodes every pixel."""
    return _measure(pictures, _prepared, _decoded)


def _measure(
    pictures: int, ours: Callable[[bytes], bool], bare: Callable[[bytes], bool]
) -> dict[str, float]:
    """Seconds for four times that many of 1200 × 900, ours and bare, in turns."""
    blog = MadeBlog(pictures)
    data = [blog.read(post.photos[0]) for post in blog.posts()]
    spent = {"ours": 0.0, "bare": 0.0}
    for turn in range(4):
        for name in ("ours", "bare") if turn % 2 == 0 else ("bare", "ours"):
            work = ours if name == "ours" else bare
            before = time.monotonic()
            with ThreadPoolExecutor(THREADS) as pool:
                assert all(pool.map(work, data))
            spent[name] += time.monotonic() - before
    return spent


def _small(data: bytes) -> bool:
    return small(data, SIZE) is not None


def _prepared(data: bytes) -> bool:
    return prepare(data).data == data


def _decoded(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image.width > 0


def _bare_small(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (SIZE.width(), SIZE.height()))
        image.thumbnail((SIZE.width(), SIZE.height()))
        return image.width > 0
