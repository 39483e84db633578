"""Scrapy's HTTP handler with a bound on what may come before a body.

Twisted takes headers, and answers that say only that another will come (1xx), as long as a server sends them:
a flood of either fills the memory, or keeps the crawl of all portals busy, until the time is up.
"""

from __future__ import annotations

import asyncio
import logging

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import BODY, HTTP11ClientProtocol, Request
from twisted.web.http_headers import InvalidHeaderName
from twisted.web.iweb import IResponse

from crawler.exceptions import HeadTooLarge

MOST_HEAD = 256 * 1024  # bytes before a body; browsers take as much

logger = logging.getLogger(__name__)


class BoundedHandler(HTTP11DownloadHandler):
    """Breaks off an answer of which 256 kB have come without a body; skips headers whose name is none."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory

    async def close(self) -> None:
        """Close the connections that are kept, in a second at most.

        Scrapy's own way logs a traceback where the second ends in the moment in which they are closed.
        """
        closed = self._pool.closeCachedConnections().asFuture(asyncio.get_running_loop())
        await asyncio.wait([closed], timeout=self._disconnect_timeout)


class _Parser(_LenientHTTPClientParser):
    def headerReceived(self, name: bytes, value: bytes) -> None:
        try:
            super().headerReceived(name, value)
        except InvalidHeaderName:
            logger.debug("a header whose name is none was skipped: %r", name)


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _Parser  # as Scrapy's own protocol does, and says why
        self._head = 0
        return answer

    def dataReceived(self, bytes: bytes) -> None:
        if self._parser is not None and self._parser.state != BODY:
            self._head += len(bytes)
            if self._head > MOST_HEAD:
                error = HeadTooLarge(f"more than {MOST_HEAD:,} bytes of headers, and no body")
                self._giveUp(Failure(error))
                self.transport.abortConnection()  # type: ignore[union-attr]
                return
        super().dataReceived(bytes)


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:
        return _Protocol(self._quiescentCallback)
