"""The photos of a post: read, checked by decoding, uploaded once however often shown."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import nullcontext
from dataclasses import replace

from wizard.blog import Photo, Post
from wizard.content.composing import Placed
from wizard.content.files import prepare_file
from wizard.content.pictures import file_name, prepare
from wizard.destinations import Kind, NewPhoto, Remote
from wizard.errors import MoveError, MoveFileError, SignInFailed
from wizard.move.asking import Asker
from wizard.move.book import BY_YOU, Book
from wizard.move.choices import Choices
from wizard.move.events import State, Trouble
from wizard.move.markers import photo_marker
from wizard.move.records import Step
from wizard.sources import Source

CUT_OFF = Trouble(
    "The photo is cut off.",
    "What there is of it was sent. If you have a whole copy, replace it there.",
)


class Photos:
    """Brings photos over; called from several threads."""

    def __init__(
        self,
        source: Source,
        asker: Asker,
        book: Book,
        choices: Choices,
        *,
        keeps_ids: bool,
    ) -> None:
        self._source = source
        self._asker = asker
        self._book = book
        self._wanted = choices.photos
        self._location = choices.location
        self._keeps_ids = keeps_ids
        self._one_file = threading.Lock()
        self._one_picture: defaultdict[str, threading.Lock] = defaultdict(
            threading.Lock
        )

    def waiting(self, post: Post) -> bool:
        """Is there a photo of this post that would be sent now?"""
        steps = (
            self._book.move.step(Kind.PHOTO, post.key, photo.address)
            for photo in post.photos
        )
        return self._wanted and any(
            step.state is not State.SENT and not step.gone for step in steps
        )

    def carry(
        self, post: Post, home: Remote, *, look: bool, mend: bool = False
    ) -> dict[str, Placed]:
        """Upload what is not there yet; gives the new place of each photo that is.

        ``look``: the post was found at the destination, so its photos may be there;
        ``mend``: half done.
        """
        placed = {}
        small: dict[str, bytes] = {}
        for photo in post.photos:
            step = self._book.move.step(Kind.PHOTO, post.key, photo.address)
            if step.state is not State.SENT and not step.gone:
                # A film may be as big as a thousand photos.
                with self._one_file if photo.mime else nullcontext():
                    step = self._one(
                        post, photo, step, home, small, look=look, mend=mend
                    )
            there = step.remote
            if there and not step.gone:
                placed[photo.address] = Placed(
                    there.address,
                    there.shown or there.address,
                    there.width,
                    there.height,
                    there.id if self._keeps_ids else 0,
                )
        self._book.move.keep_thumbnails(small)
        return placed

    def _one(
        self,
        post: Post,
        photo: Photo,
        step: Step,
        home: Remote,
        small: dict[str, bytes],
        *,
        look: bool,
        mend: bool,
    ) -> Step:
        if not self._wanted:
            return self._book.end(replace(step, remote=None), State.LEFT_OUT, BY_YOU)
        try:
            data, location = self._source.read(photo), self._location
            if photo.mime:
                ready = prepare_file(photo, data, location=location)
            else:
                ready = prepare(data, location=location)
            mark = photo_marker(ready.data)
            step = replace(step, marker=mark)
            with self._one_picture[mark]:
                twins = self._book.move.bearing(mark)
                if twins:
                    step = replace(step, remote=twins[0].remote)
                new = NewPhoto(
                    name=file_name(photo.address, ready.picture, mark[-8:]),
                    mime=ready.picture.mime,
                    data=ready.data,
                    date=post.date,
                    post=home.id,
                    alt=photo.alt,
                    caption=photo.caption,
                )
                step = self._asker.once(step, new, look=look, mend=mend)
            if ready.thumbnail:
                small[mark] = ready.thumbnail
            return self._book.end(step, State.SENT, CUT_OFF if ready.cut else None)
        except (SignInFailed, MoveFileError):
            raise
        except MoveError as refusal:
            return self._book.refuse(step, refusal)
