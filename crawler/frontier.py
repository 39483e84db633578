"""state.db: which URLs there are, and what became of each.

The frontier is what makes a crawl resume: Scrapy's own queue lives in memory only. The order of writes is
archive → page marked `fetched` → corpus → page marked `done`, so that a kill at any point leaves work to
do again, never work lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from crawler.archive_index import INDEX_SCHEMA, ORIGINALS_SCHEMA, ArchiveIndex
from crawler.clock import from_iso, to_iso
from crawler.exceptions import DataDirectoryError
from crawler.page_lookup import PageLookup
from crawler.rhythm import next_reading, pause_after
from crawler.schedule import MOST_TRIES, SCHEDULE_SCHEMA, Schedule
from crawler.surveys import SURVEYS_SCHEMA, Surveys
from crawler.target import Target
from crawler.unclaimed import UNCLAIMED_SCHEMA, UNCLAIMED_UPGRADE, Unclaimed
from pipelines.database import identity
from pipelines.outcomes import IN_CORPUS, Outcome

APPLICATION_ID = 0x54494E46  # "TINF"

_SCHEMA = """
CREATE TABLE pages (
    portal TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,              -- list or article
    section TEXT,
    asset TEXT,                      -- the portal's own number for the article, where the address tells it
    headline TEXT, stamp TEXT,       -- as the list printed them
    form TEXT,                       -- body of a POST; NULL for a GET
    state TEXT NOT NULL,             -- queued: to be fetched; fetched: archived, to be read; done
    record INTEGER,                  -- the last archived response
    etag TEXT, last_modified TEXT,
    body_digest TEXT,                -- of what was last read, unpacked
    tries INTEGER NOT NULL DEFAULT 0, -- failures since the last success
    last_outcome TEXT, last_reason TEXT,
    first_seen TEXT NOT NULL, last_fetched TEXT,
    born TEXT,                       -- when it was published, else first seen; NULL: not to be read again
    next_fetch_at TEXT,              -- queued: not before; done: to be read again; NULL: at once, or never
    PRIMARY KEY (portal, url)
) WITHOUT ROWID;
CREATE UNIQUE INDEX pages_asset ON pages(portal, asset) WHERE asset IS NOT NULL;
CREATE INDEX pages_state ON pages(portal, state) WHERE state <> 'done';
CREATE INDEX pages_due ON pages(portal, next_fetch_at) WHERE next_fetch_at IS NOT NULL;

"""

UPGRADES = (
    """
ALTER TABLE pages ADD COLUMN born TEXT;
ALTER TABLE pages ADD COLUMN next_fetch_at TEXT;
CREATE INDEX pages_due ON pages(portal, next_fetch_at) WHERE next_fetch_at IS NOT NULL;
CREATE TABLE rhythms (
    portal TEXT NOT NULL, url TEXT NOT NULL, visited TEXT, articles REAL, days REAL,
    failures INTEGER NOT NULL, next_fetch_at TEXT NOT NULL, PRIMARY KEY (portal, url)
) WITHOUT ROWID;
CREATE TABLE hosts (host TEXT PRIMARY KEY, not_before TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE records ADD COLUMN digest TEXT;
ALTER TABLE records ADD COLUMN original INTEGER;
ALTER TABLE records ADD COLUMN portal TEXT;
ALTER TABLE records ADD COLUMN page TEXT;
"""
    + SURVEYS_SCHEMA,
    UNCLAIMED_UPGRADE,
    ORIGINALS_SCHEMA,
)
VERSION = 1 + len(UPGRADES)

# Outcomes after which the page stays queued: another day, another archive may give it.
_TRY_AGAIN = frozenset(
    {
        Outcome.NOT_ARCHIVED,
        Outcome.SKIPPED_BUDGET,
        Outcome.BLOCKED_BY_ROBOTS,
        Outcome.CHALLENGED,
        Outcome.HTTP_ERROR,
        Outcome.TLS_ERROR,
        Outcome.DNS_ERROR,
        Outcome.TIMEOUT,
    }
)
# After these another address of the same asset may still lead to the article.
_NO_ARTICLE = frozenset(
    {
        Outcome.INCOMPLETE,
        Outcome.BLOCKED_BY_ROBOTS,
        Outcome.SOFT_404,
        Outcome.GONE,
        Outcome.NOT_HTML,
        Outcome.PARSE_ERROR,
    }
)
# After these the page is asked for whole and read again, even if it is the same: we may have learnt to.
_NOT_READ = _NO_ARTICLE | {Outcome.CHALLENGED}
_IS_READ = f"kind = 'article' AND state = 'done' AND last_outcome IN ({', '.join('?' * len(IN_CORPUS))})"
_READ_OR_NOT = (*IN_CORPUS, *sorted(_NOT_READ - {Outcome.GONE, Outcome.BLOCKED_BY_ROBOTS}))
# These tell of a run alone, not of the page.
NO_FAULT = frozenset({Outcome.NOT_ARCHIVED, Outcome.SKIPPED_BUDGET})
_TARGET = (
    "portal, url, kind, section, asset, headline, stamp, form, "
    "CASE state WHEN 'fetched' THEN record END, "
    # A 304 is believed once: after it the page is asked for whole, whatever validators the portal gave.
    "CASE WHEN last_outcome IS NOT 'not_modified' THEN etag END, "
    "CASE WHEN last_outcome IS NOT 'not_modified' THEN last_modified END, body_digest, born"
)


class Frontier(ArchiveIndex, Unclaimed, Schedule, Surveys, PageLookup):
    """The pages of all portals, and the archive's index. Changes are durable after `commit`."""

    def __init__(self, path: Path) -> None:
        """Open state.db, or make it.

        Raises:
            DataDirectoryError: it cannot be written, is not ours, or is from another version.
        """
        try:
            self.connection = sqlite3.connect(path)
            with ExitStack() as undo:
                undo.callback(self.connection.close)
                self._check(path)
                undo.pop_all()
        except sqlite3.DatabaseError as error:
            raise DataDirectoryError(
                f"{path}: cannot be used ({error}); name another data directory"
            ) from error

    def _check(self, path: Path) -> None:
        _, version = found = identity(
            self.connection,
            application=APPLICATION_ID,
            version=VERSION,
            schema=_SCHEMA + SCHEDULE_SCHEMA + SURVEYS_SCHEMA + INDEX_SCHEMA + UNCLAIMED_SCHEMA,
            make=True,
            steps=UPGRADES,
        )
        if found != (APPLICATION_ID, VERSION):
            raise DataDirectoryError(
                f"{path}: not this version's state (schema {version}, this one uses {VERSION}); "
                "name another data directory"
            )

    def offer(self, target: Target, seen_at: str) -> Literal["new", "known", "copy"]:
        """Take in a URL that was found.

        Returns:
            "new" where it is now queued, "known" where the frontier has this address, "copy" where it has
            the same asset under another address.
        """
        if target.asset and (row := self._asset_row(target)):
            url, last_outcome = row
            if url == target.url:
                return "known"
            if last_outcome not in _NO_ARTICLE:
                return "copy"
            self.connection.execute(
                "UPDATE pages SET asset = NULL WHERE portal = ? AND url = ?", (target.portal, url)
            )
        cursor = self.connection.execute(
            "INSERT OR IGNORE INTO pages "
            "(portal, url, kind, section, asset, headline, stamp, form, state, first_seen, born) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)",
            (
                target.portal, target.url, target.kind, target.section, target.asset, target.headline,
                target.stamp, target.form, seen_at, target.born,
            ),
        )  # fmt: skip
        return "new" if cursor.rowcount else "known"

    def _asset_row(self, target: Target) -> tuple[str, str | None] | None:
        return self.connection.execute(
            "SELECT url, last_outcome FROM pages WHERE portal = ? AND asset = ?",
            (target.portal, target.asset),
        ).fetchone()

    def get(self, portal: str, url: str) -> Target | None:
        """Return the page of an address, or None."""
        row = self.connection.execute(
            f"SELECT {_TARGET} FROM pages WHERE portal = ? AND url = ?", (portal, url)
        ).fetchone()
        return Target(*row) if row else None

    def waiting(
        self, portal: str, *, give_up_after: int = MOST_TRIES, due: str | None = None
    ) -> list[Target]:
        """Return what an earlier run left: pages archived but not read, then pages not fetched.

        `due` leaves out what failed and is to be left alone until after that time.
        """
        rows = self.connection.execute(
            f"SELECT {_TARGET} FROM pages WHERE portal = ? AND state <> 'done' AND tries < ? "
            "AND (? IS NULL OR next_fetch_at IS NULL OR next_fetch_at <= ?) "
            "ORDER BY state, kind DESC, first_seen, url",
            (portal, give_up_after, due, due),
        )
        return [Target(*row) for row in rows]

    def to_read_again(self, portal: str, at: str) -> list[Target]:
        """Return the pages that were read and are due to be read again, those longest due first."""
        rows = self.connection.execute(
            f"SELECT {_TARGET} FROM pages WHERE portal = ? AND state = 'done' AND next_fetch_at <= ? "
            "ORDER BY next_fetch_at, url",
            (portal, at),
        )
        return [Target(*row) for row in rows]

    def articles(self, portal: str) -> list[Target]:
        """Return every article page of a portal, for a crawl that reads them all again."""
        rows = self.connection.execute(
            f"SELECT {_TARGET} FROM pages WHERE portal = ? AND kind = 'article' AND last_outcome IS NOT ? "
            "ORDER BY first_seen, url",
            (portal, Outcome.OFF_SITE),
        )
        return [Target(*row) for row in rows]

    def lists(self, portal: str) -> list[Target]:
        """Return every list page of a portal."""
        rows = self.connection.execute(
            f"SELECT {_TARGET} FROM pages WHERE portal = ? AND kind = 'list' ORDER BY first_seen, url",
            (portal,),
        )
        return [Target(*row) for row in rows]

    def history(self, portal: str) -> Iterable[tuple[str, str | None, str | None, str | None, str | None]]:
        """Return (url, section, asset, last outcome, last fetched) of every article page of a portal."""
        return self.connection.execute(
            "SELECT url, section, asset, last_outcome, last_fetched FROM pages "
            "WHERE portal = ? AND kind = 'article'",
            (portal,),
        )

    def fetched(
        self, portal: str, url: str, record: int, *, etag: str | None = None, last_modified: str | None = None
    ) -> None:
        """Mark a page as archived but not yet read."""
        self.connection.execute(
            "UPDATE pages SET state = 'fetched', record = ?, etag = ?, last_modified = ? "
            "WHERE portal = ? AND url = ?",
            (record, etag, last_modified, portal, url),
        )

    def read_articles(self) -> Iterable[tuple[str, str]]:
        """Return (portal, url) of every page whose article the corpus should hold."""
        return self.connection.execute(f"SELECT portal, url FROM pages WHERE {_IS_READ}", IN_CORPUS)

    def read_again(self) -> int:
        """Mark every article in the archive as not yet read, for a corpus that is lost; return how many."""
        cursor = self.connection.execute(
            f"UPDATE pages SET state = 'fetched', body_digest = NULL WHERE record IS NOT NULL AND {_IS_READ}",
            IN_CORPUS,
        )
        return cursor.rowcount

    def settle(
        self,
        portal: str,
        url: str,
        outcome: Outcome,
        *,
        at: str,
        reason: str | None = None,
        body_digest: str | None = None,
        born: str | None = None,
    ) -> None:
        """Write how a page ended in this run, whether it stays queued, and when it is due again."""
        if outcome in NO_FAULT:  # tells of this run alone: a page that was read or archived stays so
            self.connection.execute(
                "UPDATE pages SET last_outcome = ?, last_reason = ? "
                "WHERE portal = ? AND url = ? AND state <> 'done'",
                (outcome, reason, portal, url),
            )
            return
        again = outcome in _TRY_AGAIN
        due = self._pause(portal, url, at) if again else _next_reading(born, at)
        self.connection.execute(
            "UPDATE pages SET state = ?, last_outcome = ?, last_reason = ?, last_fetched = ?, "
            "tries = CASE WHEN ? THEN tries + 1 ELSE 0 END, "
            "body_digest = coalesce(?, body_digest), born = coalesce(?, born), next_fetch_at = ? "
            "WHERE portal = ? AND url = ?",
            (
                "queued" if again else "done", outcome, reason, at, again, body_digest, born, due,
                portal, url,
            ),
        )  # fmt: skip
        if outcome in _NOT_READ:
            self.connection.execute(
                "UPDATE pages SET etag = NULL, last_modified = NULL, body_digest = NULL "
                "WHERE portal = ? AND url = ?",
                (portal, url),
            )

    def reread(self, portal: str, url: str, outcome: Outcome) -> None:
        """Write how an archived article ended when it was read once more; a failure to fetch it stays."""
        self.connection.execute(
            "UPDATE pages SET state = 'done', last_outcome = ? "
            "WHERE portal = ? AND url = ? AND kind = 'article' "
            f"AND record IS NOT NULL AND last_outcome IN ({', '.join('?' * len(_READ_OR_NOT))})",
            (outcome, portal, url, *_READ_OR_NOT),
        )

    def is_given_up(self, portal: str, url: str) -> bool:
        """True where a page has failed so often that no run asks for it again."""
        return self._tries(portal, url) >= MOST_TRIES

    def _pause(self, portal: str, url: str, at: str) -> str:
        return to_iso(from_iso(at) + pause_after(self._tries(portal, url) + 1))

    def _tries(self, portal: str, url: str) -> int:
        row = self.connection.execute(
            "SELECT tries FROM pages WHERE portal = ? AND url = ?", (portal, url)
        ).fetchone()
        return int(row[0]) if row else 0

    def portals(self) -> list[str]:
        """Return the names of all portals that have pages."""
        return [
            name for (name,) in self.connection.execute("SELECT DISTINCT portal FROM pages ORDER BY portal")
        ]

    def successes(self) -> dict[str, tuple[str | None, int]]:
        """Return per portal: when a page was last read, and how many pages are known."""
        rows = self.connection.execute(
            "SELECT portal, max(CASE WHEN state = 'done' THEN last_fetched END), count(*) "
            "FROM pages GROUP BY portal"
        )
        return {portal: (last, count) for portal, last, count in rows}

    def integrity(self) -> Iterable[str]:
        """Return what SQLite finds wrong with the file, nothing where it is whole."""
        try:
            rows = self.connection.execute("PRAGMA integrity_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [finding for (finding,) in rows if finding != "ok"]

    def commit(self) -> None:
        """Make the changes durable."""
        self.connection.commit()

    def close(self) -> None:
        """Commit, fold the write-ahead log into the database, close."""
        self.commit()
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()


def _next_reading(born: str | None, at: str) -> str | None:
    if born is None:
        return None
    due = next_reading(from_iso(born), from_iso(at))
    return to_iso(due) if due else None


def read_successes(path: Path) -> dict[str, tuple[str | None, int]]:
    """Return per portal when a page was last read and how many pages are known; {} where there is no state.

    Raises:
        DataDirectoryError: the file is not ours, or from another version.
    """
    if not path.is_file():
        return {}
    frontier = Frontier(path)
    try:
        return frontier.successes()
    finally:
        frontier.connection.close()
