"""What a rebuilt corpus takes over from the one before: its books, and articles that no archive holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import schema
from pipelines.article import Sighting

_BOOKS = ("portals", "runs", "outcomes", "health")
# How an address was seen of which the archive keeps no trace.
_NOT_ARCHIVED = ("archive", "import")


@contextmanager
def former(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Give a corpus the one before as schema `former`, for as long as the context lasts."""
    connection.execute("ATTACH ? AS former", (str(path),))
    try:
        yield
    finally:
        connection.execute("DETACH former")


def carry_books(connection: sqlite3.Connection) -> None:
    """Take over portals, runs and their outcomes, and how the portals do."""
    with connection:
        for table in _BOOKS:
            names = _names(connection, table)
            connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM former.{table}")


def not_reread(connection: sqlite3.Connection, portals: Collection[str]) -> list[int]:
    """Return the articles that no archived page of these portals gives: others', and imported ones."""
    marks = ", ".join("?" * len(portals))
    query = f"SELECT id FROM former.articles WHERE archive IS NULL OR portal NOT IN ({marks}) ORDER BY id"
    return [key for (key,) in connection.execute(query, tuple(portals))]


def missing(connection: sqlite3.Connection) -> Iterator[tuple[int, str, int]]:
    """Yield the articles that the corpus does not have again, under their number or at an address.

    Each as (id, file, offset), where the archive held its page.
    """
    yield from connection.execute(
        "SELECT o.id, o.archive ->> 'file', o.archive ->> 'offset' FROM former.articles o "
        "WHERE NOT EXISTS (SELECT 1 FROM main.articles n WHERE n.portal = o.portal AND n.asset = o.asset) "
        "AND NOT EXISTS (SELECT 1 FROM main.sightings s JOIN main.articles n ON n.id = s.article "
        "WHERE s.url = o.url AND n.portal = o.portal)"
    )


def carry_articles(connection: sqlite3.Connection, ids: Collection[int]) -> None:
    """Take over articles with all that hangs on them but their links to others, and index them."""
    with connection:
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS carried (id INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM carried")
        connection.executemany("INSERT INTO carried VALUES (?)", ((key,) for key in ids))
        for table, column in _tables(connection):
            names = _names(connection, table)
            connection.execute(
                f"INSERT OR IGNORE INTO main.{table} ({names}) SELECT {names} FROM former.{table} "
                f"WHERE {column} IN (SELECT id FROM carried)"
            )
        connection.execute(
            "UPDATE articles SET cluster = NULL, duplicate_of = NULL WHERE id IN (SELECT id FROM carried)"
        )
        schema.index(connection, ids)


def unarchived_sightings(connection: sqlite3.Connection, portals: Collection[str]) -> Iterator[Sighting]:
    """Yield the sightings of these portals' articles that the archive cannot tell of."""
    marks, sources = ", ".join("?" * len(portals)), ", ".join("?" * len(_NOT_ARCHIVED))
    for portal, asset, url, source, section, *moments in connection.execute(
        "SELECT a.portal, a.asset, s.url, s.source, s.section, s.first_seen, s.last_seen "
        "FROM former.sightings s JOIN former.articles a ON a.id = s.article "
        f"WHERE s.source IN ({sources}) AND a.portal IN ({marks}) AND a.archive IS NOT NULL",
        (*_NOT_ARCHIVED, *portals),
    ):
        for moment in dict.fromkeys(moments):
            yield Sighting(portal, asset, url, source, moment, section)


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return every table of articles' rows, with the column that names the article."""
    found = []
    for (table,) in connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT GLOB 'articles_fts*'"
    ).fetchall():
        columns = {row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")}
        if table in ("articles", "article_text"):
            found.append((table, "id"))
        elif "article" in columns and table != "links":
            found.append((table, "article"))
    return sorted(found)


def _names(connection: sqlite3.Connection, table: str) -> str:
    """Return the columns of a table; one that was upgraded has them in another order."""
    return ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
