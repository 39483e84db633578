"""robots.txt as RFC 9309 has it: a portal that cannot say what it allows allows nothing."""

from __future__ import annotations

from http import HTTPStatus

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.exceptions import PrivateAddress, RobotsUnavailable

MOST_BYTES = 512 * 1024  # that are read of it (§2.5 asks for 500 KiB at least)
_ENDLESS_REDIRECT = "max redirections reached"  # Scrapy tells its reasons apart by their words alone


class Robots(RobotsTxtMiddleware):
    """Scrapy's own takes any error for leave to fetch everything, and an error page for rules.

    Here a 4xx answer allows everything (§2.3.1.3), but for 429; a 5xx answer, or none, forbids everything in
    this run (§2.3.1.4). One without end is read as far as MOST_BYTES.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(self._bytes_received, signals.bytes_received)
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
        is_busy = response.status == HTTPStatus.TOO_MANY_REQUESTS  # says nothing of what it allows
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or is_busy:
            raise RobotsUnavailable(
                f"robots.txt answers HTTP {response.status}: nothing is asked for in this run"
            )
        if response.status >= HTTPStatus.BAD_REQUEST:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _bytes_received(self, data: bytes, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            received = request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
            if received > MOST_BYTES:
                raise StopDownload(fail=False)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, PrivateAddress):
            exc = RobotsUnavailable(f"robots.txt leads away: {exc}; nothing is asked for in this run")
        # Too many redirects are "unavailable" (§2.3.1.2), which allows.
        if not (isinstance(exc, IgnoreRequest) and str(exc) == _ENDLESS_REDIRECT):
            self._unavailable[netloc] = exc
        super()._robots_error(exc, netloc)
