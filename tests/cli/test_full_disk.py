"""A disk that is full under an import file: told at once, once, and then it goes on."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import Run
from tests.destinations.wxr_case import items, word
from tests.small_disk import give_room, needs_root, small_disk
from wizard.move import engine, patience
from wizard.move.patience import Patience
from wizard.settings import SAMPLE

pytestmark = needs_root


def words(disk: Path, tmp_path: Path) -> tuple[object, ...]:
    to, file = disk / "blog.xml", tmp_path / "a.move"
    return ("move", SAMPLE, "--to", to, "--time-zone", "UTC", "--move", file)


def test_a_full_disk_is_told_at_once_and_once_and_with_room_it_goes_on(
    moving_day: Callable[..., Run], tmp_path: Path
) -> None:
    with small_disk("600k") as disk:
        began = time.monotonic()
        full = moving_day(*words(disk, tmp_path))
        assert time.monotonic() - began < 30
        said = full.out + full.err
        assert full.status == 4
        assert said.count(" is full.") == 1
        assert "Free some space on it, then go on" in said
        assert "Waiting" not in said
        assert "could not be written" not in said
        assert f"ready for {disk / 'blog.xml'}" in said
        assert "To import" not in said, "there is nothing yet"
        # How much of it was left for the report is a matter of luck.
        again = f'moving-day report "{tmp_path / "a.move"}"' in said
        assert again is not (disk / "blog.xml-report.html").exists()
        halves = [path.name for path in disk.rglob(".*") if path.is_file()]
        assert halves == [], "what cannot be finished takes no room"
        assert not (disk / "blog.xml").exists()
        give_room(disk, "20m")
        gc.collect()  # as the lock of a program that has ended is let go
        done = moving_day("resume", tmp_path / "a.move")
        # One photo of the sample is lost, with room or without.
        all_ = "All 24 posts, 43 of 44 photos and all 68 comments are in"
        assert f"{all_} {disk / 'blog.xml'}." in done.out, done.out + done.err
        posts = items(disk / "blog.xml")
        assert len(posts) == 24
        assert set(Counter(word(post, "post_id") for post in posts).values()) == {1}
        assert len([*(disk / "blog-photos").rglob("*.*")]) == 43


def test_control_taken_for_an_outage_it_is_waited_for(
    moving_day: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = Patience(settle=0.1, resend=0.2, first=0.05, longest=0.2, give_up=1)
    monkeypatch.setattr(engine, "Patience", lambda: hasty)
    monkeypatch.setattr(patience, "_HOPELESS", ())
    with small_disk("600k") as disk:
        full = moving_day(*words(disk, tmp_path))
    assert full.status == 4
    assert "Waiting" in full.out + full.err
