"""After a move: verify, undo, bring back, and a move file that broke."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import PLAIN, Run, only, posts_there
from tests.move.real_blogs import change, delete
from tests.move.whole_site import rows
from tests.wordpress import WordPress
from wizard.destinations import Site
from wizard.destinations.wordpress import WordPress as NewBlog
from wizard.move.book import CHANGED, GONE

PHOTOS = "cns!7C3A91E05B24D68F!178"


@pytest.fixture
def after(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> Callable[..., Run]:
    """A command about a move that was made: `after("verify")`."""

    def after(verb: str, *words: str, file: Path = tmp_path / "a.move") -> Run:
        asked = (verb, file, *words, "--password-stdin", "--json")
        return moving_day(*asked, typed=f"{site.password}\n")

    return after


@pytest.fixture(autouse=True)
def an_empty_blog(site: WordPress) -> None:
    for row in rows(site, "posts", status="any,trash"):
        delete(site, f"posts/{row['id']}")
    for row in rows(site, "media"):
        delete(site, f"media/{row['id']}")


def the_post(site: WordPress, words: str) -> int:
    (number,) = [
        row["id"]
        for row in rows(site, "posts", status="any")
        if words in row["title"]["raw"]
    ]
    return int(number)


def test_verify_says_that_all_is_there(
    move: Callable[..., Run], after: Callable[..., Run]
) -> None:
    move(*only(PHOTOS))
    done = after("verify")
    assert done.status == 0
    assert "were checked" in done.last["verdict"]


def test_verify_finds_what_was_edited_trashed_and_deleted_there(
    move: Callable[..., Run], after: Callable[..., Run], site: WordPress
) -> None:
    move(*only(*PLAIN, PHOTOS))
    posts = rows(site, "posts", status="any")
    numbers = [int(row["id"]) for row in posts]
    change(site, f"posts/{numbers[0]}", title="Mine now")
    delete(site, f"posts/{numbers[1]}", for_good=False)
    photo = rows(site, "media")[0]["id"]
    delete(site, f"media/{photo}")
    done = after("verify")
    assert done.status == 1
    told = [line for line in done.lines if line.get("event") == "ItemSettled"]
    states = [(line["kind"], line["state"]) for line in told if line["trouble"]]
    assert ("post", "sent") in states
    assert ("post", "left out") in states
    assert ("photo", "left out") in states
    looks = done.last["looks"]
    assert all("” of 20" in look for look in looks)
    said = {look.partition(": ")[2] for look in looks}
    assert said == {CHANGED.title, GONE.title}
    assert "Mine now" in posts_there(site), "nothing is changed there"


def test_what_is_gone_comes_back_only_when_it_is_asked_for(
    move: Callable[..., Run], after: Callable[..., Run], site: WordPress
) -> None:
    move(*only(*PLAIN))
    delete(site, f"posts/{rows(site, 'posts', status='any')[0]['id']}", for_good=False)
    assert after("verify").status == 1
    assert after("resume").status == 1
    assert len(posts_there(site)) == 1
    done = after("resume", "--bring-back")
    assert done.status == 0, done.last
    assert len(posts_there(site)) == 2


def test_what_nobody_has_looked_for_yet_comes_back_at_once(
    move: Callable[..., Run],
    after: Callable[..., Run],
    site: WordPress,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    move(*only(*PLAIN))
    delete(site, f"posts/{rows(site, 'posts', status='any')[0]['id']}", for_good=False)
    real, signed_in = NewBlog.check, []

    def check(self: NewBlog) -> Site:
        signed_in.append(self)
        return real(self)

    monkeypatch.setattr(NewBlog, "check", check)
    assert after("resume", "--bring-back").status == 0
    assert len(signed_in) == 1
    assert len(posts_there(site)) == 2


def test_what_was_stopped_names_the_command_that_goes_on(
    move: Callable[..., Run], after: Callable[..., Run], tmp_path: Path
) -> None:
    """After half an undo, “resume” would bring all of it back."""
    move(*only(*PLAIN))
    for verb in ("undo", "verify"):
        words = f'moving-day {verb} "{tmp_path / "a.move"}"'
        assert after(verb).last["go_on"] == words


def test_undo_takes_back_all_but_what_was_edited(
    move: Callable[..., Run], after: Callable[..., Run], site: WordPress
) -> None:
    before = {row["id"] for row in rows(site, "categories")}
    move(*only(*PLAIN, PHOTOS))
    number = the_post(site, "Tomatoes")
    change(site, f"posts/{number}", content="<p>My better words</p>")
    done = after("undo")
    assert done.status == 1
    assert "taken back" in done.last["verdict"]
    assert "1 post" in done.last["verdict"]
    assert list(posts_there(site)) == ["Tomatoes, finally"]
    trashed = rows(site, "posts", status="trash")
    assert len(trashed) == 2
    delete(site, f"posts/{number}")
    assert after("undo").status == 0
    assert rows(site, "media") == []
    assert {row["id"] for row in rows(site, "categories")} == before


def test_undo_needs_no_old_blog(
    moving_day: Callable[..., Run],
    after: Callable[..., Run],
    site: WordPress,
    tmp_path: Path,
) -> None:
    source, file = tmp_path / "space.zip", tmp_path / "a.move"
    source.write_bytes(Path("resources/sample/sample-space.zip").read_bytes())
    moving_day(
        *("move", source, "--to", site.url, "--user", "admin", "--password-stdin"),
        *("--time-zone", "UTC", "--move", file, *only(*PLAIN)),
        typed=f"{site.password}\n",
    )
    source.unlink()
    assert after("verify").status == 0
    assert after("undo").status == 0
    assert posts_there(site) == {}


def test_a_move_file_that_broke_is_set_aside_and_nothing_comes_twice(
    move: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    file = tmp_path / "a.move"
    assert move(*only(*PLAIN)).status == 0
    data = bytearray(file.read_bytes())
    data[4096:] = b"\x55" * (len(data) - 4096)
    file.write_bytes(data)
    done = move(*only(*PLAIN))
    assert done.status == 0
    assert "was damaged and is now called" in done.err
    assert (tmp_path / "a damaged 1.move").read_bytes() == data
    assert len(posts_there(site)) == 2


def test_an_import_file_is_taken_back_too(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    file, to = tmp_path / "a.move", tmp_path / "blog.xml"
    source = Path("resources/sample/sample-space.zip")
    moving_day(
        *("move", source, "--to", to, "--time-zone", "UTC", "--move", file),
        *only(PHOTOS),
    )
    assert moving_day("verify", file).status == 0
    assert b"<item>" in to.read_bytes()
    assert moving_day("undo", file).status == 0
    assert b"<item>" not in to.read_bytes()
    assert not any(p.is_file() for p in (tmp_path / "blog-photos").rglob("*"))
