"""That the cost of safety is measured; how high it may be is judged by `make scorecard`."""

from __future__ import annotations

from tests.faults.running import alone


def test_a_kill_costs_a_few_requests_and_a_lost_move_file_many() -> None:
    outcome = alone("cost", 0.12, 1)
    assert not outcome.broke, outcome.broke
    journal, killed, lost = outcome.figures
    assert "% " in journal.name
    assert "more than the" in killed.note
    # Of so few posts the one per cent is nothing.
    assert all("more requests" in words for words in killed.wrong), killed.wrong
    assert lost.control
    assert lost.fine, lost.note
