"""The pages that follow a list page, however its portal turns them."""

from __future__ import annotations

from crawler.discovery.addresses import section_of
from crawler.discovery.contract import PageRequest
from crawler.discovery.fragments import fragment_requests
from crawler.discovery.links import page_links
from crawler.discovery.lists import main_list
from crawler.discovery.pagers import Pager, pagers
from crawler.discovery.postback import postback_pages
from crawler.extraction.element import HtmlElement
from crawler.page import Page

__all__ = ["PageRequest", "following_pages", "turning"]

_POSTS = {"LoadArticle": "load_article", "NewsZone": "news_zone"}


def following_pages(page: Page) -> list[PageRequest]:
    """Return the list pages after this one, in order, as far as this page tells; [] at the end.

    A pager that names its last page gives all pages up to it, one that says only "next" gives one. What
    turns no pages of this list is left out: sort orders, page sizes, calendars, languages, print copies,
    the pagers of other lists on the page.
    """
    if posts := fragment_requests(page):
        return posts
    found = pagers(page)
    if pager := _own(found, page):
        return [PageRequest(url) for url in pager.following(page.url)]
    return postback_pages(page)


def turning(page: Page, following: list[PageRequest]) -> str | None:
    """Return how a list turns, given the pages that follow its first: "query:<parameter>", "path", "next",
    "postback", "load_article", "news_zone", None for no further page."""
    if not following:
        return None
    coming = following[0]
    if coming.form is not None:
        return next((kind for end, kind in _POSTS.items() if coming.url.endswith(end)), "postback")
    pager = _own(pagers(page), page)
    if pager is None or pager.slot is None:
        return "next"
    return f"query:{pager.slot.parameter}" if pager.slot.parameter else "path"


def _own(found: list[Pager], page: Page) -> Pager | None:
    """Return the pager of the page's own list: same section first, then nearest to the main list."""
    section = section_of(page.url)
    inside = [pager for pager in found if _section(pager) == section]
    choice = inside or [pager for pager in found if pager.slot is None or pager.slot.is_known]
    if len(choice) < 2:
        return choice[0] if choice else None
    listing = main_list(
        list(page_links(page)), page, [anchor for pager in choice for anchor in pager.anchors]
    )
    if listing is None:
        return choice[0]
    around = [listing.container, *listing.container.iterancestors()]
    return min(choice, key=lambda pager: _distance(pager, around))


def _section(pager: Pager) -> tuple[str, ...]:
    url = next(iter(pager.pages.values()), None) or pager.next or ""
    return section_of(url)


def _distance(pager: Pager, around: list[HtmlElement]) -> int:
    """Return how many levels above the list the element lies that holds both list and pager."""
    levels = {element: level for level, element in enumerate(around)}
    return min(
        (levels[above] for anchor in pager.anchors for above in anchor.iterancestors() if above in levels),
        default=len(around),
    )
