"""The pages between the two blogs: which posts, how they arrive, what will happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWizard

from tests.move.doubles import NewBlog, OldBlog, entry
from tests.ui.conftest import Sitting, read_session
from wizard.blog import Photo, Status
from wizard.content.composing import compose
from wizard.destinations import Kind, Person, Remote, Site
from wizard.move.book import WITHDRAWN
from wizard.move.choices import As
from wizard.move.events import State
from wizard.move.plan import of_pings
from wizard.ui.choose_page import ChoosePage
from wizard.ui.how_page import HowPage
from wizard.ui.old_blog_page import OldBlogPage
from wizard.ui.post_list import ALREADY, Show
from wizard.ui.post_table import PostDelegate
from wizard.ui.ready_page import CATEGORIES, COMMENTS, PHOTOS, POSTS, ReadyPage
from wizard.ui.state import Session

Sit = Callable[..., Sitting]


@pytest.fixture
def session(new_blog: NewBlog) -> Session:
    """Twelve posts of two years: three with photos, one without a title."""
    posts = [entry(n, photos=2 * (n % 4 == 0), comments=n % 3) for n in range(12)]
    posts = [
        replace(
            post,
            title=post.title if n != 3 else "",
            date=post.date and post.date.replace(year=2006 + n // 6),
            categories=(("Travel",), ("Food",))[n % 2],
            comments_elsewhere=4 if n == 5 else 0,
        )
        for n, post in enumerate(posts)
    ]
    return read_session(OldBlog(posts), new_blog)


def choose_page(sitting: Sitting) -> ChoosePage:
    page = sitting.go_to(ChoosePage)
    assert isinstance(page, ChoosePage)
    return page


def test_all_posts_are_ticked_and_counted_at_first(sit: Sit, session: Session) -> None:
    page = choose_page(sit(session))
    assert page.count_line.text() == "12 of 12 posts ticked, 6 photos, 12 comments"
    assert page.isComplete()


def test_escape_in_the_search_clears_it(sit: Sit, session: Session) -> None:
    sitting = sit(session)
    page = choose_page(sitting)
    sitting.qtbot.keyClicks(page.search, "travel")
    sitting.wait(lambda: len(page.posts.shown) == 6)
    sitting.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    sitting.wait(lambda: len(page.posts.shown) == 12)
    assert sitting.window.isVisible()


def test_nothing_ticked_is_nothing_to_move(sit: Sit, session: Session) -> None:
    sitting = sit(session)
    page = choose_page(sitting)
    sitting.qtbot.mouseClick(page.none_button, Qt.MouseButton.LeftButton)
    assert not page.isComplete()
    assert page.count_line.text().startswith("0 of 12 posts")
    sitting.qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    assert page.isComplete()


def test_searching_and_ticking_only_what_is_listed(sit: Sit, session: Session) -> None:
    sitting = sit(session)
    page = choose_page(sitting)
    assert not page.shown_button.isEnabled()
    sitting.qtbot.keyClicks(page.search, "travel")
    sitting.wait(lambda: page.posts.rowCount() == 6)
    page.shown_button.click()
    assert "6 of 12 posts ticked" in page.count_line.text()
    sitting.next()
    sitting.wait_for(HowPage)
    assert len(session.need_move().chosen_keys()) == 6


def test_boxes_narrow_the_list_by_year_category_and_state(
    sit: Sit, session: Session
) -> None:
    page = choose_page(sit(session))
    page.year.setCurrentText("2006")
    page.category.setCurrentText("Food")
    assert [page.posts.row(n).key for n in range(page.posts.rowCount())] == [
        "cns!1",
        "cns!3",
        "cns!5",
    ]
    page.show_only.setCurrentText(Show.MISSING)
    assert page.posts.rowCount() == 1
    page.category.setCurrentText("Travel")
    assert page.posts.rowCount() == 0
    assert page.nothing.isVisible()


def test_enter_in_the_search_does_not_turn_the_page(sit: Sit, session: Session) -> None:
    sitting = sit(session)
    page = choose_page(sitting)
    sitting.qtbot.keyClicks(page.search, "food")
    sitting.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert isinstance(sitting.now, ChoosePage)


def test_control_f_goes_to_the_search(sit: Sit, session: Session) -> None:
    sitting = sit(session)
    page = choose_page(sitting)
    with sitting.qtbot.waitActive(sitting.window):
        sitting.window.activateWindow()
    page.table.setFocus()
    sitting.qtbot.keyClick(
        page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier
    )
    assert page.search.hasFocus()


def test_a_post_without_a_title_shows_how_it_begins(sit: Sit, session: Session) -> None:
    page = choose_page(sit(session))
    row = next(row for row in page.posts.rows if not row.title)
    assert page.posts.beginning(row) == "Words of 3."


def test_thumbnails_come_and_the_preview_follows_the_list(
    sit: Sit, session: Session
) -> None:
    sitting = sit(session)
    page = choose_page(sitting)
    sitting.wait(lambda: "Words of 0." in page.preview.toPlainText())
    first = page.posts.rows[0].thumbnail
    assert first is not None
    assert page.thumbnails is not None
    sitting.wait(lambda: page.thumbnails and page.thumbnails.picture(first))
    sitting.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    sitting.wait(lambda: "Words of 1." in page.preview.toPlainText())


def test_unticked_posts_are_still_unticked_after_going_back_and_closing(
    sit: Sit, session: Session
) -> None:
    path = session.need_move().path
    sitting = sit(session)
    page = choose_page(sitting)
    page.table.selectRow(2)
    sitting.qtbot.keyClick(page.table, Qt.Key.Key_Space)
    sitting.next()
    sitting.wait_for(HowPage)
    sitting.press(QWizard.WizardButton.BackButton)
    sitting.wait_for(ChoosePage)
    assert not page.posts.is_ticked(2)
    page.table.selectRow(4)
    sitting.qtbot.keyClick(page.table, Qt.Key.Key_Space)
    sitting.window.close()
    from wizard.move.file import Move

    with Move.open(path) as move:
        left = {row.key for row in move.rows() if not row.chosen}
    assert left == {"cns!2", "cns!4"}


# How


def how_page(sitting: Sitting) -> HowPage:
    page = sitting.go_to(HowPage)
    assert isinstance(page, HowPage)
    return page


def test_choices_are_written_down(sit: Sit, session: Session) -> None:
    sitting = sit(session)
    page = how_page(sitting)
    assert page.choices().status is As.WAS
    page.statuses[As.DRAFT].click()
    page.along["tags"].click()
    page.zone.show_zone("Asia/Tokyo")
    sitting.next()
    sitting.wait_for(ReadyPage)
    choices = session.need_move().choices
    assert (choices.status, choices.tags, choices.photos) == (As.DRAFT, False, True)
    assert choices.time_zone == "Asia/Tokyo"


def test_photos_are_silent_about_their_place_unless_that_is_wanted(
    sit: Sit, session: Session
) -> None:
    sitting = sit(session)
    page = how_page(sitting)
    assert not page.choices().location
    page.along["photos"].click()
    assert not page.along["location"].isEnabled()
    page.along["photos"].click()
    page.along["location"].click()
    sitting.next()
    ready = sitting.wait_for(ReadyPage)
    assert session.need_move().choices.location
    assert "where they were taken" in ready.how.text()


def test_posts_are_written_in_blocks_unless_classic_html_is_wanted(
    sit: Sit, session: Session
) -> None:
    sitting = sit(session)
    page = how_page(sitting)
    assert page.choices().blocks
    page.writing.ways[False].click()
    sitting.next()
    ready = sitting.wait_for(ReadyPage)
    assert not session.need_move().choices.blocks
    assert "classic HTML" in ready.how.text()


def test_no_choice_makes_anything_more_visible(sit: Sit, session: Session) -> None:
    assert As.PUBLISH not in how_page(sit(session)).statuses


def test_sample_dates_follow_the_clock(sit: Sit, session: Session) -> None:
    session.site = Site("New", "memory://new", time_zone="Europe/Berlin")
    page = how_page(sit(session))
    page.zone.show_zone("Asia/Shanghai")
    before, after = page.sample_lines[0]
    assert before.text() == "1 January 2006, 12:00"
    assert after.text() == "1 January 2006, 05:00"
    page.zone.show_zone("UTC")
    assert after.text() == "1 January 2006, 13:00"


def test_the_clock_stays_once_something_has_moved(sit: Sit, session: Session) -> None:
    session.decide(replace(session.choices, time_zone="Asia/Shanghai"))
    move, key = session.need_move(), session.rows[0].key
    there = Remote(Kind.POST, 1, status="publish")
    step = move.step(Kind.POST, key, key, "md-1")
    step = move.record(step, state=State.SENT, remote=there, attempts=1)
    page = how_page(sit(session))
    assert not page.zone.isEnabled()
    assert "on the clock of Asia/Shanghai when its first post moved" in (
        page.clock_words.text()
    )
    page.zone.show_zone("UTC")
    page.keep()
    assert session.choices.time_zone == move.choices.time_zone == "Asia/Shanghai"
    # Taken back, it is asked again.
    move.record(step, state=State.WAITING, remote=None, attempts=0)
    page.initializePage()
    assert page.zone.isEnabled()


def test_what_the_new_blog_cannot_take_is_not_on_offer(
    sit: Sit, session: Session, new_blog: NewBlog
) -> None:
    new_blog.carries = frozenset(Kind) - {Kind.COMMENT}
    page = how_page(sit(session))
    assert not page.along["comments"].isEnabled()
    assert not page.along["comments"].isChecked()
    assert "comments" in page.cannot.text()
    # The wish is kept for a place that can.
    assert page.choices().comments


def test_a_blog_that_tells_moments_shows_them_on_the_clock_that_is_chosen(
    sit: Sit, new_blog: NewBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = entry(1)
    monkeypatch.setattr("wizard.ui.old_blog_page.here", lambda: "Asia/Tokyo")
    eve = datetime(2006, 12, 31, 15, 30, tzinfo=UTC)
    session = read_session(OldBlog([replace(post, date=eve)]), new_blog)
    sitting = sit(session)
    sitting.go_to(OldBlogPage).keep()
    choosing = choose_page(sitting)
    assert session.need_move().choices.time_zone == "Asia/Tokyo"
    assert choosing.year.itemText(1) == "2007"
    head = choosing.preview.toPlainText
    sitting.wait(lambda: "1 January 2007, 00:30" in head())
    sitting.next()
    page = sitting.wait_for(HowPage)
    assert isinstance(page, HowPage)
    assert page.sample_lines[0][0].text() == "1 January 2007, 00:30"
    page.zone.show_zone("Europe/Berlin")
    assert page.sample_lines[0][0].text() == "31 December 2006, 16:30"
    sitting.window.back()
    sitting.wait_for(ChoosePage)
    assert choosing.year.itemText(1) == "2006"


def test_what_was_found_after_the_choice_is_chosen_once_the_list_was_seen(
    sit: Sit, session: Session
) -> None:
    move = session.need_move()
    move.leave_unasked(["cns!3"])
    sitting = sit(session)
    choose_page(sitting)
    assert move.unasked() == ["cns!3"]
    sitting.next()
    sitting.wait_for(HowPage)
    assert move.unasked() == []


# Ready


def test_it_says_in_numbers_what_will_happen_and_sends_nothing(
    sit: Sit, session: Session, new_blog: NewBlog
) -> None:
    session.site = Site("New Home", "memory://new", warnings=("Followers get a mail.",))
    sitting = sit(session)
    page = sitting.go_to(ReadyPage)
    assert isinstance(page, ReadyPage)
    sitting.wait(page.isComplete)
    numbers = [page.figures.number(n) for n in (POSTS, PHOTOS, COMMENTS, CATEGORIES)]
    assert numbers == ["12", "6", "12", "2"]
    assert page.sentence.text().startswith("12 posts")
    assert "My Space" in page.way.text()
    assert "New Home" in page.way.text()
    assert "Followers get a mail." in page.warning_words.text()
    assert "4 comments are not in what you have" in page.warning_words.text()
    assert "Nothing has been sent yet" in page.subtitle_line.text()
    commit = sitting.window.button(QWizard.WizardButton.CommitButton)
    assert commit.isVisible()
    assert commit.text() == "Move"
    assert new_blog.rows == {}


def test_it_says_what_becomes_of_photos_that_are_missing_and_that_becomes_of_them(
    sit: Sit, new_blog: NewBlog
) -> None:
    names = ("http://blufiles.storage.msn.com/y1.jpg", "http://other.example/x.jpg")
    photos = tuple(Photo(name, False, (name,)) for name in names)
    html = "".join(f'<p><img src="{name}"></p>' for name in names)
    post = replace(entry(0), html=html, photos=photos)
    session = read_session(OldBlog([post]), new_blog)
    session.site = Site("New Home", "memory://new")
    sitting = sit(session)
    page = sitting.go_to(ReadyPage)
    assert isinstance(page, ReadyPage)
    sitting.wait(page.isComplete)
    assert (
        "2 photos are missing from what you have. A note in the post says where one was; "
        "if it was on another website, the post goes on asking for it there."
    ) in page.warning_words.text()
    note, asked_for = compose(post, {}).split("\n\n")
    assert names[0] in note
    assert "<img" not in note
    assert f'<img src="{names[1]}"' in asked_for


def test_a_later_run_says_what_is_there_already(
    sit: Sit, session: Session, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    from threading import Event

    from wizard.ui import runs

    move, source = session.need_move(), session.need_source()
    for event in runs.carry(move, source, new_blog, {"cns!1", "cns!2"}, Event()):
        if isinstance(event, runs.Counted):
            session.rows = event.rows
    sitting = sit(session)
    page = sitting.go_to(ReadyPage)
    assert isinstance(page, ReadyPage)
    sitting.wait(page.isComplete)
    assert page.already_words.text().startswith("2 posts were moved before")
    assert page.sentence.text().startswith("10 posts with ")
    assert "Nothing has been sent" not in page.subtitle_line.text()


def test_a_later_run_says_which_posts_the_old_blog_has_hidden_since(
    sit: Sit, session: Session, old_blog: OldBlog, new_blog: NewBlog
) -> None:
    from threading import Event

    from wizard.ui import runs

    move, source = session.need_move(), session.need_source()
    list(runs.carry(move, source, new_blog, {"cns!1", "cns!2"}, Event()))
    move.add(replace(move.post(f"cns!{n}"), status=Status.PRIVATE) for n in (1, 2))
    move.choose(["cns!2"], False)
    sitting = sit(session)
    page = sitting.go_to(ReadyPage)
    assert isinstance(page, ReadyPage)
    sitting.wait(page.isComplete)
    chosen, not_chosen = page.warning_words.text().splitlines()[:2]
    assert "This move hides it there, too" in chosen
    assert "It stays public there unless you choose it" in not_chosen
    told = [
        failure
        for event in runs.carry(move, source, new_blog, {"cns!1"}, Event())
        if isinstance(event, runs.Counted)
        for failure in event.failures
    ]
    assert {(failure.post, failure.trouble) for failure in told} == {
        ("cns!2", WITHDRAWN)
    }


def test_posts_of_an_earlier_run_say_so_in_their_rows(
    sit: Sit, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.rows[2] = replace(session.rows[2], state=State.SENT)
    page = choose_page(sit(session))
    spoken = [
        page.posts.index(line, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for line in range(len(session.rows))
    ]
    assert [ALREADY in said for said in spoken].index(True) == 2
    assert sum(ALREADY in said for said in spoken) == 1
    written: list[str] = []
    write = PostDelegate._write

    def heard(self: PostDelegate, *rest: Any) -> int:
        written.append(rest[-1])
        return write(self, *rest)

    monkeypatch.setattr(PostDelegate, "_write", heard)
    page.table.grab()
    assert written.count(ALREADY) == 1


def test_nothing_is_promised_about_addresses_of_photos(
    sit: Sit, session: Session
) -> None:
    page = sit(session).go_to(HowPage)
    assert page.subtitle_line.text() == "Dates and titles are always kept."


# Of the new blog and the old one, only what matters is asked


def people_wrote(new_blog: NewBlog, *names: str, html: str = "") -> Session:
    posts = [entry(n, photos=1, author=name) for n, name in enumerate(names)]
    posts = [replace(post, html=html or post.html) for post in posts]
    return read_session(OldBlog(posts), new_blog)


def test_one_author_and_plain_letters_are_not_talked_about(
    sit: Sit, new_blog: NewBlog
) -> None:
    page = how_page(sit(people_wrote(new_blog, "Mei", "Mei")))
    assert not page.authors.isVisible()
    assert not page.letters.isVisible()
    assert page.choices().authors == ()


def test_several_authors_find_themselves_and_may_be_told_apart(
    sit: Sit, new_blog: NewBlog
) -> None:
    session = people_wrote(new_blog, "Mei", "Mei", "Tom", "Oma")
    mei, ann = Person("2", "Mei Chen", ("mei",)), Person("1", "Ann", ("ann",))
    session.site = Site("New", "memory://new", user="Ann", people=(ann, mei))
    sitting = sit(session)
    page = how_page(sitting)
    assert page.authors.isVisible()
    boxes = page.authors.choices
    assert [box.currentText() for box in boxes.values()] == [
        "Mei Chen",
        "You (Ann)",
        "You (Ann)",
    ]
    boxes["Oma"].setCurrentIndex(1)
    boxes["Mei"].setCurrentIndex(0)
    sitting.next()
    sitting.wait_for(ReadyPage)
    assert session.need_move().choices.authors == (("Oma", "2"),)
    # And back: what was decided stays decided.
    sitting.press(QWizard.WizardButton.BackButton)
    page = sitting.wait_for(HowPage)
    assert isinstance(page, HowPage)
    assert page.authors.choices["Mei"].currentText() == "You (Ann)"
    assert page.authors.choices["Oma"].currentText() == "Mei Chen"


def test_who_is_who_elsewhere_says_nothing_here(sit: Sit, new_blog: NewBlog) -> None:
    session = people_wrote(new_blog, "Mei", "Tom")
    session.decide(replace(session.choices, authors=(("Tom", "2"),)))
    session.need_move().note("authors at", "https://another.example")
    people = (Person("2", "Mei", ()), Person("3", "Kim", ()))
    session.site = Site("New", "memory://new", people=people)
    assert how_page(sit(session)).choices().authors == (("Mei", "2"),)


def test_an_account_that_may_not_post_for_others_is_told_so(
    sit: Sit, new_blog: NewBlog
) -> None:
    session = people_wrote(new_blog, "Mei", "Tom")
    page = how_page(sit(session))
    assert "All posts will be yours, those of Mei and Tom too" in (
        page.authors.words.text()
    )
    assert page.choices().authors == ()


def test_an_import_file_names_all_authors(sit: Sit, new_blog: NewBlog) -> None:
    session = people_wrote(new_blog, "Mei", "Tom")
    session.site = Site("a.xml", "memory://new", anybody=True, featured=False)
    page = how_page(sit(session))
    assert page.choices().authors == (("Mei", "Mei"), ("Tom", "Tom"))
    assert not page.along["featured"].isVisible()


def test_garbled_letters_are_shown_and_put_right_only_when_ticked(
    sit: Sit, new_blog: NewBlog
) -> None:
    session = people_wrote(new_blog, "Mei", html="<p>CafÃ© dÃ©jÃ\xa0 vu</p>")
    sitting = sit(session)
    page = how_page(sitting)
    assert page.letters.isVisible()
    assert page.letters.before.text().startswith("CafÃ©")
    assert page.letters.after.text() == "Café déjà vu"
    assert not page.choices().repair
    page.letters.repair.click()
    sitting.next()
    sitting.wait_for(ReadyPage)
    assert session.need_move().choices.repair


def test_a_picture_for_each_post_is_on_offer_where_there_are_photos(
    sit: Sit, new_blog: NewBlog
) -> None:
    page = how_page(sit(people_wrote(new_blog, "Mei")))
    assert page.along["featured"].isVisible()
    assert page.choices().featured
    page.along["featured"].click()
    assert not page.choices().featured
    bare = read_session(OldBlog([entry(1)]), new_blog)
    assert not how_page(sit(bare)).along["featured"].isVisible()


def test_an_import_file_has_no_clock_of_its_own(sit: Sit, session: Session) -> None:
    session.site = Site("a.xml", "memory://new", anybody=True)
    page = how_page(sit(session))
    page.zone.show_zone("Asia/Tokyo")
    before, after = page.sample_lines[0]
    assert before.text() == after.text() == "1 January 2006, 12:00"


def test_a_clock_that_never_changes_is_understood(sit: Sit, session: Session) -> None:
    session.site = Site("New", "memory://new", time_zone="UTC+05:30")
    page = how_page(sit(session))
    page.zone.show_zone("UTC")
    assert page.sample_lines[0][1].text() == "1 January 2006, 17:30"


def test_pingbacks_that_become_comments_are_told_beforehand(
    sit: Sit, new_blog: NewBlog
) -> None:
    post = entry(1, comments=2)
    first, second = post.comments
    ping = replace(second, ping="pingback", parent=None)
    said = replace(post, comments=(first, ping))
    session = read_session(OldBlog([said]), new_blog)
    sitting = sit(session)
    page = sitting.go_to(ReadyPage)
    assert isinstance(page, ReadyPage)
    sitting.wait(page.isComplete)
    assert "1 pingback of other blogs is now a comment" in page.warning_words.text()
    assert of_pings(1, Site("a.xml", "x", anybody=True)) == ""
    assert of_pings(0, Site("New", "x")) == ""
