"""Five portals of our own making, one for each kind of site that tinso was first made for.

They stand in for the real ones in `tinso demo` and in the tests: invented texts in markup that is faithful to
the real structure, traps included. `portals.py` declares them as `spiders/` declares the real ones.
"""

from __future__ import annotations

from crawler.sample_portals.expected import expected, missing
from crawler.sample_portals.sites import SITES

HOSTS = tuple(SITES)

__all__ = ["HOSTS", "expected", "missing"]
