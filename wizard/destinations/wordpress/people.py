"""Who may write at a WordPress, so that posts of several people find their authors."""

from __future__ import annotations

import html
from contextlib import suppress
from typing import Any

from wizard.destinations import Person
from wizard.destinations.wordpress.answers import settled
from wizard.destinations.wordpress.discovery import Root
from wizard.errors import Ambiguous, NotAllowed, Refused, SignInFailed, WrongParty
from wizard.network import Session

_NAMES = ("username", "slug", "nickname", "email")
_MOST = 100
# What plugins say that hide a blog's users; that we are signed in was just seen.
_HIDDEN = (NotAllowed, Refused, WrongParty, SignInFailed, Ambiguous)


def who_may_write(root: Root, session: Session, *, in_full: bool) -> tuple[Person, ...]:
    """Everybody who may write there, up to a hundred; nobody where that is not told.

    ``in_full``: with the names they sign in with and their addresses, which only who may
    list the users gets to see. Source: ``GET /wp/v2/users?who=authors``.
    """
    url, query = root.place("wp/v2/users")
    asked = {"who": "authors", "per_page": _MOST, "orderby": "id"}
    asked["context"] = "edit" if in_full else "view"
    rows: Any = []
    with suppress(*_HIDDEN):
        rows = settled(session.get(url, params={**query, **asked}))
    if not isinstance(rows, list):
        return ()
    return tuple(_person(row) for row in rows if _is_one(row))


def _person(row: dict[str, Any]) -> Person:
    names = (str(row.get(name) or "") for name in _NAMES)
    known_as = dict.fromkeys(html.unescape(name) for name in names if name)
    return Person(str(row["id"]), html.unescape(row["name"]), tuple(known_as))


def _is_one(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("id"), int)
        and isinstance(row.get("name"), str)
    )
