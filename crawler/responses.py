"""A response of the crawl as a page, and pages that are none worth reading."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.archive import Capture
from crawler.exceptions import Challenged, SoftNotFound
from crawler.extraction import kind_of
from crawler.extraction.read import read_page
from crawler.page import Page

_REFUSED = {"challenge": Challenged, "login": Challenged, "error": SoftNotFound}


def replayed(capture: Capture, request: Request) -> Response:
    """Return an archived response as the answer to a request, which learns when it was taken."""
    request.meta.update(fetched_at=capture.fetched_at, replayed=True, truncated=capture.truncated)
    headers = Headers(capture.headers)
    kind = responsetypes.from_args(headers=headers, url=capture.url, body=capture.body)
    return kind(capture.url, status=capture.status, headers=headers, body=capture.body, request=request)


def is_cut(body: bytes) -> bool:
    """True for a page that begins as one and does not end as one."""
    if b"</html>" in body[-100:]:  # as nearly every page ends
        return False
    tail = body[-4096:].lower()
    return b"</html" not in tail and b"</body" not in tail and b"<html" in body[:2048].lower()


def page_of(response: Response) -> Page:
    """Return the page that a response holds; one that breaks off is flagged "cut_short".

    Raises:
        NotHtml: it holds none.
    """
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1") or None
    fetched_at = response.meta["fetched_at"]
    page = read_page(response.body, response.url, content_type=content_type, fetched_at=fetched_at)
    if is_cut(response.body):
        page.flags.append("cut_short")
    return page


def refuse(page: Page) -> None:
    """Raise Challenged or SoftNotFound for a page that says so, whatever its status."""
    kind = kind_of(page)
    if error := _REFUSED.get(kind):
        raise error(f"the page is no article or list: {kind}")
