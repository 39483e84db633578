"""Sample portals for what asks for pages one by one: without a server, a reactor or a delay."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive import ArchiveWriter, Capture
from crawler.clock import VIETNAM, now
from crawler.discovery.contract import PageRequest
from crawler.look import Fetch, Unreachable
from crawler.sample_portals.site import Site
from crawler.sample_portals.sites import ALL_SITES


def sample_fetch(**pages: bytes) -> Fetch:
    """Return a fetch from the sample portals; `pages` stand at /<name> of every host, in their stead."""
    sites = {host: site() for host, site in ALL_SITES.items()}

    def fetch(request: PageRequest) -> Capture:
        parts = urlsplit(request.url)
        if (own := pages.get(parts.path.strip("/"))) is not None:
            return Capture(request.url, now(), 200, [("Content-Type", "text/html; charset=utf-8")], own)
        site = sites.get(parts.hostname or "")
        if site is None:
            raise Unreachable(f"dns_error: {parts.hostname} does not resolve")
        return _answer(site, request.url)

    return fetch


def recording(fetch: Fetch, folder: Path) -> Fetch:
    """Return the fetch; what it gets is written to a WARC file in the folder as well."""
    writer = ArchiveWriter(folder)

    def kept(request: PageRequest) -> Capture:
        capture = fetch(request)
        writer.append(capture)
        return capture

    return kept


def _answer(site: Site, url: str) -> Capture:
    parts = urlsplit(url)
    answer = site.answer(parts.path + (f"?{parts.query}" if parts.query else ""))
    if answer.status >= 400:
        raise Unreachable("gone: HTTP 404")
    body = answer.filled(f"http://{parts.netloc}", datetime.now(VIETNAM), 1)
    return Capture(url, now(), 200, [("Content-Type", answer.media_type)], body)
