"""All comments of a WordPress that still answers, on disk, by the post they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from wizard.errors import NotAllowed, WrongParty
from wizard.sources.metaweblog.account import Account
from wizard.sources.metaweblog.xmlrpc import Struct, text
from wizard.sources.spool import Spool

_PAGE = 200
# Comments that two pages have in common: some may be said or deleted meanwhile.
_SHARED = 20
_SPAM = 2_000  # comments: what is older was thrown away, or is simply not there
_STAY = "This blog does not hand out its comments; they stay behind."
_NOT_OURS = "This account may not read all comments; they stay behind."


def with_comments(account: Account) -> Account:
    """The same account, knowing whether it may read all comments."""
    if not account.can("wp.getComments"):
        return replace(account, notes=(*account.notes, _STAY))
    try:
        account.structs("wp.getComments", {"number": 1}, fits=_are_comments)
    except NotAllowed:
        methods = account.methods - {"wp.getComments"}
        return replace(account, methods=methods, notes=(*account.notes, _NOT_OURS))
    return account


class Comments:
    """Asked for all together: most posts have few, and each question takes its time."""

    def __init__(self, account: Account) -> None:
        self._spool = Spool()
        self._places: dict[str, list[int]] = {}
        self.close = self._spool.close
        if account.can("wp.getComments"):
            self._read(account)

    def of(self, post: str) -> Iterator[Struct]:
        for place in self._places.get(post, ()):
            yield json.loads(self._spool.get(place))

    def _read(self, account: Account) -> None:
        seen: dict[str, None] = {}
        last: list[str] = []
        while True:
            offset = max(0, len(seen) - _SHARED)
            # Another question each time, also where it is about the same ones.
            number = _PAGE - bool(seen)
            page = _page(account, offset, number, last, seen)
            keys = [text(each, "comment_id") for each in page]
            if not any(key not in seen for key in keys):
                return
            for key, struct in zip(keys, page, strict=True):
                if key not in seen:
                    seen[key] = None
                    line = json.dumps(struct, default=datetime.isoformat).encode()
                    place = self._spool.add(line)
                    self._places.setdefault(text(struct, "post_id"), []).append(place)
            last = keys[-2 * _SHARED :]


def _page(
    account: Account, offset: int, number: int, last: list[str], seen: dict[str, None]
) -> list[dict[str, Any]]:
    """The comments from here on, the first of which are among the ``last`` known ones;
    so neither an empty answer nor one that was given before can be taken for the end."""

    def fits(answer: list[dict[str, Any]]) -> bool:
        if not _are_comments(answer) or any(_is_spam(each) for each in answer):
            return False
        known = {key for each in answer if (key := text(each, "comment_id")) in seen}
        return bool(known) == bool(seen) and known <= set(last)

    wanted = {"number": number, "offset": offset}
    page = account.structs("wp.getComments", wanted, fits=fits)
    if not page and account.structs("wp.getComments", {"number": 1}):
        return account.structs(
            "wp.getComments", wanted, fits=lambda answer: bool(answer) and fits(answer)
        )
    return page


def spam_of(account: Account) -> tuple[dict[str, list[str]], str]:
    """The keys of the newest comments that are taken for spam, by post: what has moved
    may have become that since. They are in no list of all comments. And a note if the
    blog does not tell."""
    found: dict[str, list[str]] = {}
    if not account.can("wp.getComments"):
        return found, ""

    def fits(answer: list[dict[str, Any]]) -> bool:
        return _are_comments(answer) and all(map(_is_spam, answer))

    for offset in range(0, _SPAM, _PAGE):
        wanted = {"status": "spam", "number": _PAGE, "offset": offset}
        try:
            page = account.structs("wp.getComments", wanted, fits=fits, some=True)
        except WrongParty:
            return found, (
                "The old blog does not tell which of its comments it takes for spam. One "
                "that came along earlier and became that since stays at the new blog."
            )
        for each in page:
            found.setdefault(text(each, "post_id"), []).append(text(each, "comment_id"))
        if len(page) < _PAGE:
            break
    return found, ""


def _are_comments(answer: list[dict[str, Any]]) -> bool:
    return all(text(each, "comment_id") and text(each, "post_id") for each in answer)


def _is_spam(struct: Struct) -> bool:
    return text(struct, "status") == "spam"
