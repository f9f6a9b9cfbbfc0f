"""Generated blogs of Windows Live Spaces: a backup zip, and pages that somebody saved."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tests.fidelity.generated import SPACE, ZONE, Written, posts
from tests.fidelity.old import Old, OldBlog, Said
from tests.fidelity.pieces import src
from tests.sources import space_pages


def backup(count: int, wish: int, folder: Path) -> OldBlog:
    """A backup zip, as Spaces offered it in its last months."""
    made = posts(count, wish)
    names = [f"{at + 1:03}.html" for at in range(count)]
    entries = "".join(f'<li><a href="{name}">x</a></li>' for name in names)
    index = f"<h1>Quiet &amp; Harbour</h1><ul>{entries}</ul>"
    pages = {name: _page(post) for name, post in zip(names, made, strict=True)}
    archive = _packed(folder, {**pages, "index.html": index}, made)
    roots = (".blogpost", ".blogpost + table")
    return _blog(f"a backup of {count} posts", archive, made, names, roots)


def saved_pages(count: int, wish: int, folder: Path) -> OldBlog:
    """A page of each entry with its pictures beside it, as browsers save them."""
    made = posts(count, wish)
    names = [f"entry {post.number}.htm" for post in made]
    pages = {name: _saved(post) for name, post in zip(names, made, strict=True)}
    archive = _packed(folder, pages, made)
    roots = (".bvMsg", ".bvMsg + table")
    return _blog(f"saved pages of {count} posts", archive, made, names, roots)


def _packed(folder: Path, pages: Mapping[str, str], made: Sequence[Written]) -> Path:
    """All in a zip, and the same in ``folder``."""
    files = {name: text.encode() for name, text in pages.items()}
    for post in made:
        files |= post.pictures
    archive = folder / "space.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    return archive


def _blog(
    name: str,
    archive: Path,
    made: Sequence[Written],
    names: Sequence[str],
    roots: tuple[str, ...],
) -> OldBlog:
    zone = ZoneInfo(ZONE)
    olds = tuple(
        Old(
            key=post.key,
            title=post.title,
            page=(archive.parent / page).as_uri(),
            roots=roots,
            date=post.date.replace(tzinfo=zone),
            categories=(post.category,) if post.category else (),
            comments=tuple(
                replace(each, date=each.date.replace(tzinfo=zone))
                for each in post.comments
            ),
            links=post.links,
        )
        for post, page in zip(made, names, strict=True)
    )
    return OldBlog(name, (str(archive),), olds, ZONE, (f"{SPACE}.spaces.live.com",))


def _page(post: Written) -> str:
    mark = f"bp{post.number}"
    said = "".join(
        f'<div id="{mark}comment{place}"><h5>{_author(each)} - {moment(each.date)}</h5>'
        f"<div>{each.html}</div></div>"
        for place, each in enumerate(post.comments)
    )
    beside = '<td width="15"></td>'.join(
        f'<td valign="top"><a href="{src(full)}" target="_blank"><img src="{src(small)}" '
        'border="0"></a></td>'
        for full, small in post.beside
    )
    category = html.escape(post.category)
    address = f"http://{SPACE}.spaces.live.com/blog/{quote(post.key, safe='!')}.entry"
    return (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<title>{html.escape(post.title)}</title></head><body>"
        f'<div id="{mark}"><h2 id="{mark}Title">{html.escape(post.title)}</h2>'
        f'<h5 id="{mark}publish">{moment(post.date)}</h5>'
        f'<div class="blogpost">{post.html}</div>'
        + (f"<table cellspacing=0 border=0><tr>{beside}</tr></table>" if beside else "")
        + (f"<div>Category: {category}</div>" if category else "")
        + f'<div><a href="{address}">Permalink</a></div>'
        f'<div class="comments">{said}</div></div></body></html>'
    )


def _author(said: Said) -> str:
    name = html.escape(said.author)
    way = said.url or (f"mailto:{said.email}" if said.email else "")
    return f'<a href="{way}">{name}</a>' if way else name


def moment(date: datetime) -> str:
    """As Spaces wrote dates where the month comes first in no case."""
    return f"{date.year}/{date.month}/{date.day} {date:%H:%M:%S}".replace(" 0", " ")


def _saved(post: Written) -> str:
    beside = [
        space_pages.photo(src(full), src(small), post.number * 10 + at)
        for at, (full, small) in enumerate(post.beside)
    ]
    entry = space_pages.entry(
        post.number,
        post.html,
        title=html.escape(post.title),
        date=moment(post.date),
        category=html.escape(post.category),
        photos=beside,
        comments=len(post.comments),
    )
    said = "".join(
        space_pages.comment_2007(
            html.escape(each.author),
            each.html,
            moment(each.date),
            each.email,
            each.url,
        )
        for each in reversed(post.comments)
    )
    return space_pages.page(
        entry,
        culture="zh-CN",
        base="",
        head='<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
        foot=space_pages.pane(said, post.number),
    )
