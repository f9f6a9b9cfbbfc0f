"""Posts that link to each other, and what becomes of their links."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace

from tests.move.doubles import OldBlog, Row, entry
from tests.move.moving import Moving
from wizard.blog import Blog, Comment, Post
from wizard.destinations import Kind, NewPost
from wizard.move.events import State

OLD = "http://old.example/"
NEW = "https://new.example"


class Linked(OldBlog):
    """An old blog with an address."""

    def blog(self) -> Blog:
        return replace(super().blog(), address=OLD)


def old(number: int) -> str:
    return f"{OLD}{number}.html"


def post(number: int, *hrefs: str, **fields: object) -> Post:
    """Post ``number`` with links that lead there."""
    words = "".join(
        f'<p>See <a href="{href}">{n}</a>.</p>' for n, href in enumerate(hrefs)
    )
    fields.setdefault("html", f"<p>Words of {number}.</p>{words}")
    return entry(number, **{"address": old(number), **fields})  # type: ignore[arg-type]


Begin = Callable[..., Moving]


def text(moving: Moving, number: int) -> str:
    """What post ``number`` says at the new blog."""
    there = {row.thing.title: row for row in moving.blog.of(Kind.POST)}
    thing = there[f"Entry {number}"].thing
    assert isinstance(thing, NewPost)
    return thing.html


def links(moving: Moving, number: int) -> list[str]:
    return re.findall(r'<a href="([^"]*)"', text(moving, number))


def place(moving: Moving, number: int) -> str:
    step = moving.move.step(Kind.POST, f"cns!{number}", f"cns!{number}")
    assert step.remote
    return step.remote.address


def only(moving: Moving, *numbers: int) -> None:
    keys = {f"cns!{number}" for number in numbers}
    for row in moving.move.rows():
        moving.move.choose([row.key], row.key in keys)


def number(moving: Moving, post: int) -> int:
    step = moving.move.step(Kind.POST, f"cns!{post}", f"cns!{post}")
    assert step.remote
    return step.remote.id


def said_under_1() -> tuple[Comment, ...]:
    """Two comments as a saved page names them."""
    one, two = entry(1, comments=2).comments
    return replace(one, names=("bp102comment1",)), replace(
        two, names=("bp102comment2",)
    )


def comment_at(moving: Moving, which: int) -> str:
    step = moving.move.step(Kind.COMMENT, "cns!1", f"cns!1!{which}")
    assert step.remote
    return f"#comment-{step.remote.id}"


def linking(moving_from: int, *hrefs: str) -> Post:
    """A post with a comment that links there."""
    said = entry(moving_from, comments=1).comments[0]
    words = " ".join(f'<a href="{href}">{n}</a>' for n, href in enumerate(hrefs))
    return replace(
        post(moving_from), comments=(replace(said, html=f"Look: {words} &amp;c"),)
    )


def said(moving: Moving) -> Row:
    (row,) = moving.blog.of(Kind.COMMENT)
    return row


def as_edited(moving: Moving, **fields: object) -> None:
    """Somebody sets these fields of post 0 at the new blog."""
    row = moving.blog.rows[number(moving, 0)]
    row.thing = replace(row.thing, **fields)  # type: ignore[arg-type]
    row.status = str(fields.get("status", row.status))
    row.slug = str(fields.get("slug", row.slug))


class Killed(Exception):
    """The program is gone at this moment."""


def killed_at(moving: Moving, request: str, times: int) -> None:
    """Die when this is asked for the n-th time after all posts have been carried."""
    left = times

    def meddle(verb: str, what: object) -> None:
        nonlocal left
        in_time = threading.current_thread().name.startswith("move")
        if in_time and verb == request and is_mending(moving):
            left -= 1
            if left == 0:
                raise Killed

    moving.blog.meddle = meddle


def is_mending(moving: Moving) -> bool:
    return all(row.state is State.SENT for row in moving.move.rows() if row.chosen)
