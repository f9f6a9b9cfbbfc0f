"""Unsure posts: those of which the old blog did not tell, this time, who may see them.

One that has moved stays as it was known before: a moment's trouble at the old blog is no
reason to hide it, and what its page may hide by now is no reason to change its words.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress

from wizard.blog import PUBLIC, Post
from wizard.destinations import Kind
from wizard.errors import MoveFileError
from wizard.move.events import State
from wizard.move.file import Move

_NOTE = "unsure"


def as_known(move: Move, post: Post) -> Post:
    """The post as it was read before, if it stands at the new blog and it is not known
    this time who may see it; else as it was read now."""
    if "status" in post.unsure and _stands(move, post.key):
        # What has become unreadable is written anew.
        with suppress(MoveFileError):
            return move.post(post.key)
    return post


def leave(move: Move, keys: Collection[str]) -> None:
    """Remember which posts were left so by the reading that ends now."""
    if keys or move.noted(_NOTE):
        move.note(_NOTE, json.dumps([*keys]))


def left(move: Move) -> frozenset[str]:
    """The keys of the posts that the last reading left so."""
    return frozenset(map(str, json.loads(move.noted(_NOTE) or "[]")))


def _stands(move: Move, key: str) -> bool:
    step = move.step(Kind.POST, key, key)
    if not step.remote or step.state is State.LEFT_OUT:
        return False
    return step.state is State.SENT or step.remote.status in PUBLIC
