"""What is sent to WordPress of each thing, and what its answer says of it."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wizard.blog import Status
from wizard.destinations import (
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    Remote,
    digest,
    moment,
    print_of,
    text_print,
)
from wizard.destinations.names import as_html
from wizard.destinations.wordpress.answers import other_thing
from wizard.errors import NetworkError

# What is asked back of each; of photos and comments WordPress gives no ".raw" alone.
POST_FIELDS = (
    "id,link,status,slug,title.raw,content.raw,excerpt.raw,date_gmt,categories,tags,"
    "featured_media,sticky,password,comment_status,ping_status"
)
# What people may set of a post that no move sets.
_BESIDES = ("featured_media", "sticky", "password")
PHOTO_FIELDS = (
    "id,slug,status,source_url,media_details,missing_image_sizes,alt_text,caption"
)
# What is sent of a photo that may be of any length.
PHOTO_WORDS = ("title", "alt_text", "caption")
COMMENT_FIELDS = (
    "id,link,status,post,author_user_agent,author_name,author_email,content,date_gmt"
)
# What an update of its words must say besides, or WordPress writes down itself.
SAID = ("content", "author_ip", "author_user_agent")
# A comment without an e-mail address, at blogs that want one: until it is taken away again.
NO_EMAIL = "@import.invalid"
TERM_FIELDS = {
    Kind.CATEGORY: "id,link,slug,name,parent",
    Kind.TAG: "id,link,slug,name",
}
# Every update must send an address again, or WordPress writes down that of this
# computer as the commenter's.
_NO_ADDRESS = "127.0.0.1"
# Letters of four bytes, such as emoji: databases of before 2015 have no room for them.
_FOUR_BYTES = re.compile("[\U00010000-\U0010ffff]")
_WORDS = (
    *("author_name", "content", "title", "excerpt", "name", "alt_text", "caption"),
)
# PHP takes a name or words like this for none.
_ZERO = {"0": "&#48;"}
_MEANS_MORE = re.compile(r"<|%[0-9a-f]{2}|&#?\w+;", re.IGNORECASE)


def _gmt(date: datetime | None) -> dict[str, str]:
    return {"date_gmt": moment(date)} if date else {}


def post_fields(post: NewPost, *, for_others: bool) -> dict[str, Any]:
    """What is sent of a post, apart from its slug and status. ``for_others``: we may
    touch what others wrote; who may not must not name another author, nor say sticky."""
    besides: dict[str, Any] = {}
    if for_others:
        besides["sticky"] = post.sticky
        named = post.author.isascii() and post.author.isdecimal()
        besides |= {"author": int(post.author)} if named else {}
    return {
        "title": as_html(post.title),
        "content": post.html,
        "excerpt": post.excerpt,
        "categories": list(post.categories),
        "tags": list(post.tags),
        "comment_status": "closed" if post.closed else "open",
        "ping_status": "open" if post.pings else "closed",
        "featured_media": post.featured,
        **besides,
        **_gmt(post.date),
    }


def photo_fields(photo: NewPhoto) -> dict[str, Any]:
    """What is sent of a photo, apart from its bytes."""
    title = photo.caption or photo.alt or photo.name.rsplit(".", 1)[0]
    return {
        "title": as_html(title),
        "alt_text": _as_alt(photo.alt),
        "caption": as_html(photo.caption),
        "post": photo.post,
        **_gmt(photo.date),
    }


def comment_fields(comment: NewComment, marker: str) -> dict[str, Any]:
    """All of a comment: what an update leaves out, WordPress would fill in itself."""
    return {
        "post": comment.post,
        "parent": comment.parent,
        "author_name": _ZERO.get(comment.author) or as_html(comment.author),
        "author_email": comment.email,
        "author_url": comment.url,
        **said(marker),
        "content": _ZERO.get(comment.html, comment.html),
        "status": "approved",
        **_gmt(comment.date),
    }


def said(marker: str) -> dict[str, Any]:
    """What every change of a comment must say, or WordPress writes down itself."""
    return {"author_ip": _NO_ADDRESS, "author_user_agent": marker}


def in_three_bytes(fields: dict[str, Any]) -> dict[str, Any]:
    """The same with references in place of letters of four bytes."""
    return {
        name: _FOUR_BYTES.sub(lambda letter: f"&#x{ord(letter[0]):X};", value)
        if name in _WORDS
        else value
        for name, value in fields.items()
    }


def _as_alt(text: str) -> str:
    """Of this WordPress takes away tags, "%20" and every second backslash; written as a
    reference they survive, and are shown as what they mean."""
    written = as_html(text) if _MEANS_MORE.search(text) else text
    return written.replace("\\", "\\\\")


def remote_from(kind: Kind, row: dict[str, Any]) -> Remote:
    """Where the thing stands; of a photo, which file to show and which is the full one."""
    number = int(row["id"])
    if kind is not Kind.PHOTO:
        return Remote(
            kind,
            number,
            address=row.get("link", ""),
            status="half made" if is_half(row) else row.get("status", ""),
            slug=row.get("slug", ""),
            shown=html.unescape(row.get("name", "")),
            print=_print(row),
            parent=int(row.get("parent") or 0) if kind is Kind.CATEGORY else 0,
            date=row.get("date_gmt") or "",
            discussion=_discussion(row),
        )
    details = row.get("media_details") or {}
    full = row["source_url"]
    if details.get("original_image"):
        full = full.rsplit("/", 1)[0] + "/" + details["original_image"]
    large = (details.get("sizes") or {}).get("large", {})
    return Remote(
        kind,
        number,
        address=full,
        status=row.get("status", ""),
        slug=row.get("slug", ""),
        shown=large.get("source_url", row["source_url"]),
        width=int(large.get("width") or details.get("width") or 0),
        height=int(large.get("height") or details.get("height") or 0),
        size=0 if details.get("original_image") else int(details.get("filesize") or 0),
        print=digest(row.get("alt_text", ""), _raw(row, "caption"), full),
    )


def is_half(row: dict[str, Any]) -> bool:
    """A comment that WordPress took only with something added, which is still there."""
    mark = str(row.get("author_user_agent", ""))
    added = mark.startswith("md-") and _raw(row, "content").endswith(mark)
    return added or _is_invented(row)


def _is_invented(row: dict[str, Any]) -> bool:
    return str(row.get("author_email", "")).endswith(NO_EMAIL)


def _print(row: dict[str, Any]) -> str:
    """Of a post or a comment, if the row tells all that it takes."""
    if "author_name" in row:
        author = html.unescape(row["author_name"])
        return digest(author, _raw(row, "content"))
    if "title" not in row or "content" not in row:
        return ""
    try:
        return print_of(post_from(row))
    except NetworkError:  # a status of some plug-in's own, for example
        return digest(str(row.get("status")))


def stands_as(thing: NewPost | NewComment, row: dict[str, Any]) -> bool:
    """Has what this row tells of the words of that thing, and can be seen as it shall?"""
    if isinstance(thing, NewComment):
        seen = row["status"] == "approved" and not _is_invented(row)
        return seen and _print(row) == print_of(thing)
    try:
        return text_print(post_from(row)) == text_print(thing)
    except NetworkError:  # a status of some plug-in's own, for example
        return False


def _raw(row: dict[str, Any], name: str) -> str:
    return str((row.get(name) or {}).get("raw", ""))


def post_from(row: dict[str, Any]) -> NewPost:
    """A post as it stands there, asked for with ``context=edit``."""
    try:
        date = row["date_gmt"]
        return NewPost(
            title=html.unescape(row["title"]["raw"]),
            html=row["content"]["raw"],
            date=datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None,
            status=Status(row["status"]),
            slug=row["slug"],
            excerpt=row["excerpt"]["raw"],
            categories=tuple(row.get("categories", ())),
            tags=tuple(row.get("tags", ())),
            extra=tuple(str(row.get(name) or "") for name in _BESIDES),
            discussion=_discussion(row),
            featured=int(row.get("featured_media") or 0),
            sticky=bool(row.get("sticky")),
            closed=row.get("comment_status") == "closed",
            pings=row.get("ping_status") == "open",
        )
    except (KeyError, TypeError, ValueError):
        pass
    raise other_thing()


def _discussion(row: dict[str, Any]) -> str:
    said = (row.get("comment_status"), row.get("ping_status"))
    return " ".join(map(str, filter(None, said)))


def zone_from(name: object, hours: object = None) -> str | None:
    """The time zone that a blog names, if there is one of that name, or else such as
    "UTC+05:30" where it only tells so many ``hours``."""
    try:
        if name:
            return ZoneInfo(str(name)).key
        minutes = round(float(str(hours)) * 60)
    except (KeyError, ValueError, OSError, OverflowError):
        return None
    if abs(minutes) > 15 * 60:
        return None
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
