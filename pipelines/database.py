"""SQLite files that say what they are: an application's number and the version of its tables."""

from __future__ import annotations

import sqlite3


def identity(
    connection: sqlite3.Connection, *, application: int, version: int, schema: str, make: bool
) -> tuple[int, int]:
    """Return (application, version) as a file has them; an empty one is made first, in WAL mode, if `make`.

    At a power cut the last commits may be lost, never half of one (synchronous = NORMAL).

    Raises:
        sqlite3.DatabaseError: the file is no database, or cannot be written.
    """
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if make and not tables:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            f"BEGIN; {schema}; PRAGMA application_id = {application}; "
            f"PRAGMA user_version = {version}; COMMIT;"
        )
    connection.execute("PRAGMA synchronous = NORMAL")
    (found_application,) = connection.execute("PRAGMA application_id").fetchone()
    (found_version,) = connection.execute("PRAGMA user_version").fetchone()
    return found_application, found_version
