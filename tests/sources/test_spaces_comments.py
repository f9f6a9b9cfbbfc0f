"""Comments of every year: who, when, where from, what; and the same ones on many pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.sources.space_pages import (
    CID,
    comment_2007,
    comment_2008,
    comment_2008_february,
    comment_2009,
    comment_2010,
    entry,
    key,
    page,
    pane,
    seen,
)
from wizard.blog import Comment
from wizard.sources.dates import DateReader
from wizard.sources.spaces_pages.comment_merge import merged_comments
from wizard.sources.spaces_pages.records import SeenComment, SeenEntry

CAPTURED = datetime(2010, 11, 20, 12, 0, 0)


def on_page(*comments: str) -> tuple[SeenComment, ...]:
    (one,) = seen(page(entry(9), foot=pane("".join(comments), 9)))
    return one.comments


def capture(*comments: SeenComment, captured: datetime | None = CAPTURED) -> SeenEntry:
    return SeenEntry("", CID, 9, "", "x", comments=comments, captured=captured)


def put_together(*captures: SeenEntry, culture: str = "en-US") -> tuple[Comment, ...]:
    return merged_comments(captures, DateReader([], culture))[0]


@pytest.mark.parametrize("wrap", [False, True])
def test_comments_of_2007_are_told_by_the_order_of_their_parts(wrap: bool) -> None:
    (one,) = on_page(
        comment_2007(
            "Bob",
            "hello <b>you</b>",
            "6/19/2007 7:30 AM",
            "bob@example.com",
            "http://bob.example/",
            wrap,
        )
    )
    assert one == SeenComment(
        author="Bob",
        html="hello <b>you</b>",
        text="hello you",
        written="6/19/2007 7:30 AM",
        email="bob@example.com",
        url="http://bob.example/",
    )


def test_a_comment_of_2007_may_have_neither_address() -> None:
    (one,) = on_page(comment_2007("Bob - the 2nd", "hello", "2007/6/19 7:30:00"))
    assert (one.author, one.text) == ("Bob - the 2nd", "hello")
    assert (one.written, one.email, one.url) == ("2007/6/19 7:30:00", "", "")


def test_a_name_with_a_smiley_is_read_without_it() -> None:
    (one,) = on_page(
        comment_2007('<img src="s.gif">Bob<img src="t.gif">', "hi", "June 3")
    )
    assert (one.author, one.text, one.written) == ("Bob", "hi", "June 3")


def test_a_text_of_2007_may_stand_in_no_block() -> None:
    box = '<div class="bvCommentText">Bob<span>hello</span>6/19/2007 7:30 AM</div>'
    (one,) = on_page(box)
    assert (one.author, one.text, one.written) == ("Bob", "hello", "6/19/2007 7:30 AM")


def test_comments_of_february_2008_name_the_authors_address() -> None:
    (one,) = on_page(
        comment_2008_february(
            "Carol", "http://carol.example/", "Well said", "2/3/2008 4:05 PM"
        )
    )
    assert (one.author, one.url) == ("Carol", "http://carol.example/")
    assert (one.text, one.written) == ("Well said", "2/3/2008 4:05 PM")


def test_comments_of_june_2008_may_name_an_e_mail_address() -> None:
    older, newer = on_page(
        comment_2008(
            71, "Dan", "Second", "6/5/2008 4:05 PM", "dan%40x@example.com?subject=Hi"
        ),
        comment_2008(70, "Erin", "First", "6/4/2008 4:05 PM"),
    )
    assert (older.author, older.text, older.email) == ("Erin", "First", "")
    assert (newer.author, newer.email) == ("Dan", "dan@x@example.com")
    assert newer.written == "6/5/2008 4:05 PM"
    assert f"cns!{CID}!71" in newer.names, "as links to it may say"
    twice = put_together(capture(newer), capture(replace(newer, names=("other",))))
    assert [each.names for each in twice] == [(*newer.names, "other")]


def test_comments_of_2009_have_their_date_behind_their_box() -> None:
    older, newer = on_page(
        comment_2009("Frank", "Second", "4 hours ago"),
        comment_2009("Grace", "First", "Nov. 6"),
    )
    assert (older.author, older.text, older.written) == ("Grace", "First", "Nov. 6")
    assert (newer.author, newer.text, newer.written) == (
        "Frank",
        "Second",
        "4 hours ago",
    )


def test_comments_of_2010_name_the_authors_profile() -> None:
    (one,) = on_page(
        comment_2010(
            "Alice",
            "Nice post<br>!",
            "Nov. 6, 2009",
            "http://cid-1234567890abcdef.profile.live.com/",
        )
    )
    assert one == SeenComment(
        author="Alice",
        html="Nice post<br>!",
        text="Nice post!",
        written="Nov. 6, 2009",
        url="http://cid-1234567890abcdef.profile.live.com/",
    )


def test_a_comment_without_a_name_takes_no_other_ones() -> None:
    nameless = comment_2010("", "I have no name", "Nov. 6").replace(
        '<div class="cc2_dnmmain"></div>', ""
    )
    older, newer = on_page(nameless, comment_2010("Alice", "I have", "Nov. 5"))
    assert (newer.author, newer.text) == ("", "I have no name")
    assert (older.author, older.text) == ("Alice", "I have")


def test_a_name_elsewhere_on_the_page_is_no_authors() -> None:
    profile = '<div id="profile"><div><div><span class="cxp_ic_name">Owner</span></div></div></div>'
    foot = pane('<div class="cc2_cmt"><div class="cc2_txt">Hi</div></div>', 9)
    (one,) = seen(page(entry(9), foot=foot + profile))
    assert [(each.author, each.text) for each in one.comments] == [("", "Hi")]


def test_an_empty_box_for_a_new_comment_is_none() -> None:
    assert (
        on_page('<div class="ccCommentBox"><textarea class="Comment"></textarea></div>')
        == ()
    )


def test_what_an_entry_says_is_no_comment() -> None:
    (one,) = seen(
        page(entry(9, comment_2010("Alice", "Quoted", "Nov. 6")), foot=pane(""))
    )
    assert one.comments == ()
    assert "Quoted" in one.html


def test_links_in_comments_are_made_whole() -> None:
    (one,) = on_page(comment_2010("A", '<a href="/blog/">b</a>', "Nov. 6"))
    assert one.html == '<a href="http://quietharbour.spaces.live.com/blog/">b</a>'


def test_comments_come_oldest_first_as_pages_show_them_newest_first() -> None:
    shown = on_page(*(comment_2010("A", f"Number {n}", f"Nov. {n}") for n in (9, 7, 5)))
    comments = put_together(capture(*shown))
    assert [each.html for each in comments] == ["Number 5", "Number 7", "Number 9"]


def test_a_written_date_is_sure_and_a_relative_one_estimated() -> None:
    sure = SeenComment("A", "1", "1", "6/19/2007 7:30 AM")
    hours = SeenComment("A", "2", "2", "4 hours ago")
    day = SeenComment("A", "3", "3", "Nov. 6")
    dated = SeenComment("A", "4", "4", "Nov. 6, 2009")
    none = SeenComment("A", "5", "5", "")
    comments = put_together(capture(sure, hours, day, dated, none))
    assert [(each.date, each.estimated) for each in comments] == [
        (datetime(2007, 6, 19, 7, 30), False),
        (datetime(2010, 11, 20, 8, 0), True),
        (datetime(2010, 11, 6), True),
        (datetime(2009, 11, 6), False),
        (None, True),
    ]


def test_a_relative_date_means_nothing_without_the_time_of_capture() -> None:
    hours = SeenComment("A", "2", "2", "4 hours ago")
    (one,) = put_together(capture(hours, captured=None))
    assert one.date is None


def test_the_same_comment_in_two_captures_is_one() -> None:
    early = SeenComment("Alice", "Hi", "Hi", "4 hours ago")
    late = SeenComment("alice", "Hi", "Hi", "Nov. 6", url="http://a.example/")
    comments = put_together(
        capture(late, captured=datetime(2010, 12, 24)),
        capture(early, captured=datetime(2010, 11, 6, 15, 0)),
    )
    assert len(comments) == 1
    assert comments[0].url == "http://a.example/"


def test_a_sure_date_wins_over_an_estimated_one() -> None:
    guess = SeenComment("Alice", "Hi", "Hi", "Nov. 6")
    sure = SeenComment("Alice", "Hi", "Hi", "11/6/2010 4:05 PM")
    for captures in ((capture(guess), capture(sure)), (capture(sure), capture(guess))):
        (one,) = put_together(*captures)
        assert (one.date, one.estimated) == (datetime(2010, 11, 6, 16, 5), False)


def test_equal_comments_of_one_capture_are_two() -> None:
    thanks = SeenComment("Alice", "Thanks!", "Thanks!", "Nov. 6")
    comments = put_together(capture(thanks, thanks), capture(thanks, thanks))
    assert len(comments) == 2
    assert len({each.key for each in comments}) == 2


def test_the_same_words_a_year_later_are_another_comment() -> None:
    first = SeenComment("Alice", "Thanks!", "Thanks!", "11/6/2009 4:05 PM")
    second = SeenComment("Alice", "Thanks!", "Thanks!", "11/6/2010 4:05 PM")
    comments = put_together(capture(second), capture(first))
    assert [each.date and each.date.year for each in comments] == [2009, 2010]
    assert len({each.key for each in comments}) == 2


def test_captures_that_show_different_comments_are_put_in_order() -> None:
    old = SeenComment("A", "old", "old", "6/4/2008 4:05 PM")
    middle = SeenComment("B", "middle", "middle", "6/5/2008 4:05 PM")
    new = SeenComment("C", "new", "new", "6/6/2008 4:05 PM")
    comments = put_together(capture(middle, new), capture(old, middle))
    assert [each.html for each in comments] == ["old", "middle", "new"]


def test_keys_do_not_change_when_more_pages_are_read() -> None:
    early = SeenComment("Alice", "Hi", "Hi", "4 hours ago")
    late = SeenComment("Alice", "Hi", "Hi", "Nov. 6")
    other = SeenComment("Bob", "Ho", "Ho", "Nov. 7")
    (alone,) = put_together(capture(early, captured=datetime(2010, 11, 6, 15, 0)))
    more = put_together(
        capture(late, other), capture(early, captured=datetime(2010, 11, 6, 15, 0))
    )
    assert alone.key in {each.key for each in more}
    assert alone.key.startswith(f"{key(9)}#comment-")
