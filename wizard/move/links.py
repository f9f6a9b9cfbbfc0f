"""Where links to posts of the old blog lead now: to the new place of what has arrived."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from wizard.blog import Post
from wizard.content import markup
from wizard.content.cleaning import places
from wizard.content.places import followed, named_by
from wizard.destinations import Destination, Kind, Remote
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.markers import marker
from wizard.sources import Directory, Target

_COMMENT = re.compile(r"(?:comment-?|c)(\d+)")
_COMMENTS = re.compile(r"(?:bp\d+)?(?:comment|respond)", re.IGNORECASE)
_WRITTEN = "%/?:@!$&'()*+,;=~"  # stands in a link as it is
_POSTS_AT_HAND = 64


class Links:
    """The links of one move; may be used from any thread once it has begun."""

    def __init__(self, move: Move, destination: Destination) -> None:
        assert move.blog
        self._blog = move.blog
        self._move = move
        self._destination = destination
        self._known: Mapping[str, Remote] = {}
        self._directory = Directory(self._blog, ())
        self._comments = lru_cache(_POSTS_AT_HAND)(self._comments_of)
        self._places = lru_cache(_POSTS_AT_HAND)(self._places_of)

    def begin(self, known: Mapping[str, Remote]) -> None:
        """``known``: what of ours stands at the destination, by marker, also what an
        earlier move has brought that this move file knows nothing of."""
        self._known = known
        self._comments.cache_clear()
        self._places.cache_clear()
        self._directory = Directory(self._blog, self._move.names())

    def of(self, post: Post) -> PostLinks:
        return PostLinks(self, self._directory, post)

    def place(self, target: Target) -> str:
        """The new address of what a link leads to; "" while it has none."""
        site = self._destination.address
        if target.home:
            return f"{site.rstrip('/')}/" if "://" in site else "/"
        remote = self._remote(target.key) if target.key else None
        if remote is None:
            return ""
        address = remote.address
        if remote.status != "publish" and "?p=" not in address and "://" in site:
            # It stays valid when the post is published, and tells nothing of it before.
            address = f"{site.rstrip('/')}/?p={remote.id}"
        return address + self._part(target)

    def comment(self, target: Target) -> Remote | None:
        """The comment that a link leads to, if it has arrived."""
        key = self.comment_key(target)
        step = self._move.step(Kind.COMMENT, target.key, key) if key else None
        return step.remote if step and step.state is State.SENT else None

    def awaits(self, target: Target) -> bool:
        """Does it lead to a comment that is known and may still arrive?"""
        return bool(self.comment_key(target)) and self.comment(target) is None

    def comment_key(self, target: Target) -> str:
        """The key of the comment that a link leads to, "" if to none that is known."""
        known = self._comments(target.key) if target.key and target.part else {}
        names = comment_names(target)
        return next((known[name] for name in names if name in known), "")

    def _comments_of(self, post: str) -> dict[str, str]:
        """The keys of this post's comments, by every name that links may give them."""
        comments = self._move.post(post).comments
        names = {name: each.key for each in comments for name in each.names}
        return names | {each.key: each.key for each in comments}

    def _places_of(self, post: str) -> frozenset[str]:
        return places(self._move.post(post).html)

    def _part(self, target: Target) -> str:
        if not target.part:
            return ""
        if comment := self.comment(target):
            return f"#comment-{comment.id}"
        if self.comment_key(target):
            # Leads to its post meanwhile, and tells the links to its comments apart.
            return f"#{quote(target.part, safe='!')}"
        if not self._places(target.key).isdisjoint(named_by(target.part)):
            return followed(f"#{quote(target.part, safe=_WRITTEN)}")
        # Where nobody has said anything, WordPress has no such place.
        said = _COMMENTS.match(target.part) and any(
            step.kind is Kind.COMMENT and step.state is State.SENT
            for step in self._move.steps(target.key)
        )
        return "#comments" if said else ""

    def _remote(self, key: str) -> Remote | None:
        step = self._move.step(Kind.POST, key, key)
        if step.remote:
            return step.remote if step.state is State.SENT else None
        mark = marker(self._blog.key, Kind.POST, key)
        known = self._known.get(mark)
        finished = known and not known.slug.startswith(mark)
        return known if finished else None


class PostLinks:
    """The links of one post: called with each of them, it gives the address where it
    leads now, "" for what is no business of ours."""

    def __init__(self, links: Links, directory: Directory, post: Post) -> None:
        self._links = links
        self._directory = directory
        self._post = post
        self._met: dict[str, Left] = {}

    def __call__(self, href: str) -> str:
        target, old = self._target(href)
        if target is None:
            return ""
        met = self.mended(Left(old))
        for each in (Left(old), met):
            self._met.setdefault(each.href, each)
        return met.href

    def written(self, address: str) -> str:
        """The same of one that is only written out: "" unless it is known what it leads
        to, for a guess would be a new link to the old blog."""
        target, _ = self._target(address)
        return self(address) if target and (target.key or target.home) else ""

    def left(self, there: Iterable[str]) -> list[Left]:
        """Those of the links met that do not lead yet where they shall, of these that
        stand in a text."""
        found = sorted(self._met.keys() & set(there))
        return [self._met[href] for href in found if self.is_old(self._met[href])]

    def is_old(self, link: Left) -> bool:
        """Does this link not lead yet where it shall?"""
        target, old = self._target(link.meant)
        # The new address may be the old one, where a blog keeps its name.
        return target is not None and (
            # In this order: it may arrive while this is asked.
            not self._links.place(target)
            or self._links.awaits(target)
            or self._new(target, old) != link.href
        )

    def before(self, left: Iterable[Left]) -> Callable[[str], str]:
        """The same as when called, but of these links where they lead until now."""
        then = {link.meant: link.href for link in left}

        def lead(href: str) -> str:
            target, old = self._target(href)
            return then.get(old) or self._new(target, old) if target else ""

        return lead

    def mended(self, link: Left) -> Left:
        """The same link as it shall be by now."""
        target, old = self._target(link.meant)
        new = self._new(target, old) if target else link.href
        meant = link.meant if new != link.meant else ""
        return Left(new, meant, link.comment)

    def _new(self, target: Target, old: str) -> str:
        if not old.startswith("#"):
            return self._links.place(target) or old
        comment = self._links.comment(target)
        return f"#comment-{comment.id}" if comment else old

    def _target(self, href: str) -> tuple[Target | None, str]:
        """What a link leads to, if into the old blog, and how it is written in full."""
        pages = (name for name in self._post.names if "://" not in name)
        page, href = next(pages, self._post.address), markup.address(href)
        if href.startswith("#"):
            within = Target(self._post.key, href[1:])
            return (within if self._links.comment_key(within) else None), href
        # A relative address would lead somewhere else from the new blog.
        whole = self._directory.absolute(href, page)
        target = self._directory.target(href, page) if href else None
        return target, whole if "://" in whole else href


def comment_names(target: Target) -> list[str]:
    """The keys that the comment may have to which a link leads."""
    number = _COMMENT.fullmatch(target.part)
    part = unquote(target.part)
    names = [target.part, part, f"{target.key}#{part}"]
    return [*names, number[1]] if number else names
