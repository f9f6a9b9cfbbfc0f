"""Reading the old blog into the move file."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator

from wizard.blog import Post
from wizard.content.fitting import fit, fit_tree, is_garbled
from wizard.errors import NothingFound
from wizard.move.events import FoundPost
from wizard.move.file import Move
from wizard.move.unsure import as_known, is_left, leave
from wizard.sources import Source

# One commit costs about half a millisecond; a reader finds hundreds of posts a second.
_TOGETHER = 50


def read(move: Move, source: Source, stop: threading.Event) -> Iterator[FoundPost]:
    """Write every post of ``source`` into the move file; say each as it is found.

    A post that is known keeps its tick. Stops early when ``stop`` is set. Raises
    SourceError and NetworkError; NothingFound if there is not a single post.
    """
    batch: list[Post] = []
    kept: dict[str, None] = {}
    authors: Counter[str] = Counter()
    garbled, pings = "", 0
    left: set[str] = set()
    for count, post in enumerate(map(fit, source.posts()), 1):
        if stop.is_set():
            break
        if post.unsure:
            left |= {post.key} if is_left(move, post) else set()
            post = as_known(move, post)
        batch.append(post)
        kept[post.key] = None
        authors[post.author] += 1
        pings += sum(bool(comment.ping) for comment in post.comments)
        garbled = garbled or (post.key if is_garbled(post) else "")
        if len(batch) >= _TOGETHER:
            move.add(batch)
            batch = []
        yield FoundPost(
            post.key, post.title, count, len(post.photos), len(post.comments)
        )
    move.add(batch)
    if stop.is_set():
        return
    if not kept:
        asked = any(field.name == "user" for field in source.fields)
        raise NothingFound(
            "There are no posts in it.",
            "It answered, but shows none. Is it the right blog, and may this user see its "
            "posts?"
            if asked
            else "Was this the whole blog? Try another file, or the folder it is in.",
        )
    move.forget_posts(set(kept))
    move.put_in_order(kept)
    leave(move, left)
    move.blog = fit_tree(source.blog())
    names = [name for name, _ in authors.most_common() if name]
    move.note("authors", json.dumps(names))
    move.note("garbled", garbled)
    move.note("pings", str(pings))
