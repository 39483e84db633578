"""SQLite files that say what they are: an application's number and the version of its tables.

A file of an older version is brought up to date where it lies, step by step. Step n makes version n + 1 out
of version n in one transaction, so that a kill leaves a whole file of one version or the other.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence

logger = logging.getLogger(__name__)


def identity(
    connection: sqlite3.Connection,
    *,
    application: int,
    version: int,
    schema: str,
    make: bool,
    steps: Sequence[str] = (),
) -> tuple[int, int]:
    """Return (application, version) as a file has them; an empty one is made first, in WAL mode, if `make`.

    `steps` are the SQL that brings version 1 to 2, 2 to 3 and so on; a file of ours that is behind goes
    through those that it lacks. At a power cut the last commits may be lost, never half of one
    (synchronous = NORMAL).

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
    found_application = _pragma(connection, "application_id")
    if found_application == application:
        for before, step in enumerate(steps, start=1):
            if before == _pragma(connection, "user_version"):
                _upgrade(connection, before, step)
    return found_application, _pragma(connection, "user_version")


def _upgrade(connection: sqlite3.Connection, before: int, step: str) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _pragma(connection, "user_version") != before:  # another process was first
            return
        for statement in _statements(step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {before + 1}")
    (path,) = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
    logger.warning("%s: brought from schema %d to %d", path, before, before + 1)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
