"""The portals that spiders/ declares, found the way Scrapy finds its spiders."""

from __future__ import annotations

import difflib
from functools import cache
from typing import cast

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.exceptions import UnknownPortal
from crawler.portal import Portal


def project_settings(**changes: object) -> Settings:
    """Return Scrapy's settings with ours on top, and the changes of one run on top of those."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(changes, priority="cmdline")
    return settings


@cache
def portals() -> dict[str, type[Portal]]:
    """Return the portals by name.

    Raises:
        DeclarationError: a portal's class is wrong.
    """
    loader = SpiderLoader.from_settings(project_settings())
    return {name: cast(type[Portal], loader.load(name)) for name in sorted(loader.list())}


def portal(name: str) -> type[Portal]:
    """Return a portal. Raises UnknownPortal, with the nearest names."""
    if found := portals().get(name):
        return found
    near = difflib.get_close_matches(name, portals(), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "'tinso portals' lists them"
    raise UnknownPortal(f"{name!r} is no portal; {hint}")


def owner(url: str) -> type[Portal] | None:
    """Return the portal whose host an address is on, or None."""
    return next((portal for portal in portals().values() if portal.owns(url)), None)
