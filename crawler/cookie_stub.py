"""The D1N stub: a page of script that sets a cookie and loads itself again, in the place of every page.

Known from gdt.gov.vn, laodong.vn and parts of quochoi.vn (product name "Cloudrity"). A portal whose class
says `cookie_stub = "answer"` gets the cookie back, as it would from any browser; nothing is computed.
For all others the stub is counted as a challenge.
"""

from __future__ import annotations

import re

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

_STUB = re.compile(rb"document\.cookie\s{0,9}=\s{0,9}[\"'](D1N=[0-9a-f]{32})\b")
_MOST_BYTES = 2000  # of a stub; those seen have 177


class CookieStub:
    """Sends back the cookie of a host's stub, once a page; a stub that comes again is a challenge."""

    def __init__(self, crawler: Crawler) -> None:
        if getattr(crawler.spidercls, "cookie_stub", "count") != "answer":
            raise NotConfigured
        self._cookies: dict[str | None, bytes] = {}  # by host

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CookieStub:
        """Make the middleware. Raises NotConfigured for a portal that does not answer stubs."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the host's cookie."""
        if cookie := self._cookies.get(urlparse_cached(request).hostname):
            request.headers["Cookie"] = cookie

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, for a stub the request once more with its cookie."""
        if response.status != 200 or len(response.body) > _MOST_BYTES or request.meta.get("stub_answered"):
            return response
        found = _STUB.search(response.body)
        if not found:
            return response
        self._cookies[urlparse_cached(request).hostname] = found[1]
        return request.replace(meta={**request.meta, "stub_answered": True}, dont_filter=True)
