"""The comments of a post: in order, answers after what they answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from wizard.blog import Comment, Post
from wizard.content.cleaning import clean_comment
from wizard.destinations import Destination, Kind, NewComment, Remote
from wizard.errors import NotAllowed, Refused
from wizard.move.asking import Asker
from wizard.move.book import BY_YOU, MAY_NOT, Book
from wizard.move.events import State
from wizard.move.markers import marker
from wizard.move.records import Step


class Comments:
    """Brings comments over; those of one post on one thread, one after another."""

    def __init__(
        self,
        blog: str,
        destination: Destination,
        asker: Asker,
        book: Book,
        wanted: bool,
    ) -> None:
        self._blog = blog
        self._destination = destination
        self._asker = asker
        self._book = book
        self._wanted = wanted

    def waiting(self, post: Post) -> bool:
        """Is there a comment under this post that would be sent now?"""
        return (
            self._wanted
            and Kind.COMMENT in self._destination.carries
            and any(
                self._step(post, comment).state is not State.SENT
                for comment in post.comments
            )
        )

    def carry(self, post: Post, home: Remote, *, look: bool) -> None:
        """Add what is not there yet under ``home``.

        ``look``: the post was found at the destination, so comments may be there.
        """
        known: dict[str, Remote] = {}
        if look and post.comments:
            known = self._asker.known(home.id)
        ids: dict[str, int] = {}
        added: set[str] = set()
        for comment in parents_first(post.comments):
            step = self._step(post, comment)
            parent = ids.get(comment.parent or "", 0)
            new = _new(post, comment, home, parent)
            if step.state is not State.SENT:
                if not step.remote and step.marker in known:
                    step = replace(step, remote=known[step.marker])
                step = self._one(step, new)
                added.add(comment.key)
            elif step.remote and comment.parent in added:
                # It came alone, as what it answers was refused at that time.
                update = partial(
                    self._destination.update, step.remote, new, step.marker
                )
                with suppress(Refused, NotAllowed):
                    self._asker.repeat(update)
            if step.remote:
                ids[comment.key] = step.remote.id

    def _one(self, step: Step, new: NewComment) -> Step:
        if not self._wanted:
            return self._book.end(step, State.LEFT_OUT, BY_YOU)
        if Kind.COMMENT not in self._destination.carries:
            return self._book.end(step, State.LEFT_OUT, MAY_NOT)
        try:
            step = self._asker.once(step, new, post=new.post)
        except (Refused, NotAllowed) as refusal:
            return self._book.refuse(step, refusal)
        return self._book.end(step, State.SENT)

    def _step(self, post: Post, comment: Comment) -> Step:
        mark = marker(self._blog, Kind.COMMENT, post.key, comment.key)
        return self._book.move.step(Kind.COMMENT, post.key, comment.key, mark)


def _new(post: Post, comment: Comment, home: Remote, parent: int) -> NewComment:
    return NewComment(
        post=home.id,
        parent=parent,
        author=comment.author.strip() or "Anonymous",
        email=comment.email,
        url=comment.url,
        html=clean_comment(comment.html) or "…",
        date=comment.date or post.date,
    )


def parents_first(comments: tuple[Comment, ...]) -> list[Comment]:
    """The comments in an order in which no answer comes before what it answers; one
    whose parent is not there, or that answers itself in a circle, stands on its own."""
    waiting = {comment.key: comment for comment in comments}
    ordered: list[Comment] = []
    for comment in comments:
        line = []
        current: Comment | None = comment
        while current and waiting.pop(current.key, None):
            line.append(current)
            current = waiting.get(current.parent or "")
        ordered.extend(reversed(line))
    return ordered
