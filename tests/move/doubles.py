"""An old blog and a new blog in memory, which keep what a real one would keep."""

from __future__ import annotations

import io
import itertools
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PIL import Image

from tests.move.fates import Fate, well
from wizard.blog import Blog, Comment, Photo, Post, Status
from wizard.credentials import Field
from wizard.destinations import (
    NEW,
    Kind,
    NewComment,
    NewPhoto,
    NewPost,
    NewTerm,
    Person,
    Remote,
    Site,
    Thing,
    digest,
    moment,
    print_of,
)
from wizard.errors import (
    PhotoMissing,
    Refused,
)
from wizard.move.patience import Patience

HASTY = Patience(settle=0.02, resend=0.12, first=0.01, longest=0.05, give_up=5, tries=5)


def picture(number: int, kind: str = "PNG", size: tuple[int, int] = (3, 2)) -> bytes:
    """A real little picture; equal numbers give equal bytes."""
    file = io.BytesIO()
    Image.new("RGB", size, (number % 256, number // 256 % 256, 7)).save(file, kind)
    return file.getvalue()


def day(number: int, hour: int = 12) -> datetime:
    """A date of an old blog, without a zone as old blogs give it."""
    return datetime(2007, 1 + number // 28 % 12, 1 + number % 28, hour)


def entry(number: int, *, photos: int = 0, comments: int = 0, **fields: object) -> Post:
    """A post with so many photos and comments, each comment answering the one before."""
    key = f"cns!{number}"
    names = [f"photos/{number}-{count}.png" for count in range(photos)]
    post = Post(
        key=key,
        title=f"Entry {number}",
        html=f"<p>Words of {number}.</p>" + "".join(f'<img src="{n}">' for n in names),
        date=day(number),
        photos=tuple(Photo(name, True, (name,)) for name in names),
        comments=tuple(
            Comment(
                key=f"{key}!{count}",
                author=f"Reader {count}",
                html=f"<p>Remark {count}</p>",
                date=day(number, 13),
                parent=f"{key}!{count - 1}" if count else None,
            )
            for count in range(comments)
        ),
    )
    return replace(post, **fields)  # type: ignore[arg-type]


class OldBlog:
    """A source whose posts and pictures are simply there."""

    name = "memory"
    title = "A blog in memory"
    fields: tuple[Field, ...] = ()

    def __init__(
        self, posts: Iterable[Post], pictures: dict[str, bytes] | None = None
    ) -> None:
        self.all = list(posts)
        self.pictures = pictures or {
            photo.address: picture(number)
            for number, photo in enumerate(p for post in self.all for p in post.photos)
        }
        self.reads: Counter[str] = Counter()
        self.parents: tuple[tuple[str, str], ...] = ()

    def blog(self) -> Blog:
        return Blog("space!1", "My Space", self.name, parents=self.parents)

    def posts(self) -> Iterator[Post]:
        yield from self.all

    def read(self, photo: Photo) -> bytes:
        self.reads[photo.address] += 1
        if photo.address not in self.pictures:
            raise PhotoMissing("It is not there.")
        return self.pictures[photo.address]


@dataclass
class Row:
    """One thing as the new blog holds it."""

    id: int
    thing: Thing
    marker: str
    status: str = ""
    slug: str = ""


class NewBlog:
    """A destination in memory. `fates` says what becomes of each next creation of a
    kind; `meddle` is called with every request before it is answered."""

    name = "memory"
    title = "A new blog in memory"
    fields: tuple[Field, ...] = ()

    def __init__(self, address: str = "memory://new") -> None:
        self.address = address
        self.carries = frozenset(Kind)
        self.shared = False
        self.keeps_ids = True
        self.rows: dict[int, Row] = {}
        self.trash: dict[int, Row] = {}
        self.fates: defaultdict[Kind, list[Fate]] = defaultdict(list)
        self.meddle: Callable[[str, object], object] = lambda verb, what: None
        self.asked: list[tuple[str, Kind | None]] = []
        self.public: list[tuple[str, str]] = []  # title and text, each time it is seen
        self.finished = 0
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()

    def of(self, kind: Kind) -> list[Row]:
        """Everything of this kind, oldest first."""
        with self._lock:
            return [row for row in self.rows.values() if row.thing.kind is kind]

    def count(self, verb: str, kind: Kind | None = None) -> int:
        """How often it was asked for this."""
        return sum(v == verb and kind in (None, k) for v, k in self.asked)

    def picture_of(self) -> list[tuple[object, ...]]:
        """All that people see, to compare two blogs whose numbers differ."""
        names = {row.id: row.marker for row in self.rows.values()}
        seen: list[tuple[object, ...]] = []
        for row in self.rows.values():
            thing = row.thing
            if isinstance(thing, NewPost):
                terms = sorted(names[n] for n in (*thing.categories, *thing.tags))
                seen.append((row.marker, row.status, row.slug, thing.title, *terms))
            elif isinstance(thing, NewComment):
                parent = names.get(thing.parent, "")
                seen.append((row.marker, names[thing.post], parent, thing.html))
            else:
                seen.append((row.marker,))
        return sorted(seen)

    # What a destination does

    def check(self) -> Site:
        self._heard("check", None, None)
        return Site("New", self.address)

    def people(self) -> tuple[Person, ...]:
        return ()

    def find(self, kind: Kind, marker: str, post: int = 0) -> list[Remote]:
        self._heard("find", kind, marker)
        rows = [row for row in self.of(kind) if row.marker == marker]
        # WordPress is asked by slug first: a finished post no longer bears its marker.
        rows = [row for row in rows if row.slug.startswith(marker)] or rows
        return [self._remote(row) for row in rows]

    def ours(
        self, kind: Kind, among: Sequence[str | int] = ()
    ) -> Iterator[tuple[str, Remote]]:
        self._heard("ours", kind, among)
        for row in self.of(kind):
            thing = row.thing
            if isinstance(thing, NewPost) and not row.marker.startswith("md-"):
                continue  # what other people have written
            named = {
                Kind.POST: not among or row.marker in among,
                Kind.COMMENT: isinstance(thing, NewComment) and thing.post in among,
                Kind.PHOTO: row.marker in among,
            }
            if named.get(kind, row.id in among):
                yield row.marker, self._remote(row)

    def create(self, thing: Thing, marker: str) -> Remote:
        self._heard("create", thing.kind, thing)
        with self._lock:
            fate = self.fates[thing.kind].pop(0) if self.fates[thing.kind] else well
        return fate(lambda: self._store(thing, marker))

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        self._heard("update", remote.kind, thing)
        with self._lock:
            if remote.id not in self.rows:
                raise Refused("There is no such thing here.")
            row = self.rows[remote.id]
            row.thing, row.marker = thing, marker
            if isinstance(thing, NewPost):
                # As at WordPress, who wrote it stays unless somebody else is named.
                before = row.thing.author if isinstance(row.thing, NewPost) else ""
                row.thing = thing = replace(thing, author=thing.author or before)
                row.status = str(thing.status)
                row.slug = thing.slug or thing.title.lower().replace(" ", "-")
                if thing.status in (Status.PUBLISH, Status.FUTURE):
                    self.public.append((thing.title, thing.html))
            return self._remote(row)

    def rewrite(
        self, remote: Remote, thing: NewPost | NewComment, marker: str
    ) -> Remote:
        self._heard("rewrite", remote.kind, thing)
        with self._lock:
            row = self.rows[remote.id]
            assert isinstance(row.thing, NewPost | NewComment)
            row.thing = replace(row.thing, html=thing.html)
            if isinstance(thing, NewPost) and row.status in ("publish", "future"):
                self.public.append((thing.title, thing.html))
            return self._remote(row)

    def hold(self, remote: Remote, marker: str) -> Remote:
        self._heard("hold", remote.kind, remote)
        with self._lock:
            row = self.rows[remote.id]
            row.marker, row.status = marker, "hold"
            return self._remote(row)

    def read(self, remote: Remote) -> NewPost | None:
        self._heard("read", remote.kind, remote)
        row = self.rows.get(remote.id)
        if row is None or not isinstance(row.thing, NewPost):
            return None
        date = row.thing.date
        return replace(
            row.thing,
            slug=row.slug,
            status=Status(row.status),
            date=date.astimezone(UTC) if date else None,
        )

    def shows(self, remote: Remote) -> bool:
        self._heard("shows", remote.kind, remote)
        return remote.id in self.rows

    def is_unused(self, remote: Remote) -> bool:
        self._heard("is unused", remote.kind, remote)
        posts = (row.thing for row in self.of(Kind.POST))
        below = (row.thing for row in self.of(Kind.CATEGORY))
        if any(isinstance(t, NewTerm) and t.parent == remote.id for t in below):
            return False
        return not any(
            remote.id in (*post.categories, *post.tags)
            or (remote.kind is Kind.PHOTO and f"{remote.address}." in post.html)
            for post in posts
            if isinstance(post, NewPost)
        )

    def delete(self, remote: Remote, *, for_good: bool = False) -> None:
        self._heard("delete", remote.kind, remote)
        with self._lock:
            row = self.rows.get(remote.id)
            if row and row.status == "trash" and not for_good:
                return  # there already
            self.rows.pop(remote.id, None)
            if row and not for_good and remote.kind in (Kind.POST, Kind.COMMENT):
                self.trash[remote.id] = row
            if remote.kind is Kind.POST:
                for row in self.of(Kind.COMMENT):
                    if (
                        isinstance(row.thing, NewComment)
                        and row.thing.post == remote.id
                    ):
                        self.rows.pop(row.id)

    def finish(self) -> None:
        self._heard("finish", None, None)
        self.finished += 1

    def _heard(self, verb: str, kind: Kind | None, what: object) -> None:
        with self._lock:
            self.asked.append((verb, kind))
        self.meddle(verb, what)

    def _store(self, thing: Thing, marker: str) -> Remote:
        with self._lock:
            if isinstance(thing, NewTerm):
                for row in self.of(thing.kind):
                    there = self._remote(row)
                    same = row.marker.casefold() == marker.casefold()
                    if same and there.parent == thing.parent:
                        return there
            number = next(self._numbers)
            row = self.rows[number] = Row(number, thing, marker)
            if isinstance(thing, NewTerm):
                return replace(self._remote(row), status=NEW)
            if isinstance(thing, NewPost):
                row.slug, row.status = marker, "draft"
            return self._remote(row)

    def _remote(self, row: Row) -> Remote:
        place, thing = f"{self.address}/{row.id}", row.thing
        shown, seen = "", ""
        if isinstance(thing, NewPhoto):
            shown, seen = f"{place}.png", digest(thing.alt, thing.caption)
        elif isinstance(thing, NewPost):
            now = replace(thing, status=Status(row.status), slug=row.slug)
            seen = print_of(now)
        elif isinstance(thing, NewComment):
            row.status, seen = row.status or "approved", print_of(thing)
        parent = 0
        if isinstance(thing, NewTerm):
            parent, shown = thing.parent, thing.name
        return Remote(
            thing.kind,
            row.id,
            place,
            row.status,
            row.slug,
            shown,
            print=seen,
            parent=parent,
            date="" if isinstance(thing, NewTerm) else moment(thing.date),
        )
