"""The same move from a terminal: what the commands print, and how they end."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.wordpress import WordPress, start
from wizard import __version__, cli, settings
from wizard.move.file import Move
from wizard.settings import SAMPLE

ROOT = Path(__file__).resolve().parent.parent
# Of the sample: two posts without photos, and the one with a lost photo.
PLAIN = ("cns!7C3A91E05B24D68F!152", "cns!7C3A91E05B24D68F!157")
LOSSY = "cns!7C3A91E05B24D68F!196"
STDIN = "--password-stdin"


@pytest.fixture(scope="module")
def site() -> Iterator[WordPress]:
    """A new blog of our own, so that others find theirs untouched."""
    with start() as site:
        yield site


class Run:
    """One run of one command: its exit status and what it printed."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def last(self) -> dict[str, Any]:
        return self.lines[-1]


@pytest.fixture
def moving_day(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Run]:
    def moving_day(*words: object, typed: str = "") -> Run:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Run(status, out, err)

    return moving_day


@pytest.fixture
def move(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> Callable[..., Run]:
    """`moving-day move SAMPLE --to SITE`, with the password typed."""

    def move(*words: object, file: Path = tmp_path / "a.move") -> Run:
        return moving_day(
            *("move", SAMPLE, "--to", site.url, "--user", "admin"),
            *(STDIN, "--time-zone", "UTC", "--move", file),
            *words,
            typed=f"{site.password}\n",
        )

    return move


def only(*keys: str) -> list[str]:
    return [word for key in keys for word in ("--only", key)]


def posts_there(site: WordPress) -> dict[str, str]:
    """Title and status of every post."""
    answer = requests.get(
        f"{site.url}/wp-json/wp/v2/posts?status=any&context=edit&per_page=100",
        auth=(site.user, site.password),
        timeout=60,
    )
    return {row["title"]["raw"]: row["status"] for row in answer.json()}


# What is in it


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


def _empty_zip(path: Path) -> None:
    zipfile.ZipFile(path, "w").close()


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("song.mp3", b"ID3")


WRONG: dict[str, Callable[[Path], object]] = {
    "gone.zip": lambda path: None,
    "empty.zip": lambda path: path.touch(),
    "nothing.zip": _empty_zip,
    "music.zip": _other_zip,
    "picture.jpg": lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 99),
    "cut.zip": lambda path: path.write_bytes(SAMPLE.read_bytes()[:5000]),
    "folder": lambda path: path.mkdir(),
    "notes.txt": lambda path: path.write_text("Dear diary"),
    "no-name": lambda path: path.write_bytes(bytes(range(256)) * 9),
}


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


# Moving


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    """It asks for no password either: nobody would be told it."""
    words = ("move", SAMPLE, "--to", "https://new.invalid", "--dry-run")
    file = tmp_path / "a.move"
    done = moving_day(*words, "--move", file)
    assert done.status == 0
    assert done.out.splitlines() == [
        "24 posts with 43 photos and 68 comments will be moved.",
        "Nothing was sent.",
    ]
    done = moving_day(*words, *only(LOSSY), "--json")
    assert done.last["dry_run"] is True
    assert done.last["posts"] == done.last["photos_missing"] == 1
    assert not file.exists()
    assert not list(settings.moves_folder().glob("*.move"))


def test_a_move_ends_with_its_verdict(
    move: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    done = move("--json", *only(*PLAIN))
    assert done.status == 0, done.err
    last = done.last
    assert last["complete"] is True
    assert last["paused"] is False
    assert last["destination"] == site.url
    assert "2 posts" in last["verdict"]
    assert Path(last["move"]) == tmp_path / "a.move"
    assert "What I read in 2006" in Path(last["report"]).read_text("utf-8")
    events = [line["event"] for line in done.lines[:-1]]
    assert events.count("PostSettled") == 2
    assert events.count("Began") == 1
    assert "What I read in 2006" in posts_there(site)
    # And again, for people.
    again = move(*only(*PLAIN))
    assert again.status == 0
    assert last["verdict"] in again.out
    assert f"New blog:  {site.url}" in again.out


def test_what_could_not_be_moved_is_exit_status_1(move: Callable[..., Run]) -> None:
    done = move(*only(LOSSY))
    assert done.status == 1
    assert "1 of 2 photos" in done.out
    assert move("--json", *only(LOSSY)).last["complete"] is False


def test_choosing_by_date_and_status(
    moving_day: Callable[..., Run], move: Callable[..., Run], site: WordPress
) -> None:
    span = ("--since", "2006-10-07", "--until", "2007-03-11")
    dry = ("move", SAMPLE, "--to", "x.xml", "--dry-run", "--json")
    assert moving_day(*dry, *span).last["posts"] == 2
    assert moving_day(*dry, "--until", "2005-06-02").last["posts"] == 2
    assert moving_day(*dry, "--since", "2010-10-02").last["posts"] == 1
    assert moving_day(*dry, "--since", "2011-01-01").last["posts"] == 0
    assert moving_day(*dry, *span, *only(PLAIN[0])).last["posts"] == 1
    title = "Beef noodle soup for snow"
    for status in ("draft", "private", "as-was"):
        chosen = only("cns!7C3A91E05B24D68F!184")
        assert move("--status", status, *chosen).status == 0
        expected = "publish" if status == "as-was" else status
        assert posts_there(site)[title] == expected


def test_a_key_that_is_not_there_is_told(move: Callable[..., Run]) -> None:
    done = move("--only", "cns!nobody")
    assert done.status == 2
    assert "cns!nobody" in done.err
    assert "list SOURCE --json" in done.err


def test_a_zone_that_is_not_there_is_told(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    for zone in ("Mars/Olympus", "", "../../etc/passwd", "Asia"):
        done = moving_day(
            *("move", SAMPLE, "--to", tmp_path / "x.xml", "--dry-run"),
            *("--time-zone", zone),
        )
        assert done.status == 2, zone
        assert done.err


def test_a_site_that_is_not_there_is_told(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    done = moving_day(
        *("move", SAMPLE, "--to", "nobody.invalid", "--user", "a"),
        *("--password-stdin", "--move", tmp_path / "a.move"),
        typed="x\n",
    )
    assert done.status == 2
    assert "nobody.invalid" in done.err


def test_an_import_file_needs_no_password(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    out = tmp_path / "blog.xml"
    words = ("move", SAMPLE, "--to", out, "--move", tmp_path / "a.move")
    done = moving_day(*words, *only(*PLAIN), "--json")
    assert done.status == 0, done.err
    assert len(ET.parse(out).getroot().findall("channel/item")) == 2
    assert Path(done.last["report"]).exists()
    assert str(out) in done.last["verdict"]


def test_the_same_blog_and_place_are_the_same_move(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    words = ("move", SAMPLE, "--to", tmp_path / "x.xml", *only(PLAIN[0]), "--json")
    first, again = moving_day(*words).last["move"], moving_day(*words).last["move"]
    other = moving_day(*words[:3], tmp_path / "y.xml", *words[4:]).last["move"]
    assert first == again != other
    assert Path(first).parent == settings.moves_folder()
    assert Path(first).name.startswith("退潮之后")
    for path in settings.moves_folder().iterdir():
        path.unlink()


# Signing in


def test_a_wrong_password_is_exit_status_3(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    done = moving_day(
        *("move", SAMPLE, "--to", site.url, "--user", "admin", "--password-stdin"),
        *("--move", tmp_path / "a.move"),
        typed="wrong wrong\n",
    )
    assert done.status == 3
    assert "does not accept this password" in done.err
    assert "wrong wrong" not in done.out + done.err


def test_no_password_and_nobody_to_ask_is_exit_status_3(
    moving_day: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    words = ("move", SAMPLE, "--to", site.url, "--move", tmp_path / "a.move")
    done = moving_day(*words, "--user", "admin")
    assert done.status == 3
    assert "--password-stdin" in done.err
    done = moving_day(*words)
    assert done.status == 2
    assert "--user" in done.err


def test_a_password_that_is_taken_away_on_the_way_is_exit_status_3(
    move: Callable[..., Run], site: WordPress
) -> None:
    """And the next run goes on."""
    php = (
        "add_action('rest_insert_post', function () { file_put_contents("
        "WP_CONTENT_DIR . '/revoked', ''); }); add_filter("
        "'wp_is_application_passwords_available_for_user', fn() => !file_exists("
        "WP_CONTENT_DIR . '/revoked'));"
    )
    file = site.plug_in(php)
    done = move("--json", *only("cns!7C3A91E05B24D68F!163"))
    file.unlink()
    assert done.status == 3
    assert done.last["paused"] is True
    assert "no longer accepts" in done.last["trouble"]["title"]
    assert move(*only("cns!7C3A91E05B24D68F!163")).status == 0


def test_the_password_is_written_nowhere(site: WordPress, tmp_path: Path) -> None:
    bare = site.password.replace(" ", "")
    forms = [site.password, bare, site.password.replace(" ", "+")]
    forms += [b64encode(f"admin:{form}".encode()).decode() for form in forms[:2]]
    home = Path(os.environ["HOME"])
    words = [sys.executable, "-m", "wizard", "move", SAMPLE, "--to", site.url]
    words += ["--user", "admin", STDIN, "--move", str(tmp_path / "a.move"), "--json"]
    with subprocess.Popen(
        words + only("cns!7C3A91E05B24D68F!104"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{site.password}\n")
        process.stdin.close()
        told = process.stdout.readline()
        seen = [
            Path(f"/proc/{process.pid}/{name}").read_text(errors="replace")
            for name in ("cmdline", "environ")
        ]
        told += process.stdout.read() + process.stderr.read()
    assert process.returncode == 0, told
    for place in (tmp_path, home):
        for path in place.rglob("*"):
            if path.is_file():
                seen.append(path.read_bytes().decode("utf-8", "replace"))
    seen.append(told)
    assert any("PostSettled" in text for text in seen), "we looked at the right places"
    assert any("SQLite format" in text for text in seen)
    for form in forms:
        assert not any(form in text for text in seen)


# Going on


def test_resume_finishes_what_was_left(
    move: Callable[..., Run],
    moving_day: Callable[..., Run],
    site: WordPress,
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.move"
    key = "cns!7C3A91E05B24D68F!178"
    broken = site.plug_in(
        "add_filter('rest_pre_insert_post', fn() => new WP_Error('rest_no',"
        " 'Not on a Monday.', ['status' => 400]));"
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
    page = Path(done.last["report"])
    assert "Nine lines that rename photos" in page.read_text("utf-8")
    page.unlink()
    assert moving_day("report", file).out.strip() == str(page)
    assert page.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_asked_to_end_is_a_pause_with_exit_status_4(
    moving_day: Callable[..., Run],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    real = cli.read

    def read(*arguments: Any) -> Iterator[Any]:
        for count, found in enumerate(real(*arguments)):
            if count == 5:
                os.kill(os.getpid(), number)
                time.sleep(0.01)
            yield found

    monkeypatch.setattr(cli, "read", read)
    before = signal.getsignal(number)
    out = ("--to", tmp_path / "x.xml", "--move", tmp_path / "a.move")
    assert moving_day("move", SAMPLE, *out).status == 4
    assert signal.getsignal(number) is before
    monkeypatch.setattr(cli, "read", real)
    done = moving_day("move", SAMPLE, *out, *only(PLAIN[0]))
    assert done.status == 0
    assert threading.active_count() < 10
