"""Pages fetched for a look, with the crawl's manners, and nothing stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler.archive import Capture
from crawler.clock import now
from crawler.failures import outcome_of

_NOTHING_STORED = {
    "EXTENSIONS": {"scrapy.extensions.throttle.AutoThrottle": None, "crawler.politeness.Politeness": 0},
    "DOWNLOADER_MIDDLEWARES": {},
    "ITEM_PIPELINES": {},
}


class _Look(Spider):
    name = "look"

    def __init__(self, urls: Iterable[str], found: dict[str, Capture | str], **rest: Any) -> None:
        super().__init__(**rest)
        self._urls, self._found = urls, found

    async def start(self) -> AsyncIterator[Request]:
        for url in self._urls:
            yield Request(url, self.parse, errback=self.failed, cb_kwargs={"asked": url}, dont_filter=True)

    def parse(self, response: Response, asked: str) -> None:
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        self._found[asked] = Capture(response.url, now(), response.status, headers, response.body)

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        outcome, reason = outcome_of(failure.value)
        self._found[request.cb_kwargs["asked"]] = f"{outcome}: {reason}"


def fetch(urls: Iterable[str], settings: Settings) -> dict[str, Capture | str]:
    """Return for each address what it answered, its body decoded, or in words why it could not be had.

    Call once in a process: Twisted's reactor cannot be started again.
    """
    found: dict[str, Capture | str] = {}
    settings = settings.copy()
    settings.setdict(_NOTHING_STORED, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(_Look, urls=list(urls), found=found)
    process.start()
    return found
