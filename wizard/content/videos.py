"""Videos in old posts: the page where the one that was embedded can be watched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from wizard.content.markup import address

# A player's address, and the page that shows the same video.
_PLAYERS = [
    (re.compile(rf"https?://(?:[\w-]+\.)*{player}", re.IGNORECASE | re.ASCII), page)
    for player, page in (
        (
            r"youtube(?:-nocookie)?\.com/(?:v|embed)/([\w-]{6,})",
            "https://www.youtube.com/watch?v={}",
        ),
        (
            r"vimeo\.com/(?:video/|moogaloop\.swf\?(?:.*&)?clip_id=)(\d+)",
            "https://vimeo.com/{}",
        ),
        (
            r"dailymotion\.com/(?:swf|embed)/(?:video/)?([a-zA-Z0-9]+)",
            "https://www.dailymotion.com/video/{}",
        ),
        (
            r"youku\.com/(?:player\.php/(?:.*/)?sid|embed)/([\w=]+?)(?:/|$)",
            "https://v.youku.com/v_show/id_{}.html",
        ),
        (r"tudou\.com/v/([\w-]+)", "https://www.tudou.com/programs/view/{}"),
        (
            r"slideshare\.net/slideshow/embed_code/(\d+)",
            "https://www.slideshare.net/slideshow/{}",
        ),
    )
]
_START = re.compile(r"[?&#](?:start|t)=(\d{1,6})(?!\d)", re.ASCII)
_NO_FILE = re.compile(r"[#?]|https?:", re.IGNORECASE)
_NAMES = ("movie", "src", "url", "filename")


def watch_page(attributes: Mapping[str, str], *, framed: bool = False) -> str:
    """Where the video of an ``<embed>``, ``<iframe>``, ``<param>`` … can be watched.

    The player's own address when the site is not a known one, "" when there is none.
    ``framed``: of a page of the old blog itself, which may show anything, there is none.
    """
    found = attributes.get("src") or attributes.get("data") or ""
    if not found and attributes.get("name", "").lower() in _NAMES:
        found = attributes.get("value", "")
    found = address(found, picture=True)
    if found.startswith("//"):
        found = f"https:{found}"
    if not found.lower().startswith(("http://", "https://")):
        return "" if framed or _NO_FILE.match(found) else found
    for player, page in _PLAYERS:
        match = player.match(found)
        if match:
            page = page.format(match[1])
            start = _START.search(found, match.end()) if "youtube" in page else None
            return f"{page}&t={start[1]}" if start else page
    return found


def name_of(address: str) -> str:
    """What a link to a file says that the old page only played: the file's name."""
    path = re.split(r"[?#]", address.strip(), maxsplit=1)[0]
    return unquote(re.split(r"[/\\]", path)[-1]) or address
