"""Responses that a killed run archived, and whose pages state.db was not told of."""

from __future__ import annotations

import sqlite3

from crawler.redirects import REDIRECTS

# `page` is what the address tells, until a portal claims the response.
UNCLAIMED_SCHEMA = "CREATE INDEX records_unclaimed ON records(page) WHERE portal IS NULL;\n"
UNCLAIMED_UPGRADE = (
    "UPDATE records SET page = url WHERE portal IS NULL AND page IS NULL;\n" + UNCLAIMED_SCHEMA
)


class Unclaimed:
    """The part of state.db that gives such a response to the page that it answers, once."""

    connection: sqlite3.Connection

    def answer_waiting(self, addresses: tuple[str, str], record: int) -> None:
        """Mark the waiting page as archived whose address is one of two, the first before the second.

        Where pages of several portals have that address, the others ask for it themselves.
        """
        row = self.connection.execute(
            "SELECT portal, url FROM pages WHERE url IN (?1, ?2) AND state <> 'done' "
            "ORDER BY url <> ?1, portal LIMIT 1",
            addresses,
        ).fetchone()
        if row:
            self._give(record, *row)

    def claim(self, portal: str, url: str) -> int | None:
        """Mark a page as archived if such a response answers it; return the response's record number.

        Of a page that was read before, only the reading that is due does.
        """
        row = self.connection.execute(
            "SELECT r.record FROM records r LEFT JOIN pages p ON p.portal = ? AND p.url = ? "
            "WHERE r.portal IS NULL AND r.page = ? AND r.status < 300 "
            "AND r.fetched_at > coalesce(p.last_fetched, '') "
            "AND (p.state IS NOT 'done' OR r.fetched_at >= p.next_fetch_at) "
            "ORDER BY r.fetched_at DESC LIMIT 1",
            (portal, url, url),
        ).fetchone()
        if row is None:
            return None
        self._give(row[0], portal, url)
        return int(row[0])

    def assign(self, record: int, portal: str, page: str) -> None:
        """Write for whom a response was asked, for who knows it otherwise."""
        self.connection.execute(
            "UPDATE records SET portal = ?, page = ? WHERE record = ?", (portal, page, record)
        )

    def open_redirects(self, file: str) -> list[tuple[int, str]]:
        """Return (offset, page) of an archive file's last redirects that no response of the page follows."""
        return self.connection.execute(
            "SELECT offset, page FROM (SELECT * FROM records WHERE file = ? AND page IS NOT NULL "
            f"AND status IN {REDIRECTS} ORDER BY offset DESC LIMIT 200) r WHERE NOT EXISTS (SELECT 1 "
            "FROM records n WHERE n.file = r.file AND n.offset > r.offset AND n.portal IS r.portal "
            "AND n.page = r.page) ORDER BY offset",
            (file,),
        ).fetchall()

    def _give(self, record: int, portal: str, url: str) -> None:
        self.connection.execute(
            "UPDATE pages SET state = 'fetched', record = ?, etag = NULL, last_modified = NULL "
            "WHERE portal = ? AND url = ?",
            (record, portal, url),
        )
        self.assign(record, portal, url)
