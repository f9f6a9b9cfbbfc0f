"""The files of a move: nobody else may read them, and no half-written one stays."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import Run
from wizard.destinations.wxr import ImportFile
from wizard.settings import SAMPLE

Moving = Callable[..., Run]


@pytest.fixture(autouse=True)
def careless_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Where every new file would be open to everybody."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_only_photos_which_a_web_server_must_read_are_for_others(
    moving_day: Moving, tmp_path: Path
) -> None:
    done = moving_day(
        "move", SAMPLE, "--to", tmp_path / "new.xml", "--time-zone", "UTC"
    )
    assert done.status == 1, done.err
    found = modes(tmp_path)
    photos = {name for name in found if name.startswith("new-photos/")}
    assert len(photos) == 43
    assert {found.pop(name) for name in photos} == {0o644}
    kinds = {".csv", ".html", ".move", ".txt", ".xml"}
    assert {Path(name).suffix for name in found} == kinds
    assert set(found.values()) == {0o600}
    (moves,) = (tmp_path / "data").rglob("moves")
    assert stat.S_IMODE(moves.stat().st_mode) == 0o700


def test_what_is_kept_until_the_import_file_is_finished_is_private_too(
    moving_day: Moving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImportFile, "finish", lambda self: None)
    to = tmp_path / "new.xml"
    words = ("move", SAMPLE, "--to", to, "--time-zone", "UTC")
    moving_day(*words, "--move", tmp_path / "a.move")
    parts = {
        n: m for n, m in modes(tmp_path).items() if not n.startswith("new-photos/")
    }
    assert len(parts) > 50
    open_to_others = {name for name, mode in parts.items() if mode != 0o600}
    assert open_to_others == {"new.xml.lock"}, "and a lock is empty"


def test_nothing_stays_in_the_folder_for_temporary_files(
    moving_day: Moving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = tmp_path / "temporary"
    spare.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    seen: set[str] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.002):
            seen.update(str(path) for path in spare.iterdir())

    watcher = threading.Thread(target=watch)
    watcher.start()
    done = moving_day("move", SAMPLE, "--to", tmp_path / "new.xml", "--dry-run")
    over.set()
    watcher.join()
    assert done.status == 0
    assert seen, "a dry run does keep its move in a temporary file"
    assert list(spare.iterdir()) == []
