"""What a move will do, in numbers, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.destinations import Kind, Site
from wizard.move.file import Move


@dataclass(frozen=True, slots=True)
class Plan:
    """Counts of chosen things. ``photos`` can be sent, ``photos_missing`` cannot;
    ``comments_elsewhere`` exist but are not in the source. ``pings``: of all comments
    there, those that other blogs made by themselves."""

    posts: int
    photos: int
    photos_missing: int
    comments: int
    comments_elsewhere: int
    categories: int
    undated: int
    pings: int = 0

    @property
    def sentence(self) -> str:
        """Such as "24 posts with 40 photos and 31 comments will be moved."."""
        along = [many(self.photos, "photo")] if self.photos else []
        along += [many(self.comments, "comment")] if self.comments else []
        having = f" with {' and '.join(along)}" if along else ""
        return f"{many(self.posts, 'post')}{having} will be moved."


def plan(move: Move, carries: frozenset[Kind]) -> Plan:
    """What the choices in ``move`` mean for a destination that ``carries`` this."""
    rows = [row for row in move.rows() if row.chosen]
    choices = move.choices
    photos = choices.photos and Kind.PHOTO in carries
    comments = choices.comments and Kind.COMMENT in carries
    categories = choices.categories and Kind.CATEGORY in carries
    names = {name for row in rows for name in row.categories}
    return Plan(
        posts=len(rows),
        photos=sum(row.photos - row.photos_missing for row in rows) if photos else 0,
        photos_missing=sum(row.photos_missing for row in rows),
        comments=sum(row.comments for row in rows) if comments else 0,
        comments_elsewhere=sum(row.comments_elsewhere for row in rows),
        categories=len(names) if categories else 0,
        undated=sum(not row.date for row in rows),
        pings=int(move.noted("pings") or 0) if comments else 0,
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
