"""What a post was at the old blog, as the harness knows it, whatever our sources read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader said. ``answers``: the place of the comment it answers, if any."""

    author: str
    html: str
    date: datetime
    email: str = ""
    url: str = ""
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a link leads: to the post with this key, to all its comments ("comments")
    or to one of them, by its place."""

    key: str
    part: str | int = ""


@dataclass(frozen=True, slots=True)
class Old:
    """One post. ``page``: where a browser sees it; ``roots``: selectors of its text and
    of what stood beside it there. ``links``: those into the blog, by their ``href``.

    ``featured``: the address of its picture, "" for the first one it shows.
    """

    key: str
    title: str
    page: str
    roots: tuple[str, ...]
    date: datetime | None
    status: str = "publish"
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comments: tuple[Said, ...] = ()
    links: Mapping[str, Leads] = field(default_factory=dict)
    featured: str = ""


@dataclass(frozen=True, slots=True)
class OldBlog:
    """A whole blog. ``locations`` and ``answers``: what a person gives to open it.

    ``zone``: of its clock. ``hosts``: names under which it lived, which are gone.
    ``cookies``: of its owner, where it still answers. ``parents``: of its categories.
    ``default``: the category that it gave by itself. ``blocks``: as which its posts shall
    arrive, else as classic HTML.
    """

    name: str
    locations: tuple[str, ...]
    posts: tuple[Old, ...]
    zone: str
    hosts: tuple[str, ...] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    cookies: tuple[tuple[str, str], ...] = ()
    blocks: bool = True
