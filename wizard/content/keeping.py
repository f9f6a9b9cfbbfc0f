"""What is asked about pictures, links and films while the text of a post is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar


class Keeping(Protocol):
    """Decides what becomes of the pictures and links of one post."""

    def image(self, attributes: Mapping[str, str], linked: bool) -> str:
        """The HTML to stand for an ``<img>``; ``linked``: it stands in a link."""
        ...

    def link(self, href: str) -> str:
        """Where this link leads; "" makes plain text of it."""
        ...

    def player(self, attributes: Mapping[str, str]) -> str:
        """The file of this post that an ``<embed>``, ``<audio>`` … plays, or ""."""
        ...

    def unlink(self) -> str:
        """The link last asked about ends: HTML to stand after it."""
        ...

    def hide(self, attributes: Mapping[str, str]) -> None:
        """A tag that no browser shows: what it names is not missing from the text."""
        ...


AnyKeeping = TypeVar("AnyKeeping", bound=Keeping)
