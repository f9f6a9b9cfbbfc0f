"""A small import file, and what stands in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

from tests.destinations.contract import DATE, a_comment, a_photo, a_post, marker
from wizard.blog import Status
from wizard.destinations import Kind, NewTerm, Remote
from wizard.destinations.wxr import ImportFile
from wizard.destinations.wxr.writing import NAMESPACES

SITE = "https://new.example"
WP = f"{{{NAMESPACES['wp']}}}"
CONTENT = f"{{{NAMESPACES['content']}}}encoded"


def photo_at(destination: ImportFile, remote: Remote) -> Path:
    """The file that lies at this address once the folder was copied."""
    start = f"{SITE}/wp-content/uploads/"
    assert remote.address.startswith(start)
    return destination.path.parent / unquote(remote.address.removeprefix(start))


def items(path: Path) -> list[ET.Element]:
    return ET.parse(path).getroot().findall("channel/item")


def word(element: ET.Element, name: str) -> str:
    return element.findtext(f"{WP}{name}") or ""


def fill(file: ImportFile) -> None:
    """Two posts, an answered comment, a category, a tag and a photo."""
    garden = file.create(NewTerm(Kind.CATEGORY, "花园"), "花园").id
    beans = file.create(NewTerm(Kind.TAG, "beans"), "beans").id
    post = file.create(a_post(marker(1)), marker(1))
    photo = file.create(a_photo(post.id), marker(21))
    done = a_post(
        marker(1),
        html=f'<p>]]> <img src="{photo.address}"> \x0b</p>',
        status=Status.PUBLISH,
        slug="rain",
        categories=(garden,),
        tags=(beans,),
    )
    file.update(post, done, marker(1))
    first = file.create(a_comment(post.id), marker(11))
    file.create(a_comment(post.id, parent=first.id, author="Tom"), marker(12))
    later = a_post(marker(2), title="Later", date=DATE + timedelta(days=2))
    file.update(file.create(later, marker(2)), replace(later, slug=""), marker(2))


def everything(file: ImportFile) -> dict[str, object]:
    """All that the file holds, by marker."""
    held: dict[str, object] = {}
    for mark, post in file.ours(Kind.POST):
        held[mark] = post, file.read(post)
        held.update(file.ours(Kind.COMMENT, [post.id]))
    for kind, mark in (
        (Kind.CATEGORY, "花园"),
        (Kind.TAG, "beans"),
        (Kind.PHOTO, marker(21)),
    ):
        held[mark] = file.find(kind, mark)
    return held
