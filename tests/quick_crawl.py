"""`python -m tests.quick_crawl DATA [limit]`: the recorded portal from a server of the tests, undelayed.

The delay is for other people's servers; the command line has no way to lower it.
"""

from __future__ import annotations

import sys

from crawler import registry
from crawler.cli.crawl import show
from crawler.run import run


def main() -> None:
    """Crawl, print the table, exit as `tinso crawl` does."""
    data, *limit = sys.argv[1:]
    settings = registry.project_settings(
        TINSO_DATA=data, DOWNLOAD_DELAY=0, AUTOTHROTTLE_START_DELAY=0, TINSO_RETRY_WAIT=0
    )
    report = run([registry.portal("hanoi_stttt")], settings, limit="".join(limit))
    show(report)
    sys.exit(any(report.failed(portal) for portal in report.counts))


if __name__ == "__main__":
    main()
