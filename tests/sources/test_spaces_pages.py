"""Saved Spaces pages as a source: many pages, one blog, each entry once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from tests.sources.contract import SourceContract
from tests.sources.space_pages import (
    CID,
    HOME,
    address,
    comment_2007,
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
)
from tests.sources.zips import zipped
from wizard.blog import Post
from wizard.errors import NothingFound
from wizard.sources.archive import open_archive
from wizard.sources.spaces_pages import SpacesPages

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples" / "spaces"
PICTURE = b"\xff\xd8\xff\xe0 a picture"


def saved(folder: Path, files: Mapping[str, str | bytes]) -> SpacesPages:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        os.utime(path, (1274000000, 1274000000))
    return SpacesPages(open_archive(folder))


def only(source: SpacesPages) -> Post:
    (post,) = source.posts()
    return post


class TestContract(SourceContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> SpacesPages:
        text = '<a href="{0}"><img src="b_files/x.jpg"></a><img src="{0}2.jpg">'
        comments = comment_2010("A", "Hi", "Nov. 6") + comment_2010("A", "Hi", "Nov. 6")
        return saved(
            tmp_path,
            {
                "a.html": list_page(30, 31, 32),
                "b.html": page(
                    entry(
                        33,
                        text.format("http://tk.storage.msn.com/x1"),
                        date="2007/5/1 1:02:03",
                        photos=[photo("b_files/y.jpg", "http://tk.storage.msn.com/t")],
                        comments=5,
                    ),
                    foot=pane(comments, 33),
                ),
                "c.html": page(entry(29, date="some day", photos=[photo()])),
                "b_files/x.jpg": PICTURE,
                "b_files/y.jpg": PICTURE + b"2",
            },
        )


def test_the_same_entry_on_several_pages_is_one_post(tmp_path: Path) -> None:
    own = page(
        entry(30, "The whole text", category="Travel", date="2007/4/20 1:30:00"),
        foot=pane(comment_2007("Bob", "Hi", "2007/4/21 8:00:00"), 30),
    )
    listed = page(
        entry(31, "Other", listed=True),
        entry(30, "The whole", comments=3, listed=True, at=1, photos=[photo()]),
    )
    source = saved(tmp_path, {"list.html": listed, "own.html": own})
    posts = {post.key: post for post in source.posts()}
    assert set(posts) == {key(30), key(31)}
    post = posts[key(30)]
    assert post.html == "The whole text"
    assert post.categories == ("Travel",)
    assert post.address == address(30)
    assert [each.author for each in post.comments] == ["Bob"]
    assert post.comments_elsewhere == 2
    assert len(post.photos) == 1


def test_the_latest_capture_has_the_text_and_any_has_comments(tmp_path: Path) -> None:
    def capture(text: str, comment: str, stamp: str) -> str:
        foot = pane(comment_2010("Alice", comment, "Nov. 6, 2007"), 9)
        return from_wayback(page(entry(9, text), foot=foot), stamp)

    post = only(
        saved(
            tmp_path,
            {
                "z.html": capture("as it was", "first", "20071231000000"),
                "a.html": capture("as it became", "second", "20090101000000"),
            },
        )
    )
    assert post.html == "as it became"
    assert {each.html for each in post.comments} == {"first", "second"}


def test_a_list_page_that_shows_a_beginning_does_not_win(tmp_path: Path) -> None:
    long = "It began in spring. It ended in autumn."
    pages = {
        "old.html": from_wayback(
            page(entry(9, long, listed=True), entry(8, listed=True)), "20070101000000"
        ),
        "new.html": from_wayback(
            page(entry(9, "It began in spring...", listed=True), entry(8, listed=True)),
            "20090101000000",
        ),
    }
    posts = {post.key: post for post in saved(tmp_path, pages).posts()}
    assert posts[key(9)].html == long


def test_a_page_broken_off_does_not_win_and_is_told_of_alone(tmp_path: Path) -> None:
    whole = page(entry(9, "Some long words"))
    cut = whole[: whole.index("long") + 4]
    assert only(saved(tmp_path / "a", {"cut.html": cut})).notes
    post = only(saved(tmp_path / "b", {"cut.html": cut, "z.html": whole}))
    assert (post.html, post.notes) == ("Some long words", ())


def test_a_copy_of_a_photo_saved_with_any_capture_is_found(tmp_path: Path) -> None:
    old = "http://tkfiles.storage.msn.com/x1"
    new = "http://tkfiles.storage.live.com/y1"
    text = '<p><img src="{}inside">'
    files: dict[str, str | bytes] = {
        "new.html": from_wayback(
            page(
                entry(
                    9,
                    text.format(new),
                    photos=[
                        photo(new + "a", new + "b"),
                        photo(new + "c", new + "d", 5),
                    ],
                )
            ),
            "20090101000000",
        ),
        "old.html": from_wayback(
            page(
                entry(
                    9,
                    '<p><img src="old_files/inside.jpg">',
                    photos=[
                        photo(old + "a", "old_files/b.jpg"),
                        photo(old + "c", "old_files/d.jpg", 5),
                    ],
                )
            ),
            "20070101000000",
        ),
    }
    files |= {f"old_files/{name}.jpg": PICTURE for name in ("inside", "b", "d")}
    post = only(saved(tmp_path, files))
    assert [(each.address, each.found) for each in post.photos] == [
        ("old_files/inside.jpg", True),
        ("old_files/b.jpg", True),
        ("old_files/d.jpg", True),
    ]
    assert post.photos[0].names == (new + "inside",)
    assert new + "inside" in post.html


def test_photos_are_joined_by_their_own_ids_before_their_places(tmp_path: Path) -> None:
    base = "http://tk.storage.live.com/"
    swapped = page(
        entry(
            9,
            photos=[
                photo(base + "2", "f/two.jpg", 2),
                photo(base + "1", "f/one.jpg", 1),
            ],
        )
    )
    latest = page(
        entry(
            9,
            photos=[photo(base + "x", base + "y", 1), photo(base + "v", base + "w", 2)],
        )
    )
    files: dict[str, str | bytes] = {
        "a.html": from_wayback(swapped, "20070101000000"),
        "b.html": from_wayback(latest, "20090101000000"),
        "f/one.jpg": PICTURE,
        "f/two.jpg": PICTURE,
    }
    found = [each.address for each in only(saved(tmp_path, files)).photos]
    assert sorted(found) == ["f/one.jpg", "f/two.jpg"]


def test_a_missing_photo_keeps_its_old_address(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.html": page(entry(9, '<img src="a_files/empty.jpg">', photos=[photo()])),
        "a_files/empty.jpg": b"",
    }
    inside, beside = only(saved(tmp_path, files)).photos
    assert (inside.address, inside.found) == (f"{HOME}a_files/empty.jpg", False)
    assert (beside.address, beside.found) == (
        "http://tkfiles.storage.msn.com/x1full",
        False,
    )
    assert beside.integrated


def test_years_that_were_not_written_follow_from_the_neighbours(tmp_path: Path) -> None:
    months = '<a id="LN_20066" href="#">June 2006</a><a id="LN_200612" href="#">x</a>'
    pages: dict[str, str | bytes] = {
        f"{n}.html": from_wayback(page_2007_header(n, day) + months, "20070301000000")
        for n, day in ((10, "June 24"), (20, "December 30"), (30, "January 2"))
    }
    posts = list(saved(tmp_path, pages).posts())
    assert [post.date for post in posts] == [
        datetime(2006, 6, 24, 15, 34),
        datetime(2006, 12, 30, 15, 34),
        datetime(2007, 1, 2, 15, 34),
    ]
    assert all("year" in post.notes[0] for post in posts)


def test_day_and_month_are_told_by_all_the_dates_of_the_blog(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "a.html": page(entry(1, date="3/4/2007 10:00:00"), culture="fr-FR"),
        "b.html": page(entry(2, date="25/4/2007 10:00:00"), culture="fr-FR"),
    }
    posts = list(saved(tmp_path, pages).posts())
    assert [post.date and post.date.month for post in posts] == [4, 4]


def test_entries_come_by_their_number_where_none_has_a_date(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "a.html": page(entry(7, date="")),
        "b.html": page(entry(100, date="")),
        "c.html": page(entry(50, date="")),
    }
    posts = list(saved(tmp_path, pages).posts())
    assert [post.key for post in posts] == [key(7), key(50), key(100)]
    assert {post.date for post in posts} == {None}
    assert all("no date" in post.notes[0] for post in posts)


def test_comments_are_dated_from_the_time_of_capture(tmp_path: Path) -> None:
    foot = pane(comment_2010("Alice", "Hi", "4 hours ago"), 9)
    html = from_wayback(page(entry(9), foot=foot), "20101120120000")
    (comment,) = only(saved(tmp_path, {"a.html": html})).comments
    assert (comment.date, comment.estimated) == (datetime(2010, 11, 20, 8), True)


def test_older_comments_that_were_not_saved_are_told_of(tmp_path: Path) -> None:
    more = '<a id="sn_ccpgNextCommentControl" href="#">Next</a>'
    foot = pane(comment_2010("Alice", "Hi", "Nov. 6") + more, 9)
    post = only(saved(tmp_path / "a", {"a.html": page(entry(9), foot=foot)}))
    assert post.comments_elsewhere == 1
    assert post.notes
    hidden = foot.replace('href="#"', 'href="#" style="display:none"')
    post = only(saved(tmp_path / "b", {"a.html": page(entry(9), foot=hidden)}))
    assert (post.comments_elsewhere, post.notes) == (0, ())


def test_more_comments_than_the_page_counts_are_no_debt(tmp_path: Path) -> None:
    foot = pane("".join(comment_2010("A", str(n), "Nov. 6") for n in range(3)), 9)
    post = only(saved(tmp_path, {"a.html": page(entry(9, comments=2), foot=foot)}))
    assert (len(post.comments), post.comments_elsewhere) == (3, 0)


@pytest.mark.parametrize(
    ("head", "title", "foot", "found"),
    [
        ("", "Quiet Harbour: A title", "", "Quiet Harbour"),
        (
            "",
            "x",
            '<span id="navTitle"><span>Harbour &amp; Co</span></span>',
            "Harbour & Co",
        ),
        ("", "x", '<h1 id="spacetitle">The Harbour</h1>', "The Harbour"),
        (
            r"<script>var gblSpaceTitle = '\u6c5f\u5c71\x26 \'\ud83d\ude00\'';</script>",
            "x",
            "",
            "江山& '😀'",
        ),
    ],
)
def test_the_blog_has_its_own_title(
    tmp_path: Path, head: str, title: str, foot: str, found: str
) -> None:
    html = page(entry(9), head=head, title=title, foot=foot)
    blog = saved(tmp_path, {"a.html": html}).blog()
    assert blog.title == found
    assert (blog.key, blog.kind, blog.time_zone) == (CID, "spaces-pages", None)
    assert blog.address == HOME


def test_a_blog_of_2006_has_its_address_of_later_years(tmp_path: Path) -> None:
    source = saved(tmp_path, {"a.htm": page_2006()})
    assert source.blog().address == "http://quietharbour.spaces.live.com/"
    post = only(source)
    assert post.date == datetime(2006, 6, 24, 15, 42)
    assert post.address == (
        "http://quietharbour.spaces.live.com/blog/cns!1pU-rgQVTuuWM1TX8W8PfmDA!1073.entry"
    )


def test_what_could_not_be_read_is_told_and_the_rest_is_not_mentioned(
    tmp_path: Path,
) -> None:
    linked = f'<a href="{address(5)}">Previous</a><a href="{address(6)}#post">x</a>'
    source = saved(
        tmp_path,
        {
            "a.html": page(entry(9), foot=linked),
            "friends.html": page(),
            "gone.html": page("<td>Space Not Available</td>"),
            "huge.html": page(entry(3, "<b>" * 700_000)),
            "notes.txt": "nothing to do with it",
            "a_files/spaces.css": ".bvMsg {}",
            "a_files/ad.html": "<html>buy</html>",
        },
    )
    notes = source.blog().notes
    assert len(notes) == 4
    assert "huge.html" in notes[0]
    assert "gone.html" in notes[1]
    assert "friends.html" in notes[2]
    assert notes[3].startswith("2 more entries are linked")
    assert len(list(source.posts())) == 1


def test_a_space_that_was_not_available_is_said_in_words(tmp_path: Path) -> None:
    source = saved(tmp_path, {"gone.html": page("<td>Space Not Available</td>")})
    with pytest.raises(NothingFound) as caught:
        source.blog()
    assert "gone.html" in caught.value.hint
    assert "not available" in caught.value.hint


def test_pages_of_several_spaces_are_told_apart(tmp_path: Path) -> None:
    other = page(entry(1), base="http://elsewhere.spaces.live.com/").replace(CID, "ABC")
    other = other.replace("quietharbour", "elsewhere")
    source = saved(tmp_path, {"a.html": list_page(30, 31), "b.html": other})
    assert source.blog().key == CID
    assert any("elsewhere" in note for note in source.blog().notes)
    posts = {post.key: post for post in source.posts()}
    assert posts["cns!ABC!1"].address == (
        "http://elsewhere.spaces.live.com/blog/cns!ABC!1.entry"
    )
    assert "elsewhere" in posts["cns!ABC!1"].notes[0]


def test_pages_are_recognised_whatever_their_names(tmp_path: Path) -> None:
    html = page(entry(9)).encode()
    for name in ("page", "page.jpg", "cns!1!2.entry", "日志.htm"):
        file = tmp_path / name
        file.write_bytes(html)
        assert SpacesPages.recognises(open_archive(file))
        assert len(list(SpacesPages(open_archive(file)).posts())) == 1


def test_a_zip_of_pages_is_read_in_place(tmp_path: Path) -> None:
    files = {
        "blog/a.html": page(entry(9, '<img src="a_files/x.jpg">')).encode(),
        "blog/a_files/x.jpg": PICTURE,
    }
    source = SpacesPages(open_archive(zipped(tmp_path / "pages.zip", files)))
    (picture,) = only(source).photos
    assert picture.address == "blog/a_files/x.jpg"
    assert source.read(picture) == PICTURE
    assert [path.name for path in tmp_path.iterdir()] == ["pages.zip"]


def test_other_files_are_not_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><p>A page of something else</html>")
    (tmp_path / "b.css").write_text(".bvEntry { }")
    assert not SpacesPages.recognises(open_archive(tmp_path))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real pages are not at hand")
def test_the_real_pages_give_what_is_known_of_them() -> None:
    source = SpacesPages(open_archive(SAMPLES))
    posts = list(source.posts())
    assert len(posts) == 21
    assert posts[0].date == datetime(2006, 8, 4, 21, 11, 9)
    assert posts[-1].date == datetime(2007, 4, 20, 1, 29, 58)
    with_photos = [[p for p in post.photos if p.integrated] for post in posts]
    assert sum(map(len, with_photos)) == 13
    assert sum(map(bool, with_photos)) == 8
    assert sum(post.comments_elsewhere for post in posts) == 35
    assert {c for post in posts for c in post.categories} == {"计算机与 Internet"}
    assert all(post.title and post.html for post in posts)
    assert not any(photo.found for post in posts for photo in post.photos)


_READING = """
import resource, sys
from wizard.sources.archive import open_archive
from wizard.sources.spaces_pages import SpacesPages
count = sum(1 for _ in SpacesPages(open_archive(sys.argv[1])).posts())
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_memory_stays_flat_as_a_blog_grows(tmp_path: Path) -> None:
    megabytes = []
    for folder, pages in (("few", 5), ("many", 60)):
        for at in range(pages):
            entries = (
                entry(n, "Many words. " * 800, listed=True, at=n % 20)
                for n in range(at * 20, at * 20 + 20)
            )
            file = tmp_path / folder / f"{at}.html"
            file.parent.mkdir(exist_ok=True)
            file.write_text(page(*entries))
        done = subprocess.run(
            [sys.executable, "-c", _READING, str(tmp_path / folder)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            timeout=120,
        )
        count, size = map(int, done.stdout.split())
        assert count == pages * 20
        megabytes.append(size)
    assert megabytes[1] - megabytes[0] < 12
