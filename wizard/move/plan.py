"""What a move will do, in numbers, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.destinations import Kind, Site
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.records import Row


@dataclass(frozen=True, slots=True)
class Plan:
    """Counts of chosen things that are still to be moved. ``photos`` can be sent,
    ``photos_missing`` cannot; ``comments_elsewhere`` exist but are not in the source.
    ``pings``: of all comments there, those that other blogs made by themselves.
    ``posts_before``: so many chosen posts were moved before."""

    posts: int
    photos: int
    photos_missing: int
    comments: int
    comments_elsewhere: int
    categories: int
    undated: int
    pings: int = 0
    posts_before: int = 0

    @property
    def sentence(self) -> str:
        """Such as "24 posts with 40 photos and 31 comments will be moved."."""
        if not self.posts and not self.posts_before:
            return "Nothing is chosen, so nothing will be moved."
        along = [many(self.photos, "photo")] if self.photos else []
        along += [many(self.comments, "comment")] if self.comments else []
        also = " and ".join(along)
        if self.posts:
            also = f"{many(self.posts, 'post')}{' with ' if also else ''}{also}"
        return f"{also or 'Nothing new'} will be moved."

    @property
    def before(self) -> str:
        """What becomes of the posts that were moved before; "" if there are none."""
        if not self.posts_before:
            return ""
        was, them = ("was", "it") if self.posts_before == 1 else ("were", "them")
        every = "All " if self.posts_before > 2 and not self.posts else ""
        return (
            f"{every}{many(self.posts_before, 'post')} {was} moved before; of {them} only "
            "what has changed is sent."
        )


def plan(move: Move, carries: frozenset[Kind]) -> Plan:
    """What the choices in ``move`` mean for a destination that ``carries`` this."""
    chosen, moved = [row for row in move.rows() if row.chosen], move.moved(gone=True)
    rows = [row for row in chosen if Kind.POST not in moved.get(row.key, {})]
    choices = move.choices

    def left(row: Row, kind: Kind, number: int) -> int:
        if row.state is State.LEFT_OUT:
            return 0  # its post was taken away at the new blog
        return max(0, number - moved.get(row.key, {}).get(kind, 0))

    photos = comments = 0
    if choices.photos and Kind.PHOTO in carries:
        found = ((row, row.photos - row.photos_missing) for row in chosen)
        photos = sum(left(row, Kind.PHOTO, number) for row, number in found)
    if choices.comments and Kind.COMMENT in carries:
        comments = sum(left(row, Kind.COMMENT, row.comments) for row in chosen)
    categories = choices.categories and Kind.CATEGORY in carries
    names = {name for row in rows for name in row.categories}
    return Plan(
        posts=len(rows),
        photos=photos,
        photos_missing=sum(row.photos_missing for row in rows),
        comments=comments,
        comments_elsewhere=sum(row.comments_elsewhere for row in rows),
        categories=len(names) if categories else 0,
        undated=sum(not row.date for row in rows),
        pings=int(move.noted("pings") or 0) if comments else 0,
        posts_before=len(chosen) - len(rows),
    )


def of_pings(number: int, site: Site) -> str:
    """What becomes of pingbacks; "" where there is nothing to say."""
    if not number or site.anybody:
        return ""
    stay = "is now a comment" if number == 1 else "are now comments"
    return (
        f"{many(number, 'pingback')} of other blogs {stay} like any other, as WordPress "
        "takes none from programs."
    )


def many(number: int, thing: str) -> str:
    """Such as "1 photo", "1,204 photos" or "3 categories"."""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {f'{thing[:-1]}ies' if thing.endswith('y') else f'{thing}s'}"
