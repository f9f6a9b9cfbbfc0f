"""Where a blog comes from: one file per kind of place, and how to tell them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from wizard.blog import Blog, Photo, Post
from wizard.credentials import Field, Secret
from wizard.errors import NothingFound, SourceError, Unreadable
from wizard.sources.addresses import Directory as Directory
from wizard.sources.addresses import Named as Named
from wizard.sources.addresses import Target as Target
from wizard.sources.locked_zip import ZIP_PASSWORD, LockedZip

if TYPE_CHECKING:
    from pathlib import Path

    from wizard.sources.archive import Archive

    SOURCES: tuple[type[Source], ...]

_MOST_ZIPS = 20


class Source(Protocol):
    """Where a blog comes from. A *key* is how the source itself names a thing for ever;
    an *address* is where that thing lives now."""

    name: str
    title: str
    fields: tuple[Field, ...]

    def blog(self) -> Blog:
        """The blog as a whole; raises SourceError or NetworkError."""
        ...

    def posts(self) -> Iterator[Post]:
        """Every post, oldest first, one at a time, with the same keys every time."""
        ...

    def read(self, photo: Photo) -> bytes:
        """The photo's bytes, from any thread; raises PhotoMissing, never gives b""."""
        ...


class FileSource(Source, Protocol):
    """A source made of files, recognised by what is in them."""

    def __init__(self, archive: Archive) -> None: ...

    @classmethod
    def recognises(cls, archive: Archive) -> bool:
        """Whether this archive holds such a blog; looks only as long as it must."""
        ...


def kind_of(location: str) -> type[Source]:
    """Which kind of source a path or address is; its ``fields`` tell what to ask.

    Raises Unreadable, NothingFound or HostClosed. Asks no network.
    """
    if _address(location):
        from wizard.sources.metaweblog import MetaWeblog

        return MetaWeblog
    try:
        kind, archive = _recognise(location, Secret(""))
    except Unreadable as trouble:
        if trouble.code == "encrypted":
            return LockedZip
        raise
    archive.close()
    return kind


def open_source(
    locations: Sequence[str], answers: Mapping[str, str | Secret] | None = None
) -> Source:
    """The blog at these paths and addresses, several merged by key into one.

    ``answers``: to the ``fields`` of their kinds, by name. Raises SourceError.
    """
    if not locations:
        raise _nothing_chosen()
    with ExitStack() as opened:
        sources = [_open(location, answers or {}, opened) for location in locations]
        # From here on the sources hold their archives open.
        opened.pop_all()
    from wizard.sources.inline_pictures import InlinePictures
    from wizard.sources.merged import Merged

    return InlinePictures(sources[0] if len(sources) == 1 else Merged(sources))


def _open(
    location: str, answers: Mapping[str, str | Secret], opened: ExitStack
) -> Source:
    if address := _address(location):
        from wizard.sources.metaweblog import MetaWeblog

        user, password = answers.get("user", ""), answers.get("password", "")
        return MetaWeblog(
            address,
            user.reveal() if isinstance(user, Secret) else user,
            password if isinstance(password, Secret) else Secret(password),
        )
    password = answers.get(ZIP_PASSWORD, "")
    kind, archive = _recognise(
        location, password if isinstance(password, Secret) else Secret(password)
    )
    opened.callback(archive.close)
    return kind(archive)


def _address(location: str) -> str:
    """The address that ``location`` is, or ""; raises HostClosed, and Unreadable for
    nothing at all, which would be the folder that happens to be the current one."""
    from wizard.sources.recognition import as_address, refuse_closed

    if not location.strip():
        raise _nothing_chosen()
    address = as_address(location)
    if address:
        refuse_closed(address)
    return address


def _nothing_chosen() -> Unreadable:
    return Unreadable(
        "Nothing was chosen.", "Choose a zip file, a folder, or type an address."
    )


def _recognise(location: str, password: Secret) -> tuple[type[FileSource], Archive]:
    """The kind of the files there, and the files, open."""
    from wizard.sources.archive import open_archive
    from wizard.sources.recognition import as_path, nothing_in

    path = as_path(location)
    archive = open_archive(path, password)
    try:
        if kind := _kind_in(archive):
            return kind, archive
        inside = [name for name in archive.names() if name.lower().endswith(".zip")]
        trouble = nothing_in(archive)
    except BaseException:
        archive.close()
        raise
    archive.close()
    if not path.is_dir() or not inside:
        raise trouble
    return _zip_in_folder(path, inside[:_MOST_ZIPS], trouble, password)


def _zip_in_folder(
    folder: Path, names: Sequence[str], trouble: SourceError, password: Secret
) -> tuple[type[FileSource], Archive]:
    """The one backup among the zip files in a folder; raises ``trouble`` if there is none,
    or what is wrong with the one that is locked."""
    from wizard.sources.archive import open_archive

    found: list[tuple[type[FileSource], Archive]] = []
    with ExitStack() as opened:
        for name in names:
            try:
                archive = open_archive(folder / name, password)
            except Unreadable as reason:
                if reason.code in ("encrypted", "password"):
                    trouble = reason
                continue
            if kind := _kind_in(archive):
                opened.callback(archive.close)
                found.append((kind, archive))
            else:
                archive.close()
        if len(found) != 1:
            raise (
                trouble
                if not found
                else NothingFound(
                    f"There are {len(found)} blogs in the folder {folder.name}.",
                    "Choose one of its zip files, or several by their names.",
                    code="several",
                )
            )
        opened.pop_all()
    return found[0]


def _kind_in(archive: Archive) -> type[FileSource] | None:
    return next((kind for kind in _file_sources() if kind.recognises(archive)), None)


def _file_sources() -> tuple[type[FileSource], ...]:
    from wizard.sources.spaces_backup import SpacesBackup
    from wizard.sources.spaces_pages import SpacesPages

    return SpacesBackup, SpacesPages


if not TYPE_CHECKING:

    def __getattr__(name: str) -> tuple[type[Source], ...]:
        # Every kind, read in when first asked for: the window must not wait for lxml.
        if name == "SOURCES":
            from wizard.sources.metaweblog import MetaWeblog

            return (*_file_sources(), MetaWeblog)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
