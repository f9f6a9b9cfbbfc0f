"""What the commands say of an old blog, and of what is none; nothing is sent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Run
from tests.cli.wrong_files import WRONG
from wizard import __version__, settings
from wizard.move.file import Move
from wizard.settings import SAMPLE


def test_list_as_json_says_all_that_is_in_an_old_blog(
    moving_day: Callable[..., Run],
) -> None:
    done = moving_day("list", SAMPLE, "--json")
    assert done.status == 0
    (found,) = done.lines
    assert set(found) == {"blog", "counts", "posts", "notes"}
    assert found["blog"] == {
        "title": "退潮之后 · Low Tide",
        "address": "http://lowtide-journal.spaces.live.com/",
        "kind": "spaces-backup",
        "time_zone": None,
    }
    posts = found["posts"]
    assert found["counts"] == {
        "posts": len(posts),
        "comments": sum(post["comments"] for post in posts),
        "comments_elsewhere": 0,
        "photos": sum(len(post["photos"]) for post in posts),
        "photos_missing": 1,
        "categories": len({name for post in posts for name in post["categories"]}),
        "tags": 0,
    }
    for post in posts:
        assert {"key", "title", "date", "status", "categories", "tags"} <= set(post)
        assert {"comments", "comments_elsewhere", "photos", "text"} <= set(post)
        assert len(post["text"]) <= 200
        assert "<p" not in post["text"]
    assert posts[0]["date"] == "2005-05-14T21:05:09", "without an offset nobody knows"
    assert moving_day("list", SAMPLE, "--json").out == done.out


def test_list_for_people_has_a_line_for_every_post(
    moving_day: Callable[..., Run],
) -> None:
    done = moving_day("list", SAMPLE)
    lines = done.out.splitlines()
    assert lines[0] == "退潮之后 · Low Tide"
    assert (
        lines[1] == "  2005-05-14 21:05  A room full of boxes  [2 photos, 4 comments]"
    )
    assert "(no title)" in done.out
    assert lines[-1] == "24 posts, 44 photos (1 of them missing), 68 comments."
    assert len(lines) == 26


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("verb", ["list", "move"])
def test_what_is_no_old_blog_gets_words(
    moving_day: Callable[..., Run], tmp_path: Path, name: str, verb: str
) -> None:
    path = tmp_path / name
    WRONG[name](path)
    to = ("--to", tmp_path / "out.xml") if verb == "move" else ()
    done = moving_day(verb, path, *to, "--json")
    assert done.status == 2
    assert not done.out
    assert len(done.err.splitlines()) >= 2, "what happened, and what to do"
    assert not (tmp_path / "out.xml").exists()
    assert not list(settings.moves_folder().glob("*.move"))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["list"],
        ["move", SAMPLE],
        ["move", SAMPLE, "--to", "x.xml", "--status", "loud"],
        ["move", SAMPLE, "--to", "x.xml", "--since", "yesterday"],
        ["move", SAMPLE, "--to", "x.xml", "--until", "2007-13-01"],
        ["resume"],
    ],
)
def test_wrong_use_is_told_in_words(
    moving_day: Callable[..., Run], words: list[object]
) -> None:
    done = moving_day(*words)
    assert done.status == 2
    assert "usage: moving-day" in done.err


def test_help_and_version(moving_day: Callable[..., Run]) -> None:
    assert moving_day("--version").out == f"{__version__}\n"
    for words in (["--help"], ["list", "--help"], ["move", "--help"]):
        done = moving_day(*words)
        assert done.status == 0
        assert "usage: moving-day" in done.out


@pytest.mark.parametrize("json_", [(), ("--json",)])
def test_a_file_gets_utf_8_whatever_the_system_speaks(json_: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wizard", "list", SAMPLE, *json_],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "新的城市，旧的钥匙" in done.stdout.decode("utf-8")


def test_a_listener_who_leaves_is_no_traceback(tmp_path: Path) -> None:
    out, file = tmp_path / "x.xml", tmp_path / "a.move"
    for words in (["list", SAMPLE], ["move", SAMPLE, "--to", out, "--move", file]):
        with subprocess.Popen(
            [sys.executable, "-m", "wizard", *map(str, words), "--json"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout
            assert process.stderr
            if words[0] == "move":
                process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 4
    with Move.open(file) as move:  # whole, and free again
        assert len(move.rows()) == 24
