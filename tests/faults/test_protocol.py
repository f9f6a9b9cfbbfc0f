"""The model of the protocol holds in every order of events, and no part of it may be missing."""

from __future__ import annotations

from tests.faults.protocol import BROKEN, figures


def test_one_thing_is_sent_exactly_once_in_every_order_of_events() -> None:
    found = list(figures(1, 1))
    assert [figure for figure in found if not figure.fine] == []
    controls = [figure for figure in found if figure.control]
    assert len(controls) == len(BROKEN)
    assert all("twice" in figure.note for figure in controls)
