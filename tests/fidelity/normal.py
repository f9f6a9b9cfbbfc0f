"""What counts as equal. All that is not said here is a difference.

Of texts: any white space is one space, and a line is a line however it is made. Of names:
letters with their marks are single characters. Of texts in which white space counts:
not at the ends of lines. A smiley's picture is the character that
`wizard/content/smileys.py` gives for it. A heading of the first level is one of the
second: the first is the post's title. A player is the video that it plays. WordPress's own
play with letters (curly quotes, pictures for ":)") is switched off on the sites measured.
"""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from wizard.content.smileys import smiley

# What one player calls a video, and what stands in every address of it.
_VIDEO = re.compile(
    r"youtube(?:-nocookie)?\.com/(?:v|embed)/([\w-]{6,})"
    r"|(?:youtube\.com/watch\?v=|youtu\.be/)([\w-]{6,})"
    r"|vimeo\.com/(?:video/|moogaloop\.swf\?(?:.*&)?clip_id=)?(\d+)"
    r"|dailymotion\.com/(?:swf|embed)?/?(?:video/)?([a-zA-Z0-9]+)"
)
_GONE = (
    *("storage.msn.com", "storage.live.com", "livefilestore.com"),
    *("spaces.live.com", "spaces.msn.com"),
)
_FIRST_LEVEL = re.compile("^h1 ")


def words(text: str) -> str:
    return " ".join(text.split())


def by_line(text: str) -> list[str]:
    """What stands in lines of its own; empty ones are no text."""
    return [line for each in text.split("\n") if (line := words(each))]


def raw(text: str) -> str:
    """A text in which white space counts."""
    lines = text.replace("\xa0", " ").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def name(text: str) -> str:
    return unicodedata.normalize("NFC", words(text))


def heading(text: str) -> str:
    return _FIRST_LEVEL.sub("h2 ", text)


def moment(date: datetime) -> str:
    """As WordPress writes it."""
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def video(address: str) -> str:
    """What a player's address and that of the video's own page have in common."""
    found = _VIDEO.search(unquote(html.unescape(address)))
    return next(filter(None, found.groups()), address) if found else address


def with_smileys(text: str) -> str:
    """HTML with characters in place of smileys, and without other pictures."""

    def said(image: re.Match[str]) -> str:
        src = re.search(r"src=[\"']?([^\"'\s>]+)", image[0], re.IGNORECASE)
        return smiley({"src": src[1] if src else ""})

    return re.sub(r"<img\b[^>]*>", said, text, flags=re.IGNORECASE)


def is_gone(address: str, hosts: tuple[str, ...] = ()) -> bool:
    """Whether it leads to one of these old blogs or to what died with Spaces."""
    try:
        parts = urlsplit(address)
        host = parts.netloc if parts.port else (parts.hostname or "").lower()
    except ValueError:
        return False
    ends = (*hosts, *_GONE)
    return any(host == each or host.endswith(f".{each}") for each in ends)
