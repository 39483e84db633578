"""Every page by axe-core, on a phone and on a desk, light and dark, in both languages: no finding."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from watching import fits

playwright = pytest.importorskip("playwright.sync_api")
axe_core = pytest.importorskip("axe_playwright_python.sync_playwright")

# WCAG 2.2 at level AA, and what axe holds for good practice.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session")
def pages(demo: Path) -> dict[str, str]:
    """Every kind of page that a reader meets, by what it is."""
    connection = sqlite3.connect(demo / "corpus.db")

    def one(sql: str) -> str:
        return str(connection.execute(sql).fetchone()[0])

    found = {
        "home": "",
        "results": "tim?q=dang+bo",
        "results narrowed": "tim?q=dai+hoi&dang=1&xep=moi",
        "nothing found": "tim?q=zzzzzz",
        "article": f"corpus/articles/{one('SELECT article FROM people LIMIT 1')}",
        "revised article": f"corpus/articles/{one('SELECT id FROM articles ORDER BY revision DESC LIMIT 1')}",
        "person": f"nguoi?ten={one('SELECT name FROM people LIMIT 1')}",
        "body": f"co-quan?ten={one('SELECT name FROM organisations LIMIT 1')}",
        "document": f"van-ban?so={one('SELECT number FROM documents LIMIT 1')}",
        "health": "suc-khoe",
        "provinces": "tinh",
        "province": "tinh/ha-noi",
        "portal": f"cong/{one('SELECT portal FROM articles LIMIT 1')}",
        "about the data": "du-lieu",
        "portals": "corpus/portals",
        "data": "corpus",
        "table": "corpus/runs",
        "stock articles": "corpus/articles?_search=dang+bo",
        "no such page": "nope",
    }
    connection.close()
    return found


@pytest.fixture
def opened(browser: playwright.Browser, request: pytest.FixtureRequest) -> Iterator[playwright.Page]:
    size, scheme, language = request.param
    context = browser.new_context(viewport=size, color_scheme=scheme)
    context.add_cookies([{"name": "ngon-ngu", "value": language, "domain": "127.0.0.1", "path": "/"}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "opened",
    [
        ({"width": 390, "height": 844}, "dark", "vi"),
        ({"width": 1280, "height": 900}, "light", "en"),
    ],
    indirect=True,
    ids=["phone, dark", "desk, light, English"],
)
def test_axe_finds_nothing(opened: playwright.Page, demo_address: str, pages: dict[str, str]) -> None:
    axe = axe_core.Axe()
    findings, wide = [], []
    for name, path in pages.items():
        opened.goto(demo_address + path)
        wide += [] if fits(opened) else [name]
        findings += [
            f"{name}: {found['id']} ({found['impact']}): {node['html'][:160]}"
            for found in axe.run(opened, options=RULES).response["violations"]
            for node in found["nodes"]
        ]
    assert findings == []
    assert wide == []
