"""From one real WordPress to another: whose, when, where and how open everything was."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from xmlrpc.client import Binary, ServerProxy

import pytest
import requests

from tests.move.doubles import HASTY, picture
from tests.move.whole_site import forget_sample_post, rows
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.credentials import Secret
from wizard.destinations.wordpress import WordPress
from wizard.destinations.wxr import ImportFile
from wizard.move.authors import authors, matched, with_people
from wizard.move.choices import Choices
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.sources.metaweblog import MetaWeblog

PING = """add_action('init', function () {
    if (!isset($_GET['ping'])) return;
    exit((string) wp_insert_comment(['comment_post_ID' => (int) $_GET['ping'],
        'comment_type' => 'pingback', 'comment_author' => 'Their blog',
        'comment_author_url' => 'https://t.example/1', 'comment_approved' => 1,
        'comment_content' => 'as said']));
});"""


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[Site, Site]]:
    """An old blog in Shanghai and a new one half an hour off everybody."""
    half = "add_filter('pre_option_gmt_offset', fn() => 5.5);"
    with (
        start(time_zone="Asia/Shanghai") as old,
        start(time_zone="", plugin=half) as new,
    ):
        fill(old)
        forget_sample_post(new)
        yield old, new


def fill(site: Site) -> None:
    server: Any = ServerProxy(f"{site.url}/xmlrpc.php")
    who = (1, site.user, site.login_password)
    server.wp.deletePost(*who, 1)
    top = server.wp.newTerm(*who, {"name": "Travel & all", "taxonomy": "category"})
    low = {"name": "C:\\temp", "taxonomy": "category", "parent": int(top)}
    low = server.wp.newTerm(*who, low)
    editor = next(a for a in server.wp.getAuthors(*who) if a["user_login"] == "editor")
    first = server.wp.newPost(
        *who,
        {
            "post_title": "C:\\temp\\new & [x] < 3",
            "post_content": "Words\n\n<pre>  a\\n\n\tb &lt;i&gt;</pre>",
            "post_date": datetime(2007, 10, 28, 9, 30),
            "post_status": "publish",
            "sticky": True,
            "comment_status": "open",
            "ping_status": "open",
            "terms": {"category": [int(low)]},
        },
    )
    one = server.wp.newComment(*who, first, {"content": "Yes \\o/"})
    server.wp.newComment(*who, first, {"content": "Indeed", "comment_parent": one})
    plugin = site.plug_in(PING)
    assert int(requests.get(f"{site.url}/?ping={first}", timeout=60).text)
    plugin.unlink()
    # Last, or the editor would get a mail for each comment.
    author = int(editor["user_id"])
    last = {"comment_status": "closed", "post_author": author, "sticky": True}
    server.wp.editPost(*who, first, last)
    for title, status, day in (
        ("waits", "future", datetime(2037, 1, 2, 3, 4)),
        ("draft", "draft", datetime(2008, 1, 2, 3, 4)),
        ("mine", "private", datetime(2008, 6, 2, 3, 4)),
    ):
        struct = {"post_title": title, "post_content": "x", "post_status": status}
        server.wp.newPost(*who, {**struct, "post_date": day, "comment_status": "open"})
    face, *others = (
        server.wp.uploadFile(
            *who,
            {"name": f"{n}.png", "type": "image/png", "bits": Binary(picture(n))},
        )["id"]
        for n in range(3)
    )
    shown = {"post_title": "pictures", "post_status": "publish"}
    shown |= {"post_content": "[gallery ids='{},{}']".format(*others)}
    server.wp.newPost(*who, {**shown, "post_thumbnail": int(face)})
    locked = {"post_title": "locked", "post_content": "x", "post_password": "geheim"}
    server.wp.newPost(*who, {**locked, "post_status": "publish"})


def test_it_is_at_the_new_blog_as_it_was_at_the_old_one(
    sites: tuple[Site, Site], tmp_path
) -> None:
    old, new = sites
    source = MetaWeblog(old.url, old.user, Secret(old.password))
    user, password = new.users["administrator"]
    blog = WordPress(new.url, user, Secret(password))
    site = with_people(blog.check(), blog)
    assert site.time_zone == "UTC+05:30"
    with Move.create(tmp_path / "a.move") as move:
        list(read(move, source, threading.Event()))
        assert set(authors(move)) == {"admin", "Editor"}
        move.choices = Choices(authors=matched(authors(move), site))
        for _ in range(2):
            *_, ended = run(move, source, blog, threading.Event(), patience=HASTY)
            assert isinstance(ended, Ended)
            assert ended.verdict.complete, ended.verdict.sentence
        assert b"geheim" not in (tmp_path / "a.move").read_bytes()
    source.close()
    was = {
        unescape(row["title"]["raw"]): row for row in rows(old, "posts", status="any")
    }
    now = {
        unescape(row["title"]["raw"]): row for row in rows(new, "posts", status="any")
    }
    assert set(now) == set(was)
    same = ("date_gmt", "sticky", "comment_status", "ping_status")
    for title, row in was.items():
        assert [now[title][name] for name in same] == [row[name] for name in same]
        status = "private" if title == "locked" else row["status"]
        assert now[title]["status"] == status
    assert all(row["password"] == "" for row in now.values())
    first = next(row for row in now.values() if row["sticky"])
    names = {row["id"]: row["slug"] for row in rows(new, "users")}
    assert names[first["author"]] == "editor"
    assert {names[row["author"]] for row in now.values() if row != first} == {"admin"}
    terms = {row["id"]: row for row in rows(new, "categories")}
    (low,) = first["categories"]
    assert terms[low]["name"] == "C:\\temp"
    assert terms[terms[low]["parent"]]["name"] == "Travel &amp; all"
    said = {row["content"]["raw"]: row for row in rows(new, "comments")}
    assert set(said) == {"Yes \\o/", "Indeed", "as said"}
    assert said["Indeed"]["parent"] == said["Yes \\o/"]["id"]
    for row in rows(old, "comments"):
        there = said[row["content"]["raw"]]
        assert there["date_gmt"] == row["date_gmt"]
        # Whoever wrote the old blog writes the new one.
        theirs = {old.url: f"{new.url}/"}.get(row["author_url"], row["author_url"])
        assert there["author_url"] == theirs
    code = first["content"]["raw"]
    assert "  a\\n\n\tb &lt;i&gt;" in code
    media = {row["title"]["raw"]: row for row in rows(new, "media")}
    assert len(media) == 3
    face, *others = (media[name] for name in sorted(media))
    shown = now["pictures"]["content"]["raw"]
    assert now["pictures"]["featured_media"] == face["id"]
    assert face["source_url"] not in shown
    assert shown.startswith("<!-- wp:gallery ")
    assert [shown.count(f'"id":{row["id"]},') for row in others] == [1, 1]


def test_an_import_file_shows_above_the_text_what_stood_for_the_post(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    """WordPress's importer takes no photo out of a folder, so none can stand for it."""
    old, _ = sites
    face = min(rows(old, "media"), key=lambda row: row["title"]["raw"])
    words = {"caption": "Tom &amp; <em>Jerry</em>", "alt_text": "Two of us"}
    requests.post(
        f"{old.url}/?rest_route=/wp/v2/media/{face['id']}",
        json=words,
        auth=(old.user, old.password),
        timeout=60,
    ).raise_for_status()
    source = MetaWeblog(old.url, old.user, Secret(old.password))
    blog = ImportFile(tmp_path / "a.xml")
    with Move.create(tmp_path / "a.move") as move:
        list(read(move, source, threading.Event()))
        for row in move.rows():
            move.choose([row.key], row.title == "pictures")
        *_, ended = run(move, source, blog, threading.Event(), patience=HASTY)
    source.close()
    assert isinstance(ended, Ended)
    assert ended.verdict.complete, ended.verdict.sentence
    text = (tmp_path / "a.xml").read_text("utf-8").partition("<content:encoded>")[2]
    above, _, _ = text.partition("<!-- wp:gallery ")
    assert above.count("<img") == 1
    assert 'alt="Two of us"' in above
    assert "Tom &amp; Jerry</figcaption>" in above
    assert "_thumbnail_id" not in (tmp_path / "a.xml").read_text("utf-8")
