"""Which articles a search or an export is about."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.exceptions import CorpusError
from pipelines.query import fts_expression
from pipelines.text import fold

PAGE = 500  # articles a statement when all of a selection are read


class UnknownName(CorpusError):
    """Raised by `select` for a province or portal that the corpus does not hold: use one that it names."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions that all must hold; None asks for nothing.

    `query` is what a reader types into the search box. `province` may be typed without marks and names a
    province of before or after 1 July 2025. `party` is True for Party activity, False for the rest.
    `since` is an ISO 8601 date; articles without a date are outside it.
    """

    query: str | None = None
    province: str | None = None
    portal: str | None = None
    party: bool | None = None
    since: str | None = None


def select(
    connection: sqlite3.Connection,
    selection: Selection,
    *,
    newest_first: bool = False,
    limit: int | None = None,
) -> Iterator[list[int]]:
    """Return the ids of the articles selected, a page at a time, ordered by id, which follows the date.

    No statement stays open between two pages, so a crawl may write meanwhile.

    Raises:
        UnknownName: no article is of this province or portal; the message names the nearest.
    """
    return _pages(connection, *_conditions(connection, selection), newest_first, limit)


def newest_matching(
    connection: sqlite3.Connection, selection: Selection, expression: str, limit: int
) -> list[int]:
    """Return the newest ids that match an FTS5 expression in place of the selection's own query.

    Raises:
        UnknownName: as `select`.
    """
    conditions, values = _conditions(connection, selection)
    values["expression"] = expression
    return next(_pages(connection, conditions, values, True, min(limit, PAGE)), [])


def _pages(
    connection: sqlite3.Connection,
    conditions: list[str],
    values: dict[str, str | int | None],
    newest_first: bool,
    limit: int | None,
) -> Iterator[list[int]]:
    # The index is read in the order of its rowids; CROSS keeps the planner from starting elsewhere.
    searched = "expression" in values
    source = "articles_fts f CROSS JOIN articles a ON a.id = f.rowid" if searched else "articles a"
    key = "f.rowid" if searched else "a.id"
    beyond, order = ("<", "DESC") if newest_first else (">", "ASC")
    last: int | None = None
    while limit is None or limit > 0:
        size = PAGE if limit is None else min(PAGE, limit)
        wanted = conditions if last is None else [*conditions, f"{key} {beyond} :last"]
        where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
        page = [
            row[0]
            for row in connection.execute(
                f"SELECT {key} FROM {source} {where} ORDER BY {key} {order} LIMIT :size",
                {**values, "last": last, "size": size},
            )
        ]
        if page:
            yield page
        if len(page) < size:
            return
        last = page[-1]
        limit = None if limit is None else limit - len(page)


def _conditions(
    connection: sqlite3.Connection, selection: Selection
) -> tuple[list[str], dict[str, str | int | None]]:
    conditions: list[str] = []
    values: dict[str, str | int | None] = {}
    if selection.query is not None:
        conditions.append("articles_fts MATCH :expression")
        values["expression"] = fts_expression(selection.query)
    if selection.province is not None:
        conditions.append("(a.province = :province OR a.successor_province = :province)")
        values["province"] = _province(connection, selection.province)
    if selection.portal is not None:
        conditions.append("a.portal = :portal")
        values["portal"] = _portal(connection, selection.portal)
    if selection.party is not None:
        conditions.append("a.is_party = :party")
        values["party"] = int(selection.party)
    if selection.since is not None:
        conditions.append("a.date_published >= :since")
        values["since"] = selection.since
    return conditions, values


def _province(connection: sqlite3.Connection, typed: str) -> str:
    names = [
        name
        for (name,) in connection.execute(
            "SELECT province FROM articles WHERE province IS NOT NULL UNION "
            "SELECT successor_province FROM articles WHERE successor_province IS NOT NULL"
        )
    ]
    for name in names:
        if name == typed or fold(name) == fold(typed.strip()):
            return name
    raise UnknownName(f"province {typed!r}: no article in this corpus; {_suggestion(typed, names)}")


def _portal(connection: sqlite3.Connection, typed: str) -> str:
    names = [name for (name,) in connection.execute("SELECT name FROM portals")]
    if typed in names:
        return typed
    raise UnknownName(f"portal {typed!r}: not in this corpus; {_suggestion(typed, names)}")


def _suggestion(typed: str, names: list[str]) -> str:
    if not names:
        return "it names none yet"
    by_fold = {fold(name): name for name in names}
    near = difflib.get_close_matches(fold(typed), by_fold, n=3)
    return f"it has {', '.join([by_fold[name] for name in near] or sorted(names)[:10])}"
