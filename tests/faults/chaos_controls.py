"""The move with one protection taken away, to see that the chaos would do harm without it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.faults import chaos_driver
from wizard.destinations import NewComment, Remote, Thing, wordpress
from wizard.destinations.wordpress import WordPress, rest
from wizard.destinations.wordpress.values import remote_from
from wizard.errors import Ambiguous
from wizard.move.asking import Asker
from wizard.network import Session


def _never_sweeps() -> None:
    Asker.take_away = lambda self, mark, copies: 0  # type: ignore[method-assign]


def _never_looks() -> None:
    """Sends again what may have arrived, and leaves copies where they are."""
    _never_sweeps()
    Asker._look = lambda self, *about: []  # type: ignore[method-assign]


def _never_settles() -> None:
    """Looks at once, sends again at once, and leaves copies where they are."""
    _never_sweeps()
    chaos_driver.PATIENCE = replace(chaos_driver.PATIENCE, settle=0, resend=0)


def _sends_no_sum() -> None:
    """Uploads without Content-MD5."""
    send = Session.send

    def bare(self: Session, method: str, url: str, **rest: Any) -> Any:
        headers = {
            name: value
            for name, value in (rest.pop("headers", None) or {}).items()
            if name != "Content-MD5"
        }
        return send(self, method, url, headers=headers, **rest)

    Session.send = bare  # type: ignore[method-assign]


def _takes_anything_for_a_yes() -> None:
    """What is unclear about a comment is taken for done, but for the very first, with
    which the move finds out whether this blog can be trusted."""
    create, first = WordPress.create, threading.Event()

    def believing(self: WordPress, thing: Thing, marker: str) -> Remote:
        try:
            made = create(self, thing, marker)
        except Ambiguous:
            if not isinstance(thing, NewComment) or not first.is_set():
                raise
            return Remote(thing.kind, 999_999, status="approved")
        if isinstance(thing, NewComment):
            first.set()
        return made

    WordPress.create = believing  # type: ignore[method-assign]


def _believes_any_answer() -> None:
    """Takes an answer about another thing for its own."""
    one, create = rest.one, WordPress.create
    heard = threading.local()

    def hear(answer: Any, number: int = 0) -> dict[str, Any]:
        heard.row = one(answer)
        return heard.row  # type: ignore[no-any-return]

    def believing(self: WordPress, thing: Thing, marker: str) -> Remote:
        try:
            return create(self, thing, marker)
        except Ambiguous as trouble:
            if trouble.code != "other-thing":
                raise
            return remote_from(thing.kind, heard.row)

    rest.one = wordpress.one = hear  # type: ignore[attr-defined]
    WordPress.create = believing  # type: ignore[method-assign]


def _publishes_at_once() -> None:
    """Makes posts public with their first request."""
    send = rest.Rest.send

    def public(self: Any, kind: Any, fields: dict[str, Any], **rest: Any) -> Any:
        if fields.get("status") == "draft" and "comment_status" in fields:
            fields = {**fields, "status": "publish"}
        return send(self, kind, fields, **rest)

    rest.Rest.send = public  # type: ignore[method-assign]


CHANGES: dict[str, Callable[[], None]] = {
    change.__name__[1:].replace("_", " "): change
    for change in (
        _never_looks,
        _never_settles,
        _sends_no_sum,
        _takes_anything_for_a_yes,
        _believes_any_answer,
        _publishes_at_once,
    )
}
# What does harm to a move without that protection, when it happens to new things of which
# route (or to anything), and a word of the harm.
HARM: dict[str, tuple[str, str, str]] = {
    "never looks": ("done, then reset", "media", "too much"),
    "never settles": ("done after the first look", "media", "too much"),
    "sends no sum": ("cut upload", "media", "too much: file"),
    "takes anything for a yes": ("500 before", "comments", "lost"),
    "believes any answer": ("another's answer", "", "lost"),
    "publishes at once": ("closed while idle", "", "public"),
}
