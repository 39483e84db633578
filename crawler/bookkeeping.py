"""The extension that opens the data directory for a crawl and keeps its books."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from crawler.data_directory import DataDirectory
from crawler.exceptions import DataDirectoryError, TinsoError
from crawler.health.history import History
from crawler.health.observer import Observer
from crawler.replay import Replay
from pipelines.article import Sighting
from pipelines.exceptions import CorpusError
from pipelines.outcomes import Outcome
from pipelines.scrapy_adapter import ReadPage, article_dropped, article_staged, articles_stored
from pipelines.store import Stored

if TYPE_CHECKING:
    from crawler.portal import Portal

COMMIT_INTERVAL = 2.0  # seconds
_replay = lru_cache(maxsize=1)(Replay)  # the portals of one run share the index


class Bookkeeping:
    """One portal's hold on the data directory.

    Spider and middlewares work with `data`; `replay` are the archives that answer in the network's place.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        archives = tuple(Path(path) for path in crawler.settings.getlist("TINSO_ARCHIVES"))
        self.replay = _replay(archives) if archives else None
        self.data = DataDirectory.open(
            Path(crawler.settings["TINSO_DATA"]), source=", ".join(map(str, archives)) or "live"
        )
        self.observer = Observer()
        self._commits = create_looping_call(self._commit)
        connect = crawler.signals.connect
        connect(self._opened, signals.spider_opened)
        connect(self._closed, signals.spider_closed)
        connect(self._staged, article_staged)
        connect(self._stored, articles_stored)
        connect(self._dropped, article_dropped)
        connect(self._failed, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Bookkeeping:
        """Open the data directory.

        Raises:
            NotConfigured: the spider is no portal.
            SystemExit: the directory cannot be used. `tinso crawl` finds out before; under `scrapy crawl`
                any other exception would be a traceback of Scrapy's inside.
        """
        if not hasattr(crawler.spidercls, "declaration"):
            raise NotConfigured("not a portal")
        try:
            return cls(crawler)
        except (TinsoError, CorpusError) as error:
            raise SystemExit(f"tinso: {error}") from error

    @staticmethod
    def of(crawler: Crawler) -> Bookkeeping:
        """Return the crawler's own. Raises NotConfigured where it has none."""
        if found := crawler.get_extension(Bookkeeping):
            return found
        raise NotConfigured("not a portal")

    def _opened(self, spider: Portal) -> None:
        self.data.store.declare_portal(**spider.declaration())
        self._commits.start(COMMIT_INTERVAL, now=False)

    def _commit(self) -> None:
        with suppress(DataDirectoryError):  # remembered in `broken`, and raised when the run ends
            self.data.flush(unless_within=COMMIT_INTERVAL / 2)
        if self.data.broken:  # to go on would ask a portal for pages that are kept nowhere
            self._stopping = asyncio.get_running_loop().create_task(self.crawler.stop_async())

    def _staged(self, item: ReadPage) -> None:
        self.observer.article_read(item.article, item.fetched_at)

    def _stored(self, stored: list[Stored]) -> None:
        self.data.settle(stored)

    def _dropped(self, portal: str, address: str, outcome: Outcome, reason: str) -> None:
        self.data.ledger.settle(portal, address, outcome, reason)

    def _failed(self, item: ReadPage, failure: Failure) -> None:
        if isinstance(failure.value, sqlite3.OperationalError):  # a full disk; the page waits in the archive
            self.data.fail(failure.value)
            return
        # A defect of ours; the page is archived, and the next version reads it again.
        self._dropped(item.article.portal or "", item.address, Outcome.PARSE_ERROR, repr(failure.value))

    def _closed(self, spider: Portal, reason: str) -> None:
        self.crawler.stats.set_value("finish_reason", reason)
        if self._commits.running:
            self._commits.stop()
        try:
            if not self.data.broken:
                self._close_books(spider, reason)
        finally:
            self.data.release()

    def _close_books(self, spider: Portal, reason: str) -> None:
        self._sight_replayed(spider)
        ledger = self.data.ledger
        ledger.settle_open(spider.name, f"crawl stopped: {reason}")
        counts = ledger.of(spider.name)
        for (kind, outcome), urls in counts.items():
            self.crawler.stats.set_value(f"outcome/{kind}/{outcome}", urls)
        self.data.store.record_outcomes(
            self.data.run,
            spider.name,
            [(kind, str(outcome), urls) for (kind, outcome), urls in counts.items()],
        )
        visit = self.observer.visit(spider, counts, self.data.frontier)
        if visit and not self.replay:  # a recording does not tell how the portal does
            with closing(History(self.data.health_path)) as history:
                history.record(visit)

    def _sight_replayed(self, portal: Portal) -> None:
        """Note every address at which the replayed archives saw an article that is now stored."""
        for address, seen_at in self.replay.addresses() if self.replay else ():
            if asset := portal.asset_of(address):
                self.data.store.sight(Sighting(portal.name, asset, address, "archive", seen_at))
