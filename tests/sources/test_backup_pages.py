"""The Spaces backup: all the ways in which its pages may differ or be broken."""

from __future__ import annotations

import tracemalloc
from datetime import datetime
from pathlib import Path

import pytest

from tests.sources.backups import (
    FILES,
    PICTURE,
    backup,
    one,
    post_page,
    posts,
    write_folder,
    write_zip,
)
from wizard.errors import NothingFound, Unreadable
from wizard.sources.archive import open_archive
from wizard.sources.spaces_backup import SpacesBackup


class TestStructure:
    def test_it_needs_no_page_of_contents(self, tmp_path: Path) -> None:
        files = {name: data for name, data in FILES.items() if name != "index.html"}
        source = backup(tmp_path, files)
        assert len(list(source.posts())) == 2
        assert source.blog().title == "space"

    def test_what_is_listed_and_not_there_is_noted(self, tmp_path: Path) -> None:
        files = {name: data for name, data in FILES.items() if name != "002.html"}
        notes = backup(tmp_path, files).blog().notes
        assert any("Second" in note for note in notes)

    def test_many_posts_on_one_page(self, tmp_path: Path) -> None:
        page = "".join(
            post_page(f"T{n}", f"2010/9/{n} 21:05:09", f"x{n}", mark=f"bp{n}")
            + f"<p>评论 ({n})</p>"
            for n in range(1, 29)
        )
        found = posts(tmp_path, {"1.html": page})
        assert [found[f"T{n}"].html for n in range(1, 29)] == [
            f"x{n}" for n in range(1, 29)
        ]
        assert len({post.address for post in found.values()}) == 28
        assert [post.comments_elsewhere for post in found.values()] == list(
            range(1, 29)
        )

    def test_the_date_may_stand_above_the_title(self, tmp_path: Path) -> None:
        block = (
            '<h5>2010/9/{0} 7:00:00</h5><h2>T{0}</h2><div class="blogpost">x{0}</div>'
        )
        found = posts(tmp_path, {"1.html": block.format(1) + block.format(2)})
        assert [(p.title, p.date and p.date.day) for p in found.values()] == [
            ("T1", 1),
            ("T2", 2),
        ]

    def test_the_date_may_stand_under_the_text(self, tmp_path: Path) -> None:
        block = (
            '<h2>T{0}</h2><div class="blogpost">x{0}</div><h5>2010/9/{0} 7:00:00</h5>'
        )
        found = posts(tmp_path, {"1.html": block.format(1) + block.format(2)})
        assert [(p.title, p.date and p.date.day) for p in found.values()] == [
            ("T1", 1),
            ("T2", 2),
        ]

    def test_a_post_without_a_title_is_kept(self, tmp_path: Path) -> None:
        post = one(tmp_path, post_page("", "2010/9/28 21:05:09", "x"))
        assert (post.title, post.html) == ("", "x")

    def test_headings_inside_the_text_are_text(self, tmp_path: Path) -> None:
        body = "<h2>inner</h2><h5>2001/1/1 1:00:00</h5><div>more</div>"
        post = one(tmp_path, post_page("T", "2010/9/28 21:05:09", body))
        assert (post.title, post.html) == ("T", body)
        assert post.date == datetime(2010, 9, 28, 21, 5, 9)

    def test_comments_need_no_ids(self, tmp_path: Path) -> None:
        boxes = (
            "<div><h5>A - 2010/9/29 8:01:02</h5>hi</div><div><h5>B - 2010/9/29 9:01:02</h5>ho</div>",
            "<h5>A - 2010/9/29 8:01:02</h5><p>hi</p><h5>B - 2010/9/29 9:01:02</h5><p>ho</p>",
        )
        for at, box in enumerate(boxes):
            page = post_page("T", "2010/9/28 21:05:09", "x").replace(
                '<div class="comments">', f'<div class="comments">{box}'
            )
            comments = one(tmp_path / str(at), page).comments
            assert [comment.author for comment in comments] == ["A", "B"]
            assert "hi" in comments[0].html
            assert "ho" in comments[1].html

    def test_scripts_and_remarks_are_left_behind(self, tmp_path: Path) -> None:
        body = "a<!-- no --><script>alert(1)</script><style>p{}</style>b"
        assert one(tmp_path, post_page("T", "2010/9/28 21:05:09", body)).html == "ab"

    @pytest.mark.parametrize(
        ("encoding", "head"),
        [
            ("utf-8", ""),
            ("utf-8-sig", ""),
            ("utf-16", ""),
            (
                "gb18030",
                '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
            ),
            ("gb18030", ""),
            ("utf-8", '<meta charset="gb2312">'),
            ("shift_jis", '<meta charset="shift_jis">'),
        ],
    )
    def test_pages_in_every_encoding(
        self, tmp_path: Path, encoding: str, head: str
    ) -> None:
        text = (
            "今日天気中国日本"
            if encoding == "shift_jis"
            else "今天去整了一个主板，下面给个图，哈哈"
        )
        page = head + post_page(text, "2010/9/28 21:05:09", f"<p>{text * 5}</p>")
        post = one(tmp_path / "x", page.encode(encoding))
        assert (post.title, post.html) == (text, f"<p>{text * 5}</p>")

    def test_a_broken_page_is_noted_and_the_others_go_on(self, tmp_path: Path) -> None:
        large = '<div class="blogpost">' + "<i></i>" * 400_000
        files = {**FILES, "003.html": large, "004.html": b"\x00\xff" * 500}
        source = backup(tmp_path, files)
        assert len(list(source.posts())) == 2
        assert any("003.html" in note for note in source.blog().notes)

    def test_thousands_of_unclosed_font_tags_lose_no_text(self, tmp_path: Path) -> None:
        body = "<font color=red>" * 4000 + "deep <p>after"
        post = one(tmp_path, post_page("T", "2010/9/28 21:05:09", body))
        assert "deep" in post.html
        assert "after" in post.html

    def test_no_posts_are_said_to_be_none(self, tmp_path: Path) -> None:
        with open_archive(
            write_folder(tmp_path / "x", {"a.html": "<h2>x</h2>"})
        ) as archive:
            assert not SpacesBackup.recognises(archive)
            with pytest.raises(NothingFound, match="No posts"):
                SpacesBackup(archive).blog()

    def test_a_page_that_vanishes_while_reading_stops_with_words(
        self, tmp_path: Path
    ) -> None:
        source = backup(tmp_path, FILES)
        reading = source.posts()
        next(reading)
        (tmp_path / "space" / "001.html").unlink()
        with pytest.raises(Unreadable, match=r"001\.html"):
            next(reading)

    def test_a_page_that_changes_while_reading_stops_with_words(
        self, tmp_path: Path
    ) -> None:
        source = backup(tmp_path, FILES)
        source.blog()
        (tmp_path / "space" / "002.html").write_text("something else")
        with pytest.raises(Unreadable, match="changed"):
            next(source.posts())

    def test_a_single_page_finds_its_pictures(self, tmp_path: Path) -> None:
        write_folder(tmp_path, FILES)
        with open_archive(tmp_path / "001.html") as archive:
            assert SpacesBackup.recognises(archive)
            source = SpacesBackup(archive)
            (post,) = source.posts()
            assert next(source.read(p) for p in post.photos if p.found) == PICTURE


def test_the_texts_of_a_large_blog_are_never_all_in_memory(tmp_path: Path) -> None:
    body = "<p>" + "x" * 100_000 + "{}</p>"
    files = {
        f"{n}.html": post_page(f"T{n}", f"2008/{1 + n % 12}/5 1:02:03", body.format(n))
        for n in range(100)
    }
    path = write_zip(tmp_path / "space.zip", files)
    del files
    with open_archive(path) as archive:
        source = SpacesBackup(archive)
        tracemalloc.start()
        count = sum(1 for _ in source.posts())
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 100
    # All the texts together are over 10 MB.
    assert peak < 3_000_000


def test_text_after_a_pasted_end_of_page_is_kept(tmp_path: Path) -> None:
    body = "from Word</body></html><p>and the rest"
    page = post_page(
        "T", "2010/9/28 21:05:09", body, comments={"A - 2010/9/29 8:01:02": "y"}
    )
    post = one(tmp_path, page)
    assert "and the rest" in post.html
    assert len(post.comments) == 1
