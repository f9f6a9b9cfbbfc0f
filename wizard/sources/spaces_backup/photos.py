"""The pictures of a post in a Spaces backup: a thumbnail and its full-size file are one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from wizard.blog import Photo
from wizard.sources.archive import Archive
from wizard.sources.spaces_backup.page import WrittenPicture

_SUFFIXES = {
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jfif",
    ".png",
    ".gif",
    ".bmp",
    ".webp",
    ".tif",
    ".tiff",
}
_PICTURE = re.compile(
    r"[^?#]+\.(?:jpe?g|jpe|png|gif|bmp|webp|tiff?)(?:[?#]|$)"
    r"|https?://(?:[\w.-]+\.)?(?:storage\.(?:msn|live)\.com|livefilestore\.com)/",
    re.IGNORECASE,
)


def photos_of(
    pictures: list[WrittenPicture], page: str, archive: Archive
) -> tuple[Photo, ...]:
    """Each picture once, in order, those that are only linked to last. The address is
    its file in the archive, the full-size one if that is there, or else where it was on
    the web."""
    photos: list[Photo] = []
    place: dict[str, int] = {}
    for picture in sorted(pictures, key=lambda picture: picture.linked):
        photo = _photo(picture, page, archive)
        if photo is None:
            continue
        marks = {photo.address, *photo.names}
        at = next((place[mark] for mark in marks if mark in place), len(photos))
        if at == len(photos):
            photos.append(photo)
        elif picture.linked:
            # Where it is shown, in the text or beside it, remains as it is.
            names = dict.fromkeys((*photos[at].names, *photo.names))
            photos[at] = replace(photos[at], names=tuple(names))
        else:
            photos[at] = _both(photos[at], photo)
        place.update(dict.fromkeys(marks, at))
    return tuple(photos)


def _photo(picture: WrittenPicture, page: str, archive: Archive) -> Photo | None:
    shown = picture.shown.strip()
    if not shown or re.match(r"(?:data|about|javascript|cid|blob):", shown, re.I):
        return None
    shown_file = _file(shown, page, archive)
    if picture.linked and not _PICTURE.match(shown):
        return None
    if picture.linked or Photo(shown, found=False).mime:
        # Of those that are not in the archive nothing was promised.
        return Photo(shown_file, True, (shown,)) if shown_file else None
    full_file = _file(picture.full, page, archive)
    if full_file and PurePosixPath(full_file).suffix.lower() not in _SUFFIXES | {""}:
        full_file = None
    has_full = bool(full_file or _PICTURE.match(picture.full.strip()))
    larger_file = _file(picture.larger, page, archive) if picture.larger else None
    file = full_file or larger_file or shown_file
    names = [picture.full] if has_full else []
    names += [picture.larger, picture.shown] if larger_file else [picture.shown]
    return Photo(
        address=file or (picture.full if has_full else shown).strip(),
        found=file is not None,
        names=tuple(dict.fromkeys(names)),
        integrated=picture.beside,
        alt=picture.alt,
    )


def _file(reference: str, page: str, archive: Archive) -> str | None:
    """The file meant: as seen from the page, or from the folders above it, because some
    programs unpack pages and pictures into different folders."""
    if found := archive.resolve(page, reference):
        return found
    plain = re.sub(r"^[./\\]+", "", reference.strip())
    for folder in PurePosixPath(page).parents:
        if found := archive.resolve(f"{folder}/page", plain):
            return found
    return None


def _both(one: Photo, other: Photo) -> Photo:
    # The one that is here and links to a larger file knows the better address.
    better = max(one, other, key=lambda photo: (photo.found, len(photo.names)))
    inside = [photo for photo in (one, other) if not photo.integrated] or [one, other]
    return replace(
        better,
        names=tuple(dict.fromkeys(name for photo in inside for name in photo.names)),
        integrated=one.integrated and other.integrated,
        alt=one.alt or other.alt,
    )
