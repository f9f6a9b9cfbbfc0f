"""Move files of earlier formats, and rows that a disk gives back wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.move.doubles import entry
from wizard.destinations import Kind, Remote
from wizard.errors import MoveFileError
from wizard.move import tables
from wizard.move.events import State
from wizard.move.file import Move
from wizard.move.left_links import Left
from wizard.move.records import Step
from wizard.move.tables import FORMAT, set_aside

STEP = Step(
    Kind.POST, "cns!1", "cns!1", "md-1", State.SENT, remote=Remote(Kind.POST, 7)
)


def of_format_1(path: Path) -> None:
    """A file as the first version of the program wrote it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(tables._TABLES)
        connection.execute("PRAGMA user_version=1")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(
            "INSERT INTO steps (kind, post, key, marker, state) VALUES"
            " ('post', 'cns!1', 'cns!1', 'md-1', 'waiting')"
        )
        connection.commit()


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_file_is_brought_up_to_date_and_a_copy_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    of_format_1(path)
    with Move.open(path) as move:
        assert move.step(Kind.POST, "cns!1", "cns!1").marker == "md-1"
        move.keep_thumbnails({"md-1": b"small"})
        assert move.thumbnail("md-1") == b"small"
    assert version_of(path) == FORMAT
    assert version_of(tmp_path / "a.move.before-update") == 1


def test_the_links_of_a_file_of_format_3_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    of_format_1(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(tables._SINCE[2] + tables._SINCE[3])
        connection.execute("INSERT INTO links VALUES ('cns!1', 'http://old.example/')")
        connection.execute("PRAGMA user_version=3")
        connection.commit()
    with Move.open(path) as move:
        assert move.left("cns!1") == [Left("http://old.example/")]
        assert move.text("cns!1") == "", "how the text was sent is not known"
    assert version_of(path) == FORMAT


def test_killed_while_it_is_brought_up_to_date_it_is_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.move"
    of_format_1(path)
    statements = tables._SINCE[2].split(";")
    monkeypatch.setitem(tables._SINCE, 2, ";".join([statements[0], " nonsense", ""]))
    with pytest.raises(MoveFileError):
        Move.open(path)
    monkeypatch.undo()
    assert version_of(path) == 1
    Move.open(path).close()
    assert version_of(path) == FORMAT


@pytest.mark.parametrize(
    "change",
    [
        """UPDATE steps SET remote = replace(remote, '"id": 7', '"id": 8')""",
        "UPDATE steps SET state = 'waiting'",
        "UPDATE steps SET marker = 'md-2'",
    ],
)
def test_a_step_that_has_changed_by_itself_is_not_believed(
    tmp_path: Path, change: str
) -> None:
    path = tmp_path / "a.move"
    with Move.create(path) as move:
        move.record(STEP)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()
    with Move.open(path) as move, pytest.raises(MoveFileError, match="damaged"):
        move.step(Kind.POST, "cns!1", "cns!1")


def test_without_the_sums_the_wrong_number_would_be_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.move"
    with Move.create(path) as move:
        move.record(STEP)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("""UPDATE steps SET remote = replace(remote, ' 7', ' 8')""")
        connection.commit()
    monkeypatch.setattr("wizard.move.file.check_sum", lambda path, row: None)
    with Move.open(path) as move:
        found = move.step(Kind.POST, "cns!1", "cns!1").remote
        assert found
        assert found.id == 8


@pytest.mark.parametrize("column", ["body", "categories", "thumbnail"])
def test_what_cannot_be_read_any_more_gets_words(tmp_path: Path, column: str) -> None:
    path = tmp_path / "a.move"
    with Move.create(path) as move:
        move.add([entry(1, photos=1)])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE posts SET {column} = substr({column}, 3) || '~'")
        connection.commit()
    with Move.open(path) as move, pytest.raises(MoveFileError, match="damaged"):
        move.rows() and move.post("cns!1")


def test_a_file_is_set_aside_with_what_belongs_to_it(tmp_path: Path) -> None:
    path = tmp_path / "a.move"
    for end in ("", "-wal"):
        path.with_name(f"a.move{end}").write_text(f"old {end}")
    assert set_aside(path).name == "a damaged 1.move"
    assert not path.exists()
    assert (tmp_path / "a damaged 1.move-wal").read_text() == "old -wal"
    path.write_text("again")
    assert set_aside(path).name == "a damaged 2.move"
