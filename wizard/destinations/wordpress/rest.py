"""One site's REST interface: where it is, its lists page by page, one thing sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from wizard.credentials import Secret
from wizard.destinations import Kind
from wizard.destinations.wordpress.answers import one, other_thing, settled
from wizard.destinations.wordpress.discovery import Root, discover
from wizard.destinations.wordpress.shapes import ROW, has_shape
from wizard.errors import Ambiguous, Refused, WrongParty
from wizard.network import Answer, Session

_ROUTES: dict[str, str] = {
    Kind.CATEGORY: "wp/v2/categories",
    Kind.TAG: "wp/v2/tags",
    Kind.POST: "wp/v2/posts",
    Kind.PHOTO: "wp/v2/media",
    Kind.COMMENT: "wp/v2/comments",
}
PAGES = "pages"
_NOT_EVERYWHERE = {
    *("media_details", "missing_image_sizes"),
    *("featured_media", "sticky", "password", "comment_status", "ping_status"),
}


class Rest:
    """Asks as one account; from any thread. ``session``: for what has no method here."""

    def __init__(self, address: str, user: str, password: Secret) -> None:
        self.session = Session(user, password)
        self._address = address
        self._root: Root | None = None
        self._finding_root = threading.Lock()

    def root(self) -> Root:
        """Where this site takes its requests, looked for once."""
        with self._finding_root:
            if self._root is None:
                self._root = discover(self._address, Session())
            return self._root

    def place(self, kind: str, below: object = "") -> tuple[str, dict[str, str]]:
        """URL and query of a kind of thing (a `Kind`, or `PAGES`), or of one thing
        ``below``."""
        route = _ROUTES.get(kind, f"wp/v2/{kind}") + (f"/{below}" if below else "")
        return self.root().place(route)

    def get(self, kind: str, query: dict[str, Any], below: object = "") -> Answer:
        """Reads a list or one thing, never out of a cache. Raises WrongParty when the
        way there leads to another host by now."""
        url, place = self.place(kind, below)
        answer = self.session.get(url, params={**place, **query, **fresh()})
        if answer.host != urlsplit(url).hostname:
            raise WrongParty(
                f"{urlsplit(url).hostname} sends us on to {answer.host}.",
                "In a café or hotel, sign in to its network first. If the blog has moved "
                "there, start a new move to that address.",
                code="redirect",
            )
        return answer

    def rows(self, kind: str, query: dict[str, Any]) -> list[dict[str, Any]]:
        """One page of a list, never out of a cache."""
        rows = settled(self.get(kind, query))
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Ambiguous("The new blog gave a list that is none.", code="no-list")
        return [_whole(row, query["_fields"]) for row in rows]

    def all_rows(self, kind: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Every page of a list, a hundred rows at a time."""
        page = 1
        while True:
            try:
                rows = self.rows(kind, {**query, "per_page": 100, "page": page})
            except Refused as refusal:
                if refusal.code.endswith("_invalid_page_number"):
                    return
                raise
            yield from rows
            if len(rows) < 100:
                return
            page += 1

    def send(
        self, kind: Kind, fields: dict[str, Any], *, number: int = 0, only: str
    ) -> dict[str, Any]:
        """Make one thing, or change the one with this ``number``; gives the fields
        named in ``only``. Sent once."""
        url, query = self.place(kind, number or "")
        query |= {"_fields": only, "context": "edit"}
        answer = self.session.send("POST", url, params=query, json=fields)
        return _whole(one(answer, number), only)


def _whole(row: dict[str, Any], only: str) -> dict[str, Any]:
    """The same row, if it has every field that was asked for and each WordPress has."""
    names = {name.partition(".")[0] for name in only.split(",")}
    if names - _NOT_EVERYWHERE - row.keys() or not has_shape(row, ROW):
        raise other_thing()
    return row


def fresh() -> dict[str, str]:
    """A query no cache has seen before."""
    return {"_": str(time.time_ns())}
