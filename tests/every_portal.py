"""`python -m tests.every_portal DATA LIMIT`: crawl every declared portal, each from its platform's sample.

The sample server answers for every portal's own host as the platform's sample site does, so the real classes
run as they are declared; TINSO_HOMES only turns https into http, which the server speaks.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler import registry
from crawler.homes import VARIABLE
from crawler.portal import Portal
from crawler.run import run
from crawler.sample_portals.families import family_portals
from crawler.sample_portals.portals import sample_portals
from crawler.sample_portals.server import SampleServer
from crawler.sample_portals.site import Answer, Posted, Site

STAND_IN = {"generic": "mau_phu_yen"}  # a platform without a sample of its own


class Elsewhere:
    """What a sample site answers, under another portal's host and addresses."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.addresses: dict[str, str] = {}  # the portal's → the sample's

    def answer(self, target: str) -> Answer:
        return self._site.answer(self.addresses.get(target, target))

    def posted(self, posted: Posted) -> Answer:
        return self._site.posted(replace(posted, target=self.addresses.get(posted.target, posted.target)))


def alias(sites: dict[str, Any], portal: type[Portal], sample: type[Portal]) -> None:
    """Let a server's sites answer for a portal's host, home and sections as a sample portal's site does."""
    site = sites[urlsplit(sample.home).hostname or ""]
    stand_in = sites.setdefault(urlsplit(portal.home).hostname or "", Elsewhere(site))
    stand_in.addresses[_target(portal.home)] = "/"
    for own, other in zip(portal.section_urls().values(), sample.section_urls().values(), strict=False):
        stand_in.addresses[_target(own)] = _target(other)
    last = next(article for article in site.articles if not article.missing)
    for counted in portal.countable.values():
        number = urljoin(portal.home, re.sub(r"[{}]", "", counted))
        stand_in.addresses[_target(number)] = site.article_paths(last)[0]


def _target(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def main(data: str, limit: str) -> None:
    """Crawl, and print what became of the URLs of each portal as JSON."""
    with SampleServer() as server:
        samples = {}
        for sample in reversed([*sample_portals(server.port), *family_portals(server.port)]):
            samples[sample.platform] = samples[sample.name] = sample
        os.environ.update(http_proxy=f"http://127.0.0.1:{server.port}", no_proxy="")
        portals = registry.portals().values()
        for portal in portals:
            alias(server.sites, portal, samples[STAND_IN.get(portal.platform, portal.platform)])
        settings = registry.project_settings(
            TINSO_DATA=data, DOWNLOAD_DELAY=0.0, AUTOTHROTTLE_ENABLED=False, LOG_LEVEL="ERROR"
        )
        report = run(portals, settings, limit=limit)
    counts = {
        name: {f"{kind} {outcome}": urls for (kind, outcome), urls in books.items()}
        for name, books in report.counts.items()
    }
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    assert VARIABLE in os.environ
    main(*sys.argv[1:])
