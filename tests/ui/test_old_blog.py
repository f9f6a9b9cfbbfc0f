"""The second page: what was recognised, what is asked, and reading it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.move.doubles import OldBlog, entry
from tests.sources.backups import FILES
from tests.sources.test_locked_zip import PASSWORD, aes
from tests.ui.conftest import Sitting, read_session
from tests.wordpress import WordPress
from wizard import settings
from wizard.blog import Photo, Post
from wizard.credentials import Secret, Wallet
from wizard.errors import Unreadable
from wizard.sources.locked_zip import ZIP_PASSWORD
from wizard.ui import jobs, look
from wizard.ui.new_blog_page import NewBlogPage
from wizard.ui.old_blog_page import COMMENTS, MISSING, PHOTOS, POSTS, OldBlogPage
from wizard.ui.state import Session
from wizard.ui.welcome_page import WelcomePage

Sit = Callable[..., Sitting]


def opened(sit: Sit, place: str = str(settings.SAMPLE)) -> tuple[Sitting, OldBlogPage]:
    sitting = sit(Session(locations=(place,)))
    page = sitting.wait_for(OldBlogPage)
    assert isinstance(page, OldBlogPage)
    return sitting, page


def test_the_sample_is_recognised_read_and_counted(sit: Sit) -> None:
    sitting, page = opened(sit)
    sitting.wait(page.isComplete)
    numbers = [page.figures.number(name) for name in (POSTS, PHOTOS, COMMENTS, MISSING)]
    assert numbers == ["24", "44", "68", "1"]
    assert "Low Tide" in page.what.text()
    assert "Windows Live Spaces" in page.where.text()
    assert "1 photo is mentioned" in page.notes_text.text()
    assert not page.questions.isVisible()


def test_the_old_clock_is_asked_once_and_written_down(sit: Sit) -> None:
    sitting, page = opened(sit)
    sitting.wait(page.isComplete)
    assert page.clock.isVisible()
    line = page.zone.lineEdit()
    assert line is not None
    line.clear()
    sitting.qtbot.keyClicks(line, "Beijing")
    page.zone._settle()
    sitting.next()
    sitting.wait_for(NewBlogPage)
    assert sitting.session.choices.time_zone == "Asia/Shanghai"
    assert sitting.session.need_move().choices.time_zone == "Asia/Shanghai"


def test_a_blog_that_still_answers_is_read_with_its_password(
    sit: Sit, wordpress: WordPress
) -> None:
    sitting, page = opened(sit, wordpress.url)
    assert not page.read_button.isEnabled()
    user, password = page.form.lines["user"], page.form.lines["password"]
    sitting.qtbot.keyClicks(user, wordpress.user)
    sitting.qtbot.keyClicks(password, "not the one")
    sitting.qtbot.keyClick(password, Qt.Key.Key_Return)
    sitting.wait(lambda: page.notice.isVisible() and not page.busy)
    assert "password" in page.notice.title.text()
    assert not page.isComplete()
    password.clear()
    sitting.qtbot.keyClicks(password, wordpress.login_password)
    sitting.qtbot.keyClick(password, Qt.Key.Key_Return)
    sitting.wait(page.isComplete)
    assert int(page.figures.number(POSTS)) >= 1
    # WordPress knows its own clock.
    assert not page.clock.isVisible()
    move = sitting.session.need_move()
    assert move.noted("old user") == wordpress.user
    assert wordpress.login_password.encode() not in move.path.read_bytes()


class Waiting(OldBlog):
    """Gives a few posts, and the others when it is let."""

    def __init__(self) -> None:
        super().__init__([entry(n, photos=1) for n in range(20)])
        self.go = threading.Event()
        self.ended = threading.Event()

    def posts(self) -> Iterator[Post]:
        try:
            for number, post in enumerate(self.all):
                if number == 5:
                    self.go.wait(10)
                yield post
        finally:
            self.ended.set()


def use(monkeypatch: pytest.MonkeyPatch, blog: OldBlog) -> None:
    """This blog is what is found, wherever one looks."""
    monkeypatch.setattr("wizard.sources.kind_of", lambda location: type(blog))
    monkeypatch.setattr("wizard.sources.open_source", lambda *_: blog)


def test_counts_grow_while_it_is_read(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = Waiting()
    use(monkeypatch, blog)
    sitting, page = opened(sit, "memory")
    sitting.wait(lambda: page.figures.number(POSTS) == "5")
    assert page.figures.number(MISSING) == "…"
    assert not page.isComplete()
    blog.go.set()
    sitting.wait(page.isComplete)
    assert page.figures.number(PHOTOS) == "20"


def test_going_back_stops_the_reading_and_leaves_nothing(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = Waiting()
    use(monkeypatch, blog)
    sitting, page = opened(sit, "memory")
    sitting.wait(lambda: page.figures.number(POSTS) == "5")
    threading.Timer(0.1, blog.go.set).start()
    sitting.window.back()
    assert isinstance(sitting.now, WelcomePage)
    assert not page.busy
    assert sitting.session.move is None
    assert not list(settings.moves_folder().glob("*.move"))


def test_a_blog_that_breaks_off_can_be_tried_again(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Torn(OldBlog):
        whole = False

        def posts(self) -> Iterator[Post]:
            for number, post in enumerate(self.all):
                if number == 3 and not self.whole:
                    raise Unreadable("The zip ends in the middle.", "Copy it again.")
                yield post

    blog = Torn([entry(n) for n in range(6)])
    use(monkeypatch, blog)
    sitting, page = opened(sit, "memory")
    sitting.wait(page.notice.isVisible)
    assert page.notice.title.text() == "The zip ends in the middle."
    assert not page.isComplete()
    blog.whole = True
    page.read_button.click()
    sitting.wait(page.isComplete)
    assert len(sitting.session.rows) == 6
    assert len(list(settings.moves_folder().glob("*.move"))) == 1


def test_the_window_lives_while_a_slow_blog_is_read(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = Waiting()
    use(monkeypatch, blog)
    sitting, page = opened(sit, "memory")
    beats = []
    for _ in range(20):
        sitting.qtbot.wait(10)
        beats.append(page.busy)
    assert all(beats)
    assert page.spinner.isVisible()
    blog.go.set()
    sitting.wait(page.isComplete)


def test_closing_while_it_is_read_waits_and_leaves_nothing(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = Waiting()
    use(monkeypatch, blog)
    sitting, page = opened(sit, "memory")
    sitting.wait(lambda: page.figures.number(POSTS) == "5")
    threading.Timer(0.1, blog.go.set).start()
    sitting.window.close()
    assert blog.ended.is_set()
    assert not sitting.window.isVisible()
    assert not list(settings.moves_folder().glob("*.move"))


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (1, "1 photo is mentioned, but not in what you have. The post arrives with"),
        (2, "2 photos are mentioned, but not in what you have. The posts arrive with"),
    ],
)
def test_one_missing_photo_is_spoken_of_as_one(
    sit: Sit, missing: int, words: str
) -> None:
    photos = tuple(Photo(f"{n}.jpg", False) for n in range(missing))
    blog = OldBlog([replace(entry(0), photos=photos)])
    page = sit(read_session(blog)).go_to(OldBlogPage)
    assert isinstance(page, OldBlogPage)
    assert words in page.notes_text.text()


def test_a_locked_zip_asks_for_its_password_and_is_then_what_is_in_it(
    sit: Sit, tmp_path: Path
) -> None:
    place = aes(tmp_path / "space.zip", {n: _bytes(d) for n, d in FILES.items()})
    sitting, page = opened(sit, str(place))
    assert "locked with a password" in page.what.text()
    assert not page.read_button.isEnabled()
    line = page.form.lines[ZIP_PASSWORD]
    assert line.echoMode() is QLineEdit.EchoMode.Password
    sitting.qtbot.keyClicks(line, "not the one")
    sitting.qtbot.keyClick(line, Qt.Key.Key_Return)
    sitting.wait(lambda: page.notice.isVisible() and not page.busy)
    assert "does not open with this password" in page.notice.title.text()
    assert not page.isComplete()
    line.clear()
    line.insert(PASSWORD)
    sitting.qtbot.keyClick(line, Qt.Key.Key_Return)
    sitting.wait(page.isComplete)
    assert page.figures.number(POSTS) == "2"
    assert "Windows Live Spaces backup" in page.where.text()
    move = sitting.session.need_move()
    assert PASSWORD.encode() not in move.path.read_bytes()
    resumed = jobs.resume(move, sitting.session.wallet)
    assert resumed.source is None


def test_a_space_at_the_end_of_a_password_is_part_of_it(
    sit: Sit, tmp_path: Path
) -> None:
    files = {n: _bytes(d) for n, d in FILES.items()}
    place = aes(tmp_path / "space.zip", files, password=b" two words ")
    sitting, page = opened(sit, str(place))
    line = page.form.lines[ZIP_PASSWORD]
    sitting.qtbot.keyClicks(line, " two words ")
    sitting.qtbot.keyClick(line, Qt.Key.Key_Return)
    sitting.wait(page.isComplete)
    assert page.figures.number(POSTS) == "2"


def pushed_out(sit: Sit, folder: Path) -> int:
    """By how many pixels a file of a very long name makes its page too wide."""
    place = folder / f"{'Backup_of_my_old_Space_' * 8}.zip"
    aes(place, {n: _bytes(d) for n, d in FILES.items()})
    sitting, page = opened(sit, str(place))
    line = page.form.lines[ZIP_PASSWORD]
    sitting.qtbot.keyClicks(line, "not the one")
    sitting.qtbot.keyClick(line, Qt.Key.Key_Return)
    sitting.wait(lambda: page.notice.isVisible() and not page.busy)
    assert place.name in page.where.text()
    assert place.name in page.notice.title.text()
    assert page.area
    inside, room = page.area.widget(), page.area.viewport()
    return inside.minimumSizeHint().width() - room.width()


def test_a_long_name_pushes_nothing_out_of_the_window(sit: Sit, tmp_path: Path) -> None:
    assert pushed_out(sit, tmp_path) <= 0


def test_control_unbroken_it_would(
    sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "breakable", lambda text: text)
    assert pushed_out(sit, tmp_path) > 100


def test_a_zip_whose_password_is_kept_opens_again_by_itself(tmp_path: Path) -> None:
    place = str(aes(tmp_path / "space.zip", {n: _bytes(d) for n, d in FILES.items()}))
    answers, wallet = {ZIP_PASSWORD: Secret(PASSWORD)}, Wallet()
    found = jobs.open_old_blog((place,), answers, wallet)
    move = jobs.new_move(found.blog, (place,), "")
    resumed = jobs.resume(move, wallet)
    move.close()
    assert resumed.source is not None
    assert len(list(resumed.source.posts())) == 2


def _bytes(data: str | bytes) -> bytes:
    return data if isinstance(data, bytes) else data.encode()
