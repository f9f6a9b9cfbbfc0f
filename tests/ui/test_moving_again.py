"""Trouble on the moving page: a new password, trying now, trying again, silence."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import requests
from PySide6.QtCore import Qt

from tests.move.doubles import NewBlog, OldBlog
from tests.move.fates import refused
from tests.ui.conftest import Sitting, read_session
from tests.ui.moves import Gate, begun, done
from tests.wordpress import WordPress
from wizard.credentials import Secret
from wizard.destinations import Kind, open_destination
from wizard.errors import Unreachable
from wizard.move.events import State
from wizard.ui.moving_page import MovingPage
from wizard.ui.waits import STALL

Sit = Callable[..., Sitting]


def paused_with_refusals(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> tuple[Sitting, MovingPage]:
    """Paused in the middle, two posts refused."""
    new_blog.fates[Kind.POST] = [refused, refused]
    gate = Gate(new_blog, free=9)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    page.pause_button.click()
    gate.open.set()
    sitting.wait(lambda: not page.busy)
    assert page.title_line.text() == "Paused"
    assert len(sitting.session.failures) == 2
    return sitting, page


@pytest.mark.usefixtures("hasty")
class TestTryingAgain:
    def test_all_that_was_refused_is_tried_again_and_the_rest_still_waits(
        self, sit: Sit, old_blog: OldBlog, new_blog: NewBlog
    ) -> None:
        sitting, page = paused_with_refusals(sit, old_blog, new_blog)
        assert page.retry_button.text() == "Retry 2"
        before = len(new_blog.of(Kind.POST))
        page.retry_button.click()
        sitting.wait(lambda: not page.busy)
        assert page.title_line.text() == "Paused"
        assert len(new_blog.of(Kind.POST)) == before + 2
        assert not page.retry_button.isVisible()
        page.pause_button.click()
        done(sitting)
        assert len(new_blog.of(Kind.POST)) == 8

    def test_one_is_tried_again_by_its_row_and_a_key(
        self, sit: Sit, old_blog: OldBlog, new_blog: NewBlog
    ) -> None:
        sitting, page = paused_with_refusals(sit, old_blog, new_blog)
        one, other = (failure.post for failure in sitting.session.failures)
        page.table.selectRow(page.posts.number_of(one))
        assert page.table.retry_action.text() == "Retry"
        with sitting.qtbot.waitActive(sitting.window):
            sitting.window.activateWindow()
        page.table.setFocus()
        sitting.qtbot.keyClick(
            page.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier
        )
        sitting.wait(lambda: not page.busy)
        assert [failure.post for failure in sitting.session.failures] == [other]
        line = page.posts.number_of(one)
        assert page.posts.progress_of(page.posts.row(line)).state is State.SENT

    def test_nothing_can_be_tried_again_while_it_runs(
        self, sit: Sit, old_blog: OldBlog, new_blog: NewBlog
    ) -> None:
        sitting, page = paused_with_refusals(sit, old_blog, new_blog)
        new_blog.meddle = lambda verb, what: time.sleep(0.2)
        page.pause_button.click()
        assert page.busy
        assert not page.table.retry_action.isEnabled()
        assert not page.retry_button.isVisible()
        page.retry()
        assert page._some is None
        done(sitting)


def test_a_lost_password_is_asked_for_on_the_spot_and_the_move_goes_on(
    sit: Sit, old_blog: OldBlog, fresh_wordpress: WordPress
) -> None:
    site = fresh_wordpress
    answers = {"user": site.user, "password": Secret(site.password)}
    destination = open_destination(site.url, answers)
    session = read_session(old_blog, destination)
    session.new_answers = answers
    password = another_password(site)
    sitting, page = begun(sit, session)
    sitting.wait(lambda: page.sign_in.isVisible())
    assert not page.notice.isVisible()
    assert page.title_line.text() == "Paused"
    lines = page.sign_in.form.lines
    assert lines["user"].text() == site.user
    assert not page.sign_in.go_button.isEnabled()
    lines["password"].setText("aaaa bbbb cccc dddd eeee ffff")
    page.sign_in.go_button.click()
    sitting.wait(lambda: not page.busy)
    assert page.notice.isVisible()
    assert page.sign_in.isVisible()
    lines["password"].setText(password)
    sitting.qtbot.keyClick(lines["password"], Qt.Key.Key_Return)
    done(sitting)
    assert "8 posts" in sitting.session.ended.verdict.sentence  # type: ignore[union-attr]
    assert not page.sign_in.form.lines


def another_password(site: WordPress) -> str:
    """A new application password; the one before is revoked."""
    place = f"{site.url}/wp-json/wp/v2/users/me/application-passwords"
    old = requests.post(
        place, {"name": "again"}, auth=(site.user, site.password), timeout=30
    ).json()
    new = str(old["password"])
    for known in requests.get(place, auth=(site.user, new), timeout=30).json():
        if known["uuid"] != old["uuid"]:
            there = f"{place}/{known['uuid']}"
            requests.delete(there, auth=(site.user, new), timeout=30)
    return new


def test_a_network_that_is_back_is_used_at_once_when_asked_to(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    away = [True]

    def meddle(verb: str, what: object) -> None:
        if away[0]:
            raise Unreachable("The new blog cannot be reached.", "Is the cable in?")

    session = read_session(old_blog, new_blog)
    new_blog.meddle = meddle
    sitting, page = begun(sit, session)
    sitting.wait(lambda: page.hurry_button.isVisible())
    assert page.notice.title.text() == "The new blog cannot be reached."
    assert "Going on in 0:0" in page.notice.hint.text()
    assert page.band.time_line.text() == ""
    # Long enough that nobody can take the end of a wait for the button's doing.
    sitting.wait(lambda: "in 0:15" in page.notice.hint.text())
    away[0] = False
    began = time.monotonic()
    page.hurry_button.click()
    done(sitting)
    assert time.monotonic() - began < 10
    assert len(new_blog.of(Kind.POST)) == 8


def test_silence_is_told_and_can_be_paused(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.ui.waits.STALL", 1.0)
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: page.notice.isVisible())
    assert page.notice.title.text() == "Nothing has come back from new for 1 seconds."
    assert page.pause_button.isEnabled()
    gate.open.set()
    done(sitting)
    assert not page.notice.isVisible()


def test_silence_would_be_silent_without_the_watch(
    sit: Sit, old_blog: OldBlog, new_blog: NewBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert STALL == 40
    monkeypatch.setattr("wizard.ui.waits.STALL", float("inf"))
    gate = Gate(new_blog)
    sitting, page = begun(sit, read_session(old_blog, new_blog))
    sitting.wait(lambda: gate.left < 0)
    sitting.qtbot.wait(1500)
    assert not page.notice.isVisible()
    gate.open.set()
    done(sitting)
