"""What is due when, in state.db: lists by their rhythms, articles by their age, failures after a pause.

All times are ISO 8601 with +07:00, so that they compare as text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

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

    def unfinished_walks(self, portal: str, lists: Collection[str]) -> set[str | None]:
        """Return the sections of which a page beyond the first waits to be fetched: a walk goes on there.

        `lists` are the addresses of the sections' first pages.
        """
        rows = self.connection.execute(
            "SELECT url, section FROM pages WHERE portal = ? AND kind = 'list' AND state <> 'done' "
            "AND tries < ?",
            (portal, MOST_TRIES),
        )
        return {section for url, section in rows if url not in lists}

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

    def due_at(self, portal: str, url: str, at: datetime, *, days: int) -> None:
        """Note that a list without a rhythm is due so many days after `at`."""
        moment = to_iso(at)
        self.connection.execute(
            "INSERT OR REPLACE INTO rhythms VALUES (?, ?, ?, NULL, NULL, 0, ?)",
            (portal, url, moment, to_iso(at + timedelta(days=days))),
        )

    def left(self, portal: str) -> list[tuple[str, str, str | None, str, str]]:
        """Return (url, kind, section, state, due) of the pages that earlier runs left; due "" is at once."""
        return self.connection.execute(
            "SELECT url, kind, section, state, coalesce(next_fetch_at, '') FROM pages "
            "WHERE portal = ? AND state <> 'done' AND tries < ?",
            (portal, MOST_TRIES),
        ).fetchall()

    def next_reading_again(self, portal: str) -> str | None:
        """Return when the first article that was read is to be read again."""
        (due,) = self.connection.execute(
            "SELECT min(next_fetch_at) FROM pages WHERE portal = ? AND state = 'done' "
            "AND next_fetch_at IS NOT NULL",
            (portal,),
        ).fetchone()
        return str(due) if due else None

    def rest(self, host: str, until: str) -> None:
        """Note until when a host asked to be left alone."""
        self.connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?)", (host, until))

    def resting(self, at: str) -> dict[str, str]:
        """Return the hosts that asked to be left alone beyond `at`, with the time until which they did."""
        return dict(self.connection.execute("SELECT host, not_before FROM hosts WHERE not_before > ?", (at,)))
