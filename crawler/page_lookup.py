"""What state.db knows of one page or asset, for who brings its past or asks how it ended."""

from __future__ import annotations

import sqlite3


class PageLookup:
    """The part of state.db that the frontier builds on."""

    connection: sqlite3.Connection

    def address_of(self, portal: str, asset: str) -> str | None:
        """Return the address under which the frontier has an asset, or None."""
        row = self.connection.execute(
            "SELECT url FROM pages WHERE portal = ? AND asset = ?", (portal, asset)
        ).fetchone()
        return row[0] if row else None

    def release(self, portal: str, asset: str) -> None:
        """Let another address have an asset."""
        self.connection.execute(
            "UPDATE pages SET asset = NULL WHERE portal = ? AND asset = ?", (portal, asset)
        )

    def not_had(self, portal: str, url: str) -> None:
        """Let a page wait to be asked for again, though a response of it was archived."""
        self.connection.execute(
            "UPDATE pages SET state = 'queued' WHERE portal = ? AND url = ? AND state = 'fetched'",
            (portal, url),
        )

    def last_fetched(self, portal: str, url: str) -> str | None:
        """Return when a page was last had, None where it never was."""
        row = self.connection.execute(
            "SELECT last_fetched FROM pages WHERE portal = ? AND url = ?", (portal, url)
        ).fetchone()
        return row[0] if row else None

    def outcome(self, portal: str, url: str) -> str | None:
        """Return how a page last ended, None where it has not yet."""
        row = self.connection.execute(
            "SELECT last_outcome FROM pages WHERE portal = ? AND url = ?", (portal, url)
        ).fetchone()
        return row[0] if row else None
