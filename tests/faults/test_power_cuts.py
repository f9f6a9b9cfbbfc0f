"""Some of the power cuts; `make scorecard` has a thousand."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.faults import lost_writes
from tests.faults.lost_writes import Left
from tests.faults.power_cuts import figures
from tests.faults.recording_disk import recording


@pytest.fixture(scope="module", autouse=True)
def _needs_fuse(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("fuse")
    try:
        with recording(folder / "disk", folder / "log"):
            pass
    except OSError as reason:
        pytest.skip(str(reason))


def test_the_disk_forgets_what_was_not_synced_and_nothing_else(tmp_path: Path) -> None:
    with recording(tmp_path / "disk", tmp_path / "log") as notes:
        with (tmp_path / "disk/a").open("wb", buffering=0) as file:
            file.write(b"kept")
            os.fsync(file.fileno())
            folder = os.open(tmp_path / "disk", os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
            file.write(b" lost")
        (tmp_path / "disk/b").write_bytes(b"whose name was never synced")
        notes.write_text("seen")
        assert (tmp_path / "disk/a").read_bytes() == b"kept lost"
    left = Left()
    done = list(lost_writes.operations(tmp_path / "log"))
    for operation in done:
        left.do(operation)
    assert ["noted", "seen"] in done
    assert left.survivors(lost_writes.none) == {"a": b"kept"}
    both = {"a": b"kept lost", "b": b"whose name was never synced"}
    assert left.survivors(lost_writes.everything) == both
    some = [left.survivors(lost_writes.anything(random.Random(n))) for n in range(40)]
    assert len({str(files) for files in some}) > 3
    assert all(files["a"].startswith(b"kept") for files in some)


def test_nothing_is_lost_or_doubled_whenever_the_current_fails() -> None:
    seed = time.time_ns()
    found = list(figures(0.04, seed))
    assert [figure for figure in found if not figure.fine] == [], seed
    assert [figure.control for figure in found] == [False, True, True]
