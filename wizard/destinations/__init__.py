"""Where a blog goes: one file per kind of place, and the words they share with the move."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Protocol

from wizard.blog import Status
from wizard.credentials import Field, Secret

NEW = "new"
_LOOPBACK = re.compile(r"^(localhost|127\.[\d.]+|\[::1\])(:\d+)?(/|$)", re.I)


class Kind(StrEnum):
    """What can be made at a destination."""

    CATEGORY = "category"
    TAG = "tag"
    POST = "post"
    PHOTO = "photo"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A category or a tag to be made. ``parent``: the id of the category above it, 0
    for none; nobody moves one that is there already. Equal names below different
    parents are different categories."""

    kind: Kind
    name: str
    parent: int = 0


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post as the destination shall hold it. ``date``: aware, or None for now.

    ``slug`` is "" where the destination shall choose. Terms are the destination's ids.
    ``extra``: of one that stands there, what people may have set besides, the number
    of the photo that stands for it first. ``discussion``: of such a one, as in `Remote`.
    ``featured``: the id of the photo that stands for it, 0 for none. ``author``: who
    wrote it, a name out of `Site.people` or one that an import file tells; "" is whoever
    signed in. ``closed``: it takes no more comments. ``pings``: other blogs may tell of
    links to it.
    """

    kind: ClassVar[Kind] = Kind.POST
    title: str
    html: str
    date: datetime | None
    status: Status
    slug: str = ""
    excerpt: str = ""
    categories: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    extra: tuple[str, ...] = field(default=(), compare=False)
    discussion: str = field(default="", compare=False)
    featured: int = 0
    author: str = ""
    sticky: bool = False
    closed: bool = False
    pings: bool = False


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A picture to be uploaded. ``name``: ASCII, with the extension its bytes deserve.

    ``post``: the id of the post it belongs to, which decides its date folder.
    """

    kind: ClassVar[Kind] = Kind.PHOTO
    name: str
    mime: str
    data: bytes
    date: datetime | None
    post: int
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment to be added under the post with id ``post``. ``html``: already clean.

    ``ping``: "pingback" or "trackback", if it is one; where nobody can make those it
    becomes a comment. ``held``: it waits for somebody who approves it.
    """

    kind: ClassVar[Kind] = Kind.COMMENT
    post: int
    parent: int
    author: str
    email: str
    url: str
    html: str
    date: datetime | None
    ping: str = ""
    held: bool = False


Thing = NewTerm | NewPost | NewPhoto | NewComment


@dataclass(frozen=True, slots=True)
class Remote:
    """A thing that stands at the destination. ``status``: WordPress's word; of a term
    `NEW` in the answer to the request that made it, to tell it from one that was there.

    ``address``: its permalink; for a photo the full-size file. ``shown``: for a photo,
    the file to show in a text (may be smaller), with ``width`` and ``height`` in pixels
    and the ``size`` in bytes of the full one, 0 where that is not told. ``print``:
    changes when somebody edits the thing there; "" where the answer did not tell.
    ``parent``: of a category, the id of the one above it, 0 for none. A category or a
    tag has its name as ``shown``. ``date``: of a post or a comment, see `moment`.
    ``discussion``: of a post, if comments and pings may come; "" where that is not told.
    """

    kind: Kind
    id: int
    address: str = ""
    status: str = ""
    slug: str = ""
    shown: str = ""
    width: int = 0
    height: int = 0
    size: int = 0
    print: str = ""
    parent: int = 0
    date: str = ""
    discussion: str = ""


def moment(date: datetime | None) -> str:
    """An aware date as blogs are told it: UTC, to the second; "" for none."""
    if date is None:
        return ""
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def print_of(thing: NewPost | NewComment) -> str:
    """What `Remote.print` is of a thing that stands there exactly like this one."""
    if isinstance(thing, NewComment):
        return digest(thing.author, thing.html)
    terms = " ".join(map(str, sorted({*thing.categories, *thing.tags})))
    extra = digest(*thing.extra) if thing.extra else ""
    return digest(text_print(thing), thing.slug, terms, extra)


def text_print(post: NewPost) -> str:
    """The same of its words and its status alone."""
    # A scheduled post becomes a public one by itself.
    status = "publish" if post.status is Status.FUTURE else str(post.status)
    return digest(post.title, post.html, post.excerpt, status)


def digest(*texts: str) -> str:
    """Eighty bits of SHA-256 over these texts, in hexadecimal."""
    whole = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may write there. ``name``: as `NewPost.author` names them; ``shown``:
    as people do; ``known_as``: every other name and address of theirs."""

    name: str
    shown: str
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What `Destination.check` learnt. ``warnings``: plain sentences for the person.

    ``time_zone``: an IANA name, or such as "UTC+05:30" where the clock never changes.
    ``people``: what `Destination.people` says, for those who need it: see `with_people`.
    ``anybody``: every author can, by any name. ``featured``: a post can have a picture
    that stands for it.
    """

    name: str
    address: str
    user: str = ""
    role: str = ""
    time_zone: str | None = None
    warnings: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    anybody: bool = False
    featured: bool = True


class Destination(Protocol):
    """Where a blog goes. All methods may be called from several threads at once.

    No method waits, repeats or swallows: a clear *no* is raised as Refused, NotAllowed
    or SignInFailed, everything that is not a clear answer as a NetworkError.

    ``shared``: others may write there at the same time, from other computers.
    ``keeps_ids``: what has an id has it for good; an import file's are given anew.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    carries: frozenset[Kind]
    shared: bool
    keeps_ids: bool

    @property
    def address(self) -> str:
        """Where it is: a site's address or a file's path; names it in the move file."""
        ...

    def check(self) -> Site:
        """Who am I there, what may I do? Narrows ``carries``; raises MoveError."""
        ...

    def people(self) -> tuple[Person, ...]:
        """Who else can be named as the author of a post; to be asked after `check`."""
        ...

    def find(self, kind: Kind, marker: str, post: int = 0) -> list[Remote]:
        """Everything that bears this marker, oldest first; a comment is looked for
        under ``post``. A term's marker is its name, wherever it stands."""
        ...

    def ours(
        self, kind: Kind, among: Sequence[str | int] = ()
    ) -> Iterator[tuple[str, Remote]]:
        """Marker and place, with its ``print``, of every post that this program ever
        made here, so that a lost move file costs a few requests and never a second
        copy. ``among``: of posts a marker, if only that one is asked for, of comments
        the ids of their posts (those of other people come along, under markers that are
        none), of photos their markers, of terms their ids. Oldest first."""
        ...

    def create(self, thing: Thing, marker: str) -> Remote:
        """Make it; the only call that must not be repeated. A NewPost comes as a draft
        whose slug is the marker."""
        ...

    def update(self, remote: Remote, thing: Thing, marker: str) -> Remote:
        """Make the remote thing equal to this one; may be repeated. A post's slug
        becomes ``thing.slug``, or the destination's own choice if that is empty."""
        ...

    def rewrite(
        self, remote: Remote, thing: NewPost | NewComment, marker: str
    ) -> Remote:
        """The text of a post becomes that of this one, which is otherwise as it was
        read, and nothing else of it changes; or that of a comment. May be repeated."""
        ...

    def hold(self, remote: Remote, marker: str) -> Remote:
        """Let a comment wait for somebody who approves it, so that nobody else sees it;
        nothing else of it changes. May be repeated."""
        ...

    def read(self, remote: Remote) -> NewPost | None:
        """A post as it stands there now; None when it is gone or in the trash."""
        ...

    def shows(self, remote: Remote) -> bool:
        """Whether people who follow a photo's address get its whole file."""
        ...

    def is_unused(self, remote: Remote) -> bool | None:
        """Whether no post, of whatever status, and no other term needs this term; or
        whether no text there shows this photo. None where nothing is seen that does, and
        this account does not see all that there is."""
        ...

    def delete(self, remote: Remote, *, for_good: bool = False) -> None:
        """Take it away; fine when it is gone already. Posts and comments go to the
        trash, unless ``for_good``; nothing else has one."""
        ...

    def finish(self) -> None:
        """All is done for now: write out what was kept back. May be repeated."""
        ...


def full_address(address: str) -> str:
    """The address as a URL: ``https`` unless it says otherwise or is this computer."""
    address = address.strip()
    if "://" not in address:
        address = ("http://" if _LOOPBACK.match(address) else "https://") + address
    return address


def destination_kind(address: str) -> type[Destination]:
    """What stands at this address: its ``fields`` tell what to ask."""
    if address.strip().lower().endswith(".xml"):
        from wizard.destinations.wxr import ImportFile

        return ImportFile
    from wizard.destinations.wordpress import WordPress

    return WordPress


def open_destination(address: str, answers: Mapping[str, str | Secret]) -> Destination:
    """The destination at ``address``: a site, or a file whose name ends in ``.xml``.

    ``answers``: by name of the kind's fields.
    """
    if address.strip().lower().endswith(".xml"):
        from wizard.destinations.wxr import ImportFile

        return ImportFile(Path(address.strip()))
    from wizard.destinations.wordpress import WordPress

    password = answers.get("password", Secret(""))
    if not isinstance(password, Secret):
        password = Secret(password)
    return WordPress(address, str(answers.get("user", "")), password)
