"""Notes during a portal's crawl what its health is told from, and makes a `Visit` of it at the end."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from crawler.clock import now
from crawler.discovery.contract import Row
from crawler.extraction.dates import parse_stamp
from crawler.frontier import Frontier
from crawler.health.visit import ListTry, Visit
from pipelines.article import Article
from pipelines.outcomes import Outcome

if TYPE_CHECKING:
    from crawler.portal import Portal

_COUNTED = "countable"  # stands for the lists of a portal that has none


class Observer:
    """One portal's. The crawl tells it of list pages and articles; the rest it asks the frontier."""

    def __init__(self) -> None:
        self.started = now()
        self._lists: dict[str, tuple[int, str | None]] = {}  # address → rows, newest day
        self._stored: Counter[str] = Counter()

    def list_read(self, url: str, rows: Iterable[Row], fetched_at: str) -> None:
        """Take note of a section's first page."""
        rows = list(rows)
        stamps = (parse_stamp(row.stamp, fetched_at=fetched_at) for row in rows if row.stamp)
        days = [stamp.value[:10] for stamp in stamps if stamp]
        self._lists[url] = len(rows), max(days, default=None)

    def article_read(self, article: Article, fetched_at: str) -> None:
        """Count an article that passed the stages, if it is new to the corpus."""
        if article.first_seen == fetched_at and article.revision == 1:
            self._stored["stored"] += 1
            self._stored["dated"] += article.date_published is not None
            self._stored["with_text"] += bool(article.article_body)
            self._stored["by_layout"] += article.layout != "generic"

    def visit(
        self, portal: Portal, counts: Mapping[tuple[str, Outcome], int], frontier: Frontier
    ) -> Visit | None:
        """Return the visit; None where nothing of the portal was asked for (all was left for next time)."""
        sections = {url: name for name, url in portal.section_urls().items()}
        lists: dict[str, ListTry | None] = dict.fromkeys(sections)
        lists |= self._tries(frontier.connection, portal.name, sections or {portal.home: "home"})
        if not any(lists.values()) and (counted := _counted(counts)):
            lists[_COUNTED] = counted
        fresh = self._fresh(frontier.connection, portal.name)
        if not any(lists.values()) and not fresh:
            return None
        return Visit(portal.name, now(), lists, fresh, **self._stored)

    def _tries(
        self, connection: sqlite3.Connection, portal: str, sections: Mapping[str, str]
    ) -> dict[str, ListTry]:
        rows = connection.execute(
            "SELECT url, last_outcome, last_reason FROM pages WHERE portal = ? AND kind = 'list' "
            f"AND last_fetched >= ? AND url IN ({', '.join('?' * len(sections))})",
            (portal, self.started, *sections),
        )
        tries = {}
        for url, outcome, reason in rows:
            count, newest = self._lists.get(url, (None, None))
            tries[url] = ListTry(sections[url], outcome, count, newest, reason)
        return tries

    def _fresh(self, connection: sqlite3.Connection, portal: str) -> dict[str, int]:
        rows = connection.execute(
            "SELECT last_outcome, count(*) FROM pages WHERE portal = ? AND kind = 'article' "
            "AND first_seen >= ? AND last_fetched >= ? AND last_outcome <> ? GROUP BY 1",
            (portal, self.started, self.started, Outcome.OFF_SITE),
        )
        return dict(rows)


def _counted(counts: Mapping[tuple[str, Outcome], int]) -> ListTry | None:
    """Return how the articles of a portal without lists were found, which stand for its lists."""
    asked = Counter({outcome: urls for (kind, outcome), urls in counts.items() if kind == "article"})
    for unasked in (Outcome.OFF_SITE, Outcome.SKIPPED_BUDGET, Outcome.NOT_ARCHIVED):
        del asked[unasked]
    if not asked:
        return None
    answered = any(not outcome.failed and outcome is not Outcome.BLOCKED_BY_ROBOTS for outcome in asked)
    outcome = Outcome.LISTED if answered else asked.most_common(1)[0][0]
    return ListTry("countable", outcome)
