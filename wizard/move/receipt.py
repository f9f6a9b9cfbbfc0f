"""The receipt: how every item of the old blog ends – sent, refused, or left out by whom.

It goes by what the old blog holds, not by what was tried: a post that nobody ticked, its
photos and its comments are items, too. As long as a move is under way some are still to
go. Nothing is counted twice or passed over, so the parts add up to the old blog.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from wizard.blog import Post, Status, on_clock
from wizard.destinations import Kind, Remote
from wizard.move.book import BY_YOU, MAY_NOT, UNDONE
from wizard.move.comments_before import Before
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.records import Step

# How an item can end, in the order in which people read it; WAITING: not ended yet.
ENDS = (State.SENT, State.REFUSED, State.LEFT_OUT, State.WAITING)
KINDS = (Kind.POST, Kind.PHOTO, Kind.COMMENT, Kind.CATEGORY, Kind.TAG)
# By whom something is left out: here, by the rules there, or by hand there.
YOU, NEW_BLOG, THERE = "you", "the new blog", "somebody at the new blog"
US = "Moving Day"
NOT_TICKED = "Not ticked."
_LOST = "Neither blog has it any more. It moves if you tick it."
_UNASKED = "It was found when you had chosen already. It moves if you tick it."
_SWITCHED_OFF = {
    Kind.PHOTO: "Photos were switched off.",
    Kind.COMMENT: "Comments were switched off.",
    Kind.CATEGORY: "Categories were switched off.",
    Kind.TAG: "Tags were switched off.",
}
_NO_POST = "No post that bears it arrived."
_NO_REASON = "No reason was given."
_AS_ONE = (
    "There it is “{}”, as names that differ in no more than capital letters become one."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the old blog and its end, ``state`` one of `ENDS`.

    ``name``: a post's title, a comment's author, what a photo is called. ``date``: ISO
    8601 or "". ``home``: where it lived. ``why``: of an item that was sent, what became
    of it there; of one that is still to go, that it was taken back. ``by``: who left it
    out. ``remote``: its new place. ``note``: of one that is there all right, how else.
    """

    kind: Kind
    key: str
    name: str
    date: str
    home: str
    public: bool
    state: State = State.WAITING
    why: str = ""
    by: str = ""
    remote: Remote | None = None
    marker: str = ""
    note: str = ""

    @property
    def taken_back(self) -> bool:
        """It was at the new blog, and the person has undone that."""
        return self.state is State.WAITING and self.why == UNDONE.title

    @property
    def gone(self) -> bool:
        """It was at the new blog and is not there any more."""
        return self.by == THERE


@dataclass(frozen=True, slots=True)
class Group:
    """A post (the first item) and what belongs to it; at the end, without ``post``, the
    categories and tags. ``links``: those that still lead to the old blog."""

    post: Post | None
    items: tuple[Item, ...]
    links: tuple[Left, ...] = ()


@dataclass(slots=True)
class _Term:
    """A category or a tag, and what is true of some post that bears it."""

    name: str
    ticked: bool = False
    sent: bool = False
    waiting: bool = False
    public: bool = False


def groups(move: Move) -> Iterator[Group]:
    """Every item that was found, post by post in the blog's own order."""
    choices = move.choices
    wanted = {Kind.CATEGORY: choices.categories, Kind.TAG: choices.tags}
    terms: dict[tuple[Kind, str], _Term] = {}
    for key, ticked in move.ticks():
        group = of_post(move, key, ticked)
        post = group.post
        assert post
        for kind, names in ((Kind.CATEGORY, post.categories), (Kind.TAG, post.tags)):
            for name in filter(str.strip, names):
                term = terms.setdefault((kind, name.strip()), _Term(name.strip()))
                term.ticked |= ticked
                term.sent |= group.items[0].state is State.SENT
                term.waiting |= group.items[0].state is State.WAITING
                term.public |= group.items[0].public
        yield group
    steps = {(step.kind, _folded(step.key)): step for step in move.steps("")}
    items = tuple(
        _term(kind, term, steps.get((kind, _folded(name))), wanted[kind])
        for (kind, name), term in terms.items()
    )
    yield Group(None, items)


def of_post(move: Move, key: str, ticked: bool) -> Group:
    """One post with all that belongs to it."""
    post = move.post(key)
    steps = {(step.kind, step.key): step for step in move.steps(key)}

    public = post.status is Status.PUBLISH
    zone = ZoneInfo(move.choices.time_zone)

    def item(
        kind: Kind, key: str, name: str, date: datetime | None, home: str = ""
    ) -> Item:
        when = on_clock(date, zone) if date and date.tzinfo else date
        bare = Item(kind, key, name, when.isoformat() if when else "", home, public)
        return _ended(bare, steps.get((kind, _stored(key))), unticked)

    unticked = "" if ticked else _unticked(move, key, steps.get((Kind.POST, key)))
    items = [item(Kind.POST, key, post.title, post.date, post.address)]
    for photo in post.photos:
        name = photo.caption or photo.alt
        items.append(item(Kind.PHOTO, photo.address, name, None, photo.address))
    home = items[0].remote
    for comment in post.comments:
        said = item(Kind.COMMENT, comment.key, comment.author, comment.date)
        items.append(_under(home, said))
    for before in move.comments_before(key):
        step = steps.get((Kind.COMMENT, before.key))
        if before.gone and step and step.state is State.SENT:
            said = _ended(_of_before(before, public), step, unticked)
            items.append(_under(home, said))
    sent = items[0].state is State.SENT
    stands = {step.key for step in steps.values() if step.state is State.SENT} | {""}
    left = tuple(
        link
        for link in (move.left(key) if sent else ())
        if link.leads_away and link.comment in stands
    )
    return Group(post, tuple(items), left)


def _under(home: Remote | None, comment: Item) -> Item:
    """It was added while its post had another address than it has now."""
    remote = comment.remote
    if not home or not remote:
        return comment
    address = f"{home.address}#comment-{remote.id}"
    return replace(comment, remote=replace(remote, address=address))


def _of_before(before: Before, public: bool) -> Item:
    """The old blog does not show it any more, and the new one has it."""
    return Item(Kind.COMMENT, before.key, before.author, before.date, "", public)


def _unticked(move: Move, key: str, step: Step | None) -> str:
    """Why this post has no tick."""
    if key in move.unasked():
        return _UNASKED
    stands = step and (step.state is State.SENT or step.gone)
    return _LOST if not stands and key in move.missed() else NOT_TICKED


def _ended(item: Item, step: Step | None, unticked: str) -> Item:
    """The item with its end, as the step says that was begun for it, if any was.
    ``unticked``: why its post has no tick, "" if it has one."""
    state = step.state if step else State.WAITING
    if step and state is State.SENT:
        why = _words(step.trouble)
        return replace(
            item, state=state, why=why, remote=step.remote, marker=step.marker
        )
    if unticked:
        # Somebody who takes a tick away after a refusal has decided, too.
        by = YOU if unticked == NOT_TICKED else US
        return replace(item, state=State.LEFT_OUT, why=unticked, by=by)
    if step and state is State.REFUSED:
        return replace(item, state=state, why=_words(step.trouble) or _NO_REASON)
    if step and state is State.LEFT_OUT:
        if step.trouble in (None, BY_YOU):
            why = _SWITCHED_OFF.get(item.kind, NOT_TICKED)
            return replace(item, state=state, why=why, by=YOU)
        by = NEW_BLOG if step.trouble == MAY_NOT else THERE
        return replace(item, state=state, why=_words(step.trouble), by=by)
    return replace(item, why=_words(step.trouble)) if step else item


def _term(kind: Kind, term: _Term, step: Step | None, wanted: bool) -> Item:
    """``step``: of the name or of one that is equal to it at WordPress."""
    item = Item(kind, term.name, term.name, "", "", term.public)
    same = step is not None and step.key.strip() == _stored(term.name)
    if step and step.state is State.SENT and not same and not term.sent:
        step = None  # that other one was sent, and no post that bears this
    if step is None and term.ticked and not wanted:
        why = _SWITCHED_OFF[kind]
        return replace(item, state=State.LEFT_OUT, why=why, by=YOU)
    if step is None and term.sent:
        # Moves of older versions kept no book of terms; a post has its own with it.
        return replace(item, state=State.SENT)
    to_go = step is None or step.state is State.WAITING
    if step and to_go and step.trouble == UNDONE and not term.waiting:
        # No post is to go that would bring it again.
        return replace(item, state=State.LEFT_OUT, why=_words(UNDONE), by=YOU)
    if to_go and term.ticked and not term.waiting and not term.sent:
        return replace(item, state=State.REFUSED, why=_NO_POST)
    ended = _ended(item, step, "" if term.ticked else NOT_TICKED)
    if step and ended.state is State.SENT and not ended.why:
        # Where it stood already, it may be written otherwise as well.
        shown = step.remote.shown if step.remote else ""
        there = step.key if not same else "" if shown == step.marker else shown
        return replace(ended, note=_AS_ONE.format(there) if there else "")
    return ended


def _words(trouble: Trouble | None) -> str:
    return f"{trouble.title} {trouble.hint}".strip() if trouble else ""


def _folded(name: str) -> str:
    """What `wizard.move.terms` makes one of: names that differ in case or in spaces."""
    return _stored(name.strip().casefold())


def _stored(key: str) -> str:
    """The key as the move file holds it, which takes no half characters."""
    return key.encode("utf-8", "backslashreplace").decode()
