"""Written dates of every market, decided per blog, and what "4 hours ago" meant."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.sources.dates import DateReader, WrittenDate, relative

EVENING = WrittenDate(2007, 4, 20, 13, 29, 58)
NIGHT = WrittenDate(2007, 4, 20, 1, 29, 58)


def read(text: str, *samples: str, culture: str = "") -> WrittenDate | None:
    return DateReader([text, *samples], culture).read(text)


@pytest.mark.parametrize(
    ("culture", "text", "date"),
    [
        ("zh-CN", "2007/4/20 1:29:58", NIGHT),
        ("zh-CN", "2007-4-20 1:29:58", NIGHT),
        ("en-US", "4/20/2007 1:29:58 AM", NIGHT),
        ("en-US", "4/20/2007 1:29:58 PM", EVENING),
        ("en-US", "04/20/2007 1:29:58 p.m.", EVENING),
        ("en-GB", "20/04/2007 13:29:58", EVENING),
        ("zh-TW", "2007/4/20 上午 01:29:58", NIGHT),
        ("zh-TW", "2007/4/20 下午 01:29:58", EVENING),
        ("ko-KR", "2007-04-20 오전 1:29:58", NIGHT),
        ("ko-KR", "2007-04-20 오후 1:29:58", EVENING),
        ("ja-JP", "2007/04/20 13:29:58", EVENING),
        ("de-DE", "20.04.2007 13:29:58", EVENING),
        ("fr-FR", "20/04/2007 13:29:58", EVENING),
        ("es-ES", "20/04/2007 13.29.58", EVENING),
        ("es-ES", "20/04/2007 1:29:58", NIGHT),
        ("it-IT", "20/04/2007 13.29.58", EVENING),
        ("pt-BR", "20/4/2007 13:29:58", EVENING),
        ("nl-NL", "20-4-2007 13:29:58", EVENING),
        ("sv-SE", "2007-04-20 13:29:58", EVENING),
        ("pl-PL", "2007-04-20 13:29:58", EVENING),
        ("ru-RU", "20.04.2007 13:29:58", EVENING),
        ("da-DK", "20-04-2007 13:29:58", EVENING),
        ("cs-CZ", "20.4.2007 13:29:58", EVENING),
        ("tr-TR", "20.04.2007 13:29:58", EVENING),
        ("", "2007-04-20T13:29:58", EVENING),
    ],
)
def test_the_general_format_of_each_market(
    culture: str, text: str, date: WrittenDate
) -> None:
    assert read(text, culture=culture) == date
    assert read(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("6/18/2006", WrittenDate(2006, 6, 18)),
        ("6/18/2006 3:34 AM", WrittenDate(2006, 6, 18, 3, 34)),
        ("12/31/2006 12:00:01 AM", WrittenDate(2006, 12, 31, 0, 0, 1)),
        ("12/31/2006 12:00:01 PM", WrittenDate(2006, 12, 31, 12, 0, 1)),
        ("June 24", WrittenDate(None, 6, 24)),
        ("October 16 5:38 PM", WrittenDate(None, 10, 16, 17, 38)),
        ("October 16 5:38:59 PM", WrittenDate(None, 10, 16, 17, 38, 59)),
        ("June, 2007 3:00 PM", WrittenDate(2007, 6, 1, 15)),
        ("4月14日", WrittenDate(None, 4, 14)),
        ("4月14日 15:42", WrittenDate(None, 4, 14, 15, 42)),
        ("4月14日 5:38 PM", WrittenDate(None, 4, 14, 17, 38)),
        ("4月14日 下午 5:38", WrittenDate(None, 4, 14, 17, 38)),
        ("2007年4月20日", WrittenDate(2007, 4, 20)),
        ("2007年4月20日 星期五 1:29:58", NIGHT),
        ("2007年4月20日(金) 1時29分58秒", NIGHT),
        ("2007년 4월 20일 금요일 오후 1:29:58", EVENING),
        ("2007. 4. 20. 오후 1:29:58", EVENING),
        ("Nov. 6, 2009", WrittenDate(2009, 11, 6)),
        ("Sept. 27", WrittenDate(None, 9, 27)),
        ("Nov 6 2009", WrittenDate(2009, 11, 6)),
        ("Friday, April 20, 2007 1:29:58 AM", NIGHT),
        ("Fri 20 April 2007, 01:29:58", NIGHT),
        ("April 20th, 2007", WrittenDate(2007, 4, 20)),
        ("Freitag, 20. April 2007 um 13:29:58 Uhr", EVENING),
        ("am 20. April 2007 13:29:58", EVENING),
        ("viernes, 20 de abril de 2007 a las 13:29:58", EVENING),
        ("sexta-feira, 20 de abril de 2007 13:29:58", EVENING),
        ("vendredi 20 avril 2007 à 13:29:58", EVENING),
        ("venerdì 20 aprile 2007 alle 13.29.58", EVENING),
        ("mar 20/4/2007 13:29:58", EVENING),
        ("Apr-20-2007", WrittenDate(2007, 4, 20)),
        ("20. dubna 2007", WrittenDate(2007, 4, 20)),
        ("20 kwietnia 2007", WrittenDate(2007, 4, 20)),
        ("20 апреля 2007 г. 13:29:58", EVENING),
        ("20 Nisan 2007 Cuma", WrittenDate(2007, 4, 20)),
        ("24 juin", WrittenDate(None, 6, 24)),
        ("24. Juni", WrittenDate(None, 6, 24)),
        ("février 3", WrittenDate(None, 2, 3)),
        ("29 February", WrittenDate(None, 2, 29)),
        ("4/14/07", WrittenDate(2007, 4, 14)),
        ("2007/4/20\u00a01:29:58", NIGHT),
        ("\u200e4/20/2007\u200f 1:29:58\u202fAM ", NIGHT),
        ("２００７年４月２０日", WrittenDate(2007, 4, 20)),
        (" 2007/4/20 1:29:58 | ", NIGHT),
    ],
)
def test_other_ways_to_write_a_date(text: str, date: WrittenDate) -> None:
    assert read(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "hello", "15:42", "30/2/2007", "2/30/2007 1:00", "February 30",
        "6/18/2006 25:00", "6/18/2006 3:60", "6/18/2006 3:34:61", "1/1/0001 12:00:00 AM",
        "2007/13/1", "2007/0/5", "1.2.3", "1/5/7", "Chapter 3/4/2006", "4/20/2007 and more",
        "10.20.30.40", "555-12-1234-5", "May", "13:00 AM 4/20/2007", "x" * 5000, "9" * 4000,
        "4月", "٣/٤", "cns!2B070A76FD6627CE!975",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_real_date_or_none(text: str) -> None:
    date = DateReader([text]).read(text)
    assert date is None or date.in_year(2000)


_PARTS = (
    "2007", "4", "20", "31", "12", "00", "/", ".", "-", ":", " ", "AM", "下午", "月", "日",
    "年", "April", "de", "Nov.", "٣", "⁴", "Ⅻ", "½", "\u200e", ",", "T", "13", "ago", "前",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=14).map("".join))
def test_any_heap_of_date_parts_is_a_real_date_or_none(text: str) -> None:
    date = DateReader([text], "de-DE").read(text)
    assert date is None or date.in_year(2000)
    moment = relative(text, datetime(2009, 11, 20))
    assert moment is None or isinstance(moment, datetime)


class TestOrder:
    """``3/4/2007`` means what the rest of the blog says it means."""

    def test_a_day_above_twelve_decides_for_all(self) -> None:
        assert read("3/4/2007", "13/4/2007") == WrittenDate(2007, 4, 3)
        assert read("3/4/2007", "4/13/2007") == WrittenDate(2007, 3, 4)

    def test_evidence_beats_the_culture_of_the_page(self) -> None:
        assert read("3/4/2007", "13/4/2007", culture="en-US") == WrittenDate(2007, 4, 3)

    def test_the_culture_decides_without_evidence(self) -> None:
        for culture in ("de-DE", "en-GB", "pt-BR", "fr"):
            assert read("3/4/2007", culture=culture) == WrittenDate(2007, 4, 3)
        assert read("3/4/2007", culture="en-US") == WrittenDate(2007, 3, 4)
        assert not DateReader(["3/4/2007"], "en-US").ambiguous

    def test_two_digit_years_lead_where_the_culture_says_so(self) -> None:
        assert read("07/4/3", culture="zh-CN") == WrittenDate(2007, 4, 3)
        assert read("99/4/3") == WrittenDate(1999, 4, 3)
        assert read("3/4/07", culture="fr-FR") == WrittenDate(2007, 4, 3)

    def test_a_sequence_that_only_one_order_keeps_decides(self) -> None:
        newest_first = ["1/5/2007", "1/4/2007", "1/3/2007", "12/2/2006", "11/12/2006"]
        reader = DateReader(newest_first)
        assert (reader.order, reader.ambiguous) == ("mdy", False)
        reader = DateReader(
            ["5/1/2007", "4/1/2007", "3/1/2007", "2/12/2006", "12/11/2006"]
        )
        assert (reader.order, reader.ambiguous) == ("dmy", False)

    def test_the_default_is_the_month_first_and_says_so(self) -> None:
        reader = DateReader(["3/4/2007"])
        assert (reader.order, reader.ambiguous) == ("mdy", True)

    def test_dates_that_mean_one_day_either_way_are_not_ambiguous(self) -> None:
        assert not DateReader(["4/4/2007", "5/5/2007"]).ambiguous
        assert not DateReader(["2007/3/4"]).ambiguous
        assert not DateReader([]).ambiguous

    def test_dots_mean_the_day_first(self) -> None:
        reader = DateReader(["3.4.2007"])
        assert reader.read("3.4.2007") == WrittenDate(2007, 4, 3)
        assert not reader.ambiguous

    def test_one_odd_date_does_not_turn_the_others(self) -> None:
        samples = ["4/13/2007", "5/20/2007", "6/25/2007", "25/6/2007"]
        reader = DateReader(samples)
        assert reader.read("3/4/2007") == WrittenDate(2007, 3, 4)
        assert reader.read("25/6/2007") == WrittenDate(2007, 6, 25)


CAPTURED = datetime(2009, 11, 20, 10, 0)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("5 seconds ago", datetime(2009, 11, 20, 9, 59, 55)),
        ("1 minute ago", datetime(2009, 11, 20, 9, 59)),
        ("4 hours ago", datetime(2009, 11, 20, 6)),
        ("an hour ago", datetime(2009, 11, 20, 9)),
        (" - 4 hours ago", datetime(2009, 11, 20, 6)),
        ("1 day ago", datetime(2009, 11, 19, 10)),
        ("2 weeks ago", datetime(2009, 11, 6, 10)),
        (" - Nov. 6", datetime(2009, 11, 6)),
        ("Sept. 27", datetime(2009, 9, 27)),
        ("Dec. 24", datetime(2008, 12, 24)),
        ("November 20", datetime(2009, 11, 20)),
        ("Feb. 29", datetime(2008, 2, 29)),
        ("Nov. 6, 2009", datetime(2009, 11, 6)),
        ("Dec. 24, 2009", datetime(2009, 12, 24)),
        ("11月6日", datetime(2009, 11, 6)),
        ("30 秒前", datetime(2009, 11, 20, 9, 59, 30)),
        ("5 分钟前", datetime(2009, 11, 20, 9, 55)),
        ("4 小时前", datetime(2009, 11, 20, 6)),
        ("4小时前", datetime(2009, 11, 20, 6)),
        ("4 個小時前", datetime(2009, 11, 20, 6)),
        ("1 天前", datetime(2009, 11, 19, 10)),
        ("4 時間前", datetime(2009, 11, 20, 6)),
        ("4시간 전", datetime(2009, 11, 20, 6)),
        ("vor 4 Stunden", datetime(2009, 11, 20, 6)),
        ("il y a 4 heures", datetime(2009, 11, 20, 6)),
        ("hace 4 horas", datetime(2009, 11, 20, 6)),
        ("há 4 horas", datetime(2009, 11, 20, 6)),
        ("4 ore fa", datetime(2009, 11, 20, 6)),
        ("4 uur geleden", datetime(2009, 11, 20, 6)),
        ("99999999 years ago", None),
        ("9999 years ago", None),
        ("a while ago", None),
        ("3/4/2009", None),
        ("hello", None),
        ("", None),
        ("x" * 1000 + " ago", None),
    ],
)
def test_what_was_said_is_counted_back_from_the_capture(
    text: str, moment: datetime | None
) -> None:
    assert relative(text, CAPTURED) == moment


def test_a_leap_day_is_found_before_1900_was_no_leap_year() -> None:
    assert relative("Feb. 29", datetime(2104, 1, 1)) == datetime(2096, 2, 29)
    assert relative("Feb. 29", datetime(1904, 2, 1)) == datetime(1896, 2, 29)


def test_the_first_years_of_the_calendar_do_not_break_it() -> None:
    assert relative("1 day ago", datetime(1, 1, 1)) is None
    assert relative("Dec. 24", datetime(1, 1, 1)) is None


@given(st.text(max_size=40), st.datetimes())
def test_any_text_said_at_any_time_is_a_moment_or_none(
    text: str, captured: datetime
) -> None:
    moment = relative(text, captured)
    assert moment is None or isinstance(moment, datetime)


@pytest.mark.parametrize(
    ("written", "year"),
    [("平成21年1月2日", 2009), ("平成元年1月2日", 1989), ("民國98年1月2日", 2009)],
)
def test_years_that_are_counted_from_another_beginning(written: str, year: int) -> None:
    date = DateReader([written]).read(written)
    assert date
    assert (date.year, date.month, date.day) == (year, 1, 2)
