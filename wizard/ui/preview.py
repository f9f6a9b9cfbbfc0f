"""A post as it will arrive, shown without scripts, without the network, without links."""

from __future__ import annotations

import html
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from wizard.blog import Comment, Photo, Post, in_zone
from wizard.errors import MoveError
from wizard.move.file import Move
from wizard.sources import Source
from wizard.ui.look import colours
from wizard.ui.thumbnails import decoded
from wizard.ui.words import counted, moment
from wizard.ui.worker import Outcome, Worker

DECODED_PHOTOS = 40
SHOWN_COMMENTS = 100
ROOM = 56


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page for the browser and the pictures that it names."""

    html: str
    pictures: Mapping[str, QImage]


def prepare(
    move: Move,
    source: Source,
    key: str,
    width: int,
    ratio: float,
    stop: threading.Event,
    faces: bool = True,
) -> Prepared | None:
    """Compose the post as the move would, with photos scaled to ``width`` points; None
    if told to stop. ``faces``: at the new blog a photo can stand for a post. Runs on a
    worker's thread."""
    from wizard.content.composing import Placed, compose
    from wizard.content.repairing import repaired
    from wizard.ui.shown_html import for_browser

    choices = move.choices
    post = in_zone(move.post(key), ZoneInfo(choices.time_zone))
    if choices.repair:
        post = repaired(post)
    pictures: dict[str, QImage] = {}
    placed: dict[str, Placed] = {}
    coming = [photo for photo in post.photos if photo.found and choices.photos]
    for number, photo in enumerate(coming):
        if stop.is_set():
            return None
        if photo.mime:
            name = f"photo:{number}/{photo.address.rpartition('/')[2]}"
            placed[photo.address] = Placed(name, name)
            continue
        image = _picture(source, photo, int(width * ratio), number)
        if image is not None:
            image.setDevicePixelRatio(ratio)
            name = f"photo:{number}"
            pictures[name] = image
            size = image.deviceIndependentSize().toSize()
            placed[photo.address] = Placed(name, name, size.width(), size.height())
    face = placed.get(post.featured) if faces and choices.featured else None
    apart = post.featured if face else ""
    body = compose(post, placed, blocks=choices.blocks, face=apart)
    above = ""
    if face and f'src="{face.shown}"' not in body:
        above = f'<p><img src="{face.shown}"></p>'
    body = for_browser(body, width)
    return Prepared(_head(post) + above + body + _comments(post), pictures)


def _picture(source: Source, photo: Photo, pixels: int, number: int) -> QImage | None:
    if number >= DECODED_PHOTOS:
        grey = QImage(160, 120, QImage.Format.Format_RGB32)
        grey.fill(Qt.GlobalColor.lightGray)
        return grey
    try:
        return decoded(source.read(photo), QSize(pixels, pixels * 2))
    except MoveError:
        return None


def _head(post: Post) -> str:
    about = "about " if post.estimated else ""
    when = about + moment(post.date) if post.date else "No date"
    line = " · ".join((when, *post.categories, *(f"#{tag}" for tag in post.tags)))
    title = html.escape(post.title) or "(no title)"
    return f'<h2>{title}</h2><p class="quiet">{html.escape(line)}</p>'


def _comments(post: Post) -> str:
    from wizard.content.cleaning import clean_comment

    if not post.comments:
        return ""
    parts = [f"<hr><h3>{counted(len(post.comments), 'comment')}</h3>"]
    for comment in post.comments[:SHOWN_COMMENTS]:
        parts.append(f"<p><b>{html.escape(comment.author) or 'Somebody'}</b> ")
        parts.append(f'<span class="quiet">{_when(comment)}</span></p>')
        parts.append(clean_comment(comment.html))
    if len(post.comments) > SHOWN_COMMENTS:
        more = counted(len(post.comments) - SHOWN_COMMENTS, "more comment")
        parts.append(f'<p class="quiet">… and {more}</p>')
    return "".join(parts)


def _when(comment: Comment) -> str:
    date: datetime | None = comment.date
    if date is None:
        return "no date"
    return ("about " if comment.estimated else "") + moment(date)


class Preview(QTextBrowser):
    """Shows one post. Another request replaces the one that is being prepared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("The post as it will arrive")
        self.setPlaceholderText("Choose a post to see it as it will arrive.")
        self.document().setDocumentMargin(18)
        self._pictures: Mapping[str, QImage] = {}
        self._wanted: tuple[Move, Source, str, bool] | None = None
        self._worker: Worker | None = None
        self._leaving: list[Worker] = []
        # Walking through the list with the arrow keys shows where one stops.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._prepare)

    def show_post(
        self, move: Move, source: Source, key: str, faces: bool = True
    ) -> None:
        self._wanted = (move, source, key, faces)
        self._soon.start()

    def show_nothing(self) -> None:
        self._wanted = None
        self._soon.stop()
        self._send_away()
        self._pictures = {}
        self.clear()

    def quit_work(self) -> None:
        """Stop preparing, and wait for it."""
        self._wanted = None
        self._soon.stop()
        self._send_away()
        for worker in list(self._leaving):
            worker.close()
        self._leaving.clear()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Only the post's own photos, never a file or an address."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._pictures.get(QUrl(name).toString())
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted and abs(event.size().width() - event.oldSize().width()) > 4:
            self._soon.start()

    def _prepare(self) -> None:
        if self._wanted is None:
            return
        self._send_away()
        move, source, key, faces = self._wanted
        width, ratio = self.viewport().width() - ROOM, self.devicePixelRatioF()
        self._worker = Worker(
            lambda stop: prepare(
                move, source, key, max(120, width), ratio, stop, faces
            ),
            self,
        )
        self._worker.ended.connect(self._show)
        self._worker.finished.connect(self._forget_done)
        self._worker.start()

    def _show(self, outcome: Outcome) -> None:
        if self.sender() is not self._worker:
            return
        if isinstance(outcome.value, Prepared):
            of = colours(self)
            self._pictures = outcome.value.pictures
            self.document().setDefaultStyleSheet(
                f".quiet {{ color: {of.muted}; }} small {{ color: {of.muted}; }}"
                f" a {{ color: {of.accent}; }}"
            )
            self.setHtml(outcome.value.html)
        elif outcome.trouble is not None:
            self.setPlainText(str(outcome.trouble))

    def _send_away(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop.set()
            if not worker.isFinished():
                self._leaving.append(worker)

    def _forget_done(self) -> None:
        gone: QObject | None = self.sender()
        self._leaving = [worker for worker in self._leaving if worker is not gone]
