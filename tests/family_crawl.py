"""`python -m tests.family_crawl DATA PORT NAME…`: samples of platforms, crawled undelayed and side by side.

PORT is that of a running SampleServer, or the files of an archive that answers for it stand in
`TEST_ARCHIVES`. Without names: every family.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from crawler import registry
from crawler.cli.crawl import show
from crawler.platforms.nukeviet import NukeVietPortal
from crawler.platforms.sharepoint import SharePointPortal
from crawler.platforms.uiarticle import UiArticlePortal
from crawler.portal import Portal
from crawler.run import run
from crawler.sample_portals.families import family_portals
from tests.crawling import finished

_CORPUS = "SELECT a.*, t.article_body FROM articles a JOIN article_text t USING (id) WHERE portal = ?"


def crawl(data: Path, port: int, *names: str, archive: Path | None = None) -> str:
    """Crawl the portals of these names in a process of its own; return what the run said.

    The files of `archive` answer in the network's place where it is given.
    """
    files = ",".join(map(str, archive.glob("*.warc.gz"))) if archive else ""
    arguments = [sys.executable, "-m", "tests.family_crawl", str(data), str(port), *names]
    process = finished(arguments, TEST_ARCHIVES=files)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout + process.stderr


def stored(data: Path, portal: str) -> dict[str, sqlite3.Row]:
    """Return the articles of a portal by address, without scheme and port."""
    connection = sqlite3.connect(data / "corpus.db")
    connection.row_factory = sqlite3.Row
    return {portless(row["url"]): row for row in connection.execute(_CORPUS, (portal,))}


def portless(url: str) -> str:
    """Return an address from its host on, without the port."""
    host, _, rest = url.partition("://")[2].partition("/")
    return f"{host.partition(':')[0]}/{rest}"


def wrong_portals(port: int) -> list[type[Portal]]:
    """Return portals whose site does not look as declared, and one that is declared by its sitemap."""

    class NowNukeViet(SharePointPortal):
        """As skhcn.dongnai: SharePoint once, NukeViet now."""

        name = "mau_nay_la_nukeviet"
        province = "Đồng Nai"
        body = "Sở Khoa học và Công nghệ"
        home = f"http://nukeviet.localhost:{port}/"
        sections = {"Công tác Đảng": "vi/news/cong-tac-dang/"}

    class NowVhv(UiArticlePortal):
        """A declared row that no list has any more."""

        name = "mau_nay_la_vhv"
        province = "Lào Cai"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://vhv.localhost:{port}/"
        sections = {"Công tác Đảng": "tin-tuc/cong-tac-dang"}

    class BySitemap(NukeVietPortal):
        """Everything that the sitemaps name."""

        name = "mau_sitemap"
        province = "Tây Ninh"
        body = "Sở Thông tin và Truyền thông"
        home = f"http://nukeviet.localhost:{port}/"
        sections = {"Tất cả": "sitemap.xml"}

    return [NowNukeViet, NowVhv, BySitemap]


def main() -> None:
    """Crawl, print the table, exit as `tinso crawl` does."""
    data, port, *names = sys.argv[1:]
    os.environ.update(http_proxy=f"http://127.0.0.1:{port}", no_proxy="")
    settings = registry.project_settings(
        TINSO_DATA=data,
        DOWNLOAD_DELAY=0.0,
        AUTOTHROTTLE_ENABLED=False,
        TINSO_RETRY_WAIT=0,
        TINSO_ARCHIVES=[file for file in os.environ.get("TEST_ARCHIVES", "").split(",") if file],
    )
    families, wrong = family_portals(int(port)), wrong_portals(int(port))
    chosen = [portal for portal in (*families, *wrong) if portal.name in names] if names else families
    report = run(chosen, settings)
    show(report)
    sys.exit(any(report.failed(portal) for portal in report.counts))


if __name__ == "__main__":
    main()
