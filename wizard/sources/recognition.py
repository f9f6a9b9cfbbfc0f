"""Telling by its content what a person has brought, and saying so when it is no blog."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from wizard.errors import HostClosed, NothingFound, Unreadable
from wizard.sources.archive import Archive, magic

_HOST = r"(?:localhost|\[[0-9a-f:]+\]|\d{1,3}(?:\.\d{1,3}){3}|(?:[^\W_][\w-]*\.)+[^\W\d_][\w-]+)"
_BARE = re.compile(rf"{_HOST}(?::\d{{1,5}})?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
_FILE_NAME = re.compile(
    r"[^/?#]*\.(?:zip|rar|7z|html?|xhtml|xml|mht|mhtml|wpost|txt|pdf|docx?|rss|json|move|gz)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:^|\.)spaces\.(?:live|msn)\.com$")
_WAYBACK = re.compile(r"(?:^|\.)archive\.org$")

_MARKS = (
    ("word/document.xml", "a Word document"),
    ("xl/workbook.xml", "an Excel sheet"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("[Content_Types].xml", "an Office file"),
    ("META-INF/container.xml", "an e-book"),
    ("AndroidManifest.xml", "an Android app"),
    ("META-INF/MANIFEST.MF", "a Java program"),
    ("mimetype", "an OpenDocument file"),
)
_KINDS = (
    ("a collection of music", "mp3 m4a wma flac ogg wav aac mid"),
    ("a collection of pictures", "jpg jpeg png gif bmp tif tiff heic webp svg psd"),
    ("a collection of films", "mp4 avi mov wmv mkv mpg mpeg flv 3gp"),
    ("documents", "pdf doc docx xls xlsx ppt pptx rtf odt txt"),
    ("Live Writer drafts (not read yet)", "wpost"),
    ("web pages in one file each (.mht, not read yet)", "mht mhtml"),
    ("other zip files: unpack them first", "zip rar 7z gz"),
    ("web pages, but none of Windows Live Spaces", "html htm xhtml aspx"),
    ("a program", "exe dll py js class so"),
    ("a Messenger contact list, which holds no posts", "ctt"),
)


def as_address(location: str) -> str:
    """The web address that ``location`` is, with its scheme, or "" if it is a path.
    A file or folder that is there wins over a host of the same name."""
    location = location.strip()
    if re.match(r"https?://", location, re.IGNORECASE):
        return location
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", location) and not location.startswith(
        "file:"
    ):
        raise Unreadable(
            f"{location} is no address that can be read.",
            "The address of a blog begins with http:// or https://.",
            code="scheme",
        )
    if not _BARE.fullmatch(location) or _FILE_NAME.fullmatch(location):
        return ""
    return "" if os.path.exists(location) else f"http://{location}"


def as_path(location: str) -> Path:
    """The path that ``location`` is; it may be quoted, a ``file:`` address or in ``~``."""
    location = location.strip().strip("\"'")
    if location.casefold().startswith("file:"):
        location = unquote(urlsplit(location).path)
        location = location[1:] if re.match(r"/[A-Za-z]:", location) else location
    with suppress(RuntimeError):
        return Path(location).expanduser()
    return Path(location)


def refuse_closed(address: str) -> None:
    """Raises HostClosed for an address at a service that is gone, NothingFound for one
    that holds copies of it."""
    try:
        host = (urlsplit(address).hostname or "").casefold()
    except ValueError:
        host = ""
    if not host:
        raise Unreadable(
            f"{address} is no address.", "Check how it is written.", code="scheme"
        )
    if _CLOSED.search(host):
        raise HostClosed(
            "Windows Live Spaces closed in 2011 and its addresses answer no more: bring the "
            "backup zip you downloaded then, or pages you saved from it.",
            "If you have neither, look for your address at https://web.archive.org, save the "
            "pages of your posts from there into one folder, and choose that folder.",
            code="closed",
        )
    if _WAYBACK.search(host):
        raise NothingFound(
            "Pages in the Wayback Machine are not fetched from here.",
            "Open your posts there, save each page into one folder, and choose that folder.",
            code="wayback",
        )


def nothing_in(archive: Archive) -> NothingFound:
    """Says that there is no blog in it, and what it seems to be instead."""
    name = PurePosixPath(archive.location.replace("\\", "/")).name or archive.location
    seems = _seems(archive)
    return NothingFound(
        f"There is no blog to be read in {name}"
        + (f"; it seems to be {seems}." if seems else "."),
        "Moving Day looked for posts of Windows Live Spaces: its backup zip, or pages saved "
        "from it. Choose the file or folder that holds them.",
        code="no-blog",
    )


def _seems(archive: Archive) -> str:
    names = archive.names()
    for mark, words in _MARKS:
        if mark in names:
            return words
    if len(names) == 1 and (words := _text_kind(archive, names[0])):
        return words
    endings = Counter(
        PurePosixPath(name).suffix.lstrip(".").casefold() for name in names
    )
    counts = {
        words: sum(endings[ending] for ending in kinds.split())
        for words, kinds in _KINDS
    }
    words = max(counts, key=lambda each: counts[each])
    for name in names:
        # One export file among its pictures says more than they do.
        if name.casefold().endswith((".xml", ".rss", ".atom")):
            if (kind := _text_kind(archive, name)) and "unknown" not in kind:
                return kind
            break
    if not counts[words] or 2 * counts[words] < len(names):
        return ""
    count = counts[words]
    return f"{words} ({count:,} of {len(names):,} files)"


def _text_kind(archive: Archive, name: str) -> str:
    try:
        if archive.size(name) > 64 * 2**20:
            return ""
        head = archive.read(name)[: magic.HEAD]
    except Unreadable:
        return ""
    words = magic.binary_kind(head) or magic.text_kind(head)
    return (
        f"{words}, but not of Windows Live Spaces" if words == "a web page" else words
    )
