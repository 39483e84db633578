"""What a reader of the site may rely on, over HTTP with the in-process client."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import made_up
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from pipelines.export import export
from pipelines.schema import open_corpus
from pipelines.store import Store
from web.__main__ import serve
from web.changes import changes
from web.safety import followable, inert, local
from web.site import EmptyCorpus, site
from web.words import condition, date, date_source, number


class Reader:
    """A reader of a site: asks for pages as a browser would, without a network."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self._loop = asyncio.new_event_loop()
        self.datasette = site(corpus)
        self._loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str) -> Any:
        return self._loop.run_until_complete(self.datasette.client.get(path))

    def page(self, path: str) -> Any:
        response = self.get(path)
        assert response.status_code == 200, (path, response.text[:300])
        return lxml_html.fromstring(response.text)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._loop.run_until_complete(self.datasette.client.post(path, json=body))

    def found(self, typed: str) -> list[int]:
        response = self.get(f"/corpus/articles.json?_shape=array&_size=max&_search={quote(typed)}")
        assert response.status_code == 200, response.text
        return [row["id"] for row in response.json()]

    def close(self) -> None:
        self.datasette.close()
        self._loop.close()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    reader = Reader(made_up.fill(tmp_path_factory.mktemp("web") / "corpus.db", hostile=True))
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def corpus(reader: Reader) -> Iterator[sqlite3.Connection]:
    connection = open_corpus(reader.corpus, read_only=True)
    yield connection
    connection.close()


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


# Searching


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
    ids = [int(link.rsplit("/", 1)[1]) for link in page.xpath("//article//h3/a/@href")]
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
    assert titles[:4] == ["Tỉnh, thành phố", "Cổng thông tin", "Năm đăng", "Chuyên mục"]
    years = [words_of(link) for link in page.xpath("//section[@aria-labelledby='loc-year']//a")]
    assert years == sorted(years, reverse=True)
    narrowed = reader.page(page.xpath("//section[@aria-labelledby='loc-portal']//a/@href")[0])
    assert "Cổng thông tin: " in words_of(narrowed.xpath("//*[@aria-label='Đang lọc']")[0])
    # Searching on keeps what was narrowed, and the condition can be taken back.
    assert narrowed.xpath("//form//input[@type='hidden' and @name='portal']")
    back = narrowed.xpath("//*[@aria-label='Đang lọc']//a/@href")[0]
    assert "_search=chi" in back
    assert "portal=" not in back


def test_a_search_without_results_says_what_was_tried(reader: Reader) -> None:
    assert "Không có bài nào khớp" in words_of(reader.page("/corpus/articles?_search=khongcotunay"))


def test_pages_follow_each_other_until_every_article_was_shown(reader: Reader) -> None:
    path, seen = "/corpus/articles", []
    while path:
        page = reader.page(path)
        seen += page.xpath("//article//h3/a/@href")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
        assert path is None or path.startswith("/corpus/")  # whatever host the request named
    assert len(seen) == len(set(seen)) == made_up.COUNT + 1


@pytest.mark.parametrize(
    "arguments", ["_search=", "_col=portal", "_nocol=headline", "_labels=off", "_nofacet=1"]
)
def test_rows_are_whole_whatever_the_address_leaves_out(reader: Reader, arguments: str) -> None:
    assert len(reader.page(f"/corpus/articles?{arguments}").xpath("//article//h3/a")) == 25


# Reading


def article(corpus: sqlite3.Connection, where: str) -> int:
    return int(corpus.execute(f"SELECT id FROM articles WHERE {where} LIMIT 1").fetchone()[0])


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


def test_the_record_as_json_is_that_of_the_export(reader: Reader, corpus: sqlite3.Connection) -> None:
    key = article(corpus, "revision = 2")
    response = reader.get(f"/corpus/articles/{key}/record.json")
    assert f"{response.text}\n" in set(export(corpus, format="ndjson"))
    assert reader.get("/corpus/articles/1/record.json").status_code == 404


def test_home_tells_what_there_is(reader: Reader) -> None:
    page = reader.page("/")
    text = words_of(page)
    assert f"{made_up.COUNT + 1} bài viết" in words_of(page.xpath("//dl")[0]) or "bài viết" in text
    assert page.xpath("//input[@name='_search']")
    assert len(page.xpath("//article")) == 8
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
    made_up._put(store, made_up.hostile_article(), "2025-06-05T05:10:00+07:00")
    store.flush()
    assert len(reader.found("tan cong")) == before + 1
    store.close()
    reader.close()


# Safety


def test_articles_are_inert(reader: Reader, corpus: sqlite3.Connection) -> None:
    key = article(corpus, "headline LIKE 'Tấn công%'")
    for path in (
        f"/corpus/articles/{key}",
        "/corpus/articles?_search=tan+cong",
        "/",
        f"/corpus/images/{key},1",
    ):
        page = reader.page(path)
        assert not page.xpath("//script | //iframe | //svg | //style | //object | //embed | //img[@src='x']")
        attributes = [a for e in page.iter() if isinstance(e.tag, str) for a in e.attrib.items()]
        assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
        assert not [v for name, v in attributes if name in {"href", "src", "action"} and "javascript:" in v]


@given(st.text(alphabet="<>/\"'=&;: abconlikjsvgpt\n", max_size=80))
def test_whatever_html_comes_in_only_text_and_structure_come_out(raw: str) -> None:
    clean = str(inert(f"<p>{raw}</p><script>{raw}</script><svg onload={raw}>"))
    assert not re.search(r"<(script|svg|iframe|style|img|form|input)|<[^>]*\son\w+\s*=", clean)


@pytest.mark.parametrize(
    "path", ["/", "/corpus/articles", "/nope", "/corpus/articles.json", "/assets/tinso.css"]
)
def test_every_answer_is_strict(reader: Reader, path: str) -> None:
    headers = reader.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.filterwarnings("ignore:coroutine")  # Datasette drops its other facets when one fails
@pytest.mark.parametrize(
    "path",
    [
        "/corpus/-/query?sql=select+1",
        "/corpus/articles?_searchmode=raw&_search=%22",
        "/corpus/articles?_sort=drop",
        "/corpus/articles?_where=1",
        "/corpus/articles?_facet=nope",
        "/corpus/articles?_facet_array=headline",
        "/corpus/articles?id__in=[",
        "/-/databases",
        "/corpus/-/schema",
        "/corpus/articles/abc",
        "/corpus/articles/999",
        "/corpus/nope",
        "/nope",
        "/corpus.db",
    ],
)
def test_an_error_is_a_page_in_words(reader: Reader, path: str) -> None:
    response = reader.get(path)
    assert 400 <= response.status_code < 500
    text = words_of(lxml_html.fromstring(response.text).xpath("//main")[0])
    assert "Về trang chủ" in text
    assert not re.search(r"sql|fts5|exception|traceback|unterminated|invalid", text, re.IGNORECASE)


def test_the_corpus_cannot_be_written_through_the_site(reader: Reader, corpus: sqlite3.Connection) -> None:
    for path in (
        "/corpus/articles/-/insert",
        "/corpus/-/create",
        "/corpus/articles/-/drop",
        "/corpus/-/execute-write",
    ):
        assert reader.post(path, {"row": {"id": 1}, "table": "x", "confirm": True}).status_code in {
            403,
            404,
            405,
        }
    assert corpus.execute("SELECT count(*) FROM articles").fetchone() == (made_up.COUNT + 1,)


@pytest.mark.parametrize("path", ["/assets/../site.py", "/assets/%2e%2e/site.py", "/assets//etc/passwd"])
def test_no_file_of_the_server_can_be_reached(reader: Reader, path: str) -> None:
    response = reader.get(path)
    assert response.status_code in {302, 404} or "import" not in response.text


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/%2e%2e/"])
def test_no_address_leads_elsewhere(reader: Reader, path: str) -> None:
    assert not reader.get(f"http://localhost{path}").headers.get("location", "").startswith("//")


def test_followable_and_local_addresses() -> None:
    assert followable("https://a.example/x") == "https://a.example/x"
    for url in (
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:",
        "//a.example/",
        "http://[",
        "JaVaScRiPt://a/%0a",
    ):
        assert followable(url) is None
    assert local("http://evil.example/corpus/articles?x=1") == "/corpus/articles?x=1"


# Starting, and a corpus that goes away


def exit_of(data: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(serve, ["--data", str(data), *arguments])
    return result.exit_code, result.output


def test_missing_corpus_is_one_clear_line(tmp_path: Path) -> None:
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert str(tmp_path / "corpus.db") in output
    assert "tinso crawl" in output


def test_corpus_without_articles_is_one_clear_line(tmp_path: Path) -> None:
    Store(tmp_path / "corpus.db").close()
    with pytest.raises(EmptyCorpus):
        site(tmp_path / "corpus.db")
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert "no article" in output


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_file_that_is_no_corpus_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "corpus.db").write_bytes(content)
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert "corpus" in output


def test_corpus_of_another_version_is_one_clear_line(tmp_path: Path) -> None:
    made_up.fill(tmp_path / "corpus.db")
    connection = sqlite3.connect(tmp_path / "corpus.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert "99" in output


def test_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    made_up.fill(tmp_path / "corpus.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, output = exit_of(tmp_path, "--port", str(port))
    assert (code, output.count("\n")) == (1, 1)
    assert str(port) in output
    assert "--port" in output


@pytest.mark.parametrize("replaced", [True, False])
def test_a_corpus_replaced_while_running_is_told_in_words(tmp_path: Path, replaced: bool) -> None:
    reader = Reader(made_up.fill(tmp_path / "corpus.db"))
    assert reader.get("/").status_code == 200
    if replaced:
        made_up.fill(tmp_path / "other.db").replace(tmp_path / "corpus.db")
    else:
        (tmp_path / "corpus.db").unlink()
    response = reader.get("/corpus/articles")
    assert response.status_code == 503
    assert "khởi động lại" in response.text
    assert reader.get("/assets/tinso.css").status_code == 200
    reader.close()


def test_help_has_an_example() -> None:
    output = subprocess.run(
        [sys.executable, "-m", "web", "--help"], capture_output=True, text=True, check=True
    )
    assert "python -m web --data data" in output.stdout


# Words


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
