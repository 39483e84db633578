"""The samples of further platforms as portals are declared, beside the five of `portals.py`."""

from __future__ import annotations

from crawler.portal import Portal


def family_portals(port: int) -> list[type[Portal]]:
    """Return a portal for each further platform, as a server on a port of this machine serves it."""
    return []
