"""Links between posts on a real WordPress: where they lead, and what a stranger sees there."""

from __future__ import annotations

import html
import json
import random
import re
import signal
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest

from tests.move.doubles import entry
from tests.move.linking import Linked, old, post
from tests.move.real_blogs import bring, change, check, look, opened
from tests.move.test_killed import command
from tests.move.whole_site import everything, forget_sample_post, rows
from tests.sources.backups import backup, post_page
from tests.sources.space_pages import CID, address, page
from tests.sources.space_pages import entry as written
from tests.wordpress import WordPress as Site
from tests.wordpress import start
from wizard.blog import Status
from wizard.destinations import Kind
from wizard.move.choices import As, Choices
from wizard.move.events import Ended
from wizard.move.file import Move
from wizard.move.ways import ways
from wizard.sources import Source


def carry(
    site: Site, source: Source, path: Path, *numbers: int, **choices: Any
) -> Ended:
    """Carry these posts, or all, with the move file at ``path``."""
    chosen = [f"cns!{n}" for n in numbers]
    with opened(path) as move:
        return bring(
            move, source, site, Choices(time_zone="UTC", **choices), chosen=chosen
        )


def links_of(site: Site) -> dict[str, list[str]]:
    """By title, where the links of each post lead."""
    return {
        row["title"]["raw"]: [
            html.unescape(href)
            for href in re.findall(r'<a href="([^"]*)"', row["content"]["raw"])
        ]
        for row in rows(site, "posts", status="any")
    }


def made_blog() -> Linked:
    said = entry(1, comments=2).comments
    comments = (replace(said[0], key="41"), replace(said[1], key="42", parent="41"))
    parts = [f"{old(1)}#{name}" for name in ("comment-42", "part-2", "notes")]
    second = post(1, old(0), old(1), "#comment-41")
    places = '<h2 id="part-2">Two</h2><p>And <a name="notes">notes</a>.</p>'
    return Linked(
        [
            post(0, old(1), *parts, old(2), old(3), old(4), old(5)),
            replace(second, html=f"{second.html}{places}", comments=comments),
            post(2, old(0), title="A secret plan", status=Status.PRIVATE),
            post(3, title="A half plan", status=Status.DRAFT),
            post(4, title="A later plan", date=datetime(2037, 1, 1)),
            post(5, old(77), OLD_HOME, title="An open end", slug="the-old-name"),
        ]
    )


OLD_HOME = "http://old.example/"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    with start() as site:
        forget_sample_post(site)
        ended = carry(site, made_blog(), tmp_path_factory.mktemp("m") / "a.move")
        assert ended.verdict.complete, ended.verdict.sentence
        yield site


def test_every_link_of_a_public_post_is_alive(moved: Site) -> None:
    alive = 0
    for row in rows(moved, "posts", status="publish"):
        for href in links_of(moved)[row["title"]["raw"]]:
            if "?p=" in href or href == old(77):
                continue
            where, part = urldefrag(href if "://" in href else row["link"] + href)
            there = look(where)
            assert there.status_code == 200, href
            assert not there.history, "a permalink needs no detour"
            assert not part or f'id="{part}"' in there.text, href
            alive += 1
    assert alive == 9


def test_permalinks_are_what_they_lead_to(moved: Site) -> None:
    found = links_of(moved)
    by_title = {row["title"]["raw"]: row for row in rows(moved, "posts", status="any")}
    assert found["Entry 0"][0] == by_title["Entry 1"]["link"]
    assert found["Entry 0"][-1] == by_title["An open end"]["link"]
    assert "/the-old-name/" in found["Entry 0"][-1]
    assert found["Entry 1"][:2] == [
        by_title["Entry 0"]["link"],
        by_title["Entry 1"]["link"],
    ]
    assert found["An open end"] == [old(77), f"{moved.url}/"]


@pytest.mark.parametrize("title", ["A secret plan", "A half plan", "A later plan"])
def test_of_what_is_not_public_a_stranger_learns_nothing(
    moved: Site, title: str
) -> None:
    row = next(
        row
        for row in rows(moved, "posts", status="any")
        if row["title"]["raw"] == title
    )
    hidden = f"{moved.url}/?p={row['id']}"
    assert hidden in links_of(moved)["Entry 0"]
    there = look(hidden)
    assert there.status_code == 404
    seen = there.url + there.text + str([step.headers for step in there.history])
    assert title not in seen
    assert title.lower().replace(" ", "-") not in seen
    # The address stays when the post becomes public.
    change(moved, f"posts/{row['id']}", status="publish", date="2020-01-01T00:00:00")
    there = look(hidden)
    assert there.status_code == 200
    assert title in there.text


def test_a_later_round_changes_links_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        source = made_blog()
        carry(site, source, path, 0, 2, 3)
        assert links_of(site)["Entry 0"][0] == old(1)
        before = everything(site)["posts"]
        carry(site, source, path, 1, 4, 5)
        after = everything(site)["posts"]
        assert links_of(site)["Entry 0"][0].startswith(site.url)
        for mark, then in before.items():
            now = after[mark]
            if then["title"] == "Entry 0":
                then, now = ({**each, "html": ""} for each in (then, now))
            assert now == then


def test_a_post_of_which_people_changed_all_but_the_text_gets_its_links_too(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        source = made_blog()
        carry(site, source, path, 0, 5)
        numbers = {row["title"]["raw"]: row["id"] for row in rows(site, "posts")}
        text = rows(site, "posts", include=numbers["An open end"])[0]["content"]["raw"]
        category = change(site, "categories", name="Mine")["id"]
        for title, fields in {
            "Entry 0": {"title": "A better title", "categories": [category]},
            "An open end": {"content": f"{text}<p>And mine.</p>"},
        }.items():
            change(site, f"posts/{numbers[title]}", **fields)
        before = {row["id"]: row for row in rows(site, "posts")}
        carry(site, source, path, 1)
        after = {row["id"]: row for row in rows(site, "posts")}
        theirs, ours = before[numbers["Entry 0"]], after[numbers["Entry 0"]]
        assert links_of(site)["A better title"][0].startswith(site.url)
        for each in (theirs, ours):
            for name in ("content", "modified", "modified_gmt", "_links"):
                del each[name]
        assert ours == theirs
        assert after[numbers["An open end"]] == before[numbers["An open end"]]
        with Move.open(path) as move:
            told = [step.key for step in move.all_steps(Kind.POST) if step.trouble]
        assert told == ["cns!0", "cns!5"], "that people changed them is still told"


def test_links_of_a_backup_to_comments_lead_to_them_as_soon_as_they_are_there(
    tmp_path: Path,
) -> None:
    pages = {
        "001.html": post_page(
            "One",
            "2010/9/28 21:05:09",
            '<p><a href="002.html#bp102comment2">Bob</a> <a href="#bp101comment1">A</a></p>',
            comments={"A - 2010/9/29 8:01:02": "hi"},
            mark="bp101",
        ),
        "002.html": post_page(
            "Two",
            "2010/9/29 21:05:09",
            "<p>Words.</p>",
            comments={"A - 2010/9/30 8:01:02": "ho", "Bob - 2010/9/30 9:01:02": "ha"},
            mark="bp102",
        ),
    }
    for name, mark in (("001.html", "bp101"), ("002.html", "bp102")):
        pages[name] = pages[name].replace('id="comment', f'id="{mark}comment')
    source = backup(tmp_path, pages)
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        carry(site, source, path, comments=False)
        home = rows(site, "posts", search="Words.")[0]["link"]
        bob = links_of(site)["One"][0]
        assert urldefrag(bob) == (home, "bp102comment2")
        assert look(bob).status_code == 200
        carry(site, source, path)
        found = {row["author_name"]: row for row in rows(site, "comments", search="h")}
        to_bob, to_a = links_of(site)["One"]
        assert to_bob == found["Bob"]["link"]
        assert f'id="{urldefrag(to_bob)[1]}"' in look(to_bob).text
        one = rows(site, "comments", search="hi")[0]
        assert to_a == f"#comment-{one['id']}"


def test_links_in_comments_follow_and_nothing_else_of_a_comment_changes(
    tmp_path: Path,
) -> None:
    said = replace(
        entry(0, comments=1).comments[0],
        html=f'See <a href="{old(1)}">this</a> &amp; <a href="{old(77)}">that</a>, or '
        f"{old(1)}#part-2: {old(78)}",
        email="reader@example.org",
        url="https://reader.example/",
    )
    parts = post(1, html='<p>Words.</p><h2 id="part-2">Two</h2>')
    source = Linked([replace(post(0), comments=(said,)), parts])
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        carry(site, source, path, 0)
        (before,) = rows(site, "comments")
        assert carry(site, source, path, 1).verdict.complete
        (after,) = rows(site, "comments")
        home = rows(site, "posts", slug="entry-1")[0]["link"]
        # WordPress says of links that readers have written that it does not follow them.
        was, now = (
            re.sub(r' rel="[^"]*"', "", each["content"]["raw"])
            for each in (before, after)
        )
        assert now == was.replace(old(1), home)
        shown = re.findall(r'href="([^"]*)"', after["content"]["rendered"])
        assert shown == [home, old(77), f"{home}#part-2", old(78)]
        for each in (before, after):
            del each["content"]
        assert after == before
        with Move.open(path) as move:
            assert move.links("cns!0") == [old(77), old(78)]


def test_links_and_redirects_lead_to_where_people_have_put_a_post_since(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        source = Linked([post(0), post(1), post(2, old(0), old(1))])
        carry(site, source, path, 0, 1, status=As.DRAFT)
        numbers = {row["title"]["raw"]: row["id"] for row in rows(site, "posts", **ANY)}
        change(site, f"posts/{numbers['Entry 0']}", status="publish")
        with Move.open(path) as move:
            assert list(ways(move)) == []
            assert not check(move, site).verdict.complete, "it is another's work by now"
            (way,) = ways(move)
            assert (way.path, look(way.new).status_code) == (b"/0.html", 200)
            assert not look(way.new).history
            change(site, f"posts/{numbers['Entry 0']}", slug="a-better-name")
            check(move, site)
            (way,) = ways(move)
            assert way.new.endswith("/a-better-name/")
            assert not look(way.new).history, "a permalink needs no detour"
        carry(site, source, path, 2)
        hidden = f"{site.url}/?p={numbers['Entry 1']}"
        assert links_of(site)["Entry 2"] == [way.new, hidden]


ANY = {"status": "any"}


def test_killed_while_it_mends_every_post_is_there_once_and_leads_on(
    tmp_path: Path,
) -> None:
    number = 12
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(1, number + 1):
        text = "".join(
            f'<p><a href="{address(other)}">{other}</a></p>'
            for other in range(1, number + 1)
        )
        made = page(written(n, text, title=f"Entry {n}"))
        (folder / f"{n}.html").write_text(made, encoding="utf-8")
    seed = time.time_ns()
    dice = random.Random(seed)
    path = tmp_path / "a.move"
    with start() as site:
        forget_sample_post(site)
        there = ("--to", site.url, "--user", site.user, "--time-zone", "UTC")
        words, kills = ["move", str(folder), *there, "--move", str(path)], 0
        for _ in range(20):
            with command(site, *words) as process:
                assert process.stdout
                begun: dict[str, int] = {}
                for line in process.stdout:
                    event = json.loads(line)
                    if event.get("event") == "PostBegan":
                        begun[event["key"]] = begun.get(event["key"], 0) + 1
                        if max(begun.values()) > 1 and kills < 8:
                            time.sleep(dice.uniform(0, 0.15))
                            process.send_signal(signal.SIGKILL)
                            kills += 1
                            break
                process.stdout.read()
                process.wait(120)
            if process.returncode == 0:
                break
            assert process.returncode == -signal.SIGKILL
        assert process.returncode == 0, seed
        assert kills >= 2, "some were killed while links were mended"
        posts = everything(site)["posts"]
        assert len(posts) == number
        assert not [mark for mark, each in posts.items() if CID in each["html"]]
        places = {row["link"] for row in rows(site, "posts")}
        for leads in links_of(site).values():
            assert set(leads) == places
        with command(site, "verify", str(path)) as process:
            assert process.stdout
            told = json.loads(process.stdout.read().splitlines()[-1])
        assert told["complete"], told
