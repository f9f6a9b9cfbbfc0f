"""Moving from a terminal: what is chosen, what is said, how it ends."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.cli.command import LOSSY, PLAIN, Run, only, posts_there
from tests.wordpress import WordPress
from wizard import settings
from wizard.destinations import Kind
from wizard.move.file import Move
from wizard.settings import SAMPLE


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
        "Nothing was sent, and nobody was signed in.",
    ]
    done = moving_day(*words, *only(LOSSY), "--json")
    assert done.last["dry_run"] is True
    assert done.last["posts"] == done.last["photos_missing"] == 1
    assert not file.exists()
    assert not list(settings.moves_folder().glob("*.move"))


def test_a_later_run_says_what_is_new_and_shows_no_bar_for_nothing(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    file, to = tmp_path / "a.move", tmp_path / "a.xml"
    words = ("move", SAMPLE, "--to", to, "--time-zone", "UTC", "--move", file)
    first = moving_day(*words, *only(PLAIN[0]))
    assert "1 post with 2 comments will be moved.\n" in first.out
    assert "item" in first.err
    more = (
        "1 post with 2 comments will be moved. 1 post was moved before; of it only what "
        "has changed is sent.\n"
    )
    before = file.read_bytes()
    assert more in moving_day(*words, *only(*PLAIN), "--dry-run").out
    assert file.read_bytes() == before
    assert more in moving_day(*words, *only(*PLAIN)).out
    for again in (
        moving_day(*words, *only(*PLAIN)),
        moving_day("resume", file),
    ):
        assert (
            "Nothing new will be moved. 2 posts were moved before; of them only what "
            "has changed is sent.\n"
        ) in again.out
        assert "item" not in again.err


def test_another_clock_of_the_new_blog_is_told(
    move: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    said = "The new blog's clock is America/New York: what the old one dated "
    assert "clock is" not in move(*only(*PLAIN)).out, "both are UTC"
    plugged = site.plug_in(
        'add_filter("pre_option_timezone_string", fn() => "America/New_York");'
    )
    try:
        done = move(*only(*PLAIN), file=tmp_path / "b.move")
    finally:
        plugged.unlink()
    assert done.status == 0, done.err
    assert done.out.count(said) == 1


def test_another_clock_of_the_old_blog_in_a_later_run_is_not_taken_and_told(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    file = tmp_path / "a.move"
    words = (
        "move",
        SAMPLE,
        "--to",
        tmp_path / "a.xml",
        "--move",
        file,
        *only(PLAIN[0]),
    )
    first = moving_day(*words, "--time-zone", "Asia/Shanghai")
    assert "stay so" not in first.out
    other = moving_day(*words, "--time-zone", "America/New_York")
    assert "read on the clock of Asia/Shanghai when its first post moved" in other.out
    for same in (("--time-zone", "Asia/Shanghai"), ()):
        assert "stay so" not in moving_day(*words, *same).out
    with Move.open(file) as move:
        assert move.choices.time_zone == "Asia/Shanghai"


def test_a_move_whose_report_cannot_be_written_still_says_what_came_of_it(
    move: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    file = tmp_path / "full.move"
    Path(f"{file}-report.html").mkdir()
    done = move(*only(*PLAIN), file=file)
    assert done.status == 1
    assert f"2 posts and 4 comments are at {site.url} and were checked." in done.out
    assert f'could be written; “moving-day report "{file}"” tries' in done.out
    assert "Table:" not in done.out
    assert "full.move-report.html could not be written" in done.err
    assert "room on the disk" in done.err


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


def test_a_moved_post_that_the_old_blog_has_no_more_is_told_of(
    move: Callable[..., Run], tmp_path: Path
) -> None:
    move(*only(*PLAIN))
    with Move.open(tmp_path / "a.move") as file:
        step = file.step(Kind.POST, PLAIN[0], PLAIN[0])
        file.add([replace(file.post(PLAIN[0]), key="cns!1", title="Of \x1b[2J then")])
        file.record(replace(step, post="cns!1", key="cns!1"))
    told = move(*only(PLAIN[1])).out
    assert (
        "Please note: 1 post that was made public at the new blog is not in what was "
        "read last of the old one (“Of [2J then” of 20"
    ) in told
    assert "). Delete it there if nobody shall" in told


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


def test_what_neither_blog_has_any_more_moves_only_where_it_is_named(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    old, new, file = tmp_path / "old", tmp_path / "a.xml", tmp_path / "a.move"
    with ZipFile(SAMPLE) as packed:
        packed.extractall(old)
    words = ("move", old, "--to", new, "--move", file)
    moving_day(*words)
    page = next(page for page in old.glob("0*.html") if b"!152" in page.read_bytes())
    page.unlink()
    title, named = "What I read in 2006", "“What I read in 2006” of 20"
    told = moving_day(*words)
    assert f"({named}" in told.out
    assert "). Delete it there" in told.out
    assert moving_day("undo", file).status == 0
    for command in (("resume", file), words):
        told = moving_day(*command)
        assert f"and not at the new one ({named}" in told.out
        assert "). Nothing of it is moved" in told.out
        assert title not in new.read_text("utf-8")
    told = moving_day(*words, *only(PLAIN[0]))
    assert "This move makes it public" in told.out
    assert title in new.read_text("utf-8")


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


@pytest.mark.parametrize(("words", "telling"), [((), 0), (("--keep-location",), 1)])
def test_a_photo_tells_where_it_was_taken_only_if_asked_to(
    moving_day: Callable[..., Run], tmp_path: Path, words: tuple[str, ...], telling: int
) -> None:
    """One of the sample's photos does."""
    file = tmp_path / "blog.xml"
    moving_day("move", SAMPLE, "--to", file, "--move", tmp_path / "a.move", *words)
    photos = [io.BytesIO(path.read_bytes()) for path in tmp_path.rglob("*.jpg")]
    assert len(photos) > 10
    places = [Image.open(data).getexif().get_ifd(0x8825) for data in photos]
    assert sum(map(bool, places)) == telling


def test_choices_of_the_window_can_be_made_here_too(
    move: Callable[..., Run], site: WordPress, tmp_path: Path
) -> None:
    done = move("--no-featured", "--repair-letters", *only(PLAIN[0]))
    assert done.status == 0, done.err
    with Move.open(tmp_path / "a.move") as kept:
        assert not kept.choices.featured
        assert kept.choices.repair
    assert move(*only(PLAIN[0])).status == 0
    with Move.open(tmp_path / "a.move") as kept:
        assert kept.choices.featured
        assert not kept.choices.repair


@pytest.mark.parametrize(("words", "blocks"), [((), True), (("--classic",), False)])
def test_posts_are_written_in_blocks_unless_classic_html_is_wanted(
    moving_day: Callable[..., Run], tmp_path: Path, words: tuple[str, ...], blocks: bool
) -> None:
    file = tmp_path / "blog.xml"
    again = ("move", SAMPLE, "--to", file, "--move", tmp_path / "a.move")
    moving_day(*again, *words)
    written = file.read_text().count("<!-- wp:")
    assert bool(written) is blocks
    # A move goes on as it began.
    moving_day(*again)
    assert file.read_text().count("<!-- wp:") == written


@pytest.mark.parametrize("wish", ["Mei", "=mei", "Mei=mei"])
def test_an_author_nobody_knows_is_told(move: Callable[..., Run], wish: str) -> None:
    done = move("--author", wish, *only(PLAIN[0]))
    assert done.status == 2
    assert "Traceback" not in done.err
    assert "Mei" in done.err or "names no two people" in done.err
