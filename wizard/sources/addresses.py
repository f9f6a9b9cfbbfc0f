"""The many ways to write the address of one post, and which post of a blog a link means."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from wizard.blog import Blog
from wizard.sources.spaces_ids import (
    Identity,
    canonical_cid,
    identify,
    is_of_first_years,
    space_of,
    tidy,
)

_BLOGSPOT = re.compile(r"\.blogspot\.(?:com?\.)?[a-z]{2,3}$")
_WWW = re.compile(r"^www\d?\.")
_FRONT_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")
# What a comment's place on a page is called after: the block of its post.
_COMMENT = re.compile(r"(.+?)[-_.]?comment[-_.]?\d*", re.IGNORECASE)
# What leads to a part of a post's page, or to the same in another form.
_PART = re.compile(
    r"/(?:comment-page-\d+|comments|feed|rss|atom|trackback|amp|[1-9]\d?)$"
)
# What a query says about the reader, not about the page.
_JUNK = re.compile(
    r"utm_\w+|fbclid|gclid|replytocom|mkt|wa|sa|_c\w*|ref|share|preview\w*|feed|"
    r"partner|psid|lc|cultureinfo|cpage",
    re.IGNORECASE,
)
_MOBILE = (("m", "0"), ("m", "1"))  # with other numbers it is a month
# No browser goes anywhere from here.
_NOWHERE = re.compile(r"\s*https?:/*\s*", re.IGNORECASE)
_SPACES_HOME = re.compile(
    r"(?:/members/[^/]+)?/?(?:default\.aspx|viewspace\.aspx|blog/?)?$", re.IGNORECASE
)
# A Space was also asked for an entry by a query, which may stand inside of another
# one; in a list of entries the same words only say where its page begins.
_ASKED = re.compile(
    r"(?:^|[?&=_])(?:handle|entry)=(cns![\w.-]{1,64}!)?([0-9]{1,20})(?![\w!.])",
    re.IGNORECASE,
)
_PAGE_OF_LIST = re.compile(r"pagedir=", re.IGNORECASE)
_BLOG_PART = re.compile(
    r"(?:_c|_c11_blogpart_blogpart)=(?:blogpart|blogview)|cid=.*", re.IGNORECASE
)
# What the move of 2010 left in links, and what nobody should read there.
_TOKEN = re.compile(r"[?&]authkey=[^&#]*", re.IGNORECASE)
_END = re.compile(r"\.(?:html?|php|aspx?)$")
_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d\d)/")
# What shows some posts of a blog, and may be called like one of them.
_LIST = re.compile(r"/(?:categor(?:y|ies)|tags?|labels?|authors?|topics?|search)/")
_NO_WORD = re.compile(r"[\W_]+")
# To so many letters Movable Type and TypePad cut the names of posts in addresses.
_CUTS = (15, 30)
_SHORTEST_CUT = 10


@dataclass(frozen=True, slots=True)
class Named:
    """What a post is known by. ``names``: further addresses; ``date``: ISO 8601 or "";
    ``former``: addresses that it had once, and that may be another's by now."""

    key: str
    address: str
    slug: str = ""
    title: str = ""
    date: str = ""
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link into the blog leads: the post with this ``key``, "" for what is no
    known post; ``home``: the blog's front page. ``part``: what stood behind the "#"."""

    key: str
    part: str = ""
    home: bool = False


class Directory:
    """The posts of one blog by every name that links may give them."""

    def __init__(self, blog: Blog, posts: Iterable[Named]) -> None:
        self._address = blog.address
        self._home = next(_names(blog.address), "")
        self._spaces = {space_of(blog.address)}
        self._owners = {canonical_cid(blog.key)}
        self._keys: dict[str, str] = {}  # by name; "" where several posts share it
        self._words: dict[str, str] = {}
        self._dates: dict[str, str] = {}
        former: dict[str, str] = {}
        for post in posts:
            self._add(post)
            for address in post.former:
                for name in islice(_names(address), 1):
                    _put(former, name, post.key)
        self._keys = former | self._keys
        self._spaces |= {f"cid-{owner.lower()}" for owner in self._owners}
        self._spaces.discard("")

    def _add(self, post: Named) -> None:
        self._dates[post.key] = post.date[:7]
        entry = identify(post.address)
        names = {post.key}
        for address in (*post.names, *([] if entry else [post.address])):
            names |= set(islice(_names(address), 1))
        if entry:
            names |= {entry.key, f"{entry.space}!{entry.number}"}
            self._spaces.add(entry.space)
            self._owners.add(entry.cid)
        for name in names:
            _put(self._keys, name, post.key)
        if not entry and (slug := _slug(post)):
            for words in {slug, *(f"{n}:{slug[:n].rstrip('-')}" for n in _CUTS)}:
                _put(self._words, words, post.key)

    def target(self, href: str, page: str = "") -> Target | None:
        """Where a link on the page with this address leads; None if out of the blog."""
        address = self.absolute(href, page)
        part = urlsplit_or_none(address)
        if part is None or _NOWHERE.fullmatch(address):
            return None
        names: Iterable[str] = _names(address)
        if entry := identify(address) or self._asked(address, part):
            names = [entry.key]
            if is_of_first_years(entry.cid):
                # The owner had another id then; name and number stayed.
                names.append(f"{entry.space}!{entry.number}")
        for name in names:
            if key := self._keys.get(name):
                return Target(key, part.fragment)
        if entry and (entry.cid in self._owners or entry.space in self._spaces):
            return Target("", part.fragment)
        if not part.netloc and part.path:  # another page of the archive, or its first
            return Target("", part.fragment, not _path(part.path))
        if entry or not self._is_inside(address):
            return None
        if space_of(address):
            home = _SPACES_HOME.match(part.path) and not _shows_some(part.query)
            return Target("", part.fragment, bool(home))
        key = self._by_number(part) or self._by_words(part)
        home = not key and self._home == next(_names(address), "")
        return Target(key, part.fragment, home)

    def absolute(self, href: str, page: str = "") -> str:
        """The whole address that a link on this page leads to."""
        if _NOWHERE.fullmatch(href):
            return href
        try:
            whole = tidy(urljoin(page or self._address, href.strip()))
            return _TOKEN.sub("", whole)
        except ValueError:
            return href

    def _is_inside(self, address: str) -> bool:
        if space := space_of(address):
            return space in self._spaces
        name = next(_names(address), "").partition("?")[0]
        return bool(self._home) and f"{name}/".startswith(f"{self._home}/")

    def _asked(self, address: str, parts: SplitResult) -> Identity | None:
        """The entry that the query of an address of a Space asks for."""
        if not parts.query or (parts.netloc and not space_of(address)):
            return None
        query = _decoded(parts.query)
        found = None if _PAGE_OF_LIST.search(query) else _ASKED.search(query)
        if found is None:
            return None
        owner, number = found.groups()
        # Without an owner it is one of this Space.
        owners = [canonical_cid(owner.split("!")[1])] if owner else sorted(self._owners)
        known = (cid for cid in owners if f"cns!{cid}!{int(number)}" in self._keys)
        return Identity(space_of(address), next(known, owners[0]), int(number))

    def _by_number(self, parts: SplitResult) -> str:
        """WordPress shows a post at ``?p=`` and its number, too."""
        asked = dict(parse_qsl(parts.query))
        return self._keys.get(asked.get("p", "?"), "")

    def _by_words(self, parts: SplitResult) -> str:
        """By the words at the end of an address, as they are or cut off."""
        if _LIST.search(parts.path.lower()):
            return ""
        written = _END.sub("", posixpath.basename(parts.path.rstrip("/")))
        words = _dashed(unquote(written))
        cuts = [n for n in _CUTS if _SHORTEST_CUT <= len(words) <= len(written) <= n]
        for name in (words, *(f"{n}:{words}" for n in cuts)):
            key = self._words.get(name, "") if words else ""
            month, date = _MONTH.search(f"{parts.path}/"), self._dates.get(key, "")
            if key and not (month and date and date != f"{month[1]}-{month[2]}"):
                return key
        return ""


def urlsplit_or_none(address: str) -> SplitResult | None:
    """The parts of an address; None if it is none, or none of a page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https", "") else None


def _names(address: str) -> Iterator[str]:
    """One name for all the ways to write an address, the most exact first: without
    scheme and ``www``, without what does not tell one page from another."""
    parts = urlsplit_or_none(tidy(address))
    if parts is None or not address:
        return
    if not parts.netloc:  # inside an archive, where several posts share a page
        path = _path(parts.path).lstrip("/")
        if path and parts.fragment:
            yield f"{path}#{parts.fragment}"
            if comment := _COMMENT.fullmatch(parts.fragment):
                yield f"{path}#{comment[1]}"
        if path:
            yield path
        return
    place = _host(parts) + _path(parts.path)
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _JUNK.fullmatch(name) and (name, value) not in _MOBILE
    )
    if query:
        yield f"{place}?{'&'.join('='.join(pair) for pair in query)}"
    yield place
    if (whole := _PART.sub("", place)) != place:
        yield whole


def _host(parts: SplitResult) -> str:
    try:
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port = "", None
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    host = _BLOGSPOT.sub(".blogspot.com", _WWW.sub("", host))
    return host if port in (None, 80, 443) else f"{host}:{port}"


def _path(path: str) -> str:
    path = unicodedata.normalize("NFC", unquote(path)).casefold()
    path = posixpath.normpath(path) if path.strip("/.") else ""
    return _FRONT_PAGE.sub("", f"/{path.lstrip('/')}").rstrip("/")


def _shows_some(query: str) -> bool:
    """Does a Space asked for this show something else than its front page?"""
    return any(
        not _BLOG_PART.fullmatch("=".join(pair))
        and (pair[0].startswith("_c") or not _JUNK.fullmatch(pair[0]))
        for pair in parse_qsl(query, keep_blank_values=True)
    )


def _decoded(query: str) -> str:
    """The query with those that stand inside of it, each of which was encoded anew."""
    for _ in range(4):
        query = unquote(query)
    return query


def _slug(post: Named) -> str:
    """The words in its address, or those that its title would make."""
    parts = urlsplit_or_none(post.address)
    path = parts.path if parts and not parts.query else ""
    last = posixpath.basename(path.rstrip("/"))
    return _dashed(unquote(post.slug or _END.sub("", last) or post.title))


def _dashed(words: str) -> str:
    words = unicodedata.normalize("NFC", words).casefold()
    return _NO_WORD.sub("-", words).strip("-")


def _put(names: dict[str, str], name: str, key: str) -> None:
    """What two posts are called leads to neither."""
    names[name] = key if names.get(name, key) == key else ""
