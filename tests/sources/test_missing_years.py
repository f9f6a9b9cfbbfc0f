"""Finding the years that a blog did not write, with back-dated posts among them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.sources.dates import WrittenDate, infer_years

CAPTURE = datetime(2007, 4, 20, 12)


def yearless(*days: tuple[int, int]) -> list[tuple[int, WrittenDate]]:
    return [(10 * at, WrittenDate(None, *day)) for at, day in enumerate(days, 1)]


def years(found: dict[int, datetime]) -> list[int]:
    return [found[number].year for number in sorted(found)]


def test_entries_count_back_from_the_capture() -> None:
    dates = yearless((11, 3), (12, 30), (1, 2), (4, 14))
    assert years(infer_years(dates, (), CAPTURE)) == [2006, 2006, 2007, 2007]


def test_order_on_the_page_does_not_matter() -> None:
    dates = yearless((11, 3), (12, 30), (1, 2), (4, 14))
    assert infer_years(dates[::-1], (), CAPTURE) == infer_years(dates, (), CAPTURE)


def test_a_day_after_the_capture_is_of_the_year_before() -> None:
    assert years(infer_years(yearless((4, 22)), (), CAPTURE)) == [2006]


def test_known_years_bracket_their_neighbours() -> None:
    dates = [
        (100, WrittenDate(2004, 12, 1)),
        (110, WrittenDate(None, 3, 1)),
        (120, WrittenDate(2005, 5, 1)),
        (130, WrittenDate(None, 2, 1)),
        (140, WrittenDate(2006, 3, 1)),
    ]
    assert years(infer_years(dates, (), CAPTURE)) == [2004, 2005, 2005, 2006, 2006]


def test_a_year_that_is_written_stays_however_late_a_draft_was_published() -> None:
    dates = [
        (100, WrittenDate(2007, 3, 11, 3, 13)),
        (110, WrittenDate(2005, 1, 24)),
        (120, WrittenDate(2005, 2, 16)),
    ]
    assert infer_years(dates, (), None)[100] == datetime(2007, 3, 11, 3, 13)


def test_the_archive_tells_in_which_years_a_month_has_posts() -> None:
    dates = yearless((6, 1), (7, 3), (4, 14))
    months = {(2005, 6), (2005, 7), (2007, 4)}
    assert years(infer_years(dates, months, CAPTURE)) == [2005, 2005, 2007]
    assert years(infer_years(dates[:2], {(2005, 6), (2005, 7)}, None)) == [2005, 2005]


def test_an_archive_that_lacks_a_month_is_not_believed_for_it() -> None:
    assert years(infer_years(yearless((3, 3)), {(2005, 6)}, CAPTURE)) == [2007]


def test_one_back_dated_entry_does_not_shift_the_others() -> None:
    days = [(6, 1), (6, 20), (7, 3), (1, 1), (7, 10), (8, 9), (9, 9), (12, 30), (1, 2)]
    found = infer_years(yearless(*days), (), CAPTURE)
    assert years(found) == [2006] * 8 + [2007]


def test_a_late_published_draft_stays_in_its_year() -> None:
    days = [(6, 1), (6, 20), (8, 15), (7, 10), (7, 20), (8, 9), (9, 9), (10, 1)]
    assert years(infer_years(yearless(*days), (), CAPTURE)) == [2006] * 8


def test_a_back_dated_entry_with_a_year_keeps_it() -> None:
    dates = yearless((6, 1), (6, 20), (7, 10), (8, 9), (9, 9), (10, 1))
    dates.append((35, WrittenDate(1998, 5, 5)))
    found = infer_years(dates, (), CAPTURE)
    assert found.pop(35) == datetime(1998, 5, 5)
    assert set(years(found)) == {2006}


def test_a_blog_with_few_posts_really_has_a_post_a_year() -> None:
    dates = yearless((6, 5), (1, 1), (6, 10))
    assert years(infer_years(dates, (), datetime(2009, 7, 1))) == [2008, 2009, 2009]


def test_a_leap_day_falls_into_a_leap_year() -> None:
    assert years(infer_years(yearless((2, 29)), (), CAPTURE)) == [2004]


def test_times_are_kept() -> None:
    dates = [(1, WrittenDate(None, 4, 14, 15, 42, 7))]
    assert infer_years(dates, (), CAPTURE)[1] == datetime(2007, 4, 14, 15, 42, 7)


def test_without_any_hold_the_year_stays_unknown() -> None:
    assert infer_years(yearless((6, 1), (7, 3)), (), None) == {}
    assert infer_years([], (), CAPTURE) == {}


def test_a_known_year_holds_the_newer_entries_too() -> None:
    dates = [(10, WrittenDate(2006, 11, 1)), (20, WrittenDate(None, 2, 1))]
    assert years(infer_years(dates, (), None)) == [2006, 2007]


@pytest.mark.parametrize("seed", range(20))
def test_a_blog_of_some_years_is_found_again(seed: int) -> None:
    chance = random.Random(seed)
    moment, truth = datetime(2005, 1, 10, 20), {}
    for number in range(1, 200):
        moment += timedelta(hours=chance.uniform(2, 24 * 12))
        if moment > datetime(2008, 11, 1):
            break
        truth[number * 3] = moment.replace(microsecond=0)
    dates = []
    for number, written in truth.items():
        whole = WrittenDate(
            written.year if chance.random() < 0.02 else None,
            *(written.month, written.day, written.hour, written.minute, written.second),
        )
        dates.append((number, whole))
    assert infer_years(dates, (), moment + timedelta(days=3)) == truth


_DATES = st.builds(
    WrittenDate,
    st.none() | st.integers(1900, 2100),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 23),
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.integers(1, 500), _DATES, max_size=25),
    st.sets(st.tuples(st.integers(2004, 2011), st.integers(1, 12)), max_size=6),
    st.none() | st.datetimes(datetime(2004, 1, 1), datetime(2012, 1, 1)),
)
def test_any_blog_gets_dates_that_were_written_there(
    dates: dict[int, WrittenDate],
    months: set[tuple[int, int]],
    latest: datetime | None,
) -> None:
    found = infer_years(list(dates.items()), months, latest)
    for number, moment in found.items():
        assert dates[number].in_year(moment.year) == moment


def test_ten_thousand_entries_take_seconds() -> None:
    days = [(1 + at // 28 % 12, 1 + at % 28) for at in range(10_000)]
    found = infer_years(yearless(*days), (), CAPTURE)
    assert len(found) > 3_000
