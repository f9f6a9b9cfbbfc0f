"""A zip locked with a password: what is asked before anybody knows what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from wizard.blog import Blog, Photo, Post
from wizard.credentials import Field
from wizard.errors import Unreadable

ZIP_PASSWORD = "zip_password"


class LockedZip:
    """The kind of source that such a zip is until `open_source` has its password; then
    it is what is in it."""

    name = "locked-zip"
    title = "A zip file locked with a password"
    fields: tuple[Field, ...] = (
        Field(
            ZIP_PASSWORD,
            "Password of the zip file",
            "It was chosen when the zip file was made.",
            secret=True,
            exact=True,
        ),
    )

    def blog(self) -> Blog:
        self._say()

    def posts(self) -> Iterator[Post]:
        self._say()

    def read(self, photo: Photo) -> bytes:
        self._say()

    def _say(self) -> NoReturn:
        raise Unreadable("The zip file is locked with a password.", code="encrypted")
