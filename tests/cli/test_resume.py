"""Going on with a move from a terminal, and its report."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import pytest

from tests.cli.command import PLAIN, Run, only, posts_there
from tests.cli.wrong_files import WRONG
from tests.wordpress import WordPress, start
from wizard import commands
from wizard.move.file import Move
from wizard.settings import SAMPLE


def test_resume_finishes_what_was_left(
    move: Callable[..., Run],
    moving_day: Callable[..., Run],
    site: WordPress,
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.move"
    key = "cns!7C3A91E05B24D68F!178"
    broken = site.plug_in(
        "add_filter('rest_pre_insert_post', fn($post) =>"
        " str_contains($post->post_title ?? '', 'Tomatoes') ? new WP_Error('rest_no',"
        " 'Not on a Monday.', ['status' => 400]) : $post);"
    )
    done = move(*only(key), file=file)
    broken.unlink()
    assert done.status == 1
    assert "Not on a Monday." in done.out
    done = moving_day(
        "resume", file, "--password-stdin", "--json", typed=f"{site.password}\n"
    )
    assert done.status == 0, done.err
    assert done.last["complete"] is True
    assert "Tomatoes, finally" in posts_there(site)


def test_what_a_living_old_blog_hides_by_now_is_not_made_public_by_going_on(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    file, new = tmp_path / "a.move", ("--password-stdin", "--json")
    with start() as old:
        server: Any = ServerProxy(f"{old.url}/xmlrpc.php")
        who, words = (1, old.user, old.login_password), {"post_content": "x"}
        secret, shown = (
            server.wp.newPost(
                *who, {**words, "post_title": title, "post_status": "publish"}
            )
            for title in ("Secret by now", "For all")
        )
        typed = f"{old.login_password}\n{site.password}\n"
        done = moving_day(
            *("move", old.url, "--source-user", old.user, "--source-password-stdin"),
            *("--to", site.url, "--user", "admin", *new),
            *("--time-zone", "UTC", "--move", file),
            typed=typed,
        )
        assert done.status == 0, done.err
        assert posts_there(site)["Secret by now"] == "publish"
        assert moving_day("undo", file, *new, typed=f"{site.password}\n").status == 0
        server.wp.editPost(*who, secret, {"post_status": "private"})
        more = {**words, "post_title": "Written since", "post_status": "publish"}
        server.wp.newPost(*who, more)
        resume = ("resume", file, "--source-password-stdin", *new)
        assert moving_day(*resume, typed=typed).status == 0
        there = posts_there(site)
        assert (there["Secret by now"], there["For all"]) == ("private", "publish")
        assert "Written since" not in there, "nobody has chosen it"
        assert moving_day("undo", file, *new, typed=f"{site.password}\n").status == 0
        server.wp.editPost(*who, shown, {"post_status": "draft"})
        gone = old.plug_in("http_response_code(503); exit;")
        done = moving_day(*resume, typed=typed)
        gone.unlink()
        assert "cannot be read again" in done.out + done.err, done.status


@pytest.mark.parametrize("verb", ["resume", "report"])
def test_what_is_no_move_file_gets_words(
    moving_day: Callable[..., Run], tmp_path: Path, verb: str
) -> None:
    for name, make in WRONG.items():
        path = tmp_path / name
        make(path)
        if path.is_file() and not path.stat().st_size:
            continue
        before = path.read_bytes() if path.is_file() else None
        done = moving_day(verb, path)
        assert done.status == 2, name
        assert done.err
        assert (path.read_bytes() if path.is_file() else None) == before


def test_a_move_that_knows_nothing_yet_cannot_go_on(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    Move.create(tmp_path / "a.move").close()
    done = moving_day("resume", tmp_path / "a.move")
    assert done.status == 2
    assert "does not know yet" in done.err


def test_a_source_that_went_away_is_told_at_resume(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    source = tmp_path / "blog.zip"
    source.write_bytes(SAMPLE.read_bytes())
    out = ("--to", tmp_path / "x.xml", "--move", tmp_path / "a.move")
    assert moving_day("move", source, *out, *only(PLAIN[0])).status == 0
    source.unlink()
    done = moving_day("resume", tmp_path / "a.move")
    assert done.status == 2
    assert "blog.zip" in done.err


def test_two_at_once_on_one_file_are_one_too_many(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    file = tmp_path / "a.move"
    words = ("move", SAMPLE, "--to", tmp_path / "x.xml", "--move", file)
    with Move.create(file):
        done = moving_day(*words)
    assert done.status == 2
    assert "already open" in done.err


def test_report_writes_a_page_and_says_where(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    file = tmp_path / "a.move"
    out = ("--to", tmp_path / "x.xml", "--move", file)
    assert moving_day("move", SAMPLE, *out, *only(*PLAIN)).status == 0
    done = moving_day("report", file, "--json")
    assert done.status == 0
    page, table = Path(done.last["report"]), Path(done.last["csv"])
    for written in (page, table):
        assert "Nine lines that rename photos" in written.read_text("utf-8")
        written.unlink()
    assert moving_day("report", file).out.split("\n")[:2] == [str(page), str(table)]
    assert page.exists()
    assert table.exists()


def test_report_writes_where_old_addresses_lead_now(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    file = tmp_path / "a.move"
    out = ("--to", tmp_path / "x.xml", "--move", file)
    assert moving_day("move", SAMPLE, *out, *only(*PLAIN)).status == 0
    done = moving_day("report", file, "--json")
    assert "redirects" not in done.last, "where the file goes to is not known yet"
    assert "--site" in done.last["no redirects"]
    assert "No redirects: say with --site" in moving_day("report", file).out
    words = ("--site", "me.example/blog", "--words", "We moved.")
    done = moving_day("report", file, *words, "--json")
    folder = Path(done.last["redirects"])
    assert folder == tmp_path / "x.xml-redirects"
    rules = (folder / "_redirects").read_text("utf-8").splitlines()
    posts = [rule for rule in rules if rule.startswith("/blog/cns!")]
    assert posts
    assert all(" https://me.example/blog/?p=1" in rule for rule in posts)
    assert "We moved." in (folder / "pages/index.html").read_text("utf-8")
    assert str(folder) in moving_day("report", file, *words[:2]).out
    assert "We moved." in (folder / "pages/index.html").read_text("utf-8"), "kept"
    assert moving_day("report", file, "--site", "no address").status == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_asked_to_end_is_a_pause_with_exit_status_4(
    moving_day: Callable[..., Run],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    real = commands.read

    def read(*arguments: Any) -> Iterator[Any]:
        for count, found in enumerate(real(*arguments)):
            if count == 5:
                os.kill(os.getpid(), number)
                time.sleep(0.01)
            yield found

    monkeypatch.setattr(commands, "read", read)
    before = signal.getsignal(number)
    out = ("--to", tmp_path / "x.xml", "--move", tmp_path / "a.move")
    assert moving_day("move", SAMPLE, *out).status == 4
    assert signal.getsignal(number) is before
    monkeypatch.setattr(commands, "read", real)
    done = moving_day("move", SAMPLE, *out, *only(PLAIN[0]))
    assert done.status == 0
    assert threading.active_count() < 10
