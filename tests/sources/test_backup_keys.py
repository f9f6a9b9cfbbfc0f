"""The Spaces backup: keys that last, and dates as their blog means them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.sources.backups import (
    FILES,
    backup,
    one,
    post_page,
    posts,
)


class TestKeys:
    def test_the_id_of_the_entry_is_its_key(self, tmp_path: Path) -> None:
        mark = "bpcns!2B070A76FD6627CE!975"
        page = post_page("T", "2010/9/28 21:05:09", "x", mark=mark)
        source = backup(tmp_path, {"1.html": page})
        (post,) = source.posts()
        assert post.key == "cns!2B070A76FD6627CE!975"
        assert post.address.endswith("/blog/cns!2B070A76FD6627CE!975.entry")
        assert source.blog().key == "2B070A76FD6627CE"

    def test_a_permalink_tells_the_key_and_a_link_in_the_text_does_not(
        self, tmp_path: Path
    ) -> None:
        link = "http://joe.spaces.live.com/blog/cns!2B070A76FD6627CE!{}.entry"
        own, other = link.format(975), link.format(111)
        body = f'see <a href="{other}">there</a>'
        after = f'<p><a href="{own}">Permalink</a> <a href="{other}">next</a></p>'
        page = post_page("T", "2010/9/28 21:05:09", body, after=after)
        assert one(tmp_path, page).key == "cns!2B070A76FD6627CE!975"
        page = post_page("T", "2010/9/28 21:05:09", body)
        assert one(tmp_path, page).key.startswith("post-")

    def test_names_and_places_of_pages_do_not_matter(self, tmp_path: Path) -> None:
        pages = [str(FILES["001.html"]), str(FILES["002.html"])]
        one_way = {"001.html": pages[0], "002.html": pages[1]}
        other_way = {
            "x/9.htm": pages[1],
            "x/10.htm": pages[0],
            "x/0.html": "<p>nothing",
        }
        found = backup(tmp_path / "a", one_way), backup(tmp_path / "b", other_way)
        keys = [[post.key for post in source.posts()] for source in found]
        assert keys[0] == keys[1]
        comments = [[c.key for post in s.posts() for c in post.comments] for s in found]
        assert comments[0] == comments[1]

    def test_a_new_word_or_date_is_another_post(self, tmp_path: Path) -> None:
        pages = [
            post_page("T", "2010/9/28 21:05:09", "text"),
            post_page("T", "2010/9/28 21:05:09", "text!"),
            post_page("T!", "2010/9/28 21:05:09", "text"),
            post_page("T", "2010/9/28 21:05:08", "text"),
        ]
        source = backup(tmp_path, {f"{at}.html": page for at, page in enumerate(pages)})
        assert len({post.key for post in source.posts()}) == 4

    def test_equal_posts_are_all_kept_and_told_apart(self, tmp_path: Path) -> None:
        plain = post_page("T", "2010/9/28 21:05:09", "x")
        said = post_page(
            "T", "2010/9/28 21:05:09", "x", comments={"A - 2010/9/29 1:00:00": "y"}
        )
        there = list(backup(tmp_path / "a", {"1.html": plain, "2.html": said}).posts())
        back = list(backup(tmp_path / "b", {"1.html": said, "2.html": plain}).posts())
        assert len(there) == 2
        assert {p.key: len(p.comments) for p in there} == {
            p.key: len(p.comments) for p in back
        }

    def test_a_backup_that_was_unpacked_twice_is_one_blog(self, tmp_path: Path) -> None:
        twice = {
            f"{top}/{name}": data for name, data in FILES.items() for top in ("a", "b")
        }
        assert len(list(backup(tmp_path, twice).posts())) == 2

    def test_equal_comments_are_all_kept(self, tmp_path: Path) -> None:
        row = '<div id="comment1"><h5>A - 2010/9/29 8:01:02</h5>hi</div>'
        page = post_page("T", "2010/9/28 21:05:09", "x").replace(
            '<div class="comments">', f'<div class="comments">{row}{row}'
        )
        keys = [comment.key for comment in one(tmp_path, page).comments]
        assert len(set(keys)) == 2


class TestDates:
    def test_the_whole_blog_decides_what_a_date_means(self, tmp_path: Path) -> None:
        found = posts(
            tmp_path,
            {
                "1.html": post_page("one", "3/4/2007 10:00:00", "x"),
                "2.html": post_page("two", "25/4/2007 10:00:00", "x"),
            },
        )
        assert found["one"].date == datetime(2007, 4, 3, 10)

    def test_dates_of_comments_count_as_well(self, tmp_path: Path) -> None:
        page = post_page(
            "one",
            "3/4/2007 1:00:00 PM",
            "x",
            comments={"A - 3/25/2007 1:00:00 PM": "y"},
        )
        post = one(tmp_path, page)
        assert post.date == datetime(2007, 3, 4, 13)
        assert post.comments[0].date == datetime(2007, 3, 25, 13)

    def test_an_undecided_order_is_said_to_the_person(self, tmp_path: Path) -> None:
        source = backup(tmp_path, {"1.html": post_page("one", "3/4/2007", "x")})
        assert any("3/4" in note for note in source.blog().notes)

    def test_words_before_the_date_do_not_hide_it(self, tmp_path: Path) -> None:
        page = post_page("one", "发表于 2010/9/28 21:05:09", "x")
        assert one(tmp_path, page).date == datetime(2010, 9, 28, 21, 5, 9)

    def test_a_date_that_cannot_be_is_noted(self, tmp_path: Path) -> None:
        post = one(tmp_path, post_page("one", "30/2/2007", "x"))
        assert post.date == datetime(2007, 2, 28, 12)
        assert "30/2/2007" in post.notes[0]

    def test_a_comment_without_a_year_is_estimated_after_its_post(
        self, tmp_path: Path
    ) -> None:
        page = post_page(
            "one", "2009/12/30 10:00:00", "x", comments={"A - Jan. 2": "y"}
        )
        (comment,) = one(tmp_path, page).comments
        assert (comment.author, comment.date) == ("A", datetime(2010, 1, 2))
        assert comment.estimated

    @pytest.mark.parametrize(
        ("heading", "author", "date"),
        [
            ("Bob - 2010/9/29 8:01:02", "Bob", datetime(2010, 9, 29, 8, 1, 2)),
            ("Bob – 2010/9/29 8:01:02", "Bob", datetime(2010, 9, 29, 8, 1, 2)),
            ("- 2010/9/29 8:01:02", "", datetime(2010, 9, 29, 8, 1, 2)),
            ("2010/9/29 8:01:02", "", datetime(2010, 9, 29, 8, 1, 2)),
            ("Bob", "Bob", None),
            ("Jean-Luc - Paris", "Jean-Luc - Paris", None),
            ("Bob - 2010/99/99 8:01:02", "Bob", datetime(2010, 12, 31, 8, 1, 2)),
            (
                "R2-D2 - C-3PO - 2010/9/29 8:01:02",
                "R2-D2 - C-3PO",
                datetime(2010, 9, 29, 8, 1, 2),
            ),
        ],
    )
    def test_headings_of_comments(
        self, tmp_path: Path, heading: str, author: str, date: datetime | None
    ) -> None:
        page = post_page("T", "2010/9/28 21:05:09", "x", comments={heading: "y"})
        (comment,) = one(tmp_path, page).comments
        assert (comment.author, comment.date) == (author, date)
