"""The photos and comments of a post: which are settled for good, which are to come."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.blog import Post
from wizard.destinations import Kind
from wizard.move.book import ALONE, BY_YOU
from wizard.move.choices import Choices
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.records import Step


def are_settled(move: Move, post: Post, choices: Choices) -> bool:
    """Need nothing more be done about any of them, as things are chosen now?"""
    before = {(s.kind, s.key): s for s in move.steps(post.key)}
    photos, comments = choices.photos, choices.comments
    return all(
        _stays(before.get((Kind.PHOTO, photo.address)), photos, again=photo.found)
        for photo in post.photos
    ) and all(
        _stays(before.get((Kind.COMMENT, comment.key)), comments, again=True)
        for comment in post.comments
    )


def unsettled(move: Move, post: Post, choices: Choices) -> Iterator[Step]:
    """The steps of those that would still be sent."""
    photos, comments = choices.photos, choices.comments
    for kind, keys, wanted in (
        (Kind.PHOTO, [photo.address for photo in post.photos], photos),
        (Kind.COMMENT, [comment.key for comment in post.comments], comments),
    ):
        for key in keys:
            step = move.step(kind, post.key, key)
            waiting = step.state in (State.WAITING, State.SENDING, State.MADE)
            if waiting or (wanted and step.trouble == BY_YOU):
                yield step


def _stays(step: Step | None, wanted: bool, *, again: bool) -> bool:
    """Is this item settled for good? ``wanted``: what was left behind is to come now.
    ``again``: a refusal is worth another try."""
    if step is None:
        return False
    if step.state is State.LEFT_OUT and step.trouble == BY_YOU:
        return not wanted
    if step.state is State.REFUSED:
        return not again
    if step.trouble == ALONE:
        return False
    return step.state in (State.SENT, State.LEFT_OUT)
