"""Mending links: what is at the new blog already follows posts that arrived after it.

Carrying such a post again would change more than its links: it may have been sent when
other things were chosen, and people may have given it another title since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wizard.content.links import hrefs, relinked
from wizard.destinations import (
    Destination,
    Kind,
    NewPost,
    digest,
    print_of,
    text_print,
)
from wizard.errors import MoveError, MoveFileError, SignInFailed
from wizard.move.asking import Asker
from wizard.move.book import EARLIER
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.links import Links, PostLinks
from wizard.move.records import Step


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
            if step.state is not State.SENT:
                continue
            links, known = self._links.of(self._move.post(key)), self._move.left(key)
            left = list(filter(links.is_old, known))
            ready = _ready(left, links)
            stuck = [link for link in ready if link.kept]
            if step.trouble == EARLIER:
                # Nobody knows what of its text is ours.
                stuck, ready = ready, []
            left = _kept(left, stuck)
            if left != known:
                self._move.keep_links(key, left)
            if ready:
                yield key

    def mend(self, key: str) -> Step:
        """Let these links lead there, if nobody has touched the text since."""
        step = self._move.step(Kind.POST, key, key)
        links, known = self._links.of(self._move.post(key)), self._move.left(key)
        try:
            return self._mend(step, links, known)
        except (SignInFailed, MoveFileError):
            raise
        except MoveError:
            # They lead where they led, and the report says so.
            self._move.keep_links(key, _kept(known, _ready(known, links)))
            return step

    def _mend(self, step: Step, links: PostLinks, known: list[Left]) -> Step:
        remote, key = step.remote, step.key
        assert remote
        now = self._asker.repeat(lambda: self._destination.read(remote))
        if now is None:
            return step  # the check at the end tells of it
        ready = _ready(known, links)
        # Whoever gave it another title or other categories shall keep them.
        touched = not is_as_sent(step, now)
        if touched and digest(now.html) not in self._move.text(key).split():
            here = set(hrefs(now.html))
            left = [link for link in known if link.href in here]
            self._move.keep_links(key, _kept(left, ready))
            return step
        mended = {link.href: links.mended(link) for link in known}
        new = {href: link.href for href, link in mended.items()}
        html = relinked(now.html, new)
        if html != now.html:
            # Killed from here on, it is known for what it was to become.
            changed = replace(now, html=html)
            self._move.keep_links(key, known, f"{digest(now.html)} {digest(html)}")
            if not touched:
                self._move.record(step, fingerprint=text_print(changed))
            self._asker.repeat(lambda: self._destination.rewrite(remote, changed))
            now = self._asker.repeat(lambda: self._destination.read(remote))
            if now is None:
                return step
            # Somebody may have been at it at this very moment.
            touched |= print_of(replace(now, html=html)) != print_of(changed)
        ours = remote.print if touched else print_of(now)
        step = self._move.record(step, remote=replace(remote, print=ours))
        left = list(filter(links.is_old, mended.values()))
        self._move.keep_links(key, left, digest(now.html))
        return step


def is_as_sent(step: Step, now: NewPost) -> bool:
    """Is a finished post as we left it? Killed while it was changed, it may be what it
    was to become."""
    ours = step.remote.print if step.remote else ""
    return print_of(now) == ours or text_print(now) == step.fingerprint


def _ready(known: list[Left], links: PostLinks) -> list[Left]:
    """Those of these links that could lead where they shall."""
    return [link for link in known if links.mended(link).href != link.href]


def _kept(known: list[Left], stuck: list[Left]) -> list[Left]:
    """All of these, told apart by whether the text around them is why they stay."""
    return [replace(link, kept=link in stuck) for link in known]
