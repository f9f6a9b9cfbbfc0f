"""The comments of a post: in order, answers after what they answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain

from wizard.blog import Comment, Post
from wizard.content.cleaning import clean_comment
from wizard.content.links import bare, hrefs
from wizard.destinations import (
    Destination,
    Kind,
    NewComment,
    Remote,
    digest,
    print_of,
)
from wizard.errors import NotAllowed, Refused
from wizard.move.asking import Asker
from wizard.move.book import ALONE, BY_YOU, GONE, HELD, MAY_NOT, Book
from wizard.move.events import State
from wizard.move.links import PostLinks
from wizard.move.markers import marker
from wizard.move.records import BACK, Step

_SHOWN = "approved"


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

    def carry(
        self,
        post: Post,
        home: Remote,
        *,
        look: bool,
        mend: bool = False,
        links: PostLinks,
    ) -> None:
        """Add what is not there yet under ``home``; its links lead to where posts have
        arrived by now.

        ``look``: the post was found at the destination, so comments may be there;
        ``mend``: half done.
        """
        known: dict[str, Remote] = {}
        if look and post.comments:
            known = self._asker.known(Kind.COMMENT, home.id)
        ids: dict[str, int] = {}
        keys = {comment.key for comment in post.comments}
        for comment in parents_first(post.comments):
            step = self._step(post, comment)
            parent = ids.get(comment.parent or "", 0)
            new = new_comment(post, comment, home.id, links, parent)
            said = new.html
            if step.state is not State.SENT and not step.gone:
                there = known.get(step.marker)
                if not step.remote and there:
                    step = replace(step, remote=there)
                    if there.print != print_of(new):
                        said = clean_comment(comment.html)
                alone = not parent and comment.parent in keys
                if look:
                    self._leave_alone(post, comment)
                step = self._one(step, new, mend=mend, alone=alone)
                self._keep_links(step, links, said)
            elif step.remote and parent and step.trouble == ALONE and not step.gone:
                known = known or self._asker.known(Kind.COMMENT, home.id)
                if _as_sent(step, step.remote, new, known.get(step.marker)):
                    with suppress(Refused, NotAllowed):
                        now = self._update(step, step.remote, new)
                        step = self._book.end(replace(step, remote=now), State.SENT)
                        self._keep_links(step, links, said)
            if step.remote and not step.gone:
                ids[comment.key] = step.remote.id

    def _leave_alone(self, post: Post, comment: Comment) -> None:
        """Answers came before it, or it was deleted above them: killed after it has
        arrived, they still wait to be put below it."""
        for answer in post.comments:
            if answer.parent == comment.key:
                step = self._step(post, answer)
                if step.state is State.SENT and not step.trouble:
                    self._book.move.record(step, trouble=ALONE)

    def _keep_links(self, step: Step, links: PostLinks, said: str) -> None:
        """Remember which links of these words do not lead where they shall."""
        there = chain(hrefs(said), bare(said))
        left = links.left(there) if step.state is State.SENT else []
        left = [replace(link, comment=step.key) for link in left]
        keep, text = self._book.move.keep_links, digest(said)
        keep(step.post, left, text, comment=step.key)

    def _one(self, step: Step, new: NewComment, *, mend: bool, alone: bool) -> Step:
        if not self._wanted:
            # Not gone: if it is wanted again, it is looked for.
            return self._book.end(replace(step, remote=None), State.LEFT_OUT, BY_YOU)
        if Kind.COMMENT not in self._destination.carries:
            return self._book.end(step, State.LEFT_OUT, MAY_NOT)
        wanted_back = step.fingerprint == BACK
        if step.remote and step.remote.status == "trash" and not wanted_back:
            return self._book.end(step, State.LEFT_OUT, GONE)
        try:
            step = self._asker.once(step, new, post=new.post)
            assert step.remote
            there = step.remote
            if there.status != _SHOWN or (mend and there.print != print_of(new)):
                # Half done, or a filter had its own idea of it: said once more.
                there = self._update(step, there, new)
        except (Refused, NotAllowed) as refusal:
            return self._book.refuse(step, refusal)
        trouble = ALONE if alone else None
        trouble = trouble if there.status == _SHOWN else HELD
        step = replace(step, remote=there, fingerprint="")
        return self._book.end(step, State.SENT, trouble)

    def _update(self, step: Step, there: Remote, new: NewComment) -> Remote:
        update = partial(self._destination.update, there, new, step.marker)
        return self._asker.repeat(update)

    def _step(self, post: Post, comment: Comment) -> Step:
        mark = marker(self._blog, Kind.COMMENT, post.key, comment.key)
        return self._book.move.step(Kind.COMMENT, post.key, comment.key, mark)


def _as_sent(step: Step, sent: Remote, new: NewComment, there: Remote | None) -> bool:
    """Does it stand there as this move sent it, untouched by anybody?"""
    if there is None or there.id != sent.id or there.status == "trash":
        return False
    ours = there.print == sent.print and step.attempts > 0
    return ours or there.print == print_of(new)


def new_comment(
    post: Post,
    comment: Comment,
    home: int,
    links: Callable[[str], str],
    parent: int = 0,
) -> NewComment:
    """What is sent of a comment. ``home``, ``parent``: the ids of its post and of what
    it answers; ``links``: where its links lead."""
    return NewComment(
        post=home,
        parent=parent,
        author=comment.author.strip() or "Anonymous",
        email=comment.email,
        # The blog's author gives it as their own address, and so do pings of its posts.
        url=(links(comment.url) if "://" in comment.url else "") or comment.url,
        html=clean_comment(comment.html, links) or "…",
        date=comment.date or post.date,
        ping=comment.ping,
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
