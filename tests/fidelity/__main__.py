"""Measures what arrives: `make fidelity`, or `python -m tests.fidelity SOURCE…`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from tests.fidelity.blogs import foreign_blog, sample_blog
from tests.fidelity.lines import Lines
from tests.fidelity.live import live
from tests.fidelity.old import OldBlog
from tests.fidelity.spaces import backup, saved_pages
from tests.fidelity.whole import measure, moved

POSTS = 66


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fidelity", description=__doc__
    )
    parser.add_argument("source", nargs="*", help="a blog of your own to measure")
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    parser.add_argument("--posts", type=int, default=POSTS, help="to be generated")
    parser.add_argument("--seed", type=int, default=1, help="of those posts")
    parser.add_argument(
        "--only", action="append", help="sample, backup, classic, pages or wordpress"
    )
    wish = parser.parse_args(arguments)
    makers: dict[str, Callable[[Path, ExitStack], OldBlog]] = {
        "sample": lambda folder, _: sample_blog(folder),
        "backup": lambda folder, _: backup(wish.posts, wish.seed, folder),
        "classic": lambda folder, _: replace(
            backup(wish.posts // 2, wish.seed + 3, folder),
            name="one that is kept as classic HTML",
            blocks=False,
        ),
        "pages": lambda folder, _: saved_pages(wish.posts // 2, wish.seed + 2, folder),
        "wordpress": lambda _, stack: live(wish.posts, wish.seed + 1, stack),
    }
    if wish.source:
        makers = {"source": lambda folder, _: foreign_blog(wish.source, folder)}
    lines, began = Lines(), time.monotonic()
    for name in wish.only or makers:
        with ExitStack() as stack:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="moving-day-fidelity-")
            )
            pages = Path(folder) / "pages"
            pages.mkdir()
            blog = makers[name](pages, stack)
            told = f"{time.monotonic() - began:.0f} s: {blog.name}"
            print(f"{told}, {len(blog.posts)} posts", file=sys.stderr)
            site, verdict = stack.enter_context(moved(blog, Path(folder)))
            lines.add(measure(blog, site, verdict, wish.pictures))
    print(lines.page())
    print(f"\n{time.monotonic() - began:.0f} s")
    return 0 if all(line.whole for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
