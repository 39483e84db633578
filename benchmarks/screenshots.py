"""The pictures of docs/site.md: six pages of the sample portals' corpus, phone and desk, light and dark.

    python -m benchmarks.screenshots [DATA]

Needs Debian's chromium. Crawls the sample portals (`tinso demo --no-serve`) where no data directory is named.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "site"
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
# The article, person and province that have most to show.
ARTICLE = (
    "SELECT id FROM articles WHERE is_party ORDER BY revision DESC, (SELECT count(*) FROM people "
    "WHERE article = articles.id) + (SELECT count(*) FROM documents WHERE article = articles.id) DESC, id "
    "LIMIT 1"
)
PERSON = "SELECT name FROM people GROUP BY name ORDER BY count(DISTINCT article) DESC, name LIMIT 1"


def addresses(corpus: Path) -> dict[str, str]:
    """Return the pages by name; each address is relative to the site's."""
    connection = sqlite3.connect(corpus)
    (article,) = connection.execute(ARTICLE).fetchone()
    (person,) = connection.execute(PERSON).fetchone()
    connection.close()
    return {
        "home": "",
        "results": "tim?q=dai+hoi+dang+bo",
        "article": f"corpus/articles/{article}",
        "person": f"nguoi?ten={person}",
        "province": "tinh/ha-noi",
        "provinces": "tinh",
        "health": "suc-khoe",
    }


def main(data: Path) -> None:
    """Take the pictures over a data directory."""
    PICTURES.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "web", "--data", str(data), "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as driver:
        assert server.stdout is not None
        site = server.stdout.readline().split(" at ")[1].split()[0]
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size, viewport in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport=viewport, color_scheme=scheme, locale="vi-VN")
                for name, path in addresses(data / "corpus.db").items():
                    page.goto(site + path)
                    page.screenshot(path=PICTURES / f"{name}-{size}-{scheme}.png")
                page.close()
        browser.close()
        server.terminate()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            crawl = "from crawler.cli import main; main()"
            demo = [sys.executable, "-c", crawl, "demo", "--no-serve", "--data", folder]
            subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
            main(Path(folder) / "demo")
