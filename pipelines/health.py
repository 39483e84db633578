"""What the corpus tells and keeps of a portal's health: days with articles, and the last judgement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

_EPOCH = date(1970, 1, 1).toordinal()


class PortalHealth(NamedTuple):
    """A row of the table `health`; `since`, `checked` and `last_success` are ISO 8601 times or days."""

    portal: str
    state: str
    is_red: bool
    since: str
    reason: str  # Vietnamese
    checked: str
    last_success: str | None
    newest: str | None
    usual_gap: float | None


def newest_day(connection: sqlite3.Connection, portal: str, today: int) -> int | None:
    """Return the day of a portal's newest article up to today (`date.toordinal`), None where it has none."""
    (newest,) = connection.execute(
        "SELECT max(id) >> 24 FROM articles WHERE portal = ? AND id < ?",
        (portal, (today + 1 - _EPOCH) << 24),
    ).fetchone()
    return None if newest is None else newest + _EPOCH


def articles_by_day(connection: sqlite3.Connection, portal: str, first: int) -> dict[int, int]:
    """Return day → number of a portal's articles, from a day on; days as `date.toordinal`.

    An article's key tells its day, so an index alone answers.
    """
    rows = connection.execute(
        "SELECT id >> 24, count(*) FROM articles WHERE portal = ? AND id >= ? GROUP BY 1",
        (portal, (first - _EPOCH) << 24),
    )
    return {day + _EPOCH: count for day, count in rows}


def write_health(connection: sqlite3.Connection, rows: Iterable[PortalHealth]) -> None:
    """Put the last judgement of portals in place of the one before."""
    with connection:
        connection.executemany("INSERT OR REPLACE INTO health VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def declared(connection: sqlite3.Connection) -> dict[str, str]:
    """Return portal → live, frozen, moved or dead, as its class said when it was last crawled."""
    return dict(connection.execute("SELECT name, coalesce(state, 'live') FROM portals").fetchall())
