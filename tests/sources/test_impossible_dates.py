"""A date that no calendar has: its post stays where it belongs, and a note says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.sources.backups import backup, post_page, write_folder
from tests.sources.space_pages import comment_2008, entry, key, page, pane
from tests.sources.test_metaweblog_posts import comment, wp_post
from tests.wordpress import start
from wizard.blog import Comment, Post, Status, post_from_json, to_json
from wizard.credentials import Secret
from wizard.sources import open_source
from wizard.sources.dates.impossible import is_told, nearest, placed, span_of
from wizard.sources.metaweblog import MetaWeblog
from wizard.sources.metaweblog.posts import comments_from

YEAR = (datetime(2007, 1, 1), datetime(2007, 12, 31, 23, 59, 59))
FEBRUARY = (datetime(2007, 2, 1), datetime(2007, 2, 28, 23, 59, 59))
CID = "cns!2B070A76FD6627CE"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2007/13/45", YEAR),
        ("45/13/2007 10:00:00", YEAR),
        ("2007-00-00", YEAR),
        ("2007/2/31 10:00:00", FEBRUARY),
        ("31 February 2007", FEBRUARY),
        ("31/02/2007", FEBRUARY),
        ("2007年2月31日", FEBRUARY),
        (
            "2007/1/3 25:61:00",
            (datetime(2007, 1, 3), datetime(2007, 1, 3, 23, 59, 59)),
        ),
        ("0000/01/01", None),
        ("1/1/0001", None),
        ("99/99/9999", None),
        ("June 31", None),
        ("words", None),
        ("", None),
    ],
)
def test_as_much_as_can_be_known_is_known(
    text: str, span: tuple[datetime, datetime] | None
) -> None:
    found = span_of(text, "dmy")
    assert (found and (found.first, found.last)) == span


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("2006/2/30 21:15:30", datetime(2006, 2, 28, 21, 15, 30)),
        ("2008/2/30 21:15:30", datetime(2008, 2, 29, 21, 15, 30)),
        ("31 April 2007 9:05", datetime(2007, 4, 30, 9, 5)),
        ("2007/13/45 10:00", datetime(2007, 12, 31, 10)),
        ("2007-00-00", datetime(2007, 1, 1, 12)),
        ("2006/2/30", datetime(2006, 2, 28, 12)),
        ("2007/1/3 25:61:00", datetime(2007, 1, 3, 23, 59, 59)),
        ("2007/1/3 10:61:00", datetime(2007, 1, 3, 10, 59, 59)),
        ("9999/12/31 10:00", None),
        ("June 31", None),
    ],
)
def test_the_nearest_day_is_kept_with_its_time(
    text: str, near: datetime | None
) -> None:
    assert nearest(text, "dmy") == near


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Europe/Berlin", "Etc/GMT+11"])
def test_a_date_without_a_time_is_on_its_day_on_nearly_every_clock(zone: str) -> None:
    here = datetime(2006, 2, 28, 12).replace(tzinfo=ZoneInfo(zone))
    assert nearest("2006/2/30", "dmy") == here.replace(tzinfo=None)
    assert here.astimezone(UTC).date() == here.date()


def test_it_disturbs_the_order_of_the_posts_as_little_as_can_be() -> None:
    wrong, after = span_of("2007/2/31 10:00:00", "ymd"), datetime(2007, 2, 20, 8)
    assert placed([None, after], [wrong, None])[0] == datetime(2007, 2, 20, 7, 59, 59)
    later = datetime(2007, 3, 1)
    assert placed([None, later], [wrong, None])[0] == datetime(2007, 2, 28, 10)


def test_a_year_that_is_none_does_not_lead_into_the_year_before() -> None:
    """Such as 9999, beside the beginning of all clocks."""
    dates = placed([None, datetime(1970, 1, 1)], [span_of("9999/12/31", "ymd"), None])
    assert dates[0] == datetime(1970, 1, 1)


def said(comments: Sequence[Comment]) -> list[tuple[datetime | None, bool]]:
    return [(each.date, each.estimated) for each in comments]


NEAR, NONE = "1 comment bears a date that is near", "1 comment has no date"


def test_comments_of_a_backup_keep_what_their_dates_tell(tmp_path: Path) -> None:
    comments = {
        "Ann - 2007/3/1 9:00:00": "a",
        "Bo - 2007/2/30 21:15:30": "b",
        "Cy - 9999/12/31 23:59": "c",
    }
    html = post_page("one", "2007/1/1 10:00:00", "x", comments=comments)
    (post,) = backup(tmp_path, {"1.html": html}).posts()
    assert [each.author for each in post.comments] == ["Ann", "Bo", "Cy"]
    assert said(post.comments) == [
        (datetime(2007, 3, 1, 9), False),
        (datetime(2007, 2, 28, 21, 15, 30), True),
        (None, False),
    ]
    assert [sum(n.startswith(x) for n in post.notes) for x in (NEAR, NONE)] == [1, 1]


def test_comments_of_saved_pages_keep_what_their_dates_tell(tmp_path: Path) -> None:
    comments = (
        comment_2008(1, "Ann", "a", "2007/3/1 9:00:00"),
        comment_2008(2, "Bo", "b", "2007/2/30 21:15:30"),
        comment_2008(3, "Cy", "c", "9999/12/31 23:59"),
    )
    html = page(entry(10, date="2007/1/1 10:00:00"), foot=pane("".join(comments), 10))
    (post,) = open_source([str(write_folder(tmp_path, {"a.html": html}))]).posts()
    assert {each.author: each.date for each in post.comments} == {
        "Ann": datetime(2007, 3, 1, 9),
        "Bo": datetime(2007, 2, 28, 21, 15, 30),
        "Cy": None,
    }
    assert [sum(n.startswith(x) for n in post.notes) for x in (NEAR, NONE)] == [1, 1]


def test_comments_of_a_server_keep_what_their_dates_tell() -> None:
    wrong = {"1": "20070230T21:15:30", "2": "00000000T00:00:00Z"}
    structs = [comment(key, date_created_gmt=date) for key, date in wrong.items()]
    comments, _, notes = comments_from(structs)
    near = datetime(2007, 2, 28, 21, 15, 30, tzinfo=UTC)
    assert said(comments) == [(near, True), (None, False)]
    assert [sum(n.startswith(x) for n in notes) for x in (NEAR, NONE)] == [1, 1]


def test_a_comment_that_another_source_dates_needs_no_note(tmp_path: Path) -> None:
    def folder(name: str, date: str) -> str:
        said = {f"Ann - {date}": "words"}
        html = post_page("one", "2007/1/1", "x", mark=f"{CID}!10", comments=said)
        return str(write_folder(tmp_path / name, {"1.html": html}))

    wrong, right = folder("wrong", "2007/2/30"), folder("right", "2007/2/27 8:00")
    for places in ([wrong, right], [right, wrong]):
        (post,) = open_source(places).posts()
        assert said(post.comments) == [(datetime(2007, 2, 27, 8), False)]
        assert not post.notes
    (post,) = open_source([wrong]).posts()
    assert post.notes, "the control"


def test_what_nothing_tells_stands_behind_the_post_before_it() -> None:
    known = [None, datetime(2007, 3, 1), None, None, datetime(2008, 1, 1), None]
    assert placed(known, [None] * 6) == [
        datetime(2007, 3, 1),
        datetime(2007, 3, 1),
        datetime(2007, 3, 1, 0, 0, 1),
        datetime(2007, 3, 1, 0, 0, 2),
        datetime(2008, 1, 1),
        datetime(2008, 1, 1, 0, 0, 1),
    ]
    assert placed([None, None], [None, None]) == [None, None]


def test_many_posts_without_a_date_take_no_time() -> None:
    dates = placed([datetime(2007, 1, 1), *[None] * 50_000], [None] * 50_001)
    assert dates[-1] == datetime(2007, 1, 1, 13, 53, 20)


def dated(posts: list[Post]) -> list[tuple[str, datetime | None]]:
    return [(post.title, post.date) for post in posts]


def test_a_backup_without_numbers_goes_by_its_pages(tmp_path: Path) -> None:
    """The page shows its newest post first."""
    pages = [
        post_page("newest", "2008/5/1 10:00:00", "x", mark="bp1"),
        post_page("year 0", "0/0/0000", "x", mark="bp2"),
        post_page("february", "2007/2/31", "x", mark="bp3"),
        post_page("year", "2006/13/45", "x", mark="bp4"),
        post_page("oldest", "2005/5/1 10:00:00", "x", mark="bp5"),
    ]
    html = "".join(each[len("<html><body>") : -len("</body></html>")] for each in pages)
    source = backup(tmp_path, {"1.html": f"<html><body>{html}</body></html>"})
    posts = list(source.posts())
    assert dated(posts) == [
        ("oldest", datetime(2005, 5, 1, 10)),
        ("year", datetime(2006, 12, 31, 12)),
        ("february", datetime(2007, 2, 28, 12)),
        ("year 0", datetime(2007, 2, 28, 12, 0, 1)),
        ("newest", datetime(2008, 5, 1, 10)),
    ]
    for post in posts[1:4]:
        assert post.estimated
        assert len(post.notes) == 1
        assert f"{post.date:%Y-%m-%d}" in post.notes[0]
        assert "change it at the new blog" in post.notes[0]
    assert not posts[0].estimated
    assert not posts[0].notes


def test_entries_of_a_backup_go_by_their_numbers(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{number}.html": post_page(str(number), date, "x", mark=f"{CID}!{number}")
        for number, date in ((30, "2007/3/1"), (20, "0000/00/00"), (10, "2006/3/1"))
    }
    assert dated(list(backup(tmp_path, files).posts())) == [
        ("10", datetime(2006, 3, 1)),
        ("20", datetime(2006, 3, 1, 0, 0, 1)),
        ("30", datetime(2007, 3, 1)),
    ]


def test_a_post_of_which_nothing_is_known_says_what_day_it_will_bear(
    tmp_path: Path,
) -> None:
    (post,) = backup(tmp_path, {"1.html": post_page("one", "0000/00/00", "x")}).posts()
    assert post.date is None
    assert not post.estimated
    assert "“0000/00/00”" in post.notes[0]
    assert "the day on which it arrives" in post.notes[0]


def test_saved_pages_go_by_the_numbers_of_their_entries(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "a.html": page(entry(10, date="2006/3/1 10:00:00")),
        "b.html": page(entry(20, date="")),
        "c.html": page(entry(30, date="2007/13/45 10:00:00")),
        "d.html": page(entry(40, date="2008/3/1 10:00:00")),
    }
    posts = list(open_source([str(write_folder(tmp_path, pages))]).posts())
    assert [(post.key, post.date) for post in posts] == [
        (key(10), datetime(2006, 3, 1, 10)),
        (key(20), datetime(2006, 3, 1, 10, 0, 1)),
        (key(30), datetime(2007, 12, 31, 10)),
        (key(40), datetime(2008, 3, 1, 10)),
    ]
    assert [post.estimated for post in posts] == [False, True, True, False]
    assert [sum(map(is_told, post.notes)) for post in posts] == [0, 1, 1, 0]


def test_a_date_that_another_source_knows_counts_before_one_that_is_near(
    tmp_path: Path,
) -> None:
    def folder(name: str, date: str) -> str:
        html = post_page("one", date, "x", mark=f"{CID}!10")
        return str(write_folder(tmp_path / name, {"1.html": html}))

    wrong, right = folder("wrong", "2007/13/45"), folder("right", "2007/5/6")
    for places in ([wrong, right], [right, wrong]):
        (post,) = open_source(places).posts()
        assert post.date == datetime(2007, 5, 6)
        assert not post.estimated
        assert not post.notes
    (post,) = open_source([wrong]).posts()
    assert post.estimated, "the control"


def test_a_server_that_names_no_day_is_believed_as_far_as_it_goes() -> None:
    post = wp_post(post_date_gmt=None, post_date="20070231T10:00:00")
    assert post
    assert (post.date, post.estimated) == (datetime(2007, 2, 28, 10), True)
    nothing = {"post_date_gmt": None, "post_date": "00000000T00:00:00Z"}
    changed = datetime(2009, 5, 6)
    post = wp_post(**nothing, post_modified_gmt=changed)
    assert post
    assert post.date == changed.replace(tzinfo=UTC)
    assert post.notes[0].startswith("It has no date. It bears 2009-05-06 instead")
    assert "last changed" in post.notes[0]
    post = wp_post(**nothing)
    assert post
    assert post.date is None
    assert "the day on which it arrives" in post.notes[0]


ZERO = """
add_action('init', function () {
    global $wpdb;
    $none = '0000-00-00 00:00:00';
    $wpdb->query("UPDATE $wpdb->posts SET post_date = '$none', post_date_gmt = '$none',
        post_modified_gmt = '2009-05-06 07:08:09' WHERE ID = 1");
});
"""


@pytest.mark.parametrize("pick", ["newest", "oldest"])
def test_a_post_of_a_real_wordpress_without_a_date_bears_that_of_its_last_change(
    pick: str,
) -> None:
    with start(pick) as site:
        site.plug_in(ZERO)
        source = MetaWeblog(site.url, site.user, Secret(site.login_password))
        (post,) = source.posts()
        source.close()
    assert post.date == datetime(2009, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert post.estimated
    assert sum(map(is_told, post.notes)) == 1


def test_a_draft_has_no_date_and_needs_none() -> None:
    post = wp_post(
        post_date_gmt=None, post_date="00000000T00:00:00Z", post_status="draft"
    )
    assert post
    assert (post.date, post.status, post.notes) == (None, Status.DRAFT, ())


def test_what_is_only_near_is_remembered_as_such() -> None:
    post = Post("k", "t", "x", datetime(2007, 1, 1), estimated=True)
    assert post_from_json(to_json(post)) == post
    assert "estimated" not in to_json(Post("k", "t", "x", None))
