"""Whether a password ever goes to anybody but the server it is for, and never in the open: in small."""

from __future__ import annotations

from tests.faults.impostors import figures


def test_a_password_goes_to_the_server_it_is_for_and_to_nobody_else() -> None:
    found = list(figures(0.1, 1))
    assert len(found) == 6
    for figure in found:
        assert figure.fine, figure
