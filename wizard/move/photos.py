"""The photos of a post: read, checked by decoding, uploaded once however often shown."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from contextlib import nullcontext
from dataclasses import replace
from zoneinfo import ZoneInfo

from wizard.blog import Photo, Post, in_zone
from wizard.content.composing import Placed
from wizard.content.files import prepare_file
from wizard.content.pictures import Picture, file_name, prepare
from wizard.destinations import Kind, NewPhoto, Remote
from wizard.errors import MoveError, MoveFileError, SignInFailed
from wizard.move.asking import Asker
from wizard.move.book import BY_YOU, Book
from wizard.move.choices import Choices
from wizard.move.events import State, Trouble
from wizard.move.markers import photo_marker
from wizard.move.records import BACK, Step
from wizard.sources import Source

# In which month's folder a file lies.
_MONTH = re.compile(r"/(\d{4}/\d{2})/[^/]+$")
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
        self._zone = ZoneInfo(choices.time_zone)
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

    def bring_back(self, post: Post, home: Remote) -> None:
        """Of those that its text shows, which is not ours to change, what shall come
        back."""
        steps = self._book.move.step
        back = tuple(
            photo
            for photo in post.photos
            if steps(Kind.PHOTO, post.key, photo.address).fingerprint.startswith(BACK)
        )
        self.carry(replace(post, photos=back), home, look=True)

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
                if step.fingerprint.startswith(BACK):
                    new = self._as_before(new, step, ready.picture)
                step = self._asker.once(step, new, look=look, mend=mend)
                step = replace(step, fingerprint="")
                cut = CUT_OFF if ready.cut else None
                # Written down before another post that shows it may ask for it.
                step = self._book.end(step, State.SENT, cut)
            if ready.thumbnail:
                small[mark] = ready.thumbnail
            return step
        except (SignInFailed, MoveFileError):
            raise
        except MoveError as refusal:
            return self._book.refuse(step, refusal)

    def _as_before(self, new: NewPhoto, step: Step, picture: Picture) -> NewPhoto:
        """One that is brought back comes to the address at which it was, as texts that
        somebody has changed there, and other pages, may still ask for it. Of the posts
        that share it, the one in whose month it lay says how."""
        move, was = self._book.move, step.fingerprint
        lay = _MONTH.search(was)
        found: list[NewPhoto] = []
        for twin in move.sharing(step.marker) if lay else ():
            there = move.step(Kind.POST, twin.post, twin.post).remote
            date = in_zone(move.post(twin.post), self._zone).date
            if lay and there and date and f"{date:%Y/%m}" == lay[1]:
                name = file_name(twin.key, picture, step.marker[-8:])
                found.append(replace(new, name=name, date=date, post=there.id))
        found.sort(key=lambda each: each.name.rpartition(".")[0] not in was)
        return found[0] if found else new
