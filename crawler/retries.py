"""What is asked for again within a run, after how long, and when a host is left alone instead."""

from __future__ import annotations

import asyncio
from collections import Counter
from http import HTTPStatus
from typing import Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.bookkeeping import Bookkeeping
from crawler.exceptions import HostLeftAlone
from crawler.failures import outcome_of
from crawler.frontier import Frontier
from crawler.ledger import HOST_TROUBLES
from crawler.politeness import MOST_DELAY, asked_to_wait
from crawler.responses import is_cut
from crawler.revisits import payload_digest
from pipelines.outcomes import Outcome

MOST_TROUBLES = 10  # pages, or requests, running that a host could not answer, before it is left alone


class Retries(RetryMiddleware):
    """Scrapy's own, with waiting: a server that has just failed is not asked again at once.

    The first retry comes after TINSO_RETRY_WAIT seconds, the next after four times as long; the host's other
    pages go on meanwhile. What will not pass by itself is not retried: a certificate, or a server that asks
    for more patience than a run has. A page that breaks off is asked for again until it comes twice alike.
    """

    crawler: Crawler
    _wait: float
    _frontier: Frontier
    _unanswered: Counter[str]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of a portal's crawler."""
        made = super().from_crawler(crawler)
        made._wait = crawler.settings.getfloat("TINSO_RETRY_WAIT")
        data = Bookkeeping.of(crawler).data
        made._frontier, made._unanswered = data.frontier, data.ledger.unanswered
        return made

    async def process_response(  # type: ignore[override]
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the response, or the request once more.

        Raises:
            ResponseDataLossError: the page broke off, and elsewhere each time.
        """
        self._count(response.status < HTTPStatus.INTERNAL_SERVER_ERROR)
        if request.meta.get("dont_retry") or asked_to_wait(response) > MOST_DELAY:
            return response
        if response.status < HTTPStatus.MULTIPLE_CHOICES and is_cut(response.body):
            digest = payload_digest(response.body)
            if request.meta.get("cut") == digest:
                return response
            request.meta["cut"] = digest
            if target := request.meta.get("target"):  # a kill while it waits must not have it read
                self._frontier.not_had(target.portal, target.url)
            error = ResponseDataLossError("the page breaks off, and elsewhere each time")
            if again := await self._later(self._retry(request, "the page breaks off"), error):
                return again
            raise error
        retry = super().process_response(request, response)
        return await self._later(retry, HttpError(response)) or response

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | None:
        """Return the request once more, None where the error stays."""
        outcome, _ = outcome_of(exception)
        if outcome in HOST_TROUBLES:
            self._count(False)
        if outcome is Outcome.TLS_ERROR:
            return None
        return await self._later(super().process_exception(request, exception), exception)

    def _count(self, is_answered: bool) -> None:
        name = self.crawler.spider.name  # type: ignore[union-attr]
        self._unanswered[name] = 0 if is_answered else self._unanswered[name] + 1

    async def _later(self, again: Request | Response | None, failure: Exception) -> Request | None:
        """Return a retry after its wait, None where there is none; at once when the crawl ends.

        `failure` is what becomes of the page if its host is left alone before the retry has its turn.
        """
        if not isinstance(again, Request):
            return None
        engine, spider = self.crawler.engine, self.crawler.spider
        assert engine and spider
        again.meta["failure"] = failure
        left = self._wait * 4 ** (again.meta["retry_times"] - 1)
        while left > 0 and engine.running and self._unanswered[spider.name] < MOST_TROUBLES:
            await asyncio.sleep(min(left, 0.25))
            left -= 0.25
        return again if self._unanswered[spider.name] < MOST_TROUBLES else None


class LeaveAlone:
    """Stops asking a host that gives nothing any more: what is left is for the next run.

    That is one that failed, or answered with a challenge, MOST_TROUBLES times running.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._ledger = Bookkeeping.of(crawler).data.ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LeaveAlone:
        """Make the middleware of a portal's crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass. Raises HostLeftAlone."""
        if "target" in request.meta and (reason := self._reason()):
            raise request.meta.get("failure") or HostLeftAlone(reason)

    def process_response(self, request: Request, response: Response) -> Response:
        """Drop what waits for a host that has answered with a challenge once too often."""
        self._drop_waiting()
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Drop what waits for a host that has failed once too often."""
        self._drop_waiting()

    def _reason(self) -> str | None:
        spider = self._crawler.spider
        if spider is None:
            return None
        if self._ledger.troubles[spider.name] >= MOST_TROUBLES:
            return f"left for the next run: {MOST_TROUBLES} pages running could not be had"
        if self._ledger.unanswered[spider.name] >= MOST_TROUBLES:
            return f"left for the next run: {MOST_TROUBLES} requests running had no answer"
        return None

    def _drop_waiting(self) -> None:
        """Answer what stands in line for its host already, and would be asked for after its delay."""
        if (reason := self._reason()) and self._crawler.engine:
            for slot in self._crawler.engine.downloader.slots.values():
                while slot.queue:
                    request, answer = slot.queue.popleft()
                    answer.errback(Failure(request.meta.get("failure") or HostLeftAlone(reason)))
