"""Every post of a WordPress, page by page, held against the list of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from wizard.errors import WrongParty
from wizard.sources.metaweblog.account import Account
from wizard.sources.metaweblog.xmlrpc import Struct, text

_PAGE = 50  # posts in one answer
_LISTED = 1_000  # numbers in one answer
_ROUNDS = 3
# What is in answers to other questions that have numbers of posts in them, too.
_OTHERS = {"post_content", "comment_id", "menu_order"}


def all_posts(account: Account) -> Iterator[Struct]:
    """The answers to ``wp.getPosts``, oldest first, each post once; raises WrongParty if
    some that are listed do not come."""
    seen: set[str] = set()
    last: Set[str] = frozenset()
    start = missed = 0
    while awaited := _listed(account, start, last) - seen:
        if missed == _ROUNDS:
            raise WrongParty(
                f"The old blog did not hand out {len(awaited)} posts that it lists.",
                "Something before it may keep old answers: ask whoever runs the site to "
                "let xmlrpc.php past its cache, then open the old blog again. Or bring an "
                "export file.",
                code="posts",
            )
        known = awaited | seen
        for offset in range(start, start + _LISTED, _PAGE):
            page = _page(account, offset, known)
            fresh = [each for each in page if text(each, "post_id") in awaited]
            for struct in fresh:
                if (key := text(struct, "post_id")) not in seen:
                    seen.add(key)
                    yield struct
            awaited -= seen
            if not awaited:
                # The next list begins with what is known, so that an empty one, or one
                # of something else, is not taken for the end.
                start, last = offset, {text(each, "post_id") for each in page}
                break
        missed = missed + 1 if awaited else 0


def _listed(account: Account, start: int, last: Set[str]) -> set[str]:
    """The numbers of the posts from here on, also far on: posts that this account may
    not edit are left out, so only a long empty stretch is the end."""

    def fits(answer: list[dict[str, Any]]) -> bool:
        numbers = {text(each, "post_id") for each in answer}
        others = any(not _OTHERS.isdisjoint(each) for each in answer)
        return not others and "" not in numbers and (not last or bool(numbers & last))

    wanted = _wanted(start, _LISTED)
    found = account.structs("wp.getPosts", wanted, ["post_id"], fits=fits, some=True)
    return {text(each, "post_id") for each in found}


def _page(account: Account, offset: int, known: Set[str]) -> list[dict[str, Any]]:
    def fits(answer: list[dict[str, Any]]) -> bool:
        if not all("post_content" in each for each in answer):
            return False
        return not answer or any(text(each, "post_id") in known for each in answer)

    wanted = _wanted(offset, _PAGE)
    return account.structs("wp.getPosts", wanted, ["post", "terms"], fits=fits)


def _wanted(offset: int, number: int) -> dict[str, Any]:
    order = {"orderby": "date ID", "order": "ASC"}
    return {**order, "offset": offset, "number": number}
