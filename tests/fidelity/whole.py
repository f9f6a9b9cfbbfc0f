"""One blog on its whole way: moved by the real program, measured from every side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.block_editor import block_editor
from tests.faults.xss_pages import cookies
from tests.fidelity.crawling import crawl
from tests.fidelity.eyes import Eyes, two_eyes
from tests.fidelity.lines import Lines
from tests.fidelity.measuring import Measure
from tests.fidelity.moved import PLAIN, There, Verdict, carry
from tests.fidelity.old import OldBlog
from tests.wordpress import WordPress, start

ZONE = "Europe/Berlin"
AT_ONCE = 20
LOOKED_AT = 3


@contextmanager
def moved(blog: OldBlog, folder: Path) -> Iterator[tuple[WordPress, Verdict]]:
    """A new site to which the blog was moved, as long as the block runs."""
    with start(plugin=PLAIN, time_zone=ZONE) as site:
        yield site, carry(site, blog, folder / "a.move")


def measure(
    blog: OldBlog, site: WordPress, verdict: Verdict, pictures: Path | None = None
) -> Lines:
    """All lines. ``pictures``: where to write what some posts looked like and look."""
    lines, there = look(blog, site, verdict, pictures), There(site)
    _blocks(blog, site, there, lines)
    places = [there.address(number) for number in there.posts]
    crawl(site.url, places, blog.hosts, verdict.left, lines, cookies(site))
    return lines


def look(
    blog: OldBlog, site: WordPress, verdict: Verdict, pictures: Path | None = None
) -> Lines:
    """The lines of what can be seen of each post by itself."""
    lines, there, owner = Lines(), There(site), cookies(site)
    with two_eyes() as looking:
        looking[0].sign_in(blog.cookies, blog.locations[0])
        looking[1].sign_in(owner, site.url)
        measured = Measure(blog, verdict, there, looking, lines)
        for old in blog.posts:
            measured.post(old)
        if pictures:
            _pictures(blog, verdict.numbers, there, looking, pictures)
    return lines


def _blocks(blog: OldBlog, site: WordPress, there: There, lines: Lines) -> None:
    """What the real editor says to each block of each post."""
    rows = list(there.posts.values())
    with block_editor(site) as editor:
        for at in range(0, len(rows), AT_ONCE):
            some = rows[at : at + AT_ONCE]
            read = editor.read([row["content"]["raw"] for row in some])
            for row, seen in zip(some, read, strict=True):
                lines.where = f"{blog.name}, “{row['title']['raw'][:30]}”"
                many = len(seen.names) - len(seen.invalid)
                lines.check("valid blocks", True, many=many)
                for each in seen.invalid:
                    lines.check("valid blocks", False, each)


def _pictures(
    blog: OldBlog,
    numbers: Mapping[str, int],
    there: There,
    looking: tuple[Eyes, Eyes],
    to: Path,
) -> None:
    """Of the posts with most comments, before and after."""
    to.mkdir(parents=True, exist_ok=True)
    rich = sorted(blog.posts, key=lambda post: -len(post.comments))[:LOOKED_AT]
    name = "".join(each if each.isalnum() else "-" for each in blog.name)
    before, after = looking
    for place, old in enumerate(rich, 1):
        before.open(old.page)
        before.picture(to / f"{name}-{place}-before.png")
        after.open(there.address(numbers[old.key]))
        after.picture(to / f"{name}-{place}-after.png")
