"""A small old blog with everything in it that is easily lost, doubled or shown too early."""

from __future__ import annotations

from dataclasses import replace

from tests.move.doubles import OldBlog, day, picture
from wizard.blog import Comment, Photo, Post, Status


def small_blog(times: int = 1, *, twins: bool = True) -> OldBlog:
    """Four posts, four pictures (two share a name) and four comments; so many
    ``times``, always with other keys and words.

    ``twins``: two posts share a title and a picture. Which of the two gets the address
    and the file is decided by order, so moves that do several things at a time cannot
    be compared letter for letter.
    """
    posts, pictures = [], {}
    for time in range(times):
        posts += _posts(time, twins)
        pictures |= {
            f"a{time}/photo.png": picture(4 * time),
            f"b{time}/photo.png": picture(4 * time + 1),
            f"c{time}/other.jpg": picture(4 * time + 2, "JPEG", (400, 300)),
            f"d{time}/again.png": picture(4 * time + 3 * (not twins)),
        }
    return OldBlog(posts, pictures)


def _posts(time: int, twins: bool) -> list[Post]:
    number = 10 * time
    return [
        replace(
            _post(number, "a/photo.png", "b/photo.png"),
            title=f"Same title {time}",
            categories=("News", "Ünïque"),
            tags=("sea",),
            comments=_comments(number),
        ),
        replace(
            _post(number + 1, "d/again.png"),
            title=f"Same title {time}" if twins else f"Other title {time}",
            categories=("news" if twins else "News",),
            status=Status.PRIVATE,
            comments=_comments(number + 1)[:1],
        ),
        replace(_post(number + 2, "c/other.jpg"), status=Status.DRAFT, tags=("sea",)),
        replace(_post(number + 3), excerpt="In short."),
    ]


def _post(number: int, *photos: str) -> Post:
    names = [name.replace("/", f"{number // 10}/", 1) for name in photos]
    shown = "".join(f'<p><img src="{name}" alt="seen"></p>' for name in names)
    return Post(
        key=f"cns!{number}",
        title=f"Entry {number}",
        html=f"<p>Words of {number}.</p>{shown}",
        date=day(number),
        photos=tuple(Photo(name, True, (name,), alt="seen") for name in names),
    )


def _comments(number: int) -> tuple[Comment, ...]:
    """Two that are equal but for their date, and an answer to the second one."""
    first = Comment(
        key=f"c!{number}!1",
        author="Reader",
        html="<p>Thanks!</p>",
        date=day(number, 13),
        email="reader@example.test",
    )
    second = replace(first, key=f"c!{number}!2", date=day(number, 14))
    answer = Comment(
        key=f"c!{number}!3",
        author="Owner",
        html=f"<p>Welcome {number}.</p>",
        date=day(number, 15),
        parent=second.key,
    )
    return (first, second, answer)
