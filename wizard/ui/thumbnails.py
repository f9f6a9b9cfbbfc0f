"""Small pictures for the list: asked for by what is on the screen, made off the window's
thread, the newest wish first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from wizard.blog import Photo
from wizard.content.pictures import scaled
from wizard.errors import MoveError, PhotoMissing

THREADS = 2
# More wishes than a screen holds belong to rows that were scrolled past.
WISHES = 24
KEPT_BYTES = 64 * 2**20


class Thumbnails(QObject):
    """``read`` gives a photo's bytes, from any thread. ``size``: of a small picture, in
    points; ``ratio``: pixels per point. ``changed``: another picture can be shown."""

    changed = Signal()
    _made = Signal(object, object)

    def __init__(
        self,
        read: Callable[[Photo], bytes],
        size: QSize,
        ratio: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._size, self._ratio = size, ratio
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._kept_bytes = 0
        self._wishes: OrderedDict[str, Photo] = OrderedDict()
        self._working: set[str] = set()
        self._wake = threading.Condition()
        self._ended = False
        self._threads: list[threading.Thread] = []
        self._made.connect(self._keep)

    def picture(self, photo: Photo) -> QPixmap | None:
        """The small picture, or None while it is being made or if it cannot be."""
        if photo.address in self._kept:
            self._kept.move_to_end(photo.address)
            return self._kept[photo.address]
        with self._wake:
            if photo.address not in self._working and not self._ended:
                self._wishes[photo.address] = photo
                self._wishes.move_to_end(photo.address)
                # A wish that falls out is forgotten, and made anew if it is seen again.
                while len(self._wishes) > WISHES:
                    self._wishes.popitem(last=False)
                self._wake.notify()
        if not self._threads:
            self._threads = [
                threading.Thread(target=self._work, daemon=True) for _ in range(THREADS)
            ]
            for thread in self._threads:
                thread.start()
        return None

    def close(self) -> None:
        """Make no more, and wait a moment for what is being made."""
        with self._wake:
            self._ended = True
            self._wishes.clear()
            self._wake.notify_all()
        for thread in self._threads:
            # A picture may hang its decoder, which is nothing to wait for.
            thread.join(2)

    def _work(self) -> None:
        pixels = self._size * self._ratio
        while True:
            with self._wake:
                while not self._wishes and not self._ended:
                    self._wake.wait()
                if self._ended:
                    return
                address, photo = self._wishes.popitem()
                self._working.add(address)
            try:
                image = small(self._read(photo), pixels)
            except MoveError:
                image = None
            except Exception:  # a picture that upsets a reader stays a placeholder
                image = None
            with self._wake:
                self._working.discard(address)
            if not self._ended:
                self._made.emit(address, image)

    def _keep(self, address: str, image: QImage | None) -> None:
        pixmap = None
        if image is not None:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self._ratio)
        self._kept[address] = pixmap
        self._kept_bytes += _bytes(pixmap)
        while self._kept_bytes > KEPT_BYTES:
            self._kept_bytes -= _bytes(self._kept.popitem(last=False)[1])
        self.changed.emit()


def small(data: bytes, pixels: QSize) -> QImage | None:
    """The picture cut to fill ``pixels``, turned as its camera was held; None if these
    bytes are no picture."""
    return _image(data, pixels, cover=True)


def decoded(data: bytes, pixels: QSize) -> QImage | None:
    """The picture scaled to fit into ``pixels`` but never enlarged. None if these bytes
    are no picture."""
    return _image(data, pixels, cover=False)


def _image(data: bytes, pixels: QSize, *, cover: bool) -> QImage | None:
    try:
        made = scaled(data, pixels.width(), pixels.height(), cover=cover)
    except PhotoMissing:
        return None
    form = QImage.Format.Format_RGBA8888
    image = QImage(made.rgba, made.width, made.height, 4 * made.width, form)
    # Qt only borrows the bytes.
    return image.copy()


def _bytes(pixmap: QPixmap | None) -> int:
    return pixmap.width() * pixmap.height() * 4 if pixmap is not None else 64
