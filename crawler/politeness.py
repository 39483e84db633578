"""How gently a host is asked: the portal's delay, Crawl-delay, Retry-After, and the host's own slowness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.bookkeeping import Bookkeeping
from crawler.clock import now, to_iso
from crawler.exceptions import HostResting
from crawler.schedule import Schedule

MOST_DELAY = 60.0  # seconds; a Crawl-delay beyond it is taken as this
LONGEST_REST = 86_400.0  # seconds; a Retry-After beyond it is taken as this


class Politeness(AutoThrottle):
    """AutoThrottle with a floor per host. Scrapy parses Crawl-delay and Retry-After but obeys neither.

    A Retry-After up to `MOST_DELAY` is waited for. A longer one ends what is asked of the host in this run,
    and is remembered in state.db for the next.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._floors: dict[str, float] = {}
        self._schedule: Schedule | None = None  # of a portal's crawl
        self._resting: dict[str, str] = {}  # host → until when
        crawler.signals.connect(self._robots_parsed, signals.robots_parsed)

    def _spider_opened(self, spider: Spider) -> None:
        super()._spider_opened(spider)
        if bookkeeping := self.crawler.get_extension(Bookkeeping):
            self._schedule = bookkeeping.data.frontier
            self._resting = self._schedule.resting(now())

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
        if not key or not slot:
            return
        asked = min(asked_to_wait(response), LONGEST_REST)
        # AutoThrottle halves the delay with every page had.
        slot.delay = max(slot.delay, self._floors.get(key, 0.0), min(asked, MOST_DELAY))
        if asked > 0:
            slot.lastseen = monotonic()  # counted from the answer; Scrapy counts from the request
        if asked > MOST_DELAY:
            self._rest(key, asked)
            while slot.queue:
                waiting, answer = slot.queue.popleft()
                answer.errback(self._refusal(waiting))

    def _rest(self, host: str, seconds: float) -> None:
        self._resting[host] = until = to_iso(datetime.now(UTC) + timedelta(seconds=seconds))
        if self._schedule:
            self._schedule.rest(host, until)

    def refuse(self, request: Request) -> None:
        """Raise HostResting for a request to a host that wants to be left alone."""
        host = urlparse_cached(request).hostname
        if self._resting and host in self._resting and self._resting[host] > now():
            raise self._refusal(request)

    def _refusal(self, request: Request) -> HostResting:
        host = urlparse_cached(request).hostname or ""
        return HostResting(f"{host} asked to be left alone until {self._resting[host]}")


class RestingHosts:
    """Keeps requests from hosts that asked to be left alone, in this run or in one before it."""

    def __init__(self, politeness: Politeness) -> None:
        self._politeness = politeness

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RestingHosts:
        """Make the middleware. Raises NotConfigured where AutoThrottle is off: nobody is spared then."""
        if politeness := crawler.get_extension(Politeness):
            return cls(politeness)
        raise NotConfigured  # without a word: there is nothing to warn of

    def process_request(self, request: Request) -> None:
        """Let the request pass. Raises HostResting."""
        self._politeness.refuse(request)


def asked_to_wait(response: Response) -> float:
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
