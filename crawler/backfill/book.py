"""backfill.db: what web archives hold of portals, what was asked, and what became of each capture.

It makes a back-fill resume: an index is asked on from its last page, a capture is had once. The order of
writes is archive → here `archived` → corpus → here `done`, so that a kill leaves work to do again, never work
lost.
Without the file, a back-fill asks everything again and stores nothing twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from crawler.backfill.found import Found
from crawler.backfill.source import Page, Question
from crawler.exceptions import DataDirectoryError
from pipelines.database import identity
from pipelines.outcomes import Outcome

APPLICATION_ID = 0x54494E42  # "TINB"
VERSION = 1
MOST_TRIES = 4  # of a capture that its archive does not give though it answers others

_SCHEMA = """
CREATE TABLE questions (
    portal TEXT NOT NULL,
    source TEXT NOT NULL,
    key TEXT NOT NULL,               -- what was asked
    asked_at TEXT NOT NULL,          -- when it was begun, ISO 8601 with +07:00
    mark TEXT,                       -- where the index goes on; NULL where it is answered to its end
    PRIMARY KEY (portal, source, key)
) WITHOUT ROWID;

CREATE TABLE captures (
    capture INTEGER PRIMARY KEY,
    portal TEXT NOT NULL,
    page TEXT NOT NULL,              -- address without scheme, "www." and last slash
    timestamp TEXT NOT NULL,         -- time of capture, UTC, 14 digits
    url TEXT NOT NULL,               -- as it was captured
    source TEXT NOT NULL,            -- wayback, commoncrawl, or the file
    place TEXT NOT NULL,             -- where the source has it
    digest TEXT NOT NULL,
    truncated INTEGER NOT NULL,      -- 1: the source has only the beginning
    state TEXT NOT NULL,             -- waiting; archived: had, to be read; done
    file TEXT, offset INTEGER,       -- of the record in our archive
    outcome TEXT, reason TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    UNIQUE (portal, page, timestamp)
);
CREATE INDEX captures_archived ON captures(portal) WHERE state = 'archived';
"""
_HELD = "capture, url, timestamp, digest, place, truncated, source, state, file, offset"


class Held(NamedTuple):
    """A capture as the book has it. `file` and `offset` say where it lies in our archive, once it does."""

    capture: int
    found: Found
    source: str
    state: str
    file: str | None
    offset: int | None

    @property
    def is_had(self) -> bool:
        """True where it is in our archive."""
        return self.file is not None


class Book:
    """The captures of all portals. Changes are durable after `commit`."""

    def __init__(self, path: Path) -> None:
        """Open backfill.db, or make it. Raises DataDirectoryError: it cannot be used."""
        self.connection = sqlite3.connect(path)
        try:
            found = identity(
                self.connection, application=APPLICATION_ID, version=VERSION, schema=_SCHEMA, make=True
            )
        except sqlite3.DatabaseError as error:
            self.connection.close()
            raise DataDirectoryError(f"{path}: cannot be used ({error}); move it away") from error
        if found != (APPLICATION_ID, VERSION):
            self.connection.close()
            raise DataDirectoryError(f"{path}: is not this version's; move it away, it is made anew")

    def begin(self, portal: str, source: str, question: Question, at: str, keeps: timedelta | None) -> bool:
        """Take a question up at a time (ISO 8601); False where its answer is known and holds still."""
        row = self.connection.execute(
            "SELECT asked_at, mark FROM questions WHERE portal = ? AND source = ? AND key = ?",
            (portal, source, question.key),
        ).fetchone()
        if row and row[1] is not None:
            return True
        if row and (keeps is None or datetime.fromisoformat(at) - datetime.fromisoformat(row[0]) < keeps):
            return False
        self.connection.execute(
            "INSERT OR REPLACE INTO questions (portal, source, key, asked_at, mark) VALUES (?, ?, ?, ?, '')",
            (portal, source, question.key, at),
        )
        return True

    def mark(self, portal: str, source: str, question: Question) -> str | None:
        """Return the mark from which a question that was taken up goes on, None for its beginning."""
        (mark,) = self.connection.execute(
            "SELECT mark FROM questions WHERE portal = ? AND source = ? AND key = ?",
            (portal, source, question.key),
        ).fetchone()
        return mark or None

    def answered(self, portal: str, source: str, question: Question, page: Page) -> int:
        """Write a page of an answer and where it goes on; return how many captures were not known."""
        before = self.connection.total_changes
        self.connection.executemany(
            "INSERT OR IGNORE INTO captures "
            "(portal, page, timestamp, url, source, place, digest, truncated, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
            [
                (portal, one.page, one.timestamp, one.url, source, one.place, one.digest, one.truncated)
                for one in page.found
            ],
        )
        new = self.connection.total_changes - before
        self.connection.execute(
            "UPDATE questions SET mark = ? WHERE portal = ? AND source = ? AND key = ?",
            (page.mark, portal, source, question.key),
        )
        self.connection.commit()
        return new

    def forget_questions(self, portal: str) -> None:
        """Have every index asked again; what is known of captures stays."""
        self.connection.execute("DELETE FROM questions WHERE portal = ?", (portal,))

    def pages(self, portal: str) -> Iterator[tuple[str, str, int, bool]]:
        """Yield (page, address of its first capture, number of captures, whether one is had)."""
        rows = self.connection.execute(
            "SELECT page, url, count(*), max(file IS NOT NULL), min(timestamp) FROM captures "
            "WHERE portal = ? GROUP BY page ORDER BY page",
            (portal,),
        )
        for page, url, captures, is_had, _ in rows:  # SQLite takes `url` from the row of the minimum
            yield page, url, captures, bool(is_had)

    def has(self, portal: str, page: str) -> bool:
        """True where an archive holds a page."""
        row = self.connection.execute(
            "SELECT 1 FROM captures WHERE portal = ? AND page = ? LIMIT 1", (portal, page)
        ).fetchone()
        return row is not None

    def captures(self, portal: str, page: str) -> list[Held]:
        """Return the captures of a page in the order of time."""
        rows = self.connection.execute(
            f"SELECT {_HELD} FROM captures WHERE portal = ? AND page = ? ORDER BY timestamp", (portal, page)
        )
        return [_held(row) for row in rows]

    def unread(self, portal: str) -> list[Held]:
        """Return what is in our archive and was not read, in the order in which it was archived."""
        rows = self.connection.execute(
            f"SELECT {_HELD} FROM captures WHERE portal = ? AND state = 'archived' ORDER BY file, offset",
            (portal,),
        )
        return [_held(row) for row in rows]

    def at(self, portal: str, page: str, timestamp: str) -> Held | None:
        """Return the capture of a page at a time, None where no index tells of one."""
        row = self.connection.execute(
            f"SELECT {_HELD} FROM captures WHERE portal = ? AND page = ? AND timestamp = ?",
            (portal, page, timestamp),
        ).fetchone()
        return _held(row) if row else None

    def last_place(self) -> tuple[str, int]:
        """Return (file, offset) of the last capture that was archived; the beginning where there is none."""
        row = self.connection.execute(
            "SELECT file, offset FROM captures WHERE file IS NOT NULL ORDER BY file DESC, offset DESC LIMIT 1"
        ).fetchone()
        return (str(row[0]), int(row[1])) if row else ("", 0)

    def archived(self, capture: int, file: str, offset: int) -> None:
        """Note that a capture is in our archive."""
        self.connection.execute(
            "UPDATE captures SET state = 'archived', file = ?, offset = ? WHERE capture = ?",
            (file, offset, capture),
        )

    def settle(self, capture: int, outcome: Outcome, reason: str | None = None) -> None:
        """Write what became of a capture."""
        self.connection.execute(
            "UPDATE captures SET state = 'done', outcome = ?, reason = ? WHERE capture = ?",
            (outcome, reason, capture),
        )

    def failed(self, capture: int, reason: str) -> None:
        """Count a failure to have a capture; after some it is given up."""
        self.connection.execute(
            "UPDATE captures SET tries = tries + 1, outcome = ?, reason = ?, "
            "state = CASE WHEN tries + 1 >= ? THEN 'done' ELSE state END WHERE capture = ?",
            (Outcome.HTTP_ERROR, reason, MOST_TRIES, capture),
        )

    def commit(self) -> None:
        """Make the changes durable."""
        self.connection.commit()

    def close(self) -> None:
        """Commit and close."""
        self.commit()
        self.connection.close()


def _held(row: tuple[object, ...]) -> Held:
    capture, url, timestamp, digest, place, truncated, source, state, file, offset = row
    found = Found(str(url), str(timestamp), str(digest), str(place), bool(truncated))
    return Held(capture, found, str(source), str(state), file, offset)  # type: ignore[arg-type]
