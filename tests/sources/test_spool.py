"""The temporary file in which what was read waits."""

from __future__ import annotations

import gc
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wizard.errors import Unreadable
from wizard.sources.spool import Spool


def test_lines_come_back_by_their_numbers_in_any_order() -> None:
    spool = Spool()
    lines = [b"", b"one", "zwei \u2028 drei".encode(), b"x" * 100_000]
    numbers = [spool.add(line) for line in lines]
    assert [spool.get(number) for number in reversed(numbers)] == lines[::-1]
    spool.close()


def test_nobody_sees_the_file_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool = Spool()
    spool.add(b"secret")
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    del spool
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_threads_do_not_mix_their_lines() -> None:
    spool = Spool()

    def there_and_back(number: int) -> bool:
        line = str(number).encode() * (number % 50 + 1)
        return spool.get(spool.add(line)) == line

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(there_and_back, range(2000)))
    spool.close()


def test_a_disk_without_room_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(Unreadable) as caught:
        Spool()
    assert "disk" in caught.value.title
    assert str(tmp_path) in caught.value.hint
