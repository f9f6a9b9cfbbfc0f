"""An old blog that does not tell who may see its posts, and its pages fail for a while."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xmlrpc.client import Fault

import pytest
import requests

from tests.move.doubles import HASTY
from tests.move.moving import ending
from tests.move.real_blogs import signed_in
from tests.move.whole_site import rows
from tests.sources.metaweblog_stub import (
    PASSWORD,
    USER,
    Blog,
    answering,
    movable_type,
    mt_posts,
)
from tests.wordpress import WordPress as Site
from wizard.blog import Status
from wizard.credentials import Secret
from wizard.move.engine import run
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.reading import read
from wizard.move.report import write_report
from wizard.move.withdrawn import of_withdrawn
from wizard.sources.metaweblog import MetaWeblog

NUMBERS = range(1, 4)


@pytest.fixture
def old() -> Iterator[Blog]:
    posts = mt_posts(max(NUMBERS))
    with answering(movable_type(posts)) as blog:
        for post in posts:
            del post["post_status"]
            post["link"] = f"{blog.url}/{post['postid']}.html"
        pages(blog, 200)
        yield blog


def pages(blog: Blog, *answers: int) -> None:
    """What the pages of the posts answer from now on; the last one all others, too."""
    for number in NUMBERS:
        status = answers[min(number, len(answers)) - 1]
        blog.pages[f"/{number}.html"] = (status, "text/html", b"<h1>Words</h1>")


def reread(move: Move, old: Blog) -> None:
    source = MetaWeblog(f"{old.url}/blog/", USER, Secret(PASSWORD))
    list(read(move, source, threading.Event()))
    source.close()


def bring(move: Move, old: Blog, new: Site) -> Ended:
    reread(move, old)
    return go(move, old, new)


def go(move: Move, old: Blog, new: Site) -> Ended:
    source = MetaWeblog(f"{old.url}/blog/", USER, Secret(PASSWORD))
    events = run(move, source, signed_in(new), threading.Event(), patience=HASTY)
    ended = ending(list(events))
    source.close()
    return ended


def statuses(site: Site) -> list[str]:
    found = rows(site, "posts", status="publish,future,draft,pending,private")
    there = {row["title"]["raw"]: row["status"] for row in found}
    return [there.get(f"Eintrag {number}", "") for number in NUMBERS]


def test_what_has_moved_stays_public_while_its_page_fails_and_that_is_said(
    old: Blog, new: Site, tmp_path: Path
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        assert bring(move, old, new).verdict.complete
        assert statuses(new) == ["publish"] * 3
        pages(old, 503, 429, 404)
        reread(move, old)
        hidden, unsure = of_withdrawn(move)
        assert hidden.startswith("1 post that was made public")
        assert "(“Eintrag 3” of" in hidden
        assert unsure == (
            "Who may read 2 posts that have moved could not be learnt this time, as their "
            "pages at the old blog could not be opened (“Eintrag 1” of 2008-03-03 and "
            "“Eintrag 2” of 2008-03-03). Nothing is changed of them at the new one. Open "
            "the old blog again when it shows their pages again."
        )
        go(move, old, new)
        assert statuses(new) == ["publish", "publish", "private"]
        write_report(move, tmp_path / "report.html")
        assert "could not be learnt this time" in (tmp_path / "report.html").read_text()
        # The page opens again, and so does nothing that is not told of any more.
        pages(old, 200, 404, 200)
        assert bring(move, old, new).verdict.complete
        assert list(of_withdrawn(move)) == []
        assert statuses(new) == ["publish", "private", "publish"]


def test_what_was_known_for_hidden_before_its_page_fails_is_still_told_as_that(
    old: Blog, new: Site, tmp_path: Path
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        bring(move, old, new)
        pages(old, 404, 200)
        reread(move, old)
        hidden = list(of_withdrawn(move))
        assert hidden[0].startswith("1 post that was made public")
        pages(old, 503, 200)
        reread(move, old)
        assert list(of_withdrawn(move)) == hidden
        go(move, old, new)
        assert statuses(new) == ["private", "publish", "publish"]


def test_its_words_stay_too_as_they_may_be_for_fewer_people_now(
    old: Blog, new: Site, tmp_path: Path
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        bring(move, old, new)
        recent = old.methods["metaWeblog.getRecentPosts"]
        old.methods["metaWeblog.getRecentPosts"] = lambda *asked: [
            {**each, "description": "<p>Only for us</p>"} for each in recent(*asked)
        ]
        pages(old, 503, 200)
        bring(move, old, new)
        found = rows(new, "posts", status="publish")
        there = {row["title"]["raw"]: row["content"]["raw"] for row in found}
        assert "Anfang" in there["Eintrag 1"]
        assert "Only for us" in there["Eintrag 2"]


def test_what_has_not_moved_yet_arrives_private_and_public_when_its_page_opens(
    old: Blog, new: Site, tmp_path: Path
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        pages(old, 503, 200)
        bring(move, old, new)
        assert list(of_withdrawn(move)) == []
        assert statuses(new) == ["private", "publish", "publish"]
        assert "could not be opened this time" in move.post("1").notes[0]
        pages(old, 200)
        bring(move, old, new)
        assert statuses(new) == ["publish"] * 3


def test_categories_that_are_not_told_this_time_are_not_taken_away_there(
    old: Blog, new: Site, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise Fault(1, "out of order")

    with Move.create(tmp_path / "a.move") as move:
        bring(move, old, new)
        filed = {row["id"]: row["categories"] for row in rows(new, "posts")}
        assert {len(each) for each in filed.values()} == {2}
        old.methods["mt.getPostCategories"] = refuse
        bring(move, old, new)
        assert {row["id"]: row["categories"] for row in rows(new, "posts")} == filed
        assert any("out of order" in note for note in move.post("1").notes)


def test_what_an_earlier_version_hid_by_mistake_becomes_public_again_unless_touched(
    old: Blog, new: Site, tmp_path: Path
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        bring(move, old, new)
        # It took any trouble for a no, and wrote that down.
        move.add(
            replace(move.post(key), status=Status.PRIVATE, notes=("It stays private.",))
            for key in ("1", "2", "3")
        )
        go(move, old, new)
        assert statuses(new) == ["private"] * 3
        pages(old, 503)
        bring(move, old, new)
        assert statuses(new) == ["private"] * 3, "still nobody knows"
        write_report(move, tmp_path / "report.html")
        page = (tmp_path / "report.html").read_text()
        assert "could not be learnt" not in page, (
            "of what is not public nothing is shown"
        )
        found = rows(new, "posts", status="private")
        touched = next(r["id"] for r in found if r["title"]["raw"] == "Eintrag 2")
        requests.post(
            f"{new.url}/?rest_route=/wp/v2/posts/{touched}",
            {"status": "draft"},
            auth=(new.user, new.password),
            timeout=60,
        ).raise_for_status()
        pages(old, 200)
        bring(move, old, new)
        assert statuses(new) == ["publish", "draft", "publish"]
