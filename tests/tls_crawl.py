"""`python -m tests.tls_crawl DATA PORT TLS`: a portal on https://localhost:PORT, declared with this `tls`."""

from __future__ import annotations

import json
import sys

from crawler import registry
from crawler.platforms.liferay import LiferayPortal
from crawler.run import run


def main() -> None:
    """Crawl and print the outcomes as JSON."""
    data, port, asked = sys.argv[1:]

    class Portal(LiferayPortal):
        name = "tls"
        province = "Hà Nội"
        body = "Sở Thông tin và Truyền thông"
        home = f"https://localhost:{port}/"
        sections = {"Tin Đảng": "dang"}
        tls = asked
        tls_note = None if asked == "modern" else "2026-11-25: the server of the tests"

    settings = registry.project_settings(
        TINSO_DATA=data, DOWNLOAD_DELAY=0, AUTOTHROTTLE_START_DELAY=0, RETRY_ENABLED=False
    )
    counts = run([Portal], settings).counts["tls"]
    print(json.dumps({outcome: urls for (_, outcome), urls in counts.items()}))  # noqa: T201


if __name__ == "__main__":
    main()
