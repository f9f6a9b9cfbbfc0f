"""A WordPress site as the new home, over its REST interface."""

from __future__ import annotations

import hashlib
import html
import re
import threading
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from wizard.blog import Status
from wizard.credentials import Field, Secret
from wizard.destinations import (
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    NewTerm,
    Remote,
    Site,
    Thing,
    full_address,
)
from wizard.destinations.wordpress.answers import one, settled, status_of
from wizard.destinations.wordpress.discovery import Root, account, discover
from wizard.errors import Ambiguous, MoveError, NotAllowed, Refused
from wizard.network import Session

_MARKER = re.compile(r"<!-- moving-day:([\w-]+) -->")
_ROUTES = {
    Kind.CATEGORY: "wp/v2/categories",
    Kind.TAG: "wp/v2/tags",
    Kind.POST: "wp/v2/posts",
    Kind.PHOTO: "wp/v2/media",
    Kind.COMMENT: "wp/v2/comments",
}
_POST_FIELDS = "id,link,status,slug"
_PHOTO_FIELDS = "id,slug,status,source_url,media_details,missing_image_sizes"
_COMMENT_FIELDS = "id,link,status,author_user_agent"
# Every update must send an address again, or WordPress writes down that of this
# computer as the commenter's.
_NO_ADDRESS = "127.0.0.1"


class WordPress:
    """One site and one account there. See `wizard.destinations.Destination`."""

    name = "wordpress"
    title = "A WordPress blog"
    fields: tuple[Field, ...] = (
        Field("user", "User name", "The name you sign in with at the new blog."),
        Field(
            "password",
            "Application password",
            "Made in the blog's dashboard: Users → Profile → Application Passwords.",
            secret=True,
        ),
    )

    def __init__(self, address: str, user: str, password: Secret) -> None:
        self.address = full_address(address)
        self.user = user.strip()
        self.carries: frozenset[Kind] = frozenset(Kind)
        self._password = password
        self._session = Session(self.user, password)
        self._root: Root | None = None
        self._finding_root = threading.Lock()
        self._email_required = False
        self._folders: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._folders_made: set[str] = set()

    # Who am I, what may I do

    def check(self) -> Site:
        """Signs in for real. Raises SignInFailed, NotAllowed, WrongParty, Unreachable."""
        root = self._find_root()
        me = account(root, self._session, self.user, self._password)
        may = {name for name, granted in me.get("capabilities", {}).items() if granted}
        name = html.unescape(str(root.facts.get("name") or "")) or self.address
        if not {"publish_posts", "upload_files"} <= may:
            raise NotAllowed(
                f"“{self.user}” may not publish posts and photos at “{name}”.",
                "Ask the blog's owner to give this account the role of an author, "
                "an editor or an administrator.",
            )
        warnings = []
        carries = set(Kind)
        if "moderate_comments" not in may:
            carries.discard(Kind.COMMENT)
            warnings.append(
                "This account may not add comments with their old names and dates, so "
                "comments stay behind. An editor or administrator may."
            )
        if "manage_categories" not in may:
            carries.discard(Kind.CATEGORY)
            warnings.append(
                "This account may not make categories, so posts arrive without them. "
                "An editor or administrator may."
            )
        if any(space.startswith("jetpack/") for space in root.facts["namespaces"]):
            warnings.append(
                "This blog has Jetpack: followers may get an e-mail for every post "
                "that becomes public. Choose “as drafts” or “private”, or switch "
                "those e-mails off first."
            )
        self.carries = frozenset(carries)
        self.address = str(root.facts.get("home") or self.address)
        return Site(
            name=name,
            address=self.address,
            user=html.unescape(str(me.get("name") or self.user)),
            role=", ".join(me.get("roles", [])),
            time_zone=str(root.facts.get("timezone_string") or "") or None,
            warnings=tuple(warnings),
        )

    # Looking

    def find(self, kind: Kind, marker: str, post: int = 0) -> list[Remote]:
        if kind in (Kind.CATEGORY, Kind.TAG):
            return self._find_terms(kind, marker)
        if kind is Kind.COMMENT:
            return [remote for found, remote in self.ours(post) if found == marker]
        fields = _POST_FIELDS if kind is Kind.POST else _PHOTO_FIELDS
        # WordPress appends -2, -3 to a slug that is taken: a copy of ours in disguise.
        slugs = ",".join((marker, f"{marker}-2", f"{marker}-3"))
        query = {"slug": slugs, "context": "edit", "orderby": "id", "order": "asc"}
        if kind is Kind.POST:
            query["status"] = "any"
        rows = self._get(kind, {**query, "_fields": fields})
        if not rows and kind is Kind.POST:
            rows = list(self._marked_posts(marker))
        return [self._remote(kind, row) for row in rows]

    def ours(self, post: int = 0) -> Iterator[tuple[str, Remote]]:
        if not post:
            for row in self._marked_posts(""):
                mark = _MARKER.search(row["content"]["raw"])
                if mark:
                    yield mark[1], self._remote(Kind.POST, row)
            return
        for status in ("all", "spam", "trash"):
            query = {
                "post": post,
                "status": status,
                "context": "edit",
                "orderby": "id",
                "order": "asc",
                "_fields": _COMMENT_FIELDS,
            }
            for row in self._pages(Kind.COMMENT, query):
                yield row["author_user_agent"], self._remote(Kind.COMMENT, row)

    def read(self, remote: Remote) -> NewPost | None:
        url, query = self._place(Kind.POST, remote.id)
        answer = self._session.get(url, params={**query, "context": "edit", **_fresh()})
        if status_of(answer) in (404, 410):
            return None
        row = one(answer)
        if row["status"] == "trash":
            return None
        return NewPost(
            title=html.unescape(row["title"]["raw"]),
            html=row["content"]["raw"],
            date=(
                datetime.fromisoformat(row["date_gmt"]).replace(tzinfo=UTC)
                if row["date_gmt"]
                else None
            ),
            status=Status(row["status"]),
            slug=row["slug"],
            excerpt=row["excerpt"]["raw"],
            categories=tuple(row.get("categories", ())),
            tags=tuple(row.get("tags", ())),
        )

    # Making

    def create(self, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return self._create_term(thing)
        if isinstance(thing, NewPhoto):
            return self._upload(thing, marker)
        if isinstance(thing, NewComment):
            return self._add_comment(thing, marker)
        fields = _post_fields(thing) | {"slug": marker, "status": "draft"}
        return self._remote(Kind.POST, self._send(Kind.POST, fields, only=_POST_FIELDS))

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        if isinstance(thing, NewTerm):
            return remote
        if isinstance(thing, NewPost):
            fields = _post_fields(thing) | {"slug": thing.slug, "status": thing.status}
            only = _POST_FIELDS
        elif isinstance(thing, NewPhoto):
            fields, only = _photo_fields(thing), _PHOTO_FIELDS
        else:
            fields, only = _comment_fields(thing, marker), _COMMENT_FIELDS
        row = self._send(thing.kind, fields, number=remote.id, only=only)
        if isinstance(thing, NewPhoto) and row.get("missing_image_sizes"):
            url, query = self._place(Kind.PHOTO, f"{remote.id}/post-process")
            row = one(
                self._session.send(
                    "POST", url, params=query, json={"action": "create-image-subsizes"}
                )
            )
        return self._remote(thing.kind, row)

    def delete(self, remote: Remote) -> None:
        url, query = self._place(remote.kind, remote.id)
        if remote.kind is not Kind.POST:  # a post goes to the trash, as people know it
            query["force"] = "true"
        answer = self._session.send("DELETE", url, params=query)
        if status_of(answer) not in (404, 410):
            settled(answer)

    def finish(self) -> None:
        """Nothing is kept back: every call has taken effect already."""

    # One kind each

    def _create_term(self, term: NewTerm) -> Remote:
        # WordPress does not recognise a name with a backslash in it and doubles it.
        if "\\" in term.name and (found := self._find_terms(term.kind, term.name)):
            return found[0]
        url, query = self._place(term.kind)
        query["_fields"] = "id,link,slug"
        fields = {"name": _as_html(term.name)}
        answer = self._session.send("POST", url, params=query, json=fields)
        if status_of(answer) == 400 and answer.json().get("code") == "term_exists":
            return Remote(term.kind, int(answer.json()["data"]["term_id"]))
        return self._remote(term.kind, one(answer))

    def _find_terms(self, kind: Kind, name: str) -> list[Remote]:
        wanted = _folded(name)
        query = {"_fields": "id,link,slug,name", "orderby": "id"}
        return [
            self._remote(kind, row)
            for row in self._pages(kind, query)
            if _folded(html.unescape(row["name"])) == wanted
        ]

    def _upload(self, photo: NewPhoto, marker: str) -> Remote:
        """The raw body passes PHP's upload limits; Content-MD5 makes WordPress check
        that every byte arrived. Two first uploads into one month's folder at the same
        time can fail, so the first one goes alone."""
        folder = f"{photo.date:%Y/%m}" if photo.date else ""
        with self._folders[folder]:
            if folder not in self._folders_made:
                remote = self._upload_now(photo, marker)
                self._folders_made.add(folder)
                return remote
        return self._upload_now(photo, marker)

    def _upload_now(self, photo: NewPhoto, marker: str) -> Remote:
        url, query = self._place(Kind.PHOTO)
        query |= {"slug": marker, "_fields": _PHOTO_FIELDS}
        query |= {name: str(value) for name, value in _photo_fields(photo).items()}
        answer = self._session.send(
            "POST",
            url,
            params=query,
            data=photo.data,
            headers={
                "Content-Type": photo.mime,
                "Content-Disposition": f'attachment; filename="{photo.name}"',
                "Content-MD5": hashlib.md5(
                    photo.data, usedforsecurity=False
                ).hexdigest(),
            },
        )
        return self._remote(Kind.PHOTO, one(answer))

    def _add_comment(self, comment: NewComment, marker: str) -> Remote:
        """WordPress wants an e-mail address that old comments do not have, and refuses
        equal words said twice; both are cured by an update, which it does not check."""
        fields = _comment_fields(comment, marker)
        cured = False
        if not comment.email and self._email_required:
            fields["author_email"], cured = f"{marker}@import.invalid", True
        for _ in range(3):
            try:
                row = self._send(Kind.COMMENT, fields, only=_COMMENT_FIELDS)
                break
            except Refused as refusal:
                if refusal.code == "rest_comment_author_data_required":
                    self._email_required = True
                    fields["author_email"] = f"{marker}@import.invalid"
                elif refusal.code == "comment_duplicate":
                    fields["content"] += f"\n\n{marker}"
                else:
                    raise
                cured = True
        else:
            raise Refused("The new blog refused this comment.", code="comment")
        remote = self._remote(Kind.COMMENT, row)
        try:
            return self.update(remote, comment, marker) if cured else remote
        except MoveError as trouble:  # whatever it is: the comment stands there
            raise Ambiguous(trouble.title, trouble.hint, code=trouble.code) from None

    # Requests

    def _find_root(self) -> Root:
        with self._finding_root:
            if self._root is None:
                self._root = discover(self.address, Session())
            return self._root

    def _place(self, kind: Kind, below: object = "") -> tuple[str, dict[str, str]]:
        route = _ROUTES[kind] + (f"/{below}" if below else "")
        return self._find_root().place(route)

    def _get(self, kind: Kind, query: dict[str, Any]) -> list[dict[str, Any]]:
        """One page of a list, never out of a cache."""
        url, place = self._place(kind)
        answer = self._session.get(url, params={**place, **query, **_fresh()})
        rows = settled(answer)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Ambiguous("The new blog gave a list that is none.", code="no-list")
        return rows

    def _pages(self, kind: Kind, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        page = 1
        while True:
            try:
                rows = self._get(kind, {**query, "per_page": 100, "page": page})
            except Refused as refusal:
                if refusal.code.endswith("_invalid_page_number"):
                    return
                raise
            yield from rows
            if len(rows) < 100:
                return
            page += 1

    def _marked_posts(self, marker: str) -> Iterator[dict[str, Any]]:
        query = {
            "search": f"moving-day:{marker}",
            "search_columns": "post_content",
            "status": "any",
            "context": "edit",
            "orderby": "id",
            "order": "asc",
            "_fields": f"{_POST_FIELDS},content.raw",
        }
        for row in self._pages(Kind.POST, query):
            mark = _MARKER.search(row["content"]["raw"])
            if mark and marker in ("", mark[1]):
                yield row

    def _send(
        self, kind: Kind, fields: dict[str, Any], *, number: int = 0, only: str
    ) -> Any:
        url, query = self._place(kind, number or "")
        query |= {"_fields": only, "context": "edit"}
        return one(self._session.send("POST", url, params=query, json=fields))

    def _remote(self, kind: Kind, row: dict[str, Any]) -> Remote:
        number = int(row["id"])
        if kind is not Kind.PHOTO:
            return Remote(
                kind,
                number,
                address=row.get("link", ""),
                status=row.get("status", ""),
                slug=row.get("slug", ""),
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
        )


def _fresh() -> dict[str, str]:
    """A query no cache has seen before."""
    return {"_": str(time.time_ns())}


def _gmt(date: datetime | None) -> dict[str, str]:
    if date is None:
        return {}
    return {"date_gmt": date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")}


def _post_fields(post: NewPost) -> dict[str, Any]:
    return {
        "title": _as_html(post.title),
        "content": post.html,
        "excerpt": post.excerpt,
        "categories": list(post.categories),
        "tags": list(post.tags),
        "comment_status": "open",
        "ping_status": "closed",
        **_gmt(post.date),
    }


def _photo_fields(photo: NewPhoto) -> dict[str, Any]:
    title = photo.caption or photo.alt or photo.name.rsplit(".", 1)[0]
    return {
        "title": _as_html(title),
        "alt_text": photo.alt,
        "caption": _as_html(photo.caption),
        "post": photo.post,
        **_gmt(photo.date),
    }


def _comment_fields(comment: NewComment, marker: str) -> dict[str, Any]:
    return {
        "post": comment.post,
        "parent": comment.parent,
        "author_name": _as_html(comment.author),
        "author_email": comment.email,
        "author_url": comment.url,
        "author_ip": _NO_ADDRESS,
        "author_user_agent": marker,
        "content": comment.html,
        "status": "approved",
        **_gmt(comment.date),
    }


def _as_html(text: str) -> str:
    """WordPress reads titles and names as HTML, ours are text."""
    return html.escape(text, quote=False)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
