"""An article's rows: in `articles`, in `article_text`, and one for each of its parts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from operator import attrgetter, itemgetter
from typing import Any

from pipelines.article import Article
from pipelines.parts import PARTS, columns

_SCALARS = (
    "id", "portal", "asset", "url", "province", "successor_province", "body", "article_section", "headline",
    "description", "author", "photographer", "date_published", "date_published_raw",
    "date_published_source", "date_modified", "event_date", "event_date_source", "in_language",
    "word_count", "is_party", "party_score", "revision", "first_seen", "last_seen", "layout",
    "extractor_version", "text_digest",
)  # fmt: skip
_JSON = ("keywords", "party_reasons", "quality_flags", "archive")
_COLUMNS = (*_SCALARS, *_JSON, "year")
_scalars_of, _values_of = attrgetter(*_SCALARS), attrgetter(*_JSON)
_json_of = json.JSONEncoder(ensure_ascii=False).encode
_UPSERT = (
    f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    "ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(
        f"{name} = excluded.{name}"
        for name in _COLUMNS
        if name not in {"id", "portal", "asset", "first_seen", "last_seen"}
    )
    + ", last_seen = max(last_seen, excluded.last_seen)"
)


def write_articles(
    connection: sqlite3.Connection, articles: Mapping[int, Article], revised: Collection[int]
) -> None:
    """Write the rows of articles, by id; `revised` are those that have rows already.

    The full-text index, sightings, revisions and links are others' business.
    """
    connection.executemany(
        "INSERT OR IGNORE INTO portals (name) VALUES (?)", {(a.portal,) for a in articles.values()}
    )
    connection.executemany(_UPSERT, [_row_of(article) for article in articles.values()])
    connection.executemany(
        "INSERT INTO article_text (id, article_body, body_html) VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET "
        "article_body = excluded.article_body, body_html = excluded.body_html",
        [(article.id, article.article_body, article.body_html) for article in articles.values()],
    )
    for table, names in PARTS.items():
        values_of = itemgetter(*names)
        connection.executemany(f"DELETE FROM {table} WHERE article = ?", [(key,) for key in revised])
        connection.executemany(
            f"INSERT INTO {table} (article, position, {columns(table)}) VALUES (?, ?{', ?' * len(names)})",
            [
                (article.id, position, *values_of(item))
                for article in articles.values()
                for position, item in enumerate(getattr(article, table) or (), start=1)
            ],
        )
    connection.executemany("DELETE FROM activities WHERE article = ?", [(key,) for key in revised])
    connection.executemany(
        "INSERT INTO activities (article, kind) VALUES (?, ?)",
        [(article.id, kind) for article in articles.values() for kind in article.activities or ()],
    )


def _row_of(article: Article) -> tuple[Any, ...]:
    texts = [None if value is None else _json_of(value) for value in _values_of(article)]
    year = int(article.date_published[:4]) if article.date_published else None
    return (*_scalars_of(article), *texts, year)
