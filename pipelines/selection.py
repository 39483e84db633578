"""Which articles a search or an export is about."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.exceptions import CorpusError
from pipelines.known import settled
from pipelines.query import fts_expression
from pipelines.text import fold

# Conditions that say what they ask for by a value alone.
_PLAIN = {
    "since": "a.date_published >= :since",
    "until": "a.date_published <= :until",
    "year": "a.year = :year",
    "month": "a.date_published GLOB :month || '-*'",
    "province_then": "a.province = :province_then",
    "section": "a.article_section = :section",
    "activity": "a.id IN (SELECT article FROM activities WHERE kind = :activity)",
    "person": "a.id IN (SELECT article FROM people WHERE name = :person)",
    "organisation": "a.id IN (SELECT article FROM organisations WHERE name = :organisation)",
    "document": "a.id IN (SELECT article FROM documents WHERE number = :document)",
}

PAGE = 500  # articles a statement when all of a selection are read


class UnknownName(CorpusError):
    """Raised by `select` for a province or portal that the corpus does not hold: use one that it names."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions that all must hold; None asks for nothing.

    `query` is what a reader types into the search box. `province` may be typed without marks and names a
    province of before or after 1 July 2025; `province_then` is the very name under which an article was
    published. `party` is True for Party activity, False for the rest.
    `since` and `until` are ISO 8601 dates, both included; articles without a date are outside them.
    `activity` is a kind of `ACTIVITIES`; `person`, `organisation` and `document` are named as the corpus
    names them, `section` as the portal does.
    """

    query: str | None = None
    province: str | None = None
    portal: str | None = None
    party: bool | None = None
    since: str | None = None
    until: str | None = None
    year: int | None = None
    month: str | None = None  # 2015-04
    province_then: str | None = None
    activity: str | None = None
    section: str | None = None
    person: str | None = None
    organisation: str | None = None
    document: str | None = None


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


def newest(
    connection: sqlite3.Connection, selection: Selection, most: int, *, expression: str | None = None
) -> list[int]:
    """Return the newest `most` ids in one statement; `expression` (FTS5) in place of the selection's query.

    Raises:
        UnknownName: as `select`.
    """
    conditions, values = _conditions(connection, selection)
    if expression is not None:
        values["expression"] = expression
    return _page(connection, conditions, values, newest_first=True, size=most)


def _pages(
    connection: sqlite3.Connection,
    conditions: list[str],
    values: dict[str, str | int | None],
    newest_first: bool,
    limit: int | None,
) -> Iterator[list[int]]:
    last: int | None = None
    while limit is None or limit > 0:
        size = PAGE if limit is None else min(PAGE, limit)
        page = _page(connection, conditions, values, newest_first=newest_first, size=size, last=last)
        if page:
            yield page
        if len(page) < size:
            return
        last = page[-1]
        limit = None if limit is None else limit - len(page)


def _page(
    connection: sqlite3.Connection,
    conditions: list[str],
    values: dict[str, str | int | None],
    *,
    newest_first: bool,
    size: int,
    last: int | None = None,
) -> list[int]:
    """Return the first ids beyond `last`."""
    # The index is read in the order of its rowids; CROSS keeps the planner from starting elsewhere.
    searched = "expression" in values
    source = "articles_fts f CROSS JOIN articles a ON a.id = f.rowid" if searched else "articles a"
    key = "f.rowid" if searched else "a.id"
    beyond, order = ("<", "DESC") if newest_first else (">", "ASC")
    wanted = conditions if last is None else [*conditions, f"{key} {beyond} :last"]
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    rows = connection.execute(
        f"SELECT {key} FROM {source} {where} ORDER BY {key} {order} LIMIT :size",
        {**values, "last": last, "size": size},
    )
    return [key for (key,) in rows]


def _conditions(
    connection: sqlite3.Connection, selection: Selection
) -> tuple[list[str], dict[str, str | int | None]]:
    conditions: list[str] = []
    values: dict[str, str | int | None] = {}
    if selection.query is not None:
        conditions.append("articles_fts MATCH :expression")
        values["expression"] = fts_expression(settled(connection, selection.query))
    if selection.province is not None:
        conditions.append("(a.province = :province OR a.successor_province = :province)")
        values["province"] = _province(connection, selection.province)
    if selection.portal is not None:
        conditions.append("a.portal = :portal")
        values["portal"] = _portal(connection, selection.portal)
    if selection.party is not None:
        conditions.append("a.is_party = :party")
        values["party"] = int(selection.party)
    for name, condition in _PLAIN.items():
        if (wanted := getattr(selection, name)) is not None:
            conditions.append(condition)
            values[name] = wanted
    if selection.until is not None:
        values["until"] = f"{selection.until}~"  # sorts behind every time of that day
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
