"""Small pictures: the newest wish first, none forgotten, none wrong."""

from __future__ import annotations

import io
import threading

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from tests.content.bad_children import serve_badly
from wizard.blog import Photo
from wizard.content import pictures
from wizard.content.pictures.workshop import Workshop
from wizard.errors import PhotoMissing
from wizard.ui.thumbnails import WISHES, Thumbnails, decoded, small

SIZE = QSize(80, 60)


def jpeg(width: int, height: int, *, turned: int = 1, mode: str = "RGB") -> bytes:
    """Red on the left, blue on the right. ``turned``: how the camera was held."""
    image = Image.new("RGB", (width, height), (200, 0, 0))
    image.paste((0, 0, 200), (width // 2, 0, width, height))
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turned
    image.convert(mode).save(file, "JPEG", exif=exif, quality=90)
    return file.getvalue()


def photo(number: int) -> Photo:
    return Photo(f"p{number}", True)


def test_a_wide_picture_is_cut_at_its_sides_and_a_tall_one_above_and_below() -> None:
    for width, height in ((400, 100), (100, 400), (80, 60), (30, 20)):
        image = small(jpeg(width, height), SIZE)
        assert image is not None
        assert image.size() == SIZE


def test_a_picture_stands_as_its_camera_was_held() -> None:
    image = small(jpeg(400, 300, turned=6), SIZE)
    assert image is not None
    assert image.size() == SIZE
    # Turned a quarter to the right, the left side is above.
    assert image.pixelColor(40, 3).red() > 150
    assert image.pixelColor(40, 56).blue() > 150


def test_what_is_no_picture_gives_none() -> None:
    whole = jpeg(400, 300)
    assert small(b"", SIZE) is None
    assert small(b"<html>not found</html>", SIZE) is None
    assert small(whole[:200], SIZE) is None


def test_a_printers_picture_and_one_with_the_wrong_name_are_read() -> None:
    assert small(jpeg(400, 300, mode="CMYK"), SIZE) is not None
    file = io.BytesIO()
    Image.new("P", (200, 200), 3).save(file, "GIF")
    assert small(file.getvalue(), SIZE) is not None


def test_a_picture_that_kills_its_decoder_gives_none_and_the_window_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Workshop(places=1, child=serve_badly)
    monkeypatch.setattr(pictures, "shared_workshop", lambda: made)
    assert small(b"segfault:", SIZE) is None
    assert decoded(b"aborting:", SIZE) is None
    assert small(jpeg(30, 20), SIZE) is not None
    made.close()


def test_a_thread_of_a_picture_is_not_blown_up_to_gigabytes() -> None:
    file = io.BytesIO()
    Image.new("1", (30_000, 1)).save(file, "PNG")
    image = small(file.getvalue(), SIZE)
    assert image is not None
    assert image.size() == SIZE


def test_a_small_picture_is_not_enlarged_for_the_preview() -> None:
    image = decoded(jpeg(30, 20), QSize(400, 400))
    assert image is not None
    assert image.size() == QSize(30, 20)


def test_a_picture_comes_when_it_was_asked_for(qtbot: QtBot) -> None:
    made = Thumbnails(lambda p: jpeg(200, 200), SIZE, 2.0)
    assert made.picture(photo(1)) is None
    qtbot.waitUntil(lambda: made.picture(photo(1)) is not None, timeout=10_000)
    pixmap = made.picture(photo(1))
    assert pixmap is not None
    assert pixmap.size() == SIZE * 2
    assert pixmap.devicePixelRatio() == 2.0
    made.close()


class Gate:
    """A source that reads nothing until it is let."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.waiting: list[str] = []
        self.order: list[str] = []
        self._lock = threading.Lock()

    def read(self, wanted: Photo) -> bytes:
        self.waiting.append(wanted.address)
        self.open.wait(10)
        with self._lock:
            self.order.append(wanted.address)
        return jpeg(100, 100)


def test_the_newest_wish_is_granted_first_and_old_ones_give_way(qtbot: QtBot) -> None:
    gate = Gate()
    made = Thumbnails(gate.read, SIZE)
    for number in range(2):
        made.picture(photo(number))
    qtbot.waitUntil(lambda: len(gate.waiting) == 2, timeout=10_000)
    for number in range(2, 200):
        made.picture(photo(number))
    gate.open.set()
    qtbot.waitUntil(lambda: made.picture(photo(199)) is not None, timeout=10_000)
    qtbot.waitUntil(lambda: len(gate.order) >= WISHES, timeout=10_000)
    # After the two that were begun before the others were wished for.
    assert gate.order.index("p199") <= 3
    assert gate.order.index("p199") < gate.order.index("p190")
    assert "p50" not in gate.order
    made.close()


def test_a_wish_that_gave_way_is_granted_when_it_is_seen_again(qtbot: QtBot) -> None:
    made = Thumbnails(lambda p: jpeg(100, 100), SIZE)
    for number in range(200):
        made.picture(photo(number))
    qtbot.waitUntil(lambda: made.picture(photo(50)) is not None, timeout=10_000)
    made.close()


def test_a_missing_picture_is_asked_for_once(qtbot: QtBot) -> None:
    asked: list[str] = []
    changes: list[int] = []

    def read(wanted: Photo) -> bytes:
        asked.append(wanted.address)
        raise PhotoMissing("It is not there.")

    made = Thumbnails(read, SIZE)
    made.changed.connect(lambda: changes.append(1))
    made.picture(photo(1))
    qtbot.waitUntil(lambda: bool(changes), timeout=10_000)
    for _ in range(5):
        assert made.picture(photo(1)) is None
    made.close()
    assert asked == ["p1"]


def test_what_is_kept_has_a_limit(qtbot: QtBot) -> None:
    data = jpeg(900, 900)
    made = Thumbnails(lambda p: data, QSize(900, 900), 1.0)
    for number in range(30):
        made.picture(photo(number))
        qtbot.waitUntil(
            lambda n=number: made.picture(photo(n)) is not None, timeout=10_000
        )
    # 900 × 900 × 4 bytes each: twenty fit into 64 MB, thirty do not.
    assert made.picture(photo(29)) is not None
    assert made.picture(photo(0)) is None
    made.close()


def test_closing_waits_for_the_picture_that_is_being_made(qtbot: QtBot) -> None:
    gate = Gate()
    made = Thumbnails(gate.read, SIZE)
    made.picture(photo(1))
    threading.Timer(0.1, gate.open.set).start()
    made.close()
    assert len(gate.order) <= 1
    assert not any(thread.is_alive() for thread in made._threads)
