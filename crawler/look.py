"""Pages fetched for a look, with the crawl's manners, and nothing stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.archive import Capture
from crawler.clock import now
from crawler.discovery.contract import PageRequest
from crawler.exceptions import PageError
from crawler.extraction.read import read_page
from crawler.failures import outcome_of
from crawler.page import Page
from crawler.run import quiet_process

Result = TypeVar("Result")
Fetch = Callable[[PageRequest], Capture]

_NOTHING_STORED = {
    "EXTENSIONS": {
        "scrapy.extensions.remote_control.RemoteControl": None,
        "scrapy.extensions.telnet.TelnetConsole": None,
        "scrapy.extensions.throttle.AutoThrottle": None,
        "crawler.politeness.Politeness": 0,
    },
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.borders.Borders": 70,
        "crawler.robots.Robots": 100,
    },
    "ITEM_PIPELINES": {},
}


class Unreachable(PageError):
    """Raised by a `Fetch` for an address that gives no page; the text is outcome and reason."""


class _Look(Spider, Generic[Result]):
    name = "look"

    def __init__(self, work: Callable[[Fetch], Result], results: list[Result], **rest: Any) -> None:
        super().__init__(**rest)
        self._work, self._results = work, results

    async def start(self) -> AsyncIterator[Request]:
        self._results.append(await asyncio.to_thread(self._work, fetcher(self.crawler)))
        return
        yield  # Scrapy wants a generator; every request is made through the engine


def look(settings: Settings, work: Callable[[Fetch], Result]) -> Result:
    """Return what `work` returns, which gets a function that fetches one page after the other.

    Call once in a process: Twisted's reactor cannot be started again.
    """
    results: list[Result] = []
    settings = settings.copy()
    settings.setdict(_NOTHING_STORED, priority="cmdline")
    process = quiet_process(settings)
    process.crawl(_Look, work=work, results=results)
    process.start()
    return results[0]


def fetcher(crawler: Crawler) -> Fetch:
    """Return a function for worker threads that fetches through a running crawler's engine.

    It raises Unreachable. Call this in the thread of the event loop.
    """
    loop = asyncio.get_running_loop()

    async def download(request: Request) -> Response:
        assert crawler.engine
        response = await crawler.engine.download_async(request)
        if response.status >= 400:
            raise HttpError(response)
        return response

    def fetch(page: PageRequest) -> Capture:
        form = None if page.form is None else urlencode(page.form)
        headers = None if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
        request = Request(page.url, method="GET" if form is None else "POST", body=form, headers=headers)
        try:
            response = asyncio.run_coroutine_threadsafe(download(request), loop).result()
        except Exception as error:  # whatever a server can do; the reason is told
            raise Unreachable(": ".join(outcome_of(error))) from error
        fields = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        fetched_at = response.meta.get("fetched_at") or now()
        return Capture(response.url, fetched_at, response.status, fields, response.body)

    return fetch


def page_of(capture: Capture) -> Page:
    """Return a capture as a page. Raises NotHtml for what is none."""
    content_type = next((value for name, value in capture.headers if name.lower() == "content-type"), None)
    return read_page(capture.body, capture.url, content_type=content_type, fetched_at=capture.fetched_at)
