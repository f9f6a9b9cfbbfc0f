"""Unsure posts: those of which the old blog did not tell all, this time.

One that has moved stays as it was known before, if it is not known who may see it: a
moment's trouble at the old blog is no reason to hide it, and what its page may hide by now
is no reason to change its words. A text of which parts were kept back, and that was read
whole before, stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from wizard.blog import PUBLIC, Post
from wizard.destinations import Kind
from wizard.errors import MoveFileError
from wizard.move.events import State
from wizard.move.file import Move

_NOTE = "unsure"


def as_known(move: Move, post: Post) -> Post:
    """The post as it was read before, if it `is_left`; else as it was read now, with what
    was known before of all else that it does not tell this time."""
    # What has become unreadable is written anew.
    with suppress(MoveFileError):
        before = move.post(post.key)
        if is_left(move, post):
            return before
        if "categories" in post.unsure:
            post = replace(post, categories=before.categories)
        if "html" in post.unsure and "html" not in before.unsure:
            unsure = tuple(name for name in post.unsure if name != "html")
            post = replace(
                post,
                html=before.html,
                photos=before.photos,
                featured=before.featured,
                notes=before.notes,
                unsure=unsure,
            )
    return post


def is_left(move: Move, post: Post) -> bool:
    """Does it stand at the new blog, and is it not known this time who may see it?"""
    step = move.step(Kind.POST, post.key, post.key)
    if "status" not in post.unsure or not step.remote or step.state is State.LEFT_OUT:
        return False
    return step.state is State.SENT or step.remote.status in PUBLIC


def leave(move: Move, keys: Collection[str]) -> None:
    """Remember which posts were left so by the reading that ends now."""
    if keys or move.noted(_NOTE):
        move.note(_NOTE, json.dumps([*keys]))


def left(move: Move) -> frozenset[str]:
    """The keys of the posts that the last reading left so."""
    return frozenset(map(str, json.loads(move.noted(_NOTE) or "[]")))
