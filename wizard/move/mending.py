"""Mending links: what is at the new blog already follows posts that arrived after it.

Carrying such a post again would change more than its links: it may have been sent when
other things were chosen, and people may have given it another title since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from wizard.blog import Post
from wizard.content.links import hrefs, relinked
from wizard.content.repairing import repaired
from wizard.destinations import (
    Destination,
    Kind,
    NewComment,
    NewPost,
    Remote,
    digest,
    print_of,
    text_print,
)
from wizard.errors import MoveError, MoveFileError, SignInFailed
from wizard.move.asking import Asker
from wizard.move.comments import new_comment
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.links import Links, PostLinks
from wizard.move.records import BACK, Step
from wizard.move.standing import Standing, as_read, is_as_left, keeps_rest


class Mending:
    """Mends posts of one move, whoever ticked them; from several threads."""

    def __init__(
        self,
        move: Move,
        destination: Destination,
        asker: Asker,
        links: Links,
        there: Standing,
    ) -> None:
        self._move = move
        self._destination = destination
        self._asker = asker
        self._there = there
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
            if step.remote and not step.remote.print:
                # Nobody knows what of its text is ours.
                stuck += [link for link in ready if not link.comment]
                ready = [link for link in ready if link.comment]
            self._keep(key, known, _kept(left, stuck))
            if ready:
                yield key

    def mend(self, key: str) -> Step:
        """Let these links lead there, if nobody has touched the text since."""
        step = self._move.step(Kind.POST, key, key)
        post, known = self._move.post(key), self._move.left(key)
        links = self._links.of(post)
        comments: dict[str, Remote] | None = None
        for place in dict.fromkeys(link.comment for link in known):
            some = [link for link in known if link.comment == place]
            ready = _ready(some, links)
            try:
                if ready and not place:
                    step = self._mend(step, links, some)
                elif ready and step.remote:
                    if comments is None:
                        number = step.remote.id
                        comments = self._asker.known(Kind.COMMENT, number)
                    self._mend_comment(post, comments, links, some)
            except (SignInFailed, MoveFileError):
                raise
            except MoveError:
                # They lead where they led, and the report says so.
                self._keep(key, some, _kept(some, ready))
        return step

    def _mend(self, step: Step, links: PostLinks, known: list[Left]) -> Step:
        remote, key = step.remote, step.key
        assert remote
        now = self._there.read_as(remote, partial(is_as_sent, step))
        if now is None:
            return step  # the check at the end tells of it
        # Whoever gave it another title or other categories shall keep them.
        touched = not is_as_sent(step, now)
        if touched and digest(now.html) not in self._move.text(key).split():
            here = set(hrefs(now.html))
            left = [link for link in known if link.href in here]
            self._keep(key, known, _kept(left, _ready(left, links)))
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
            self._rewrite(remote, changed, step.marker)
            now = self._there.read_as(remote, lambda now: now.html == html)
            if now is None:
                return step
            # Somebody may have been at it at this very moment.
            touched |= print_of(replace(now, html=html)) != print_of(changed)
        ours = remote.print if touched else print_of(now)
        step = self._move.record(step, remote=replace(remote, print=ours))
        left = list(filter(links.is_old, mended.values()))
        self._move.keep_links(key, left, digest(now.html))
        return step

    def _mend_comment(
        self,
        post: Post,
        there: dict[str, Remote],
        links: PostLinks,
        known: list[Left],
    ) -> None:
        """The same of what a reader said, whose words are sent again; so it must stand
        there letter for letter as these words with the links that are known of it."""
        step = self._move.step(Kind.COMMENT, post.key, known[0].comment)
        left = _kept(known, _ready(known, links))
        remote, at = step.remote, there.get(step.marker)
        text: str | None = None
        if remote and at and at.id == remote.id and at.status == "approved":
            # WordPress adds to links that readers have written, and shows only that.
            as_left = is_as_left(step, at)
            sent = self._move.text(post.key, step.key) if as_left else ""
            if new := _said(post, step.key, at, links, known, sent):
                now = self._rewrite(remote, new, step.marker)
                self._move.record(step, remote=replace(remote, print=now.print))
                left = list(filter(links.is_old, map(links.mended, known)))
                text = digest(new.html)
        self._move.keep_links(post.key, left, text, comment=step.key)

    def _rewrite(
        self, remote: Remote, thing: NewPost | NewComment, marker: str
    ) -> Remote:
        rewrite = self._destination.rewrite
        return self._asker.repeat(lambda: rewrite(remote, thing, marker))

    def _keep(self, post: str, known: list[Left], left: list[Left]) -> None:
        """Of these links only those are left, as they are told here."""
        for place in dict.fromkeys(link.comment for link in known):
            before, now = (
                [link for link in some if link.comment == place]
                for some in (known, left)
            )
            if now != before:
                self._move.keep_links(post, now, comment=place)


def is_as_sent(step: Step, now: NewPost) -> bool:
    """Is a finished post as we left it? Killed while it was changed, it may be what it
    was to become; and WordPress takes a photo that somebody deletes out of the posts for
    which it stood."""
    if text_print(now) == step.fingerprint:
        return True
    remote = step.remote
    if not remote or not keeps_rest(remote, as_read(remote, now)):
        return False
    left = [now] if now.featured else [now, *_with_lost(step, now)]
    return remote.print in map(print_of, left)


def _with_lost(step: Step, now: NewPost) -> Iterator[NewPost]:
    """The same with one of the photos that are brought back, which may have stood for
    it."""
    words = step.fingerprint.split()
    for number in words[1:] if words[:1] == [BACK] else ():
        yield replace(now, extra=(number, *now.extra[1:]))


def _said(
    post: Post, key: str, at: Remote, links: PostLinks, known: list[Left], sent: str
) -> NewComment | None:
    """What a comment shall say, if it stands there as we sent it. ``sent``: the print of
    what we did, if it stands as that left it."""
    before = links.before(known)
    # Whether it was repaired on its way was chosen in another round, perhaps.
    for home in (post, repaired(post)):
        for comment in home.comments:
            if comment.key == key:
                new, old = (new_comment(home, comment, 0, to) for to in (links, before))
                as_sent = at.print in (print_of(old), print_of(new))
                if as_sent or digest(old.html) == sent:
                    return new
    return None


def _ready(known: list[Left], links: PostLinks) -> list[Left]:
    """Those of these links that could lead where they shall."""
    return [link for link in known if links.mended(link).href != link.href]


def _kept(known: list[Left], stuck: list[Left]) -> list[Left]:
    """All of these, told apart by whether the text around them is why they stay."""
    return [replace(link, kept=link in stuck) for link in known]
