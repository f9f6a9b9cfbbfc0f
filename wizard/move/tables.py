"""The tables of a .move file: made, brought up to date, and found damaged.

Every row ends with a checksum of what it says: SQLite notices a torn page, but not a
disk that gives back a wrong number.
"""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from pathlib import Path

from wizard.errors import MoveFileError

FORMAT = 6
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE posts (
    key TEXT PRIMARY KEY, title TEXT NOT NULL,
    date TEXT NOT NULL, categories TEXT NOT NULL, comments INTEGER NOT NULL,
    comments_elsewhere INTEGER NOT NULL, photos INTEGER NOT NULL,
    photos_missing INTEGER NOT NULL, thumbnail TEXT NOT NULL,
    chosen INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL) STRICT;
CREATE TABLE steps (
    kind TEXT NOT NULL, post TEXT NOT NULL, key TEXT NOT NULL, marker TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('waiting', 'sending', 'made', 'sent', 'refused', 'left out')),
    attempts INTEGER NOT NULL DEFAULT 0, asked_at REAL NOT NULL DEFAULT 0,
    remote TEXT NOT NULL DEFAULT '',
    fingerprint TEXT NOT NULL DEFAULT '', trouble TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, post, key)) STRICT;
CREATE INDEX steps_by_marker ON steps (marker);
CREATE INDEX steps_by_post ON steps (post);
"""
# What each format has that the one before it had not.
_SINCE = {
    2: """
ALTER TABLE posts ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE steps ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
CREATE TABLE thumbnails (marker TEXT PRIMARY KEY, jpeg BLOB NOT NULL) STRICT;
""",
    3: """
CREATE TABLE links (
    post TEXT NOT NULL, href TEXT NOT NULL, PRIMARY KEY (post, href)) STRICT;
""",
    4: """
ALTER TABLE links RENAME TO links_of_posts;
CREATE TABLE links (
    post TEXT NOT NULL, comment TEXT NOT NULL, href TEXT NOT NULL,
    old TEXT NOT NULL, kept INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (post, comment, href)) STRICT;
INSERT INTO links SELECT post, '', href, '', 0, '' FROM links_of_posts;
DROP TABLE links_of_posts;
""",
    5: """
CREATE TABLE former (
    post TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (post, address)) STRICT;
""",
    6: """
CREATE TABLE comments_before (
    post TEXT NOT NULL, key TEXT NOT NULL, author TEXT NOT NULL, date TEXT NOT NULL,
    said TEXT NOT NULL, gone INTEGER NOT NULL, PRIMARY KEY (post, key)) STRICT;
""",
}
_VERSION_AT = 60  # of the header: https://sqlite.org/fileformat.html
Value = str | int | float | bytes


def open_tables(path: Path, connection: sqlite3.Connection) -> None:
    """Lock the file for this program alone and see to it that its tables are there.

    Raises sqlite3.Error for what is no move file or is damaged, MoveFileError for one
    of another version.
    """
    # SQLite's own lock: held until the file is closed, gone with a killed program.
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("BEGIN EXCLUSIVE")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    # Empty because it is new, or because a kill came before its tables did.
    if not tables:
        _run(connection, _TABLES)
        version = 1
    elif version < 1:
        raise sqlite3.DatabaseError("it is somebody else's")
    elif version > FORMAT:
        connection.execute("ROLLBACK")
        raise MoveFileError(
            f"{path.name} was written by another version of Moving Day.",
            "Open it with that version, or start a new move.",
        )
    elif connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("the file is damaged")
    connection.execute("SELECT count(*) FROM steps").fetchone()
    for later in range(version + 1, FORMAT + 1):
        _run(connection, _SINCE[later])
    if not tables or version < FORMAT:
        connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")


def keep_copy_of_old(path: Path) -> None:
    """Keep what a file was before it is brought up to date, for the version that wrote
    it. Called before SQLite has it: closing a second handle would end its lock."""
    try:
        with path.open("rb") as file:
            head = file.read(_VERSION_AT + 4)
    except OSError:
        return
    old = 1 <= int.from_bytes(head[_VERSION_AT:]) < FORMAT
    if not (old and head.startswith(b"SQLite format 3\0")):
        return
    for end in ("", "-wal"):
        part = path.with_name(path.name + end)
        if part.is_file():
            shutil.copy2(part, part.with_name(f"{path.name}.before-update{end}"))


def sum_of(values: tuple[Value, ...]) -> int:
    """The checksum of a row with these values; never 0, which a row has that was
    written before there were any."""
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass")) or 1


def check_sum(path: Path, row: sqlite3.Row) -> None:
    """Raises MoveFileError if the row (its sum comes last) is not as it was written."""
    *values, known = tuple(row)
    if known and known != sum_of(tuple(values)):
        raise damaged(path, "a line in it has changed")


def unusable(path: Path, trouble: Exception) -> MoveFileError:
    """What a person reads when SQLite cannot use a file."""
    if getattr(trouble, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
        return MoveFileError(
            "This move is already open in another window.",
            "Go on there, or close that window first.",
            code="open",
        )
    return damaged(path, str(trouble))


def damaged(path: Path, why: str) -> MoveFileError:
    return MoveFileError(
        f"{path.name} is not a move file, or it is damaged.",
        "It was left as it is. Start a new move: posts that are already at the new blog "
        f"are recognised there and not sent twice. ({why})",
        code="damaged",
    )


def looks_like_ours(path: Path) -> bool:
    """Whether a damaged file was a move file once: nobody else's is set aside."""
    with path.open("rb") as file:
        head = file.read(100)
    return head.startswith(b"SQLite format 3\0") or path.suffix == ".move"


def set_aside(path: Path) -> Path:
    """Give a damaged file another name, so that a new one can take its place."""
    names = (
        path.with_name(f"{path.stem} damaged {n}{path.suffix}") for n in range(1, 999)
    )
    free = next(name for name in names if not name.exists())
    for end in ("-wal", "-shm", ""):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(free.with_name(free.name + end))
    return free


def _run(connection: sqlite3.Connection, script: str) -> None:
    # Not executescript, which would end the transaction first.
    for statement in script.split(";")[:-1]:
        connection.execute(statement)
