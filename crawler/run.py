"""One run over some portals, in one process."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.clock import now
from crawler.data_directory import DataDirectory
from crawler.exceptions import HomeUnknown
from crawler.health.conclude import conclude
from crawler.homes import VARIABLE
from crawler.ledger import Ledger
from pipelines.outcomes import Outcome

if TYPE_CHECKING:
    from crawler.portal import Portal


@dataclass(slots=True)
class Report:
    """What a run did: per portal the numbers of URLs by (kind, outcome), and which crawls were stopped."""

    counts: dict[str, Counter[tuple[str, Outcome]]] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)

    def failed(self, portal: str) -> str | None:
        """Return why a portal's run counts as failed, or None.

        A page that could not be had or read fails it; so does reading no list and asking for no article (some
        are counted without a list), since a silent zero is the worst outcome, and an end before the end.
        """
        if portal in self.stopped:
            return "the crawl was stopped; the next one goes on from here"
        counts = self.counts[portal]
        failures = sum(urls for (_, outcome), urls in counts.items() if outcome.failed)
        if failures:
            return f"{failures} pages could not be had or read"
        if not any(kind == "article" or outcome is Outcome.LISTED for kind, outcome in counts):
            return "no list page was read"
        return None


def quiet_process(settings: Settings) -> AsyncCrawlerProcess:
    """Return a process whose log tells what a person can act on; a page's outcome is told by the ledger."""
    process = AsyncCrawlerProcess(settings)
    # A robots.txt that cannot be had is followed by its pages, which are counted; no traceback is needed.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    # Several lines a page, which the handler would only throw away: 3 % of a crawl.
    logging.getLogger("scrapy").setLevel(settings["LOG_LEVEL"])
    calm_gc()
    return process


def calm_gc() -> None:
    """Let the collector look at what comes and goes, less often.

    Trees and tasks come and go by the thousand, modules stay: looking through all of them every 700 objects
    took 5 % of a crawl.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def by_host(portals: Iterable[type[Portal]]) -> list[list[type[Portal]]]:
    """Return the portals in chains; two that have a host in common stand in one chain."""
    chains: list[tuple[set[str | None], list[type[Portal]]]] = []
    for portal in portals:
        hosts = {urlsplit(url).hostname for url in (portal.home, *portal.section_urls().values())}
        chain = [portal]
        for shared in [other for other in chains if other[0] & hosts]:
            chains.remove(shared)
            hosts, chain = hosts | shared[0], shared[1] + chain
        chains.append((hosts, chain))
    return [chain for _, chain in chains]


def _crawl_in_turn(
    process: AsyncCrawlerProcess,
    waiting: list[type[Portal]],
    arguments: dict[str, str],
    finished: set[str],
) -> None:
    """Crawl one portal after the other: side by side, each would ask their host once a delay.

    Those whose crawl comes to its end go into `finished`; once one is stopped by a signal, no other begins.
    """
    portal, *rest = waiting
    crawler = process.create_crawler(portal)

    def ended(task: object) -> None:
        reason = crawler.stats.get_value("finish_reason") if crawler.stats else None
        if reason == "finished":
            finished.add(portal.name)
        if rest and reason != "shutdown":
            _crawl_in_turn(process, rest, arguments, finished)

    process.crawl(crawler, **arguments).add_done_callback(ended)


def run(
    portals: Iterable[type[Portal]],
    settings: Settings,
    *,
    watch: Callable[[Ledger], AbstractContextManager[object]] = lambda ledger: nullcontext(),
    **arguments: str,
) -> Report:
    """Crawl the portals side by side, those of one host in turn; return what became of every URL.

    `watch` surrounds the crawl and may show the ledger; `arguments` are the spiders' own (`limit`, `since`,
    …). Call once in a process: Twisted's reactor cannot be started again.

    Raises:
        HomeUnknown, DataDirectoryError, CorpusError, ArchiveError: before anything is fetched.
    """
    portals = list(portals)
    finished: set[str] = set()
    for portal in portals:
        if not portal.home_is_certain:
            raise HomeUnknown(
                f"{portal.name}: no page names its host; give it: {VARIABLE}={portal.name}=http://…"
            )
    archives = settings.getlist("TINSO_ARCHIVES")
    data = DataDirectory.open(Path(settings["TINSO_DATA"]), source=", ".join(archives) or "live")
    try:
        with watch(data.ledger):
            process = quiet_process(settings)
            for chain in by_host(portals):
                _crawl_in_turn(process, chain, arguments, finished)
            process.start()
        if not archives and not data.broken:  # a recording does not tell how a portal does
            conclude(data.path, data.store.connection, now(), [portal.name for portal in portals])
        counts = {portal.name: data.ledger.of(portal.name) for portal in portals}
        return Report(counts, stopped=counts.keys() - finished)
    finally:
        data.close()
