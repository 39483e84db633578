"""Where a portal ends: neither a redirect nor a link leads the crawl into a network that is not public."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv6Address, ip_address
from urllib.request import getproxies, proxy_bypass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from crawler.exceptions import LeadsAway, PrivateAddress
from crawler.target import Target

_PRIVATE_NAMES = ("localhost", "local", "internal", "lan", "home.arpa")  # RFC 6761, 6762, 8375 and custom


class Borders:
    """Lets a portal's pages be asked of its own hosts alone, and everything else of public addresses alone.

    What is no page of the portal is robots.txt, which may be redirected, and what a survey looks at. A
    portal that itself lives at a private address, as the samples do, may be read there.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._is_inside: bool | None = None  # whether the portal itself lives at a private address
        self._known: dict[str, bool] = {}  # host → whether it is private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Borders:
        """Make the middleware of a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass.

        Raises:
            LeadsAway: a page of the portal that stands on another site.
            PrivateAddress: an address that no public portal leads to.
        """
        spider = self._crawler.spider
        target: Target | None = request.meta.get("target")
        if target is not None:
            if not spider.owns(request.url):  # type: ignore[union-attr]
                raise LeadsAway(f"leads to {request.url}")
            return
        parts = urlparse_cached(request)
        if self._is_inside is None:  # who looks at a portal without declaring it has named the first address
            home = getattr(spider, "home", None) or request.url
            home_parts = urlparse_cached(Request(home))
            self._is_inside = await self._is_private(home_parts.hostname or "", home_parts.scheme)
        if not self._is_inside and await self._is_private(parts.hostname or "", parts.scheme):
            raise PrivateAddress(f"{request.url} is no public address")

    async def _is_private(self, host: str, scheme: str) -> bool:
        if host not in self._known:
            self._known[host] = is_private(host) or await self._resolves_inside(host, scheme)
        return self._known[host]

    async def _resolves_inside(self, host: str, scheme: str) -> bool:
        if scheme in getproxies() and not proxy_bypass(host):  # the proxy resolves, and may not go there
            return False
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # the download will say so
            return False
        return any(is_private(str(address[0])) for *_, address in found)


def is_private(host: str) -> bool:
    """True for an address, in any spelling that a resolver takes, or a name that is not on the public net."""
    host = host.strip("[]").rstrip(".").partition("%")[0].lower()
    if host.endswith(tuple(f".{name}" for name in _PRIVATE_NAMES)) or host in _PRIVATE_NAMES:
        return True
    try:
        address = ip_address(host)
    except ValueError:
        try:
            address = ip_address(socket.inet_aton(host))  # "127.1", "2130706433", "0x7f.0.0.1"
        except (OSError, UnicodeError):
            return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return not address.is_global
