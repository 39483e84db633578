"""The crawl of one portal: its sections' lists, and every article they lead to."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.archive_index import Archived
from crawler.article_page import check_place, read_response
from crawler.bookkeeping import Bookkeeping
from crawler.budget import Budget
from crawler.clock import now
from crawler.countable import TROUBLES, Count, Past, count_of, target_of
from crawler.declaration import Declaration
from crawler.discovery.contract import Row
from crawler.discovery.walk import Walk
from crawler.exceptions import NoRows, PageError
from crawler.failures import outcome_of
from crawler.ledger import HOST_TROUBLES
from crawler.list_reader import ListReader
from crawler.period import Period
from crawler.revisits import payload_digest
from crawler.survey import find_sections
from crawler.target import Leg, Target, asked_with
from crawler.together import Together
from crawler.visits import Visits
from pipelines.article import ArchiveRef, Sighting
from pipelines.identify import canonical_url
from pipelines.outcomes import Outcome
from pipelines.scrapy_adapter import ReadPage

logger = logging.getLogger(__name__)

_TLS: dict[str, dict[str, Any]] = {
    "insecure": {"DOWNLOAD_VERIFY_CERTIFICATES": False},
    # Scrapy's own handler takes no such ciphers, and says nothing about it.
    "legacy": {
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.handler.BoundedHandler",
            "https": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler",
        },
        "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0",
        "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0",
    },
}


class Portal(Declaration, Spider):
    """Base of all portals; see `Declaration` for what a portal's class sets.

    Spider arguments: `limit` (articles to fetch at most), `since` and `until` (ISO dates, against the
    stamps that lists print), `full` (read every known article again), `due` (only what is due), `night`
    (by day only what is news).
    """

    def __init__(
        self,
        *,
        limit: str = "",
        since: str = "",
        until: str = "",
        full: str = "",
        due: str = "",
        night: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        if limit and not limit.isdecimal():
            raise ValueError(f"limit: {limit!r} is no number of articles")
        self._budget = Budget(articles=int(limit) if limit else None, night=bool(night))
        self._period = Period(since or None, until or None)
        self._full, self._only_due = bool(full), bool(due)
        self._walks: dict[tuple[str, bool], Walk] = {}  # by section address, and whether it was resumed
        self._broken: set[str] = set()  # sections of which a list page could not be had in this run
        self._counts: dict[str, Count] = {}  # by name of the countable section
        self._lists = ListReader(type(self), since or None)
        self._together = Together()
        self._is_well = False  # the last page that was read held an article

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Add what the portal's `tls` asks for: nothing is loosened for any other portal."""
        super().update_settings(settings)
        if cls.tls != "modern":
            settings.setdict(_TLS[cls.tls], priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        """Yield the sections' first pages, then what an earlier run left."""
        bookkeeping = Bookkeeping.of(self.crawler)
        self._data, self._observer = bookkeeping.data, bookkeeping.observer
        self._budget.pages = self.crawler.settings.getint("TINSO_PAGES") or None
        frontier, problem = self._data.frontier, None
        if not self.sections and not self.countable:
            problem = await find_sections(type(self), self.crawler)
        self._visits = Visits(type(self), frontier, only_due=self._only_due, live=bookkeeping.replay is None)
        if problem:
            home = Target(self.name, self.home, "list")
            frontier.offer(home, now())
            if self._data.ledger.take(home):
                self._settle(home, *problem)
            self._visits.home_failed(self.home)
        sections = self.section_urls()
        for name, url in sections.items():
            target = Target(self.name, url, "list", section=name)
            frontier.offer(target, now())
            if self._visits.is_due(url) and (request := self._request(target, Leg(url))):
                yield request
        for target, can_wait in self._visits.left(full=self._full):
            leg = Leg(sections.get(target.section or "", ""), resumed=True)
            if request := self._request(target, leg, can_wait=can_wait):
                yield request
        for request in self._begin_counts():
            yield request

    def parse_list(self, response: Response) -> Iterator[Request]:
        """Take in a list page's rows; go on to the next page until the walk over the list ends."""
        target: Target = response.meta["target"]
        leg: Leg = response.meta["leg"]
        requests: list[Request] = []
        with self._reading(target):
            if not self.owns(response.url):
                self._broken.add(leg.section_url)
                self._settle(target, Outcome.OFF_SITE, f"leads to {response.url}")
                return
            requests += self._take_list(response, target, leg)
        yield from requests
        yield from self._begin_counts()

    def _take_list(self, response: Response, target: Target, leg: Leg) -> Iterator[Request]:
        section_url, _, resumed = leg
        rows, rest, is_index = self._lists.read(response, target, section_url, leg.rest)
        leg = leg._replace(rest=rest)
        if not rows and (again := self._lists.second_try(response.request)):
            yield again
            return
        if not rows and self._lists.is_mute(response.request):
            raise NoRows("the endpoint of the list understands neither a form nor JSON")
        if not rows and target.url == section_url and not is_index:
            raise NoRows("no article links were found on the section's first page")
        if target.url == section_url:
            self._observer.list_read(section_url, rows, response.meta["fetched_at"])
        known, found = set(), 0
        for row in rows:
            is_new, request = self._take_row(row, target.section, section_url, response.meta["fetched_at"])
            found += is_new
            if request:
                yield request
            elif self._period.covers(row.stamp):
                known.add(row.url)
        self._settle(target, Outcome.LISTED, self._lists.strangeness(section_url))
        if target.url == section_url:
            self._visits.listed(section_url, found, rows)
        if is_index:  # all of its pages are read, whatever is known of the first
            yield from self._next_page(leg, target.section)
            return
        walked = self._visits.is_walked(section_url, target.section, resumed=resumed)
        walk = self._walks.setdefault((section_url, resumed), Walk(until_known=walked))
        stop = walk.after(target.request, rows, rest, known)
        if stop is None and not self._period.is_past(row.stamp for row in rows):
            yield from self._next_page(leg, target.section)
        elif stop and section_url not in self._broken and self._period.is_open:
            self._visits.walk_ended(section_url, target.section, resumed=resumed)
        if stop and stop.is_trap:
            logger.warning("%s: %s: the list was left: %s", self.name, target.url, stop)

    async def parse_article(self, response: Response) -> AsyncIterator[ReadPage]:
        """Read an article page, together with others; the pipeline settles it when it is stored."""
        read = partial(self._read, response)
        # A host in trouble is left alone in time: what it answers is looked at at once.
        if page := await self._together(read) if self._is_well else read():
            yield page

    def _read(self, response: Response) -> ReadPage | None:
        """Return the article of a page; None where there is none, or none that is new, which is settled."""
        target: Target = response.meta["target"]
        with self._reading(target):
            check_place(type(self), response.url, target.url)
            digest = payload_digest(response.body)  # unpacked: some packers print the time
            if digest == target.body_digest:
                self._data.store.see_again(self.name, target.url, response.meta["fetched_at"])
                self._settle(target, Outcome.UNCHANGED)
                return None
            archived: Archived = response.meta["archived"]
            archive = ArchiveRef(file=archived.file, offset=archived.offset)
            page = read_response(type(self), self._lists, response, target, archive)
            self._data.ledger.read(target, digest, page.article.date_published)
            self._is_well = True
            return page
        return None

    def parse_numbered(self, response: Response) -> Iterator[ReadPage | Request]:
        """Read the article that a count asked for, and go on to the next number."""
        target: Target = response.meta["target"]
        number, count = response.meta["number"], self._counts[target.section or ""]
        is_found = False
        if page := self._read(response):  # at once: the next number depends on it
            content = (page.article.headline, page.article.article_body)
            if number == count.beyond:
                count.filler = content
            if content == count.filler:
                self._settle(target, Outcome.SOFT_404, "the portal has this page for every number")
            else:  # what is older than asked for is a miss, since numbers grow with time, if roughly
                is_found = not self._period.is_past([page.article.date_published])
                yield page
        yield from self._count_on(target, number, is_found)

    def failed_number(self, failure: Failure) -> Iterator[Request]:
        """Settle a number that could not be had, and go on to the next one."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.failed(failure)
        yield from self._count_on(request.meta["target"], request.meta["number"], False)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Settle a page that could not be had; a list goes on with the page after it."""
        request: Request = failure.request  # type: ignore[attr-defined]
        target: Target = request.meta["target"]
        response = getattr(failure.value, "response", None)
        is_known = target.etag or target.last_modified or request.meta.get("replayed")
        if response is not None and response.status == 304 and is_known:
            self._data.store.see_again(self.name, target.url, response.meta["fetched_at"])
            self._settle(target, Outcome.NOT_MODIFIED)
            return
        if response is not None and (again := self._lists.second_try(request)):
            yield again
            return
        outcome, reason = outcome_of(failure.value)
        self._settle(target, outcome, reason)
        if target.kind == "list":
            leg: Leg = request.meta["leg"]
            if not self._data.frontier.is_given_up(self.name, target.url):
                self._broken.add(leg.section_url)
            if self._lists.is_mute(request):  # neither will it answer for the pages after this
                return
            yield from self._next_page(leg, target.section)

    def _begin_counts(self) -> Iterator[Request]:
        for name, address in self.countable.items():
            if name not in self._counts and self._visits.is_due(address):
                self._visits.counting(address)
                history = map(Past._make, self._data.frontier.history(self.name))
                if count := count_of(type(self), name, history, now()):
                    self._counts[name] = count
                    yield from self._next_number(name)

    def _count_on(self, target: Target, number: int, is_found: bool) -> Iterator[Request]:
        name = target.section or ""
        if not is_found and self._data.frontier.outcome(self.name, target.url) in TROUBLES:
            self._counts[name].trouble()
        else:
            self._counts[name].answer(number, is_found)
        yield from self._next_number(name)

    def _next_number(self, name: str) -> Iterator[Request]:
        count = self._counts[name]
        if self._budget.refusal("article", is_backfill=True):
            self._visits.count_left(self.countable[name])
            return
        while (number := count.next()) is not None:
            target = target_of(type(self), name, number)
            is_copy = self._data.frontier.offer(target, now()) == "copy"
            if not is_copy and (request := self._request(target)):
                yield request.replace(
                    callback=self.parse_numbered,
                    errback=self.failed_number,
                    meta={**request.meta, "number": number},
                    priority=-1,  # what lists lead to has a section, so they are read first
                )
                return
            count.answer(number, True)  # a list has led to it

    def _take_row(
        self, row: Row, section: str | None, section_url: str, seen_at: str
    ) -> tuple[bool, Request | None]:
        """Return whether the row leads to an article that was not known, and its request if it is wanted."""
        url = canonical_url(row.url)
        born = self._visits.born(row, section_url, seen_at)
        asset = self.asset_of(url)
        target = Target(self.name, url, "article", section, asset, row.headline, row.stamp, born=born)
        if not self.owns(url):
            if self._data.frontier.offer(target, seen_at) == "new":
                self._data.ledger.take(target)
                self._settle(target, Outcome.OFF_SITE)
            return False, None
        if target.asset:
            self._data.store.sight(Sighting(self.name, target.asset, url, "list", seen_at, section))
        if not self._period.covers(row.stamp) or self._data.frontier.offer(target, seen_at) != "new":
            return False, None
        return True, self._request(target)

    def _next_page(self, leg: Leg, section: str | None) -> Iterator[Request]:
        """Yield the first page of the rest of a leg that this run has not had."""
        section_url, rest, resumed = leg
        for position, page in enumerate(rest, start=1):
            target = Target.for_list(self.name, page, section)
            self._data.frontier.offer(target, now())
            known = self._data.frontier.get(self.name, target.url) or target
            can_wait = not self._visits.is_walked(section_url, known.section, resumed=resumed)
            if request := self._request(known, Leg(section_url, rest[position:], resumed), can_wait=can_wait):
                yield request
                return

    def _request(self, target: Target, leg: Leg | None = None, *, can_wait: bool = False) -> Request | None:
        """Return the request of a page, None where this run has had it or may not ask for it.

        `leg` is a list page's; `can_wait` is for what is no news.
        """
        if not self._data.ledger.take(target):
            return None
        if refusal := self._budget.refusal(target.kind, is_backfill=can_wait):
            self._settle(target, Outcome.SKIPPED_BUDGET, refusal)
            return None
        self._budget.spend(target.kind)
        if target.kind == "article" and (record := self._data.frontier.claim(self.name, target.url)):
            target = replace(target, record=record)
        headers = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
        headers = {name: value for name, value in headers.items() if value and target.kind == "article"}
        if target.form is not None:
            referer = leg.section_url if leg else ""
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": referer}
        request = Request(
            target.url,
            method="GET" if target.form is None else "POST",
            body=target.form,
            callback=self.parse_list if target.kind == "list" else self.parse_article,
            errback=self.failed,
            headers=headers,
            meta=asked_with(target, leg),
            priority=0 if target.kind == "list" else 1,
            dont_filter=True,
        )
        return request if target.form is None else self._lists.encoded(request)

    def _settle(self, target: Target, outcome: Outcome, reason: str | None = None) -> None:
        self._data.ledger.settle(target.portal, target.url, outcome, reason)
        self._visits.failed(target, outcome)
        if outcome in HOST_TROUBLES:
            self._is_well = False

    @contextmanager
    def _reading(self, target: Target) -> Iterator[None]:
        try:
            yield
        except PageError as error:
            self._settle(target, *outcome_of(error))
        except Exception as error:  # a defect of ours: the page is archived, the run goes on
            logger.exception("%s: %s could not be read", self.name, target.url)
            self._settle(target, Outcome.PARSE_ERROR, f"{type(error).__name__}: {error}")
