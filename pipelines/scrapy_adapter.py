"""The stages and the store as Scrapy's item pipeline: the only file here that knows Scrapy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from pipelines.article import Article, Drop, Sighting
from pipelines.markup import sanitised
from pipelines.process import process, tell
from pipelines.store import Store, Stored

_FIRST_TEXTS = ("Kế hoạch số 1-KH/TU", "KẾ HOẠCH SỐ 1-KH/TU")
articles_stored = object()  # signal: stored=list[Stored], once they are on disk
article_dropped = object()  # signal: portal, address, outcome, reason
article_staged = object()  # signal: item=ReadPage; Scrapy's own item_scraped makes a task for each receiver


@dataclass(frozen=True, slots=True)
class ReadPage:
    """An article as read from its page.

    `address` is the URL that was asked for, `article.url` the one that answered; `fetched_at` is the
    capture time (ISO 8601, +07:00).
    """

    article: Article
    address: str
    fetched_at: str
    sightings: Sequence[Sighting] = ()

    def __str__(self) -> str:
        """Return what a log says of it: the page's own markup is none of a log's business."""
        return f"{self.article.portal}: {self.address}"


class CorpusPipeline:
    """Puts every page read through the stages and into corpus.db."""

    def __init__(self, crawler: Crawler) -> None:
        self._signals = crawler.signals
        self._path = Path(crawler.settings["TINSO_DATA"]) / "corpus.db"
        self._is_exported = bool(crawler.settings.getdict("FEEDS"))  # by `scrapy crawl -o`, item by item

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CorpusPipeline:
        """Make the pipeline of a crawler."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Open the corpus. Raises CorpusError for one that is not ours or of another version."""
        self.store = Store.open(self._path)
        # What texts are read with is made on the first: a fifth of a second, which no page shall wait for.
        tell([Article(url="", headline=text, in_language="vi") for text in _FIRST_TEXTS])

    def process_item(self, item: ReadPage) -> ReadPage:
        """Store the article of a page, in a batch. Raises DropItem where a stage kept it out."""
        context = self.store.context(item.fetched_at, item.article.url)
        portal = item.article.portal or ""
        try:
            processed = process(item.article, context)
        except Drop as drop:
            self._signals.send_catch_log(
                article_dropped, portal=portal, address=item.address, outcome=drop.outcome, reason=drop.reason
            )
            raise DropItem(drop.reason, log_level="DEBUG") from drop
        for sighting in item.sightings:
            self.store.sight(sighting)
        self._signals.send_catch_log(article_staged, item=item)
        self._report(self.store.put(item.address, processed))
        if self._is_exported:
            item.article.body_html = sanitised(item.article.body_html)
        return item

    def close_spider(self) -> None:
        """Store what is still in the batch."""
        self._report(self.store.close())

    def _report(self, stored: list[Stored]) -> None:
        if stored:
            self._signals.send_catch_log(articles_stored, stored=stored)
