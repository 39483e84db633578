"""The crawl of one portal: its sections' lists, and every article they lead to."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.bookkeeping import Bookkeeping
from crawler.clock import now
from crawler.countable import MISSING, Count, Settled, count_of, target_of
from crawler.declaration import Declaration
from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.feeds import feed_rows, sitemap_links, sitemap_rows
from crawler.discovery.fragments import LOAD_ARTICLE, NEWS_ZONE, fragment_after, fragment_rows
from crawler.discovery.platform import detect_platform
from crawler.discovery.rows import list_rows
from crawler.discovery.walk import Walk
from crawler.exceptions import Challenged, NoRows, PageError, SoftNotFound
from crawler.extraction import kind_of
from crawler.extraction.contract import Hints
from crawler.extraction.read import read_page
from crawler.failures import outcome_of
from crawler.page import Page
from crawler.period import Period
from crawler.survey import find_sections
from crawler.target import Target
from pipelines.article import ArchiveRef, Article, Sighting
from pipelines.identify import canonical_url
from pipelines.outcomes import Outcome
from pipelines.scrapy_adapter import ReadPage

logger = logging.getLogger(__name__)

_REFUSED = {"challenge": Challenged, "login": Challenged, "error": SoftNotFound}
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF|urlset|sitemapindex)[\s>]")
_GZIP = b"\x1f\x8b"
_WHOLE_PAGE = re.compile(rb"<(?:html|body)\b", re.IGNORECASE)  # a refusal with status 200, no fragment
_LOAD_ARTICLE, _NEWS_ZONE = (f"/{path.rpartition('/')[2]}" for path in (LOAD_ARTICLE, NEWS_ZONE))


class Portal(Declaration, Spider):
    """Base of all portals; see `Declaration` for what a portal's class sets.

    Spider arguments: `limit` (articles to fetch at most), `since` and `until` (ISO dates, against the
    stamps that lists print), `full` (read every known article again).
    """

    def __init__(
        self, *, limit: str = "", since: str = "", until: str = "", full: str = "", **rest: Any
    ) -> None:
        super().__init__(**rest)
        self._budget = int(limit) if limit else None
        self._period = Period(since or None, until or None)
        self._full = bool(full)
        self._walks: dict[str, Walk] = {}  # by section address
        self._broken: set[str] = set()  # sections of which a list page could not be had in this run
        self._strange: dict[str, str] = {}  # sections whose pages do not look as declared → how they look
        self._counts: dict[str, Count] = {}  # by name of the countable section
        self._counted_text: str | None = None  # of the article that was counted last
        self._encodings: dict[str, str] = {}  # endpoint of POSTs → what it understood: "form" or "json"

    async def start(self) -> AsyncIterator[Request]:
        """Yield the sections' first pages, then what an earlier run left."""
        self._data = Bookkeeping.of(self.crawler).data
        frontier = self._data.frontier
        if (
            not self.sections
            and not self.countable
            and (problem := await find_sections(type(self), self.crawler))
        ):
            home = Target(self.name, self.home, "list")
            frontier.offer(home, now())
            if self._data.ledger.take(home):
                self._settle(home, *problem)
        sections = self.section_urls()
        for name, url in sections.items():
            target = Target(self.name, url, "list", section=name)
            frontier.offer(target, now())
            if request := self._request(target, section_url=url):
                yield request
        waiting = frontier.waiting(self.name) + (frontier.articles(self.name) if self._full else [])
        for target in waiting:
            if request := self._request(target, section_url=sections.get(target.section or "", "")):
                yield request
        for request in self._begin_counts():
            yield request

    def parse_list(self, response: Response) -> Iterator[Request]:
        """Take in a list page's rows; go on to the next page until the walk over the list ends."""
        target: Target = response.meta["target"]
        section_url: str = response.meta["section_url"]
        requests: list[Request] = []
        with self._reading(target):
            requests += self._take_list(response, target, section_url)
        yield from requests
        yield from self._begin_counts()

    def _take_list(self, response: Response, target: Target, section_url: str) -> Iterator[Request]:
        rows, rest = self._read_list(response, target, section_url)
        if not rows and (again := self._second_try(response.request)):
            yield again
            return
        if not rows and response.meta["as_json"] and target.request.url not in self._encodings:
            raise NoRows("the endpoint of the list understands neither a form nor JSON")
        is_feed = _is_feed(response.body)
        if not rows and target.url == section_url and not (is_feed and rest):
            raise NoRows("no article links were found on the section's first page")
        known = set()
        for row in rows:
            request = self._take_row(row, target.section, response.meta["fetched_at"])
            if request:
                yield request
            else:
                known.add(row.url)
        self._settle(target, Outcome.LISTED, self._strange.get(section_url))
        if is_feed and rest:  # a sitemap index names its sitemaps in any order, so all of them are read
            yield from self._next_page(rest, target.section, section_url)
            return
        walked = self._data.frontier.walked(self.name, section_url)
        walk = self._walks.setdefault(section_url, Walk(until_known=walked))
        stop = walk.after(target.request, rows, rest, known)
        if stop is None and not self._period.is_past(row.stamp for row in rows):
            yield from self._next_page(rest, target.section, section_url)
        elif stop and section_url not in self._broken:
            self._data.frontier.mark_walked(self.name, section_url, now())
        if stop and stop.is_trap:
            logger.warning("%s: %s: the list was left: %s", self.name, target.url, stop)

    def parse_article(self, response: Response) -> Iterator[ReadPage]:
        """Read an article page; the pipeline settles it when it is stored."""
        target: Target = response.meta["target"]
        with self._reading(target):
            digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
            if digest == target.body_digest:
                self._settle(target, Outcome.UNCHANGED)
                return
            self._data.ledger.read(target, digest)
            page = self._page(response)
            hints = Hints(headline=target.headline, stamp=target.stamp, section=target.section)
            article = self.read_article(page, hints).article
            if article.layout == "generic" or not article.article_body:
                self._refuse(page)
            if article.layout == "generic" and self.layouts and self._other_platform(page):
                article.quality_flags.append("platform_changed")
            article.asset = article.asset or target.asset
            file, offset = self._data.frontier.record(response.meta["record"])
            article.archive = ArchiveRef(file=file, offset=offset)
            sightings = self._sightings(page, article)
            yield ReadPage(article, target.url, page.fetched_at, sightings)

    def parse_numbered(self, response: Response) -> Iterator[ReadPage | Request]:
        """Read the article that a count asked for, and go on to the next number."""
        number, section = response.meta["number"], response.meta["target"].section
        pages = list(self.parse_article(response))
        yield from pages
        text = pages[0].article.article_body if pages else None
        is_found = bool(pages) and (text is None or text != self._counted_text)
        self._counted_text = text or self._counted_text  # some portals answer every number with one page
        yield from self._count_on(section, number, is_found, response.meta["target"].url)

    def failed_number(self, failure: Failure) -> Iterator[Request]:
        """Settle a number that could not be had, and go on unless the portal is in trouble."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.failed(failure)
        target: Target = request.meta["target"]
        yield from self._count_on(target.section or "", request.meta["number"], False, target.url)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Settle a page that could not be had; a list goes on with the page after it."""
        request: Request = failure.request  # type: ignore[attr-defined]
        target: Target = request.meta["target"]
        response = getattr(failure.value, "response", None)
        if response is not None and response.status == 304:
            self._settle(target, Outcome.NOT_MODIFIED)
            return
        if response is not None and (again := self._second_try(request)):
            yield again
            return
        outcome, reason = outcome_of(failure.value)
        self._settle(target, outcome, reason)
        if target.kind == "list":
            self._broken.add(request.meta["section_url"])
            if request.meta["as_json"] and target.request.url not in self._encodings:
                return  # the endpoint understands us in no way: neither will it for the pages after this
            yield from self._next_page(request.meta["rest"], target.section, request.meta["section_url"])

    def _read_list(
        self, response: Response, target: Target, section_url: str
    ) -> tuple[list[Row], list[PageRequest]]:
        rest: list[PageRequest] = response.meta["rest"]
        if _is_feed(response.body):
            named = [PageRequest(url) for url in sitemap_links(response.body, response.url)]
            return self._feed_rows(response), named or rest
        if target.form is not None and target.request.url.endswith((_LOAD_ARTICLE, _NEWS_ZONE)):
            whole = _WHOLE_PAGE.search(response.body)
            rows = [] if whole else fragment_rows(response.body, response.url)
            if rows and not response.meta.get("replayed"):
                self._encodings[target.request.url] = "json" if response.meta["as_json"] else "form"
            following = fragment_after(target.request, rows)
            return rows, [following] if following else rest
        page = self._page(response)
        rows = self.list_rows(page)
        if not rows:
            self._refuse(page)
            rows = self._rows_by_evidence(page, target, section_url)
        return rows, self.following_pages(page) or rest

    def _feed_rows(self, response: Response) -> list[Row]:
        """Return the articles of a feed or sitemap.

        A sitemap's day is that of the last change: good enough to leave a page out, none of publication.
        """
        rows = feed_rows(response.body, response.url)
        if not rows:
            changed = Period(self._period.since, None)
            named = sitemap_rows(response.body, response.url)
            rows = [Row(row.url, row.headline) for row in named if changed.covers(row.stamp)]
        return [row for row in rows if not self.article_path or self.asset_of(row.url)]

    def _rows_by_evidence(self, page: Page, target: Target, section_url: str) -> list[Row]:
        """Return the rows of a list that does not look as declared, which is said once per section.

        A page of the declared platform without rows is believed to be past the list's end, if it is not
        the first one.
        """
        other = self._other_platform(page)
        if not other and target.url != section_url and section_url not in self._strange:
            return []
        if not self.row and not self.article_path:
            return []
        rows = list_rows(page, is_article=lambda url: self.asset_of(url) is not None) if self.row else []
        if rows or not (rows := list_rows(page)):
            return rows
        if section_url not in self._strange:
            looks = f"looks like {other} now" if other else "does not look as declared"
            self._strange[section_url] = f"{looks}, declared {self.platform}; it is read by evidence"
            logger.warning("%s: %s: %s", self.name, target.url, self._strange[section_url])
        return rows

    def _other_platform(self, page: Page) -> str | None:
        """Return the platform whose marks a page bears, None where they are the declared one's or none.

        Families share some marks (ASP.NET's, Liferay's, a folder's shape): a strong one of the declared
        family is enough.
        """
        if self.platform == "generic" or not (found := detect_platform(page)):
            return None
        is_declared = self.platform == found[0][0] or dict(found).get(self.platform, 0.0) > 0.5
        return None if is_declared else found[0][0]

    def _second_try(self, request: Request | None) -> Request | None:
        """Return a uiarticle server's request as JSON where it did not understand the form; else None."""
        if request is None or request.method != "POST" or request.meta["as_json"]:
            return None
        endpoint = request.meta["target"].request.url
        refused = endpoint.endswith(_LOAD_ARTICLE) and endpoint not in self._encodings
        return self._as_json(request) if refused else None

    def _as_json(self, request: Request) -> Request:
        headers = request.headers.copy()
        headers["Content-Type"] = "application/json; charset=utf-8"
        body = request.meta["target"].form_as_json
        meta = {name: request.meta[name] for name in ("target", "section_url", "rest")}
        return request.replace(body=body, headers=headers, meta={**meta, "as_json": True})

    def _begin_counts(self) -> Iterator[Request]:
        for name in self.countable:
            if name not in self._counts:
                settled = map(Settled._make, self._data.frontier.settled(self.name))
                if count := count_of(type(self), name, settled, now()):
                    self._counts[name] = count
                    yield from self._next_number(name)

    def _count_on(self, name: str, number: int, is_found: bool, url: str) -> Iterator[Request]:
        if not is_found and self._data.frontier.outcome(self.name, url) not in MISSING | {Outcome.NEW, None}:
            self._counts[name].stop()
        self._counts[name].answer(number, is_found)
        yield from self._next_number(name)

    def _next_number(self, name: str) -> Iterator[Request]:
        count = self._counts[name]
        while self._budget != 0 and (number := count.next()) is not None:
            target = target_of(type(self), name, number)
            is_copy = self._data.frontier.offer(target, now()) == "copy"
            known = self._data.frontier.get(self.name, target.url) or target
            if not is_copy and (request := self._request(known)):
                meta = {**request.meta, "number": number}
                yield request.replace(callback=self.parse_numbered, errback=self.failed_number, meta=meta)
                return
            count.answer(number, True)  # a list has led to it

    def _take_row(self, row: Row, section: str | None, seen_at: str) -> Request | None:
        url = canonical_url(row.url)
        target = Target(self.name, url, "article", section, self.asset_of(url), row.headline, row.stamp)
        if not self.owns(url):
            if self._data.frontier.offer(target, seen_at) == "new":
                self._data.ledger.take(target)
                self._settle(target, Outcome.OFF_SITE)
            return None
        if target.asset:
            self._data.store.sight(Sighting(self.name, target.asset, url, "list", seen_at, section))
        if not self._period.covers(row.stamp):
            return None
        if self._data.frontier.offer(target, seen_at) != "new":
            return None
        return self._request(target)

    def _next_page(self, rest: list[PageRequest], section: str | None, section_url: str) -> Iterator[Request]:
        for position, page in enumerate(rest):
            target = Target.for_list(self.name, page, section)
            self._data.frontier.offer(target, now())
            known = self._data.frontier.get(self.name, target.url) or target
            if request := self._request(known, section_url=section_url, rest=rest[position + 1 :]):
                yield request
                return

    def _request(
        self, target: Target, section_url: str = "", rest: list[PageRequest] | None = None
    ) -> Request | None:
        if not self._data.ledger.take(target):
            return None
        if target.kind == "article":
            if self._budget == 0:
                self._settle(target, Outcome.SKIPPED_BUDGET, "the limit of articles is reached")
                return None
            self._budget = None if self._budget is None else self._budget - 1
        headers = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
        headers = {name: value for name, value in headers.items() if value and target.kind == "article"}
        if target.form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": section_url}
        request = Request(
            target.url,
            method="GET" if target.form is None else "POST",
            body=target.form,
            callback=self.parse_list if target.kind == "list" else self.parse_article,
            errback=self.failed,
            headers=headers,
            meta={"target": target, "section_url": section_url, "rest": rest or [], "as_json": False},
            priority=0 if target.kind == "list" else 1,
            dont_filter=True,
        )
        endpoint = target.request.url
        if target.form is not None and self._encodings.get(endpoint) == "json":
            return self._as_json(request)
        # A server that refuses the form is asked in JSON at once, not three times in the same way.
        if endpoint.endswith(_LOAD_ARTICLE) and endpoint not in self._encodings:
            request.meta["dont_retry"] = True
        return request

    def _page(self, response: Response) -> Page:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1") or None
        fetched_at = response.meta["fetched_at"]
        return read_page(response.body, response.url, content_type=content_type, fetched_at=fetched_at)

    def _refuse(self, page: Page) -> None:
        kind = kind_of(page)
        if error := _REFUSED.get(kind):
            raise error(f"the page is no article or list: {kind}")

    def _sightings(self, page: Page, article: Article) -> list[Sighting]:
        if not article.asset:
            return []
        number = article.asset.rpartition("/")[2]  # nearly every link of a page leads elsewhere
        links = [link for link in page.selector.xpath("//a/@href").getall() if number in link]
        urls = {canonical_url(page.absolute(link)) for link in links}
        return [
            Sighting(self.name, article.asset, url, "page", page.fetched_at)
            for url in sorted(urls)
            if self.asset_of(url) == article.asset
        ]

    def _settle(self, target: Target, outcome: Outcome, reason: str | None = None) -> None:
        self._data.ledger.settle(target.portal, target.url, outcome, reason)

    @contextmanager
    def _reading(self, target: Target) -> Iterator[None]:
        try:
            yield
        except PageError as error:
            self._settle(target, *outcome_of(error))
        except Exception as error:  # a defect of ours: the page is archived, the run goes on
            logger.exception("%s: %s could not be read", self.name, target.url)
            self._settle(target, Outcome.PARSE_ERROR, f"{type(error).__name__}: {error}")


def _is_feed(body: bytes) -> bool:
    return body.startswith(_GZIP) or _FEED.search(body[:2000]) is not None
