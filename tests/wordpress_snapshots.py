"""What a test site holds, kept aside and put back while its server runs."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

PATIENCE = 15.0  # seconds
# State of a TCP connection in the kernel's list: one of these means that a process of
# the server has it, even when its client is long gone.
_IN_USE = ("01", "08")  # ESTABLISHED, CLOSE_WAIT


def take(folder: Path) -> Path:
    """Keep the site in ``folder`` as it is now; gives what `put_back` takes."""
    kept = Path(tempfile.mkdtemp(prefix="snapshot-", dir=folder))
    _copy_database(folder / "site.sqlite", kept / "site.sqlite")
    shutil.copytree(_uploads(folder), kept / "uploads")
    return kept


def put_back(folder: Path, kept: Path, port: int) -> None:
    """Make the site as it was, for whoever asks from now on at ``port``."""
    # Whoever is being answered now would write into the site that is put back.
    await_idle(port)
    shutil.rmtree(_uploads(folder))
    shutil.copytree(kept / "uploads", _uploads(folder))
    _copy_database(kept / "site.sqlite", folder / "site.sqlite")


def await_idle(port: int) -> None:
    """Return when the server at ``port`` has answered everybody; TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while _is_busy(port):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Somebody at port {port} is still being answered.")
        time.sleep(0.005)


def _copy_database(source: Path, target: Path) -> None:
    # SQLite's own copying takes part in its locks and its journal, so that a server
    # that has the file open sees the old or the new site and nothing between.
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target, timeout=PATIENCE)) as new,
    ):
        new.execute("PRAGMA synchronous=OFF")
        old.backup(new)


def _is_busy(port: int) -> bool:
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        if state in _IN_USE and int(local.rpartition(":")[2], 16) == port:
            return True
    return False


def _uploads(folder: Path) -> Path:
    return folder / "www/wp-content/uploads"
