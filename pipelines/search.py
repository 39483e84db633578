"""The site's search without the site: for `tinso search`, for scripts."""

from __future__ import annotations

import sqlite3
from typing import Any

from pipelines.load import load
from pipelines.selection import PAGE, Selection, select
from pipelines.snippet import Piece, highlight, snippet, whole_text


def search(
    connection: sqlite3.Connection,
    selection: Selection,
    *,
    limit: int,
    marks: tuple[str, str] = ("**", "**"),
) -> list[dict[str, Any]]:
    """Return the newest `limit` articles that match, newest first.

    Each has `id, url, headline, portal, province, body, article_section, date_published` as in the record,
    and `headline_marked` and `snippet`: the original text with `marks` around the words that matched.

    Raises:
        UnknownName: no article is of this province or portal.
    """
    query = selection.query or ""
    ids = [key for page in select(connection, selection, newest_first=True, limit=limit) for key in page]
    found = []
    for start in range(0, len(ids), PAGE):
        for article in load(connection, ids[start : start + PAGE]):
            text = whole_text(article.description, article.article_body)
            found.append(
                {
                    "id": article.id,
                    "url": article.url,
                    "headline": article.headline,
                    "portal": article.portal,
                    "province": article.province,
                    "body": article.body,
                    "article_section": article.article_section,
                    "date_published": article.date_published,
                    "headline_marked": _join(highlight(article.headline or "", query), marks),
                    "snippet": _join(snippet(text, query), marks),
                }
            )
    return found


def _join(pieces: list[Piece], marks: tuple[str, str]) -> str:
    return "".join(f"{marks[0]}{piece.text}{marks[1]}" if piece.marked else piece.text for piece in pieces)
