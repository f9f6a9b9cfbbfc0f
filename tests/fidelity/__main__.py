"""Measures what arrives: `make fidelity`, or `python -m tests.fidelity SOURCE…`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.block_editor import block_editor
from tests.faults.xss_pages import cookies
from tests.fidelity.blogs import foreign_blog, sample_blog
from tests.fidelity.crawling import crawl
from tests.fidelity.eyes import Eyes, two_eyes
from tests.fidelity.generated import backup
from tests.fidelity.lines import Lines
from tests.fidelity.live import live
from tests.fidelity.measuring import Measure
from tests.fidelity.moved import PLAIN, There, carry
from tests.fidelity.old import OldBlog
from tests.wordpress import start

ZONE = "Europe/Berlin"
AT_ONCE = 20
POSTS = 66


def measure(
    blog: OldBlog, folder: Path, lines: Lines, *, pictures: Path | None = None
) -> None:
    """Moves the blog to a site of its own and adds what was found to ``lines``."""
    with start(plugin=PLAIN, time_zone=ZONE) as site:
        verdict = carry(site, blog, folder / "a.move")
        there = There(site)
        owner = cookies(site)
        with two_eyes() as looking:
            looking[1].sign_in(owner, site.url)
            looking[0].sign_in(blog.cookies, blog.locations[0])
            measured = Measure(blog, verdict, there, looking, lines)
            for old in blog.posts:
                measured.post(old)
            if pictures:
                _pictures(blog, verdict.numbers, there, looking, pictures)
        texts = [row["content"]["raw"] for row in there.posts.values()]
        with block_editor(site) as editor:
            for at in range(0, len(texts), AT_ONCE):
                for text, seen in zip(
                    texts[at : at + AT_ONCE],
                    editor.read(texts[at : at + AT_ONCE]),
                    strict=True,
                ):
                    lines.where = f"{blog.name}, {text[:60]!r}"
                    many, wrong = len(seen.names), len(seen.invalid)
                    lines.check("valid blocks", True, many=many - wrong)
                    for each in seen.invalid:
                        lines.check("valid blocks", False, each)
        places = [there.address(number) for number in verdict.numbers.values()]
        crawl(site.url, places, blog.hosts, verdict.left, lines, owner)


def _pictures(
    blog: OldBlog,
    numbers: dict[str, int],
    there: There,
    looking: tuple[Eyes, Eyes],
    to: Path,
) -> None:
    """Of the three posts with most comments and pictures, before and after."""
    to.mkdir(parents=True, exist_ok=True)
    rich = sorted(blog.posts, key=lambda post: -len(post.comments))[:3]
    for place, old in enumerate(rich, 1):
        name = "".join(c if c.isalnum() else "-" for c in blog.name)
        before, after = looking
        before.open(old.page)
        before.picture(to / f"{name}-{place}-before.png")
        after.open(there.address(numbers[old.key]))
        after.picture(to / f"{name}-{place}-after.png")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fidelity", description=__doc__
    )
    parser.add_argument("source", nargs="*", help="a blog of your own to measure")
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    parser.add_argument("--posts", type=int, default=POSTS, help="to be generated")
    parser.add_argument("--seed", type=int, default=1, help="of those posts")
    parser.add_argument("--only", action="append", help="sample, backup or wordpress")
    wish = parser.parse_args(arguments)
    makers: dict[str, Callable[[Path, ExitStack], OldBlog]] = {
        "sample": lambda folder, _: sample_blog(folder),
        "backup": lambda folder, _: backup(wish.posts, wish.seed, folder),
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
            measure(blog, Path(folder), lines, pictures=wish.pictures)
    print(lines.page())
    print(f"\n{time.monotonic() - began:.0f} s")
    return 0 if all(line.whole for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
