"""What a blog is: its posts, their comments and photos, as plain frozen values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

# What may belong to a post besides pictures: by extension, as WordPress knows them.
FILES = {
    **dict.fromkeys(("mp3",), "audio/mpeg"),
    **dict.fromkeys(("m4a",), "audio/mp4"),
    **dict.fromkeys(("ogg", "oga"), "audio/ogg"),
    "wav": "audio/wav",
    "wma": "audio/x-ms-wma",
    "flac": "audio/flac",
    "mid": "audio/midi",
    **dict.fromkeys(("mp4", "m4v"), "video/mp4"),
    "mov": "video/quicktime",
    **dict.fromkeys(("mpg", "mpeg"), "video/mpeg"),
    "webm": "video/webm",
    "ogv": "video/ogg",
    "wmv": "video/x-ms-wmv",
    "avi": "video/avi",
    "3gp": "video/3gpp",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    **dict.fromkeys(("ppt", "pps"), "application/vnd.ms-powerpoint"),
    **{
        f"{name}x": f"application/vnd.openxmlformats-officedocument.{kind}"
        for name, kind in (
            ("doc", "wordprocessingml.document"),
            ("xls", "spreadsheetml.sheet"),
            ("ppt", "presentationml.presentation"),
        )
    },
    **{
        name: f"application/vnd.oasis.opendocument.{kind}"
        for name, kind in (
            ("odt", "text"),
            ("ods", "spreadsheet"),
            ("odp", "presentation"),
        )
    },
    "rtf": "application/rtf",
    "zip": "application/zip",
}


# Between a category's name and those above it, where its name alone would not do.
BELOW = " → "


class Status(StrEnum):
    """Who may see a post; the words are WordPress's own."""

    PUBLISH = "publish"
    FUTURE = "future"
    DRAFT = "draft"
    PENDING = "pending"
    PRIVATE = "private"


# Anybody may read it, today or on its day.
PUBLIC = (Status.PUBLISH, Status.FUTURE)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that belongs to a post.

    ``address``: where its best copy lives, a URL or a path inside the archive.
    ``names``: every address by which the post's HTML speaks of it (``img src``,
    ``a href``), letter for letter as they stand in ``Post.html``.
    ``found``: the source holds its bytes; False means *missing*.
    ``integrated``: it stood beside the text, not in it.
    """

    address: str
    found: bool
    names: tuple[str, ...] = ()
    integrated: bool = False
    alt: str = ""
    caption: str = ""

    @property
    def mime(self) -> str:
        """What it is if it is no picture but a recording, a film or a document that the
        text speaks of; "" for pictures. Its name alone tells."""
        path = urlsplit(self.address).path if "://" in self.address else self.address
        _, dot, extension = path.rpartition(".")
        return FILES.get(extension.lower(), "") if dot else ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader said under a post.

    ``date``: naive while the zone of the old blog's clock is unknown.
    ``estimated``: the source only said "4 hours ago" or gave no year.
    ``parent``: the key of the comment it answers, if any.
    ``ping``: "pingback" or "trackback" when another blog said so by itself.
    ``names``: what links to it may say behind the "#", besides its key.
    """

    key: str
    author: str
    html: str
    date: datetime | None
    email: str = ""
    url: str = ""
    parent: str | None = None
    estimated: bool = False
    ping: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a blog. ``key`` is the source's own lasting name of it.

    ``date``: naive while the zone of the old blog's clock is unknown; None if the
    source gives none. ``comments_elsewhere``: how many more comments the source says
    exist but does not hold. ``notes``: what a person should know about this post.
    ``categories``: by their names; of those that share one with another category of the
    blog the path, such as "Berlin → News". See `own_name`.
    ``names``: what else links of the blog may call it; one that is no URL is the page in
    the archive that it stands on, from where its own relative links go.
    ``author``: who wrote it, as the source names people; "" if it names nobody.
    ``closed``: it takes no more comments. ``pings``: other blogs may tell of links to it.
    ``featured``: the address of the photo that stands for it, if the source names one.
    ``estimated``: its date is as near as what is written and its neighbours tell.
    ``held``: the keys of comments that the source knows and does not show to everybody.
    ``unsure``: which of these the source could not learn this time; who may see it is
    then the safest guess.
    """

    key: str
    title: str
    html: str
    date: datetime | None
    status: Status = Status.PUBLISH
    address: str = ""
    slug: str = ""
    excerpt: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    comments_elsewhere: int = 0
    photos: tuple[Photo, ...] = ()
    notes: tuple[str, ...] = ()
    author: str = ""
    sticky: bool = False
    closed: bool = False
    pings: bool = False
    names: tuple[str, ...] = ()
    featured: str = ""
    estimated: bool = False
    held: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blog:
    """The blog as a whole. ``key``: its own lasting name, part of every marker.

    ``kind``: the name of the source that read it, such as ``spaces-pages``.
    ``time_zone``: an IANA name, or None when the source does not know it.
    ``parents``: of categories that stand below others, the name and that of the other,
    both as posts call them.
    """

    key: str
    title: str
    kind: str
    address: str = ""
    time_zone: str | None = None
    notes: tuple[str, ...] = ()
    parents: tuple[tuple[str, str], ...] = ()


# What the first versions did not know. It is written only where it says something, so
# that a blog without it is written as it always was and counts as unchanged.
_LATER = {
    Post: (
        *("author", "sticky", "closed", "pings", "names", "featured", "estimated"),
        *("held", "unsure"),
    ),
    Comment: ("ping", "names"),
    Blog: ("parents",),
}


def own_name(category: str, above: str) -> str:
    """What a category is called itself, if it stands below the one called ``above``."""
    return category.removeprefix(f"{above}{BELOW}") if above else category


def in_zone(post: Post, zone: tzinfo) -> Post:
    """The same post with every date as a clock in ``zone`` shows it, on which naive ones
    are read."""

    comments = tuple(
        replace(each, date=each.date and on_clock(each.date, zone))
        for each in post.comments
    )
    return replace(
        post, date=post.date and on_clock(post.date, zone), comments=comments
    )


def on_clock(date: datetime, zone: tzinfo) -> datetime:
    """The date as a clock in ``zone`` shows it, on which a naive one is read."""
    if date.tzinfo is None:
        return date.replace(tzinfo=zone)
    try:
        return date.astimezone(zone)
    except OverflowError:  # in the first or the last year of the calendar
        return date


def to_json(thing: Post | Blog) -> str:
    """One line of ASCII JSON; dates as ISO 8601, with an offset only if aware."""
    fields = asdict(thing)
    _leave_out(_LATER[type(thing)], fields)
    for comment in fields.get("comments", ()):
        _leave_out(_LATER[Comment], comment)
    return json.dumps(fields, default=datetime.isoformat)


def post_from_json(text: str) -> Post:
    """The post that `to_json` wrote."""
    fields: dict[str, Any] = json.loads(text)
    fields["date"] = _date(fields["date"])
    fields["status"] = Status(fields["status"])
    fields["photos"] = tuple(
        Photo(**{**photo, "names": tuple(photo["names"])}) for photo in fields["photos"]
    )
    fields["comments"] = tuple(
        Comment(
            **{
                **comment,
                "date": _date(comment["date"]),
                "names": tuple(comment.get("names", ())),
            }
        )
        for comment in fields["comments"]
    )
    for name in ("categories", "tags", "notes"):
        fields[name] = tuple(fields[name])
    for name in ("names", "held", "unsure"):
        fields[name] = tuple(fields.get(name, ()))
    return Post(**fields)


def blog_from_json(text: str) -> Blog:
    """The blog that `to_json` wrote."""
    fields: dict[str, Any] = json.loads(text)
    parents = tuple((name, parent) for name, parent in fields.get("parents", ()))
    return Blog(**{**fields, "notes": tuple(fields["notes"]), "parents": parents})


def _leave_out(names: tuple[str, ...], fields: dict[str, Any]) -> None:
    for name in names:
        if not fields[name]:
            del fields[name]


def _date(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
