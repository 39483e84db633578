"""The sections of a portal that declares none, found from its home page when its crawl begins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

from scrapy.crawler import Crawler

from crawler.bookkeeping import Bookkeeping
from crawler.discovery import Discovery, discover
from crawler.discovery.contract import PageRequest
from crawler.exceptions import NoSections, NotHtml
from crawler.failures import outcome_of
from crawler.look import Fetch, Unreachable, fetcher, page_of
from crawler.page import Page
from crawler.surveys import Survey
from pipelines.outcomes import Outcome

if TYPE_CHECKING:
    from crawler.declaration import Declaration

_WORTH = 0.5  # a section's score from which it is crawled; below it only the best one is
_ON_HOME = "Trang chủ"  # the section of articles that the home page itself lists


async def find_sections(portal: type[Declaration], crawler: Crawler) -> tuple[Outcome, str] | None:
    """Give a portal that declares no sections those that its home page leads to, for the running crawl.

    Returns outcome and reason of the home page where there are none.
    """
    try:
        fetch = fetcher(crawler)
        discovery = await _aside(lambda: survey(portal.home, fetch))
        portal.sections = worthwhile(portal.home, discovery)
    except Unreachable as error:
        return outcome_of(error.__cause__ or error)
    except (NotHtml, NoSections) as error:
        return Outcome.PARSE_ERROR, str(error)
    portal.article_path = portal.article_path or discovery.article_pattern
    found = Survey(portal.name, portal.home, portal.sections, portal.article_path)
    Bookkeeping.of(crawler).data.frontier.surveyed(found)
    return None


def worthwhile(home: str, discovery: Discovery) -> dict[str, str]:
    """Return the sections to crawl of those found, name → address. Raises NoSections."""
    listing = [found for found in discovery.sections if found.rows]
    worth = [found for found in listing if found.score >= _WORTH] or listing[:1]
    if worth:
        return {found.section.name: found.section.url for found in worth}
    if discovery.list_url:
        return {_ON_HOME: discovery.list_url}
    raise NoSections(f"{home}: no section with a list was found; 'tinso discover' shows what was")


def survey(url: str, fetch: Fetch) -> Discovery:
    """Return what discovery finds from a home address.

    Raises:
        Unreachable, NotHtml: the home page cannot be had, or is none.
    """

    def get(request: PageRequest) -> Page | None:
        try:
            return page_of(fetch(request))
        except (Unreachable, NotHtml):
            return None

    return discover(page_of(fetch(PageRequest(url))), get)


async def _aside(work: Callable[[], Discovery]) -> Discovery:
    """Return what `work` returns, from a thread of its own.

    Not one of `asyncio.to_thread`: those are few, and the end of the process waits for them, though the fetch
    that one waits for was given up with the crawl.
    """
    result: Future[Discovery] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except Exception as error:  # noqa: BLE001 (handed over to the thread that waits)
            result.set_exception(error)

    Thread(target=run, daemon=True).start()
    return await asyncio.wrap_future(result)
