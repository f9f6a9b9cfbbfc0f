"""The preview: the post as it will arrive, and nothing from anywhere else."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from tests.move.doubles import OldBlog, entry, picture
from tests.ui.conftest import read_session
from wizard.blog import Photo
from wizard.content.composing import Placed, compose
from wizard.move.choices import Choices
from wizard.ui.preview import Preview, prepare
from wizard.ui.shown_html import for_browser
from wizard.ui.state import Session

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def blog() -> OldBlog:
    beside = Photo("photos/beside.jpg", True, integrated=True, caption="By the sea")
    first = entry(1, photos=2, comments=3)
    first = replace(first, title="Tea & <b>bread</b>", photos=(*first.photos, beside))
    pictures = {
        p.address: picture(n, "PNG", (900, 600)) for n, p in enumerate(first.photos)
    }
    return OldBlog([first, entry(2)], pictures)


def shown(qtbot: QtBot, session: Session, key: str, words: str) -> Preview:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(360, 500)
    preview.show()
    preview.show_post(session.need_move(), session.need_source(), key)
    qtbot.waitUntil(lambda: words in preview.toPlainText(), timeout=10_000)
    return preview


def test_it_shows_title_date_words_photos_and_comments(
    qtbot: QtBot, blog: OldBlog
) -> None:
    session = read_session(blog)
    preview = shown(qtbot, session, "cns!1", "Words of 1.")
    text = preview.toPlainText()
    for words in ("Tea & <b>bread</b>", "2 January 2007, 12:00", "By the sea"):
        assert words in text
    assert "3 comments" in text
    assert "Remark 2" in text
    pictures = [preview.loadResource(IMAGE, QUrl(f"photo:{n}")) for n in range(3)]
    assert all(isinstance(image, QImage) for image in pictures)
    assert all(image.width() <= 360 for image in pictures if isinstance(image, QImage))
    preview.quit_work()
    session.let_go()


def test_a_date_that_is_only_near_is_called_so(qtbot: QtBot, blog: OldBlog) -> None:
    near = OldBlog([replace(entry(1), estimated=True), entry(2)], {})
    for old, said in ((near, "about 2 January 2007"), (blog, "2 January 2007")):
        session = read_session(old)
        preview = shown(qtbot, session, "cns!1", "Words of 1.")
        assert said in preview.toPlainText()
        assert ("about" in preview.toPlainText()) == (old is near)
        preview.quit_work()
        session.let_go()


@pytest.mark.parametrize("blocks", [True, False])
def test_it_is_what_the_move_composes(
    qtbot: QtBot, blog: OldBlog, blocks: bool
) -> None:
    session = read_session(blog)
    move = session.need_move()
    move.choices = Choices(blocks=blocks)
    page = prepare(move, blog, "cns!1", 300, 1.0, threading.Event())
    assert page is not None
    placed = {
        p.address: Placed(f"photo:{n}", f"photo:{n}", 300, 200)
        for n, p in enumerate(move.post("cns!1").photos)
    }
    sent = compose(move.post("cns!1"), placed, blocks=blocks)
    assert ("<!-- wp:" in sent) is blocks
    assert for_browser(sent, 300) in page.html
    session.let_go()


def test_the_photo_that_stands_for_a_post_is_above_its_text(qtbot: QtBot) -> None:
    face = {"featured": "photos/1-0.png", "html": "<p>Only words</p>"}
    blog = OldBlog([entry(1, photos=1, **face)])
    session = read_session(blog)
    move = session.need_move()
    # Where nothing can stand for a post, it is the first thing in its text.
    for choices, faces in (
        (Choices(), True),
        (Choices(), False),
        (Choices(featured=False), True),
    ):
        move.choices = choices
        page = prepare(move, blog, "cns!1", 300, 1.0, threading.Event(), faces)
        assert page is not None
        assert page.html.count("<img") == 1
        assert page.html.index("<img") < page.html.index("Only words")
    session.let_go()


def test_photos_that_stay_behind_are_not_in_it(qtbot: QtBot, blog: OldBlog) -> None:
    session = read_session(blog)
    session.need_move().choices = Choices(photos=False)
    preview = shown(qtbot, session, "cns!1", "Words of 1.")
    assert preview.toPlainText().count("did not come along") == 3
    assert not blog.reads
    preview.quit_work()
    session.let_go()


def test_it_reads_no_file_and_no_address(qtbot: QtBot, blog: OldBlog) -> None:
    session = read_session(blog)
    preview = shown(qtbot, session, "cns!2", "Words of 2.")
    for address in (
        "file:///etc/hostname",
        "http://127.0.0.1/a.png",
        "qrc:/x",
        "photo:9",
    ):
        for kind in QTextDocument.ResourceType:
            assert preview.loadResource(kind.value, QUrl(address)) is None
    assert not preview.openLinks()
    assert not preview.openExternalLinks()
    preview.quit_work()
    session.let_go()


def test_only_the_last_of_many_wishes_is_shown(qtbot: QtBot) -> None:
    blog = OldBlog([entry(n, photos=1) for n in range(30)])
    session = read_session(blog)
    preview = shown(qtbot, session, "cns!0", "Words of 0.")
    for number in range(30):
        preview.show_post(session.need_move(), blog, f"cns!{number}")
    qtbot.waitUntil(lambda: "Words of 29." in preview.toPlainText(), timeout=10_000)
    # Those that were passed by were never prepared.
    assert sum(blog.reads.values()) <= 4
    preview.quit_work()
    session.let_go()


def test_a_photo_that_cannot_be_read_leaves_a_note(qtbot: QtBot) -> None:
    post = entry(1, photos=1)
    blog = OldBlog([post], {"photos/else.png": b""})
    session = read_session(blog)
    preview = shown(qtbot, session, "cns!1", "Words of 1.")
    assert "did not come along" in preview.toPlainText()
    preview.quit_work()
    session.let_go()


def test_it_can_be_closed_while_it_prepares(qtbot: QtBot) -> None:
    begun, go = threading.Event(), threading.Event()

    class Slow(OldBlog):
        def read(self, photo: Photo) -> bytes:
            begun.set()
            go.wait(10)
            return super().read(photo)

    session = read_session(Slow([entry(1, photos=3)]))
    preview = Preview()
    qtbot.addWidget(preview)
    preview.show_post(session.need_move(), session.need_source(), "cns!1")
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    threading.Timer(0.1, go.set).start()
    preview.quit_work()
    # Told to stop, it did not go on to the second photo.
    assert sum(session.need_source().reads.values()) == 1  # type: ignore[attr-defined]
    session.let_go()
