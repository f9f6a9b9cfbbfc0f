"""Small pictures for the list beside a bare Pillow ``draft`` loop."""

from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor

from PIL import Image
from PySide6.QtCore import QSize

from tests.bench.blog import MadeBlog
from wizard.ui.thumbnails import THREADS, small

SIZE = QSize(96, 72)


def measure(pictures: int) -> dict[str, float]:
    """Seconds for that many pictures of 1200 × 900, ours and bare, in turns."""
    blog = MadeBlog(pictures)
    data = [blog.read(post.photos[0]) for post in blog.posts()]
    spent = {"ours": 0.0, "bare": 0.0}
    for turn in range(4):
        for name in ("ours", "bare") if turn % 2 == 0 else ("bare", "ours"):
            work = _ours if name == "ours" else _bare
            before = time.monotonic()
            with ThreadPoolExecutor(THREADS) as pool:
                assert all(pool.map(work, data))
            spent[name] += time.monotonic() - before
    return spent


def _ours(data: bytes) -> bool:
    return small(data, SIZE) is not None


def _bare(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (SIZE.width(), SIZE.height()))
        image.thumbnail((SIZE.width(), SIZE.height()))
        return image.width > 0
