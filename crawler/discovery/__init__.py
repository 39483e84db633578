"""What there is on a portal: its platform, its Party sections, their lists and how these turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.discovery.addresses import article_pattern
from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.feeds import feed_links
from crawler.discovery.links import page_links
from crawler.discovery.pagination import following_pages, turning
from crawler.discovery.platform import detect_platform
from crawler.discovery.rows import list_rows
from crawler.discovery.sections import Section, party_sections, party_share
from crawler.page import Page
from pipelines.text import fold

_MOST_SECTIONS = 8  # lists fetched to judge a portal
_SURE = 0.5  # a home page without a section as likely as this is asked for its site map


@dataclass(frozen=True, slots=True)
class SectionFound:
    """A section whose list was fetched: what stands there. `party_share` is that of its first page's rows."""

    section: Section
    rows: int
    party_share: float

    @property
    def score(self) -> float:
        """How much the section is worth crawling for Party news: its name and its rows, half each."""
        return (self.section.score + self.party_share) / 2 if self.rows else 0.0


@dataclass(slots=True)
class Discovery:
    """What a home address tells. The last four are those of the best section; empty where none has a list."""

    platforms: list[tuple[str, float]]
    sections: list[SectionFound]  # best first
    feeds: list[str]
    rows: list[Row] = field(default_factory=list)
    pagination: str | None = None  # as `turning` names it; None for a list of one page
    pages: int = 1  # list pages known from the first one
    article_pattern: str | None = None  # regex on addresses; its groups are the article's number


def discover(home: Page, fetch: Callable[[PageRequest], Page | None]) -> Discovery:
    """Return what can be found from a portal's home page.

    `fetch` gets a page, or None where it cannot be had; it is asked for at most nine: the likeliest sections'
    first pages, and the site map where the home page names no likely section.
    """
    candidates = party_sections(home)
    if not any(section.score >= _SURE for section in candidates) and (site_map := _site_map(home, fetch)):
        known = {section.url for section in candidates}
        candidates += [section for section in party_sections(site_map) if section.url not in known]
        candidates.sort(key=lambda section: -section.score)
    lists = [
        (section, page)
        for section in candidates[:_MOST_SECTIONS]
        if (page := fetch(PageRequest(section.url)))
    ]
    rows = {section.url: list_rows(page) for section, page in lists}
    found = [
        SectionFound(section, len(rows[section.url]), round(party_share(rows[section.url]), 2))
        for section, _ in lists
    ]
    found.sort(key=lambda one: -one.score)
    feeds = [address for page in (home, *(page for _, page in lists)) for address in feed_links(page)]
    discovery = Discovery(detect_platform(home), found, list(dict.fromkeys(feeds)))
    if found and found[0].rows:
        best = found[0].section.url
        page = next(page for section, page in lists if section.url == best)
        following = following_pages(page)
        discovery.rows = rows[best]
        discovery.pagination = turning(page, following)
        discovery.pages = 1 + len(following)
        discovery.article_pattern = article_pattern([row.url for row in rows[best]], best)
    return discovery


def _site_map(home: Page, fetch: Callable[[PageRequest], Page | None]) -> Page | None:
    link = next(
        (link for link in page_links(home) if fold(link.text).startswith(("so do", "sitemap", "site map"))),
        None,
    )
    return fetch(PageRequest(link.url)) if link else None
