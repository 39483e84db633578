"""A journalist's morning in a real browser: type, read the results, open one, on a phone and on a desk."""

from __future__ import annotations

import feedparser
import pytest
from watching import fits

playwright = pytest.importorskip("playwright.sync_api")


def test_type_without_marks_read_the_results_open_one(page: playwright.Page, address: str) -> None:
    page.goto(address)
    assert fits(page)
    page.get_by_role("combobox").fill("dang bo")
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
    assert page.get_by_text("Tỉnh, thành phố khi đăng: Thuận Hải").is_visible()
    assert page.locator("h1 + .facts span").first.inner_text() != everything
    page.get_by_role("link", name="Bỏ điều kiện Tỉnh, thành phố khi đăng: Thuận Hải").click()
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


def test_a_name_is_suggested_while_typing_and_chosen_by_keyboard(page: playwright.Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("combobox")
    box.press_sequentially("le th")
    option = page.get_by_role("option").first
    option.wait_for()
    assert option.inner_text().startswith("Lê Thanh Bình")
    assert "Người" in option.inner_text()
    assert "gợi ý" in page.get_by_role("search").first.get_by_role("status").inner_text()
    assert fits(page)
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert option.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "le th")
    page.keyboard.press("ArrowDown")
    option.wait_for()
    page.keyboard.press("Tab")
    assert page.get_by_role("option").count() == 0
    box.focus()
    page.keyboard.press("ArrowDown")
    option.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nguoi?ten=*")
    assert page.locator("h1").inner_text() == "Lê Thanh Bình"


def test_enter_without_a_choice_searches_and_a_suggestion_can_be_clicked(
    page: playwright.Page, address: str
) -> None:
    page.goto(address)
    box = page.get_by_role("combobox")
    box.press_sequentially("thanh")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    box.press_sequentially(" binh")  # whoever goes on typing has chosen nothing
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=thanh+binh")
    page.get_by_role("combobox").fill("le thanh")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/nguoi?ten=*")


def test_without_scripts_the_results_page_asks_who_was_meant(
    browser: playwright.Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("searchbox").fill("le thanh binh")
        page.keyboard.press("Enter")
        page.wait_for_url("**/tim?*")
        assert page.get_by_text("Có phải bạn tìm:").is_visible()
        page.locator("ul.meant").get_by_role("link", name="Lê Thanh Bình").click()
        page.wait_for_url("**/nguoi?ten=*")


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


def test_a_search_is_followed_as_a_feed(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}tim?q=chi+bo")
    found = page.locator("article .headline").all_text_contents()
    for kind in ("Atom", "JSON Feed"):
        copied = page.get_by_role("link", name=kind, exact=True).evaluate("link => link.href")
        response = page.request.get(copied)
        assert response.ok, copied
        feed = feedparser.parse(response.body()) if kind == "Atom" else response.json()
        entries = feed["entries"] if kind == "Atom" else feed["items"]
        assert kind != "Atom" or (
            not feed.bozo and feed.feed.link == page.url.replace("tim?q=chi+bo", "tim?q=chi+bo&xep=moi")
        )
        assert {headline.strip() for headline in found} <= {entry["title"] for entry in entries}
        assert len({entry["id"] for entry in entries}) == len(entries)


def test_all_is_read_and_searched_without_a_script(browser: playwright.Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("searchbox").fill("dang bo")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Trang sau »").click()
    page.wait_for_url("**trang=2**")
    page.locator("article .headline a").first.click()
    page.locator(".mentions a").first.click()
    assert page.locator("h1").inner_text() and page.locator("article.result").count()
    context.close()


def test_results_are_paged_by_the_keyboard(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}tim")
    first = page.locator("article .headline").first.inner_text()
    page.get_by_role("link", name="Trang sau »").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**trang=2**")
    assert page.locator("article .headline").first.inner_text() != first
    page.get_by_role("link", name="« Trang trước").press("Enter")
    page.wait_for_url(lambda url: "trang" not in url)
    assert page.locator("article .headline").first.inner_text() == first
