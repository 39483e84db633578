"""The portals that spiders/ declares, found the way Scrapy finds its spiders."""

from __future__ import annotations

import difflib
from functools import cache
from typing import cast
from urllib.parse import urlsplit

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.exceptions import BadHomes, UnknownPortal
from crawler.homes import VARIABLE, given_homes
from crawler.portal import Portal


def project_settings(**changes: object) -> Settings:
    """Return Scrapy's settings with ours on top, and the changes of one run on top of those."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(changes, priority="cmdline")
    return settings


@cache
def portals() -> dict[str, type[Portal]]:
    """Return the portals by name, with the homes that TINSO_HOMES gives them.

    Raises:
        DeclarationError: a portal's class is wrong.
        BadHomes: TINSO_HOMES cannot be read, or names no portal.
    """
    loader = SpiderLoader.from_settings(project_settings())
    found = {name: cast(type[Portal], loader.load(name)) for name in sorted(loader.list())}
    for name in sorted(given_homes().keys() - found.keys()):
        raise BadHomes(f"{VARIABLE}: {_unknown(name, found)}")
    return found


def living() -> tuple[list[type[Portal]], list[type[Portal]]]:
    """Return the portals that are not dead: those that can be crawled, and those whose host is not known."""
    found = [portal for portal in portals().values() if portal.state != "dead"]
    certain = [portal for portal in found if portal.home_is_certain]
    return certain, [portal for portal in found if not portal.home_is_certain]


def portal(name: str) -> type[Portal]:
    """Return a portal. Raises UnknownPortal, with the nearest names."""
    if found := portals().get(name):
        return found
    raise UnknownPortal(_unknown(name, portals()))


def owner(url: str) -> type[Portal] | None:
    """Return the portal that an address belongs to, None where no portal has its host.

    Where several share a host, the one with the longest home that the address lies under; a portal that is
    a folder of a foreign host owns nothing outside it.
    """
    owners = [portal for portal in portals().values() if portal.owns(url) and _is_under(url, portal.home)]
    return max(owners, key=lambda portal: len(urlsplit(portal.home).path), default=None)


def _is_under(url: str, home: str) -> bool:
    address, base = urlsplit(url), urlsplit(home)
    is_elsewhere = (address.hostname or "").removeprefix("www.") != (base.hostname or "").removeprefix("www.")
    return is_elsewhere or f"{address.path}/".startswith(base.path)


def _unknown(name: str, known: dict[str, type[Portal]]) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "'tinso portals' lists them"
    return f"{name!r} is no portal; {hint}"
