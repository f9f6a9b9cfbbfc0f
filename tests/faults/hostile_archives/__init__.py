"""Hostile and broken archives, built by script: each says how reading it has to end."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.hostile_archives.bombs import bombs
from tests.faults.hostile_archives.case import Case
from tests.faults.hostile_archives.containers import containers
from tests.faults.hostile_archives.dates import dates
from tests.faults.hostile_archives.folders import folders
from tests.faults.hostile_archives.locked import locked
from tests.faults.hostile_archives.mutations import mutations
from tests.faults.hostile_archives.names import names
from tests.faults.hostile_archives.pages import pages
from tests.faults.hostile_archives.zips import structures

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
