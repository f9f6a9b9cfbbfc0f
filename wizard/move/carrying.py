"""Carrying one post: its terms, itself, its photos, its comments, and publishing last.

The order keeps anything unfinished invisible: draft → photos → private → comments →
final status → read back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from wizard.blog import PUBLIC, Post, Status, in_zone
from wizard.content.composing import compose
from wizard.content.links import hrefs
from wizard.content.repairing import repaired
from wizard.destinations import (
    Destination,
    Kind,
    NewPost,
    digest,
    print_of,
    text_print,
)
from wizard.errors import MoveError, MoveFileError, SignInFailed
from wizard.move.arrival import difference
from wizard.move.asking import Asker
from wizard.move.book import (
    EARLIER,
    EDITED,
    GONE,
    LAPSED,
    LEFT_ALONE,
    NO_POST,
    NO_POST_NOW,
    NOT_DONE,
    Book,
)
from wizard.move.comments import Comments
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.items import are_settled, unsettled
from wizard.move.links import Links, PostLinks
from wizard.move.markers import is_marker, marker
from wizard.move.mending import Mending, is_as_sent
from wizard.move.patience import GivenUp, Stopped
from wizard.move.photos import Photos
from wizard.move.records import Step
from wizard.move.slugs import turns
from wizard.move.standing import Standing, as_read, is_opened, unfinished
from wizard.move.terms import Terms
from wizard.move.wanted import Wanted
from wizard.move.withdrawn import keep_in_mind
from wizard.sources import Source

_OPEN = (*PUBLIC, Status.PRIVATE)


class Carrier:
    """Carries posts of one move; its methods are called from several threads.

    ``kinds``: of those that need a marker, what will be made. ``there``: how our posts
    stand at the destination.
    """

    def __init__(
        self,
        move: Move,
        source: Source,
        destination: Destination,
        asker: Asker,
        book: Book,
    ) -> None:
        blog, choices = move.blog, move.choices
        assert blog, "a move is read before it is run"
        self._blog = blog.key
        self._move = move
        self._destination = destination
        self._asker = asker
        self._book = book
        self._choices = choices
        self._zone = ZoneInfo(choices.time_zone)
        wanted = {Kind.CATEGORY: choices.categories, Kind.TAG: choices.tags}
        self._terms = Terms(
            move, destination, asker, frozenset(k for k in wanted if wanted[k])
        )
        self._wanted = Wanted(choices, self._terms)
        self.kinds = frozenset(
            kind
            for kind, also in (
                (Kind.POST, True),
                (Kind.PHOTO, choices.photos),
                (Kind.COMMENT, choices.comments),
            )
            if also and kind in destination.carries
        )
        keeps_ids = destination.keeps_ids
        self._photos = Photos(source, asker, book, choices, keeps_ids=keeps_ids)
        self._comments = Comments(
            self._blog, destination, asker, book, choices.comments
        )
        self.there = Standing(destination, asker)
        self._links = Links(move, destination)
        self.mending = Mending(move, destination, asker, self._links, self.there)

    def look_around(self) -> None:
        """Learn which of our posts the destination holds, whatever the file says."""
        known = self.there.look_around()
        self._links.begin(known)
        named = {mark: at.slug for mark, at in known.items() if not is_marker(at.slug)}
        new = {
            key
            for key in self._move.chosen_keys()
            if marker(self._blog, Kind.POST, key) not in named
        }
        self._wanted.turns = turns(self._move.names(), new, named.values())

    def carry(self, key: str) -> Step:
        """Bring one post over with all that belongs to it; gives its settled step.

        Raises Stopped, GivenUp, SignInFailed and MoveFileError: those end the run.
        """
        post = in_zone(self._move.post(key), self._zone)
        if self._choices.repair:
            post = repaired(post)
        mark = marker(self._blog, Kind.POST, key)
        step = self._move.step(Kind.POST, key, key, mark)
        if step.gone:
            step = self._vanished(post, step)
        else:
            step = self._carry_or_refuse(post, step)
        self._book.close(post)
        return step

    def mend(self, key: str) -> Step:
        """See `Mending.mend`."""
        self.there.unchanged = None
        return self.mending.mend(key)

    def _carry_or_refuse(self, post: Post, step: Step) -> Step:
        try:
            if not self._nothing_to_do(post, step):
                self.there.unchanged = None
                step = self._carry(post, step)
            self._comments.hold_back(post, step)
            return step
        except (Stopped, GivenUp, SignInFailed, MoveFileError):
            raise
        except MoveError as refusal:
            trouble = Trouble(refusal.title, refusal.hint)
        except Exception as surprise:
            trouble = Trouble(
                "Something unexpected happened with this post.",
                f"The others go on. ({type(surprise).__name__})",
            )
        step = self._move.step(Kind.POST, post.key, post.key, step.marker)
        self._refuse_items(post, NOT_DONE if step.remote else NO_POST)
        return self._book.end(step, State.REFUSED, trouble)

    def _carry(self, post: Post, step: Step) -> Step:
        finished = step.state is State.SENT
        if finished:
            if left := self._left_alone(post, step):
                return left
            # Killed from here on, it is not taken for what it was before.
            step = self._move.record(step, fingerprint="")
        known = self.there.known(step.marker)
        # Numbers are given anew where a blog was set back: only the marker tells.
        number = step.remote.id if step.remote else 0
        adopted = known is not None and not finished and known.id != number
        if known and adopted and known.slug.startswith(step.marker) and number:
            # A list may be of yesterday, and name a copy that was taken away.
            adopted = not self.there.bears_marker(step)
            known = known if adopted else None
        if number and not finished and not known and not self._asker.only_one(step):
            return self._vanished(post, step)
        if adopted:
            step = self._move.record(step, state=State.MADE, remote=known)
        new = self._wanted.at_first(post, step.marker)
        before = step
        step = self._asker.once(step, new)
        assert step.remote
        remote = step.remote
        if before.remote is None:
            step = self._move.record(step)
        # Only under a post that was made this moment there can be nothing of ours.
        look = bool(before.remote or before.attempts) or step.attempts > 1
        there = not finished and self.there.is_theirs(before, known)
        half = look and not there and not finished
        if half and known and is_opened(known) and self._photos.waiting(post):
            # Under today's date, so its photos would go into this month's folder.
            opened = replace(new, slug=known.slug, status=Status.PRIVATE)
            self.there.update(known, opened, step.marker)
        placed = self._photos.carry(post, remote, look=look, mend=half)
        links, blocks = self._links.of(post), self._choices.blocks
        named = placed.get(post.featured) if self._choices.featured else None
        face = named.id if named else 0
        html = compose(
            post,
            placed,
            step.marker,
            links=links,
            written=links.written,
            blocks=blocks,
            # Only one that takes its place there may be missing in the text.
            face=post.featured if face else "",
        )
        featured = face or self._wanted.first_shown(post, placed, html)
        new = replace(new, html=html, featured=featured)
        if there:
            otherwise = partial(self._otherwise, post, new)
            found = self.there.read_as(remote, lambda now: not otherwise(now))
            other = otherwise(found) if found else None
            # Killed just before it was written down, it is what we left.
            ours = found if found and text_print(found) == before.fingerprint else None
            if not (ours and (other or self._comments.waiting(post))):
                self._comments.carry(post, remote, look=True, links=links)
                trouble = EARLIER if other else None
                return self._finish(post, step, found, trouble, links)
            remote = replace(remote, print=print_of(ours))
            step = self._move.record(step, remote=remote)
        if self._comments.waiting(post):
            if remote.status not in _OPEN:
                # No comments go under a draft, nor, at many blogs, under an old post.
                hidden = replace(
                    new,
                    slug=remote.slug,
                    status=Status.PRIVATE,
                    date=datetime.now(UTC),
                )
                step = self._change(step, hidden)
            elif finished and (post.closed or remote.discussion.startswith("closed")):
                status = self._wanted.status(post, remote.status)
                opened = replace(new, slug=remote.slug, status=status)
                step = self._change(step, opened)
        assert step.remote
        remote = step.remote
        self._comments.carry(post, remote, look=look, mend=half, links=links)
        current = remote if finished else self._asker.only_one(step)
        if current is None:
            return self._vanished(post, step)
        marked = current.slug.startswith(step.marker)
        status = self._wanted.status(post, current.status)
        if status in PUBLIC:
            keep_in_mind(self._move, post)
        new = self._wanted.at_last(post, new, "" if marked else current.slug, status)
        if status in PUBLIC and current.status not in PUBLIC:
            # Two steps, so that WordPress keeps no public trace of the marker slug.
            private = replace(unfinished(new), status=Status.PRIVATE, author="")
            step = self._change(replace(step, remote=current), private)
            assert step.remote
            current = step.remote
            new = replace(new, slug=current.slug)
        step = self._move.record(step, fingerprint=text_print(new))
        remote = self.there.update(current, new, step.marker)
        step = replace(step, remote=remote)
        arrived = self.there.read_as(remote, lambda now: print_of(now) == remote.print)
        trouble = difference(new, arrived)
        if not trouble and self._wanted.is_lapsed(post, status):
            trouble = LAPSED
        return self._finish(post, step, arrived, trouble, links)

    def _change(self, step: Step, new: NewPost) -> Step:
        """One step on the way to how the post shall stand at last. Wherever this ends, it
        is known for ours: by its marker as slug, or else by what it was or became."""
        assert step.remote
        now = step.remote
        if is_marker(now.slug):
            return replace(step, remote=self.there.update(now, new, step.marker))
        step = self._move.record(step, fingerprint=text_print(new))
        return self._move.record(step, remote=self.there.update(now, new, step.marker))

    def _finish(
        self,
        post: Post,
        step: Step,
        now: NewPost | None,
        trouble: Trouble | None,
        links: PostLinks,
    ) -> Step:
        """Only what was read back is *sent*."""
        if now is None or not step.remote:
            return self._vanished(post, step)
        # What somebody else may have written there is never taken for our own.
        ours = "" if trouble == EARLIER else print_of(now)
        text = digest(now.html) if ours else ""
        self._move.keep_links(post.key, links.left(hrefs(now.html)), text)
        there = replace(as_read(step.remote, now), print=ours)
        sent = self._wanted.source_print(post, self._terms.missing(post))
        step = replace(step, remote=there, fingerprint=sent)
        return self._book.end(step, State.SENT, trouble)

    def _otherwise(self, post: Post, new: NewPost, now: NewPost) -> Trouble | None:
        """What stands there, if not this post as it would be sent today."""
        wanted = replace(new, status=self._wanted.status(post, now.status))
        return difference(wanted, now)

    def _vanished(self, post: Post, step: Step) -> Step:
        """It stood there, and nobody but the person can have taken it away."""
        self._refuse_items(post, NO_POST_NOW)
        return self._book.end(step, State.LEFT_OUT, GONE)

    # Bookkeeping

    def _nothing_to_do(self, post: Post, step: Step) -> bool:
        if step.state is not State.SENT:
            return False
        same = step.fingerprint == self._wanted.source_print(post)
        # Or it still lacks what was refused then; only of such a post that is asked.
        same = same or step.fingerprint == self._wanted.source_print(
            post, self._terms.missing(post)
        )
        return same and are_settled(self._move, post, self._choices)

    def _left_alone(self, post: Post, step: Step) -> Step | None:
        """A finished post is changed only as long as nobody else has changed it."""
        assert step.remote
        now = self.there.read_as(step.remote, partial(is_as_sent, step))
        if now is None:
            return self._vanished(post, step)
        if is_as_sent(step, now):
            return None
        why = EARLIER if step.trouble == EARLIER else EDITED
        self._photos.bring_back(post, step.remote)
        if self._comments.waiting(post):
            self._comments.add(post, step, now, links=self._links.of(post))
        self._refuse_items(post, LEFT_ALONE)
        return self._book.end(step, State.SENT, why)

    def _refuse_items(self, post: Post, why: Trouble) -> None:
        for item in unsettled(self._move, post, self._choices):
            self._book.end(item, State.REFUSED, why)
