"""A response as a portal's article: what a crawl and a rebuild of the corpus do alike."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.http import Response

from crawler.declaration import Declaration
from crawler.exceptions import OffSite, SoftNotFound
from crawler.extraction.contract import Hints
from crawler.list_reader import ListReader
from crawler.page import Page
from crawler.responses import page_of, refuse
from crawler.target import Target
from pipelines.article import ArchiveRef, Article, Sighting
from pipelines.identify import canonical_url, same_address
from pipelines.scrapy_adapter import ReadPage


def check_place(portal: type[Declaration], url: str, asked: str) -> None:
    """Check that what answers at `url` can be the article that was asked for at `asked`.

    Raises:
        OffSite: it is no address of the portal.
        SoftNotFound: it is the portal's entrance, where readers are sent who ask for an article that is gone.
    """
    if not portal.owns(url):
        raise OffSite(f"leads to {url}")
    if url != asked and _is_entrance(portal, url):
        raise SoftNotFound(f"leads to {url}, which is no article's")


def read_response(
    portal: type[Declaration], lists: ListReader, response: Response, target: Target, archive: ArchiveRef
) -> ReadPage:
    """Return the article of a response that `check_place` let pass, with the other addresses it names.

    Raises:
        PageError: the page is none, or a challenge, or says that there is no such article.
    """
    page = page_of(response)
    hints = Hints(headline=target.headline, stamp=target.stamp, section=target.section)
    article = portal.read_article(page, hints).article
    if article.layout == "generic" or not article.article_body:
        refuse(page)
    if article.layout == "generic" and portal.layouts and lists.other_platform(page):
        article.quality_flags.append("platform_changed")
    if response.meta.get("truncated"):
        article.quality_flags.append("truncated")
    article.asset = article.asset or target.asset
    article.archive = archive
    return ReadPage(article, target.url, page.fetched_at, _sightings(portal, page, article))


def _sightings(portal: type[Declaration], page: Page, article: Article) -> list[Sighting]:
    if not article.asset:
        return []
    number = article.asset.rpartition("/")[2]  # nearly every link of a page leads elsewhere
    urls = {canonical_url(page.absolute(link)) for link in page.links_with(number)}
    return [
        Sighting(portal.name, article.asset, url, "page", page.fetched_at)
        for url in sorted(urls)
        if portal.asset_of(url) == article.asset
    ]


def _is_entrance(portal: type[Declaration], url: str) -> bool:
    """True for the home page or a list."""
    entrances = (portal.home, *portal.section_urls().values())
    return urlsplit(url)[2:4] in (("", ""), ("/", "")) or any(same_address(url, one) for one in entrances)
