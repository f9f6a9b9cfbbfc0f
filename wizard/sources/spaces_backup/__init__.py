"""The backup zip that Windows Live Spaces offered before it closed, or its folder.

No real one is known to be public, so it is read by its structure, never by file names.
Pages are read twice: once to learn keys, dates and order, once to give the posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from wizard.blog import Blog, Photo, Post
from wizard.credentials import Field
from wizard.errors import Unreadable
from wizard.sources.archive import Archive, photo_in
from wizard.sources.dates.impossible import told
from wizard.sources.spaces_backup.comments import comments_of
from wizard.sources.spaces_backup.page import WrittenPost, has_post, read_page
from wizard.sources.spaces_backup.photos import photos_of
from wizard.sources.spaces_backup.survey import (
    Place,
    Survey,
    pages,
    post_page,
    said_by,
    survey,
)
from wizard.sources.spaces_ids import entry_address

# So many pages are looked into before an archive counts as something else.
_LOOKED_AT = 500


class SpacesBackup:
    """A Spaces backup as a source; may be used from any thread."""

    name = "spaces-backup"
    title = "Windows Live Spaces backup"
    fields: tuple[Field, ...] = ()

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @classmethod
    def recognises(cls, archive: Archive) -> bool:
        """Whether one of its pages has a post with title, date and text."""
        for page in pages(archive)[:_LOOKED_AT]:
            try:
                root = post_page(archive, page)
            except Unreadable:
                continue
            if root is not None and has_post(root):
                return True
        return False

    def blog(self) -> Blog:
        """The blog; its notes name what could not be read. Raises NothingFound."""
        return self._survey.blog

    def posts(self) -> Iterator[Post]:
        """Every post, oldest first, those without a date last; raises Unreadable when a
        page is not what it was any more."""
        page, written = "", list[WrittenPost]()
        for place in self._survey.places:
            if place.page != page:
                root = post_page(self._archive, place.page)
                written = read_page(root) if root is not None else []
                page = place.page
            if place.at >= len(written) or said_by(written[place.at]) != place.said:
                raise Unreadable(
                    f"The page {page} has changed while the backup was read.",
                    "Start again, and leave the files alone meanwhile.",
                    code="changed",
                )
            yield self._post(place, written[place.at])

    def read(self, photo: Photo) -> bytes:
        """The photo's bytes; raises PhotoMissing."""
        absent = f"The picture {photo.address} is not in the backup."
        return photo_in(self._archive, photo.address, absent)

    @cached_property
    def _survey(self) -> Survey:
        return survey(self._archive, self.name)

    def _post(self, place: Place, written: WrittenPost) -> Post:
        comments, of_comments = comments_of(
            written.comments, place.key, place.date, self._survey.reader
        )
        address = f"{place.page}#{written.anchor}" if place.at else place.page
        page = address
        if entry := place.entry:
            address = entry_address(entry.space, entry.cid, entry.number) or address
        is_written = place.date and not place.estimated
        notes = () if is_written else (told(written.date, place.date),)
        return Post(
            key=place.key,
            title=written.title,
            html=written.html,
            date=place.date,
            address=address,
            names=(page,),
            categories=(written.category,) if written.category else (),
            comments=comments,
            comments_elsewhere=max(0, written.count - len(comments)),
            photos=photos_of(written.pictures, place.page, self._archive),
            notes=(*notes, *of_comments),
            estimated=place.estimated,
        )
