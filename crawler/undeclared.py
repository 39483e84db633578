"""A portal that nobody has declared: its sections are found when the crawl begins."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.platforms import all_layouts
from crawler.portal import Portal


def undeclared(url: str) -> type[Portal]:
    """Return a portal class for an address, all found by evidence; its name is made of the host's."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")

    class Found(Portal):
        home = url

    # Set afterwards: what a declaration must name cannot be known here.
    portal: type[Portal] = Found
    portal.name = re.sub(r"\W+", "_", host)
    portal.province = portal.body = ""
    portal.layouts = all_layouts()
    return portal
