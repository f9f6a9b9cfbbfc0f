"""Undoing: what a move made is taken away again, and nothing that people have touched.

Every part of it may be repeated, so it is safe to kill: what is gone already is gone.
Undone items are waiting again, as if they had never been moved; what people have deleted
there stays deleted.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice

from wizard.destinations import NEW, Destination, Kind, Remote
from wizard.errors import NotAllowed, Refused
from wizard.move.asking import Asker
from wizard.move.book import GONE, UNDONE
from wizard.move.crew import Crew
from wizard.move.events import Began, Event, ItemSettled, State, Trouble
from wizard.move.file import Move
from wizard.move.patience import Patience, Stopped
from wizard.move.plan import many
from wizard.move.presence import Presence
from wizard.move.records import Step
from wizard.move.standing import keeps_rest
from wizard.move.terms import height, tree
from wizard.move.verdict import listed, verdict

_KINDS = (Kind.POST, Kind.COMMENT, Kind.PHOTO, Kind.CATEGORY, Kind.TAG)
_AT_ONCE = 300
BEGUN = "undoing"
KEPT = Trouble(
    "It was changed at the new blog since it was moved, so it stays there.",
    "Delete it there if you do not want it.",
)
ANSWERED = Trouble(
    "Somebody has commented on it at the new blog, so it stays there.",
    "Delete it there if you do not want it.",
)
USED = Trouble("Something else at the new blog uses it, so it stays there.")
EARLIER = Trouble(
    "This move found it at the new blog already, so it stays there.",
    "An earlier move brought it, or the file that remembered it was lost. Delete it "
    "there if you do not want it.",
)
UNSEEN = Trouble(
    "It stays there, as what others have not published may use it, and your account does "
    "not see that.",
    "Delete it there if nothing needs it, or take the move back once more as an editor "
    "or administrator.",
)
STAYS = (KEPT, ANSWERED, USED, EARLIER, UNSEEN)


def undo(
    move: Move,
    destination: Destination,
    stop: threading.Event,
    *,
    patience: Patience | None = None,
) -> Generator[Event, None, None]:
    """Take away what this move made: posts and comments go to the trash, photos and
    empty categories and tags, which have none, for good.

    ``destination`` has been checked. Events as of `wizard.move.engine.run`; what stays
    is told with its reason, what is taken away is *waiting* again.
    """
    patience = patience or Patience()
    total = sum(1 for kind in _KINDS for step in move.all_steps(kind) if step.remote)
    yield Began(total, 0)
    with Crew(stop, 1) as crew:
        asker = Asker(move, destination, crew.halt, crew.tell, patience)
        presence = Presence(move, destination, asker, patience, crew.give_up)
        work = _Undoing(move, destination, asker, crew.halt)

        def take_back() -> None:
            if Kind.COMMENT not in destination.carries:
                raise NotAllowed(
                    "This account does not see all comments at the new blog, so nobody "
                    "can tell under which posts somebody has written since.",
                    "Sign in there as an editor or administrator, then take the move back "
                    "once more. Nothing was touched.",
                )
            presence.begin(frozenset())
            move.note(BEGUN, "yes")
            for done, step in enumerate(work.settled(), 1):
                why = step.trouble
                crew.tell(
                    ItemSettled(
                        step.kind, step.key, step.post, step.state, why, done, total
                    )
                )

        def end() -> None:
            presence.end()
            asker.finish()

        with closing(presence):
            yield from crew.work(take_back)
            yield from crew.work(end)
        done = not crew.ends
    told = verdict(move)
    if done:
        move.note(BEGUN, "")
        sentence = work.sentence(move.noted("destination"))
        told = replace(told, sentence=sentence, complete=not work.stays.total())
    yield crew.ended(told)


class _Undoing:
    """One undoing. ``gone``, ``stays``: how many of each kind."""

    def __init__(
        self,
        move: Move,
        destination: Destination,
        asker: Asker,
        halt: threading.Event,
    ) -> None:
        self._move = move
        self._destination = destination
        self._asker = asker
        self._halt = halt
        self._above = tree(move)
        self._missed = frozenset(move.missed())
        self._homes: set[str] = set()  # posts that stay, with all that is in them
        self._goes_on = bool(move.noted(BEGUN))
        # What was taken back before it was stopped counts, too.
        self.gone = Counter(
            step.kind
            for kind in _KINDS
            for step in (move.all_steps(kind) if self._goes_on else ())
            if step.trouble == UNDONE and not step.remote
        )
        self.stays: Counter[Kind] = Counter()

    def settled(self) -> Iterator[Step]:
        """Every item as it is afterwards, as soon as that is written down."""
        for part in (self._posts, self._comments, self._photos, self._terms):
            for step in part():
                yield step
                if self._halt.is_set():
                    raise Stopped

    def sentence(self, place: str) -> str:
        gone = [many(self.gone[kind], str(kind)) for kind in _KINDS if self.gone[kind]]
        stays = [many(n, str(kind)) for kind, n in self.stays.items() if n]
        parts = [f"{listed(gone)} {_were(self.gone)} taken back from {place}."]
        if not gone:
            parts = [f"Nothing was taken back from {place}."]
        if stays:
            parts.append(f"{listed(stays)} {_stay(self.stays)} there.")
        return " ".join(parts)

    def _posts(self) -> Iterator[Step]:
        copies = self._asker.copies(Kind.POST)
        steps = self._standing(Kind.POST)
        while some := list(islice(steps, _AT_ONCE)):
            answered = self._answered(some)
            for step in some:
                there = {at.id: at for at in copies.get(step.marker, [])}
                remote = step.remote
                assert remote
                now = there.get(remote.id) or self._asker.repeat(
                    partial(self._there, remote)
                )
                if now is None:
                    yield from self._missing(step)
                elif not step.attempts:
                    yield self._kept(step, EARLIER)
                elif not self._untouched(step, now):
                    yield self._kept(step, KEPT)
                elif step.post in answered:
                    yield self._kept(step, answered[step.post])
                elif refusal := self._refused(remote):
                    yield self._kept(step, refusal)
                else:
                    yield from self._with_comments(step)

    def _with_comments(self, step: Step) -> list[Step]:
        """A post has taken its comments along. Whoever stops now and goes on with the
        move instead gets all of them again."""
        said = self._said(step)
        return [self._undone(each) for each in (*said, step) if not each.gone]

    def _said(self, step: Step) -> list[Step]:
        """The comments of a post; a photo has none."""
        steps = self._move.steps(step.post) if step.kind is Kind.POST else []
        return [each for each in steps if each.kind is Kind.COMMENT and each.remote]

    def _missing(self, step: Step) -> list[Step]:
        """What somebody has taken away there comes back only when they ask for it. This
        undo may have done so itself, if it was stopped."""
        ours = self._goes_on or not self._destination.shared
        if ours and not step.gone:
            return self._with_comments(step)
        lost = partial(self._move.record, state=State.LEFT_OUT, trouble=GONE)
        return [lost(each) for each in (*self._said(step), step)]

    def _comments(self) -> Iterator[Step]:
        for step in self._standing(Kind.COMMENT):
            home = self._move.step(Kind.POST, step.post, step.post)
            if home.gone:
                continue
            if step.gone:
                yield step
            elif home.remote is None:
                yield self._undone(step)  # it went with its post
            elif home.attempts or not step.attempts:
                yield self._kept(step, EARLIER if not step.attempts else None)
            else:
                found = self._asker.copies(Kind.COMMENT, home.remote.id)
                there = {at.id: at for at in found.get(step.marker, [])}
                now = there.get(step.remote.id) if step.remote else None
                if now is None:
                    # Where a blog was set back, others have our numbers by now.
                    yield self._undone(step)
                elif step.remote and now.print != step.remote.print:
                    yield self._kept(step, KEPT)
                else:
                    yield self._taken(step)

    def _photos(self) -> Iterator[Step]:
        steps = self._standing(Kind.PHOTO)
        taken: set[int] = set()  # several posts may show one
        while some := list(islice(steps, _AT_ONCE)):
            markers = dict.fromkeys(step.marker for step in some)
            found = self._asker.copies(Kind.PHOTO, *markers)
            for step in some:
                there = {at.id: at for at in found.get(step.marker, [])}
                twins = self._move.bearing(step.marker)
                number = step.remote.id if step.remote else 0
                now = there.get(number)
                if number in taken:
                    yield self._undone(step)
                elif step.gone or not (now or self._shown(step)):
                    yield from self._missing(step)
                elif any(twin.post in self._homes for twin in twins):
                    yield self._kept(step, None)
                elif not any(twin.attempts for twin in twins):
                    yield self._kept(step, EARLIER)
                elif now is None or (step.remote and now.print != step.remote.print):
                    yield self._kept(step, KEPT)
                elif step.remote and (why := self._needed(step.remote)):
                    yield self._kept(step, why)
                else:
                    step = self._taken(step)
                    taken.update(() if step.remote else (number,))
                    yield step

    def _terms(self) -> Iterator[Step]:
        for kind in (Kind.CATEGORY, Kind.TAG):
            # One that others stand below is needed until they are gone.
            steps = self._standing(kind)
            for step in sorted(steps, key=lambda each: -height(self._above, each.key)):
                remote = step.remote
                assert remote
                if remote.status != NEW:
                    yield self._kept(step, EARLIER)
                elif why := self._needed(remote):
                    yield self._kept(step, why)
                else:
                    yield self._taken(step)

    # One item

    def _needed(self, remote: Remote) -> Trouble | None:
        """Why a thing has to stay that others may use, if it has to."""
        unused = self._asker.repeat(partial(self._destination.is_unused, remote))
        if unused is None:
            return UNSEEN
        return None if unused else USED

    def _shown(self, step: Step) -> bool:
        """Is a photo there, although nothing bears its marker?"""
        shows = partial(self._destination.shows, step.remote or Remote(step.kind, 0))
        return self._asker.repeat(shows)

    def _standing(self, kind: Kind) -> Iterator[Step]:
        return (step for step in self._move.all_steps(kind) if step.remote)

    def _there(self, remote: Remote) -> Remote | None:
        """A post whose text has lost our marker, if it is there at all."""
        there = self._destination.read(remote)
        return replace(remote, print="?") if there else None

    def _untouched(self, step: Step, now: Remote) -> bool:
        if step.state is State.SENT:
            left = step.remote
            return bool(left and left.print == now.print and keeps_rest(left, now))
        # It was never finished, and is ours as long as it bears the marker as name; or
        # has its own already, and is as we left it just before it became public.
        last = step.remote.print if step.remote and step.fingerprint else ""
        return now.slug.startswith(step.marker) or last == now.print != ""

    def _answered(self, posts: list[Step]) -> dict[str, Trouble]:
        """The posts under which stands what this move did not bring as it is."""
        answered = {}
        known = self._asker.copies(
            Kind.COMMENT, *[step.remote.id for step in posts if step.remote]
        )
        ours = {
            item.marker: item.remote.print
            for step in posts
            for item in self._move.steps(step.post)
            if item.kind is Kind.COMMENT and item.remote
        }
        if _strange(known, ours):
            for step in posts:
                assert step.remote
                under = self._asker.copies(Kind.COMMENT, step.remote.id)
                if why := _strange(under, ours):
                    answered[step.post] = why
        return answered

    def _taken(self, step: Step) -> Step:
        assert step.remote
        refusal = self._refused(step.remote)
        return self._kept(step, refusal) if refusal else self._undone(step)

    def _refused(self, remote: Remote) -> Trouble | None:
        """Take it away; gives the reason if that may not be."""
        try:
            self._asker.repeat(partial(self._destination.delete, remote))
        except (Refused, NotAllowed) as refusal:
            return Trouble(refusal.title, refusal.hint)
        return None

    def _undone(self, step: Step) -> Step:
        self.gone[step.kind] += 1
        fresh = Step(step.kind, step.post, step.key, step.marker)
        if step.kind is Kind.POST and step.post in self._missed:
            # The old blog has it no more: nobody shall make it public by going on.
            self._move.choose([step.post], False)
        return self._move.record(fresh, trouble=UNDONE)

    def _kept(self, step: Step, why: Trouble | None) -> Step:
        if step.kind is Kind.POST:
            self._homes.add(step.post)
        if why is EARLIER and step.kind in (Kind.CATEGORY, Kind.TAG):
            return step  # it was there before, and is none of this move's
        self.stays[step.kind] += 1
        return self._move.record(step, trouble=why or step.trouble)


def _strange(known: dict[str, list[Remote]], ours: dict[str, str]) -> Trouble | None:
    """What people have done among these comments, if anything."""
    seen = [
        (mark, remote)
        for mark, remotes in known.items()
        for remote in remotes
        if remote.status not in ("spam", "trash")
    ]
    if any(mark not in ours for mark, _ in seen):
        return ANSWERED
    if any(remote.print != ours[mark] for mark, remote in seen):
        return KEPT
    return None


def _were(items: Counter[Kind]) -> str:
    return "was" if items.total() == 1 else "were"


def _stay(items: Counter[Kind]) -> str:
    return "stays" if items.total() == 1 else "stay"
