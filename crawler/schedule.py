"""What is due when, in state.db: lists by their sections' rhythms, articles by their age, failures after a pause.

All times are ISO 8601 with +07:00, so that they compare as text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime

from crawler.clock import to_iso
from crawler.rhythm import Rhythm, pause_after

MOST_TRIES = 5  # of a page that fails; then it waits for --full

SCHEDULE_SCHEMA = """
CREATE TABLE sections (
    portal TEXT NOT NULL,
    url TEXT NOT NULL,
    walked TEXT NOT NULL,            -- when its list was first followed to the end
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;

CREATE TABLE rhythms (
    portal TEXT NOT NULL,
    url TEXT NOT NULL,               -- of a section's list; of a countable section its address with {}
    visited TEXT,                    -- when it was last had
    articles REAL, days REAL,        -- so many new articles in so many days, see crawler/rhythm.py
    failures INTEGER NOT NULL,       -- since it was last had
    next_fetch_at TEXT NOT NULL,
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;

CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    not_before TEXT NOT NULL         -- until when it asked to be left alone (Retry-After)
) WITHOUT ROWID;
"""


class Schedule:
    """When lists, pages and hosts may be asked again: the part of state.db that the frontier builds on."""

    connection: sqlite3.Connection

    def walked(self, portal: str, section_url: str) -> bool:
        """True where a section's list was followed to its end once: from then on, until known rows."""
        row = self.connection.execute(
            "SELECT 1 FROM sections WHERE portal = ? AND url = ?", (portal, section_url)
        ).fetchone()
        return row is not None

    def mark_walked(self, portal: str, section_url: str, at: str) -> None:
        """Note that a section's list was followed to its end."""
        self.connection.execute("INSERT OR IGNORE INTO sections VALUES (?, ?, ?)", (portal, section_url, at))

    def unfinished_walks(self, portal: str) -> set[str | None]:
        """Return the sections of which a list page after the first waits to be fetched: a walk goes on there."""
        rows = self.connection.execute(
            "SELECT DISTINCT section FROM pages WHERE portal = ? AND kind = 'list' AND state <> 'done' "
            "AND tries < ? AND url NOT IN (SELECT url FROM rhythms WHERE portal = ?)",
            (portal, MOST_TRIES, portal),
        )
        return {section for (section,) in rows}

    def visited(self, portal: str, url: str, found: int, published: Iterable[datetime], at: datetime) -> None:
        """Note that a section's list was read, with so many new articles; learn when it is due again.

        `published` are the days that the list prints: its first visit learns from them.
        """
        row = self.connection.execute(
            "SELECT visited, articles, days FROM rhythms WHERE portal = ? AND url = ?", (portal, url)
        ).fetchone()
        if row and row[0]:
            passed = max((at - datetime.fromisoformat(row[0])).total_seconds(), 0.0) / 86_400
            rhythm = Rhythm(row[1], row[2]).after(found, passed)
        else:
            rhythm = Rhythm.of(published, at) or Rhythm()
        self.connection.execute(
            "INSERT OR REPLACE INTO rhythms VALUES (?, ?, ?, ?, ?, 0, ?)",
            (portal, url, to_iso(at), rhythm.articles, rhythm.days, to_iso(at + rhythm.interval)),
        )

    def visit_failed(self, portal: str, url: str, at: datetime) -> None:
        """Note that a section's list could not be had or read."""
        row = self.connection.execute(
            "SELECT failures FROM rhythms WHERE portal = ? AND url = ?", (portal, url)
        ).fetchone()
        failures = (row[0] if row else 0) + 1
        self.connection.execute(
            "INSERT INTO rhythms (portal, url, failures, next_fetch_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET failures = excluded.failures, next_fetch_at = excluded.next_fetch_at",
            (portal, url, failures, to_iso(at + pause_after(failures))),
        )

    def keep_visits(self, portal: str, urls: Collection[str]) -> None:
        """Forget the rhythms of sections that the portal no longer has."""
        known = self.connection.execute("SELECT url FROM rhythms WHERE portal = ?", (portal,)).fetchall()
        self.connection.executemany(
            "DELETE FROM rhythms WHERE portal = ? AND url = ?",
            [(portal, url) for (url,) in known if url not in urls],
        )

    def next_visits(self, portal: str) -> dict[str, str]:
        """Return the address of each section's list with the time at which it is due."""
        return dict(
            self.connection.execute("SELECT url, next_fetch_at FROM rhythms WHERE portal = ?", (portal,))
        )

    def next_page(self, portal: str, *, waiting: bool = True) -> str | None:
        """Return when the first page besides sections' lists is due; "" at once, None where none ever is.

        With `waiting` false, pages that no run has come to yet are left out: those wait for the night.
        """
        (due,) = self.connection.execute(
            "SELECT min(next_fetch_at) FROM pages WHERE portal = ? AND next_fetch_at IS NOT NULL "
            "AND (state = 'done' OR (? AND tries < ?))",
            (portal, waiting, MOST_TRIES),
        ).fetchone()
        (at_once,) = self.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM pages WHERE portal = ? AND state <> 'done' AND tries < ? "
            "AND next_fetch_at IS NULL AND (? OR state = 'fetched') "
            "AND NOT (kind = 'list' AND url IN (SELECT url FROM rhythms WHERE portal = ?)))",
            (portal, MOST_TRIES, waiting, portal),
        ).fetchone()
        return "" if at_once else due

    def rest(self, host: str, until: str) -> None:
        """Note until when a host asked to be left alone."""
        self.connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?)", (host, until))

    def resting(self, at: str) -> dict[str, str]:
        """Return the hosts that asked to be left alone beyond `at`, with the time until which they did."""
        return dict(
            self.connection.execute("SELECT host, not_before FROM hosts WHERE not_before > ?", (at,))
        )
