"""The site's search without the site: for `tinso search`, for scripts."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.known import settled
from pipelines.ladder import Step, ladder
from pipelines.load import load
from pipelines.query import parse
from pipelines.rank import Candidate, ranked
from pipelines.selection import PAGE, Selection, newest, select
from pipelines.snippet import Piece, highlight, snippet, whole_text

Order = Literal["best", "newest"]
COMPARED = 100  # articles that are read to find the best
LACKING = 50  # of those that lack a term, besides, at each step
FEW = 10  # articles that have every term: fewer, and those that lack one are looked at too
# Of the processor, to go down the ladder; each step may take half of what is left, or the least. A million
# articles of frequent words take longer: the newest are looked through then.
SECONDS, LEAST = 0.08, 0.01
_READ = 5000  # characters of an article's text that are read for that


@dataclass(frozen=True, slots=True)
class Best:
    """The best articles for a query, best first; `steps` are those of the ladder that found them."""

    ids: list[int]
    steps: list[Step]
    is_cut: bool = False  # a step was ended before it had looked through all articles

    @property
    def is_whole(self) -> bool:
        """True where every term of the query occurs in all that was found."""
        return all(step.is_whole for step in self.steps)


def best(connection: sqlite3.Connection, selection: Selection) -> Best:
    """Return the best of the newest hundred or so articles of a selection that has a query.

    Those that lack a word or two of most that stand together are looked at where few have all words close
    together; steps at which more, or their marks, may be missing where none has, and few have all at all.

    Raises:
        UnknownName: no article is of this province or portal.
    """
    query = parse(settled(connection, selection.query or ""))
    found: dict[int, None] = {}
    steps: list[Step] = []
    close, left, is_cut = 0, SECONDS, False
    for step in ladder(query):
        if _is_enough(step, found=len(found), close=close):
            continue
        begun = time.thread_time()
        new = newest(
            connection,
            selection,
            COMPARED,
            expression=step.expression,
            in_headlines=step.in_headlines,
            seconds=max(left / 2, LEAST),
        )
        left -= time.thread_time() - begun
        is_cut = is_cut or new.is_cut
        most = COMPARED - len(found) if step.is_whole else max(LACKING, COMPARED - len(found))
        added = [key for key in new.keys if key not in found][:most]
        if added:
            steps.append(step)
            found |= dict.fromkeys(added)
            close += len(added) if step.is_close else 0
    if any(step.name == "unmarked" for step in steps):
        query = query.unmarked
    return Best(ranked(_candidates(connection, list(found)), query), steps, is_cut)


def _is_enough(step: Step, *, found: int, close: int) -> bool:
    if step.is_whole:
        return found >= COMPARED
    return close >= FEW if step.name == "part" else close > 0 or found >= FEW


def _candidates(connection: sqlite3.Connection, ids: list[int]) -> list[Candidate]:
    rows = connection.execute(
        "SELECT a.id, a.headline, coalesce(a.description || char(10), '') || "
        "coalesce(substr(t.article_body, 1, ?), ''), "
        "coalesce(a.body, '') || ' ' || coalesce(a.province, '') || ' ' || "
        "coalesce(strftime('%d/%m/%Y', substr(a.date_published, 1, 10)), '') "
        "FROM articles a LEFT JOIN article_text t ON t.id = a.id "
        "WHERE a.id IN (SELECT value FROM json_each(?))",
        (_READ, json.dumps(ids)),
    )
    return [Candidate(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search shows; `is_whole` is False where some have not every term."""

    articles: list[dict[str, Any]]
    is_whole: bool = True


def search(
    connection: sqlite3.Connection,
    selection: Selection,
    *,
    limit: int,
    order: Order = "best",
    marks: tuple[str, str] = ("**", "**"),
) -> Found:
    """Return the first `limit` articles that match, the best first or the newest.

    Each article has `id, url, headline, portal, province, body, article_section, date_published` as in the
    record, and `headline_marked` and `snippet`: the original text with `marks` around the words that matched.
    Behind the best, which are compared with one another, come the others, newest first.

    Raises:
        UnknownName: no article is of this province or portal.
    """
    query = settled(connection, selection.query or "")
    found = best(connection, selection) if order == "best" and query else Best([], [])
    first = found.ids[:limit]
    pages = select(connection, selection, newest_first=True, limit=limit + len(first))
    newest = (key for page in pages for key in page) if len(first) < limit else ()
    ids = list(dict.fromkeys([*first, *newest]))[:limit]
    articles = []
    for start in range(0, len(ids), PAGE):
        for article in load(connection, ids[start : start + PAGE]):
            text = whole_text(article.description, article.article_body)
            articles.append(
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
    return Found(articles, found.is_whole)


def _join(pieces: list[Piece], marks: tuple[str, str]) -> str:
    return "".join(f"{marks[0]}{piece.text}{marks[1]}" if piece.marked else piece.text for piece in pieces)
