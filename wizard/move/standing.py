"""How our posts stand at the new blog by now, and whether anybody but us has touched them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from wizard.blog import PUBLIC, Status
from wizard.destinations import Destination, Kind, NewPost, Remote, moment, print_of
from wizard.move.asking import Asker
from wizard.move.markers import is_marker
from wizard.move.records import Step

# In the text of a post that has its own slug already and is about to become public.
_UNFINISHED = "<!-- moving-day-unfinished -->"
_UNFINISHED_BLOCK = f"\n\n<!-- wp:html -->\n{_UNFINISHED}\n<!-- /wp:html -->"


_LOOKS = 4


class Standing:
    """Looks at one destination during one run. ``unchanged``: all our posts there with
    their copies, by marker, as the run found them; None once it has changed any."""

    def __init__(self, destination: Destination, asker: Asker) -> None:
        self._destination = destination
        self._asker = asker
        self._known: dict[str, Remote] = {}
        self.unchanged: Mapping[str, list[Remote]] | None = None

    def look_around(self) -> Mapping[str, Remote]:
        """Where each post stands, by marker, whatever the move file says."""
        self.unchanged = self._asker.copies(Kind.POST)
        self._known = {mark: copies[0] for mark, copies in self.unchanged.items()}
        return self._known

    def known(self, mark: str) -> Remote | None:
        """Where the post with this marker stood when the run looked around."""
        return self._known.get(mark)

    def read(self, remote: Remote) -> NewPost | None:
        return self._asker.repeat(lambda: self._destination.read(remote))

    def read_as(
        self, remote: Remote, fits: Callable[[NewPost], bool]
    ) -> NewPost | None:
        """The same. What does not fit is believed once it is said twice: it may be an
        answer of a moment ago, or to somebody else."""
        now = self.read(remote)
        for _ in range(_LOOKS):
            if now is None or fits(now):
                break
            before, now = now, self.read(remote)
            if now == before:
                break
        return now

    def update(self, remote: Remote, new: NewPost, mark: str) -> Remote:
        return self._asker.repeat(lambda: self._destination.update(remote, new, mark))

    def bears_marker(self, step: Step) -> bool:
        """Is the post of which the move file has the number still there, and ours?"""
        assert step.remote
        now = self.read(step.remote)
        return now is not None and step.marker in now.html

    def is_theirs(self, step: Step, known: Remote | None) -> bool:
        """Is it finished, although this move file does not say so, and possibly not
        as this move left it? Then it may have been edited since."""
        if known is None or not self._was_finished(known, step.marker):
            return False
        left = step.remote.print if step.remote and step.fingerprint else ""
        return not left or left != known.print

    def _was_finished(self, remote: Remote, mark: str) -> bool:
        """Was this post, which the move file does not know, finished in an earlier
        life? Then it has lost its marker as slug, and its text says nothing else."""
        if remote.slug.startswith(mark):
            return False
        now = self.read(remote)
        return now is None or _UNFINISHED not in now.html


def unfinished(post: NewPost) -> NewPost:
    """The same, saying in its text that more is to come."""
    in_blocks = "<!-- wp:" in post.html
    return replace(
        post, html=post.html + (_UNFINISHED_BLOCK if in_blocks else _UNFINISHED)
    )


def as_read(remote: Remote, now: NewPost) -> Remote:
    """The same with what was read of the post there."""
    return replace(
        remote,
        print=print_of(now),
        status=str(now.status),
        date=moment(now.date),
        discussion=now.discussion,
    )


def keeps_rest(left: Remote, now: Remote) -> bool:
    """Is a post as we left it in all that its print does not tell?"""
    return keeps_date(left, now) and keeps_discussion(left, now)


def keeps_date(left: Remote, now: Remote) -> bool:
    """Has a post the date with which we left it? What nobody reads yet WordPress dates
    anew by itself; and what was not told, or not written down, cannot be compared."""
    floats = now.status not in (*PUBLIC, Status.PRIVATE)
    return floats or not left.date or not now.date or left.date == now.date


def keeps_discussion(left: Remote, now: Remote) -> bool:
    """Is a post as open to comments and pings as we left it, where both are known?"""
    told = left.discussion and now.discussion
    return not told or left.discussion == now.discussion


def is_as_left(step: Step, there: Remote) -> bool:
    """Does it stand there to the letter as this move left it? Of what an earlier move
    has sent, and of what was not told, nobody knows."""
    left = step.remote
    if left is None or left.id != there.id or not step.attempts:
        return False
    return bool(left.print) and left.print == there.print


def is_opened(post: Remote) -> bool:
    """Is it half done, with comments under it or about to come?"""
    return post.status == Status.PRIVATE and is_marker(post.slug)
