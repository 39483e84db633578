"""How gently a host is asked: the portal's delay, Crawl-delay, Retry-After, and the host's own slowness."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

MOST_DELAY = 60.0  # seconds; a Crawl-delay beyond it is taken as this


class Politeness(AutoThrottle):
    """AutoThrottle with a floor per host. Scrapy parses Crawl-delay but does not obey it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._floors: dict[str, float] = {}
        crawler.signals.connect(self._robots_parsed, signals.robots_parsed)

    def _min_delay(self) -> float:
        return max(super()._min_delay(), float(getattr(self.crawler.spider, "min_delay", 0)))

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"])
        host = urlparse_cached(request).hostname
        engine = self.crawler.engine
        if not asked or not host or engine is None:
            return
        self._floors[host] = floor = min(max(asked, self._min_delay()), MOST_DELAY)
        # An idle slot is forgotten after a minute: its successor must know the delay too.
        engine.downloader.per_slot_settings[host] = {"delay": floor, "concurrency": 1, "jitter": 0}
        if slot := engine.downloader.slots.get(host):
            slot.delay = max(slot.delay, floor)

    def _response_downloaded(self, response: Response, request: Request, spider: Any) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        if key and slot:
            asked = min(_asked_to_wait(response), MOST_DELAY)  # AutoThrottle halves it with every page had
            slot.delay = max(slot.delay, self._floors.get(key, 0.0), asked)


def _asked_to_wait(response: Response) -> float:
    """Return the seconds for which a busy server wants to be left alone (RFC 9110 §10.2.3), 0 without."""
    if response.status not in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        return 0.0
    asked = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        return (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return 0.0
