"""A WordPress import file as destination: for everyone without an account at hand.

While it is being written, everything lies in a folder of small files beside it, so that a
kill at any moment loses nothing; `ImportFile.finish` makes one WXR file of them. A
finished file is taken apart again when something is to be added. It is one file however
big: splitting it for hosts that limit uploads is not done.

No photo stands for a post in it. WordPress's importer knows only photos that it has
downloaded itself, from an address on the web; these lie in a folder, and what is still
at the old blog would tell where it was taken. They are shown above the text instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

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
from wizard.destinations.wxr.disk import at_the_disk, durably, write_durably
from wizard.destinations.wxr.guide import guide
from wizard.destinations.wxr.parts import (
    Kept,
    Part,
    Parts,
    PhotoFile,
    fit,
    kept_date,
    legal,
)
from wizard.destinations.wxr.photos import PhotoFolder
from wizard.destinations.wxr.workplace import Workplace
from wizard.destinations.wxr.writing import document
from wizard.errors import MoveError, Refused


class ImportFile:
    """The import file at ``path``, with its photos in the folder ``NAME-photos``.

    ``site``: the address of the blog that will import it; without one, addresses of
    photos and posts begin at the root of whatever site shows them. What the disk refuses
    is raised as NotAllowed (for good) or Unreachable (nothing was done, try again).
    """

    name = "wxr"
    title = "A WordPress import file"
    fields: tuple[Field, ...] = ()
    shared = False  # its lock keeps others out
    keeps_ids = False

    def __init__(self, path: Path, site: str = "") -> None:
        self.path = path.expanduser().absolute()
        self.address = str(self.path)
        self.carries: frozenset[Kind] = frozenset(Kind)
        self._site = site.rstrip("/")
        self._photos = PhotoFolder(self.path.with_name(f"{self.path.stem}-photos"))
        self._workplace = Workplace(self.path)

    def check(self) -> Site:
        """That the file can be written here. Raises NotAllowed and MoveError."""
        folder = self.path.parent
        if self.path.is_dir():
            raise MoveError(
                f"{self.path} is a folder.",
                "Type the name of a file that ends in .xml.",
            )
        with at_the_disk(self.path.parent):
            self._workplace.refuse_strangers()
            probe = folder / f".{self.path.name}.probe"
            folder.mkdir(parents=True, exist_ok=True)
            write_durably(probe, b"")
            probe.unlink()
        by_hand = (
            f"The photos go into the folder “{self._photos.folder.name}” beside the file. "
            "The “READ ME FIRST” beside it tells how to bring both into WordPress."
        )
        return Site(
            name=self.path.name,
            address=self.address,
            warnings=(by_hand,),
            anybody=True,
            featured=False,
        )

    def people(self) -> tuple[Person, ...]:
        return ()

    def find(self, kind: Kind, marker: str, post: int = 0) -> list[Remote]:
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            if kind in (Kind.CATEGORY, Kind.TAG):
                return [self._remote(part) for part in parts.terms(kind, legal(marker))]
            part = parts.find(kind, legal(marker), post)
            if part is None or not self._is_whole(part):
                return []
            return [self._remote(part)]

    def ours(
        self, kind: Kind, among: Sequence[str | int] = ()
    ) -> Iterator[tuple[str, Remote]]:
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            found: list[Part | None] = []
            if kind is Kind.PHOTO or (kind is Kind.POST and among):
                found = [parts.find(kind, legal(str(marker))) for marker in among]
            elif kind is Kind.COMMENT:
                found = [part for post in among for part in parts.comments(int(post))]
            elif kind is not Kind.POST:
                found = [parts.get(kind, int(number)) for number in among]
            for part in parts.all(kind) if kind is Kind.POST and not among else found:
                if part and self._is_whole(part):
                    yield part.marker, self._remote(part)

    def read(self, remote: Remote) -> NewPost | None:
        with at_the_disk(self.path.parent):
            part = self._workplace.open().get(Kind.POST, remote.id)
            return part.thing if part and isinstance(part.thing, NewPost) else None

    def create(self, thing: Thing, marker: str) -> Remote:
        """Make it; what bears the marker already is given back as it is."""
        marker = legal(marker)
        home = thing.post if isinstance(thing, NewComment) else 0
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            if isinstance(thing, NewTerm):
                home = thing.parent
                there = parts.terms(thing.kind, marker)
                part = next((p for p in there if self._remote(p).parent == home), None)
            else:
                part = parts.find(thing.kind, marker, home)
            if part is None or not self._is_whole(part):
                if isinstance(thing, NewComment) and not parts.get(Kind.POST, home):
                    raise _gone(Kind.POST)
                number = parts.reserve(thing.kind, marker, home)
                if isinstance(thing, NewPhoto):
                    part = Part(number, marker, fit(self._photos.store(thing)))
                else:
                    part = Part(number, marker, fit(thing))
                parts.put(part)
                if isinstance(thing, NewTerm):
                    return replace(self._remote(part), status=NEW)
            return self._remote(part)

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            part = parts.get(remote.kind, remote.id)
            if part is None:
                raise _gone(remote.kind)
            part = replace(part, thing=self._changed(part.thing, thing))
            if isinstance(thing, NewTerm):
                part = parts.rename(part, legal(marker))
            else:
                parts.put(part)
            return self._remote(part)

    def rewrite(
        self, remote: Remote, thing: NewPost | NewComment, marker: str
    ) -> Remote:
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            part = parts.get(remote.kind, remote.id)
            if part is None or not isinstance(part.thing, NewPost | NewComment):
                raise _gone(remote.kind)
            part = replace(part, thing=fit(replace(part.thing, html=thing.html)))
            parts.put(part)
            return self._remote(part)

    def hold(self, remote: Remote, marker: str) -> Remote:
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            part = parts.get(Kind.COMMENT, remote.id)
            if part is None or not isinstance(part.thing, NewComment):
                raise _gone(remote.kind)
            part = replace(part, thing=replace(part.thing, held=True))
            parts.put(part)
            return self._remote(part)

    def shows(self, remote: Remote) -> bool:
        with at_the_disk(self.path.parent):
            part = self._workplace.open().get(Kind.PHOTO, remote.id)
            return part is not None and self._is_whole(part)

    def is_unused(self, remote: Remote) -> bool:
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            if remote.kind is Kind.CATEGORY and any(
                self._remote(low).parent == remote.id for low in parts.all(remote.kind)
            ):
                return False
            posts = (part.thing for part in parts.all(Kind.POST))
            return not any(
                remote.id in (*post.categories, *post.tags)
                or (remote.kind is Kind.PHOTO and remote.address in post.html)
                for post in posts
                if isinstance(post, NewPost)
            )

    def delete(self, remote: Remote, *, for_good: bool = False) -> None:
        """There is no trash in a file. A post takes its comments with it; its photos
        stay until they are deleted."""
        with at_the_disk(self.path.parent):
            parts = self._workplace.open()
            part = parts.get(remote.kind, remote.id)
            if part is None:
                return
            if remote.kind is Kind.POST:
                for comment in parts.comments(part.id):
                    parts.remove(comment)
            if isinstance(part.thing, PhotoFile):
                self._photos.remove(part.thing)
            parts.remove(part)

    def finish(self) -> None:
        """Write the XML file out of its parts, which are then taken away."""
        with at_the_disk(self.path.parent):
            self._workplace.close(self._write)

    def _write(self, parts: Parts) -> None:
        lines = document(parts, self.path.stem, self._site)
        with durably(self.path) as file:
            file.writelines(line.encode() for line in lines)
        photos = self._photos.folder
        words = guide(self.path.name, photos.name, photos.is_dir())
        name = f"{self.path.stem} - READ ME FIRST.txt"
        write_durably(self.path.parent / name, words.encode())

    def _is_whole(self, part: Part) -> bool:
        """A photo is there when its picture is, too."""
        return not isinstance(part.thing, PhotoFile) or self._photos.has(part.thing)

    def _changed(self, before: Kept, now: Thing) -> Kept:
        """What is kept of a thing that becomes equal to ``now``."""
        if isinstance(now, NewPhoto):
            assert isinstance(before, PhotoFile)
            if self._photos.has(before):
                return fit(replace(before, alt=now.alt, caption=now.caption))
            return fit(self._photos.store(now))
        if isinstance(now, NewPost) and isinstance(before, NewPost):
            return fit(replace(now, date=kept_date(before, now)))
        if isinstance(now, NewComment) and isinstance(before, NewComment):
            return fit(replace(now, date=kept_date(before, now), post=before.post))
        assert isinstance(now, NewTerm)
        return fit(now)

    def _remote(self, part: Part) -> Remote:
        thing, number = part.thing, part.id
        home = f"{self._site}/?p="
        if isinstance(thing, NewPost):
            return Remote(
                Kind.POST,
                number,
                f"{home}{number}",
                str(thing.status),
                thing.slug,
                print=print_of(thing),
                date=moment(thing.date),
            )
        if isinstance(thing, NewComment):
            address = f"{home}{thing.post}#comment-{number}"
            status = "hold" if thing.held else "approved"
            seen, date = print_of(thing), moment(thing.date)
            return Remote(Kind.COMMENT, number, address, status, print=seen, date=date)
        if isinstance(thing, PhotoFile):
            where = f"/wp-content/uploads/{self._photos.folder.name}/{thing.path}"
            address = self._site + quote(where)
            return Remote(
                Kind.PHOTO,
                number,
                address,
                shown=address,
                width=thing.width,
                height=thing.height,
                print=digest(thing.alt, thing.caption),
            )
        return Remote(thing.kind, number, shown=thing.name, parent=thing.parent)


def _gone(kind: Kind) -> Refused:
    return Refused(
        f"The {kind} is not in the import file any more.",
        "Start a new move if you want it after all.",
        code="gone",
    )
