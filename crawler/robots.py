"""robots.txt as RFC 9309 has it: a portal that cannot say what it allows allows nothing."""

from __future__ import annotations

from http import HTTPStatus

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.exceptions import RobotsUnavailable


class Robots(RobotsTxtMiddleware):
    """Scrapy's own takes any error for leave to fetch everything, and an error page for rules.

    Here a 4xx answer allows everything (§2.3.1.3); a 5xx answer, or none, forbids everything in this run
    (§2.3.1.4).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unavailable: dict[str, Exception] = {}  # by host and port

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let the request pass.

        Raises:
            IgnoreRequest: the rules forbid it.
            RobotsUnavailable: robots.txt was answered by a server error.
            Exception: robots.txt could not be had; nor could the page.
        """
        if error := self._unavailable.get(urlparse_cached(request).netloc):
            raise error.with_traceback(None)
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise RobotsUnavailable(
                f"robots.txt answers HTTP {response.status}: nothing is asked for in this run"
            )
        if response.status >= HTTPStatus.BAD_REQUEST:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # Too many redirects are "unavailable" (§2.3.1.2), which allows; they, too, come as IgnoreRequest.
        if isinstance(exc, RobotsUnavailable) or not isinstance(exc, IgnoreRequest):
            self._unavailable[netloc] = exc
        super()._robots_error(exc, netloc)
