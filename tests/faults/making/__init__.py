"""Hostile and broken archives, built by script: each says how reading it has to end."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.making.case import Case
from tests.faults.making.containers import containers
from tests.faults.making.dates import dates
from tests.faults.making.folders import folders
from tests.faults.making.locked import locked
from tests.faults.making.mutations import mutations
from tests.faults.making.names import names
from tests.faults.making.pages import pages
from tests.faults.making.zips import bombs, structures

__all__ = ["Case", "every_case"]


def every_case(seed: int) -> Iterator[Case]:
    """All of them, the same ones for the same seed, each name once."""
    yield from names()
    yield from bombs()
    yield from structures()
    yield from locked()
    yield from containers(seed)
    yield from folders()
    yield from pages()
    yield from dates()
    yield from mutations(seed)
