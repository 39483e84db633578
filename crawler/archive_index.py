"""The archive's index, in state.db: at which byte of which WARC file a response begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from crawler.revisits import Original

# A revisit names its page by address and time: where state.db is lost, each one in the archive asks.
ORIGINALS_SCHEMA = "CREATE INDEX records_originals ON records(fetched_at) WHERE original IS NULL;\n"
INDEX_SCHEMA = (
    """
CREATE TABLE records (
    record INTEGER PRIMARY KEY,
    file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,  -- bytes
    url TEXT NOT NULL, status INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,        -- capture time, ISO 8601 with +07:00
    digest TEXT,                     -- WARC-Payload-Digest
    original INTEGER,                -- of a revisit: the record that holds the page
    portal TEXT,                     -- that asked; '' for what is no page (robots.txt), NULL where not known
    page TEXT,                       -- the page that was asked for (pages.url); a redirect led on from there;
                                     -- what its address tells, where the portal is not known
    UNIQUE (file, offset)
);
"""
    + ORIGINALS_SCHEMA
)


class Archived(NamedTuple):
    """A response that the archive holds: its record, and where the page begins; of a revisit, where it was
    had first."""

    record: int
    file: str
    offset: int  # bytes


class Asked(NamedTuple):
    """A response's place in the archive, and for whom it was asked (None: not known)."""

    file: str
    offset: int
    length: int
    url: str
    portal: str | None
    page: str | None
    fetched_at: str
    is_revisit: bool  # the page was what it was


class ArchiveIndex:
    """The responses of all archive files, by number: the half of state.db that the frontier builds on."""

    connection: sqlite3.Connection

    def archived(
        self,
        file: str,
        offset: int,
        length: int,
        url: str,
        status: int,
        fetched_at: str,
        *,
        digest: str | None = None,
        original: int | None = None,
        portal: str | None = None,
        page: str | None = None,
    ) -> int:
        """Enter a response; return its record number.

        `original` is the record that holds the page, for a revisit; `portal` and `page` say for whose page it
        was asked.
        """
        row = (file, offset, length, url, status, fetched_at, digest or None, original, portal, page)
        cursor = self.connection.execute(
            "INSERT INTO records "
            "(file, offset, length, url, status, fetched_at, digest, original, portal, page) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET length = excluded.length RETURNING record",
            row,
        )
        return int(cursor.fetchone()[0])

    def record(self, number: int) -> tuple[str, int]:
        """Return (file name, offset) of an archived response; of a revisit, where the page itself is."""
        file, offset = self.connection.execute(
            "SELECT page.file, page.offset FROM records r "
            "JOIN records page ON page.record = coalesce(r.original, r.record) WHERE r.record = ?",
            (number,),
        ).fetchone()
        return file, offset

    def captured_at(self, number: int) -> str:
        """Return when an archived response came; of a revisit, when it was found to be the same."""
        row = self.connection.execute("SELECT fetched_at FROM records WHERE record = ?", (number,)).fetchone()
        return str(row[0])

    def last_response(self, portal: str, url: str) -> Original | None:
        """Return the record that holds a page as it was last had; None where its digest is not known."""
        row = self.connection.execute(
            "SELECT page.url, page.fetched_at, page.digest, page.record FROM pages p "
            "JOIN records r ON r.record = p.record "
            "JOIN records page ON page.record = coalesce(r.original, r.record) "
            "WHERE p.portal = ? AND p.url = ? AND page.digest IS NOT NULL",
            (portal, url),
        ).fetchone()
        return Original(*row) if row else None

    def find_original(self, original: Original) -> int | None:
        """Return the number of the record that a revisit found in the archive refers to."""
        row = self.connection.execute(
            "SELECT record FROM records WHERE url = ? AND fetched_at = ? AND original IS NULL",
            (original.url, original.fetched_at),
        ).fetchone()
        return row[0] if row else None

    def number(self, file: str, offset: int) -> int | None:
        """Return the record number of the response at a place, None where none is indexed there."""
        row = self.connection.execute(
            "SELECT record FROM records WHERE file = ? AND offset = ?", (file, offset)
        ).fetchone()
        return int(row[0]) if row else None

    def indexed_up_to(self) -> dict[str, int]:
        """Return for every archive file the byte at which its last indexed record ends."""
        return dict(self.connection.execute("SELECT file, max(offset + length) FROM records GROUP BY file"))

    def asked(self) -> Iterable[Asked]:
        """Return every indexed response and revisit, in archive order."""
        rows = self.connection.execute(
            "SELECT file, offset, length, url, portal, iif(portal IS NULL, NULL, page), fetched_at, "
            "original IS NOT NULL FROM records ORDER BY file, offset"
        )
        return (Asked(*row) for row in rows)

    def since(self, file: str, offset: int) -> Iterable[tuple[int, str, int, str, str]]:
        """Return (record, file, offset, url, capture time) of the responses behind a place in the archive."""
        return self.connection.execute(
            "SELECT record, file, offset, url, fetched_at FROM records WHERE (file, offset) > (?, ?) "
            "ORDER BY file, offset",
            (file, offset),
        )

    def records(self) -> Iterable[tuple[str, int, int, str]]:
        """Return (file, offset, length, url) of every indexed response, in archive order."""
        return self.connection.execute("SELECT file, offset, length, url FROM records ORDER BY file, offset")
