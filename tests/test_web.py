"""What a reader of the site may rely on, over HTTP with the in-process client."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import made_up
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from reader import Reader, words_of

from pipelines.export import export
from pipelines.store import Store
from web.changes import changes
from web.words import condition, date, date_source, event_source, number, period


def article(corpus: sqlite3.Connection, where: str) -> int:
    return int(corpus.execute(f"SELECT id FROM articles WHERE {where} LIMIT 1").fetchone()[0])


def test_every_way_of_typing_finds_the_same_articles(reader: Reader) -> None:
    marked = reader.found("Đảng bộ")
    assert marked
    assert reader.found(unicodedata.normalize("NFD", "đảng bộ")) == marked
    assert set(marked) <= set(reader.found("dang bo"))
    assert reader.found("khóa mới") == reader.found("khoá mới") == reader.found("khoa moi") != []


def test_marks_typed_must_match(reader: Reader) -> None:
    assert set(reader.found('"đang sinh hoạt"')) < set(reader.found("đảng"))
    assert reader.found('"đăng sinh hoạt"') == []


@settings(max_examples=60)
@given(st.text(max_size=40) | st.text(alphabet="\"'*-+^:(){}[]~&|!/\\%_ đảng", max_size=12))
def test_nothing_typed_in_the_box_is_an_error_page(reader: Reader, typed: str) -> None:
    response = reader.get(f"/corpus/articles?_search={quote(typed.encode('utf-8', 'replace'))}")
    assert response.status_code == 200


def test_results_come_newest_first_with_the_matched_words_marked(reader: Reader) -> None:
    page = reader.page("/corpus/articles?_search=dang+bo")
    ids = [int(link.rsplit("/", 1)[1]) for link in page.xpath("//article/*[@class='headline']/a/@href")]
    assert ids == sorted(ids, reverse=True)
    assert ids == reader.found("dang bo")[: len(ids)]
    assert {"Đảng", "đảng", "bộ"} <= {words_of(mark) for mark in page.xpath("//article//mark")}
    assert page.xpath("string(//input[@name='_search']/@value)") == "dang bo"


def test_a_row_tells_headline_date_portal_and_section(reader: Reader) -> None:
    first = reader.page("/corpus/articles?portal=thuan_hai_noi_vu&year=2014").xpath("//article")[0]
    assert re.search(r"\d\d/\d\d/2014 \d\d:\d\d", words_of(first))
    assert "Sở Nội vụ Thuận Hải" in words_of(first)
    assert first.xpath(".//time/@datetime")[0].endswith("+07:00")


def test_facets_narrow_by_province_portal_year_and_section(reader: Reader) -> None:
    page = reader.page("/corpus/articles?_search=chi+bo")
    titles = [words_of(title) for title in page.xpath("//aside//h2")]
    assert titles[:4] == ["Tỉnh, thành phố", "Cổng thông tin", "Năm đăng", "Loại hoạt động"]
    assert "Chuyên mục" in titles
    years = [words_of(link) for link in page.xpath("//section[@aria-labelledby='loc-year']//a")]
    assert years == sorted(years, reverse=True)
    narrowed = reader.page(page.xpath("//section[@aria-labelledby='loc-portal']//a/@href")[0])
    assert "Cổng thông tin: " in words_of(narrowed.xpath("//*[@aria-label='Đang lọc']")[0])
    # Searching on keeps what was narrowed, and the condition can be taken back.
    assert narrowed.xpath("//form//input[@type='hidden' and @name='portal']")
    back = narrowed.xpath("//*[@aria-label='Đang lọc']//a/@href")[0]
    assert "_search=chi" in back
    assert "portal=" not in back


def test_articles_narrow_to_the_partys_work_and_to_kinds_of_it(
    reader: Reader, corpus: sqlite3.Connection
) -> None:
    page = reader.page("/corpus/articles")
    party = {words_of(link) for link in page.xpath("//section[@aria-labelledby='loc-is_party']//a")}
    assert party == {"phải", "không phải"}
    (link,) = page.xpath("//section[@aria-labelledby='loc-activity']//a[text()='Kết nạp đảng viên']")
    (count,) = corpus.execute("SELECT count(*) FROM activities WHERE kind = 'ket_nap_dang_vien'").fetchone()
    assert words_of(link.getnext()) == str(count)
    narrowed = reader.page(link.get("href") + "&is_party=1")
    assert f"{count} bài" in words_of(narrowed.xpath("//section[@class='found']")[0])
    chips = words_of(narrowed.xpath("//*[@aria-label='Đang lọc']")[0])
    assert "Hoạt động Đảng: phải" in chips
    assert "Loại hoạt động: Kết nạp đảng viên" in chips
    # Searching on keeps the kind; choosing it again, or its cross, takes it back.
    assert narrowed.xpath("//form//input[@type='hidden' and @name='_activity']")
    for back in (
        narrowed.xpath("//section[@aria-labelledby='loc-activity']//a[@aria-current]/@href"),
        narrowed.xpath("//*[@aria-label='Đang lọc']//a[contains(@aria-label, 'Kết nạp')]/@href"),
    ):
        assert back and "_activity" not in back[0] and "is_party=1" in back[0]
    assert reader.get("/corpus/articles.json?_activity=khong+co&_shape=array").json() == []
    assert reader.get("/corpus/portals.json?_activity=dai_hoi&_shape=array").json() != []


def test_an_article_says_why_it_counts_as_the_partys_work(reader: Reader, corpus: sqlite3.Connection) -> None:
    page = reader.page(f"/corpus/articles/{article(corpus, 'revision = 2')}")
    text = words_of(page.xpath("//*[@class='provenance']")[0])
    assert re.search(r"Hoạt động Đảng ?phải – nhắc “Đại hội Chi bộ” ở tiêu đề", text)
    assert page.xpath("//a[@href='/tim?loai=dai_hoi' and text()='Đại hội']")
    other = reader.page(f"/corpus/articles/{article(corpus, 'is_party = 0')}")
    assert re.search(r"Hoạt động Đảng ?không phải", words_of(other))


def test_a_search_without_results_says_what_was_tried(reader: Reader) -> None:
    assert "Không có bài nào khớp" in words_of(reader.page("/corpus/articles?_search=khongcotunay"))


def test_pages_follow_each_other_until_every_article_was_shown(reader: Reader) -> None:
    path, seen = "/corpus/articles", []
    while path:
        page = reader.page(path)
        seen += page.xpath("//article/*[@class='headline']/a/@href")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
        assert path is None or path.startswith("/corpus/")  # whatever host the request named
    assert len(seen) == len(set(seen)) == made_up.COUNT + 1


@pytest.mark.parametrize(
    "arguments", ["_search=", "_col=portal", "_nocol=headline", "_labels=off", "_nofacet=1"]
)
def test_rows_are_whole_whatever_the_address_leaves_out(reader: Reader, arguments: str) -> None:
    assert len(reader.page(f"/corpus/articles?{arguments}").xpath("//article/*[@class='headline']/a")) == 25


def test_an_article_can_be_read_with_its_origin(reader: Reader, corpus: sqlite3.Connection) -> None:
    key = article(corpus, "revision = 2")
    page = reader.page(f"/corpus/articles/{key}")
    text = words_of(page.xpath("//main")[0])
    for expected in (
        "Đại hội Chi bộ Văn phòng Sở",
        "Đại hội đã thông qua Nghị quyết",
        "01/01/2014 06:00 – ngày in trên trang bài",
        "Sở Nội vụ, Thuận Hải (nay thuộc Khánh Hòa)",
        "Quang cảnh hội nghị Ảnh: Minh Đức",
        "Công văn",
        "đã sửa 1 lần",
    ):
        assert expected in text, expected
    assert page.xpath("//a[@href='http://snv.thuanhai.example/tin-tuc/bai-0.html']")
    assert "thấy trên trang bài" in text  # the print copy, among the addresses
    assert [words_of(changed) for changed in page.xpath("//ins")] == ["cao", "Ban Biên tập đã đính chính."]


def test_an_undated_article_says_so(reader: Reader, corpus: sqlite3.Connection) -> None:
    text = words_of(reader.page(f"/corpus/articles/{article(corpus, 'date_published IS NULL')}"))
    assert "không ghi ngày – xếp theo ngày thu thập" in text


def test_a_lead_that_the_text_repeats_is_shown_once(tmp_path: Path) -> None:
    store = Store(made_up.fill(tmp_path / "corpus.db"))
    repeating = made_up.articles()[1]
    repeating.asset, repeating.headline, repeating.description = "lặp", "Bài lặp sapô", "Sapô được  lặp lại."
    repeating.article_body = "Sapô được lặp lại.\nĐoạn sau."
    for repeating.asset, repeating.body_html in (
        ("a", None),
        ("b", "<p>Sapô <b>được</b> lặp lại.</p><p>Đoạn sau.</p>"),
    ):
        repeating.url = f"http://stttt.bacson.example/{repeating.asset}"
        made_up.put(store, replace(repeating), "2025-06-05T05:10:00+07:00")
    store.close()
    reader = Reader(tmp_path / "corpus.db")
    found = reader.page("/corpus/articles?_search=lap+sapo")
    assert [words_of(snippet) for snippet in found.xpath("//*[@class='snippet']")] == [
        "Sapô được lặp lại. Đoạn sau."
    ] * 2
    for address in found.xpath("//article/*[@class='headline']/a/@href"):
        assert words_of(reader.page(address).xpath("//main")[0]).count("Sapô được lặp lại.") == 1
    reader.close()


def test_a_body_whose_html_lost_its_paragraphs_is_shown_from_the_text(tmp_path: Path) -> None:
    store = Store(made_up.fill(tmp_path / "corpus.db"))
    run_together = made_up.articles()[1]
    run_together.asset = run_together.url = "http://stttt.bacson.example/dinh-lien"
    run_together.headline, run_together.article_body = "Bài dính liền", "Một.\nHai.\nBa.\nBốn."
    run_together.body_html = "Một. Hai. Ba. Bốn."
    made_up.put(store, run_together, "2025-06-05T05:10:00+07:00")
    store.close()
    reader = Reader(tmp_path / "corpus.db")
    (address,) = reader.page('/corpus/articles?_search="dinh lien"').xpath(
        "//article/*[@class='headline']/a/@href"
    )
    shown = reader.page(address).xpath("//*[contains(@class, 'text')]/p")
    assert [words_of(paragraph) for paragraph in shown] == ["Một.", "Hai.", "Ba.", "Bốn."]
    reader.close()


def test_the_record_as_json_is_that_of_the_export(reader: Reader, corpus: sqlite3.Connection) -> None:
    key = article(corpus, "revision = 2")
    response = reader.get(f"/corpus/articles/{key}/record.json")
    assert f"{response.text}\n".encode() in set(export(corpus, format="ndjson"))
    assert reader.get("/corpus/articles/1/record.json").status_code == 404


def test_home_tells_what_there_is(reader: Reader) -> None:
    page = reader.page("/")
    text = words_of(page)
    assert words_of(page.xpath("//dl/div")[0]) == f"bài viết{made_up.COUNT + 1}"
    assert page.xpath("//input[@name='q']")
    assert len(page.xpath("//article")) == 8
    assert "không ghi ngày" not in text  # when an undated article is from, nobody knows
    assert "Sở Thông tin và Truyền thông Bắc Sơn" in text
    assert "nay thuộc Khánh Hòa" in words_of(reader.page("/corpus/portals"))


@pytest.mark.parametrize(
    "path", ["/", "/corpus", "/corpus/articles", "/corpus/portals", "/corpus/runs", "/nope"]
)
def test_pages_speak_vietnamese(reader: Reader, path: str) -> None:
    page = lxml_html.fromstring(reader.get(path).text)
    assert page.get("lang") == "vi"
    text = words_of(page.xpath("//body")[0])
    assert not re.search(r"\b(rows?|search|facets?|next page|error|table|powered by)\b", text, re.IGNORECASE)


def test_what_a_crawl_writes_shows_at_once(tmp_path: Path) -> None:
    reader = Reader(made_up.fill(tmp_path / "corpus.db"))
    before = len(reader.found("tan cong"))
    store = Store(reader.corpus)
    made_up.put(store, made_up.hostile_article(), "2025-06-05T05:10:00+07:00")
    store.flush()
    assert len(reader.found("tan cong")) == before + 1
    store.close()
    reader.close()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2014-01-02", "02/01/2014"),
        ("2014-01-02T06:07:00+07:00", "02/01/2014 06:07"),
        ("2014-01-01T23:30:00+00:00", "02/01/2014 06:30"),
        (None, "không ghi ngày"),
        ("", "không ghi ngày"),
        ("hôm qua", "hôm qua"),
    ],
)
def test_dates_are_vietnamese_in_form_and_time(moment: str | None, expected: str) -> None:
    assert date(moment) == expected


def test_numbers_sources_and_conditions_in_words() -> None:
    assert number(1234567) == "1.234.567"
    assert date_source("layout:bản tin") == "ngày in trên trang bài"
    assert date_source("something new") == "something new"
    assert date_source(None) == ""
    assert condition("year", "exact", "2015") == "Năm đăng: 2015"
    assert condition("date_published", "gte", "2015-04-01") == "từ ngày 01/04/2015"


def test_event_sources_and_periods_in_words() -> None:
    assert event_source("dateline+published") == "theo câu mở đầu bài, năm theo ngày đăng"
    assert event_source("text+text") == "theo nội dung bài, năm theo nội dung bài"
    assert event_source(None) == ""
    assert period("2025-06-01T05:10:01+07:00", "2025-06-01T05:10:59+07:00") == "01/06/2025 05:10"
    assert period("2025-06-01", "2025-06-03") == "01/06/2025 – 03/06/2025"


def test_changes_mark_the_words_that_changed() -> None:
    diff = "--- before\n+++ after\n@@ -1 +1 @@\n giữ\n-một hai ba bốn\n+một hai năm bốn\n@@ -9 +9 @@\n-bỏ hẳn"
    lines = [(line.kind, [piece.text for piece in line.pieces if piece.marked]) for line in changes(diff)]
    assert lines == [
        ("kept", []),
        ("removed", ["ba"]),
        ("added", ["năm"]),
        ("gap", []),
        ("removed", ["bỏ hẳn"]),
    ]
    assert changes("") == []
