"""Repairing: letters garbled by a reading in the wrong alphabet, put right where wanted.

Never by itself: what looks garbled may be meant. Only the texts change, so that photos
and links are still found by their addresses, letter for letter.
"""

from __future__ import annotations

import re
from dataclasses import replace

from wizard.blog import BELOW, Comment, Photo, Post
from wizard.content.cleaning import plain_text

_TAG = re.compile(r"(<[^>]*>)")
_WORDS = re.compile(r"""(?<=\s)(alt|title)(\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_ROOM = 60


def repaired(post: Post) -> Post:
    """The same post with its garbled texts put right; its keys and addresses stay."""
    return replace(
        post,
        title=_text(post.title),
        html=_html(post.html),
        excerpt=_html(post.excerpt),
        categories=tuple(dict.fromkeys(map(repaired_name, post.categories))),
        tags=tuple(dict.fromkeys(map(_text, post.tags))),
        comments=tuple(map(_comment, post.comments)),
        photos=tuple(map(_photo, post.photos)),
    )


def repaired_name(category: str) -> str:
    """What a category is called then."""
    return BELOW.join(map(_text, category.split(BELOW)))


def sample(post: Post) -> tuple[str, str] | None:
    """The first garbled words of a post, as they are and as they would be."""
    now = repaired(post)
    texts = [(post.title, now.title), (_plain(post.html), _plain(now.html))]
    texts += [
        (f"{a.author}: {_plain(a.html)}", f"{b.author}: {_plain(b.html)}")
        for a, b in zip(post.comments, now.comments, strict=True)
    ]
    for before, after in texts:
        if before != after:
            pairs = enumerate(zip(before, after, strict=False))
            differs = next((at for at, (a, b) in pairs if a != b), 0)
            start = before.rfind(" ", 0, max(0, differs - 12)) + 1
            return before[start : start + _ROOM], after[start : start + _ROOM]
    return None


def _plain(html: str) -> str:
    return " ".join(plain_text(html, 20_000).split())


def _comment(comment: Comment) -> Comment:
    return replace(comment, author=_text(comment.author), html=_html(comment.html))


def _photo(photo: Photo) -> Photo:
    return replace(photo, alt=_text(photo.alt), caption=_text(photo.caption))


def _html(html: str) -> str:
    parts = _TAG.split(html)
    return "".join(
        _WORDS.sub(lambda found: found[1] + found[2] + _text(found[3]), part)
        if number % 2
        else _text(part)
        for number, part in enumerate(parts)
    )


def _text(text: str) -> str:
    if text.isascii():
        return text
    import ftfy

    return ftfy.fix_encoding(text)
