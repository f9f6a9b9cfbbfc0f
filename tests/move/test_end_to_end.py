"""From an old blog to a real WordPress, read back piece by piece."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests

from tests.move.doubles import OldBlog, entry, picture
from tests.move.real_blogs import bring, opened
from tests.move.stranger import Stranger
from tests.move.whole_site import everything, forget_sample_post, touched
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Photo, Status, in_zone
from wizard.content.cleaning import plain_text
from wizard.content.pictures import prepare
from wizard.destinations import Kind
from wizard.errors import PhotoMissing
from wizard.move.choices import Choices
from wizard.move.events import Ended
from wizard.move.markers import marker, photo_marker
from wizard.settings import SAMPLE
from wizard.sources import Source, open_source

ZONE = "Asia/Shanghai"


def carry(site: Site, source: Source, path: Path) -> Ended:
    """One whole move with the move file at ``path``, new or old."""
    with opened(path) as move:
        return bring(move, source, site, Choices(time_zone=ZONE))


def made_blog() -> OldBlog:
    """What old blogs hold: drafts, secrets, threads, doubles, lost photos, odd letters."""
    plain = [entry(n, photos=n % 3, comments=n % 4) for n in range(4)]
    lost = Photo("photos/lost.jpg", False, ("photos/lost.jpg",))
    shared = Photo("photos/shared.png", True, ("photos/shared.png",), alt="A & B")
    beside = Photo("photos/beside.png", True, integrated=True, caption="Tom & <Jerry>")
    twin = entry(9, comments=2).comments
    posts = [
        *plain,
        entry(4, status=Status.DRAFT, photos=1, comments=1),
        entry(5, status=Status.PRIVATE, photos=1, comments=2),
        entry(6, status=Status.PENDING, comments=1),
        entry(7, date=datetime(2037, 1, 1, 8), comments=1),
        entry(
            8, title="你好 & <世界>", categories=("海边", "Tom & <Jerry>"), tags=("é",)
        ),
        replace(
            entry(9, title=r"C:\temp\new", slug="a-slug-of-old"),
            html='<p>C:\\temp\\new</p><img src="photos/shared.png">'
            '<img src="photos/lost.jpg">',
            photos=(shared, lost, beside),
            comments=(
                twin[0],
                replace(twin[0], key="again"),
                replace(twin[1], email="a@b.example", url="https://c.example/?a=1&b=2"),
            ),
        ),
        replace(
            entry(10, title=""),
            html='<p>Look again: <img src="photos/shared.png"></p>',
            photos=(shared,),
        ),
    ]
    blog = OldBlog(posts)
    blog.pictures = {
        photo.address: picture(number, "JPEG" if number % 2 else "PNG", (40, 30))
        for number, photo in enumerate(p for post in posts for p in post.photos)
        if photo.found
    }
    return blog


def compare(site: Site, source: Source) -> None:
    """Fails unless the site holds exactly what the source holds, piece by piece."""
    there = everything(site)
    blog, zone = source.blog(), ZoneInfo(ZONE)
    expected: dict[str, set[str]] = {"posts": set(), "photos": set(), "comments": set()}
    for naive in source.posts():
        post = in_zone(naive, zone)
        mark = marker(blog.key, Kind.POST, post.key)
        expected["posts"].add(mark)
        arrived = there["posts"][mark]
        title = arrived["title"].replace("&lt;", "<").replace("&gt;", ">")
        assert title.replace("&amp;", "&") == post.title
        assert post.date
        future = post.date > datetime.now(UTC) and post.status is Status.PUBLISH
        assert arrived["status"] == ("future" if future else post.status)
        assert arrived["date"] == utc(post.date)
        assert set(re.findall("moving-day:(md-\\w+)", arrived["html"])) == {mark}
        words = plain_text(arrived["html"])
        for word in plain_text(post.html).split():
            assert word in words, (post.title, word)
        assert {name.replace("&amp;", "&") for name in arrived["terms"]} >= {
            name.replace("<", "&lt;").replace(">", "&gt;")
            for name in (*post.categories, *post.tags)
        }
        if post.slug:
            assert arrived["slug"] == post.slug
        for photo in post.photos:
            try:
                data = prepare(source.read(photo)).data
            except PhotoMissing:
                assert not photo.found
                continue
            mark = photo_marker(data)
            expected["photos"].add(mark)
            home = there["photos"][mark]
            assert home["bytes"] == hashlib.sha256(data).hexdigest()
            assert home["name"].rsplit(".", 1)[0] in arrived["html"]
        for comment in post.comments:
            mark = marker(blog.key, Kind.COMMENT, post.key, comment.key)
            expected["comments"].add(mark)
            said = there["comments"][mark]
            assert said["date"] == utc(comment.date or post.date)
            assert plain_text(said["html"]) == plain_text(comment.html)
            assert said["status"] == "approved"
            assert said["email"] == comment.email
            parents = {c.key for c in post.comments}
            parent = comment.parent if comment.parent in parents else None
            assert said["parent"] == (
                marker(blog.key, Kind.COMMENT, post.key, parent) if parent else ""
            )
    assert {kind: set(things) for kind, things in there.items()} == expected


def utc(date: datetime) -> str:
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Moved:
    """A site to which a blog was moved once, while a stranger was looking."""

    def __init__(self, site: Site, source: Source, path: Path) -> None:
        forget_sample_post(site)
        self.site, self.source, self.path = site, source, path
        with Stranger(site, source) as self.stranger:
            self.ended = carry(site, source, path)


@pytest.fixture(scope="module", params=["newest", "oldest", "the sample blog"])
def moved(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Moved]:
    path = tmp_path_factory.mktemp("moved") / "a.move"
    if request.param == "the sample blog":
        with start() as site:
            yield Moved(site, open_source([str(SAMPLE)]), path)
    else:
        with start(request.param, time_zone="America/New_York") as site:
            yield Moved(site, made_blog(), path)


def test_everything_arrives_piece_by_piece(moved: Moved) -> None:
    counts = moved.ended.verdict.counts
    posts = list(moved.source.posts())
    missing = sum(not photo.found for post in posts for photo in post.photos)
    assert counts["post"]["sent"] == len(posts)
    assert counts["photo"]["refused"] == missing > 0
    assert counts["photo"]["sent"] == sum(len(p.photos) for p in posts) - missing
    assert counts["comment"]["sent"] == sum(len(p.comments) for p in posts)
    compare(moved.site, moved.source)
    # No marker was ever the address of a public post, or WordPress would send us on.
    mark = marker(moved.source.blog().key, Kind.POST, posts[0].key)
    trace = requests.get(f"{moved.site.url}/?name={mark}", timeout=60)
    assert trace.status_code == 404


def test_the_same_move_again_changes_nothing(moved: Moved) -> None:
    before, when = everything(moved.site), touched(moved.site)
    assert carry(moved.site, moved.source, moved.path).verdict.counts == (
        moved.ended.verdict.counts
    )
    assert everything(moved.site) == before
    assert touched(moved.site) == when


def test_a_lost_move_file_costs_no_second_copy(moved: Moved, tmp_path: Path) -> None:
    before = everything(moved.site)
    ended = carry(moved.site, moved.source, tmp_path / "new.move")
    assert ended.verdict.counts == moved.ended.verdict.counts
    assert everything(moved.site) == before


def test_a_stranger_saw_nothing_but_finished_public_posts(moved: Moved) -> None:
    stranger = moved.stranger
    assert not stranger.wrong
    assert stranger.looks > 3
    assert stranger.seen == set(stranger.public)
