"""The move without looking: it sends again what it sent, and leaves copies where they are."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from wizard.move.asking import Asker

HARM = "too much"


def without_a_look() -> AbstractContextManager[Any]:
    """Nothing is found, neither by its marker nor at the start, as long as this is
    entered."""
    return patch.multiple(
        Asker,
        _look=lambda self, *about: [],
        copies=lambda self, *about: {},
        take_away=lambda self, *about: 0,
    )
