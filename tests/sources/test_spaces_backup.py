"""The Spaces backup: every part of a post, and what every source promises."""

from __future__ import annotations

from collections.abc import Iterator
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
from tests.sources.contract import SourceContract
from wizard.blog import Photo, Post
from wizard.content.fitting import fit
from wizard.errors import PhotoMissing, Unreadable
from wizard.sources.archive import open_archive
from wizard.sources.spaces_backup import SpacesBackup


class TestContract(SourceContract):
    @pytest.fixture(params=["zip", "folder", "in a folder of the zip"])
    def source(
        self, request: pytest.FixtureRequest, tmp_path: Path
    ) -> Iterator[SpacesBackup]:
        if request.param == "zip":
            path = write_zip(tmp_path / "space.zip", FILES)
        elif request.param == "folder":
            path = write_folder(tmp_path / "space", FILES)
        else:
            nested = {f"my space/{name}": data for name, data in FILES.items()}
            path = write_zip(tmp_path / "space.zip", nested)
        with open_archive(path) as archive:
            assert SpacesBackup.recognises(archive)
            yield SpacesBackup(archive)


class TestPost:
    @pytest.fixture
    def first(self, tmp_path: Path) -> Post:
        return posts(tmp_path, FILES)["First post"]

    def test_title_date_and_text(self, tmp_path: Path) -> None:
        second = posts(tmp_path, FILES)["Second"]
        assert second.date == datetime(2010, 9, 27, 7)
        assert second.html == r"<p>C:\temp\new [brackets]</p>"

    def test_the_category_is_read_where_one_is_evident(self, first: Post) -> None:
        assert first.categories == ("计算机与 Internet",)

    @pytest.mark.parametrize(
        "after", ["<p>Category: {}</p>", "<p id='bp1Category'>{}</p>"]
    )
    def test_a_category_longer_than_any_name_is_shortened_and_told(
        self, tmp_path: Path, after: str
    ) -> None:
        name = "Very long " * 30
        page = post_page("T", "2010/9/28", "x", after=after.format(name))
        post = fit(one(tmp_path, page))
        (short,) = post.categories
        assert len(short) == 200
        assert short.startswith("Very long Very")
        assert [note for note in post.notes if short in note]
        text = post_page("T", "2010/9/28", "x", after=after.format(name * 2))
        assert not one(tmp_path / "text", text).categories, "that is a text"

    def test_links_to_other_posts_are_kept(self, first: Post) -> None:
        assert '<a href="002.html">the other</a>' in first.html
        assert first.address == "001.html"

    def test_comments_split_at_the_last_dash(self, first: Post) -> None:
        seen = [(c.author, c.date, c.html, c.email) for c in first.comments]
        assert seen == [
            ("X - Y - Z", datetime(2010, 9, 29, 8, 1, 1), "<div><b>oh</b></div>", ""),
            ("A-B C", datetime(2010, 9, 29, 8, 1, 2), "<div>hi</div>", ""),
            ("Bob", datetime(2010, 9, 30, 8, 1, 1), "<div></div>", "bob@example.org"),
        ]

    def test_comments_that_are_only_counted_are_elsewhere(self, first: Post) -> None:
        assert first.comments_elsewhere == 1

    def test_photos_of_all_kinds(self, first: Post) -> None:
        assert first.photos == (
            Photo("img/1.jpg", True, ("img/1.jpg",), alt="a hill"),
            Photo("img/2 b.jpg", True, ("IMG/2%20b.JPG", "img\\2t.jpg")),
            Photo(
                "http://blufiles.storage.msn.com/y1pGone",
                False,
                ("http://blufiles.storage.msn.com/y1pGone",),
            ),
            Photo("img/3t.jpg", True, ("img/3.jpg", "img/3t.jpg"), integrated=True),
        )

    def test_a_missing_photo_says_where_it_was(self, tmp_path: Path) -> None:
        source = backup(tmp_path, FILES)
        with pytest.raises(PhotoMissing, match="y1pGone"):
            source.read(Photo("http://blufiles.storage.msn.com/y1pGone", found=False))

    def test_an_empty_picture_file_is_missing(self, tmp_path: Path) -> None:
        source = backup(tmp_path, {**FILES, "img/1.jpg": b""})
        with pytest.raises(PhotoMissing, match="empty"):
            source.read(Photo("img/1.jpg", found=True))

    def test_a_picture_shown_twice_is_one(self, tmp_path: Path) -> None:
        body = (
            '<a href="f.jpg"><img src="t.jpg"></a> <img src="t.jpg"><img src="F.jpg">'
        )
        page = post_page("T", "2010/9/28 21:05:09", body)
        post = one(tmp_path, page, **{"f.jpg": PICTURE, "t.jpg": PICTURE})
        assert post.photos == (Photo("f.jpg", True, ("f.jpg", "t.jpg", "F.jpg")),)

    @pytest.mark.parametrize(
        "shown",
        [
            '<img src="s.jpg" srcset="s.jpg 1x, l.jpg 2x, gone.jpg 1.5x">',
            '<picture><source srcset="l.jpg 2x"><img src="s.jpg"></picture>',
            '<a href="page.html"><img src="s.jpg" srcset="l.jpg 800w, s.jpg 200w"></a>',
        ],
    )
    def test_the_copy_for_finer_screens_comes_along_while_it_is_there(
        self, tmp_path: Path, shown: str
    ) -> None:
        page, small, large = post_page("a", "2007/1/1", shown), PICTURE, PICTURE + b"l"
        files: dict[str, str | bytes] = {"1.html": page, "s.jpg": small}
        for number, (there, address) in enumerate(
            (({"l.jpg": large}, "l.jpg"), ({}, "s.jpg"))
        ):
            source = backup(tmp_path / str(number), {**files, **there})
            (post,) = source.posts()
            (photo,) = post.photos
            assert (photo.address, photo.names[-1]) == (address, "s.jpg")
            assert source.read(photo) == (large if there else small)

    def test_a_picture_in_the_text_and_beside_it_is_one_in_the_text(
        self, tmp_path: Path
    ) -> None:
        table = '<table><tr><td><a href="f.jpg"><img src="t.jpg"></a></td></tr></table>'
        page = post_page("T", "2010/9/28 21:05:09", '<img src="f.jpg">', after=table)
        post = one(tmp_path, page, **{"f.jpg": PICTURE, "t.jpg": PICTURE})
        assert post.photos == (Photo("f.jpg", True, ("f.jpg",)),)

    def test_a_link_around_the_whole_text_is_no_photo(self, tmp_path: Path) -> None:
        page = post_page("T", "2010/9/28 21:05:09", '<img src="t.jpg">')
        page = f'<a href="f.jpg">{page}'
        post = one(tmp_path, page, **{"f.jpg": PICTURE, "t.jpg": PICTURE})
        assert post.photos == (Photo("t.jpg", True, ("t.jpg",)),)

    def test_a_link_around_a_picture_to_a_page_is_no_photo(
        self, tmp_path: Path
    ) -> None:
        body = '<a href="2.html"><img src="t.jpg"></a><a href="http://x.org/"><img src="u.jpg"></a>'
        page = post_page("T", "2010/9/28 21:05:09", body)
        photos = one(tmp_path, page, **{"t.jpg": PICTURE}).photos
        assert [photo.names for photo in photos] == [("t.jpg",), ("u.jpg",)]

    def test_a_picture_that_words_link_to_comes_along(self, tmp_path: Path) -> None:
        body = (
            '<a href="f.JPG">photo</a> <a href="gone.jpg">gone</a> <a href="2.html">2</a>'
            '<a href="http://x.example/f.jpg">away</a><img src="t.jpg">'
        )
        page = post_page("T", "2010/9/28 21:05:09", body)
        post = one(tmp_path, page, **{"f.jpg": PICTURE, "t.jpg": PICTURE})
        shown, linked = (
            Photo("t.jpg", True, ("t.jpg",)),
            Photo("f.jpg", True, ("f.JPG",)),
        )
        assert post.photos == (shown, linked)

    def test_a_photo_beside_the_text_stays_there_when_words_link_to_it(
        self, tmp_path: Path
    ) -> None:
        table = '<table><tr><td><a href="f.jpg"><img src="t.jpg"></a></td></tr></table>'
        link = '<a href="F.jpg">photo</a>'
        page = post_page("T", "2010/9/28 21:05:09", link, after=table)
        post = one(tmp_path, page, **{"f.jpg": PICTURE, "t.jpg": PICTURE})
        names = ("f.jpg", "t.jpg", "F.jpg")
        assert post.photos == (Photo("f.jpg", True, names, integrated=True),)

    def test_a_photo_table_that_ends_the_text_holds_integrated_photos(
        self, tmp_path: Path
    ) -> None:
        table = '<table><tr><td><img src="t.jpg"></td></tr></table>'
        page = post_page("T", "2010/9/28 21:05:09", f"text{table}<br>")
        post = one(tmp_path, page, **{"t.jpg": PICTURE})
        assert [photo.integrated for photo in post.photos] == [True]
        assert "<table" not in post.html
        assert "text" in post.html

    def test_a_photo_table_with_words_in_or_after_it_stays_in_the_text(
        self, tmp_path: Path
    ) -> None:
        table = '<table><tr><td><img src="t.jpg"></td></tr></table>'
        worded = table.replace("</td>", "words</td>")
        for body in (f"text{table}more", f"text{worded}"):
            page = post_page("T", "2010/9/28 21:05:09", body)
            post = one(tmp_path / str(len(body)), page, **{"t.jpg": PICTURE})
            assert [photo.integrated for photo in post.photos] == [False]
            assert "<table>" in post.html

    def test_pictures_are_found_although_their_folder_was_moved(
        self, tmp_path: Path
    ) -> None:
        page = post_page("T", "2010/9/28 21:05:09", '<img src="/img/a.jpg">')
        files = {"top/posts/1.html": page, "top/img/a.jpg": PICTURE}
        (post,) = backup(tmp_path, files).posts()
        assert post.photos[0].address == "top/img/a.jpg"


def test_a_page_that_is_another_one_meanwhile_is_told_and_not_taken_for_it(
    tmp_path: Path,
) -> None:
    source = backup(tmp_path, {"1.html": post_page("One", "2010/9/28", "<p>one</p>")})
    source.blog()
    changed = post_page("Other", "2010/9/28", "<p>other</p>")
    (tmp_path / "space" / "1.html").write_text(changed)
    with pytest.raises(Unreadable, match="has changed"):
        list(source.posts())


@pytest.mark.parametrize("depth", [1_500, 3_000, 100_000])
@pytest.mark.parametrize("tag", ["div", "blockquote", "table"])
def test_text_nested_beyond_all_use_is_kept(
    tmp_path: Path, depth: int, tag: str
) -> None:
    body = f"<{tag}>" * depth + "<p>inside</p>" + f"</{tag}>" * depth + "<p>after</p>"
    read = one(tmp_path, post_page("Deep", "2010/9/28", body))
    assert "inside" in read.html
    assert "after" in read.html
