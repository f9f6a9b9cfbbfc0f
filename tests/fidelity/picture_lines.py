"""Compares the pictures of a post with those that became of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.fidelity.eyes import Page, Shown
from tests.fidelity.files import picture_at, same_picture
from tests.fidelity.lines import Lines
from tests.fidelity.moved import There
from tests.fidelity.normal import is_gone, words
from tests.fidelity.old import Old

# What a picture is: its kind, and its bytes or its address.
Thing = tuple[str, bytes]


def compare_pictures(
    lines: Lines,
    old: Old,
    row: dict[str, Any],
    pages: tuple[Page, Page],
    there: There,
    column: int,
) -> None:
    """``column``: how wide the text of the new theme is, in pixels; no picture that
    stands in it can be wider."""
    before, after = (page.pictures for page in pages)
    was = [_old(shown) for shown in before]
    now = [_new(shown, there) for shown in after]
    kinds = [kind for kind, _ in was], [kind for kind, _ in now]
    lines.same("pictures: how many", *kinds)
    for one, other in zip(was, now, strict=False):
        _file(lines, one, other)
    if kinds[0] == kinds[1]:
        for one, other in zip(before, after, strict=True):
            if one.kind == "picture" == other.kind:
                _look(lines, one, other, column)
    files = [data for kind, data in was if kind == "picture"]
    first = picture_at(old.featured) if old.featured else next(iter(files), None)
    number = row["featured_media"]
    shown = there.full(number) if number else None
    if first is None or shown is None:
        lines.check("featured picture", first is shown, "one of both has none")
    else:
        same = same_picture(first, shown)
        lines.check("featured picture", same, "it became another")


def _file(lines: Lines, one: Thing, other: Thing) -> None:
    kind, data = one
    if kind == "picture":
        equal = other[0] == kind and same_picture(data, other[1])
        told = f"{len(data)} bytes became {other[0]} of {len(other[1])}"
        lines.check("pictures: the file behind each", equal, told)
    else:
        equal = kind == other[0] and (kind == "lost" or data == other[1])
        lines.check("pictures lost or elsewhere", equal, f"{one} became {other}")


def _look(lines: Lines, one: Shown, other: Shown, column: int) -> None:
    # In a gallery, pictures share the room, and where a thumbnail stood that led to a
    # larger picture, this is shown itself.
    if not other.gallery:
        thumbnail = not one.own and picture_at(one.full) is not None
        if not thumbnail:
            equal = abs(min(one.width, column) - other.width) <= 1
            told = f"{one.width} px became {other.width}, of {one.natural}"
            lines.check("pictures: size", equal, told)
        lines.same("pictures: side", one.side, other.side)
    lines.same("pictures: words instead", words(one.alt), words(other.alt))
    if one.caption or other.caption:
        lines.same("pictures: captions", one.caption, other.caption)


def _old(shown: Shown) -> Thing:
    """What stands behind a picture of the old page: the file that it links to, if it
    links to one."""
    for address in (shown.full, shown.src):
        if (data := picture_at(address)) is not None:
            return "picture", data
    away = urlsplit(shown.src).hostname and not is_gone(shown.src)
    return ("elsewhere", shown.src.encode()) if away else ("lost", b"")


def _new(shown: Shown, there: There) -> Thing:
    if shown.kind == "note":
        return "lost", b""
    number = there.number(shown.full, shown.src)
    if number and shown.kind == "picture":
        return "picture", there.full(number)
    return "elsewhere", shown.src.encode()
