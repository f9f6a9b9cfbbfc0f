"""One SQLite file of our own: for this program alone, and durable with every transaction."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from wizard.errors import MoveFileError
from wizard.move.tables import damaged, keep_copy_of_old, open_tables, unusable


class Database:
    """An open file. All methods may be called from any thread."""

    DURABLE = "FULL"

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        connection.row_factory = sqlite3.Row
        self._lock = threading.RLock()

    @classmethod
    def _open(cls, path: Path) -> Self:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_copy_of_old(path)
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = sqlite3.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as trouble:
            raise MoveFileError(
                f"The move file {path} cannot be opened.",
                f"Check that the folder exists and may be written to ({trouble}).",
            ) from None
        try:
            open_tables(path, connection)
        except (sqlite3.Error, UnicodeDecodeError) as trouble:
            connection.close()
            raise unusable(path, trouble) from None
        except MoveFileError:
            connection.close()
            raise
        return cls(path, connection)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _parsing(self) -> Iterator[None]:
        """What does not say what we once wrote was changed by somebody else."""
        try:
            yield
        except (ValueError, TypeError, LookupError, AttributeError) as trouble:
            raise damaged(self.path, type(trouble).__name__) from None

    def _all(self, query: str, values: tuple[str, ...] = ()) -> list[Any]:
        with self._lock:
            try:
                return self._connection.execute(query, whole(*values)).fetchall()
            except sqlite3.Error as trouble:
                raise unusable(self.path, trouble) from None
            except UnicodeDecodeError as trouble:
                raise damaged(self.path, trouble.reason) from None

    @contextmanager
    def _writing(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction, durable when the block is left; one that need not be may be
        lost to a power cut, with all that came after it."""
        how = self.DURABLE if durable else "NORMAL"
        with self._lock:
            try:
                self._connection.execute(f"PRAGMA synchronous={how}")
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except sqlite3.Error as trouble:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise MoveFileError(
                    f"The move file {self.path.name} cannot be written to.",
                    f"Is the disk full or was it taken out? ({trouble}) Nothing that was "
                    "sent is lost; open the move again to go on.",
                ) from None
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def whole(*values: str | int | float) -> tuple[str | int | float, ...]:
    """The same without half characters, which old titles and file names hold and
    SQLite does not take; different texts stay different."""
    return tuple(
        value.encode("utf-8", "backslashreplace").decode()
        if isinstance(value, str)
        else value
        for value in values
    )
