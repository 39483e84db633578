"""`python -m tests.quick_backfill DATA PORT|URL [SOURCE…]`: a back-fill without pauses, as `tinso backfill` does it.

PORT stands for the sample portal of Hà Nội there, whose home is http://ha-noi.localhost:PORT/; URL for an
undeclared one. The pauses are for other people's servers; the command line has no way to shorten them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from crawler.backfill.client import Client
from crawler.cli.backfill import fill
from crawler.sample_portals.portals import sample_portals
from crawler.undeclared import undeclared


def main() -> None:
    """Back-fill, print the table, exit as the command does."""
    data, portal, *sources = sys.argv[1:]
    named = sample_portals(int(portal))[0] if portal.isdecimal() else undeclared(portal)
    fill([named], Path(data), sources, Client("tinso/test", slowness=0))


if __name__ == "__main__":
    main()
