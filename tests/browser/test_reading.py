"""A journalist's morning in a real browser: type, read the results, open one, on a phone and on a desk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import made_up
import pytest

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


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site, served as `tinso serve` does it."""
    data: Path = tmp_path_factory.mktemp("browser")
    made_up.fill(data / "corpus.db", hostile=True)
    command = [sys.executable, "-m", "web", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split(" at ")[1].split()[0]
        server.terminate()


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


def fits(page: playwright.Page) -> bool:
    """True where nothing makes the page wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_type_without_marks_read_the_results_open_one(page: playwright.Page, address: str) -> None:
    page.goto(address)
    assert fits(page)
    page.get_by_role("searchbox").fill("dang bo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?*")
    assert page.title() == "dang bo – tìm trong Tin Sở"
    assert "Đảng" in page.locator("mark").all_text_contents()
    assert fits(page)
    headline = page.locator("article .headline a").first
    title = headline.inner_text()
    headline.click()
    assert page.locator("h1").inner_text() == title
    assert page.locator(".text p").count() >= 2
    assert page.get_by_role("heading", name="Nguồn và dấu vết").is_visible()
    assert fits(page)


def test_narrow_by_a_facet_and_take_it_back(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}tim?q=chi+bo")
    everything = page.locator("h1 + .facts span").first.inner_text()
    page.get_by_role("link", name="Thuận Hải", exact=True).click()
    assert page.get_by_text("Tỉnh, thành phố: Thuận Hải").is_visible()
    assert page.locator("h1 + .facts span").first.inner_text() != everything
    page.get_by_role("link", name="Bỏ điều kiện Tỉnh, thành phố: Thuận Hải").click()
    assert page.locator("h1 + .facts span").first.inner_text() == everything


def test_the_keyboard_alone_suffices(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}tim?q=chi+bo")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Bỏ qua phần đầu trang"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('article') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/corpus/articles/*")


def test_nothing_in_a_hostile_article_runs(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}tim?q=tan+cong")
    page.locator("article .headline a").first.click()
    assert "Đoạn văn bình thường" in page.locator(".text").inner_text()
    assert page.evaluate("window.hacked") is None
    assert fits(page)


@pytest.mark.parametrize(
    "path", ["corpus", "corpus/articles?_search=chi+bo", "corpus/portals", "corpus/runs"]
)
def test_the_data_pages_are_quiet_too(page: playwright.Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.locator("h1").count() == 1
    assert fits(page)
