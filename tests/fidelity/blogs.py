"""Blogs to move: the sample blog, and whatever blog of other people is given."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tests.fidelity.old import Leads, Old, OldBlog, Said
from tests.make_sample import moment, page_of, permalink
from tests.sample_texts import ENTRIES, SPACE
from wizard.blog import in_zone
from wizard.errors import PhotoMissing
from wizard.settings import SAMPLE
from wizard.sources import open_source

ZONE = "America/Halifax"
ROOTS = (".blogpost", ".blogpost + table")
# Puts the pictures of a foreign blog where its text names them.
PLACED = """
for (const [tag, name] of [['img', 'src'], ['a', 'href']])
    for (const each of document.querySelectorAll(`${tag}[${name}]`)) {
        const file = pictures[each.getAttribute(name)];
        if (file) each.setAttribute(name, file);
    }
"""


def sample_blog(folder: Path) -> OldBlog:
    """As it was written, whatever our sources read of it; its pages lie in ``folder``."""
    with zipfile.ZipFile(SAMPLE) as backup:
        backup.extractall(folder)
    # Only an entry without an address has a key that nobody can tell beforehand.
    keys = {post.date: post.key for post in open_source([str(SAMPLE)]).posts()}
    zone = ZoneInfo(ZONE)
    ways = {page_of(entry): entry.number for entry in ENTRIES}
    ways |= {permalink(entry.number): entry.number for entry in ENTRIES}
    by_number = {entry.number: keys[moment(entry.date)] for entry in ENTRIES}
    links = {way: Leads(by_number[number]) for way, number in ways.items()}
    posts = [
        Old(
            key=by_number[entry.number],
            title=entry.title,
            page=(folder / page_of(entry)).as_uri(),
            roots=ROOTS,
            date=moment(entry.date).replace(tzinfo=zone),
            categories=(entry.category,) if entry.category else (),
            comments=tuple(
                Said(author, html.escape(said), moment(date).replace(tzinfo=zone))
                for author, date, said in sorted(
                    entry.comments, key=lambda said: moment(said[1])
                )
            ),
            links=links,
        )
        for entry in ENTRIES
    ]
    hosts = ("spaces.live.com", f"cid-{SPACE.lower()}.spaces.live.com")
    return OldBlog("the sample blog", (str(SAMPLE),), tuple(posts), ZONE, hosts)


def foreign_blog(
    locations: Sequence[str], folder: Path, answers: Mapping[str, object] | None = None
) -> OldBlog:
    """Somebody's blog, as our sources read it: what they lose is not seen here. Each
    text is put into a page of its own in ``folder``."""
    source = open_source(locations, answers or {})  # type: ignore[arg-type]
    blog = source.blog()
    zone = blog.time_zone or "UTC"
    posts = []
    for number, naive in enumerate(source.posts()):
        post = in_zone(naive, ZoneInfo(zone))
        pictures, beside = {}, ""
        for at, photo in enumerate(post.photos):
            name = f"{number}-{at}"
            try:
                (folder / name).write_bytes(source.read(photo))
            except PhotoMissing:
                name = ""
            pictures |= dict.fromkeys((*photo.names, photo.address), name)
            if photo.integrated:
                beside += f'<img src="{html.escape(photo.address)}">'
        told = {name: file for name, file in pictures.items() if file}
        script = json.dumps(told).replace("<", "\\u003c")
        page = folder / f"{number}.html"
        page.write_text(
            '<!doctype html><meta charset="utf-8"><div id="text">'
            f'{_still(post.html)}</div><div id="beside">{beside}</div>'
            f"<script>const pictures = {script};{PLACED}</script>",
            errors="replace",
        )
        keys = [each.key for each in post.comments]
        said = [
            Said(
                each.author,
                _still(each.html),
                each.date or post.date,
                each.email,
                each.url,
                keys.index(each.parent) if each.parent in keys else None,
            )
            for each in post.comments
            if each.date or post.date
        ]
        posts.append(
            Old(
                key=post.key,
                title=post.title,
                page=page.as_uri(),
                roots=("#text", "#beside"),
                date=post.date,
                status=post.status,
                categories=post.categories,
                tags=post.tags,
                comments=tuple(said),
            )
        )
    hosts = filter(None, (urlsplit(blog.address).hostname,))
    return OldBlog(
        blog.title, tuple(locations), tuple(posts), zone, tuple(hosts), answers or {}
    )


def _still(text: str) -> str:
    """Without scripts: the page is only looked at."""
    return re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", text)
