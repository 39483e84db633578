"""A response of the crawl as a page, and pages that are none worth reading."""

from __future__ import annotations

from scrapy.http import Response

from crawler.exceptions import Challenged, SoftNotFound
from crawler.extraction import kind_of
from crawler.extraction.read import read_page
from crawler.page import Page

_REFUSED = {"challenge": Challenged, "login": Challenged, "error": SoftNotFound}


def page_of(response: Response) -> Page:
    """Return the page that a response holds. Raises NotHtml for what is none."""
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1") or None
    fetched_at = response.meta["fetched_at"]
    return read_page(response.body, response.url, content_type=content_type, fetched_at=fetched_at)


def refuse(page: Page) -> None:
    """Raise Challenged or SoftNotFound for a page that says so, whatever its status."""
    kind = kind_of(page)
    if error := _REFUSED.get(kind):
        raise error(f"the page is no article or list: {kind}")
