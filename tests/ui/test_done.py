"""The last page: the verdict, what did not arrive, trying again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.move.doubles import NewBlog, OldBlog, entry
from tests.move.fates import refused
from tests.ui.conftest import Opener, Sitting, read_session
from tests.ui.moves import Gate, begun, done
from wizard.blog import Photo
from wizard.destinations import Kind, NewPost, Remote
from wizard.move.events import (
    State,
)
from wizard.ui.done_page import FAILED, POSTS, DonePage
from wizard.ui.moving_page import MovingPage

Sit = Callable[..., Sitting]

pytestmark = pytest.mark.usefixtures("hasty")


def test_where_all_arrived_and_something_deserves_a_look_it_does_not_say_otherwise(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = new_blog.read

    def filtered(remote: Remote) -> NewPost | None:
        now = real(remote)
        return now and replace(now, html="<p>Words</p>")

    monkeypatch.setattr(new_blog, "read", filtered)
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    assert page.title_line.text() == "Done: please look"
    assert page.verdict.text().startswith("All 8 posts")


def test_a_refused_post_tells_why_in_its_row_and_can_be_tried_again(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    new_blog.fates[Kind.POST] = [refused]
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    (bad,) = [
        row
        for row in moving.posts.rows
        if moving.posts.progress_of(row).state is State.REFUSED
    ]
    trouble = moving.posts.progress_of(bad).trouble
    assert trouble is not None
    assert trouble.title == "The new blog refused this."
    (failure,) = sitting.session.failures
    assert failure.post == bad.key
    assert page.title_line.text() == "Not everything arrived"
    requests = new_blog.count("create", Kind.POST)
    (retry,) = [
        made
        for made in page.failures.findChildren(QPushButton)
        if made.accessibleName() == f"Retry {bad.title}"
    ]
    retry.click()
    sitting.wait_for(MovingPage)
    assert [row.key for row in moving.posts.rows] == [bad.key]
    done(sitting)
    assert page.title_line.text() == "Done"
    assert page.figures.number(POSTS) == "8"
    assert new_blog.count("create", Kind.POST) == requests + 1


def test_all_refused_things_are_tried_again_together(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    new_blog.fates[Kind.COMMENT] = [refused, refused]
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    assert page.figures.number(FAILED) == "2"
    assert len(sitting.session.failures) == 2
    assert all(Kind.POST not in failure.kinds for failure in sitting.session.failures)
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    assert len(moving.posts.rows) == 2
    done(sitting)
    assert page.figures.number(FAILED) == "0"
    assert len(new_blog.of(Kind.COMMENT)) == 4


def test_stopping_here_ends_with_what_was_done_and_can_be_gone_on_with(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    gate = Gate(new_blog)
    sitting, moving = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.qtbot.mouseClick(moving.stop_button, Qt.MouseButton.LeftButton)
    gate.open.set()
    page = done(sitting)
    assert page.title_line.text() == "Stopped here"
    assert page.retry_button.text() == "Go on"
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    sitting.wait(lambda: isinstance(sitting.now, DonePage))
    assert page.title_line.text() == "Done"
    assert len(new_blog.of(Kind.POST)) == 8


def test_the_new_blog_and_the_report_open(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, opener: Opener
) -> None:
    session = read_session(old_blog, new_blog)
    sitting, _ = begun(sit, session)
    page = done(sitting)
    page.open_button.click()
    assert opener.urls == ["memory://new"]
    page.report_button.click()
    sitting.wait(lambda: len(opener.urls) == 2)
    report = Path(opener.urls[1].removeprefix("file://"))
    assert report.parent == session.need_move().path.parent
    assert "<html" in report.read_text("utf-8")[:200]
    assert "Entry 3" in report.read_text("utf-8")


@pytest.mark.parametrize("count", [3, 60])
def test_a_long_list_of_failures_is_cut_short(
    sit: Sit, new_blog: NewBlog, count: int
) -> None:
    new_blog.fates[Kind.POST] = [refused] * count
    blog = OldBlog([entry(number) for number in range(count)])
    sitting, _ = begun(sit, read_session(blog, new_blog))
    page = done(sitting)
    shown = page.failures.findChildren(QPushButton)
    assert len(shown) == min(count, 50)
    assert page.figures.number(FAILED) == str(count)


MANY = "http://photos.example.com/" + "a-very-long-name-of-a-photo" * 6


@pytest.fixture
def lacking(new_blog: NewBlog) -> OldBlog:
    """A post with five photos that nobody has, one with such a photo and a refusal."""
    posts = [entry(0), entry(1), entry(2, comments=1)]
    gone = [Photo(f"{MANY}/{n}.jpg", False, (f"{MANY}/{n}.jpg",)) for n in range(5)]
    posts[1] = replace(posts[1], photos=tuple(gone), title="Ti" * 90)
    posts[2] = replace(posts[2], photos=(gone[0],))
    new_blog.fates[Kind.COMMENT] = [refused]
    return OldBlog(posts, {"": b""})


def test_photos_that_nobody_has_are_listed_and_not_tried_again(
    sit: Sit, lacking: OldBlog, new_blog: NewBlog
) -> None:
    sitting, moving = begun(sit, read_session(lacking, new_blog))
    page = done(sitting)
    said = [made.text() for made in page.failures.findChildren(QLabel)]
    assert any(words.startswith("5 photos, among them: ") for words in said)
    shown = page.failures.findChildren(QPushButton)
    assert [made.accessibleName() for made in shown] == ["Retry Entry 2"]
    page.retry_button.click()
    sitting.wait_for(MovingPage)
    assert [row.title for row in moving.posts.rows] == ["Entry 2"]
    done(sitting)
    # What is left is nobody's to mend.
    assert len(sitting.session.failures) == 2
    assert not page.retry_button.isVisible()


@pytest.mark.parametrize("size", [(1000, 720), (860, 600)])
def test_failures_are_as_wide_as_their_list(
    sit: Sit, lacking: OldBlog, new_blog: NewBlog, size: tuple[int, int]
) -> None:
    sitting, _ = begun(sit, read_session(lacking, new_blog))
    sitting.window.resize(*size)
    page = done(sitting)
    view = page.failures.area.viewport()
    sitting.wait(lambda: page.failures.area.widget().width() <= view.width())
    for made in page.failures.findChildren(QPushButton):
        right = made.mapTo(view, made.rect().topRight()).x()
        assert 0 < right < view.width()
    for made in page.failures.findChildren(QLabel):
        assert made.minimumSizeHint().width() <= made.width()


def test_a_category_that_was_refused_can_be_tried_again(
    sit: Sit, new_blog: NewBlog
) -> None:
    new_blog.fates[Kind.CATEGORY] = [refused]
    old_blog = OldBlog([entry(n, categories=("News",)) for n in range(2)])
    sitting, _ = begun(sit, read_session(old_blog, new_blog))
    page = done(sitting)
    assert page.title_line.text() == "Not everything arrived"
    sitting.qtbot.mouseClick(page.retry_button, Qt.MouseButton.LeftButton)
    sitting.wait_for(MovingPage)
    assert done(sitting).title_line.text() == "Done"
    assert all(row.thing.categories for row in new_blog.of(Kind.POST))  # type: ignore[union-attr]
