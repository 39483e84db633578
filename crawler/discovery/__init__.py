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
    """A section and what stands on the first page of its list; `rows` is None where that was not fetched."""

    section: Section
    rows: int | None = None
    party_share: float = 0.0  # of the rows

    @property
    def score(self) -> float:
        """How much the section is worth crawling for Party news, 0..1: its name and its rows, half each."""
        return (self.section.score + self.party_share) / 2 if self.rows else 0.0


@dataclass(slots=True)
class Discovery:
    """What a home address tells. The last five are those of the best list, empty where none was found."""

    platforms: list[tuple[str, float]]
    sections: list[SectionFound]  # best first, those not fetched last
    feeds: list[str]
    list_url: str | None = None
    rows: list[Row] = field(default_factory=list)
    pagination: str | None = None  # as `turning` names it; None for a list of one page
    pages: int = 0  # list pages known from the first one
    article_pattern: str | None = None  # regex on addresses; its group is the article's number


def discover(home: Page, fetch: Callable[[PageRequest], Page | None]) -> Discovery:
    """Return what can be found from a portal's home page.

    `fetch` gets a page, or None where it cannot be had. It is asked for nine at most: the first pages of the
    likeliest sections, and the site map where the home page names no likely section. A portal without a
    section that has a list may list its articles on the home page itself.
    """
    sections = _sections(home, fetch)
    lists = {
        section.url: page
        for section in sections[:_MOST_SECTIONS]
        if (page := fetch(PageRequest(section.url))) is not None
    }
    rows = {url: list_rows(page) for url, page in lists.items()}
    found = [_judged(section, rows.get(section.url)) for section in sections]
    found.sort(key=lambda one: (one.rows is not None, one.score), reverse=True)
    feeds = dict.fromkeys(address for page in (home, *lists.values()) for address in feed_links(page))
    discovery = Discovery(detect_platform(home), found, list(feeds))
    if found and found[0].rows:
        best = found[0].section.url
        _describe(discovery, lists[best], rows[best])
    elif at_home := list_rows(home):
        _describe(discovery, home, at_home)
    return discovery


def _sections(home: Page, fetch: Callable[[PageRequest], Page | None]) -> list[Section]:
    sections = party_sections(home)
    if not any(section.score >= _SURE for section in sections) and (site_map := _site_map(home, fetch)):
        known = {section.url for section in sections}
        sections += [section for section in party_sections(site_map) if section.url not in known]
        sections.sort(key=lambda section: -section.score)
    return sections


def _judged(section: Section, rows: list[Row] | None) -> SectionFound:
    if rows is None:
        return SectionFound(section)
    return SectionFound(section, len(rows), round(party_share(rows), 2))


def _describe(discovery: Discovery, page: Page, rows: list[Row]) -> None:
    following = following_pages(page)
    discovery.list_url = page.url
    discovery.rows = rows
    discovery.pagination = turning(page, following)
    discovery.pages = 1 + len(following)
    discovery.article_pattern = article_pattern([row.url for row in rows], page.url)


def _site_map(home: Page, fetch: Callable[[PageRequest], Page | None]) -> Page | None:
    names = ("so do", "sitemap", "site map")
    link = next((link for link in page_links(home) if fold(link.text).startswith(names)), None)
    return fetch(PageRequest(link.url)) if link else None
