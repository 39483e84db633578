"""A browser before a running site; a page of it that fails its test on whatever it complains of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import made_up
import pytest
from watching import served

playwright = pytest.importorskip("playwright.sync_api")

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with made-up articles, one of them hostile."""
    data: Path = tmp_path_factory.mktemp("browser")
    made_up.fill(data / "corpus.db", hostile=True)
    with served(data) as address:
        yield address


@pytest.fixture(scope="session")
def demo_address(demo: Path) -> Iterator[str]:
    """The address of a site over the sample portals."""
    with served(demo) as address:
        yield address


# Not for the session: playwright keeps an event loop running, and other tests run loops of their own.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=SIZES)
def page(browser: playwright.Browser, request: pytest.FixtureRequest) -> Iterator[playwright.Page]:
    """A page that fails its test on a console error, or on a request that leaves this machine."""
    context = browser.new_context(viewport=SIZES[request.param], locale="vi-VN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if _leaves(request.url) else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    context.close()
    assert complaints == []


def _leaves(url: str) -> bool:
    return urlsplit(url).hostname not in {"127.0.0.1", "localhost"}
