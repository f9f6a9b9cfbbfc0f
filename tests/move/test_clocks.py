"""Clocks: where the new blog would show other hours, that is said before anything is sent."""

from __future__ import annotations

import pytest

from wizard.move.clocks import of_clocks

SUMMER, WINTER = "2007-07-01T01:30:00", "2007-01-01T01:30:00"


@pytest.mark.parametrize(
    ("dates", "old", "new"),
    [
        ([SUMMER], "Asia/Shanghai", "Asia/Shanghai"),
        ([SUMMER], "Asia/Shanghai", None),
        ([SUMMER, WINTER], "Europe/Berlin", "Europe/Paris"),
        ([WINTER, ""], "Europe/Berlin", "UTC+01:00"),
        ([f"{SUMMER}+00:00"], "Europe/Berlin", "Europe/Paris"),
        ([], "Asia/Shanghai", "Europe/Berlin"),
    ],
)
def test_of_equal_clocks_nothing_is_said(
    dates: list[str], old: str, new: str | None
) -> None:
    assert of_clocks(dates, old, new) == ""


@pytest.mark.parametrize(
    ("date", "new", "shown"),
    [
        (SUMMER, "America/New_York", "2007-06-30 13:30"),
        (SUMMER, "UTC+05:30", "2007-06-30 23:00"),
        ("2007-06-30T17:30:00+00:00", "UTC+00:00", "2007-06-30 17:30"),
    ],
)
def test_another_clock_is_told_in_one_sentence(date: str, new: str, shown: str) -> None:
    said = of_clocks(["", date], "Asia/Shanghai", new)
    assert (
        f"is {new.replace('_', ' ')}: what the old one dated 2007-07-01 01:30" in said
    )
    assert f"is shown there as {shown}," in said
    assert said.count(". ") == 0


def test_a_clock_that_changes_with_the_season_is_another_one_than_one_that_does_not() -> (
    None
):
    said = of_clocks([WINTER, SUMMER], "Europe/Berlin", "UTC+01:00")
    assert "dated 2007-07-01 01:30 is shown there as 2007-07-01 00:30" in said
