"""Addresses that strangers wrote into posts, and whether one leads into a private network: in small."""

from __future__ import annotations

from tests.faults.strangers import figures


def test_no_address_of_a_stranger_leads_into_a_private_network() -> None:
    found = list(figures(0.1, 1))
    assert len(found) == 2
    for figure in found:
        assert figure.fine, figure
