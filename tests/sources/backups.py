"""Spaces backups of our own writing: no real one is known to be public."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from wizard.blog import Post
from wizard.sources.archive import open_archive
from wizard.sources.spaces_backup import SpacesBackup

PICTURE = b"\x89PNG not really"


def post_page(
    title: str,
    date: str,
    body: str,
    *,
    after: str = "",
    comments: Mapping[str, str] | None = None,
    mark: str = "bp1",
) -> str:
    """A post's page as the only public reader of such pages expects it."""
    said = "".join(
        f'<div id="comment{at}"><h5>{heading}</h5><div>{text}</div></div>'
        for at, (heading, text) in enumerate((comments or {}).items(), 1)
    )
    return (
        f'<html><body><div id="{mark}"><h2 id="{mark}Title">{title}</h2>'
        f'<h5 id="{mark}publish">{date}</h5><div class="blogpost">{body}</div>{after}'
        f'<div class="comments">{said}</div></div></body></html>'
    )


def index_page(title: str, names: Mapping[str, str]) -> str:
    """The page of contents. ``names``: file → title."""
    links = "".join(
        f'<li><a href="{name}">{text}</a></li>' for name, text in names.items()
    )
    return f"<html><body><h1>{title}</h1><ul>{links}</ul></body></html>"


def write_zip(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return path


def write_folder(path: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, data in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


FILES: Mapping[str, str | bytes] = {
    "index.html": index_page(
        "我的 & Blog", {"001.html": "First", "002.html": "Second"}
    ),
    "001.html": post_page(
        "First post",
        "2010/9/28 21:05:09",
        '<p>text <img src="img/1.jpg" alt="a  hill"><a href="IMG/2%20b.JPG">'
        '<img src="img\\2t.jpg"></a><a href="002.html">the other</a>'
        '<img src="http://blufiles.storage.msn.com/y1pGone"></p>',
        after='<table><tr><td><a href="img/3.jpg"><img src="img/3t.jpg"></a></td></tr></table>'
        "<p>分类：计算机与 Internet</p><p>评论 (4)</p>",
        comments={
            "A-B C - 2010/9/29 8:01:02": "hi",
            'X - Y - <img src="smile.gif"> Z - 2010/9/29 8:01:01': "<b>oh</b>",
            '<a href="mailto:bob@example.org">Bob</a> - 2010/9/30 8:01:01': "",
        },
    ),
    "002.html": post_page(
        "Second", "2010/9/27 7:00:00", r"<p>C:\temp\new [brackets]</p>"
    ),
    "img/1.jpg": PICTURE,
    "img/2 b.jpg": PICTURE + b"2",
    "img/2t.jpg": PICTURE + b"2t",
    "img/3t.jpg": PICTURE + b"3t",
}


def backup(tmp_path: Path, files: Mapping[str, str | bytes]) -> SpacesBackup:
    archive = open_archive(write_folder(tmp_path / "space", files))
    assert SpacesBackup.recognises(archive)
    return SpacesBackup(archive)


def posts(tmp_path: Path, files: Mapping[str, str | bytes]) -> dict[str, Post]:
    return {post.title: post for post in backup(tmp_path, files).posts()}


def one(tmp_path: Path, page: str | bytes, **files: bytes) -> Post:
    (post,) = backup(tmp_path, {"1.html": page, **files}).posts()
    return post
