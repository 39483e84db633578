"""Articles as they were stored: the way back from corpus.db's rows to the Article record."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from pipelines.activities import ACTIVITIES
from pipelines.article import Article, failure_flag
from pipelines.parts import NAMED, PARTS, columns

_FIELDS = frozenset(field.name for field in fields(Article))
_JSON = ("keywords", "party_reasons", "quality_flags", "archive")


def load(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Article]:
    """Return the articles in the order of `ids`; an id that the corpus does not hold is left out.

    All texts and parts come into memory: ask for a few hundred at a time.
    """
    wanted = json.dumps(list(ids))
    rows = connection.execute(
        "SELECT a.*, t.article_body, t.body_html FROM articles a LEFT JOIN article_text t ON t.id = a.id "
        "WHERE a.id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    names = [name for name, *_ in rows.description]
    articles = {row[0]: _article(dict(zip(names, row, strict=True))) for row in rows}
    parts = {table: _parts(connection, table, wanted) for table in PARTS}
    kinds = _kinds(connection, wanted)
    related = _related(connection, wanted)
    for key, article in articles.items():
        if article.is_party is not None:
            article.activities = kinds[key]
        article.related = related[key]
        is_named = failure_flag("entities") not in article.quality_flags
        for table, found in parts.items():
            if is_named or table not in NAMED:
                setattr(article, table, found[key])
    return [articles[key] for key in ids if key in articles]


def _article(row: dict[str, Any]) -> Article:
    values = {name: value for name, value in row.items() if name in _FIELDS}
    for name in _JSON:
        values[name] = json.loads(row[name] or "null")
    for name in ("keywords", "quality_flags"):
        values[name] = values[name] or []
    values["is_party"] = None if row["is_party"] is None else bool(row["is_party"])
    return Article(**values)


def _parts(connection: sqlite3.Connection, table: str, wanted: str) -> dict[int, list[dict[str, Any]]]:
    parts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for article, *values in connection.execute(
        f"SELECT article, {columns(table)} FROM {table} "
        "WHERE article IN (SELECT value FROM json_each(?)) ORDER BY article, position",
        (wanted,),
    ):
        parts[article].append(dict(zip(PARTS[table], values, strict=True)))
    return parts


def _related(connection: sqlite3.Connection, wanted: str) -> dict[int, list[str]]:
    """Return article → addresses of related printings, the earliest first; a copy has those of its first."""
    related: dict[int, list[str]] = defaultdict(list)
    for article, url in connection.execute(
        "WITH wanted AS (SELECT value AS id FROM json_each(?)), told AS ("
        "SELECT id AS article, id AS first FROM wanted UNION ALL "
        "SELECT w.id, l.other FROM wanted w JOIN links l ON l.article = w.id AND l.kind = 'same_text') "
        "SELECT DISTINCT told.article, a.url FROM told "
        "JOIN links l ON l.article = told.first AND NOT l.is_duplicate JOIN articles a ON a.id = l.other "
        "ORDER BY told.article, a.id",
        (wanted,),
    ):
        related[article].append(url)
    return related


def _kinds(connection: sqlite3.Connection, wanted: str) -> dict[int, list[str]]:
    """Return article → its kinds in the order of `ACTIVITIES`; a kind of an older version stands last."""
    order = {kind: position for position, kind in enumerate(ACTIVITIES)}
    kinds: dict[int, list[str]] = defaultdict(list)
    for article, kind in connection.execute(
        "SELECT article, kind FROM activities WHERE article IN (SELECT value FROM json_each(?))", (wanted,)
    ):
        kinds[article].append(kind)
    for found in kinds.values():
        found.sort(key=lambda kind: order.get(kind, len(order)))
    return kinds
