"""The whole window: from the first page to the last, resumed, closed, read aloud."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QWizard,
)

from tests.ui.conftest import Sitting
from tests.wordpress import WordPress
from wizard import settings
from wizard.ui.choose_page import ChoosePage
from wizard.ui.done_page import DonePage
from wizard.ui.how_page import HowPage
from wizard.ui.new_blog_page import NewBlogPage
from wizard.ui.old_blog_page import OldBlogPage
from wizard.ui.ready_page import ReadyPage
from wizard.ui.state import Session
from wizard.ui.welcome_page import WelcomePage
from wizard.ui.window import PAGES

Sit = Callable[..., Sitting]


def walk_to_new_blog(sitting: Sitting) -> NewBlogPage:
    welcome = sitting.page(WelcomePage)
    assert isinstance(welcome, WelcomePage)
    sitting.qtbot.mouseClick(welcome.sample_button, Qt.MouseButton.LeftButton)
    old = sitting.wait_for(OldBlogPage)
    sitting.wait(old.isComplete)
    sitting.next()
    page = sitting.wait_for(NewBlogPage)
    assert isinstance(page, NewBlogPage)
    return page


def walk_on(sitting: Sitting) -> DonePage:
    """From *Choose posts* to the end, by *Next* and *Move*."""
    for page in (ChoosePage, HowPage):
        sitting.wait_for(page)
        sitting.next()
    sitting.wait_for(ReadyPage)
    sitting.press(QWizard.WizardButton.CommitButton)
    done = sitting.wait_for(DonePage)
    assert isinstance(done, DonePage)
    return done


def test_the_sample_blog_moves_into_an_import_file(sit: Sit, tmp_path: Path) -> None:
    sitting = sit()
    page = walk_to_new_blog(sitting)
    page.file_choice.setChecked(True)
    page.file.line.setText(str(tmp_path / "new.xml"))
    sitting.next()
    done = walk_on(sitting)
    assert "24 posts, 43 of 44 photos" in done.verdict.text()
    assert done.open_button.text() == "Show the import file"
    tree = ElementTree.parse(tmp_path / "new.xml")
    kinds = [
        item.findtext("{http://wordpress.org/export/1.2/}post_type")
        for item in tree.iter("item")
    ]
    assert kinds.count("post") == 24
    files = (tmp_path / "new-photos").rglob("*")
    assert sum(path.suffix in (".jpg", ".png", ".gif") for path in files) == 43
    assert len(sitting.session.failures) == 1


def test_the_sample_blog_moves_into_a_real_wordpress(
    sit: Sit, fresh_wordpress: WordPress
) -> None:
    sitting = sit()
    page = walk_to_new_blog(sitting)
    site = fresh_wordpress
    page.site.address.setText(site.url)
    page.site.form.fill({"user": site.user, "password": site.password})
    sitting.next()
    sitting.wait(lambda: page.result.isVisible())
    sitting.next()
    done = walk_on(sitting)
    assert "24 posts, 43 of 44 photos" in done.verdict.text()
    rows = sitting.session.rows
    assert all(row.address.startswith(site.url) for row in rows)


def test_an_earlier_move_is_gone_on_with_in_one_click(sit: Sit, tmp_path: Path) -> None:
    sitting = sit()
    page = walk_to_new_blog(sitting)
    page.file_choice.setChecked(True)
    page.file.line.setText(str(tmp_path / "new.xml"))
    sitting.next()
    choose = sitting.wait_for(ChoosePage)
    assert isinstance(choose, ChoosePage)
    choose.table.selectRow(0)
    sitting.qtbot.keyClick(choose.table, Qt.Key.Key_Space)
    sitting.next()
    sitting.wait_for(HowPage)
    sitting.window.close()

    again = sit()
    welcome = again.page(WelcomePage)
    assert isinstance(welcome, WelcomePage)
    again.wait(welcome.moves.isVisible)
    (button,) = welcome.moves.buttons
    again.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    ready = again.wait_for(ReadyPage)
    assert isinstance(ready, ReadyPage)
    again.wait(ready.isComplete)
    assert ready.sentence.text().startswith("23 posts")
    # The pages that were passed by can be gone back to, one by one.
    for kind in (HowPage, ChoosePage, NewBlogPage, OldBlogPage):
        again.press(QWizard.WizardButton.BackButton)
        again.wait_for(kind)
    for _ in range(2):
        again.next()
    assert isinstance(again.wait_for(ChoosePage), ChoosePage)


def test_a_move_to_a_site_asks_for_the_password_that_was_not_kept(
    sit: Sit, wordpress: WordPress
) -> None:
    sitting = sit()
    page = walk_to_new_blog(sitting)
    page.site.address.setText(wordpress.url)
    page.site.form.fill({"user": wordpress.user, "password": wordpress.password})
    sitting.next()
    sitting.wait(lambda: page.result.isVisible())
    sitting.next()
    sitting.wait_for(ChoosePage)
    path = sitting.session.need_move().path
    sitting.window.close()

    again = sit(Session(locations=(str(path),)))
    asked = again.wait_for(NewBlogPage)
    assert isinstance(asked, NewBlogPage)
    assert asked.site.address.text().rstrip("/") == wordpress.url
    assert asked.site.form.lines["user"].text() == wordpress.user
    assert asked.site.form.lines["password"].text() == ""


def test_another_old_blog_after_going_back_starts_anew(
    sit: Sit, tmp_path: Path
) -> None:
    sitting = sit()
    page = walk_to_new_blog(sitting)
    page.file_choice.setChecked(True)
    page.file.line.setText(str(tmp_path / "new.xml"))
    sitting.next()
    sitting.wait_for(ChoosePage)
    first = sitting.session.need_move().path
    for kind in (NewBlogPage, OldBlogPage, WelcomePage):
        sitting.press(QWizard.WizardButton.BackButton)
        sitting.wait_for(kind)
    copy = tmp_path / "other.zip"
    copy.write_bytes(settings.SAMPLE.read_bytes())
    welcome = sitting.now
    assert isinstance(welcome, WelcomePage)
    welcome.open_places((str(copy),))
    old = sitting.wait_for(OldBlogPage)
    sitting.wait(old.isComplete)
    assert sitting.session.need_move().path != first
    assert sitting.session.destination is None
    sitting.next()
    sitting.wait_for(NewBlogPage)


def test_the_steps_at_the_side_follow_the_pages(sit: Sit) -> None:
    sitting = sit()
    assert sitting.window.steps.names == tuple(page.step for page in PAGES)
    assert sitting.window.steps.accessibleName() == "Step 1 of 8: Welcome"
    walk_to_new_blog(sitting)
    assert sitting.window.steps.current == 2


def test_closing_before_anything_moves_asks_nothing(sit: Sit) -> None:
    sitting = sit()
    walk_to_new_blog(sitting)
    sitting.window.close()
    assert not sitting.window.isVisible()
    assert sitting.session.move is None


# Starting


def test_the_window_is_up_before_anything_heavy_is_loaded() -> None:
    program = """
import sys
from PySide6.QtWidgets import QApplication
import wizard.ui.app
from wizard.ui.look import wear
from wizard.ui.state import Session
from wizard.ui.window import Window
app = QApplication([])
wear(app)
window = Window(Session())
window.show()
print(sorted({"requests", "lxml", "PIL", "keyring", "nh3"} & set(sys.modules)))
window.leave()
"""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "[]"), ran.stderr
