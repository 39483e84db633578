"""Which articles a search or an export is about."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.entities.documents import normal_number
from pipelines.entities.people import normal_name
from pipelines.exceptions import CorpusError
from pipelines.known import settled
from pipelines.patience import Rows, keys_within
from pipelines.query import fts_expression, named_term
from pipelines.text import fold

# Conditions that say what they ask for by a value alone.
_PLAIN = {
    "since": "a.date_published >= :since",
    "until": "a.date_published <= :until",
    "year": "a.year = :year",
    "month": "a.date_published GLOB :month || '-*'",
    "province_then": "a.province = :province_then",
    "section": "a.article_section = :section",
}

# Conditions on a table beside: the table and its column.
_BESIDE = {
    "activity": ("activities", "kind"),
    "person": ("people", "name"),
    "organisation": ("organisations", "name"),
    "document": ("documents", "number"),
}
# What has one form in the corpus, and is found by any.
NORMAL: dict[str, Callable[[str], str]] = {"document": normal_number, "person": normal_name}
# The values of a column, each found by one look into its index.
_DISTINCT = (
    "WITH RECURSIVE v(value) AS (SELECT min({0}) FROM articles UNION ALL "
    "SELECT (SELECT min({0}) FROM articles WHERE {0} > value) FROM v WHERE value IS NOT NULL) "
    "SELECT value FROM v WHERE value IS NOT NULL"
)
_MATCHES, _IN_HEADLINES = "articles_fts MATCH :expression", "articles_fts_headlines MATCH :expression"
_SEARCHED = {_MATCHES: "articles_fts", _IN_HEADLINES: "articles_fts_headlines"}
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
    connection: sqlite3.Connection,
    selection: Selection,
    most: int,
    *,
    expression: str | None = None,
    in_headlines: bool = False,
    seconds: float | None = None,
) -> Rows:
    """Return the newest `most` ids in one statement; `expression` (FTS5) in place of the selection's query.

    `in_headlines` asks the index of headlines alone.

    Raises:
        UnknownName: as `select`.
    """
    conditions, values = _conditions(connection, selection, expression)
    if expression is not None and in_headlines:
        conditions[conditions.index(_MATCHES)] = _IN_HEADLINES
        values["expression"] = expression
    statement = _statement(conditions, newest_first=True, beyond=False)
    return keys_within(connection, seconds, statement, {**values, "size": most})


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
        statement = _statement(conditions, newest_first=newest_first, beyond=last is not None)
        page = keys_within(connection, None, statement, {**values, "size": size, "last": last}).keys
        if page:
            yield page
        if len(page) < size:
            return
        last = page[-1]
        limit = None if limit is None else limit - len(page)


def _statement(conditions: list[str], *, newest_first: bool, beyond: bool) -> str:
    """Return the statement for the first `:size` ids, `beyond` for those beyond `:last`."""
    # The index is read in the order of its rowids; CROSS keeps the planner from starting elsewhere.
    index = next((table for match, table in _SEARCHED.items() if match in conditions), None)
    source, key = "articles a", "a.id"
    if index:
        joined = " CROSS JOIN articles a ON a.id = f.rowid" if len(conditions) > 1 else ""
        source, key = f"{index} f{joined}", "f.rowid"
    after, order = ("<", "DESC") if newest_first else (">", "ASC")
    wanted = [*conditions, f"{key} {after} :last"] if beyond else conditions
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    return f"SELECT {key} FROM {source} {where} ORDER BY {key} {order} LIMIT :size"


def _conditions(
    connection: sqlite3.Connection, selection: Selection, expression: str | None = None
) -> tuple[list[str], dict[str, str | int | None]]:
    conditions: list[str] = []
    values: dict[str, str | int | None] = {}
    if expression is None and selection.query is not None:
        expression = fts_expression(settled(connection, selection.query))
    if selection.province is not None:
        conditions.append("(a.province = :province OR a.successor_province = :province)")
        values["province"] = _province(connection, selection.province)
    if selection.portal is not None:
        conditions.append("a.portal = :portal")
        values["portal"] = _portal(connection, selection.portal)
    if selection.party is not None:
        conditions.append("+a.is_party = :party")  # the plus: half of all articles are no place to begin
        values["party"] = int(selection.party)
    for name, condition in _PLAIN.items():
        if (wanted := getattr(selection, name)) is not None:
            conditions.append(condition)
            values[name] = wanted
    for name, (table, column) in _BESIDE.items():
        if (wanted := getattr(selection, name)) is not None:
            is_it = f"{column} = :{name}"
            if name in NORMAL:  # or as asked for: an earlier release named it as it was written
                is_it = f"{column} IN (:{name}, :normal_{name})"
                values[f"normal_{name}"] = NORMAL[name](wanted)
            # What is searched is looked at one by one; else the condition leads.
            conditions.append(
                f"a.id IN (SELECT article FROM {table} WHERE {is_it})"
                if expression is None
                else f"EXISTS (SELECT 1 FROM {table} WHERE article = a.id AND {is_it})"
            )
            values[name] = wanted
    if expression is not None:
        conditions.append(_MATCHES)
        values["expression"] = _narrowed(expression, selection, values)
    if selection.until is not None:
        values["until"] = f"{selection.until}~"  # sorts behind every time of that day
    return conditions, values


def _narrowed(expression: str, selection: Selection, values: Mapping[str, str | int | None]) -> str:
    """Return the expression with what the index itself can tell of the other conditions.

    They are looked at besides: this only spares the look at articles that the index rules out.
    """
    year = selection.year if selection.year is not None else (selection.month or "")[:4]
    beside = [
        term.expression
        for kind, value in (
            ("place", values.get("province")),
            ("place", selection.province_then),
            ("year", year),
            ("person", selection.person),
            ("person", selection.organisation),
        )
        if value and (term := named_term(str(value), kind))
    ]
    return " AND ".join([f"({expression})", *beside])


def _province(connection: sqlite3.Connection, typed: str) -> str:
    columns = ("province", "successor_province")
    found = (row for column in columns for row in connection.execute(_DISTINCT.format(column)))
    names = sorted({name for (name,) in found})
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
