"""Where a blog comes from: one file per kind of place, and how to tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from wizard.blog import Blog, Photo, Post
from wizard.credentials import Field


class Source(Protocol):
    """Where a blog comes from. A *key* is how the source itself names a thing for ever;
    an *address* is where that thing lives now."""

    name: str
    title: str
    fields: tuple[Field, ...]

    def blog(self) -> Blog:
        """The blog as a whole; raises SourceError or NetworkError."""
        ...

    def posts(self) -> Iterator[Post]:
        """Every post, oldest first, one at a time, with the same keys every time."""
        ...

    def read(self, photo: Photo) -> bytes:
        """The photo's bytes, from any thread; raises PhotoMissing, never gives b""."""
        ...
