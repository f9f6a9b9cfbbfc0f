"""Clocks that can be found by their cities, and questions that keep secrets."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from wizard.credentials import Field, Secret, Wallet
from wizard.move.clocks import as_shown
from wizard.ui.form import Form
from wizard.ui.zones import ZoneBox, all_zones, friendly, here, is_aware

FIELDS = (
    Field("user", "User name", "As at the blog."),
    Field("password", "P", secret=True),
)


def box(qtbot: QtBot, zone: str) -> ZoneBox:
    made = ZoneBox()
    qtbot.addWidget(made)
    made.show_zone(zone)
    return made


def test_every_zone_on_offer_is_one_and_has_its_own_words() -> None:
    zones = all_zones()
    assert len(zones) > 300
    for name, _ in zones:
        ZoneInfo(name)
    assert len({text for _, text in zones}) == len(zones)


def test_a_zone_says_how_far_it_is_from_greenwich() -> None:
    assert friendly("Asia/Shanghai").endswith("(UTC+08:00)")
    assert friendly("America/St_Johns") == "St Johns (America)  (UTC−03:30)"


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("beijing", "Asia/Shanghai"),
        ("Munich", "Europe/Berlin"),
        ("kathmandu", "Asia/Kathmandu"),
    ],
)
def test_a_clock_is_found_by_a_city(qtbot: QtBot, typed: str, zone: str) -> None:
    made = box(qtbot, "UTC")
    line = made.lineEdit()
    assert line is not None
    line.setText(typed)
    line.editingFinished.emit()
    assert made.zone() == zone


def test_what_is_no_place_leaves_the_clock_as_it_was(qtbot: QtBot) -> None:
    made = box(qtbot, "Asia/Tokyo")
    line = made.lineEdit()
    assert line is not None
    line.setText("Atlantis")
    line.editingFinished.emit()
    assert made.zone() == "Asia/Tokyo"
    assert made.currentText() == friendly("Asia/Tokyo")


def test_a_zone_that_is_not_in_the_list_can_be_shown(qtbot: QtBot) -> None:
    assert box(qtbot, "US/Hawaii").zone() == "US/Hawaii"


def test_this_computers_clock_is_a_zone() -> None:
    ZoneInfo(here())


def test_a_broken_clock_of_this_computer_is_utc(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Mars/Olympus")
    assert here() == "UTC"


def test_a_date_is_shown_by_both_clocks() -> None:
    before, after = as_shown("2007-07-01T08:00:00", "Asia/Shanghai", "Europe/Berlin")
    assert (before.hour, after.hour) == (8, 2)
    before, after = as_shown("2007-07-01T08:00:00+02:00", "Asia/Shanghai", "UTC")
    assert (before.hour, after.hour) == (14, 6)
    assert is_aware("2007-07-01T08:00:00+02:00")
    assert not is_aware("2007-07-01T08:00:00")
    assert not is_aware("")


def test_a_form_is_filled_when_every_question_is_answered(qtbot: QtBot) -> None:
    form = Form(Wallet())
    qtbot.addWidget(form)
    form.ask(FIELDS)
    assert not form.filled()
    form.fill({"user": "anna", "password": Secret(" abcd ")})
    assert form.filled()
    answers = form.answers()
    assert answers == {"user": "anna", "password": Secret("abcd")}
    assert "abcd" not in repr(answers)


def test_another_form_replaces_the_one_before(qtbot: QtBot) -> None:
    form = Form(Wallet())
    qtbot.addWidget(form)
    form.ask(FIELDS)
    form.ask(())
    assert form.filled()
    assert form.answers() == {}
    assert form.lines == {}
