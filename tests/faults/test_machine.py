"""Whatever can be done to a move, in any order: a small part, and that harm would be found."""

from __future__ import annotations

import pytest

from tests.faults.machine import play
from tests.faults.machine_controls import CONTROLS, HARM


def test_nothing_is_lost_doubled_or_overwritten_in_any_order() -> None:
    steps, wrong = play(seed=1, examples=30)
    assert not wrong
    assert steps >= 900


@pytest.mark.parametrize("name", CONTROLS)
def test_the_machine_finds_the_harm_when(name: str) -> None:
    with CONTROLS[name]():
        _, wrong = play(seed=1, examples=300)
    assert HARM[name] in wrong
