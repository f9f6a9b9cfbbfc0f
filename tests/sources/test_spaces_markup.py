"""One Spaces page of each year, read into its entries."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.space_pages import (
    CID,
    HOME,
    SPACE,
    address,
    comment_2010,
    entry,
    from_wayback,
    key,
    list_page,
    page,
    page_2006,
    page_2007_header,
    pane,
    photo,
    seen,
)
from wizard.content.cleaning import clean
from wizard.errors import Unreadable
from wizard.sources.spaces_pages.records import from_line, to_line


@pytest.mark.parametrize("tag", ["xmp", "XMP", "listing", "pre"])
def test_text_that_shows_tags_shows_the_same_ones(tag: str) -> None:
    shown = (
        "<b>raw</b> &lt;" if tag.lower() == "xmp" else "&lt;b&gt;raw&lt;/b&gt; &amp;lt;"
    )
    (one,) = seen(page(entry(975, f"<{tag}>{shown}  x</{tag}>")))
    assert clean(one.html) == "<pre>&lt;b&gt;raw&lt;/b&gt; &amp;lt;  x</pre>"


def test_a_page_that_calls_itself_the_text_of_an_entry_is_none() -> None:
    left_open = page(entry(975, "Hello<div>")).replace(
        "<html", '<html class="bvMsg"', 1
    )
    (one,) = seen(left_open)
    assert one.html.startswith("Hello")


def test_an_entry_page_of_2007_is_read_whole() -> None:
    (one,) = seen(page(entry(975, "Hello<br>there", category="计算机与 Internet")))
    assert one.key == key(975)
    assert one.space == SPACE
    assert one.title == "A title"
    assert one.html == "Hello<br>there"
    assert one.dates == ("2007/4/20 1:29:58",)
    assert one.category == "计算机与 Internet"
    assert one.entry_page
    assert one.whole


def test_a_list_page_gives_every_entry_from_the_top() -> None:
    entries = seen(list_page(20, 19, 17))
    assert [each.number for each in entries] == [20, 19, 17]
    assert [each.html for each in entries] == [
        "Text of 20.",
        "Text of 19.",
        "Text of 17.",
    ]
    assert [each.dates for each in entries] == [
        ("2007/4/20 1:20:00",),
        ("2007/4/20 1:19:00",),
        ("2007/4/20 1:17:00",),
    ]
    assert not any(each.entry_page for each in entries)


def test_a_list_page_with_one_entry_is_still_none_of_the_entrys_own() -> None:
    assert [each.entry_page for each in seen(list_page(5))] == [False]


def test_a_page_of_2006_is_read_by_what_stands_around_the_text() -> None:
    (one,) = seen(page_2006())
    assert one.key == "cns!1pU-rgQVTuuWM1TX8W8PfmDA!1073"
    assert one.title == "First light"
    assert one.dates[0] == "June 24, 2006 15:42"
    assert "We moved in." in one.html
    assert "At last." in one.html


def test_a_date_above_the_title_is_joined_to_the_time_below() -> None:
    (one,) = seen(page_2007_header(160))
    assert one.dates == ("June 24 3:34 PM", "June 24")
    (one,) = seen(page_2007_header(160, "4月14日", "15:42"))
    assert one.dates == ("4月14日 15:42", "4月14日")


def test_a_whole_date_below_goes_before_the_one_above() -> None:
    (one,) = seen(page_2007_header(160, "June 24", "6/24/2006 3:34:50 PM"))
    assert one.dates[0] == "6/24/2006 3:34:50 PM"


def test_entries_of_one_day_share_the_date_above_the_first() -> None:
    def headless(number: int, time: str) -> str:
        return entry(number, date=time, listed=True)

    day = f'<span id="LastMDatecns!{CID}!9">June 24</span>'
    first, second = seen(page(day + headless(9, "3:34 PM"), headless(8, "1:02 PM")))
    assert first.dates[0] == "June 24 3:34 PM"
    assert second.dates[0] == "June 24 1:02 PM"


def test_the_category_may_stand_in_the_footer_only() -> None:
    html = page(entry(3, category="Travel")).replace('bv:cat="Travel"', 'bv:cat=""')
    assert seen(html)[0].category == "Travel"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("View comments (4)", 4),
        ("阅读评论 (16)", 16),
        ("閱讀評論（3）", 3),
        ("Comments: 12", 12),
        ("Add a comment", 0),
    ],
)
def test_comments_are_counted_in_any_language(words: str, count: int) -> None:
    html = page(entry(3, comments=99)).replace("View comments &#40;99&#41;", words)
    assert seen(html)[0].comments_said == count


def test_later_pages_count_comments_at_their_pane() -> None:
    box = '<div class="bvCommentsPane" bv:commentcount="31"></div>'
    assert seen(page(entry(3), foot=box))[0].comments_said == 31


def test_a_title_is_its_text_and_may_be_missing() -> None:
    (one,) = seen(page(entry(3, title='<a name="x"></a>A &amp; <img src="c.gif"> B')))
    assert one.title == "A & B"
    (one,) = seen(page(entry(3, title="")))
    assert one.title == ""


def test_a_title_without_a_mark_is_the_heading_before_the_text() -> None:
    html = page(entry(3)).replace(f' id="subjcns!{CID}!3"', "")
    assert seen(html)[0].title == "A title"


def test_an_entry_is_known_by_its_frame_or_its_permalink_too() -> None:
    html = page(entry(44)).replace(f' id="msgcns!{CID}!44"', "")
    assert seen(html)[0].number == 44
    bare = html.replace(f' id="entrycns!{CID}!44"', "").replace(
        f' bv:cns="cns!{CID}!44"', ""
    )
    bare = bare.replace(f' id="subjcns!{CID}!44"', "")
    assert seen(bare)[0].key == key(44)


def test_an_entry_alone_is_known_by_the_name_of_its_page() -> None:
    html = '<html><title>x</title><div class="bvMsg">Text</div><p>end</p></html>'
    assert seen(html) == []
    (one,) = seen(html, name=f"pages/cns!{CID}!7.entry")
    assert one.key == key(7)


def test_upper_case_tags_without_quotes_are_read() -> None:
    html = page(entry(3)).replace("<div", "<DIV").replace("</div", "</DIV")
    html = html.replace(
        f'id="msgcns!{CID}!3" class="bvMsg"', f"class=bvMsg id=msgcns!{CID}!3"
    )
    assert seen(html)[0].html == "A text."


def test_a_text_left_open_does_not_swallow_what_follows() -> None:
    pages = page(
        entry(9, "<div>One<div>two", photos=[photo()], listed=True),
        entry(8, "<b>Three", listed=True, at=1),
    )
    first, second = seen(pages)
    assert "two" in first.html
    assert "footerLinks" not in first.html
    assert "Three" not in first.html
    assert [each.integrated for each in first.photos] == [True]
    assert "Three" in second.html
    assert first.dates == second.dates == ("2007/4/20 1:29:58",)


def test_words_put_out_of_the_text_by_a_stray_tag_are_taken_back() -> None:
    (one,) = seen(page(entry(9, "One</div>two<p>three</p>four", photos=[photo()])))
    assert [word in one.html for word in ("One", "two", "three", "four")] == [True] * 4
    assert len(one.photos) == 1


def test_a_quoted_entry_is_text_and_no_entry() -> None:
    quoted = f'<div id="msgcns!{CID}!1" class="bvMsg">Old words</div>'
    (one,) = seen(page(entry(9, f"I said: {quoted} indeed")))
    assert one.number == 9
    assert "Old words" in one.html
    assert "indeed" in one.html


def test_deep_nesting_loses_no_text() -> None:
    deep = "<blockquote>" * 400 + "in the deep" + "</blockquote>" * 400
    first, second = seen(page(entry(9, deep, listed=True), entry(8, listed=True)))
    assert "in the deep" in first.html
    assert second.html == "A text."


def test_a_page_broken_off_in_a_text_says_so() -> None:
    whole = page(entry(9, "Some long words"))
    cut = whole[: whole.index("long") + 4]
    (one,) = seen(cut)
    assert one.html == "Some long"
    assert not one.whole


def test_an_entry_that_moved_in_2010_and_was_exported_again_is_read() -> None:
    kept = (
        '---\nlayout: post\ntitle: "DNS, at last"\ndate: 2010-02-25 14:03:15 +0100\n---\n'
        f'<div id="msgcns!{CID}!258" class="bvMsg">Registered.</div>'
    )
    (one,) = seen(kept)
    assert (one.key, one.title) == (key(258), "DNS, at last")
    assert one.dates == ("2010-02-25 14:03:15",)
    assert one.html == "Registered."
    assert one.whole


def test_a_page_out_of_the_wayback_machine_is_as_it_was() -> None:
    text = f'See <a href="{address(3)}">this</a> and <a href="/lists/">these</a>'
    html = page(entry(9, text, photos=[photo()], date="June 24"))
    (live,) = seen(html)
    (archived,) = seen(from_wayback(html))
    assert archived.html == live.html
    assert archived.html == (
        f'See <a href="{address(3)}">this</a> and <a href="{HOME}lists/">these</a>'
    )
    assert archived.photos == live.photos
    assert archived.captured == datetime(2008, 5, 17, 13, 22, 5)
    assert archived.dates == live.dates


def test_somebodys_own_link_to_an_archived_page_stays() -> None:
    own = "http://web.archive.org/web/20010101000000/http://x.invalid/"
    (one,) = seen(page(entry(9, f'<a href="{own}">then</a>')))
    assert own in one.html
    (one,) = seen(from_wayback(page(entry(9, f'<a href="{own}">then</a>'))))
    assert own in one.html


def test_relative_links_stand_against_the_base_without_its_build() -> None:
    text = f'<a href="Blog/cns!{CID}!3.entry">a</a><a href="#x">b</a><a href="mailto:a@b.c">c</a>'
    (one,) = seen(page(entry(9, text)))
    assert f'"{HOME}Blog/cns!{CID}!3.entry"' in one.html
    assert '"#x"' in one.html
    assert '"mailto:a@b.c"' in one.html


def test_a_link_to_another_saved_page_is_a_link_to_its_entry() -> None:
    name = f"cns!{CID}!3.entry.html"
    (one,) = seen(
        page(entry(9, f'<a href="{name}">a</a>'), base=f"{HOME}blog/"), files=[name]
    )
    assert f"{HOME}blog/cns!{CID}!3.entry" in one.html


def test_scripts_are_no_part_of_the_text() -> None:
    (one,) = seen(page(entry(9, "a<script>alert('x')</script>b<style>p{}</style>c")))
    assert one.html == "abc"


def test_comments_of_a_list_page_need_a_pane_of_their_entry() -> None:
    boxes = pane(comment_2010("Alice", "Mine", "Nov. 6"), 8)
    guest_book = comment_2010("Bob", "Hello, owner", "Nov. 6")
    first, second = seen(
        page(entry(9, listed=True), entry(8, listed=True), foot=boxes + guest_book)
    )
    assert first.comments == ()
    assert [each.author for each in second.comments] == ["Alice"]


def test_what_is_seen_survives_being_written_down() -> None:
    foot = pane(comment_2010("Alice", "Hi\u2028there", "Nov. 6"))
    html = page(entry(9, "😀\x7f", photos=[photo(number=4)]), foot=foot)
    (one,) = seen(html, modified=datetime(2010, 5, 4, 3, 2, 1))
    line = to_line(one)
    assert b"\n" not in line
    assert from_line(line) == one


def test_a_date_in_an_unmarked_heading_is_joined_to_the_footers_time() -> None:
    (one,) = seen(page("<h2>October 16, 2006</h2>", entry(9, date="3:34 PM")))
    assert one.dates[0] == "October 16, 2006 3:34 PM"


def test_a_date_in_another_entrys_text_is_not_taken() -> None:
    undated = entry(8, date="", title="")
    second = seen(page(entry(9, "2006/6/24", date=""), undated))[1]
    assert second.dates == ()


def test_films_out_of_the_wayback_machine_have_their_own_addresses() -> None:
    film = '<embed src="http://video.example/v.swf"><td background="/b.gif"></td>'
    (one,) = seen(from_wayback(page(entry(9, film))))
    assert '"http://video.example/v.swf"' in one.html
    assert "web.archive.org" not in one.html


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "html",
    [
        "<!---->" * 600 + entry(9),
        entry(9, "<div>" * 1500 + "<a href=x>y</a>" * 20_000),
        "".join(f'<div id="msgcns!AB!{n}"></div>' for n in range(900))
        + "<b>1 x</b>" * 50_000,
        entry(
            9, '<div class="footerLinks">x' * 1500 + '<p class="footerLinks">' * 20_000
        ),
        entry(9)
        + "<div>" * 1500
        + '<div class="cc2_cmt"><div class="cc2_txt">t</div></div>' * 20_000,
        entry(
            9,
            f'<a rel="WLPP;{"url=" * 50_000}" href="{"a." * 50_000}"><img src="x.jpg"></a>',
        ),
        entry(9, "x</div>" + "<p>w</p>" * 30_000),
        '<div id="' + "cns!" * 50_000 + '"></div>' + entry(9),
    ],
)
def test_pages_made_to_waste_time_end_soon(html: str) -> None:
    assert seen(html)


def test_more_entries_than_any_page_has_are_refused_in_words() -> None:
    with pytest.raises(Unreadable) as caught:
        seen("".join(entry(n) for n in range(1001)), name="all.html")
    assert "all.html" in caught.value.title


@settings(max_examples=60, deadline=None)
@given(st.text("<>/ab\"'= \n&;divpx!-cnsg0", max_size=120))
def test_no_text_however_broken_spoils_the_page(text: str) -> None:
    for one in seen(page(entry(9, text), entry(8))):
        assert one.cid
        assert from_line(to_line(one)) == one
