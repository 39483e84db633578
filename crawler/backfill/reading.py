"""Captures read: by the portal's own lists and layouts, through the stages, into the corpus."""

from __future__ import annotations

import logging
from collections import Counter
from typing import NamedTuple

from scrapy import Request

from crawler.archive import Capture
from crawler.article_page import check_place, read_response
from crawler.backfill.book import Book, Held
from crawler.backfill.found import page_key
from crawler.data_directory import DataDirectory
from crawler.discovery.contract import Row
from crawler.exceptions import NoRows, PageError, TooLarge
from crawler.failures import outcome_of
from crawler.list_reader import ListReader
from crawler.portal import Portal
from crawler.responses import replayed
from crawler.settings import DOWNLOAD_MAXSIZE
from crawler.target import Target, asked_with
from pipelines.article import ArchiveRef, Drop, Sighting
from pipelines.identify import canonical_url, page_identity, same_address
from pipelines.outcomes import IN_CORPUS, Outcome
from pipelines.process import process

logger = logging.getLogger(__name__)

BATCH = 20  # readings between two commits of everything
Counts = Counter[tuple[str, str, Outcome]]


class _Settled(NamedTuple):
    capture: int
    target: Target | None
    outcome: Outcome
    reason: str | None
    record: tuple[str, int]
    at: str


class Reader:
    """Reads the captures of one portal. What it read counts once it is on disk; the book tells."""

    def __init__(self, portal: type[Portal], data: DataDirectory, book: Book, counts: Counts) -> None:
        self._portal, self._data, self._book, self._counts = portal, data, book, counts
        self._lists = ListReader(portal)
        self._settled: list[_Settled] = []
        self.missing: set[str] = set()  # pages that lists name and no archive holds

    def read_list(self, held: Held, capture: Capture, place: tuple[str, int], target: Target) -> list[Target]:
        """Take in the rows of a list page; return the list pages that it names and an archive holds."""
        section_url = self._portal.section_urls().get(target.section or "", target.url)
        request = Request(capture.url, meta=asked_with(target))
        try:
            _check_size(capture)
            rows, following, is_index = self._lists.read(replayed(capture, request), target, section_url, [])
            if not rows and target.url == section_url and not is_index:
                raise NoRows("no article links were found on the section's first page")
        except Exception as error:  # noqa: BLE001 (told, and counted)
            self._settle(held, target, *_failure(error, capture.url), place, capture.fetched_at)
            return []
        for row in rows:
            self._take_row(row, target.section, capture.fetched_at)
        self._settle(held, target, Outcome.LISTED, None, place, capture.fetched_at)
        return [
            Target.for_list(self._portal.name, page, target.section)
            for page in following
            if page.form is None and self._book.has(self._portal.name, page_key(page.url))
        ]

    def _take_row(self, row: Row, section: str | None, seen_at: str) -> None:
        name, url = self._portal.name, canonical_url(row.url)
        if not self._portal.owns(url):
            return
        asset = self._portal.asset_of(url)
        if asset:
            self._data.store.sight(Sighting(name, asset, url, "list", seen_at, section))
        if self._book.has(name, page_key(url)):
            article = Target(name, url, "article", section, asset, row.headline, row.stamp)
            self._data.frontier.offer(article, seen_at)
        else:
            self.missing.add(page_key(url))

    def read_article(self, held: Held, capture: Capture, place: tuple[str, int]) -> None:
        """Read an article's page and put it through the stages."""
        target = self._target(capture)
        if target is None:
            reason = "the article is known under another address"
            self._settle(held, None, Outcome.DUPLICATE_ADDRESS, reason, place, capture.fetched_at)
            return
        archive = ArchiveRef(file=place[0], offset=place[1])
        store = self._data.store
        try:
            _check_size(capture)
            check_place(self._portal, capture.url, target.url)
            request = Request(capture.url, meta=asked_with(target))
            read = read_response(self._portal, self._lists, replayed(capture, request), target, archive)
            processed = process(read.article, store.context(read.fetched_at, read.article.url))
        except Exception as error:  # noqa: BLE001 (told, and counted)
            self._settle(held, target, *_failure(error, capture.url), place, capture.fetched_at)
            return
        for sighting in read.sightings:
            store.sight(sighting)
        store.put(target.url, processed)
        self._settle(held, target, processed.outcome, None, place, capture.fetched_at)

    def knows(self, url: str, since: str = "") -> bool:
        """True where the corpus holds the article of an address, as it was at a time or later."""
        asset = self._portal.asset_of(url) or page_identity(url)
        known = self._data.store.known(self._portal.name, asset)
        return known is not None and known.last_seen >= since

    def checkpoint(self, *, least: int = 1) -> None:
        """Make what was read durable, if it is as much: archive, corpus, frontier, book."""
        if len(self._settled) < least:
            return
        self._data.writer.sync()
        self._data.store.flush()
        for settled in self._settled:
            self._settle_page(settled)
            self._book.settle(settled.capture, settled.outcome, settled.reason)
        self._data.frontier.commit()
        self._book.commit()
        self._settled.clear()

    def _target(self, capture: Capture) -> Target | None:
        """Return the page of a capture in the frontier; None where it has the article at another address."""
        name, url = self._portal.name, canonical_url(capture.url)
        frontier = self._data.frontier
        target = Target(name, url, "article", asset=self._portal.asset_of(url))
        if frontier.offer(target, capture.fetched_at) != "copy":
            return frontier.get(name, url) or target
        address = frontier.address_of(name, target.asset or "") or ""
        if same_address(address, url):
            return frontier.get(name, address)
        if self.knows(url):
            return None
        frontier.release(name, target.asset or "")  # that address has given nothing; this one may
        frontier.offer(target, capture.fetched_at)
        return target

    def _settle(
        self,
        held: Held,
        target: Target | None,
        outcome: Outcome,
        reason: str | None,
        place: tuple[str, int],
        at: str,
    ) -> None:
        if held.state == "done":  # a list that an earlier run counted
            return
        kind = target.kind if target else "article"
        self._counts[self._portal.name, kind, outcome] += 1
        if outcome.failed or outcome is Outcome.INCOMPLETE:
            logger.warning("%s: %s (%s): %s (%s)", self._portal.name, held.found.url, at, outcome, reason)
        self._settled.append(_Settled(held.capture, target, outcome, reason, place, at))

    def _settle_page(self, settled: _Settled) -> None:
        """Write how a page ended, unless the frontier knows better: of a later day, or of its article."""
        target, frontier = settled.target, self._data.frontier
        if target is None:
            return
        is_better = settled.outcome in IN_CORPUS
        if (frontier.outcome(target.portal, target.url) in IN_CORPUS) > is_better:
            return
        if not is_better and (frontier.last_fetched(target.portal, target.url) or "") > settled.at:
            return
        record = frontier.number(*settled.record)
        if record is not None:
            frontier.fetched(target.portal, target.url, record)
        frontier.settle(target.portal, target.url, settled.outcome, at=settled.at, reason=settled.reason)


def _check_size(capture: Capture) -> None:
    """Raise TooLarge for a page that a crawl would not read either."""
    if len(capture.body) > DOWNLOAD_MAXSIZE:
        raise TooLarge(f"{len(capture.body):,} bytes, at most {DOWNLOAD_MAXSIZE:,} are read")


def _failure(error: Exception, url: str) -> tuple[Outcome, str]:
    """Return the outcome of what reading raised, and the reason."""
    if isinstance(error, Drop):
        return Outcome(error.outcome), error.reason
    if isinstance(error, PageError | TooLarge):
        return outcome_of(error)
    logger.error("%s could not be read", url, exc_info=error)  # a defect of ours; the page is archived
    return Outcome.PARSE_ERROR, f"{type(error).__name__}: {error}"
