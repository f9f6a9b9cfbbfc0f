"""Moves to and from real WordPress sites: brought, checked, taken back, and changed there
by people."""

from __future__ import annotations

import threading
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from tests.move.doubles import HASTY
from tests.move.moving import ending
from tests.move.whole_site import rows
from tests.wordpress import WordPress as Site
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress
from wizard.move.checking import verify
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.undoing import undo
from wizard.sources import Source
from wizard.sources.metaweblog import MetaWeblog


def signed_in(site: Site, kind: type[WordPress] = WordPress) -> WordPress:
    """This site as a new blog."""
    blog = kind(site.url, site.user, Secret(site.password))
    blog.check()
    return blog


def opened(path: Path) -> Move:
    return Move.open(path) if path.exists() else Move.create(path)


def bring(
    move: Move,
    source: Source,
    site: Site,
    choices: Choices | None = None,
    *,
    chosen: Collection[str] = (),
    **options: Any,
) -> Ended:
    """One round: the old blog is read as it is by now, and carried. ``chosen``: keys or
    titles of the posts that shall move; none for those that were chosen before."""
    stop = threading.Event()
    list(read(move, source, stop))
    move.choices = choices or move.choices
    for row in move.rows() if chosen else ():
        move.choose([row.key], row.key in chosen or row.title in chosen)
    blog = signed_in(site)
    return ending(list(run(move, source, blog, stop, patience=HASTY, **options)))


def between(move: Move, old: Site, new: Site, *only: str) -> Ended:
    """One round from a WordPress; ``only``: titles of the posts that shall move."""
    with closing(MetaWeblog(old.url, old.user, Secret(old.password))) as source:
        return bring(move, source, new, chosen=only)


def check(move: Move, site: Site) -> Ended:
    blog = signed_in(site)
    return ending(list(verify(move, blog, threading.Event(), patience=HASTY)))


def take_back(move: Move, site: Site) -> Ended:
    blog = signed_in(site)
    return ending(list(undo(move, blog, threading.Event(), patience=HASTY)))


def change(site: Site, what: str, **fields: object) -> dict[str, Any]:
    """As people do it there, in an editor that speaks REST."""
    return _asked(site, "POST", what, fields)


def delete(site: Site, what: str, *, for_good: bool = True) -> None:
    _asked(site, "DELETE", what, {"force": True} if for_good else {})


def _asked(site: Site, method: str, what: str, fields: object) -> dict[str, Any]:
    answer = requests.request(
        method,
        f"{site.url}/?rest_route=/wp/v2/{what}",
        json=fields,
        auth=(site.user, site.password),
        timeout=60,
    )
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


def look(address: str) -> requests.Response:
    """The page as a stranger gets it."""
    return requests.get(address, timeout=60)


def said(site: Site) -> dict[str, tuple[str, str]]:
    """Author: words and status."""
    return {
        row["author_name"]: (row["content"]["raw"], row["status"])
        for status in ("approve", "hold", "spam", "trash")
        for row in rows(site, "comments", status=status)
    }


def comment(old: Site, server: Any, post: str, author: str) -> str:
    """A reader's comment, approved."""
    who = (1, old.user, old.login_password)
    words = {"content": f"I am {author}", "status": "approve"}
    key = server.wp.newComment(*who, post, words)
    named = {"author": author, "author_email": f"{author.replace(' ', '.')}@x.example"}
    assert server.wp.editComment(*who, key, named)
    return str(key)
