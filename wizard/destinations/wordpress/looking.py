"""Looking at what stands at a WordPress: one thing, all of ours, many at once."""

from __future__ import annotations

import html
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from wizard.destinations import (
    Kind,
    NewPost,
    Remote,
)
from wizard.destinations.wordpress.answers import (
    gone,
    one,
    other_thing,
    settled,
)
from wizard.destinations.wordpress.rest import PAGES, Rest, fresh
from wizard.destinations.wordpress.values import (
    COMMENT_FIELDS,
    PHOTO_FIELDS,
    POST_FIELDS,
    TERM_FIELDS,
    post_from,
    remote_from,
)
from wizard.errors import NotAllowed, Refused, SignInFailed
from wizard.network import Session

# A comment of its own, or a class of a block.
_MARKER = re.compile(
    r'<!-- (?:wp:[^>]*"className":"[^">]*)?moving-day:([\w-]+)(?:"| -->)'
)
_GALLERY = re.compile(r"\[gallery\b[^\]]*?\b(?:ids|include)=[\"']?([\d\s,]+)")
_MARKER_LENGTH = len("md-") + 20
_OLDEST_FIRST = {"context": "edit", "orderby": "id", "order": "asc"}
# So many that a list of them fits into an address; of photos, with their copies, into
# one page of a list.
_PHOTOS_AT_ONCE = 20
_POSTS_AT_ONCE = 50


class Looking:
    """The half of a destination that changes nothing. See
    `wizard.destinations.Destination`."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._visitor = Session()
        self._sees_all = False
        self._told = 0.0, frozenset[int]()  # until when they count

    def find(self, kind: Kind, marker: str, post: int = 0) -> list[Remote]:
        if kind in (Kind.CATEGORY, Kind.TAG):
            return self.find_terms(kind, marker)
        if kind is Kind.COMMENT:
            under = self.ours(Kind.COMMENT, (post,))
            return [remote for found, remote in under if found == marker]
        fields = POST_FIELDS if kind is Kind.POST else PHOTO_FIELDS
        slugs = _disguises(marker)
        query = {"slug": ",".join(slugs), **_OLDEST_FIRST}
        if kind is Kind.POST:
            query["status"] = "any"
        rows = self._rest.rows(kind, {**query, "_fields": fields})
        if any(row["slug"] not in slugs for row in rows):
            raise other_thing()
        if not rows and kind is Kind.POST:
            rows = list(self._marked_posts(marker))
        return [remote_from(kind, row) for row in rows]

    def ours(
        self, kind: Kind, among: Sequence[str | int] = ()
    ) -> Iterator[tuple[str, Remote]]:
        if kind is Kind.POST:
            for row in self._marked_posts(str(among[0]) if among else ""):
                mark = _MARKER.search(row["content"]["raw"])
                if mark:
                    yield mark[1], remote_from(kind, row)
        elif kind is Kind.PHOTO:
            for some in _batches(among, _PHOTOS_AT_ONCE):
                slugs = [slug for mark in some for slug in _disguises(mark)]
                query = {**_OLDEST_FIRST, "slug": ",".join(slugs)}
                query["_fields"] = PHOTO_FIELDS
                for row in self._rest.all_rows(kind, query):
                    if row["slug"] not in slugs:
                        raise other_thing()
                    yield row["slug"][:_MARKER_LENGTH], remote_from(kind, row)
        elif kind is Kind.COMMENT:
            for some in _batches(among, _POSTS_AT_ONCE):
                posts = ",".join(map(str, some))
                # "any" is more than "all": spam and trash, too.
                query = {**_OLDEST_FIRST, "post": posts, "status": "any"}
                query["_fields"] = COMMENT_FIELDS
                for row in self._rest.all_rows(kind, query):
                    if row["post"] not in some:
                        raise other_thing()
                    yield row["author_user_agent"], remote_from(kind, row)
        else:
            for some in _batches(among, 100):
                fields = TERM_FIELDS[kind]
                query = {"include": ",".join(map(str, some)), "_fields": fields}
                for row in self._rest.all_rows(kind, query):
                    yield html.unescape(row["name"]), remote_from(kind, row)

    def read(self, remote: Remote) -> NewPost | None:
        answer = self._rest.get(Kind.POST, {"context": "edit"}, remote.id)
        if gone(answer):
            return None
        row = one(answer, remote.id)
        if not {"status", "title", "content"} <= row.keys():
            raise other_thing()
        if row["status"] == "trash":
            return None
        return post_from(row)

    def shows(self, remote: Remote) -> bool:
        # Pictures on a server of their own are that server's business, and an address
        # that a stranger names is asked for nothing.
        here, there = urlsplit(self._rest.root().url), urlsplit(remote.address)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            return True
        answer = self._visitor.send("HEAD", remote.address)
        length = answer.headers.get("Content-Length", "")
        known = length.isdecimal() and "Content-Encoding" not in answer.headers
        whole = not known or not remote.size or int(length) == remote.size
        return answer.status not in (403, 404, 410) and whole

    def is_unused(self, remote: Remote) -> bool | None:
        is_photo = remote.kind is Kind.PHOTO
        if self._is_shown(remote) if is_photo else self._is_borne(remote):
            return False
        # Lists leave out what others have not published, without a word.
        return True if self._sees_all else None

    def _is_borne(self, term: Remote) -> bool:
        query: dict[str, Any] = {"_fields": "id", "context": "edit", "per_page": 1}
        if term.kind is Kind.CATEGORY:
            if self._rest.rows(term.kind, {**query, "parent": term.id}):
                return True
            query["categories"] = term.id
        else:
            query["tags"] = term.id
        return bool(self._rest.rows(Kind.POST, {**query, "status": "any"}))

    def _is_shown(self, photo: Remote) -> bool:
        """Smaller copies are called like the photo itself, with their size behind it."""
        name = photo.address.rpartition("/")[2].rpartition(".")[0]
        texts = self._texts({"search": name, "_fields": "id"})
        return any(texts) or photo.id in self._numbers()

    def _numbers(self) -> frozenset[int]:
        """Photos that are told by their numbers alone: in galleries, of posts and pages
        for which they stand, of the blog itself. As of a minute ago at most."""
        then, numbers = self._told
        if time.monotonic() > then:
            url, place = self._rest.root().place("")
            facts = settled(self._rest.session.get(url, params={**place, **fresh()}))
            if not isinstance(facts, dict):
                raise other_thing()
            told: list[Any] = [facts.get("site_icon"), facts.get("site_logo")]
            faces = self._texts({"_fields": "id,featured_media"})
            told += [row.get("featured_media") for row in faces]
            found = {number for number in told if isinstance(number, int)}
            galleries = {"search": "[gallery", "_fields": "id,content"}
            for row in self._texts(galleries):
                for ids in _GALLERY.findall(row["content"]["raw"]):
                    found.update(map(int, re.findall(r"\d{1,18}", ids)))
            numbers = frozenset(found)
            self._told = time.monotonic() + 60, numbers
        return numbers

    def _texts(self, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Posts and pages. Not everybody who may write posts sees unpublished pages,
        or how a page was written."""
        all_ = {**query, "context": "edit", "status": "any"}
        yield from self._rest.all_rows(Kind.POST, all_)
        try:
            yield from self._rest.all_rows(PAGES, all_)
        except (Refused, NotAllowed, SignInFailed):
            if "content" not in query["_fields"]:
                yield from self._rest.all_rows(PAGES, query)

    def _marked_posts(self, marker: str) -> Iterator[dict[str, Any]]:
        query = {
            "search": f"moving-day:{marker}",
            "search_columns": "post_content",
            "status": "any",
            **_OLDEST_FIRST,
            "_fields": POST_FIELDS,
        }
        for row in self._rest.all_rows(Kind.POST, query):
            mark = _MARKER.search(row["content"]["raw"])
            if mark and marker in ("", mark[1]):
                yield row

    def find_terms(self, kind: Kind, name: str) -> list[Remote]:
        wanted = folded(name)
        query = {"_fields": TERM_FIELDS[kind], "orderby": "id"}
        return [
            remote_from(kind, row)
            for row in self._rest.all_rows(kind, query)
            if folded(html.unescape(row["name"])) == wanted
        ]


def _disguises(marker: object) -> list[str]:
    """WordPress appends -2, -3 to a slug that is taken: a copy of ours in disguise."""
    return [f"{marker}", *(f"{marker}-{number}" for number in range(2, 6))]


def _batches(things: Sequence[str | int], number: int) -> Iterator[Sequence[str | int]]:
    return (things[at : at + number] for at in range(0, len(things), number))


def folded(name: str) -> str:
    """As WordPress compares names."""
    return unicodedata.normalize("NFC", name).strip().casefold()
