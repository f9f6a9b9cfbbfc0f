"""The .move file: one owner, durable, private, and words for everything it is not."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.move.doubles import entry, picture
from wizard.blog import Blog, Photo
from wizard.destinations import Kind, Remote
from wizard.errors import MoveFileError
from wizard.move.choices import As, Choices
from wizard.move.events import State, Trouble
from wizard.move.file import Move
from wizard.move.records import Step
from wizard.move.tables import FORMAT

ROOT = Path(__file__).resolve().parents[2]
POST = Step(Kind.POST, "cns!1", "cns!1", "md-1")


def test_what_is_remembered_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "holiday.move"
    post = entry(1, photos=2, comments=3, categories=("Süd", "海"))
    step = replace(
        POST,
        state=State.REFUSED,
        attempts=3,
        asked_at=1.5,
        remote=Remote(Kind.POST, 7, "https://new/7", "draft", "md-1", "s", 3, 2),
        fingerprint="a b",
        trouble=Trouble("It was not taken.", "Ask."),
    )
    with Move.create(path) as move:
        assert (move.blog, move.noted("site"), move.choices) == (None, "", Choices())
        move.blog = Blog("space!1", "My Space", "memory", notes=("One.",))
        move.choices = Choices(As.PRIVATE, "Asia/Shanghai", tags=False)
        move.note("site", "New Home")
        move.add([post])
        move.record(step)
    with Move.open(path) as move:
        assert move.blog == Blog("space!1", "My Space", "memory", notes=("One.",))
        assert move.choices == Choices(As.PRIVATE, "Asia/Shanghai", tags=False)
        assert move.noted("site") == "New Home"
        assert move.post("cns!1") == post
        assert move.chosen_keys() == [post.key]
        assert move.step(Kind.POST, "cns!1", "cns!1") == step
        assert move.steps("cns!1") == [step]
        assert move.bearing("md-1") == [step]
        assert move.bearing("md-2") == []


def test_only_one_program_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    holds = (
        "import sys, pathlib; from wizard.move.file import Move\n"
        "with Move.create(pathlib.Path(sys.argv[1])): print('open', flush=True); input()"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", holds, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with owner:
        assert owner.stdout
        assert owner.stdout.readline() == "open\n"
        with pytest.raises(MoveFileError, match="already open in another window"):
            Move.open(path)
        # Its owner dies without a word, and leaves no lock behind.
        owner.kill()
        owner.wait()
        with Move.open(path), pytest.raises(MoveFileError, match="another window"):
            Move.open(path)
    Move.open(path).close()


def test_it_is_for_nobody_elses_eyes(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    before = os.umask(0)
    try:
        with Move.create(path) as move:
            move.note("a", "b")
            for file in tmp_path.glob("a.move*"):
                assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        assert [file.name for file in tmp_path.iterdir()] == ["a.move"]
    finally:
        os.umask(before)


def test_each_commit_is_on_the_disk_before_it_counts(tmp_path: Path) -> None:
    with Move.create(tmp_path / "a.move") as move:
        pragma = move._connection.execute
        assert pragma("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert pragma("PRAGMA synchronous").fetchone()[0] == 2  # FULL
    with Move.open(tmp_path / "a.move") as move:
        pragma = move._connection.execute
        assert pragma("PRAGMA synchronous").fetchone()[0] == 2


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.commit()
    connection.close()


def _damaged(path: Path) -> None:
    with Move.create(path) as move:
        move.add([entry(n) for n in range(50)])
    data = bytearray(path.read_bytes())
    data[100:4096] = random.Random(1).randbytes(3996)
    path.write_bytes(data)


def _cut_off(path: Path) -> None:
    with Move.create(path) as move:
        move.add([entry(n) for n in range(50)])
    path.write_bytes(path.read_bytes()[:5000])


def _newer(path: Path) -> None:
    Move.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={FORMAT + 1}")
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(picture(1)), "not a move file"),
        (lambda path: path.write_text("Dear diary, " * 500), "not a move file"),
        (_other_database, "not a move file"),
        (_damaged, "damaged"),
        (_cut_off, "damaged"),
        (_newer, "another version"),
        (lambda path: path.mkdir(), "There is no move file"),
        (lambda path: None, "There is no move file"),
    ],
)
def test_what_is_no_move_file_gets_words_and_is_left_as_it_is(
    tmp_path: Path, make: object, words: str
) -> None:
    path = tmp_path / "a.move"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(MoveFileError, match=words) as caught:
        Move.open(path)
    assert caught.value.hint
    assert "Traceback" not in str(caught.value)
    if before:
        assert path.read_bytes() == before
        assert not list(tmp_path.glob("*-wal"))


def test_a_new_move_never_replaces_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    path.write_text("mine")
    with pytest.raises(MoveFileError, match="already a file named"):
        Move.create(path)
    assert path.read_text() == "mine"


def test_a_place_that_cannot_be_written_to_gets_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MoveFileError, match="cannot be opened"):
        Move.create(tmp_path / "file" / "a.move")


def test_a_file_that_was_never_begun_is_begun(tmp_path: Path) -> None:
    """What a kill leaves between making the file and filling it."""
    path = tmp_path / "a.move"
    path.touch()
    with Move.open(path) as move:
        move.add([entry(1)])
        assert len(move.rows()) == 1


def test_ticks_survive_a_second_reading(tmp_path: Path) -> None:
    with Move.create(tmp_path / "a.move") as move:
        move.add([entry(1), entry(2), entry(3)])
        move.choose(["cns!2"], False)
        move.add([entry(3), entry(2, title="New words"), entry(1), entry(4)])
        assert [(r.key, r.title, r.chosen) for r in move.rows()] == [
            ("cns!1", "Entry 1", True),
            ("cns!2", "New words", False),
            ("cns!3", "Entry 3", True),
            ("cns!4", "Entry 4", True),
        ]
        assert move.chosen_keys() == ["cns!1", "cns!3", "cns!4"]
        assert move.post("cns!2").title == "New words"
        move.choose(["cns!2"], True)
        assert "cns!2" in move.chosen_keys()


def test_a_post_the_source_no_longer_has_is_forgotten_unless_it_was_sent(
    tmp_path: Path,
) -> None:
    with Move.create(tmp_path / "a.move") as move:
        move.add([entry(1), entry(2), entry(3)])
        move.record(POST, state=State.SENT)
        move.forget_posts({"cns!3"})
        assert [row.key for row in move.rows()] == ["cns!1", "cns!3"]
        with pytest.raises(MoveFileError):
            move.post("cns!2")


def test_rows_show_what_the_list_of_posts_needs(tmp_path: Path) -> None:
    photos = (Photo("gone.jpg", False), Photo("here.jpg", True, ("x",), alt="A"))
    post = entry(1, comments=2, photos=0, comments_elsewhere=5, categories=("A", "B"))
    with Move.create(tmp_path / "a.move") as move:
        move.add([replace(post, photos=photos), entry(2, date=None)])
        remote = Remote(Kind.POST, 9, "https://new/9")
        trouble = Trouble("No.", "Why not?")
        move.record(POST, state=State.REFUSED, remote=remote, trouble=trouble)
        first, second = move.rows()
    assert first.date == post.date.isoformat() if post.date else False
    assert (first.comments, first.comments_elsewhere) == (2, 5)
    assert (first.photos, first.photos_missing, first.thumbnail) == (2, 1, photos[1])
    assert (first.categories, first.address) == (("A", "B"), "https://new/9")
    assert (first.state, first.trouble) == (State.REFUSED, trouble)
    assert (second.date, second.thumbnail, second.state) == ("", None, State.WAITING)


def test_counts_are_of_chosen_posts(tmp_path: Path) -> None:
    with Move.create(tmp_path / "a.move") as move:
        move.add([entry(1), entry(2)])
        move.record(POST, state=State.SENT)
        move.record(replace(POST, kind=Kind.COMMENT, key="c"), state=State.REFUSED)
        move.record(Step(Kind.POST, "cns!2", "cns!2", "md-2"), state=State.SENT)
        assert move.counts() == {"post": {"sent": 2}, "comment": {"refused": 1}}
        move.choose(["cns!2"], False)
        assert move.counts() == {"post": {"sent": 1}, "comment": {"refused": 1}}


def test_half_an_emoji_in_an_old_blog_is_no_reason_to_fail(tmp_path: Path) -> None:
    """File names that are no UTF-8 look like that as well."""
    broken = entry(1, key="\udc93", title="Half \ud83d of it", categories=("\udc00",))
    step = replace(POST, post="\udc93", key="caf\udce9.jpg")
    with Move.create(tmp_path / "a.move") as move:
        move.add([broken, entry(2)])
        move.note("a", "\ud83d")
        move.record(step)
        move.record(replace(step, key="caf\udce8.jpg"))
        assert len(move.steps("\udc93")) == 2
        move.choose(["\udc93"], False)
        move.forget_posts({"\udc93"})
        (row,) = move.rows()
        assert (row.title[:5], row.chosen) == ("Half ", False)
        assert move.post("\udc93") == broken


def test_a_file_that_has_broken_gets_words(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    with Move.create(path) as move:
        move.add([entry(n) for n in range(500)])
    data = bytearray(path.read_bytes())
    data[40_000:80_000] = random.Random(1).randbytes(40_000)
    path.write_bytes(data)
    with pytest.raises(MoveFileError, match="damaged"), Move.open(path) as move:
        list(map(move.post, move.chosen_keys()))


def test_threads_share_it(tmp_path: Path) -> None:
    failures: list[Exception] = []

    def work(number: int) -> None:
        try:
            for count in range(20):
                step = Step(Kind.COMMENT, "cns!1", f"{number}-{count}", "md")
                move.record(step, state=State.MADE)
                move.step(step.kind, step.post, step.key)
                move.counts()
        except Exception as failure:
            failures.append(failure)

    with Move.create(tmp_path / "a.move") as move:
        move.add([entry(1)])
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert move.counts() == {"comment": {"made": 160}}


def test_a_step_that_was_settled_before_it_was_begun_gets_its_marker(
    tmp_path: Path,
) -> None:
    """Without one it could never be found again at the new blog."""
    with Move.create(tmp_path / "a.move") as move:
        move.record(replace(POST, marker=""), state=State.REFUSED)
        assert move.step(Kind.POST, "cns!1", "cns!1", "md-1").marker == "md-1"
        move.record(POST, state=State.SENT)
        assert move.step(Kind.POST, "cns!1", "cns!1", "md-2").marker == "md-1"
