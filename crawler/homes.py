"""Home addresses that the environment gives to portals, for hosts that no page names or that have moved."""

from __future__ import annotations

import os
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.exceptions import BadHomes

VARIABLE = "TINSO_HOMES"


def given_homes() -> dict[str, str]:
    """Return portal → address as TINSO_HOMES="name=address;name=address" says. Raises BadHomes."""
    return _parsed(os.environ.get(VARIABLE, ""))


def is_address(text: str) -> bool:
    """True for an http or https address with a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # "http://[x"
        return False


@lru_cache(maxsize=8)
def _parsed(text: str) -> dict[str, str]:
    homes = {}
    for pair in filter(None, map(str.strip, text.split(";"))):
        name, _, address = (part.strip() for part in pair.partition("="))
        if not name or not is_address(address):
            raise BadHomes(f"{VARIABLE}: {pair!r} is no name=address; write hanoi_stttt=http://host/ and a ;")
        homes[name] = address if urlsplit(address).path else f"{address}/"
    return homes
