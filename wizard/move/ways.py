"""From each old address to the new one: of all posts that were public, and are again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

from wizard.blog import Status
from wizard.destinations import Kind, full_address
from wizard.move.discretion import plain, web_address
from wizard.move.events import State
from wizard.move.file import Move

_PLAIN = "!~,;=@&+()'"
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Way:
    """``host``, ``path`` (its bytes, decoded) and ``query`` of the old address; ``new``:
    where it leads, in ASCII, with nothing in it that ends a quotation. ``raw``: the
    path as the old address wrote it, where a "%2F" is no "/"."""

    host: str
    path: bytes
    query: str
    new: str
    title: str = ""
    date: str = ""
    raw: str = ""

    @property
    def written(self) -> str:
        """The old path as it stands in an address, in ASCII."""
        parts = map(unquote_to_bytes, self.raw.split("/")) if self.raw else [self.path]
        # Of what was not told, no "/" was written otherwise.
        safe = _PLAIN if self.raw else f"/{_PLAIN}"
        return "/".join(quote(part, safe=safe) for part in parts) or "/"


def ways(move: Move, site: str = "") -> Iterator[Way]:
    """The way from every old address that is known and may be told, in the blog's own
    order. ``site``: the new blog's address, where the move itself does not know it."""
    places = {_spot(place) for _, _, place in _public(move, site)}
    met = set[tuple[str, bytes, str]]()
    for key, old, new in chain(_public(move, site), _former(move, site)):
        way = _way(old, new)
        # Where a blog keeps its name, a new address may be that of another old post.
        if (
            way is None
            or _spot(old) in places
            or (way.host, way.path, way.query) in met
        ):
            continue
        met.add((way.host, way.path, way.query))
        post = move.post(key)
        date = post.date.date().isoformat() if post.date else ""
        yield replace(way, title=plain(post.title), date=date)


def site_from(text: str) -> str:
    """The address of a site that a person has typed, in full; "" if it is none."""
    address = full_address(text)
    return web_address(address) if len(address.split()) == 1 else ""


def way_home(move: Move, site: str = "") -> Way | None:
    """The way from the old blog's front page to that of the new one."""
    blog, to = move.blog, web_address(move.noted("destination")) or web_address(site)
    old = web_address(blog.address) if blog else ""
    title = plain(blog.title) if blog else ""
    way = _way(old, f"{to.rstrip('/')}/") if to else None
    if way is None or way.host == (urlsplit(way.new).hostname or ""):
        return None
    return replace(way, title=title)


def _public(move: Move, site: str) -> Iterator[tuple[str, str, str]]:
    """Key, old and new address of every post that anybody may read at both places; the
    old one is "" where nobody tells it now."""
    for key, _ in move.ticks():
        step = move.step(Kind.POST, key, key)
        remote = step.remote
        if step.state is not State.SENT or not remote or remote.status != "publish":
            continue
        post = move.post(key)
        new = remote.address
        new = f"{site.rstrip('/')}{new}" if new.startswith("/") else new
        old, new = web_address(post.address), web_address(new)
        if post.status is Status.PUBLISH and new:
            yield key, old, new


def _former(move: Move, site: str) -> Iterator[tuple[str, str, str]]:
    """The same of the addresses that such posts had before."""
    if former := move.former():
        for key, _, new in _public(move, site):
            for old in map(web_address, former.get(key, ())):
                if old:
                    yield key, old, new


def _spot(address: str) -> tuple[str, bytes, str]:
    """What servers take for the same, however it is written."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return host, unquote_to_bytes(parts.path).rstrip(b"/"), parts.query


def _way(old: str, new: str) -> Way | None:
    try:
        parts = urlsplit(old)
        host = (parts.hostname or "").encode("idna").decode()
        to = urlsplit(new)
        name = (to.hostname or "").encode("idna").decode()
        place = f"[{name}]" if ":" in name else name
        place = f"{place}:{to.port}" if to.port else place
    except ValueError:  # also of a name that can be none
        return None
    if not (_HOST.fullmatch(host) and _HOST.fullmatch(name)):
        return None
    path = unquote_to_bytes(parts.path) or b"/"
    if any(byte < 32 or byte == 127 for byte in path + parts.query.encode()):
        return None
    rest = urlunsplit(to._replace(scheme="", netloc=""))
    rest = quote(rest, safe="/?#!&(),;=%~+@")
    new = f"{to.scheme}://{place}{rest or '/'}"
    return Way(host, path, parts.query, new, raw=parts.path)
