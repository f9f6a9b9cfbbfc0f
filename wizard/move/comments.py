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
    NewPost,
    Remote,
    digest,
    print_of,
)
from wizard.errors import NotAllowed, Refused
from wizard.move.asking import Asker
from wizard.move.book import ALONE, BY_YOU, GONE, HELD, MAY_NOT, Book
from wizard.move.comments_before import Before
from wizard.move.events import State
from wizard.move.links import PostLinks
from wizard.move.markers import marker
from wizard.move.records import BACK, Step
from wizard.move.standing import is_as_left
from wizard.move.unsaid import SHOWN, is_held, is_shown, parts_of


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
                self._book.move.forget_before(post.key, comment.key)
                self._keep_links(step, links, said)
            elif step.remote and parent and step.trouble == ALONE and not step.gone:
                known = known or self._asker.known(Kind.COMMENT, home.id)
                at = known.get(step.marker)
                if at and _is_as_sent(step, step.remote, new, at):
                    with suppress(Refused, NotAllowed):
                        now = self._update(step, step.remote, new)
                        step = self._book.end(replace(step, remote=now), State.SENT)
                        self._keep_links(step, links, said)
            if step.remote and not step.gone:
                ids[comment.key] = step.remote.id

    def add(self, post: Post, home: Step, now: NewPost, *, links: PostLinks) -> None:
        """Under a post that people have changed, what is new: its text is not touched.
        ``now``: how it stands there, to tell if it is the same post at all."""
        if home.remote and self._is_home(post, home, home.remote, now):
            self.carry(post, home.remote, look=True, links=links)

    def _is_home(self, post: Post, home: Step, at: Remote, now: NewPost) -> bool:
        # Where a blog was set back, another post may have its number by now.
        ours = {self._step(post, comment).marker for comment in post.comments}
        return home.marker in now.html or not ours.isdisjoint(
            self._asker.known(Kind.COMMENT, at.id)
        )

    def hold_back(self, post: Post, home: Step) -> None:
        """What is hidden at the old blog since it has moved is hidden at the new one,
        too, if it stands there as it was sent. ``home``: the step of its post."""
        if not post.held or home.state is not State.SENT or not home.remote:
            return
        steps = [
            step
            for step in self._book.move.steps(post.key)
            if step.kind is Kind.COMMENT and is_held(post, step.key)
        ]
        public = list(filter(is_shown, steps))
        # What an earlier move brought this file learns of here, and only here.
        found = not home.attempts
        if not public and not found:
            return
        known = self._asker.known(Kind.COMMENT, home.remote.id)
        for step in public:
            there = known.get(step.marker)
            if there and there.status == SHOWN and is_as_left(step, there):
                hold = partial(self._destination.hold, there, step.marker)
                with suppress(Refused, NotAllowed):
                    self._book.move.record(step, remote=self._asker.repeat(hold))
        for key in chain.from_iterable(map(parts_of, post.held if found else ())):
            step = self._step_of(post, key)
            there = known.get(step.marker)
            if there and step.remote is None and there.status == SHOWN:
                self._book.move.record(step, state=State.SENT, remote=there)
                self._book.move.keep_before(
                    Before(post.key, step.key, "", "", "", True)
                )

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
            if there.status != SHOWN or (mend and there.print != print_of(new)):
                # Half done, or a filter had its own idea of it: said once more.
                there = self._update(step, there, new)
        except (Refused, NotAllowed) as refusal:
            return self._book.refuse(step, refusal)
        trouble = ALONE if alone else None
        trouble = trouble if there.status == SHOWN else HELD
        step = replace(step, remote=there, fingerprint="")
        return self._book.end(step, State.SENT, trouble)

    def _update(self, step: Step, there: Remote, new: NewComment) -> Remote:
        update = partial(self._destination.update, there, new, step.marker)
        return self._asker.repeat(update)

    def _step(self, post: Post, comment: Comment) -> Step:
        return self._step_of(post, comment.key)

    def _step_of(self, post: Post, key: str) -> Step:
        mark = marker(self._blog, Kind.COMMENT, post.key, key)
        return self._book.move.step(Kind.COMMENT, post.key, key, mark)


def _is_as_sent(step: Step, sent: Remote, new: NewComment, there: Remote) -> bool:
    """Does it stand there as this move sent it, untouched by anybody?"""
    if there.id != sent.id or there.status == "trash":
        return False
    return is_as_left(step, there) or there.print == print_of(new)


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
