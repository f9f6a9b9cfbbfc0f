"""Numbers, dates and durations in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from wizard.ui.words import (
    ago,
    breakable,
    countdown,
    counted,
    lasting,
    listed,
    moment,
    unbroken,
)


def test_one_thing_and_many_things_are_told_apart() -> None:
    assert counted(1, "post") == "1 post"
    assert counted(0, "post") == "0 posts"
    assert counted(1204, "comment") == "1,204 comments"
    assert counted(2, "category", "categories") == "2 categories"


def test_a_list_is_read_aloud_and_leaves_out_what_is_empty() -> None:
    assert listed([]) == ""
    assert listed(["", "tags"]) == "tags"
    assert listed(["tags", "photos"]) == "tags and photos"
    assert listed(["a", "", "b", "c"]) == "a, b and c"


def test_a_long_address_may_be_broken_and_is_the_same_to_the_eye() -> None:
    address = "http://old.example/cns!7C3A91E05B24D68F!152.entry"
    assert max(map(len, breakable(f"See {address} there.").split("\u200b"))) < 30
    assert unbroken(breakable(address)) == address
    assert breakable("Short words stay as they are.") == "Short words stay as they are."


def test_dates_are_written_out() -> None:
    assert moment(datetime(2007, 3, 14, 17, 5)) == "14 March 2007, 17:05"


def test_a_recent_day_is_named_by_today() -> None:
    now = datetime(2026, 1, 1, 9, 0)
    assert ago(datetime(2026, 1, 1, 8, 30), now) == "today, 08:30"
    assert ago(datetime(2025, 12, 31, 23, 59), now) == "yesterday, 23:59"
    assert ago(datetime(2025, 12, 30, 9, 0), now) == "30 December 2025"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "5 seconds"),
        (22, "20 seconds"),
        (49, "50 seconds"),
        (70, "1 minute"),
        (150, "2 minutes"),
        (49 * 60, "49 minutes"),
        (61 * 60, "1 hour"),
        (100 * 60, "1 hour and 40 minutes"),
        (5 * 3600, "5 hours"),
    ],
)
def test_a_duration_is_rounded_as_one_would_say_it(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


def test_a_countdown_is_a_clock() -> None:
    assert [countdown(s) for s in (-3, 0, 9, 65, 725)] == [
        "0:00",
        "0:00",
        "0:09",
        "1:05",
        "12:05",
    ]
