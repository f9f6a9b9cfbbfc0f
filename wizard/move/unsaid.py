"""Unsaid: comments that have moved, and that the old blog hides, has not any more, or words otherwise.

A round that carries their post holds back what is hidden at the old blog, if nobody has
changed it at the new one. All else is only told of, before the round and after it: what
is missing may stand in another backup, and new words may be wanted at one blog alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from wizard.blog import PUBLIC, Post, Status
from wizard.destinations import Kind, Remote
from wizard.move.book import CHANGED, HELD, UNSAID
from wizard.move.comments_before import Before
from wizard.move.discretion import plain
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.plan import many
from wizard.move.records import Step
from wizard.move.verdict import listed

SHOWN = "approved"
_NAMED = 5
_PARTS = 10


def parts_of(key: str) -> Iterator[str]:
    """The key of a comment, and those of its parts if it is longer than WordPress takes:
    see `wizard.content.fitting`."""
    yield key
    yield from (f"{key}/{number}" for number in range(2, _PARTS))


def is_held(post: Post, key: str) -> bool:
    """Is this comment, or the one of which it is a part, hidden at the old blog?"""
    whole, _, part = key.rpartition("/")
    return key in post.held or (part.isdecimal() and whole in post.held)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What everybody can read at the new blog, though the old one does not show it, does
    not hold it, or says something else in it. ``gone``: all that the old one does not
    show any more, however they stand by now."""

    hidden: tuple[Before, ...]
    missing: tuple[Before, ...]
    reworded: tuple[Before, ...]
    gone: tuple[Before, ...]

    @classmethod
    def of(cls, move: Move, *, public: bool = False) -> Unsaid:
        """``public``: only under posts that were public at the old blog when it was read
        last."""
        before = move.comments_before()
        hidden, missing, reworded = [], [], []
        for each in before:
            home = move.step(Kind.POST, each.post, each.post).remote
            step = move.step(Kind.COMMENT, each.post, each.key)
            if home is None or home.status not in PUBLIC or not is_shown(step):
                continue
            post = move.post(each.post)
            if public and post.status is not Status.PUBLISH:
                continue
            if is_held(post, each.key):
                hidden.append(each)
            elif each.gone:
                missing.append(each)
            elif step.trouble != CHANGED:
                reworded.append(each)
        gone = tuple(each for each in before if each.gone)
        return cls(tuple(hidden), tuple(missing), tuple(reworded), gone)


class Looks:
    """What is to be said about comments that are looked at one after another."""

    def __init__(self, move: Move) -> None:
        found = Unsaid.of(move)
        self._move = move
        self._hidden = {(each.post, each.key) for each in found.hidden}
        self._gone = {(each.post, each.key) for each in found.gone}

    def at(
        self, step: Step, here: Remote, trouble: Trouble | None
    ) -> tuple[Step, Trouble | None]:
        """At one that stands ``here``."""
        place, shown, remote = (step.post, step.key), here.status == SHOWN, step.remote
        # What somebody approved there in spite of the old blog is no business of ours.
        in_spite = shown and place in self._gone
        if remote and remote.status != here.status and not in_spite:
            now = replace(remote, status=here.status)
            step = self._move.record(step, remote=now)
        if shown and place in self._hidden:
            return step, UNSAID
        return step, None if place in self._gone and trouble == HELD else trouble


def is_shown(step: Step) -> bool:
    """Did it stand there for everybody when it was last looked at or sent?"""
    shown = step.remote and step.remote.status == SHOWN
    return bool(shown) and step.state is State.SENT


def of_unsaid(move: Move) -> Iterator[str]:
    """What a person should know of them before the next round begins."""
    found, chosen = Unsaid.of(move), set(move.chosen_keys())
    if some := [each for each in found.hidden if each.post in chosen]:
        them = "it" if len(some) == 1 else "them"
        yield (
            f"{_made_public(some)} not public at the old one any more "
            f"({_named(move, some)}). This move holds {them} back there, too, unless "
            f"somebody has changed {them} there."
        )
    if some := [each for each in found.hidden if each.post not in chosen]:
        them, stay, their_posts = (
            ("it", "It stays", "its post is")
            if len(some) == 1
            else ("them", "They stay", "their posts are")
        )
        yield (
            f"{_made_public(some)} not public at the old one any more, and {their_posts} "
            f"not chosen now ({_named(move, some)}). {stay} public there unless you "
            f"choose {their_posts.rpartition(' ')[0]}, too, or unapprove {them} there."
        )
    yield from _of_others(move, found)


def of_unsaid_to_all(move: Move) -> Iterator[str]:
    """The same for a page that is shown around, of what no round changes."""
    yield from _of_others(move, Unsaid.of(move, public=True))


def _of_others(move: Move, found: Unsaid) -> Iterator[str]:
    if some := found.missing:
        them = "it" if len(some) == 1 else "them"
        yield (
            f"{_made_public(some)} not in what was read last of the old one "
            f"({_named(move, some)}). Delete {them} there if nobody shall read {them} "
            "any more."
        )
    if some := found.reworded:
        one = len(some) == 1
        says, stays, it = (
            ("says", "it stays", "it") if one else ("say", "they stay", "them")
        )
        yield (
            f"{many(len(some), 'comment')} that {'has' if one else 'have'} moved {says} "
            f"something else at the old blog by now ({_named(move, some)}). At the new "
            f"one {stays} as before; edit {it} there if you want the new words."
        )


def _made_public(some: Collection[Before]) -> str:
    was, is_ = ("was", "is") if len(some) == 1 else ("were", "are")
    return f"{many(len(some), 'comment')} that {was} made public at the new blog {is_}"


def _named(move: Move, some: Collection[Before]) -> str:
    titles = {row.key: row.title for row in move.rows()}
    names = [
        f"by {plain(each.author) or 'somebody'} under "
        f"“{plain(titles.get(each.post, '')) or 'no title'}”"
        for each in some
    ]
    more = len(names) - _NAMED
    return listed(names[:_NAMED] + ([f"{more:,} more"] if more > 0 else []))
