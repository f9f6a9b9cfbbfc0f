"""When the program itself dies: what is told of it, and that no password is in that."""

from __future__ import annotations

import faulthandler
from contextlib import suppress


def arrange() -> None:
    """A crash inside a library says on standard error where it was, by the names of
    functions and never with their values. No core is dumped: it would hold every
    password. Programs that this one starts inherit that."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    # A program with a window may have no standard error.
    with suppress(RuntimeError, AttributeError, OSError, ValueError):
        faulthandler.enable()
