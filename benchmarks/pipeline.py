"""Speed of the whole path beside bare Scrapy: same pages, same server, one core.

    python -m benchmarks.pipeline [--rounds 3]

Bare Scrapy follows the same lists and takes three fields of every article with three selectors; nothing is
archived, cleaned or stored. tinso does all that it does in a crawl. Delays are off for both, and both follow
only links to pages that the recording holds: a 404 costs less than a page and is none. Client and server run
on a core each; what counts is CPU time from the spider's opening to its end, so that start-up and other work
on the machine stay out of it. Rounds alternate. Printed are the median of the rounds' ratios, their range and
the ratio of the best rounds: neighbours in the processor's caches make a crawl slower, never faster, and most
the one that uses more of the caches.

The third contestant is tinso without what only tells of an article (classify, entities, duplicates): what it
takes to read, identify, revise, archive, index and store.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response

from crawler import registry
from crawler.discovery.contract import PageRequest
from crawler.page import Page
from crawler.platforms.liferay import LiferayPortal
from crawler.replay import Replay
from crawler.run import run
from pipelines import process
from pipelines.duplicates.linking import Linker
from tests.crawling import RECORDING, ROOT
from tests.warc_server import WarcServer

HOME = "http://sotttt.hanoi.gov.vn/"
SECTIONS = {"Hoạt động Đảng, Đoàn thể": "hoat-ong-ang-oan-the", "Tin tức sự kiện": "vi/tin-tuc-su-kien"}
SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "LOG_LEVEL": "ERROR",
}
STOPWATCH = "benchmarks.pipeline.Stopwatch"


@cache
def recorded() -> frozenset[str]:
    """Return the addresses that the recording holds."""
    return frozenset(address for address, _ in Replay([RECORDING]).addresses())


class Stopwatch:
    """CPU seconds of this process from the opening of the spider to its end."""

    seconds = 0.0

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopwatch:
        return cls(crawler)

    def opened(self) -> None:
        recorded()
        Stopwatch.seconds = -time.process_time()

    def closed(self) -> None:
        Stopwatch.seconds += time.process_time()


class RecordedPortal(LiferayPortal):
    """Lists end where the recording ends."""

    @classmethod
    def following_pages(cls, page: Page) -> list[PageRequest]:
        return [following for following in super().following_pages(page) if following.url in recorded()]


class Bench(RecordedPortal):
    """Both recorded sections of the Hà Nội portal."""

    name = "bench"
    province = "Hà Nội"
    body = "Sở Thông tin và Truyền thông"
    home = HOME
    sections = SECTIONS


class Bare(Spider):
    """What one writes in ten minutes."""

    name = "bare"
    pages = 0

    async def start(self) -> AsyncIterator[Request]:
        for path in SECTIONS.values():
            yield Request(HOME + path, self.parse)

    def parse(self, response: Response) -> Iterator[Request]:
        Bare.pages += 1
        for link in response.css(".asset-abstract h3 a::attr(href)").getall():
            yield response.follow(link, self.parse_article)
        for link in response.css(".lfr-pagination li a::attr(href)").getall():
            if link in recorded():
                yield response.follow(link, self.parse)

    def parse_article(self, response: Response) -> Iterator[dict[str, str | None]]:
        Bare.pages += 1
        yield {
            "headline": response.css(".asset-full-content-title::text").get(),
            "date": response.css(".assetPublishDate::text").get(),
            "body": " ".join(response.css(".journal-content-article ::text").getall()),
        }


def bare() -> int:
    """Crawl with bare Scrapy; return the number of pages read."""
    off = {"TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    process = AsyncCrawlerProcess({**SETTINGS, **off, "EXTENSIONS": {STOPWATCH: 1000}})
    process.crawl(Bare)
    process.start()
    return Bare.pages


def ours() -> int:
    """Crawl with tinso into a new data directory; return the number of pages read."""
    with tempfile.TemporaryDirectory() as data:
        settings = registry.project_settings(TINSO_DATA=data, **SETTINGS)
        extensions = {**settings.getdict("EXTENSIONS"), STOPWATCH: 1000}
        settings.set("EXTENSIONS", extensions, priority="cmdline")
        report = run([Bench], settings)
    return sum(report.counts["bench"].values())


def untold() -> int:
    """Crawl with tinso, but tell nothing of the articles; return the number of pages read."""
    process.TELLING = ()
    Linker.take = lambda linker, articles: None  # type: ignore[method-assign]
    return ours()


CONTESTANTS = {"bare": bare, "ours": ours, "untold": untold}


def measure(contestant: str, proxy: str) -> float:
    """Return pages a second of one crawl in a process of its own, start-up left out."""
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.pipeline", "--contestant", contestant],
        cwd=ROOT,
        env={**os.environ, "http_proxy": proxy},
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(result.stdout.splitlines()[-1])
    return float(figures["pages"] / figures["seconds"])


def main() -> None:
    """Run the rounds and print medians: of pages a second, and of the rounds' ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--contestant", choices=CONTESTANTS)
    arguments = parser.parse_args()
    if arguments.contestant:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        pages = CONTESTANTS[arguments.contestant]()
        print(json.dumps({"pages": pages, "seconds": Stopwatch.seconds}))  # noqa: T201
        return
    if not Path(RECORDING).is_file():
        sys.exit(f"{RECORDING}: the recorded portal is absent; there is nothing to measure with")
    speeds: dict[str, list[float]] = {contestant: [] for contestant in CONTESTANTS}
    with WarcServer(RECORDING) as server:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        for _ in range(arguments.rounds):
            for contestant, found in speeds.items():
                found.append(measure(contestant, server.address))
    print(f"bare Scrapy: {statistics.median(speeds['bare']):.0f} pages a CPU second")  # noqa: T201
    for contestant, name in (("ours", "tinso"), ("untold", "without classify, entities, duplicates")):
        ratios = sorted(found / bare for found, bare in zip(speeds[contestant], speeds["bare"], strict=True))
        print(  # noqa: T201
            f"{name}: {statistics.median(speeds[contestant]):.0f}, ratio {statistics.median(ratios):.2f} "
            f"({ratios[0]:.2f} to {ratios[-1]:.2f}), of the best rounds "
            f"{max(speeds[contestant]) / max(speeds['bare']):.2f}"
        )


if __name__ == "__main__":
    # Scrapy loads classes by name: they must be this module's, not those of __main__.
    from benchmarks import pipeline

    pipeline.main()
