"""The list of posts: what is shown, what is ticked, and that it stays quick."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QPixmap
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from wizard.blog import Photo
from wizard.move.events import State, Trouble
from wizard.move.records import Row
from wizard.ui.look import tip
from wizard.ui.post_list import (
    Filter,
    PostList,
    Progress,
    Show,
    categories,
    lacks,
    when_and_where,
    years,
)
from wizard.ui.post_table import HEIGHT, PostDelegate, PostTable

ROWS = 20_000


def row(number: int, **fields: object) -> Row:
    known: dict[str, object] = {
        "key": f"k{number}",
        "title": f"Entry {number}",
        "date": f"{2005 + number % 4}-03-14T09:30:00",
        "categories": (("Travel",), ("Food", "Family"), ())[number % 3],
        "comments": number % 5,
        "comments_elsewhere": 3 if number % 7 == 0 else 0,
        "photos": number % 3,
        "photos_missing": 1 if number % 3 == 2 else 0,
        "thumbnail": Photo(f"p{number}", True) if number % 3 else None,
        "chosen": True,
        "state": State.WAITING,
        "address": "",
        "trouble": None,
    }
    return Row(**{**known, **fields})  # type: ignore[arg-type]


def posts(count: int, *, ticks: bool = True) -> PostList:
    model = PostList(lambda key: f"the words of {key}", ticks=ticks)
    model.fill([row(number) for number in range(count)], "UTC")
    return model


def keys(model: PostList) -> list[str]:
    return [model.row(line).key for line in range(model.rowCount())]


def no_picture(photo: Photo) -> QPixmap | None:
    return None


def table_of(qtbot: QtBot, model: PostList) -> PostTable:
    table = PostTable(model, no_picture)
    table.resize(460, 600)
    qtbot.addWidget(table)
    table.show()
    qtbot.waitExposed(table)
    return table


def test_it_keeps_every_promise_of_a_model(qtmodeltester: ModelTester) -> None:
    model = posts(30)
    qtmodeltester.check(model)
    model.narrow(Filter(text="entry 1"))
    model.setData(
        model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    )
    qtmodeltester.check(model)


def test_words_are_searched_in_titles_and_categories_in_any_case() -> None:
    model = posts(12)
    model.narrow(Filter(text="FAMILY entry"))
    assert keys(model) == ["k1", "k4", "k7", "k10"]
    model.narrow(Filter(text="family 10"))
    assert keys(model) == ["k10"]
    model.narrow(Filter(text="march 2006"))
    assert keys(model) == ["k1", "k5", "k9"]


def test_year_category_and_state_narrow_the_list_together() -> None:
    model = posts(30)
    model.narrow(Filter(year="2006", category="Food"))
    assert keys(model) == ["k1", "k13", "k25"]
    model.narrow(Filter(show=Show.PHOTOS))
    assert all(model.row(line).photos for line in range(model.rowCount()))
    model.narrow(Filter(show=Show.MISSING))
    assert keys(model)[:4] == ["k0", "k2", "k5", "k7"]


def test_days_and_years_are_those_of_the_chosen_clock() -> None:
    model = PostList(str, ticks=True)
    eve = row(1, date="2006-12-31T23:30:00+00:00", categories=())
    naive, first = row(2, date="2006-12-31T23:30:00"), row(3, date="0001-01-01T00:00Z")
    for zone, year, day in (
        ("Europe/Berlin", "2007", "1 January 2007"),
        ("America/New_York", "2006", "31 December 2006"),
    ):
        model.fill([eve, naive, first], zone)
        assert when_and_where(eve, zone) == day
        assert years([eve], zone) == [year]
        assert years([naive], zone) == ["2006"]
        for wanted in (Filter(year=year), Filter(text=day)):
            model.narrow(wanted)
            assert "k1" in keys(model)
        model.narrow(Filter(year={"2006": "2007", "2007": "2006"}[year]))
        assert "k1" not in keys(model)


def test_ticks_belong_to_posts_and_not_to_lines() -> None:
    model = posts(10)
    model.narrow(Filter(text="entry 9"))
    model.tick_shown(False)
    model.narrow(Filter())
    assert [
        key for key, on in zip(keys(model), model.ticks, strict=True) if not on
    ] == ["k9"]
    model.narrow(Filter(show=Show.UNTICKED))
    assert keys(model) == ["k9"]
    assert model.changed_ticks() == ([], ["k9"])


def test_only_changed_ticks_are_told_and_keeping_them_forgets_the_change() -> None:
    model = posts(4)
    model.tick_all(False)
    model.tick([2], True)
    assert model.changed_ticks() == ([], ["k0", "k1", "k3"])
    kept = model.keep_ticks()
    assert [r.chosen for r in kept] == [False, False, True, False]
    assert model.changed_ticks() == ([], [])


def test_years_and_categories_on_offer_are_those_of_the_posts() -> None:
    rows = [row(n) for n in range(5)] + [row(9, date="", categories=("apples",))]
    assert years(rows, "UTC") == ["2008", "2007", "2006", "2005"]
    assert categories(rows) == ["apples", "Family", "Food", "Travel"]


def test_what_is_missing_is_said_in_words() -> None:
    assert lacks(row(1, photos_missing=0, comments_elsewhere=0)) == ""
    assert lacks(row(1, photos_missing=2, comments_elsewhere=4)) == (
        "2 photos missing and 4 comments not in what you have"
    )


def test_a_reader_of_the_screen_hears_the_whole_row() -> None:
    model = posts(3, ticks=False)
    model.fill([row(2, title="", comments_elsewhere=4, chosen=True)], "UTC")
    trouble = Trouble("The photo is too large.", "Make it smaller.")
    model.progress["k2"] = Progress(State.REFUSED, trouble)
    index = model.index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("the words of k2", "14 March 2007", "1 photo missing", "refused"):
        assert part in said
    assert "too large" in said
    assert index.data(Qt.ItemDataRole.ToolTipRole) == tip(
        "The photo is too large. Make it smaller."
    )


# Many posts


def seconds(work: Callable[[], object]) -> float:
    """The best of three, in seconds of this computer's clock."""
    spent = []
    for _ in range(3):
        before = time.perf_counter()
        work()
        spent.append(time.perf_counter() - before)
    return min(spent)


def test_ten_times_the_posts_take_about_ten_times_as_long_to_search() -> None:
    few, many = posts(ROWS // 10), posts(ROWS)
    wanted = Filter(text="entry 7", show=Show.PHOTOS)
    ratio = seconds(lambda: many.narrow(wanted)) / seconds(lambda: few.narrow(wanted))
    assert ratio < 40


def test_a_screen_of_many_posts_asks_for_no_more_than_it_shows(qtbot: QtBot) -> None:
    asked: list[int] = []

    class Counting(PostList):
        def rowCount(self, parent: object = QModelIndex()) -> int:
            asked.append(1)
            return super().rowCount(parent)  # type: ignore[arg-type]

    model = Counting(lambda key: "", ticks=True)
    model.fill([row(number) for number in range(ROWS)], "UTC")
    pictured: list[str] = []

    def picture(photo: Photo) -> QPixmap | None:
        pictured.append(photo.address)
        return None

    table = PostTable(model, picture)
    table.resize(460, 600)
    qtbot.addWidget(table)
    table.show()
    qtbot.waitUntil(lambda: bool(pictured), timeout=10_000)
    table.scrollToBottom()
    qtbot.waitUntil(lambda: f"p{ROWS - 1}" in pictured, timeout=10_000)
    assert len(asked) < 500
    assert len(set(pictured)) < 5 * 600 / HEIGHT


def test_ticking_all_of_many_posts_tells_the_view_nothing_but_to_paint(
    qtbot: QtBot,
) -> None:
    model = posts(ROWS)
    told: list[object] = []
    model.dataChanged.connect(lambda *range_: told.append(range_))
    counted: list[object] = []
    model.ticks_changed.connect(lambda: counted.append(1))
    table_of(qtbot, model)
    model.tick_all(False)
    assert not any(model.ticks)
    assert told == []
    assert len(counted) == 1


# Hands


def test_a_click_on_the_box_ticks_and_a_click_beside_it_does_not(qtbot: QtBot) -> None:
    model = posts(5)
    table = table_of(qtbot, model)
    place = table.visualRect(model.index(1, 0))
    delegate = table.itemDelegate()
    assert isinstance(delegate, PostDelegate)
    box = delegate.check_box(place).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert list(model.ticks) == [1, 0, 1, 1, 1]
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert list(model.ticks) == [1, 1, 1, 1, 1]
    beside = QPoint(place.center().x() + 60, place.center().y())
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert list(model.ticks) == [1, 1, 1, 1, 1]
    assert table.currentIndex().row() == 1


def test_space_ticks_every_selected_row_alike(qtbot: QtBot) -> None:
    model = posts(5)
    table = table_of(qtbot, model)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert list(model.ticks) == [1, 0, 1, 1, 1]
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_Down, shift)
    qtbot.keyClick(table, Qt.Key.Key_Down, shift)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert list(model.ticks) == [1, 0, 0, 0, 1]


def test_a_list_that_is_only_watched_has_no_ticks(qtbot: QtBot) -> None:
    model = posts(3, ticks=False)
    table = table_of(qtbot, model)
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert list(model.ticks) == [1, 1, 1]
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None


def test_each_state_looks_different(qtbot: QtBot) -> None:
    model = posts(1, ticks=False)
    table = table_of(qtbot, model)
    seen = set()
    for state in (State.WAITING, State.SENDING, State.SENT, State.REFUSED):
        model.progress["k0"] = Progress(state)
        image = (
            table.viewport()
            .grab()
            .toImage()
            .convertToFormat(QPixmap(1, 1).toImage().format())
        )
        seen.add(bytes(image.constBits()))
    assert len(seen) == 4


def test_a_row_has_room_for_its_picture(qtbot: QtBot) -> None:
    table = table_of(qtbot, posts(2))
    assert table.rowHeight(0) == HEIGHT
    assert (
        table.visualRect(table.model().index(0, 0)).size().height()
        >= QSize(0, 60).height()
    )
