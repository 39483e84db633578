"""The archive read again: every response in the order in which it came, without network and frontier.

Lists come before what they lead to, so one pass in the archive's order meets every page with what was known
of it when it was fetched; an article that was fetched again is met again, and its revisions come again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

from scrapy import Request

from crawler.archive import Capture, exchanges, read_capture
from crawler.archive_index import Asked
from crawler.article_page import check_place, read_response
from crawler.countable import FAR, declared_number, numbering
from crawler.exceptions import ArchiveError, PageError
from crawler.frontier import Frontier
from crawler.list_reader import ListReader
from crawler.portal import Portal
from crawler.posted import form_digest, page_address
from crawler.redirects import destination, is_final
from crawler.responses import replayed
from crawler.revisits import payload_digest
from crawler.target import Target, asked_with
from pipelines.article import ArchiveRef, Sighting
from pipelines.identify import canonical_url
from pipelines.outcomes import Outcome
from pipelines.scrapy_adapter import ReadPage

logger = logging.getLogger(__name__)


class Unread(NamedTuple):
    """An article page that gave no article, with the outcome that a crawl would count."""

    portal: str
    url: str
    outcome: Outcome
    archive: ArchiveRef


class Unreadable(NamedTuple):
    """A response that the archive no longer gives, and why."""

    archive: ArchiveRef
    reason: str


class SeenAgain(NamedTuple):
    """An article page that was what it was, and when."""

    portal: str
    url: str
    at: str


Reading = ReadPage | Sighting | Unread | Unreadable | SeenAgain


def reread(data: Path, portals: Sequence[type[Portal]]) -> Iterator[tuple[int, Reading]]:
    """Yield what the archive of a data directory holds of some portals, each with its place in the archive.

    The places of what several processes read are comparable, since all count the same responses.
    """
    frontier = Frontier(data / "state.db")
    try:
        readers = [Rereader(portal, frontier) for portal in portals]
        by_name = {reader.portal.name: reader for reader in readers}
        by_host: dict[str | None, list[Rereader]] = {}
        ends: defaultdict[str, int] = defaultdict(int)
        for number, asked in enumerate(frontier.asked()):
            begins, ends[asked.file] = ends[asked.file], asked.offset + asked.length
            if asked.portal is not None:
                takers = [by_name[asked.portal]] if asked.portal in by_name else []
            else:  # of an index that was made anew: the addresses tell
                host = urlsplit(asked.url).hostname
                if host not in by_host:
                    by_host[host] = [reader for reader in readers if reader.portal.owns(asked.url)]
                takers = [reader for reader in by_host[host] if reader.wants(asked.url)]
            if not takers:
                continue
            archive = ArchiveRef(file=asked.file, offset=asked.offset)
            try:
                capture = None if asked.is_revisit else _capture(data, begins, asked)
            except ArchiveError as error:
                yield number, Unreadable(archive, str(error))
                continue
            for reader in takers:
                readings = reader.take(capture, archive, asked.page) if capture else reader.see_again(asked)
                for reading in readings:
                    yield number, reading
    finally:
        frontier.connection.close()


def _capture(data: Path, begins: int, asked: Asked) -> Capture:
    """Return a response with what was posted for it, which stands in a record of its own before it."""
    path = data / "archive" / asked.file
    if begins != asked.offset:
        for capture in exchanges(path, begins):
            if capture.offset == asked.offset and capture.url == asked.url:
                return capture
            if capture.offset > asked.offset:
                break
    return read_capture(path, asked.offset, asked.url)


class Rereader:
    """One portal's way through the archive."""

    def __init__(self, portal: type[Portal], frontier: Frontier) -> None:
        self.portal = portal
        self._frontier = frontier
        self._lists = ListReader(portal)
        self._sections = portal.section_urls()
        self._pages: dict[str, Target] = {}  # by name in the frontier
        self._targets: dict[str, Target] = {}  # by address and form
        self._endpoints: set[str] = set()  # addresses of forms
        self._redirects: dict[str, Target] = {}  # address that a redirect led to → page that was asked for
        self._digests: dict[str, str] = {}  # by page: of the body that was last read
        self._numberings = {name: numbering(portal, name) for name in portal.countable}
        self._newest = {name: declared_number(portal, name) or 0 for name in portal.countable}
        self._fillers: dict[str, object] = {}
        for name, url in self._sections.items():
            self._expect(Target(portal.name, url, "list", section=name))
        for target in frontier.lists(portal.name):
            self._expect(target)

    def wants(self, url: str) -> bool:
        """True where the response of an address may be a page of the portal's."""
        address = canonical_url(url)
        return address in self._endpoints or self._page(address) is not None

    def take(self, capture: Capture, archive: ArchiveRef, page: str | None) -> Iterator[Reading]:
        """Yield what a response tells: an article, sightings of articles, why it is none.

        `page` is the page that was asked for; None where the address must tell.
        """
        target = self._followed(capture) if page is None else self._asked(page)
        if target is None or capture.status >= 300:
            return
        if target.kind == "list":
            yield from self._list(capture, target)
            return
        try:
            yield from self._article(capture, target, archive)
        except PageError as error:
            yield Unread(self.portal.name, target.url, error.outcome, archive)
        except Exception:  # a defect of ours; as in a crawl, the other pages go on
            logger.exception("%s: %s could not be read", self.portal.name, target.url)
            yield Unread(self.portal.name, target.url, Outcome.PARSE_ERROR, archive)

    def see_again(self, asked: Asked) -> Iterator[Reading]:
        """Yield what a revisit tells."""
        target = self._asked(asked.page) if asked.page else self._page(canonical_url(asked.url))
        if target and target.kind == "article":
            yield SeenAgain(self.portal.name, target.url, asked.fetched_at)

    def _asked(self, page: str) -> Target | None:
        known = self._pages.get(page) or self._frontier.get(self.portal.name, page)
        return known or self._numbered(page)

    def _followed(self, capture: Capture) -> Target | None:
        """Return the page that a response belongs to, a redirect before it followed."""
        address = page_address(canonical_url(capture.url), capture.posted)
        target = self._page(address)
        if is_final(capture.status):
            self._redirects.pop(address, None)
        if target and (led_to := destination(capture)):
            self._redirects[led_to] = target
        return target

    def _page(self, address: str) -> Target | None:
        found = self._redirects.get(address) or self._targets.get(address)
        return found or self._numbered(address) or self._frontier.get(self.portal.name, address)

    def _numbered(self, address: str) -> Target | None:
        for name, number_of in self._numberings.items():
            if number_of(address, None) is not None:
                return Target(self.portal.name, address, "article", name, self.portal.asset_of(address))
        return None

    def _expect(self, target: Target) -> None:
        self._pages.setdefault(target.url, target)
        address = canonical_url(urldefrag(target.url).url if target.form is not None else target.url)
        if target.form is not None:
            self._endpoints.add(address)
            address = f"{address}#{form_digest(target.form)}"
        self._targets.setdefault(address, target)

    def _list(self, capture: Capture, target: Target) -> Iterator[Sighting]:
        if not self.portal.owns(capture.url):
            return
        section_url = self._sections.get(target.section or "", target.url)
        request = Request(capture.url, meta=asked_with(target))
        try:
            rows, following, _ = self._lists.read(replayed(capture, request), target, section_url, [])
        except PageError:  # counted when it was crawled; what it should have led to is not there
            return
        except Exception:
            logger.exception("%s: %s could not be read", self.portal.name, target.url)
            return
        for row in rows:
            url = canonical_url(row.url)
            if not self.portal.owns(url):
                continue
            asset = self.portal.asset_of(url)
            if asset:
                yield Sighting(self.portal.name, asset, url, "list", capture.fetched_at, target.section)
            self._expect(
                Target(self.portal.name, url, "article", target.section, asset, row.headline, row.stamp)
            )
            for name, number_of in self._numberings.items():
                self._newest[name] = max(self._newest[name], number_of(url, asset) or 0)
        for page in following:
            self._expect(Target.for_list(self.portal.name, page, target.section))

    def _article(self, capture: Capture, target: Target, archive: ArchiveRef) -> Iterator[Reading]:
        check_place(self.portal, capture.url, target.url)
        digest = payload_digest(capture.body)
        if digest == self._digests.get(target.url):
            yield SeenAgain(self.portal.name, target.url, capture.fetched_at)
            return
        request = Request(capture.url, meta=asked_with(target))
        page = read_response(self.portal, self._lists, replayed(capture, request), target, archive)
        if target.section in self._numberings and self._is_filler(target.section, target, page):
            yield Unread(self.portal.name, target.url, Outcome.SOFT_404, archive)
            return
        self._digests[target.url] = digest
        yield page

    def _is_filler(self, name: str, target: Target, page: ReadPage) -> bool:
        """True for the page that a portal has for every number, as a count's first question found it."""
        number = self._numberings[name](target.url, target.asset) or 0
        content = (page.article.headline, page.article.article_body)
        if number > self._newest[name] + FAR // 2:
            self._fillers[name] = content
        if content == self._fillers.get(name):
            return True
        self._newest[name] = max(self._newest[name], number)
        return False
