"""The search page: what it shows, how it narrows, and the same as feeds and data."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import made_up
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader import Reader, words_of

from pipelines.article import FIELDS
from pipelines.store import Store
from web.search_page import ARGUMENTS, Question

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def headlines(page: Any) -> list[str]:
    return [words_of(each) for each in page.xpath("//article//*[@class='headline']")]


def test_the_best_stand_first_and_the_newest_on_demand(reader: Reader) -> None:
    page = reader.page("/tim?q=ket+nap+dang+vien")
    assert "kết nạp" in headlines(page)[0]
    newest = page.xpath("//a[text()='mới nhất trước']/@href")[0]
    ids = [int(link.rsplit("/", 1)[1]) for link in reader.page(newest).xpath("//article//h2/a/@href")]
    assert ids == sorted(ids, reverse=True)


def test_every_choice_of_a_facet_leads_to_as_many_articles_as_it_counts(reader: Reader) -> None:
    page = reader.page("/tim?q=dang")
    choices = page.xpath("//aside//li[span] | //aside//tr")
    assert len(choices) > 15
    for choice in choices[:30]:
        count = int(words_of(choice.xpath(".//*[@class='count']")[0]))
        narrowed = reader.page(choice.xpath(".//a/@href")[0])
        assert words_of(narrowed.xpath("//*[@aria-live='polite']")[0]) == f"{count} bài", words_of(choice)


def test_a_condition_can_be_taken_back(reader: Reader) -> None:
    page = reader.page("/tim?q=chi+bo&cong=bac_son_stttt&dang=1")
    chips = [words_of(chip) for chip in page.xpath("//*[@aria-label='Đang lọc']/li")]
    assert chips == ["Cổng thông tin: Sở Thông tin và Truyền thông Bắc Sơn ×", "Nội dung: Hoạt động Đảng ×"]
    assert page.xpath("//*[@aria-label='Đang lọc']/li[1]/a/@href") == ["/tim?q=chi+bo&dang=1"]
    assert page.xpath("//form[@role='search']//input[@type='hidden']/@name") == ["cong", "dang"]


def test_where_a_word_is_in_no_article_the_others_are_found_and_it_is_said(reader: Reader) -> None:
    page = reader.page("/tim?q=chi+b%E1%BB%99+xyzzy")
    assert headlines(page)
    assert "rất ít bài đủ các từ" in words_of(page.xpath("//*[@role='status']")[0])


def test_an_empty_result_says_what_was_tried(reader: Reader) -> None:
    for address in (
        "/tim?q=xyzzy",
        "/tim?tinh=Atlantis",
        "/tim?nam=9999",
        "/tim?nam=x",
        "/tim?nguoi=khong+ai",
    ):
        page = reader.page(address)
        assert "Không có bài nào khớp" in words_of(page), address
        assert headlines(page) == []


def test_pages_show_every_article_once(reader: Reader, corpus: sqlite3.Connection) -> None:
    path, seen = "/tim", []
    while path:
        page = reader.page(path)
        seen += [int(link.rsplit("/", 1)[1]) for link in page.xpath("//article//h2/a/@href")]
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert sorted(seen) == [row[0] for row in corpus.execute("SELECT id FROM articles ORDER BY id")]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.sampled_from([*ARGUMENTS, "xep", "trang"]), st.text(max_size=8))
def test_no_address_is_an_error(reader: Reader, typed: str, argument: str, value: str) -> None:
    told = {"q": typed, argument: value}
    query = "&".join(f"{name}={quote(text.encode('utf-8', 'replace'))}" for name, text in told.items())
    assert reader.get(f"/tim?{query}").status_code == 200
    assert reader.get(f"/tim.json?{query}").status_code == 200


def test_a_name_that_begins_with_a_tilde_is_no_error(reader: Reader) -> None:
    assert reader.get("/tim?tinh-khi-dang=~a").status_code == 200


def test_an_address_is_the_whole_state() -> None:
    asked = {"q": "đảng bộ", "tinh": "Hà Nội", "nam": "2020", "dang": "0", "xep": "moi", "trang": "3"}
    address = Question.of(asked).address()
    assert Question.of(asked).address() == (
        "/tim?q=%C4%91%E1%BA%A3ng+b%E1%BB%99&tinh=H%C3%A0+N%E1%BB%99i&nam=2020&dang=0&xep=moi&trang=3"
    )
    assert "trang" not in Question.of(asked).address(nam=None)
    assert address


@pytest.mark.parametrize("query", ["/tim", "/tim?q=chi+bo&dang=1", "/tim?q=xyzzy"])
def test_a_search_is_followed_as_atom_and_as_json_feed(reader: Reader, query: str) -> None:
    path, _, arguments = query.partition("?")
    page = reader.page(query)
    (atom, feed) = page.xpath("//link[@rel='alternate' and @title]/@href")
    root = ElementTree.fromstring(reader.get(atom).text)
    told = json.loads(reader.get(feed).text)
    found = json.loads(reader.get(f"{path}.json?{arguments}&xep=moi").text)
    links = [entry.find("a:link", ATOM).get("href") for entry in root.findall("a:entry", ATOM)]  # type: ignore[union-attr]
    assert links == [item["url"] for item in told["items"]]
    assert links[:25] == [article["url"] for article in found["articles"]] or query.endswith("xyzzy")
    for name in ("id", "title", "updated"):
        assert all(entry.findtext(f"a:{name}", "", ATOM) for entry in root.findall("a:entry", ATOM))
    assert told["version"] == "https://jsonfeed.org/version/1.1"


def test_a_search_is_data_as_csv_and_as_ndjson(reader: Reader) -> None:
    count = json.loads(reader.get("/tim.json?q=chi+bo").text)["count"]
    lines = reader.get("/tim.ndjson?q=chi+bo").text.splitlines()
    rows = list(csv.DictReader(io.StringIO(reader.get("/tim.csv?q=chi+bo").text)))
    assert len(lines) == len(rows) == count
    assert set(json.loads(lines[0])) == set(rows[0]) == set(FIELDS)


def test_data_of_many_pages_has_one_header(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.search_routes.PAGE", 4)
    text = reader.get("/tim.csv").text
    assert text.count("date_published_raw") == 1
    assert len(list(csv.DictReader(io.StringIO(text)))) > 40


def test_a_year_falls_apart_into_its_months(tmp_path: Path) -> None:
    store = Store(made_up.fill(tmp_path / "corpus.db"))
    later = made_up.articles()[1]
    later.url, later.asset, later.date_published = "http://stttt.bacson.example/muon", "muon", "2015-12-31"
    made_up.put(store, later, "2025-06-05T05:10:00+07:00")
    store.close()
    reader = Reader(tmp_path / "corpus.db")
    page = reader.page("/tim?nam=2015")
    months = page.xpath("//section[@aria-labelledby='loc-month']//tr")
    names = [words_of(month.xpath("./th")[0]) for month in months]
    assert names == [f"{month}/2015" for month in range(12, 1, -1)]  # those without articles too
    assert [name for name, month in zip(names, months, strict=True) if month.xpath(".//a")] == [
        "12/2015",
        "2/2015",
    ]
    narrowed = reader.page(months[0].xpath(".//a/@href")[0])
    assert len(headlines(narrowed)) == int(words_of(months[0].xpath("./*[@class='count']")[0]))
    assert "Tháng đăng: 12/2015" in words_of(narrowed.xpath("//*[@aria-label='Đang lọc']")[0])
    assert not narrowed.xpath("//*[@class='bars']")  # one month has no course
    reader.close()


def test_a_former_province_is_not_taken_for_the_one_of_today(reader: Reader) -> None:
    today, then = (
        reader.page("/tim?tinh=Kh%C3%A1nh+H%C3%B2a"),
        reader.page("/tim?tinh-khi-dang=Kh%C3%A1nh+H%C3%B2a"),
    )
    assert headlines(today) and not headlines(then)
    assert headlines(reader.page("/tim?tinh-khi-dang=Thu%E1%BA%ADn+H%E1%BA%A3i")) == headlines(today)
