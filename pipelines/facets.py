"""How the articles of a selection fall apart by province, year, person and so on."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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
_YEAR = list(_OF_ARTICLES).index("year")

# All columns in one go: to find an article costs more than to count a value.
_ARTICLES = (
    f"SELECT {', '.join(_OF_ARTICLES.values())} FROM json_each(?) wanted "
    "CROSS JOIN articles s ON s.id = wanted.value"
)
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
    rows = connection.execute(_ARTICLES, (wanted,)).fetchall()
    found = {name: _counted(row[place] for row in rows) for place, name in enumerate(_OF_ARTICLES)}
    for name, (table, column) in _OF_PARTS.items():
        found[name] = _counts(connection, wanted, table, column)
    # Every year is shown: a timeline with gaps would lie.
    years = Counter(row[_YEAR] for row in rows if row[_YEAR] is not None)
    found["year"] = [Value(*each) for each in sorted(years.items())]
    if len(found["year"]) == 1:
        found["month"] = [Value(*row) for row in connection.execute(_MONTHS, (wanted,))]
    return found


def _counted(values: Iterable[str | int | None]) -> list[Value]:
    counts = Counter(value for value in values if value is not None)
    most = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
    return [Value(*each) for each in most[:_SHOWN]]


def _counts(connection: sqlite3.Connection, ids: str, table: str, column: str) -> list[Value]:
    rows = connection.execute(
        f"SELECT s.{column}, count(DISTINCT s.article) FROM json_each(?) wanted "
        f"CROSS JOIN {table} s ON s.article = wanted.value GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
        (ids, _SHOWN),
    )
    return [Value(*row) for row in rows]
