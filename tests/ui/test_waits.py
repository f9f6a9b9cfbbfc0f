"""What is said while nothing comes: a count-down, a stall, never silence."""

from __future__ import annotations

import pytest

from wizard.move.events import Trouble
from wizard.ui.waits import Said, Waits

BUSY = Trouble("The new blog asks us to wait.", "Nothing is lost.")
OFFLINE = Trouble("The new blog cannot be reached.", "Is this computer online?")


@pytest.fixture
def waits() -> Waits:
    return Waits("blog.example", 100.0)


def passing(waits: Waits, start: float, end: float) -> Said | None:
    """What is said at the end, after a look at every second."""
    said = None
    while start < end:
        said = waits.look(start)
        start += 1
    return waits.look(end) or said


def words(said: Said | None) -> str:
    return f"{said.title} {said.hint}" if said else ""


def test_a_wait_is_told_with_its_reason_and_counts_down(waits: Waits) -> None:
    waits.wait(BUSY, 42, 100.0)
    assert words(waits.look(100.0)) == (
        "The new blog asks us to wait. Nothing is lost. Going on in 0:42."
    )
    assert words(waits.look(101.0)).endswith("Going on in 0:41.")
    assert waits.held


def test_after_the_wait_it_says_that_it_tries_again_until_something_comes(
    waits: Waits,
) -> None:
    waits.wait(OFFLINE, 3, 100.0)
    assert words(waits.look(104.0)).endswith("Trying again now…")
    waits.heard(104.5)
    assert waits.look(104.6) is None
    assert not waits.held


def test_of_several_waits_the_longest_is_told(waits: Waits) -> None:
    waits.wait(BUSY, 42, 100.0)
    waits.wait(OFFLINE, 5, 101.0)
    assert words(waits.look(101.0)).endswith("Going on in 0:41.")


def test_what_goes_on_meanwhile_is_said_and_nothing_stands_still(waits: Waits) -> None:
    waits.wait(OFFLINE, 60, 100.0)
    waits.heard(101.0)
    assert words(waits.look(102.0)).endswith(
        "The rest goes on meanwhile; this one in 0:58."
    )
    assert not waits.held
    assert "Going on in 0:39." in words(passing(waits, 103.0, 121.0))
    passing(waits, 122.0, 158.0)
    waits.heard(158.5)
    passing(waits, 159.0, 160.0)
    assert waits.look(161.0) is None


@pytest.mark.parametrize("hurry", [True, False])
def test_trying_at_once_is_offered_where_it_makes_sense(
    waits: Waits, hurry: bool
) -> None:
    waits.wait(OFFLINE, 60, 100.0, hurry=hurry)
    said = passing(waits, 101.0, 110.0)
    assert said
    assert said.hurry is hurry
    late = passing(waits, 111.0, 159.5)
    assert late
    assert not late.hurry


def test_forty_seconds_of_silence_are_not_passed_over(waits: Waits) -> None:
    assert passing(waits, 100.0, 139.0) is None
    said = waits.look(140.2)
    assert said
    assert said.title == "Nothing has come back from blog.example for 40 seconds."
    assert "pause" in said.hint
    waits.look(144.0)
    assert "for 44 seconds" in words(waits.look(144.0))
    waits.heard(145.0)
    assert waits.look(145.1) is None


def test_silence_after_a_wait_is_a_stall_too(waits: Waits) -> None:
    waits.wait(OFFLINE, 2, 100.0)
    said = passing(waits, 100.0, 144.0)
    assert "Nothing has come back from blog.example for 42 seconds." in words(said)


def test_minutes_of_silence_are_told_in_minutes(waits: Waits) -> None:
    said = passing(waits, 100.0, 299.0)
    assert "for 3 minutes" in words(said)


def test_sleep_is_no_silence_and_no_waiting(waits: Waits) -> None:
    assert waits.look(101.0) is None
    assert waits.look(3701.0) is None
    waits.wait(BUSY, 30, 3701.0)
    waits.look(3702.0)
    assert words(waits.look(7302.0)).endswith("Going on in 0:29.")


def test_a_sleep_would_be_told_as_silence_if_it_were_not_noticed(
    waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.ui.waits.ASLEEP", float("inf"))
    assert waits.look(101.0) is None
    assert "for 60 minutes" in words(waits.look(3701.0))


def test_a_pause_that_takes_long_says_what_it_waits_for(waits: Waits) -> None:
    waits.stop(100.0)
    assert waits.look(103.0) is None
    said = waits.look(106.0)
    assert said
    assert said.title == "Still waiting for the last answer from blog.example."
