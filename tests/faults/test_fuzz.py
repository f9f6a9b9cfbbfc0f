"""A stranger's bytes at every door, for some seconds; what was found before, every time."""

from __future__ import annotations

import pytest

from tests.faults.fuzz import FLOORS, _blind
from tests.faults.fuzz.broken import BROKEN
from tests.faults.fuzz.found import FOUND
from tests.faults.fuzz.mutation import tried
from tests.faults.fuzz.targets import TARGETS

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """One door is fuzzed with a server of its own in the place of the network."""
    from wizard import network
    from wizard.destinations.wordpress import rest

    monkeypatch.setattr(rest, "Session", rest.Session)
    monkeypatch.setattr(network, "_PAUSES", network._PAUSES)


@pytest.mark.parametrize("name", TARGETS)
def test_no_door_breaks_in_some_seconds(name: str) -> None:
    target = TARGETS[name]
    count, data, trouble = tried(target.one, target.seeds(), 3, 11)
    assert trouble is None, (trouble, data)
    assert count > len(target.seeds())


@pytest.mark.parametrize(
    ("name", "data"), [(name, data) for name, all_ in FOUND.items() for data in all_]
)
def test_what_was_mended_stays_mended(name: str, data: bytes) -> None:
    TARGETS[name].one(data)


@pytest.mark.parametrize("name", BROKEN)
def test_a_door_that_breaks_is_found_out(name: str) -> None:
    _, wrong, _ = _blind(name, 20, 5)
    assert len(wrong) == 1


def test_every_door_has_its_floor() -> None:
    assert FLOORS.keys() == TARGETS.keys()
