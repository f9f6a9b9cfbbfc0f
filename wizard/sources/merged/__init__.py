"""Several sources of one blog as one source: each post once, with the best of each.

The first source leads: its key, its text. What it lacks (a picture that is missing there,
a comment, a date) comes from the others. Posts wait in a temporary file, not in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from wizard.blog import Blog, Photo, Post, post_from_json, to_json
from wizard.credentials import Field
from wizard.errors import PhotoMissing
from wizard.sources import Source
from wizard.sources.dates.impossible import is_told, is_told_of
from wizard.sources.merged.parts import joined_comments, joined_photos
from wizard.sources.spool import Spool

# Photos of the second source and later say where they come from.
_T = TypeVar("_T")
_PLACE = re.compile(r"source-(\d{1,3}):(.*)", re.DOTALL)


@dataclass(slots=True)
class _Group:
    """One post: its versions' numbers in the spool, each with its source's number."""

    key: str
    order: tuple[bool, datetime, int]
    versions: list[tuple[int, int]] = field(default_factory=list)


class Merged:
    """Several sources as one; may be read from any thread."""

    name = "merged"

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)
        self.title = " and ".join(dict.fromkeys(each.title for each in sources))
        self.fields: tuple[Field, ...] = tuple(
            dict.fromkeys(question for each in sources for question in each.fields)
        )

    def blog(self) -> Blog:
        """The first source's blog, with what only the others know of it."""
        blogs = [source.blog() for source in self._sources]
        first = blogs[0]
        return replace(
            first,
            title=_first(blog.title for blog in blogs) or "",
            address=_first(blog.address for blog in blogs) or "",
            time_zone=_first(blog.time_zone for blog in blogs),
            notes=tuple(dict.fromkeys(note for blog in blogs for note in blog.notes)),
            parents=tuple(
                dict(pair for b in reversed(blogs) for pair in b.parents).items()
            ),
        )

    def posts(self) -> Iterator[Post]:
        """Every post once, oldest first, those without a date last."""
        spool = Spool()
        try:
            for group in self._gathered(spool):
                versions = [
                    _placed(post_from_json(spool.get(number).decode()), source)
                    for source, number in group.versions
                ]
                yield _joined(group.key, versions)
        finally:
            spool.close()

    def read(self, photo: Photo) -> bytes:
        """The photo's bytes from the source that has it; raises PhotoMissing."""
        found = _PLACE.fullmatch(photo.address)
        number, address = (int(found[1]) - 1, found[2]) if found else (0, photo.address)
        if not 0 <= number < len(self._sources):
            raise PhotoMissing(
                f"The picture {address} came from a file or folder that is not open now.",
                "Open all the files and folders that this move began with.",
            )
        return self._sources[number].read(replace(photo, address=address))

    def _gathered(self, spool: Spool) -> list[_Group]:
        groups: dict[str, _Group] = {}
        # A backup may not know the ids that saved pages show; title and second do.
        twins: dict[tuple[str, str], _Group] = {}
        for number, source in enumerate(self._sources):
            for post in source.posts():
                group = groups.get(post.key)
                twin = _twin(post)
                if group is None and twin and (other := twins.get(twin)) is not None:
                    taken = any(each == number for each, _ in other.versions)
                    group = None if taken else other
                if group is None:
                    group = groups[post.key] = _Group(
                        post.key, _order(post, len(groups))
                    )
                if twin:
                    twins.setdefault(twin, group)
                group.versions.append((number, spool.add(to_json(post).encode())))
        return sorted(groups.values(), key=lambda group: group.order)


def _order(post: Post, position: int) -> tuple[bool, datetime, int]:
    date = post.date.replace(tzinfo=None) if post.date else datetime.min
    return (post.date is None, date, position)


def _twin(post: Post) -> tuple[str, str] | None:
    if post.date is None or post.estimated:
        return None
    title = " ".join(post.title.casefold().split())
    # Midnight may be a date without a time: not enough without a title.
    if not title and not (post.date.hour or post.date.minute or post.date.second):
        return None
    return title, post.date.isoformat()


def _placed(post: Post, source: int) -> Post:
    """The post with photo addresses that tell which source they are from."""
    photos = {
        photo.address: replace(photo, address=f"source-{source + 1}:{photo.address}")
        if photo.found and (source or _PLACE.fullmatch(photo.address))
        else photo
        for photo in post.photos
    }
    face = photos.get(post.featured)
    featured = face.address if face else post.featured
    return replace(post, photos=tuple(photos.values()), featured=featured)


def _joined(key: str, versions: list[Post]) -> Post:
    base = next((post for post in versions if post.html.strip()), versions[0])
    others = [post for post in versions if post is not base]
    if not others:
        return replace(base, key=key)
    in_turn = [base, *others]
    held = tuple(dict.fromkeys(key for post in in_turn for key in post.held))
    comments = tuple(
        comment
        for comment in joined_comments([post.comments for post in in_turn])
        if comment.key not in held
    )
    said = max(len(post.comments) + post.comments_elsewhere for post in in_turn)
    written = _first(post.date for post in in_turn if not post.estimated)
    date = written or _first(post.date for post in in_turn)
    surely = all(each.date and not each.estimated for each in comments)
    notes = dict.fromkeys(
        note
        for post in in_turn
        for note in post.notes
        if not (written and is_told(note)) and not (surely and is_told_of(note))
    )
    return replace(
        base,
        key=key,
        title=_first(post.title for post in in_turn) or "",
        date=date,
        address=_first(post.address for post in in_turn if "://" in post.address)
        or base.address,
        names=tuple(dict.fromkeys(name for post in in_turn for name in post.names)),
        slug=_first(post.slug for post in in_turn) or "",
        excerpt=_first(post.excerpt for post in in_turn) or "",
        categories=_first(post.categories for post in in_turn) or (),
        tags=tuple(dict.fromkeys(tag for post in in_turn for tag in post.tags)),
        comments=comments,
        comments_elsewhere=max(0, said - len(comments)),
        photos=joined_photos(base.photos, [post.photos for post in others]),
        notes=tuple(notes),
        featured=_first(post.featured for post in in_turn) or "",
        author=_first(post.author for post in in_turn) or "",
        sticky=any(post.sticky for post in in_turn),
        closed=any(post.closed for post in in_turn),
        pings=any(post.pings for post in in_turn),
        estimated=date is not None and not written,
        held=held,
    )


def _first(values: Iterable[_T]) -> _T | None:
    return next((value for value in values if value), None)
