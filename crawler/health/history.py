"""health.db: what crawls saw of each portal, how its state changed, and which changes people were told.

A file of its own: nothing can make it again, so it outlives a corpus or a state that is rebuilt; and alarms
may be sent while a crawl is running.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

from crawler.exceptions import DataDirectoryError
from crawler.health.visit import Visit
from pipelines.database import identity

APPLICATION_ID = 0x54494E48  # "TINH"
VERSION = 1

_SCHEMA = """
CREATE TABLE visits (
    portal TEXT NOT NULL,
    at TEXT NOT NULL,                -- when its crawl ended
    seen TEXT NOT NULL,              -- JSON, see crawler.health.visit.Visit
    is_blind INTEGER NOT NULL DEFAULT 0, -- 1: our own connection was broken, see crawler.health.machine.blind
    PRIMARY KEY (portal, at)
) WITHOUT ROWID;
CREATE INDEX visits_at ON visits(at);

CREATE TABLE changes (
    portal TEXT NOT NULL,
    at TEXT NOT NULL,                -- when it was noticed
    state TEXT NOT NULL,             -- from then on
    is_red INTEGER NOT NULL,         -- 1: a person should look
    since TEXT NOT NULL,             -- when it began
    reason TEXT NOT NULL,            -- in English
    reason_vi TEXT NOT NULL,         -- in Vietnamese
    PRIMARY KEY (portal, at)
) WITHOUT ROWID;

CREATE TABLE told (
    channel TEXT NOT NULL,           -- command, mail, webhook
    portal TEXT NOT NULL,
    state TEXT NOT NULL,             -- the last that was told
    at TEXT NOT NULL,
    PRIMARY KEY (channel, portal)
) WITHOUT ROWID;

CREATE TABLE sizes (
    day TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL           -- of the data directory, at the end of the day's last run
) WITHOUT ROWID;
"""

# A month of visits whole, the last one of each day for a year and a month, since they tell what is usual.
_FORGET = """
DELETE FROM visits WHERE portal = ?1 AND (
    at < strftime('%Y-%m-%dT%H:%M:%S', ?2, '-400 days')
    OR at < strftime('%Y-%m-%dT%H:%M:%S', ?2, '-31 days') AND EXISTS (
        SELECT 1 FROM visits later WHERE later.portal = ?1 AND later.at > visits.at
        AND substr(later.at, 1, 10) = substr(visits.at, 1, 10)
    )
)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A portal's state from `at` on; `since` is when it began, which is earlier."""

    portal: str
    at: str
    state: str
    is_red: bool
    since: str
    reason: str
    reason_vi: str


class History:
    """The file, opened for writing. Every method commits."""

    def __init__(self, path: Path) -> None:
        """Open health.db, or make it.

        Raises:
            DataDirectoryError: it cannot be written, is not ours, or is from another version.
        """
        try:
            self._connection = sqlite3.connect(path, timeout=30)
            found = identity(
                self._connection, application=APPLICATION_ID, version=VERSION, schema=_SCHEMA, make=True
            )
        except sqlite3.DatabaseError as error:
            raise DataDirectoryError(
                f"{path}: cannot be used ({error}); move it away, and health begins anew"
            ) from error
        if found != (APPLICATION_ID, VERSION):
            self._connection.close()
            raise DataDirectoryError(
                f"{path}: not this version's history (schema {found[1]}, this one uses {VERSION}); "
                "move it away"
            )

    def record(self, visit: Visit) -> None:
        """Keep a visit; forget what is older than is of use."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO visits (portal, at, seen) VALUES (?, ?, ?)",
                (visit.portal, visit.at, visit.to_json()),
            )
            self._connection.execute(_FORGET, (visit.portal, visit.at[:19]))

    def visits_of(self, portal: str) -> list[Visit]:
        """Return the visits that tell of a portal, in order of time."""
        rows = self._connection.execute(
            "SELECT portal, at, seen FROM visits WHERE portal = ? AND NOT is_blind ORDER BY at", (portal,)
        )
        return [Visit.from_json(*row) for row in rows]

    def visits_since(self, at: str) -> list[Visit]:
        """Return all visits from a time on, in order of time, those too that tell of us alone."""
        rows = self._connection.execute(
            "SELECT portal, at, seen FROM visits WHERE at >= ? ORDER BY at", (at,)
        )
        return [Visit.from_json(*row) for row in rows]

    def mark_blind(self, visits: Iterable[tuple[str, str]]) -> None:
        """Note the (portal, time) of visits that say nothing of their portal."""
        with self._connection:
            self._connection.executemany(
                "UPDATE visits SET is_blind = 1 WHERE portal = ? AND at = ?", list(visits)
            )

    def last_visits(self, *, fewest: int = 1) -> dict[str, str]:
        """Return portal → when it was last visited, of those that were so often."""
        rows = self._connection.execute(
            "SELECT portal, max(at) FROM visits GROUP BY portal HAVING count(*) >= ?", (fewest,)
        )
        return dict(rows.fetchall())

    def times_since(self, at: str) -> list[str]:
        """Return when portals were visited, from a time on, in order."""
        return [
            time
            for (time,) in self._connection.execute("SELECT at FROM visits WHERE at >= ? ORDER BY at", (at,))
        ]

    def forget(self, portal: str) -> None:
        """Forget a portal's visits but the last: what is there now is what is usual."""
        with self._connection:
            self._connection.execute(
                "DELETE FROM visits WHERE portal = ?1 "
                "AND at < (SELECT max(at) FROM visits WHERE portal = ?1)",
                (portal,),
            )

    def change(self, change: Change) -> None:
        """Keep a change of state."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(change)
            )

    def standings(self) -> dict[str, Change]:
        """Return every portal's last change."""
        rows = self._connection.execute(
            "SELECT portal, max(at), state, is_red, since, reason, reason_vi FROM changes GROUP BY portal"
        )
        return {row[0]: Change(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in rows}

    def told(self, channel: str) -> dict[str, str]:
        """Return portal → the state that was last told on a channel."""
        return dict(
            self._connection.execute(
                "SELECT portal, state FROM told WHERE channel = ?", (channel,)
            ).fetchall()
        )

    def mark_told(self, channel: str, states: Iterable[tuple[str, str]], at: str) -> None:
        """Note the (portal, state) that were told on a channel."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?)",
                [(channel, portal, state, at) for portal, state in states],
            )

    def measure(self, day: str, size: int) -> None:
        """Note how much the data directory holds on a day, in bytes."""
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO sizes VALUES (?, ?)", (day, size))

    def sizes(self, since: str) -> list[tuple[str, int]]:
        """Return (day, bytes) from a day on, in order of time."""
        return self._connection.execute(
            "SELECT day, bytes FROM sizes WHERE day >= ? ORDER BY day", (since,)
        ).fetchall()

    def close(self) -> None:
        """Fold the write-ahead log into the database and close."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
