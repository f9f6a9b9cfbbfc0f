"""Checking: is everything that was sent still there, once each, and as it was sent?

At the end of a move it is the audit, which also takes away what a late request left
behind; at any later time it finds what people changed or deleted at the new blog.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from secrets import token_hex

from wizard.blog import PUBLIC, Status
from wizard.destinations import Destination, Kind, Remote
from wizard.errors import MoveError
from wizard.move.asking import Asker
from wizard.move.book import (
    AGAIN,
    ALTERED,
    CHANGED,
    DATED,
    EARLIER,
    EDITED,
    EXPOSED,
    GONE,
    HELD,
    HIDDEN,
    TWICE,
    UNSAID,
    WITHDRAWN,
)
from wizard.move.clocks import Moments
from wizard.move.crew import Crew
from wizard.move.events import Began, Event, ItemSettled, State, Trouble
from wizard.move.file import Move
from wizard.move.markers import is_marker
from wizard.move.patience import Patience
from wizard.move.records import Step
from wizard.move.standing import as_read, keeps_discussion
from wizard.move.undoing import STAYS
from wizard.move.unsaid import Looks
from wizard.move.verdict import verdict
from wizard.move.withdrawn import withdrawn

_KINDS = (Kind.POST, Kind.PHOTO, Kind.COMMENT)
Finding = tuple[Step, State, Trouble | None]
Copies = Mapping[str, list[Remote]]
# What an earlier check found, which a new one finds out for itself.
_FOUND = (AGAIN, CHANGED, DATED, EDITED, GONE, HELD, HIDDEN, TWICE, UNSAID, WITHDRAWN)
# And why an undo left it there.
_OVER = (*_FOUND, *STAYS)
# What is known already of a post that does not stand there as it was sent.
_KNOWN = (ALTERED, EARLIER, EDITED, EXPOSED)
_AT_ONCE = 300
# Of photos fewer: so many are looked at again after a kill.
_PHOTOS_AT_ONCE = 40
_CONNECTIONS = 4
_AUDIT = "audit"


def verify(
    move: Move,
    destination: Destination,
    stop: threading.Event,
    *,
    patience: Patience | None = None,
) -> Generator[Event, None, None]:
    """Look at everything that was sent and write down how it stands; changes nothing
    at the destination, which has been checked. Events as of `wizard.move.engine.run`.
    """
    total = sum(1 for kind in _KINDS for _ in sent(move, kind))
    yield Began(total, 0)
    with Crew(stop, _CONNECTIONS) as crew:
        asker = Asker(move, destination, crew.halt, crew.tell, patience or Patience())

        def look() -> None:
            found = findings(move, destination, asker, crew, tidy=False)
            for done, (step, state, trouble) in enumerate(found, 1):
                if (step.state, step.trouble) != (state, trouble):
                    move.record(step, state=state, trouble=trouble)
                crew.tell(
                    ItemSettled(
                        step.kind, step.key, step.post, state, trouble, done, total
                    )
                )

        yield from crew.work(look)
    yield crew.ended(verdict(move))


def sent(move: Move, kind: Kind) -> Iterator[Step]:
    """Every item that stood at the destination when it was last looked at or sent."""
    for step in move.all_steps(kind):
        if step.remote and (step.state is State.SENT or step.gone):
            yield step


def findings(
    move: Move,
    destination: Destination,
    asker: Asker,
    crew: Crew,
    *,
    tidy: bool,
    posts: Copies | None = None,
) -> Iterator[Finding]:
    """How every item that was sent stands now. ``tidy``: take copies away that nobody
    but us can have made. ``posts``: where they stand, if that is known. Asks for many
    at once."""
    copies = asker.copies(Kind.POST) if posts is None else posts
    yield from _posts(move, destination, asker, copies, tidy)
    yield from _photos(move, destination, asker, crew, tidy)
    yield from _comments(move, asker, tidy)
    if tidy:
        _tidy_terms(move, destination, asker)


def _posts(
    move: Move, destination: Destination, asker: Asker, copies: Copies, tidy: bool
) -> Iterator[Finding]:
    # Where a blog was set back, others of ours have our numbers by now.
    taken = {at.id for remotes in copies.values() for at in remotes}
    not_for_all, was, moments = withdrawn(move), dict(move.statuses()), Moments(move)
    for step in sent(move, Kind.POST):
        remote = _remote(step)
        here, others = _split(copies.get(step.marker, []), remote)
        now, away = None, here is None and (step.gone or remote.id in taken)
        if not away and (here is None or _is_news(step, here, moments)):
            # A list may be of a moment ago, or an answer to somebody else.
            now = asker.repeat(partial(destination.read, remote))
            away = now is None
        if now and step.marker in now.html:
            here = as_read(here or remote, now)
        if away:
            yield step, State.LEFT_OUT, GONE
        elif here:
            step = _placed(move, step, here, was.get(step.key, ""))
            found = _found(step, here, _left(asker, step, others, tidy))
            found = *found[:2], moments.at(step, here, found[2])
            yield _seen(move, found, here.status, step.key in not_for_all)
        elif now:
            # Whoever took our marker out of its text has changed it.
            found = step, State.SENT, CHANGED
            yield _seen(move, found, now.status, step.key in not_for_all)


def _placed(move: Move, step: Step, here: Remote, was: str) -> Step:
    """People may have given it another address, or published it: links and redirects
    lead there from now on. ``was``: its status at the old blog."""
    remote = _remote(step)
    may_be = was == Status.PUBLISH or remote.status in PUBLIC
    public = may_be and here.status == Status.PUBLISH
    status = here.status if public else remote.status
    now = replace(remote, address=here.address or remote.address, status=status)
    return step if now == remote else move.record(step, remote=now)


def _seen(move: Move, found: Finding, status: str, hidden: bool) -> Finding:
    """The same of a post with this status there. ``hidden``: the old blog does not
    show to everybody what we left public."""
    step, state, trouble = found
    if status in PUBLIC:
        told = WITHDRAWN if hidden and trouble != EXPOSED else trouble
        return step, state, told
    if step.remote and step.remote.status in PUBLIC:
        # Somebody has hidden it there.
        step = move.record(step, remote=replace(step.remote, status=str(status)))
    return step, state, trouble


def _photos(
    move: Move, destination: Destination, asker: Asker, crew: Crew, tidy: bool
) -> Iterator[Finding]:
    # An audit that is killed goes on where it was: what it has seen says so.
    audit = _audit(move) if tidy else ""
    steps, look = sent(move, Kind.PHOTO), destination.shows
    unseen = (step for step in steps if not audit or step.fingerprint != audit)
    shown: dict[str, bool] = {}  # by address: numbers are given anew
    while some := list(islice(unseen, _PHOTOS_AT_ONCE)):
        copies = asker.copies(Kind.PHOTO, *dict.fromkeys(step.marker for step in some))
        kept = {at.id for step in some for at in _bearing(move, step)}
        new = {at.address: at for at in map(_remote, some) if at.address not in shown}
        looks = crew.each(lambda at: asker.repeat(partial(look, at)), new.values())
        sights = zip(new, looks, strict=True)
        for step in some:
            remote = _remote(step)
            while remote.address not in shown:
                place, sight = next(sights)
                shown[place] = sight
            here, others = _split(copies.get(step.marker, []), remote)
            others = [other for other in others if other.id not in kept]
            if here is None and not shown[remote.address]:
                yield step, State.LEFT_OUT, GONE
            elif not shown[remote.address]:
                yield step, State.REFUSED, HIDDEN
            else:
                left = _left(asker, step, others, tidy)
                found = _found(step, here or remote, left)
                if step.gone:
                    found = _found_again(move, found)
                yield found
                if audit:
                    _, state, trouble = found
                    move.record(step, state=state, trouble=trouble, fingerprint=audit)
    if audit:
        move.note(_AUDIT, "")


def _found_again(move: Move, found: Finding) -> Finding:
    """Its post, written anew meanwhile, may have been told to do without it."""
    step, state, trouble = found
    post = move.step(Kind.POST, step.post, step.post)
    if post.state is State.SENT:
        move.record(post, fingerprint="")
    return step, state, trouble or AGAIN


def _audit(move: Move) -> str:
    """The name of the audit that is under way."""
    if not move.noted(_AUDIT):
        move.note(_AUDIT, f"seen {token_hex(4)}")
    return move.noted(_AUDIT)


def _comments(move: Move, asker: Asker, tidy: bool) -> Iterator[Finding]:
    # Posts that were not finished are there, too, and their first comments with them.
    homes = {
        step.post: step.remote.id
        for step in move.all_steps(Kind.POST)
        if step.remote and not step.gone
    }
    posts = iter(dict.fromkeys(step.post for step in sent(move, Kind.COMMENT)))
    moments, looks = Moments(move), Looks(move)  # how their posts stand is known by now
    while some := list(islice(posts, _AT_ONCE)):
        numbers = [homes[post] for post in some if post in homes]
        steps = [
            step
            for post in some
            for step in move.steps(post)
            if step.kind is Kind.COMMENT and step.remote
            if step.state is State.SENT or step.gone
        ]
        copies = asker.copies(Kind.COMMENT, *numbers)
        if any(_is_news(step, _here(step, copies), moments) for step in steps):
            # A list may be of a moment ago, or an answer to somebody else.
            copies |= asker.copies(Kind.COMMENT, *numbers)
        there = {
            at.id
            for mark, remotes in copies.items()
            for at in remotes
            if not is_marker(mark)
        }
        for step in steps:
            remote = _remote(step)
            here, others = _split(copies.get(step.marker, []), remote)
            if here is None and remote.id in there:
                # Some programs that edit comments put their own name to them.
                yield step, State.SENT, CHANGED
            elif here is None or here.status == "trash":
                yield step, State.LEFT_OUT, GONE
            else:
                left = _left(asker, step, others, tidy)
                step, state, trouble = _found(step, here, left)
                trouble = moments.at(step, here, trouble)
                step, trouble = looks.at(step, here, trouble)
                yield step, state, trouble


def _tidy_terms(move: Move, destination: Destination, asker: Asker) -> None:
    """Of a name that had to be asked for again there may be a late second one."""
    for kind in (Kind.CATEGORY, Kind.TAG):
        for step in move.all_steps(kind):
            if step.attempts < 2 or not step.remote:
                continue
            found = asker.repeat(partial(destination.find, kind, step.marker))
            here, others = _split(found, step.remote)
            for copy in others:
                late = here and copy.parent == here.parent and copy.id > here.id
                unused = partial(destination.is_unused, copy)
                if late and asker.repeat(unused):
                    asker.repeat(partial(destination.delete, copy))


def _found(step: Step, here: Remote, left: list[Remote]) -> Finding:
    """It is there; what is there to say about it?"""
    remote = _remote(step)
    # Where it is not known how it was sent, nobody can see that it was changed.
    unseen = not remote.print and step.trouble in (CHANGED, EDITED)
    before = None if step.trouble in _OVER and not unseen else step.trouble
    if _is_changed(remote, here):
        return step, State.SENT, step.trouble if step.trouble in _KNOWN else CHANGED
    if left:
        return step, State.SENT, TWICE
    if here.kind is Kind.COMMENT and here.status != "approved":
        return step, State.SENT, HELD
    return step, State.SENT, before


def _is_news(step: Step, here: Remote | None, moments: Moments) -> bool:
    """Is there more to say of it than when it was last looked at?"""
    remote = _remote(step)
    if here is None or here.status == "trash":
        return not step.gone
    if here.kind is Kind.COMMENT and here.status not in ("approved", remote.status):
        return True
    if step.trouble is None and moments.at(step, here, None):
        return True
    return _is_changed(remote, here) and step.trouble not in (*_KNOWN, CHANGED)


def _is_changed(left: Remote, here: Remote) -> bool:
    told = left.print and here.print
    return bool(told and left.print != here.print) or not keeps_discussion(left, here)


def _here(step: Step, copies: Copies) -> Remote | None:
    return _split(copies.get(step.marker, []), _remote(step))[0]


def _left(asker: Asker, step: Step, copies: list[Remote], tidy: bool) -> list[Remote]:
    """Those of the copies that stay."""
    if copies and tidy:
        # A late request makes a later one; what is older an earlier move has brought.
        ours = _remote(step).id
        late = [c for c in copies if c.kind is not Kind.PHOTO or c.id > ours]
        taken = asker.take_away(step.marker, late)
        copies = [] if taken == len(copies) else copies
    return copies


def _split(copies: list[Remote], remote: Remote) -> tuple[Remote | None, list[Remote]]:
    """The one that was recorded, as it is now, and the others."""
    here = next((copy for copy in copies if copy.id == remote.id), None)
    return here, [copy for copy in copies if copy.id != remote.id]


def _bearing(move: Move, step: Step) -> list[Remote]:
    return [twin.remote for twin in move.bearing(step.marker) if twin.remote]


def _remote(step: Step) -> Remote:
    if step.remote is None:
        raise MoveError(f"Nothing is known about where {step.key} went.")
    return step.remote
