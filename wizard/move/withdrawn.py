"""Withdrawn posts: public at the new blog, and not at the old one any more.

A round that carries such a post makes it there what it is at the old blog, if nobody has
changed it there. One that was not chosen is only told of, before the round and after it:
whoever hides at the old blog what has moved would else find the new one empty, and what
has been public until now can wait for a tick, or for a click there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wizard.blog import PUBLIC, Post, Status, in_zone
from wizard.destinations import Kind
from wizard.move.choices import As, arriving
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.plan import many
from wizard.move.unsaid import of_unsaid
from wizard.move.unsure import left as left_unsure
from wizard.move.verdict import called, listed

_NAMED = 5
_PUBLISHED_DRAFTS = "published drafts"


def keep_in_mind(move: Move, post: Post) -> None:
    """Whoever asks once for drafts to be published is not told that they are public.
    ``post``: one that becomes so now."""
    unfinished = post.status in (Status.DRAFT, Status.PENDING)
    if unfinished and not move.noted(_PUBLISHED_DRAFTS):
        move.note(_PUBLISHED_DRAFTS, "yes")


def withdrawn(move: Move) -> frozenset[str]:
    """The keys of the posts that this move left public, and that the old blog, when it
    was read last, did not show to everybody."""
    asked_for = (
        (Status.DRAFT, Status.PENDING)
        if move.choices.status is As.PUBLISH or move.noted(_PUBLISHED_DRAFTS)
        else ()
    )
    return frozenset(
        key
        for key, status in move.statuses()
        if status not in (Status.PUBLISH, *asked_for)
        and (left := _left_public(move, key))
        and (status is not Status.FUTURE or _waits(move, key, left))
    )


def _left_public(move: Move, key: str) -> str:
    """With which status a post was left public, "" if it was not."""
    step = move.step(Kind.POST, key, key)
    status = step.remote.status if step.remote and step.state is State.SENT else ""
    return status if status in PUBLIC else ""


def _waits(move: Move, key: str, left: str) -> bool:
    """Is a post that was public scheduled for a day to come?"""
    date = in_zone(move.post(key), ZoneInfo(move.choices.time_zone)).date
    return left == Status.PUBLISH and (date is None or date > datetime.now(UTC))


def absent(move: Move) -> frozenset[str]:
    """The keys of the posts that this move left public, as they were at the old blog,
    and that were not in it when it was read last."""
    was = dict(move.statuses())
    return frozenset(
        key
        for key in move.missed()
        if was.get(key) is Status.PUBLISH and _left_public(move, key)
    )


def of_withdrawn(move: Move) -> Iterator[str]:
    """What a person should know of them before the next round begins."""
    hidden, chosen = withdrawn(move), set(move.chosen_keys())
    if keys := hidden & chosen:
        it = "it" if len(keys) == 1 else "them"
        yield (
            f"{_posts(keys)} not public at the old one any more ({_titles(move, keys)}). "
            f"This move hides {it} there, too, unless somebody has changed {it} there."
        )
    if keys := hidden - chosen:
        it, stay = ("it", "It stays") if len(keys) == 1 else ("them", "They stay")
        yield (
            f"{_posts(keys)} not public at the old one any more, and not chosen now "
            f"({_titles(move, keys)}). {stay} public there unless you choose {it}, too, or "
            f"make {it} private there."
        )
    yield from of_unsure(move)
    yield from of_absent(move)
    yield from of_lost(move)
    yield from of_unsaid(move)


def of_unsure(move: Move, *, public: bool = False) -> Iterator[str]:
    """``public``: only of those that were so, for a page that is shown around. What was
    known for hidden before is told as that."""
    was = dict(move.statuses())
    keys = {
        key
        for key in left_unsure(move) - withdrawn(move)
        if not public or was.get(key) is Status.PUBLISH
    }
    if keys:
        one = len(keys) == 1
        have, its, it = (
            ("has", "its page", "it") if one else ("have", "their pages", "them")
        )
        yield (
            f"Who may read {many(len(keys), 'post')} that {have} moved could not be learnt "
            f"this time, as {its} at the old blog could not be opened "
            f"({_titles(move, keys)}). Nothing is changed of {it} at the new one. Open the "
            f"old blog again when it shows {its} again."
        )


def of_absent(move: Move) -> Iterator[str]:
    if keys := absent(move):
        it = "it" if len(keys) == 1 else "them"
        yield (
            f"{_posts(keys)} not in what was read last of the old one "
            f"({_titles(move, keys)}). Delete {it} there if nobody shall read {it} any more."
        )


def of_lost(move: Move) -> Iterator[str]:
    lost, chosen = frozenset(move.lost()), set(move.chosen_keys())
    was, choice = dict(move.statuses()), move.choices.status
    public = frozenset(
        key for key in lost & chosen if arriving(was[key], choice) in PUBLIC
    )
    for keys, words in (
        (public, "This move makes {it} public, unless you take the tick away."),
        (
            lost - chosen,
            "Nothing of {it} is moved, unless you tick {it}; in the terminal "
            "--only does that.",
        ),
    ):
        if keys:
            one = len(keys) == 1
            yield (
                f"{many(len(keys), 'post')} of an earlier reading {'is' if one else 'are'} "
                "not in what was read last of the old blog, and not at the new one "
                f"({_titles(move, keys)}). {words.format(it='it' if one else 'them')}"
            )


def _posts(keys: Collection[str]) -> str:
    one = len(keys) == 1
    was, is_ = ("was", "is") if one else ("were", "are")
    return f"{many(len(keys), 'post')} that {was} made public at the new blog {is_}"


def _titles(move: Move, keys: Collection[str]) -> str:
    zone = move.choices.time_zone
    titles = [called(row, zone) for row in move.rows() if row.key in keys]
    more = len(titles) - _NAMED
    return listed(titles[:_NAMED] + ([f"{more:,} more"] if more > 0 else []))
