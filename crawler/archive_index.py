"""The archive's index, in state.db: at which byte of which WARC file a response begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

INDEX_SCHEMA = """
CREATE TABLE records (
    record INTEGER PRIMARY KEY,
    file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,  -- bytes
    url TEXT NOT NULL, status INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,        -- capture time, ISO 8601 with +07:00
    digest TEXT,                     -- WARC-Payload-Digest
    original INTEGER,                -- of a revisit: the record that holds the page
    UNIQUE (file, offset)
);
"""


class ArchiveIndex:
    """The responses of all archive files, by number: the half of state.db that the frontier builds on."""

    connection: sqlite3.Connection

    def archived(self, file: str, offset: int, length: int, url: str, status: int, fetched_at: str) -> int:
        """Enter a response; return its record number."""
        cursor = self.connection.execute(
            "INSERT INTO records (file, offset, length, url, status, fetched_at) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET length = excluded.length RETURNING record",
            (file, offset, length, url, status, fetched_at),
        )
        return int(cursor.fetchone()[0])

    def record(self, number: int) -> tuple[str, int]:
        """Return (file name, offset) of an archived response."""
        file, offset = self.connection.execute(
            "SELECT file, offset FROM records WHERE record = ?", (number,)
        ).fetchone()
        return file, offset

    def indexed_up_to(self) -> dict[str, int]:
        """Return for every archive file the byte at which its last indexed record ends."""
        return dict(self.connection.execute("SELECT file, max(offset + length) FROM records GROUP BY file"))

    def records(self) -> Iterable[tuple[str, int, int, str]]:
        """Return (file, offset, length, url) of every indexed response, in archive order."""
        return self.connection.execute("SELECT file, offset, length, url FROM records ORDER BY file, offset")
