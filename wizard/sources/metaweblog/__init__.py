"""A blog that still answers, asked over the interface that Live Writer used."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlsplit

from wizard.blog import Blog, Photo, Post, post_from_json, to_json
from wizard.credentials import Field, Secret
from wizard.errors import (
    Ambiguous,
    MoveError,
    NetworkError,
    NotAllowed,
    PhotoMissing,
    Refused,
)
from wizard.network import Session
from wizard.public_pictures import PublicPictures
from wizard.sources.metaweblog.account import Account, sign_in
from wizard.sources.metaweblog.blocks import Blocks
from wizard.sources.metaweblog.comments import Comments, spam_of, with_comments
from wizard.sources.metaweblog.filed import Filed
from wizard.sources.metaweblog.library import Library, is_unknown
from wizard.sources.metaweblog.paging import all_posts
from wizard.sources.metaweblog.posts import comments_from, post_from
from wizard.sources.metaweblog.tree import Tree, tree_from
from wizard.sources.metaweblog.web_photos import reachable, whole_of
from wizard.sources.metaweblog.when import oldest_first, order, zone_told
from wizard.sources.metaweblog.xmlrpc import text
from wizard.sources.spool import Spool

_IDS = ("post_id", "postid", "postId")
_TEXTS = ("description", "post_content", "mt_text_more")
_COUNTS = (100, 1_000, 10_000, 100_000)


class MetaWeblog:
    """A blog with MetaWeblog, Movable Type or WordPress XML-RPC, at ``address``: its page
    or its interface. Nothing is asked before `blog`, `posts` or `read`."""

    name = "metaweblog"
    title = "A blog that still answers"
    fields: tuple[Field, ...] = (
        Field("user", "User name", "As you sign in to the old blog."),
        Field(
            "password", "Password", "An application password works too.", secret=True
        ),
    )

    def __init__(self, address: str, user: str, password: Secret) -> None:
        self._address = address
        self._who = (user, password)
        self._session = Session()
        self._lock = threading.Lock()
        self._account: Account | None = None
        self._pictures: PublicPictures | None = None
        self._limits: dict[str, None] = {}
        self._categories: Tree | None = None

    def blog(self) -> Blog:
        """Signs in; raises SignInFailed, NothingFound, Refused or a NetworkError."""
        account = self._signed_in()
        parts = urlsplit(account.address)
        return Blog(
            # Without the scheme, as a blog may learn https between two readings.
            key=f"{parts.netloc}{parts.path.rstrip('/')}#{account.blog_id}".lower(),
            title=account.title or parts.netloc,
            kind=self.name,
            address=account.address,
            time_zone=self._zone,
            notes=(*account.notes, *self._limits),
            parents=self._tree(account).parents,
        )

    def posts(self) -> Iterator[Post]:
        """Every post the server gives, oldest first; one answer in memory at a time."""
        account = self._signed_in()
        if account.can("wp.getPosts"):
            return self._pages(account)
        return self._recent(account)

    def read(self, photo: Photo) -> bytes:
        """The photo from where it stands on the web; no password goes with the question.
        Raises PhotoMissing, or a NetworkError if it may be there another time."""
        address = photo.address
        if is_unknown(address):
            address = Library(self._signed_in()).address(address)
        if not reachable(address):
            raise PhotoMissing(
                "This photo was kept at a place that is gone.",
                "If you still have it, add it to the post by hand.",
                code="gone",
            )
        smaller = filter(reachable, photo.names)
        *larger, last = dict.fromkeys((whole_of(address), address, *smaller))
        for each in larger:
            with suppress(PhotoMissing):
                return self._public().fetch(each)
        return self._public().fetch(last)

    def close(self) -> None:
        """Hangs up idle lines."""
        self._session.close()
        if self._pictures:
            self._pictures.close()

    @cached_property
    def _zone(self) -> str | None:
        account = self._signed_in()
        if not account.can("wp.getPosts"):
            return None
        return zone_told(self._session, account.address)

    def _tree(self, account: Account) -> Tree:
        with self._lock:
            if self._categories is None:
                self._categories = tree_from(_categories(account))
            return self._categories

    def _signed_in(self) -> Account:
        with self._lock:
            if self._account is None:
                account = sign_in(self._session, self._address, *self._who)
                self._account = with_comments(account)
            return self._account

    # WordPress gives pages, oldest first.

    def _pages(self, account: Account) -> Iterator[Post]:
        comments = Comments(account)
        spam, note = spam_of(account)
        if note:
            self._limits[note] = None
        writers, library = _writers(account), Library(account)
        categories, blocks = self._tree(account).names, Blocks(account)
        try:
            for struct in all_posts(account):
                post = post_from(
                    struct,
                    account.address,
                    self._is_public,
                    writers,
                    library,
                    categories,
                    blocks,
                )
                if post is None:
                    continue
                answers, held, notes = comments_from(comments.of(post.key))
                yield replace(
                    post,
                    comments=answers,
                    held=(*held, *spam.get(post.key, ())),
                    notes=(*post.notes, *notes),
                )
        finally:
            comments.close()

    # All others give the newest so many; they are asked for more until there are no more.

    def _recent(self, account: Account) -> Iterator[Post]:
        spool, library, blocks = Spool(), Library(account), Blocks(account)
        filed, names = Filed(account), self._tree(account).names
        places: dict[str, tuple[datetime, int]] = {}
        try:
            for structs in self._growing(account):
                for struct in structs:
                    key = text(struct, *_IDS)
                    if not key or key in places:
                        continue
                    categories, note = filed.of(key, struct)
                    if post := post_from(
                        {**struct, "categories": categories},
                        account.address,
                        self._is_public,
                        library=library,
                        categories=names,
                        blocks=blocks,
                    ):
                        if note:
                            unsure = (*post.unsure, "categories")
                            notes = (*post.notes, note)
                            post = replace(post, notes=notes, unsure=unsure)
                        line = to_json(post).encode()
                        places[post.key] = (order(post.date), spool.add(line))
            if filed.limit:
                self._limits[filed.limit] = None
            for place in oldest_first(places):
                yield post_from_json(spool.get(place).decode())
        finally:
            spool.close()

    def _growing(self, account: Account) -> Iterator[list[Any]]:
        before = 0
        for count in _COUNTS:
            try:
                posts = account.structs(
                    "metaWeblog.getRecentPosts", count, fits=_are_posts, some=True
                )
            except (Refused, Ambiguous) as no:
                if not before or (isinstance(no, Ambiguous) and no.code != "too-big"):
                    raise
                yield from _one_by_one(account, no)
                return
            yield posts
            if len(posts) < count or len(posts) == before:
                # Spaces gave twenty and never more; a round number is suspicious.
                if posts and len(posts) % 10 == 0:
                    words = f"The old blog gave exactly {len(posts)} posts. "
                    words += "If it has more, it keeps the older ones to itself."
                    self._limits[words] = None
                return
            before = len(posts)

    # What everybody may see.

    def _public(self) -> PublicPictures:
        with self._lock:
            if self._pictures is None:
                homes = [self._account.interface.url] if self._account else []
                self._pictures = PublicPictures(self._address, *homes)
            return self._pictures

    def _is_public(self, address: str) -> bool | None:
        """Whether the page there opens for anybody; None if this time nobody can tell."""
        try:
            return reachable(address) and self._public().opens(address)
        except NetworkError:
            return None


def _categories(account: Account) -> list[dict[str, Any]]:
    """All of them, as far as this server tells."""
    with suppress(NotAllowed, Refused):
        if account.can("wp.getTerms"):
            return account.structs(
                "wp.getTerms", "category", fits=_have("term_id"), some=True
            )
        if account.can("metaWeblog.getCategories"):
            return account.structs("metaWeblog.getCategories", fits=_are_no_posts)
    return []


def _are_no_posts(answer: list[dict[str, Any]]) -> bool:
    return all(each.keys().isdisjoint(_IDS) for each in answer)


def _writers(account: Account) -> dict[str, str]:
    """The names of those who write there, by id."""
    if not account.can("wp.getAuthors"):
        return {}
    with suppress(NotAllowed, Refused):
        return {
            text(each, "user_id"): text(each, "display_name", "user_login")
            for each in account.structs(
                "wp.getAuthors", fits=_have("user_login"), some=True
            )
        }
    return {}


def _one_by_one(account: Account, why: MoveError) -> Iterator[list[Any]]:
    """When all posts are too much for one answer: their titles, then each by itself."""
    if not account.can("mt.getRecentPostTitles"):
        raise why
    titles = account.structs(
        "mt.getRecentPostTitles", _COUNTS[-1], fits=_have("postid")
    )
    for key in (text(title, "postid") for title in titles):
        post = account.call(
            "metaWeblog.getPost", key, *account.who, fits=partial(_is_post, key)
        )
        yield [post] if isinstance(post, dict) else []


def _have(name: str) -> Callable[[list[dict[str, Any]]], bool]:
    """Whether all that was answered has this."""
    return lambda answer: all(text(each, name) for each in answer)


def _are_posts(answer: list[dict[str, Any]]) -> bool:
    """Whole ones, not only their titles, and no categories or comments."""
    return all(
        text(each, *_IDS) and not each.keys().isdisjoint(_TEXTS) for each in answer
    )


def _is_post(key: str, answer: Any) -> bool:
    return not isinstance(answer, dict) or text(answer, *_IDS) in ("", key)
