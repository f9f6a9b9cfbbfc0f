"""The parts of an import file that is being written: one small file for each thing.

A thing has a *mark*, a file named after its marker that holds its id, and an *item*, a
file named after its id. The mark is written first: it reserves the id, so that a kill
between the two makes the next try write the same item, never a second one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from wizard.blog import Status
from wizard.destinations import Kind, NewComment, NewPost, NewTerm, moment
from wizard.destinations.wxr.disk import PRIVATE, opened, write_durably

# A new WordPress has used the first few numbers itself; the importer keeps free ones.
FIRST_ID = 1001
# So many ids are reserved with one write.
_RESERVED = 100
_SHARD = 1000
# Where a photo may lie, and what it may be called, below the photo folder.
PHOTO_PATH = re.compile(r"\d{4}/\d{2}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}")
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN_NAME = re.compile(r"md-[a-z0-9]{1,60}")


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A picture in the photo folder. ``path``: inside that folder, with slashes."""

    kind: ClassVar[Kind] = Kind.PHOTO
    path: str
    post: int
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""


Kept = NewTerm | NewPost | NewComment | PhotoFile


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of the import file. ``id``: its number there, which it keeps."""

    id: int
    marker: str
    thing: Kept


class Parts:
    """A folder of parts; its methods may be called from several threads.

    What goes wrong with the disk is raised as OSError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._turn = threading.Lock()
        try:
            self._last = int(self._counter.read_text("ascii"))
        except FileNotFoundError:
            self._last = FIRST_ID - 1
        self._limit = self._last

    @property
    def last(self) -> int:
        """The highest id that was ever given away."""
        return self._last

    def reserve(self, kind: Kind, marker: str, home: int = 0) -> int:
        """The id of the thing with this marker, for good from now on. ``home``: the id
        of the post of a comment, of the category above a category."""
        mark = self._mark(kind, marker, home)
        with self._turn:
            if number := _number_in(mark):
                known = self.get(kind, number)
                if known is None or _home_of(known.thing) == home:
                    return number
                # Earlier versions kept the marks of all categories in one place.
                its = self._mark(kind, marker, _home_of(known.thing))
                write_durably(its, str(number).encode("ascii"))
            if self._last >= self._limit:
                self._limit = self._last + _RESERVED
                write_durably(self._counter, str(self._limit).encode("ascii"))
            self._last += 1
            write_durably(mark, str(self._last).encode("ascii"))
            return self._last

    def find(self, kind: Kind, marker: str, home: int = 0) -> Part | None:
        """The thing with this marker, if it was written."""
        number = _number_in(self._mark(kind, marker, home))
        return self.get(kind, number) if number else None

    def terms(self, kind: Kind, marker: str) -> list[Part]:
        """Every category or tag with this marker, wherever it stands, by id."""
        homes = _numbers(self.folder / "marks" / kind)
        found = (self.find(kind, marker, home) for home in homes)
        return sorted(filter(None, found), key=lambda part: part.id)

    def get(self, kind: Kind, number: int) -> Part | None:
        """The thing with this id."""
        try:
            text = self._item(kind, number).read_text("utf-8")
        except FileNotFoundError:
            return None
        fields = json.loads(text)
        return Part(number, fields["marker"], _thing(kind, fields["thing"]))

    def put(self, part: Part) -> None:
        """Write the thing, in the place of what bore its id before."""
        path = self._item(part.thing.kind, part.id)
        write_durably(path, _text(part).encode("utf-8"))

    def adopt(self, part: Part) -> None:
        """Take over a thing together with its id, out of a finished file. The caller
        sees to it that the folder counts only when all is in it."""
        mark = self._mark(part.thing.kind, part.marker, _home_of(part.thing))
        self._last = self._limit = max(self._last, part.id)
        for path, text in (
            (mark, str(part.id)),
            (self._item(part.thing.kind, part.id), _text(part)),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            with opened(path, PRIVATE) as file:
                file.write(text.encode("utf-8"))

    def keep_last(self, last: int) -> None:
        """Never give away an id up to ``last`` again."""
        self._last = self._limit = max(self._last, last)
        write_durably(self._counter, str(self._last).encode("ascii"))

    def remove(self, part: Part) -> None:
        """Take the thing away; its id is not used again."""
        kind = part.thing.kind
        self._item(kind, part.id).unlink(missing_ok=True)
        self._mark(kind, part.marker, _home_of(part.thing)).unlink(missing_ok=True)

    def rename(self, part: Part, marker: str) -> Part:
        """The same thing under another marker."""
        kind, home = part.thing.kind, _home_of(part.thing)
        renamed = replace(part, marker=marker)
        write_durably(self._mark(kind, marker, home), str(part.id).encode("ascii"))
        self.put(renamed)
        if self._mark(kind, part.marker, home) != self._mark(kind, marker, home):
            self._mark(kind, part.marker, home).unlink(missing_ok=True)
        return renamed

    def all(self, kind: Kind) -> Iterator[Part]:
        """Every thing of a kind, by id."""
        shards = _numbers(self.folder / kind)
        for shard in shards:
            for number in _numbers(self.folder / kind / str(shard)):
                if part := self.get(kind, number):
                    yield part

    def comments(self, post: int) -> list[Part]:
        """Every comment under the post with this id, by id."""
        try:
            marks = list(os.scandir(self._marks(Kind.COMMENT, post)))
        except FileNotFoundError:
            return []
        numbers = [
            _number_in(Path(mark)) for mark in marks if not mark.name.startswith(".")
        ]
        found = (self.get(Kind.COMMENT, number) for number in sorted(numbers))
        return [part for part in found if part]

    @property
    def _counter(self) -> Path:
        return self.folder / "last"

    def _marks(self, kind: Kind, home: int) -> Path:
        return self.folder / "marks" / kind / str(home)

    def _mark(self, kind: Kind, marker: str, home: int) -> Path:
        name = marker
        if not _PLAIN_NAME.fullmatch(marker):
            # WordPress knows a term by its name in small letters.
            folded = marker.strip().casefold().encode("utf-8", "surrogatepass")
            name = "x-" + hashlib.sha256(folded).hexdigest()[:32]
        return self._marks(kind, home) / name

    def _item(self, kind: Kind, number: int) -> Path:
        return self.folder / kind / str(number // _SHARD) / f"{number}.json"


def legal(text: str) -> str:
    """The text as XML 1.0 can hold it and give it back."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def fit(thing: Kept) -> Kept:
    """The thing as a file can keep it: legal texts, a date to the second."""
    fields: dict[str, Any] = {}
    for field in dataclass_fields(thing):
        value = getattr(thing, field.name)
        if type(value) is str:
            fields[field.name] = legal(value)
        elif field.name == "date":
            fields["date"] = (value or datetime.now(UTC)).replace(microsecond=0)
    return replace(thing, **fields)


def kept_date(
    before: NewPost | NewComment, now: NewPost | NewComment
) -> datetime | None:
    """The date that a thing has now. The same moment stays on the clock it was on, by
    which the importer knows what it has imported before."""
    other = now.date and moment(now.date) != moment(before.date)
    return now.date if other else before.date


def _number_in(mark: Path) -> int:
    """The id that a mark holds, 0 if there is no such mark."""
    try:
        return int(mark.read_text("ascii"))
    except FileNotFoundError:
        return 0


def _numbers(folder: Path) -> list[int]:
    """The numbers that are names in this folder, in order."""
    try:
        names = [entry.name.removesuffix(".json") for entry in os.scandir(folder)]
    except FileNotFoundError:
        return []
    return sorted(int(name) for name in names if name.isdecimal())


def _home_of(thing: Kept) -> int:
    """Of what bears its marker only there, where that is."""
    if isinstance(thing, NewTerm):
        return thing.parent
    return thing.post if isinstance(thing, NewComment) else 0


def _text(part: Part) -> str:
    fields = {"marker": part.marker, "thing": asdict(part.thing)}
    return json.dumps(fields, default=datetime.isoformat, ensure_ascii=False)


def _thing(kind: Kind, fields: dict[str, Any]) -> Kept:
    if "date" in fields:
        fields["date"] = datetime.fromisoformat(fields["date"])
    if kind is Kind.POST:
        fields["status"] = Status(fields["status"])
        fields["extra"], fields["discussion"] = (), ""
        fields["categories"] = tuple(fields["categories"])
        fields["tags"] = tuple(fields["tags"])
        return NewPost(**fields)
    if kind is Kind.COMMENT:
        return NewComment(**fields)
    if kind is Kind.PHOTO:
        return PhotoFile(**fields)
    return NewTerm(Kind(fields["kind"]), fields["name"], fields.get("parent", 0))
