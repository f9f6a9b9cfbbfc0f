"""One saved Spaces page: its text decoded, its tree, and when and where it was taken."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from wizard.sources.html_page import LARGEST_PAGE, decoded, tree
from wizard.sources.spaces_ids import space_of, tidy

# The day the service closed: no page was taken from it later.
CLOSED = datetime(2011, 3, 16)
_OPENED = datetime(2004, 8, 1)

_ENTRY_MARKS = (b"bvEntry", b"bvMsg", b"msgcns", b"entrycns")
_OWN_MARK = b"Microsoft.Spaces.WebUser"
_OWN_BASE = re.compile(
    rb"<[bB][aA][sS][eE][^<>]{1,300}[./]spaces\.(?:live|msn)\.com[/\"'\s>]"
)
_NO_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+(?:<(?:rss|feed|rdf:RDF)\b|MIME-Version:|From: <Saved by)",
    re.IGNORECASE | re.DOTALL,
)
_WAYBACK_PAGE = re.compile(
    rb"wm-ipp|WAYBACK TOOLBAR|FILE ARCHIVED ON|web-static\.archive\.org"
    rb"|/web/\d{14}(?:[a-z]{2}_)?/https?://[\w.-]*(?:spaces\.live|spaces\.msn|sclive)\.(?:com|net)"
)
_STAMP = re.compile(rb"/web/(\d{14})(?:[a-z]{2}_)?/")
_TICKS = re.compile(rb"trace\.aspx\?rt=(\d{18})\b")
_CLOCK = re.compile(rb"ct(?:=|\\x3d|%3[dD])(1[0-3]\d{8})\b")
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S{1,500}?) -->")
_REPLAYED = re.compile(rb"__wm\.wombat\([\"'](https?://[^\"']{1,500})[\"']")
_ASCII = bytes(range(128))


@dataclass(frozen=True, slots=True)
class SavedPage:
    """``name``: its file in the archive. ``base``: what relative links stand against,
    or "". ``address``: where it was, or "". ``captured``: when it was taken (naive; UTC, or the local clock of the file),
    or None. ``culture``: such as ``zh-CN``, or "". ``own_mark``: Spaces signed it."""

    name: str
    root: HtmlElement
    source: bytes
    base: str
    address: str
    captured: datetime | None
    culture: str
    wayback: bool
    own_mark: bool


def is_spaces_page(data: bytes) -> bool:
    """Whether these bytes are a page of Spaces, by what is in them."""
    data = _readable(data)
    if _NO_PAGE.match(data[:4000]):
        return False
    return (
        _OWN_MARK in data
        or bool(_OWN_BASE.search(data))
        or any(_in_a_tag(mark, data) for mark in _ENTRY_MARKS)
    )


def _in_a_tag(mark: bytes, data: bytes) -> bool:
    """Whether some tag holds the mark. Style sheets and scripts speak of it, too."""
    place = -1
    for _ in range(50):
        place = data.find(mark, place + 1)
        if place < 0:
            return False
        if data.rfind(b"<", 0, place) > data.rfind(b">", 0, place):
            return True
    return False


def open_page(name: str, data: bytes, modified: datetime | None) -> SavedPage | None:
    """The page in these bytes, or None if they are no Spaces page; raises Unreadable
    for one that is larger or deeper than any page of a blog."""
    data = _readable(data)
    if not is_spaces_page(data):
        return None
    text = _text(data)
    root = tree(text, name)
    source = text.encode()
    address = tidy(_first(_SAVED_FROM, source) or _first(_REPLAYED, source))
    wayback = b"archive.org" in source and bool(_WAYBACK_PAGE.search(source))
    if wayback:
        for toolbar in root.xpath("//div[starts-with(@id, 'wm-ipp')]"):
            toolbar.drop_tree()
    base = next((each.get("href", "") for each in root.iter("base")), "")
    return SavedPage(
        name=name,
        root=root,
        source=source,
        base=_web(tidy(base)) or _web(address),
        address=address,
        captured=_captured(source, name, modified, wayback),
        culture=root.get("web:culture", ""),
        wayback=wayback,
        own_mark=_OWN_MARK in source or bool(space_of(base)),
    )


def _readable(data: bytes) -> bytes:
    """The same page in an encoding that keeps ASCII as it is, and unpacked."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, LARGEST_PAGE)
        except zlib.error:
            return b""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _text(data: bytes) -> str:
    """The page's text; a few broken letters, as where a page was cut off while it was
    saved, do not make UTF-8 another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken and broken * 10 > len(data.translate(None, _ASCII)) + 10:
        return decoded(data)
    return text


def _web(address: str) -> str:
    return address if address.startswith(("http://", "https://")) else ""


def _captured(
    source: bytes, name: str, modified: datetime | None, wayback: bool
) -> datetime | None:
    """When the page was taken, from the surest witness to the least: the Wayback
    Machine, the server's own clock in the page, the file's name, the file's date."""
    if wayback:
        # The toolbar names captures before and after, but each only once or twice.
        stamps = Counter(_STAMP.findall(source)).most_common(1)
        if stamps and (moment := _stamped(stamps[0][0].decode())):
            return moment
    if clock := _first(_CLOCK, source):
        return datetime(1970, 1, 1) + timedelta(seconds=int(clock))
    if ticks := _first(_TICKS, source):
        moment = datetime(1, 1, 1) + timedelta(microseconds=int(ticks) // 10)
        if _OPENED < moment < CLOSED:
            # Counted on the clock of the servers, in California.
            return moment.replace(microsecond=0) + timedelta(hours=8)
    if in_name := re.search(r"(?<!\d)20[01]\d{11}(?!\d)", name):
        return _stamped(in_name[0])
    return min(modified, CLOSED) if modified else None


def _stamped(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S")
    except ValueError:
        return None


def _first(pattern: re.Pattern[bytes], source: bytes) -> str:
    found = pattern.search(source)
    return found[1].decode("utf-8", "replace") if found else ""
