"""How a post shall stand at the new blog: as what it begins, and its status, its name there
and its picture once it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from wizard.blog import PUBLIC, Post, Status, to_json
from wizard.content.cleaning import clean_comment
from wizard.content.composing import Placed
from wizard.content.links import shown
from wizard.destinations import Kind, NewPost, digest
from wizard.move.choices import Choices, arriving
from wizard.move.slugs import numbered
from wizard.move.terms import Terms


class Wanted:
    """What the person's choices make of the posts of one move. ``turns``: see
    `wizard.move.slugs.turns`."""

    def __init__(self, choices: Choices, terms: Terms) -> None:
        self._choices = choices
        self._authors = dict(choices.authors)
        self._terms = terms
        self.turns: Mapping[str, int] = {}

    def at_first(self, post: Post, mark: str) -> NewPost:
        """A draft without any words, with its terms, which are made if need be."""
        return NewPost(
            title=post.title,
            html=f"<!-- moving-day:{mark} -->",
            date=post.date,
            status=Status.DRAFT,
            slug=mark,
            excerpt=clean_comment(post.excerpt),
            categories=self._terms.ids(Kind.CATEGORY, post.categories),
            tags=self._terms.ids(Kind.TAG, post.tags),
            sticky=post.sticky,
            pings=post.pings,
        )

    def at_last(self, post: Post, new: NewPost, slug: str, status: Status) -> NewPost:
        """``slug``: the one that it has there, or "" for the one that it shall get."""
        return replace(
            new,
            slug=slug or self._slug(post),
            status=status,
            author=self._authors.get(post.author, ""),
            closed=post.closed,
        )

    def status(self, post: Post, now: str) -> Status:
        """Which status it gets; ``now``: the one that it has there. A post that waited
        for a day that is past by now, or not told, is not made public by accident."""
        status = arriving(post.status, self._choices.status)
        if status is not Status.FUTURE or now in PUBLIC:
            return status
        ahead = post.date is not None and post.date > datetime.now(UTC)
        return status if ahead else Status.DRAFT

    def is_lapsed(self, post: Post, status: Status) -> bool:
        """Did it get this status because its day is past?"""
        return status != arriving(post.status, self._choices.status)

    def first_shown(self, post: Post, placed: Mapping[str, Placed], html: str) -> int:
        """The number of the first picture that is shown, to stand for the post."""
        if not self._choices.featured:
            return 0
        seen = shown(html)
        homes = map(placed.get, (photo.address for photo in post.photos))
        pictures = (home for home in homes if home and home.shown in seen)
        return next((home.id for home in pictures if home.id), 0)

    def source_print(self, post: Post, missing: tuple[str, ...] = ()) -> str:
        """The same as long as nothing is wanted otherwise. ``missing``: categories and
        tags that it has to do without."""
        # What links call a comment changes nothing of it, and was not always known.
        comments = tuple(replace(each, names=()) for each in post.comments)
        post = replace(post, comments=comments, held=(), unsure=())
        # Earlier versions took all categories of one name for one.
        sharing = self._terms.sharing(post.categories)
        whole = to_json(post) + self._choices.to_json()
        return digest(whole, *sharing, *(f"without {name}" for name in missing))

    def _slug(self, post: Post) -> str:
        turn = 0 if post.slug else self.turns.get(post.key, 0)
        return numbered(post.title, turn) if turn else post.slug
