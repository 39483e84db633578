"""How the articles of a selection fall apart by province, year, person and so on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

COUNTED = (
    5000  # of the newest articles of a selection are looked at: a frequent word has hundreds of thousands
)
_SHOWN = 30  # values of a facet, the most frequent

_OF_ARTICLES = {
    "province": "province",
    "successor_province": "successor_province",
    "portal": "portal",
    "year": "year",
    "party": "is_party",
    "section": "article_section",
}
_OF_PARTS = {
    "activity": ("activities", "kind"),
    "person": ("people", "name"),
    "organisation": ("organisations", "name"),
    "document": ("documents", "number"),
}
FACETS = (*_OF_ARTICLES, *_OF_PARTS)


_MONTHS = (
    "SELECT substr(s.date_published, 1, 7), count(*) FROM json_each(?) wanted "
    "CROSS JOIN articles s ON s.id = wanted.value WHERE s.date_published IS NOT NULL GROUP BY 1 ORDER BY 1"
)


class Value(NamedTuple):
    """A value of a facet, and how many articles have it."""

    value: str | int
    articles: int


def facets(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[str, list[Value]]:
    """Return how many of the articles have which values, the most frequent first; years in their order.

    Where all are of one year there is `month` (2015-04) besides.
    """
    wanted = json.dumps(ids)
    found = {name: _counts(connection, wanted, "articles", column) for name, column in _OF_ARTICLES.items()}
    for name, (table, column) in _OF_PARTS.items():
        found[name] = _counts(connection, wanted, table, column)
    found["year"].sort()
    if len(found["year"]) == 1:
        found["month"] = [Value(*row) for row in connection.execute(_MONTHS, (wanted,))]
    return found


def _counts(connection: sqlite3.Connection, ids: str, table: str, column: str) -> list[Value]:
    key = "id" if table == "articles" else "article"
    # Every year is shown: a timeline with gaps would lie.
    limit = -1 if column == "year" else _SHOWN
    rows = connection.execute(
        f"SELECT s.{column}, count(DISTINCT s.{key}) FROM json_each(?) wanted "
        f"CROSS JOIN {table} s ON s.{key} = wanted.value "
        f"WHERE s.{column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        (ids, limit),
    )
    return [Value(*row) for row in rows]
