"""Closing the book on an item: what became of it, written down and told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from wizard.blog import Post
from wizard.destinations import Kind
from wizard.errors import MoveError
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Step

BY_YOU = Trouble("You chose to leave this behind.")
MAY_NOT = Trouble(
    "Your account at the new blog may not add this.",
    "An editor or administrator there may.",
)
NO_POST = Trouble("Its post did not arrive.")
NOT_DONE = Trouble(
    "Its post is at the new blog, but something went wrong with it before this was sent.",
    "What that was stands with the post.",
)
NO_POST_NOW = Trouble("Its post is not at the new blog any more.")
EDITED = Trouble(
    "You changed this post at the new blog, so it was not sent anew.",
    "Comments that are new at the old blog come all the same, and links to what has moved "
    "follow it where the text is as it was sent. What else has changed in the post at the "
    "old blog since, put in by hand if you want it.",
)
LEFT_ALONE = Trouble(
    "Its post was changed at the new blog, and was not sent anew.",
    "Add this there by hand if you want it; nothing of yours was touched.",
)
EARLIER = Trouble(
    "This post was at the new blog already, and differs from what was to be moved now.",
    "An earlier move brought it, or you changed it since; it was left as it is. If "
    "nothing in it is yours, delete it there, and a new move brings it anew.",
)
GONE = Trouble(
    "It was at the new blog and is not there any more.",
    "You or somebody there deleted it, or the blog was set back to an older state. It "
    "is not put back unless you ask for it with “Bring back”.",
)
AGAIN = Trouble(
    "It is at the new blog again, after it was not for a time.",
    "Its post may not show it now: press Retry, and it does.",
)
UNDONE = Trouble("It was taken back from the new blog.")
CHANGED = Trouble(
    "It was changed at the new blog since it was moved.",
    "That stays as it is.",
)
TWICE = Trouble(
    "It is at the new blog more than once.",
    "Look which one you want to keep and delete the other there.",
)
HELD = Trouble(
    "The new blog holds this comment back.",
    "Its spam filter may have done that: look under Comments in its dashboard.",
)
ALONE = Trouble(
    "It stands by itself, as what it answers is not there.",
    "Once that has arrived, too, it is put below it: press Retry.",
)
HIDDEN = Trouble(
    "The new blog took this photo but does not show it.",
    "Its host may need some time. Press Retry; if it stays so, ask the host.",
)
EXPOSED = Trouble(
    "It is public at the new blog, although it was not to be.",
    "A plugin there does that. Make it private there, and switch that plugin off before "
    "you move more.",
)
WITHDRAWN = Trouble(
    "It is public at the new blog, but not at the old one.",
    "If not everybody may read it, make it private there. Moving it once more, with a "
    "tick at it, does that, too, if it can be seen that nobody has changed it there.",
)
UNSAID = Trouble(
    "It is public at the new blog, but not at the old one.",
    "If not everybody may read it, unapprove it there, under Comments. Moving its post "
    "once more, with a tick at it, does that, too, if it can be seen that nobody has "
    "changed it there.",
)
DATED = Trouble(
    "Its date at the new blog is not the one that it has at the old blog.",
    "Somebody changed it at one of them, or dates were read on another clock in a later "
    "round. Set it there by hand if you mind.",
)
LAPSED = Trouble(
    "It waited for a day that has passed, or that is not known, so it is a draft now.",
    "Publish it at the new blog if everybody may read it.",
)
ALTERED = Trouble(
    "The new blog changed this post on arrival.",
    "Have a look at it: a filter there may have removed something.",
)


class Book:
    """The move file together with whoever listens. ``settle``: told of every item that
    is settled and the state it was in before."""

    def __init__(self, move: Move, settle: Callable[[Step, State], None]) -> None:
        self.move = move
        self._settle = settle
        self._told: defaultdict[str, set[tuple[Kind, str]]] = defaultdict(set)

    def end(self, step: Step, state: State, trouble: Trouble | None = None) -> Step:
        """Settle this item."""
        was = step.state
        step = self.move.record(step, state=state, trouble=trouble)
        self._settle(step, was)
        self._told[step.post].add((step.kind, step.key))
        return step

    def close(self, post: Post) -> None:
        """Tell of what stays as an earlier run left it: every item counts in every run."""
        told = self._told.pop(post.key, set())
        items = {(Kind.PHOTO, photo.address) for photo in post.photos}
        items |= {(Kind.COMMENT, comment.key) for comment in post.comments}
        for step in self.move.steps(post.key):
            if step.state is not State.SENT and (step.kind, step.key) in items - told:
                self._settle(step, State.WAITING)

    def refuse(self, step: Step, refusal: MoveError) -> Step:
        """Settle it as refused, keeping what the file learnt meanwhile (how often it
        was asked for decides whether it is looked for before the next try)."""
        known = self.move.step(step.kind, step.post, step.key, step.marker)
        return self.end(known, State.REFUSED, Trouble(refusal.title, refusal.hint))
