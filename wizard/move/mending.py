"""Mending links: what is at the new blog already follows posts that arrived after it.

Carrying such a post again would change more than its links: it may have been sent when
other things were chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wizard.content.links import relinked
from wizard.destinations import Destination, Kind, NewPost, print_of, text_print
from wizard.errors import MoveError, MoveFileError, SignInFailed
from wizard.move.asking import Asker
from wizard.move.book import CHANGED, EARLIER, EDITED
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.links import Links
from wizard.move.records import Step

# The texts of these are somebody else's by now.
_TOUCHED = (CHANGED, EARLIER, EDITED)


class Mending:
    """Mends posts of one move, whoever ticked them; from several threads."""

    def __init__(
        self, move: Move, destination: Destination, asker: Asker, links: Links
    ) -> None:
        self._move = move
        self._destination = destination
        self._asker = asker
        self._links = links

    def waiting(self) -> Iterator[str]:
        """The keys of finished posts with a link to what has a new place by now; asks
        the destination for nothing."""
        for key in self._move.linking():
            step = self._move.step(Kind.POST, key, key)
            if step.state is not State.SENT or step.trouble in _TOUCHED:
                continue
            links, known = self._links.of(self._move.post(key)), self._move.links(key)
            old = list(filter(links.is_old, known))
            if old != known:
                self._move.keep_links(key, old)
            if any(links(href) != href for href in old):
                yield key

    def mend(self, key: str) -> Step:
        """Let these links lead there, if nobody has touched the post since."""
        step = self._move.step(Kind.POST, key, key)
        try:
            return self._mend(step)
        except (SignInFailed, MoveFileError):
            raise
        except MoveError:
            return step  # its links lead where they led, and the report says so

    def _mend(self, step: Step) -> Step:
        remote, key = step.remote, step.key
        assert remote
        now = self._asker.repeat(lambda: self._destination.read(remote))
        if now is None or not is_as_sent(step, now):
            return step  # the check at the end tells of it
        links, known = self._links.of(self._move.post(key)), self._move.links(key)
        new = {href: links(href) for href in known if links(href) != href}
        html = relinked(now.html, new)
        if html != now.html:
            # Killed from here on, it is known for what it was to become.
            changed = replace(now, html=html)
            self._move.record(step, fingerprint=text_print(changed))
            self._asker.repeat(lambda: self._destination.rewrite(remote, changed))
            now = self._asker.repeat(lambda: self._destination.read(remote))
            if now is None:
                return step
        step = self._move.record(step, remote=replace(remote, print=print_of(now)))
        self._move.keep_links(key, [href for href in known if href not in new])
        return step


def is_as_sent(step: Step, now: NewPost) -> bool:
    """Is a finished post as we left it? Killed while it was changed, it may be what it
    was to become."""
    ours = step.remote.print if step.remote else ""
    return print_of(now) == ours or text_print(now) == step.fingerprint
