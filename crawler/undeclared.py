"""A portal that nobody has declared: its sections are discovered when the crawl begins."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from scrapy import Request

from crawler.discovery import Discovery, discover
from crawler.discovery.contract import PageRequest
from crawler.exceptions import NoSections, NotHtml
from crawler.look import Fetch, Unreachable, fetcher, page_of
from crawler.page import Page
from crawler.platforms import all_layouts
from crawler.portal import Portal

_WORTH = 0.5  # a section's score from which it is crawled; below it only the best one is


class Undeclared(Portal):
    """Base of the classes that `undeclared` makes: everything is found by evidence."""

    async def start(self) -> AsyncIterator[Request]:
        """Discover the sections, then crawl as any portal. Raises NoSections where there are none."""
        discovery = await asyncio.to_thread(survey, self.home, fetcher(self.crawler))
        best = [found for found in discovery.sections if found.rows][:1]
        worth = [found for found in discovery.sections if found.rows and found.score >= _WORTH] or best
        if not worth:
            raise NoSections(
                f"{self.home}: no section with a list was found; 'tinso discover' shows what was"
            )
        portal = type(self)
        portal.sections = {found.section.name: found.section.url for found in worth}
        portal.article_path = discovery.article_pattern
        async for request in super().start():
            yield request


def undeclared(url: str) -> type[Portal]:
    """Return a portal class for an address; its name is made of the host's."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")

    class Found(Undeclared):
        home = url

    # Set afterwards: what a declaration must name cannot be known here.
    portal: type[Portal] = Found
    portal.name = re.sub(r"\W+", "_", host)
    portal.province = portal.body = ""
    portal.layouts = all_layouts()
    return portal


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
