"""Dates that are none, that no calendar has, or that only one country reads so."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.hostile_archives.case import KEPT, Case, as_file
from tests.faults.hostile_archives.zip_bytes import items, zip_bytes
from tests.sources.backups import post_page

_NONE = (
    "0000-00-00 00:00:00", "0001-01-01 00:00", "1601-01-01 00:00:00", "1899-12-30 0:00:00",
    "9999-12-31 23:59:59", "10000-01-01", "2007-02-30 10:00", "2007-02-29", "30/02/2007",
    "31/4/2007", "2007-13-01", "2007-00-10", "2007-10-00", "2007/4/31 8:00", "99/99/9999",
    "2007-01-01 24:61:61", "2007-01-01 25:00", "", "—", "yesterday", "vor 3 Tagen", "soon",
    "1e9", "-1", "NaN", "∞", "1176942598", "0x7fffffff", "2009年", "x" * 5000,
    "2009" * 2000, "1/" * 4000, "January", "Monday", "12:30", "2007--04-20", "２００９",
)  # fmt: skip
_REAL = {
    "2009-01-02": "2009-01-02T00:00:00",
    "2009-01-02T03:04:05": "2009-01-02T03:04:05",
    "2009/1/2 3:04:05": "2009-01-02T03:04:05",
    "2008-02-29 1:00": "2008-02-29T01:00:00",
    "January 2, 2009 3:04 PM": "2009-01-02T15:04:00",
    "Friday, January 02, 2009": "2009-01-02T00:00:00",
    "2 January 2009": "2009-01-02T00:00:00",
    "2. Januar 2009": "2009-01-02T00:00:00",
    "2 janvier 2009": "2009-01-02T00:00:00",
    "2 de enero de 2009": "2009-01-02T00:00:00",
    "2 gennaio 2009": "2009-01-02T00:00:00",
    "2 januari 2009": "2009-01-02T00:00:00",
    "2009年1月2日": "2009-01-02T00:00:00",
    "2009年1月2日 下午 3:04": "2009-01-02T15:04:00",
    "2009년 1월 2일 오후 3:04": "2009-01-02T15:04:00",
    "平成21年1月2日": "2009-01-02T00:00:00",
    "民國98年1月2日": "2009-01-02T00:00:00",
    "31/12/2009": "2009-12-31T00:00:00",
    "12/31/2009": "2009-12-31T00:00:00",
    "31.12.2009 23:59": "2009-12-31T23:59:00",
    "1/1/2009 12:00 AM": "2009-01-01T00:00:00",
    "1/1/2009 12:00 PM": "2009-01-01T12:00:00",
    "  2009-01-02  ": "2009-01-02T00:00:00",
}


def dates() -> Iterator[Case]:
    for written, expected in [*dict.fromkeys(_NONE, "").items(), *_REAL.items()]:
        data = zip_bytes(items({"1.html": post_page("Dated", written, "<p>Text</p>")}))
        name = f"the date {written[:40]!r}" + (
            f" × {len(written)}" if written[40:] else ""
        )
        yield Case(name, as_file("a.zip", data), KEPT, 1, date=expected)
